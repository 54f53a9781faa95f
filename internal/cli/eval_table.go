package cli

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/eval"
	"github.com/zhijian-qa/zhijian/internal/report"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// table prints the results for people.
func (r *evalRun) table() error {
	var b strings.Builder
	if len(r.files) > 0 {
		r.figures(&b)
	}
	if r.o.list {
		r.wrongs(&b)
	}
	if r.others != nil {
		r.differences(&b)
	}
	_, err := io.WriteString(r.stdout, b.String())
	return err
}

// figures writes the table of rules, the totals and how many items are right.
func (r *evalRun) figures(b *strings.Builder) {
	heads := []string{r.say("规则", "rule"), r.say("命中", "hits"), r.say("误报", "false"), r.say("漏报", "missed"),
		r.say("准确率", "precision"), r.say("召回率", "recall"), "F1"}
	var rows [][]string
	for _, id := range r.sheet.Rules() {
		name := id
		if !r.sheet.Known(id) {
			name += r.say("（没有这条规则）", " (no such rule)")
		}
		rows = append(rows, tallyRow(name, r.sheet.Of(id)))
	}
	rows = append(rows, tallyRow(r.say("合计", "all"), r.sheet.Micro()))
	if r.others != nil {
		rows = append(rows, tallyRow("--against "+packNames(r.others), r.otherSheet.Micro()))
	}
	_ = report.Table(b, heads, rows, []bool{false, true, true, true, true, true, true}, 0, r.tableOptions()) // a strings.Builder takes everything
	fmt.Fprintln(b, r.sayf("\n%d 条标注，完全一致的 %d 条（%s）", "\n%d labelled items, %d of them exactly right (%s)",
		r.sheet.Items, r.sheet.Exact, share(r.sheet.ExactShare())))
}

func tallyRow(name string, t eval.Tally) []string {
	return []string{name, strconv.Itoa(t.TP), strconv.Itoa(t.FP), strconv.Itoa(t.FN), share(t.Precision()), share(t.Recall()), share(t.F1())}
}

// share is a number from 0 to 1, – where there is none.
func share(x float64) string {
	if math.IsNaN(x) {
		return "–"
	}
	return strconv.FormatFloat(x, 'f', 3, 64)
}

// wrongs quotes the false alarms and the misses.
func (r *evalRun) wrongs(b *strings.Builder) {
	all := r.sheet.Wrong()
	for _, miss := range []bool{false, true} {
		var these []eval.Wrong
		for _, w := range all {
			if w.Miss == miss {
				these = append(these, w)
			}
		}
		heading := r.sayf("误报 %d 处", "false alarms: %d", len(these))
		if miss {
			heading = r.sayf("漏报 %d 处", "misses: %d", len(these))
		}
		fmt.Fprintln(b, "\n"+heading)
		for i := range these {
			w := &these[i]
			r.quote(b, w.Rule, w.Item.ID, w.Item.File.Name, w.Item.Line, &w.At, w.Note.In(r.lang))
		}
	}
}

// differences quotes what only one of the packs finds.
func (r *evalRun) differences(b *strings.Builder) {
	these, others := packNames(r.packs), packNames(r.others)
	if b.Len() > 0 {
		b.WriteString("\n")
	}
	fmt.Fprintln(b, r.sayf("比较了 %d 条：%s 和 %s", "%d items compared: %s and %s", r.compared, these, others))
	for _, side := range []struct {
		name string
		list []eval.Difference
	}{{these, r.onlyThese}, {others, r.onlyOthers}} {
		fmt.Fprintln(b, "\n"+r.sayf("只有 %s 发现的 %d 处", "only %s finds: %d", side.name, len(side.list)))
		for i := range side.list {
			d := &side.list[i]
			r.quote(b, d.Rule, d.ID, d.File, d.Line, &d.At, r.verdict(d.Labels))
		}
	}
}

// verdict is what the labels say of a difference.
func (r *evalRun) verdict(v eval.Verdict) string {
	switch v {
	case eval.Right:
		return r.say("标注里有", "labelled")
	case eval.False:
		return r.say("误报", "a false alarm")
	}
	return ""
}

// quote writes where something is and the words of it.
func (r *evalRun) quote(b *strings.Builder, id, item, file string, line int, at *eval.Place, note string) {
	item, file = r.maskedID(item), r.maskedID(file)
	head := id + "  " + item
	if where := fmt.Sprintf("%s:%d", file, line); where != item {
		head += "  " + where
	}
	head += "  " + r.turnOf(at)
	if note != "" {
		head += r.sayf("（%s）", " (%s)", note)
	}
	r.paragraph(b, head, 2)
	text := words(at)
	if text == "" {
		text = at.Message.In(r.lang)
	}
	if text != "" {
		r.paragraph(b, text, 6)
	}
}

// paragraph writes a text, wrapped at the width of the terminal.
func (r *evalRun) paragraph(b *strings.Builder, text string, indent int) {
	for _, l := range report.Wrap(text, max(20, width(r.stdout)-indent)) {
		b.WriteString(strings.Repeat(" ", indent) + l + "\n")
	}
}

// turnOf names the turn and who speaks, counted from 1 for people.
func (r *evalRun) turnOf(at *eval.Place) string {
	if at.Turn < 0 {
		return r.say("整通", "call")
	}
	return r.sayf("第%d轮 %s", "turn %d %s", at.Turn+1, at.Role.In(r.lang))
}

const (
	evalContext = 60  // characters shown on either side of the words found
	evalLongest = 120 // characters of a turn in which nothing is found
)

// words is the turn, shortened, with the words found in it marked.
func words(at *eval.Place) string {
	text := []rune(at.Text)
	if at.Turn < 0 || at.Start >= at.End || at.End > len(text) {
		if len(text) > evalLongest {
			return string(text[:evalLongest]) + "…"
		}
		return at.Text
	}
	before, after := text[:at.Start], text[at.End:]
	lead, tail := "", ""
	if len(before) > evalContext {
		lead, before = "…", before[len(before)-evalContext:]
	}
	if len(after) > evalContext {
		tail, after = "…", after[:evalContext]
	}
	return lead + string(before) + "【" + string(text[at.Start:at.End]) + "】" + string(after) + tail
}

func packNames(packs []*rule.Pack) string {
	var names []string
	for _, p := range packs {
		names = append(names, p.Name)
	}
	return strings.Join(names, "+")
}
