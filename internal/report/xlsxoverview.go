package report

import (
	"strconv"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/book"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// overview writes the first sheet, which is read and not filtered: short tables
// below each other. Its error is the first there was.
type overview struct {
	*xlsxReport
	err error
}

// barWidth is how many characters the longest bar of a chart has.
const barWidth = 32

func overviewLayout() book.Layout {
	return book.Layout{Bare: true, Columns: []book.Column{{Width: 34}, {Width: 18}, {Width: 10}, {Width: 44}}}
}

func (o *overview) row(cells ...book.Cell) {
	if o.err == nil {
		o.err = o.xlsxReport.overview.Row(cells...)
	}
}

// section begins a table.
func (o *overview) section(name string) {
	o.row()
	o.row(book.Cell{Value: name, Style: book.Section})
}

// heads are those of the columns; number is how the second and the third look.
func (o *overview) heads(number book.Style, heads ...string) {
	cells := make([]book.Cell, len(heads))
	for i, h := range heads {
		cells[i] = book.Cell{Value: h, Style: book.Head}
		if i == 1 || i == 2 {
			cells[i].Style = number
		}
	}
	o.row(cells...)
}

// fact is a line of a table of two columns.
func (o *overview) fact(name string, value book.Cell) {
	o.row(textCell(name, book.Wrapped), value)
}

// bars are the rows of a chart: names, numbers, shares of the whole.
func (o *overview) bars(names []string, numbers []int, whole int) {
	most := 1
	for _, n := range numbers {
		most = max(most, n)
	}
	for i, n := range numbers {
		bar := strings.Repeat("█", (n*barWidth+most-1)/most)
		o.row(textCell(names[i], book.Wrapped), countCell(n), book.Cell{Value: float64(n) / float64(max(1, whole)), Style: book.Percent}, textCell(bar, book.Bar))
	}
}

// overviewRows writes what the whole run comes to.
func (x *xlsxReport) overviewRows(s *Summary) error {
	o := &overview{xlsxReport: x}
	o.row(book.Cell{Value: x.say("质检报告", "Quality report"), Style: book.Title})
	o.row(textCell(x.origin(), book.Line))
	if text := x.partial(x.o.Choice); text != "" {
		o.row(book.Cell{Value: text, Style: book.Bad})
	}
	if s.Interrupted {
		o.row(book.Cell{Value: x.halfWay(x.o.Scripts), Style: book.Bad})
	}
	o.totals(s)
	o.howTo()
	o.scoreBands(s)
	o.severities(s)
	o.byRule(s)
	o.scenes(s)
	o.byTeam(s)
	o.notEvaluated(s)
	o.problems(s)
	return o.err
}

// origin is what made the report.
func (x *xlsxReport) origin() string {
	parts := []string{strings.TrimSpace("zhijian " + x.o.Version)}
	for _, p := range x.o.Packs {
		parts = append(parts, x.say("规则包 ", "pack ")+p.Name+" "+p.Version)
	}
	return strings.Join(parts, " · ")
}

func (o *overview) totals(s *Summary) {
	o.section(o.say("总数", "Totals"))
	what := noun(o.o.Scripts)
	o.fact(o.sayf("检查的%[1]s", "%[2]ss checked", what.ZH, what.EN), countCell(s.Calls))
	o.fact(o.say("发现的问题", "findings"), countCell(s.Findings()))
	if mean, scored := s.All().Mean(); scored {
		o.fact(o.say("平均分", "mean score"), book.Cell{Value: decimal(mean), Style: book.Decimal})
	}
	if list := grades(s.All()); list != "" {
		o.fact(o.say("等级", "grades"), textCell(list, book.Wrapped))
	}
	o.fact(o.sayf("完全没能评估的%[1]s", "%[2]ss that could not be judged at all", what.ZH, what.EN), loudCell(s.Unjudged, book.Doubtful))
	o.fact(o.say("已豁免的问题（不计入）", "findings waived (not counted)"), countCell(s.Suppressed(rule.ByWaiver)))
	o.fact(o.say("在基线中的问题（不计入）", "findings in the baseline (not counted)"), countCell(s.Suppressed(rule.ByBaseline)))
	if s.Skipped > 0 {
		o.fact(o.say("标为反例、没有检查的话术", "scripts marked as bad examples, not checked"), countCell(s.Skipped))
	}
	o.fact(o.say("输入问题", "problems with the input"), loudCell(s.Problems, book.Doubtful))
}

// howTo says what to do with the book.
func (o *overview) howTo() {
	if o.o.SummaryOnly {
		return
	}
	o.section(o.say("怎么复核", "How to review"))
	for _, line := range []string{
		o.say("1. 在“发现”里逐行看原话和上下文，在“判定”里选正确、误报或存疑，理由写在“备注”。筛选、排序、加列都可以。",
			"1. In Findings, read the quote and its context, and choose right, false alarm or unsure as the verdict; reasons go into the note. Filter, sort and add columns as you like."),
		o.say("2. 听到规则没有发现的问题，在“漏报”里加一行：通话编号、轮次、漏报的规则（规则名或名称）、原话。",
			"2. Where you hear what no rule found, add a row to Missed: the call, the turn, the missed rule (its id or title), the words."),
		o.say("3. 存盘，运行 zhijian eval --reviewed 这个文件.xlsx，看每条规则的准确率；几个人复核同一份时一起给出，还能看到彼此是否一致。",
			"3. Save, and run zhijian eval --reviewed THIS.xlsx for the precision of each rule; with the books of several reviewers it tells how far they agree."),
	} {
		o.row(book.Cell{Value: line, Style: book.Line})
	}
}

func (o *overview) scoreBands(s *Summary) {
	if o.scores == nil {
		return
	}
	o.section(o.say("分数分布", "Scores"))
	o.heads(book.NumberHead, o.say("得分", "score"), o.counted(), o.say("占比", "share"), "")
	var names []string
	var numbers []int
	for i := len(o.scores) - 1; i >= 0; i-- {
		names, numbers = append(names, o.band(i)), append(numbers, o.scores[i])
	}
	o.bars(names, numbers, s.All().Scored)
}

// band names the i-th ten of scores: 80–89. The highest ends with full marks.
func (o *overview) band(i int) string {
	high := i*10 + 9
	if high+1 >= o.full {
		high = o.full
	}
	return strconv.Itoa(i*10) + "–" + strconv.Itoa(high)
}

func (o *overview) severities(s *Summary) {
	o.section(o.say("按级别", "By severity"))
	o.heads(book.NumberHead, o.say("级别", "severity"), o.say("问题", "findings"), o.say("占比", "share"), "")
	var names []string
	var numbers []int
	for _, severity := range []rule.Severity{rule.Error, rule.Warning, rule.Info} {
		names, numbers = append(names, o.severity(severity)), append(numbers, s.Count(severity))
	}
	o.bars(names, numbers, s.Findings())
}

// mostRules is how many rules the overview names; their sheet has them all.
const mostRules = 15

func (o *overview) byRule(s *Summary) {
	rules := s.Rules()
	if len(rules) == 0 {
		return
	}
	name := o.say("按规则", "By rule")
	if len(rules) > mostRules {
		name = o.sayf("按规则（%d 条中的前 %d 条，其余见“规则”）", "By rule (of %d the first %d; all are in Rules)", len(rules), mostRules)
		rules = rules[:mostRules]
	}
	o.section(name)
	o.heads(book.NumberHead, o.say("规则", "rule"), o.say("问题", "findings"), o.say("占比", "share"), "")
	var names []string
	var numbers []int
	for _, n := range rules {
		names, numbers = append(names, n.Rule.Title.In(o.o.Lang)+"\n"+n.Rule.ID), append(numbers, n.Findings)
	}
	o.bars(names, numbers, s.Findings())
}

// scenes says for which scenes there are scripts.
func (o *overview) scenes(s *Summary) {
	if s.Coverage == nil {
		return
	}
	o.section(o.say("文件要求的场景", "Scenes that the documents ask for"))
	o.heads(book.Head, o.say("场景", "scene"), o.say("话术", "scripts"), "", o.say("缺什么", "what is missing"))
	t := o.people()
	for _, c := range s.Coverage.Scenes {
		style := book.Good
		if len(c.Compliant) == 0 {
			style = book.Bad
		}
		o.row(textCell(c.Title.In(o.o.Lang), book.Wrapped), textCell(t.covered(c).text, style), book.Cell{}, textCell(t.missing(c), book.Wrapped))
	}
}

func (o *overview) byTeam(s *Summary) {
	teams := s.Teams()
	if len(teams) == 0 {
		return
	}
	o.section(o.say("按班组", "By team"))
	o.heads(book.NumberHead, o.say("班组", "team"), o.say("通数", "calls"), o.say("平均分", "mean score"), o.say("失分最多的规则", "worst rules"))
	for i := range teams {
		g := &teams[i].Group
		o.row(textCell(teams[i].Team, book.Wrapped), countCell(g.Calls), meanCell(g), textCell(o.worstOf(g), book.Wrapped))
	}
}

func (o *overview) notEvaluated(s *Summary) {
	reasons := s.NotEvaluated()
	if len(reasons) == 0 {
		return
	}
	o.section(o.say("未能评估", "Not evaluated"))
	o.heads(book.NumberHead, o.say("原因", "reason"), o.counted(), o.say("规则次数", "rules"))
	for _, n := range reasons {
		o.row(textCell(n.Reason.In(o.o.Lang), book.Wrapped), countCell(n.Calls), countCell(n.Rules))
	}
}

func (o *overview) problems(s *Summary) {
	if s.Problems == 0 {
		return
	}
	o.section(o.say("输入问题", "Problems with the input"))
	o.heads(book.Head, o.say("文件", "file"), o.say("行", "line"), o.say("编号", "id"), o.say("问题", "problem"))
	for i := range o.xlsxReport.problems {
		p := &o.xlsxReport.problems[i]
		o.row(textCell(p.File, book.Wrapped), lineCell(p.Line), textCell(p.Call, book.Wrapped), textCell(p.What.In(o.o.Lang), book.Wrapped))
	}
	if rest := s.Problems - len(o.xlsxReport.problems); rest > 0 {
		o.row(book.Cell{Value: o.sayf("另有 %d 处没有列出，见标准错误", "and %d more, see standard error", rest), Style: book.Line})
	}
}
