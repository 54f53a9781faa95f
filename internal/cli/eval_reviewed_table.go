package cli

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/book"
	"github.com/zhijian-qa/zhijian/internal/eval"
	"github.com/zhijian-qa/zhijian/internal/report"
)

// mostListed is how many phrases and disagreements are shown without --list.
const mostListed = 10

// table prints what reviewers say, for people.
func (r *reviewRun) table() error {
	var b strings.Builder
	if rules := r.reviews.Rules(); len(rules) > 0 {
		r.figures(&b, rules)
		r.remarks(&b)
		r.recall(&b, rules)
		r.agreement(&b)
		r.phrases(&b)
		r.disagreements(&b)
	}
	_, err := io.WriteString(r.stdout, b.String())
	return err
}

// figures writes the table of rules, those without a verdict only with --list.
func (r *reviewRun) figures(b *strings.Builder, rules []*eval.RuleReview) {
	rows := [][]string{{r.say("规则", "rule"), r.say("正确", "right"), r.say("误报", "false"), r.say("存疑", "unsure"),
		r.say("未判", "open"), r.say("准确率", "precision"), r.say("95% 区间", "95 %")}}
	left := 0
	for _, one := range rules {
		if one.Judged() > 0 || r.o.list {
			rows = append(rows, figuresOf(one.Rule, one))
		} else {
			left++
		}
	}
	r.columns(b, append(rows, figuresOf(r.say("合计", "all"), r.reviews.All())))
	if left > 0 {
		fmt.Fprintln(b, " "+r.sayf("另有 %d 条规则没有判过，--list 全部列出", "%d more rules without a verdict; --list shows all", left))
	}
}

func figuresOf(name string, n *eval.RuleReview) []string {
	return []string{name, strconv.Itoa(n.Right), strconv.Itoa(n.False), strconv.Itoa(n.Unsure + n.Disputed), strconv.Itoa(n.Unjudged), share(n.Precision()), interval(n)}
}

// recall writes what reviewers added, by rule.
func (r *reviewRun) recall(b *strings.Builder, rules []*eval.RuleReview) {
	all := r.reviews.All()
	if all.Missed == 0 {
		return
	}
	rows := [][]string{{r.say("规则", "rule"), r.say("正确", "right"), r.say("未定", "open"), r.say("漏报", "missed"), r.say("召回率不高于", "recall at most")}}
	for _, one := range rules {
		if one.Missed > 0 {
			rows = append(rows, recallOf(one.Rule, one))
		}
	}
	fmt.Fprintln(b, "\n"+r.say("漏报", "Missed"))
	r.columns(b, append(rows, recallOf(r.say("合计（所有规则）", "all rules"), all)))
	r.paragraph(b, r.say("召回率不高于（正确 + 未定）÷（正确 + 未定 + 漏报）：未定是存疑、有争议和还没判定的，漏报是复核的人另外听出的。没有逐通听过的、听的人也没发现的都不在其中，所以真正的召回率只会更低。",
		"The recall is at most (right + open) ÷ (right + open + missed), where open is what is unsure, disputed or not judged yet, and missed what reviewers heard besides. What nobody listened to, or nobody noticed, is not in it: the true recall can only be lower."))
}

func recallOf(name string, n *eval.RuleReview) []string {
	return []string{name, strconv.Itoa(n.Right), strconv.Itoa(n.Open()), strconv.Itoa(n.Missed), share(n.Recall())}
}

// interval is a confidence interval, – where there are no verdicts.
func interval(n *eval.RuleReview) string {
	if math.IsNaN(n.Precision()) {
		return "–"
	}
	low, high := n.Interval()
	return fmt.Sprintf("%.2f–%.2f", low, high)
}

// remarks say what the figures rest on, and what they do not say.
func (r *reviewRun) remarks(b *strings.Builder) {
	all := r.reviews.All()
	b.WriteString("\n")
	r.paragraph(b, r.sayf("%d 本工作簿，%d 处问题，判了 %d 处，没判 %d 处。准确率是正确 ÷（正确 + 误报）；存疑的、几人各执一词的（%d 处，也列在存疑）和没判的不算。区间是 Wilson 区间。",
		"%d workbooks, %d findings, %d judged, %d open. The precision is right ÷ (right + false); what is unsure, what reviewers are split on (%d, among the unsure) and what is open does not count. The interval is Wilson's.",
		len(r.reviews.Books), all.Findings(), all.Judged(), all.Unjudged, all.Disputed))
	if all.Unjudged > 0 && all.Judged() > 0 {
		r.paragraph(b, r.say("只判了一部分：如果不是随机挑的，这些数字不代表其余的。", "Only a part was judged: unless it was picked at random, the figures do not speak for the rest."))
	}
}

func (r *reviewRun) paragraph(b *strings.Builder, text string) { r.indented(b, 0, text) }

// indented writes a text, wrapped, so many columns from the left.
func (r *reviewRun) indented(b *strings.Builder, indent int, text string) {
	for _, l := range report.Wrap(text, max(20, width(r.stdout)-indent)) {
		b.WriteString(strings.Repeat(" ", indent) + l + "\n")
	}
}

// agreement tells how far reviewers agree.
func (r *reviewRun) agreement(b *strings.Builder) {
	pairs := r.reviews.Agreements()
	if len(pairs) == 0 {
		return
	}
	rows := [][]string{{r.say("两人", "reviewers"), r.say("都判的", "both judged"), r.say("一致", "agree"), r.say("一致率", "share"), "κ"}}
	for _, p := range pairs {
		rows = append(rows, []string{p.A + " · " + p.B, strconv.Itoa(p.Both), strconv.Itoa(p.Same), share(p.Share()), share(p.Kappa())})
	}
	fmt.Fprintln(b, "\n"+r.say("一致程度（κ 是 Cohen's kappa：0 是碰巧的程度，1 是完全一致）", "Agreement (κ is Cohen's kappa: 0 is chance, 1 is always)"))
	r.columns(b, rows)
	if len(pairs) > 1 {
		fmt.Fprintln(b, " "+r.sayf("κ 的平均：%s", "mean κ: %s", share(eval.MeanKappa(pairs))))
	}
}

// phrases writes the words behind most false alarms.
func (r *reviewRun) phrases(b *strings.Builder) {
	all := r.reviews.FalseAlarms()
	if len(all) == 0 {
		return
	}
	fmt.Fprintln(b, "\n"+r.say("误报最多的说法", "Phrases behind most false alarms"))
	shown := r.listed(len(all))
	for _, p := range all[:shown] {
		quote := "“" + p.Quote + "”"
		if p.Quote == "" {
			quote = r.say("（整通）", "(whole call)")
		}
		r.paragraph(b, r.sayf(" 误报 %[1]d，正确 %[2]d  %[3]s  %[4]s", " false %[1]d, right %[2]d  %[3]s  %[4]s", p.False, p.Right, p.Rule, quote))
	}
	r.more(b, len(all)-shown)
}

// disagreements writes the findings of which reviewers say different things.
func (r *reviewRun) disagreements(b *strings.Builder) {
	all := r.reviews.Disagreements()
	if len(all) == 0 {
		return
	}
	fmt.Fprintln(b, "\n"+r.sayf("判定不同的 %d 处", "Judged differently: %d", len(all)))
	shown := r.listed(len(all))
	for _, j := range all[:shown] {
		r.disagreement(b, j)
	}
	r.more(b, len(all)-shown)
}

// disagreement writes a finding, and below it what each reviewer says of it.
func (r *reviewRun) disagreement(b *strings.Builder, j *eval.Judged) {
	parts := []string{j.Call, j.Rule}
	if turn, err := strconv.Atoi(j.Turn); err == nil {
		parts = []string{j.Call, r.sayf("第%d轮", "turn %d", turn), j.Rule}
	}
	if j.Quote != "" {
		parts = append(parts, "“"+j.Quote+"”")
	}
	r.indented(b, 1, strings.Join(parts, "  "))
	for i, v := range j.By {
		if v != book.Unjudged {
			r.indented(b, 4, v.In(r.lang)+"  "+r.reviews.Books[i].Name)
		}
	}
}

// listed is how many of a list are shown.
func (r *reviewRun) listed(n int) int {
	if r.o.list {
		return n
	}
	return min(n, mostListed)
}

// more tells how many are not shown.
func (r *reviewRun) more(b *strings.Builder, rest int) {
	if rest > 0 {
		fmt.Fprintln(b, " "+r.sayf("另有 %d 处，--list 全部列出", "%d more; --list shows all", rest))
	}
}

// columns writes rows below the first; all columns but the first are numbers.
func (r *reviewRun) columns(b *strings.Builder, rows [][]string) {
	numbers := make([]bool, len(rows[0]))
	for i := range numbers {
		numbers[i] = i > 0
	}
	_ = report.Table(b, rows[0], rows[1:], numbers, 0, report.Options{Color: r.colored(r.stdout), Width: width(r.stdout)}) // a strings.Builder takes everything
}
