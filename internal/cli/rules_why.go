package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/clipperhouse/displaywidth"
	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/config"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/mask"
	"github.com/zhijian-qa/zhijian/internal/report"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

type rulesWhyOptions struct {
	packOptions
	file, id  string
	direction string
	reason    string
	hangup    string
	whole     bool
	mask      string // on or off
	input     inputOptions
}

func newRulesWhy(a *app) *cobra.Command {
	o := &rulesWhyOptions{mask: config.Masks()[0]}
	c := &cobra.Command{
		Use:   a.say("why 规则 文字… [选项]", "why RULE TEXT… [FLAGS]"),
		Short: a.say("讲清一条规则对一句话或一通电话为什么命中、为什么不命中", "tell why a rule fires, or does not, on a text or a call"),
		Long: a.say("讲清一条规则对一句话或一通电话为什么命中、为什么不命中：哪条短语对上了哪几个字，什么挡住了它，\n"+
			"哪些话轮看了、哪些没看。文字是坐席的一句话，或“客：…… / 坐：……”的对话；--call 看文件里的一通电话。",
			"Tell why a rule fires, or does not, on a text or a call: which phrase matched which words, what shielded\n"+
				"them, which turns were looked at. The text is one agent turn, or a dialogue “客：…… / 坐：……”; --call takes a call of a file."),
		Example: "  zhijian rules why wording/helpless 有没有办法我帮您问问\n" +
			"  zhijian rules why apology/missing-after-problem '客：我等了三天 / 坐：好的'\n" +
			"  zhijian rules why callback/greeting-missing --call calls.jsonl --id C1024",
		RunE: func(c *cobra.Command, args []string) error { return o.run(a, c, args) },
		ValidArgsFunction: func(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return o.complete(a, c)
		},
	}
	o.addFlags(a, c)
	return c
}

func (o *rulesWhyOptions) addFlags(a *app, c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.file, "call", "", a.say("`文件`|看这个文件里的一通电话；- 是标准输入", "`FILE`|take a call of this file; - is standard input"))
	f.StringVar(&o.id, "id", "", a.say("`编号`|文件里哪一通；只有一通时不用写", "`ID`|which call of the file, if there are several"))
	choice(c, f, &o.direction, "direction", []string{"inbound", "outbound", "callback"}, a.say("`方向`|呼叫方向：inbound、outbound、callback", "`DIRECTION`|inbound, outbound, callback"))
	f.StringVar(&o.reason, "reason", "", a.say("`原因`|回拨原因，如 interrupted、work-order", "`REASON`|of a callback, e.g. interrupted, work-order"))
	choice(c, f, &o.hangup, "hangup", []string{"agent", "customer", "dropped"}, a.say("`哪方`|谁挂机：agent、customer、dropped", "`WHO`|who hung up: agent, customer, dropped"))
	f.BoolVar(&o.whole, "whole", false, a.say("文字是从头到尾的整通电话，不是节选", "the text is the call from its first to its last word, not an excerpt"))
	maskFlag(a, c, &o.mask)
	o.packOptions.addFlags(a, c)
	o.input.addFlags(a, c)
}

func (o *rulesWhyOptions) run(a *app, c *cobra.Command, args []string) error {
	if len(args) == 0 || (len(args) == 1) == (o.file == "") {
		return &failure{failf("要写一条规则，再写一段文字或 --call 文件，例如 wording/helpless 我没办法",
			"name one rule, then a text or --call FILE, e.g. wording/helpless 我没办法").what, c.CommandPath()}
	}
	packs, err := o.loadMasked(a, c)
	if err != nil {
		return err
	}
	pack, r, err := oneRule(packs, args[0])
	if err != nil {
		return a.withHint(err, "zhijian rules list")
	}
	talk, err := o.call(c.Context(), a, args[1:])
	if err != nil {
		return err
	}
	return a.writeWhy(pack.Explain(talk, r), a.veil(talk))
}

// loadMasked is load, and settles whether what is shown hides who people are.
func (o *rulesWhyOptions) loadMasked(a *app, c *cobra.Command) ([]*rule.Pack, error) {
	to, packs, err := o.configured(c)
	if err == nil {
		to.word("mask", "mask", &o.mask, to.Mask)
		a.unmasked = o.mask != config.Masks()[0]
	}
	return packs, err
}

// veil hides who the people of a call are in what is told of it.
func (a *app) veil(c *call.Call) func(string) string {
	if a.unmasked {
		return func(s string) string { return s }
	}
	return mask.Veil(c)
}

// oneRule finds a rule by its id.
func oneRule(packs []*rule.Pack, id string) (*rule.Pack, *rule.Rule, error) {
	for _, p := range packs {
		for _, r := range p.Rules {
			if r.ID == id {
				return p, r, nil
			}
		}
	}
	chosen, err := choose(packs, []string{id}, nil)
	if err != nil {
		return nil, nil, err
	}
	var names []string
	for _, r := range chosen {
		names = append(names, r.ID)
	}
	return nil, nil, failf("要写一条规则，%s 是一类", "name one rule; %s is a family", id).with("：", ": ", names)
}

// call is the call to look at: that of the texts, or that of the file.
func (o *rulesWhyOptions) call(ctx context.Context, a *app, texts []string) (*call.Call, error) {
	if o.file == "" {
		c := &call.Call{ID: "text", Truncated: !o.whole, Turns: rule.Dialogue(texts...)}
		o.amend(c)
		return c, nil
	}
	c, err := o.pick(ctx, a)
	if err == nil {
		o.amend(c)
	}
	return c, err
}

// amend sets what the flags say of the call.
func (o *rulesWhyOptions) amend(c *call.Call) {
	if o.direction != "" {
		c.Direction = call.Direction(o.direction)
	}
	if o.reason != "" {
		c.CallbackReason = o.reason
	}
	if o.hangup != "" {
		c.Hangup = call.Hangup(o.hangup)
	}
}

// pick reads the call of the file that --id names, or its only one.
func (o *rulesWhyOptions) pick(ctx context.Context, a *app) (*call.Call, error) {
	var chosen *call.Call
	var ids []string
	fatal := false
	for chunk := range a.chunks(ctx, []string{o.file}, o.input.settings(a)) {
		chunk.Items(func(item intake.Item) bool {
			if item.Problem != nil {
				a.problem(item.Problem)
				fatal = fatal || item.Problem.Fatal
				return true
			}
			ids = append(ids, a.maskedID(item.Call.ID))
			if chosen == nil && (o.id == "" || item.Call.ID == o.id) {
				chosen = item.Call
			}
			return true
		})
	}
	return chosen, o.picked(chosen, ids, fatal)
}

// picked says why no single call is chosen.
func (o *rulesWhyOptions) picked(chosen *call.Call, ids []string, fatal bool) error {
	switch {
	case chosen == nil && fatal:
		return exit(exitInput)
	case chosen == nil:
		hint := call.DidYouMean(o.id, ids)
		return failf("%[1]s 里没有编号 %[2]q 的通话%[3]s", "%[1]s has no call %[2]q%[4]s", o.file, o.id, hint.ZH, hint.EN)
	case o.id == "" && len(ids) > 1:
		return failf("%s 里有 %d 通电话，用 --id 选一通", "%s holds %d calls; choose one with --id", o.file, len(ids)).
			with("：", ": ", ids[:min(5, len(ids))])
	}
	return nil
}

// writeWhy writes an explanation: the rule, the turns as the rule sees them, the
// notes, and the end of it.
func (a *app) writeWhy(e *rule.Explanation, veil func(string) string) error {
	w := &whyWriter{app: a, width: max(40, width(a.stdout)), veil: veil}
	w.line(0, e.Rule.ID+"  "+e.Rule.Title.In(a.lang))
	w.turns(e)
	w.line(0, "")
	if e.NotEvaluated != (call.Say{}) {
		w.line(0, a.say("没有判断：", "not evaluated: ")+e.NotEvaluated.In(a.lang))
	}
	for _, n := range e.Notes {
		w.note(n, 0, -1)
	}
	w.end(e)
	_, err := io.WriteString(a.stdout, w.String())
	return err
}

type whyWriter struct {
	strings.Builder
	*app
	width int
	veil  func(string) string // hides who people are in what is written
}

// line writes a text, wrapped, so many columns from the left.
func (w *whyWriter) line(indent int, text string) { w.hanging(strings.Repeat(" ", indent), text) }

// hanging writes a text behind a lead; its further lines stand below the first.
func (w *whyWriter) hanging(lead, text string) {
	n := displaywidth.String(lead)
	for _, line := range report.Wrap(w.veil(text), max(20, w.width-n)) {
		w.WriteString(strings.TrimRight(lead+line, " ") + "\n")
		lead = strings.Repeat(" ", n)
	}
}

// fewTurns is up to how many turns a call is shown in full.
const fewTurns = 8

// turns writes the turns: of a long call only those that the notes tell of.
func (w *whyWriter) turns(e *rule.Explanation) {
	told := toldOf(e.Notes, nil)
	for i, t := range e.Turns {
		if len(e.Turns) > fewTurns && !slices.Contains(told, i) {
			continue
		}
		w.hanging("  "+strconv.Itoa(i+1)+" "+t.Role.In(w.lang)+w.say("：", ": "), t.Text)
		w.hanging(w.say("    规则看到：", "    rules see: "), t.Folded)
	}
}

// toldOf lists the turns that notes tell of.
func toldOf(notes []rule.Note, to []int) []int {
	for _, n := range notes {
		to = toldOf(n.Below, append(to, n.Turn))
	}
	return to
}

// note writes a note and what is below it. A note names its turn unless the one
// above, which is about turn above, did.
func (w *whyWriter) note(n rule.Note, depth, above int) {
	text := n.Say.In(w.lang)
	if n.Turn >= 0 && n.Turn != above {
		text = w.sayf("第 %d 句：", "turn %d: ", n.Turn+1) + text
	}
	marks := map[rule.Mark]string{rule.Neutral: "·", rule.Holds: "✓", rule.Fails: "✗"}
	w.hanging(strings.Repeat("  ", depth)+marks[n.Mark]+" ", text)
	if n.Turn < 0 {
		n.Turn = above
	}
	for _, b := range n.Below {
		w.note(b, depth+1, n.Turn)
	}
}

// end writes whether the rule fires.
func (w *whyWriter) end(e *rule.Explanation) {
	switch {
	case e.NotEvaluated != (call.Say{}):
	case !e.Applies:
		w.line(0, w.say("结论：不命中，这通电话不归这条规则管", "so it does not fire: the rule is not for this call"))
	case !e.Fires():
		w.line(0, w.say("结论：不命中", "so it does not fire"))
	}
	for _, f := range e.Findings {
		where := w.say("整通电话", "the whole call")
		if f.At.Turn >= 0 {
			where = w.sayf("第 %d 句“%s”", "turn %d “%s”", f.At.Turn+1, f.At.Quote)
		}
		w.line(0, fmt.Sprintf(w.say("结论：命中 %s", "so it fires: %s"), where))
	}
}
