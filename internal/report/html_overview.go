package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/rule"
)

// htmlOverview is what the templates say of a run.
type htmlOverview struct {
	Zh      bool
	Title   string
	About   []string // when, how many, by what
	Verdict string
	Notes   []htmlNote // what keeps the verdict from being the whole truth
	Table   bool       // there are calls to look at
	Scripts bool
	Noun    string // of what was checked
	Count   string

	Figures []htmlFigure
	Bars    []htmlBars
	Columns []htmlColumns
	Groups  []htmlGroups
	Chains  *htmlChains
	Scenes  *htmlScenes
}

// htmlNote is a remark, with a list to unfold where there is more to say.
type htmlNote struct {
	Text string
	More []string
}

// htmlFigure is a number that matters.
type htmlFigure struct {
	Label string
	Value string
	Unit  string
	Href  string
	Class string
	Notes []htmlBar // below, as links
}

// htmlBars is a bar chart: the rows seen at once, and those to unfold.
type htmlBars struct {
	Label string
	Wide  bool
	First []htmlBar
	Rest  []htmlBar
}

// htmlGroups is a table of agents or teams.
type htmlGroups struct {
	Label  string
	Head   string
	Scored bool
	First  []htmlGroup
	Rest   []htmlGroup
	Hidden int // beyond those that are listed
}

type htmlGroup struct {
	Name, Note, Href             string
	Calls, Mean, Width           string
	Findings, Errors, Per, Worst string
	Grades                       []htmlBar
	Scored                       bool // the table has scores
}

// htmlScenes is which scenes of the documents have a script.
type htmlScenes struct {
	Label string
	Rows  [][4]string // scene, what covers it, what is missing, sources
}

const (
	mostBars   = 12  // rows of a chart that are seen at once
	mostGroups = 500 // agents that are listed at all
)

func (h *htmlReport) overview(s *Summary) htmlOverview {
	what := noun(h.o.Scripts)
	o := htmlOverview{Zh: h.say("zh", "en") == "zh", Title: h.title(), About: h.about(s), Verdict: plainText(h.text.found(s)), Notes: h.notes(s),
		Table: !h.o.SummaryOnly, Scripts: h.o.Scripts, Noun: h.say(what.ZH, strings.ToUpper(what.EN[:1])+what.EN[1:]+"s"), Count: thousands(h.row)}
	if s.Calls == 0 {
		return o
	}
	o.Figures = h.figures(s)
	o.Columns = h.charts(s.Findings() > 0)
	o.Bars = append(o.Bars, h.ruleBars(s))
	o.Bars = append(o.Bars, h.tagBars(s)...)
	o.Groups = h.groups(s)
	o.Chains = h.chains(s)
	o.Scenes = h.scenes(s)
	return o
}

// plainText is text without its styles.
func plainText(text []span) string {
	var b strings.Builder
	for _, s := range text {
		b.WriteString(s.text)
	}
	return Clean(b.String())
}

// about says when the calls were, and what judged them.
func (h *htmlReport) about(s *Summary) []string {
	var out []string
	if days := h.calendar.shortened(len("2026-03-18")); len(days) > 0 {
		first, last := days[0].name, days[len(days)-1].name
		if first != last {
			first += h.say(" 至 ", " to ") + last
		}
		out = append(out, first)
	}
	what := noun(h.o.Scripts)
	out = append(out, h.sayf("%[1]s %[2]s%[3]s", "%[1]s %[4]s", thousands(s.Calls), measure(h.o.Scripts), what.ZH, strings.TrimPrefix(plural(s.Calls, what.EN), fmt.Sprint(s.Calls)+" ")))
	for _, p := range h.o.Packs {
		out = append(out, Clean(strings.TrimSpace(h.say("规则包 ", "pack ")+p.Name+" "+p.Version)))
	}
	return append(out, Clean(strings.TrimSpace("zhijian "+h.o.Version)))
}

// notes are all that keeps the numbers from being the whole truth.
func (h *htmlReport) notes(s *Summary) []htmlNote {
	var out []htmlNote
	note := func(holds bool, text string, more ...string) {
		if holds {
			out = append(out, htmlNote{text, more})
		}
	}
	note(s.Interrupted, h.halfWay(h.o.Scripts))
	partial := h.partial(h.o.Choice)
	note(partial != "", partial)
	if reasons := s.NotEvaluated(); len(reasons) > 0 {
		note(true, Clean(h.text.notEvaluated(reasons)), h.reasons(reasons)...)
	}
	problems := h.problems
	if h.hidden > 0 {
		problems = append(slices.Clip(problems), h.sayf("另有 %d 处，见运行时的标准错误。", "And %d more, see standard error of the run.", h.hidden))
	}
	note(s.Problems > 0, h.sayf("输入问题 %d 处。", "Problems with the input: %d.", s.Problems), problems...)
	note(s.Skipped > 0, h.sayf("另有 %d 条标为反例，没有检查。", "Marked as bad examples and not checked: %d.", s.Skipped))
	note(h.left > 0, h.leftOut())
	return out
}

func (h *htmlReport) reasons(list []ReasonCount) []string {
	var out []string
	for _, n := range list {
		out = append(out, Clean(h.sayf("%[1]s：%[2]d %[3]s，共 %[4]d 条次规则", "%[1]s: %[5]s, %[4]d rules over all of them",
			n.Reason.In(h.o.Lang), n.Calls, measure(h.o.Scripts), n.Rules, plural(n.Calls, noun(h.o.Scripts).EN))))
	}
	return out
}

// leftOut says whose words are not in the page, and how that was decided.
func (h *htmlReport) leftOut() string {
	return h.sayf("为了打得开、发得出，有 %[1]d %[2]s的对话没有收进本页：先收全部，装到一半后只收有错误或警告的，装到四分之三后只收有错误的。它们的得分和问题都在统计和列表里。",
		"To keep this page small, what was said in %[3]s is not in it: at first all are kept, from half of the room on those with errors or warnings, from three quarters on those with errors. Their scores and findings are in all counts and in the list.",
		h.left, measure(h.o.Scripts), plural(h.left, noun(h.o.Scripts).EN))
}

// figures are the numbers at the top.
func (h *htmlReport) figures(s *Summary) []htmlFigure {
	out := []htmlFigure{{Label: h.say("检查的"+noun(h.o.Scripts).ZH, noun(h.o.Scripts).EN+"s checked"), Value: thousands(s.Calls), Unit: h.say(measure(h.o.Scripts), "")}}
	if mean, scored := s.All().Mean(); scored {
		f := htmlFigure{Label: h.say("平均得分", "mean score"), Value: oneDecimal(mean)}
		f.Notes = h.grades(s.All())
		out = append(out, f)
	}
	found := htmlFigure{Label: h.say("发现的问题", "findings"), Value: thousands(s.Findings()), Unit: h.say("处", "")}
	for severity := rule.Error; severity >= rule.Info; severity-- {
		found.Notes = append(found.Notes, htmlBar{Label: h.severity(severity), Value: thousands(s.Count(severity)), Class: severity.String(), Href: h.href("severity", severity.String())})
	}
	clean := htmlFigure{Label: h.say("没有问题的"+noun(h.o.Scripts).ZH, "without findings"), Value: fmt.Sprintf("%.0f", 100*float64(h.calendar.clean)/float64(max(1, s.All().Judged))), Unit: "%",
		Notes: []htmlBar{{Label: thousands(h.calendar.clean) + h.say(" "+measure(h.o.Scripts), " "+noun(h.o.Scripts).EN+"s"), Href: h.href("severity", "none")}}}
	return append(out, found, clean)
}

// grades are the grades with the calls that got them.
func (h *htmlReport) grades(g *Group) []htmlBar {
	var out []htmlBar
	for _, n := range g.Grades() {
		out = append(out, htmlBar{Label: Clean(n.Name), Value: thousands(n.Calls), Href: h.href("grade", Clean(n.Name))})
	}
	return out
}

// ruleBars are the rules that found something, the most frequent first.
func (h *htmlReport) ruleBars(s *Summary) htmlBars {
	rules := s.Rules()
	slices.SortStableFunc(rules, func(a, b RuleCount) int { return cmp.Compare(b.Findings, a.Findings) })
	out := htmlBars{Label: h.say("问题最多的规则", "Findings by rule"), Wide: true}
	for i, n := range rules {
		id := Clean(n.Rule.ID)
		bar := htmlBar{Label: Clean(n.Rule.Title.In(h.o.Lang)), Note: id, Href: h.href("rule", id), Value: thousands(n.Findings),
			Width: share(n.Findings, rules[0].Findings), Class: n.Rule.Severity.String(), Kind: h.severity(n.Rule.Severity)}
		out.add(i, bar)
	}
	return out
}

func (b *htmlBars) add(i int, bar htmlBar) {
	if i < mostBars {
		b.First = append(b.First, bar)
		return
	}
	b.Rest = append(b.Rest, bar)
}

// tagBars are a chart for every tag.
func (h *htmlReport) tagBars(s *Summary) []htmlBars {
	var out []htmlBars
	for _, t := range s.All().Tags() {
		chart := htmlBars{Label: Clean(t.Tag.Title.In(h.o.Lang))}
		for i, v := range t.Values {
			chart.add(i, htmlBar{Label: Clean(v.Name.In(h.o.Lang)), Href: h.href("tag", Clean(t.Tag.ID+"="+v.Value)), Value: thousands(v.Calls),
				Width: share(v.Calls, t.Values[0].Calls), Class: "neutral"})
		}
		out = append(out, chart)
	}
	if len(out)%2 == 1 { // the last one has no neighbour
		out[len(out)-1].Wide = true
	}
	return out
}

// charts are the scores and, where anything was found, the hours and days, as far as they are known.
func (h *htmlReport) charts(found bool) []htmlColumns {
	var out []htmlColumns
	hours := anyFound(h.calendar.hours[:])
	if h.calendar.start > 0 {
		out = append(out, h.scoreChart(!hours)) // else it has no neighbour
	}
	if hours {
		out = append(out, h.hourChart())
	}
	if periods := h.calendar.periods(); len(periods) > 1 && found {
		var days []columnData
		year, _, within := strings.Cut(periods[0].name, "-") // which the names of years are not
		for _, p := range periods {
			label := p.name
			if within {
				label = strings.TrimPrefix(label, year+"-")
			}
			days = append(days, h.groupColumn(p.name, label, p.name, p.Group))
		}
		out = append(out, h.findingColumns(h.say("每天发现的问题", "Findings by day"), "day", true, days))
	}
	return out
}

// scoreChart counts calls by tenths of full marks.
func (h *htmlReport) scoreChart(wide bool) htmlColumns {
	var data []columnData
	for i, n := range h.calendar.scores {
		from, to := (i*h.calendar.start+9)/10, ((i+1)*h.calendar.start+9)/10-1
		if i == 9 {
			to = h.calendar.start
		}
		name := fmt.Sprintf("%d-%d", from, to)
		data = append(data, columnData{name, name, h.sayf("%[1]d 至 %[2]d 分：%[3]d 通", "score %[1]d to %[2]d: %[4]s", from, to, n, plural(n, "call")), n, 0})
	}
	return h.columns(h.say("得分分布（通数）", "Calls by score"), "score", wide, data)
}

func (h *htmlReport) hourChart() htmlColumns {
	var data []columnData
	for hour := range h.calendar.hours {
		data = append(data, h.groupColumn(fmt.Sprint(hour), fmt.Sprint(hour), h.sayf("%d 时", "hour %d", hour), &h.calendar.hours[hour]))
	}
	return h.findingColumns(h.say("各时段发现的问题（时）", "Findings by hour of the day"), "hour", false, data)
}

// findingColumns is a chart of findings, with the errors among them.
func (h *htmlReport) findingColumns(label, filter string, wide bool, data []columnData) htmlColumns {
	chart := h.columns(label, filter, wide, data)
	chart.Legend = []string{h.severity(rule.Error), h.say("警告和提示", "warnings and infos")}
	return chart
}

// groupColumn is the findings of the calls of an hour or a day.
func (h *htmlReport) groupColumn(name, label, called string, g *Group) columnData {
	title := h.sayf("%[1]s：%[2]d 通，问题 %[3]d 处，其中错误 %[4]d 处", "%[1]s: %[5]s, %[6]s, %[7]s", called, g.Calls, g.Findings, g.Errors,
		plural(g.Calls, "call"), plural(g.Findings, "finding"), plural(g.Errors, "error"))
	if mean, scored := g.Mean(); scored {
		title += h.sayf("，均分 %s", ", mean score %s", oneDecimal(mean))
	}
	return columnData{name, label, title, g.Findings, g.Errors}
}

// groups are the tables of teams and agents.
func (h *htmlReport) groups(s *Summary) []htmlGroups {
	var out []htmlGroups
	if teams := s.Teams(); len(teams) > 0 {
		_, all := byTeam(teams)
		table := htmlGroups{Label: h.say("班组", "Teams"), Head: h.say("班组", "team"), Scored: anyScored(all)}
		for i := range teams {
			table.add(h.group(&teams[i].Group, teams[i].Team, "", h.href("team", Clean(teams[i].Team))))
		}
		out = append(out, table)
	}
	if agents := s.Agents(); len(agents) > 0 {
		_, all := h.text.agents(agents)
		table := htmlGroups{Label: h.say("坐席", "Agents"), Head: h.say("坐席", "agent"), Scored: anyScored(all)}
		for i := range agents {
			p := agents[i].Agent
			key := Clean(cmp.Or(p.ID, p.Name))
			note := p.Team
			p.Team = ""
			table.add(h.group(&agents[i].Group, h.person(p), note, h.href("agent", key)))
		}
		out = append(out, table)
	}
	return out
}

func (t *htmlGroups) add(g htmlGroup) {
	g.Scored = t.Scored
	switch {
	case len(t.First) < mostBars:
		t.First = append(t.First, g)
	case len(t.Rest) < mostGroups-mostBars:
		t.Rest = append(t.Rest, g)
	default:
		t.Hidden++
	}
}

func (h *htmlReport) group(g *Group, name, note, href string) htmlGroup {
	out := htmlGroup{Name: Clean(name), Note: Clean(note), Href: href, Calls: thousands(g.Calls), Findings: thousands(g.Findings),
		Errors: thousands(g.Errors), Per: per100(g).text, Grades: h.grades(g), Mean: "–"}
	if mean, scored := g.Mean(); scored {
		out.Mean, out.Width = oneDecimal(mean), percent(100*mean/float64(max(1, h.calendar.start, int(mean))))
	}
	if g.Findings > 0 {
		out.Worst = Clean(h.text.worst(g, 0).text)
	}
	return out
}

// scenes are those that the documents ask for; nil where nobody wants to know.
func (h *htmlReport) scenes(s *Summary) *htmlScenes {
	if s.Coverage == nil {
		return nil
	}
	out := &htmlScenes{Label: h.sayf("文件要求的 %d 个场景中，%d 个有合规的话术", "Of %d scenes that the documents ask for, %d have a compliant script", len(s.Coverage.Scenes), s.Coverage.Covered())}
	for _, c := range s.Coverage.Scenes {
		var sources []string
		for _, source := range c.Sources {
			sources = append(sources, source.Doc)
		}
		out.Rows = append(out.Rows, [4]string{Clean(c.Title.In(h.o.Lang)), Clean(h.text.covered(c).text), Clean(h.text.missing(c)), Clean(strings.Join(sources, " "))})
	}
	return out
}

// thousands is a number in groups of three digits: 20,000.
func thousands(n int) string {
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
