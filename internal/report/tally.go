package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Close writes the summary by rule, by agent and by team, and the verdict.
func (t *textReport) Close(s *Summary) error {
	var b strings.Builder
	if rules := s.Rules(); len(rules) > 0 {
		b.WriteString(t.byRule(rules) + "\n")
	}
	if t.o.By == "" {
		t.people(&b, s)
	}
	if t.o.By != "" || t.o.Previous != nil {
		b.WriteString(t.detailed(s))
	}
	if s.Coverage != nil {
		b.WriteString(t.coverage(s.Coverage) + "\n")
	}
	t.lines(&b, append([][]span{t.found(s)}, t.scores(s.All())...))
	if text := t.callbacks(s); text != "" {
		t.lines(&b, [][]span{{{text, plain}}})
	}
	t.tagCounts(&b, s.All())
	t.lines(&b, t.caveats(s))
	_, err := io.WriteString(t.w, b.String())
	return err
}

// people are the tables of agents and teams.
func (t *textReport) people(b *strings.Builder, s *Summary) {
	if agents := s.Agents(); len(agents) > 0 {
		names, groups := t.agents(agents[:min(mostAgents, len(agents))])
		b.WriteString(t.byGroup(t.say("坐席", "agent"), names, groups))
		if rest := len(agents) - mostAgents; rest > 0 {
			t.line(b, 1, span{t.sayf("…… 另有 %d 位坐席，用 --by agent 看全部", "… %d more; --by agent lists all", rest), dim})
		}
		b.WriteByte('\n')
	}
	if teams := s.Teams(); len(teams) > 0 {
		names, groups := byTeam(teams)
		b.WriteString(t.byGroup(t.say("班组", "team"), names, groups) + "\n")
	}
}

const mostAgents = 15 // that are listed where nobody asked for agents

// byRule is a table of rules; on a narrow terminal their ids stand below their titles.
func (t *textReport) byRule(rules []RuleCount) string {
	g := grid{color: t.o.Color, width: t.o.Width}
	slim := t.o.Width < slimBelow
	g.begin(t.say("级别", "severity"), false)
	if !slim {
		g.begin(t.say("规则", "rule"), false)
	}
	g.flex = len(g.heads)
	g.begin(t.say("名称", "title"), false)
	g.begin(t.say("处数", "findings"), true)
	g.begin(t.counted(), true)
	for _, n := range rules {
		cells := []span{{t.severity(n.Rule.Severity), severityStyle(n.Rule.Severity)}}
		if slim {
			g.more = append(g.more, []span{{n.Rule.ID, dim}})
		} else {
			cells = append(cells, span{n.Rule.ID, plain})
		}
		g.rows = append(g.rows, append(cells, span{n.Rule.Title.In(t.o.Lang), plain}, number(n.Findings), number(n.Calls)))
	}
	return g.String()
}

// byGroup is a table of agents or teams.
func (t *textReport) byGroup(head string, names []string, groups []*Group) string {
	if anyScored(groups) {
		return t.byScore(head, names, groups)
	}
	g := grid{color: t.o.Color, width: t.o.Width, flex: 0, numbers: []bool{false, true, true, true, true},
		heads: []string{head, t.say("通数", "calls"), t.say("处数", "findings"), t.say("错误", "errors"), t.say("每百通", "per 100 calls")}}
	for i, n := range groups {
		g.rows = append(g.rows, []span{{names[i], plain}, number(n.Calls), number(n.Findings), errorCount(n), per100(n)})
	}
	return g.String()
}

func number(n int) span { return span{strconv.Itoa(n), plain} }

// lines writes paragraphs from the left.
func (t *textReport) lines(b *strings.Builder, paras [][]span) {
	row(0, []column{{width: t.o.Width, paras: paras}}, t.to(b))
}

// caveats are one sentence for everything that keeps a run from being the whole truth.
func (t *textReport) caveats(s *Summary) [][]span {
	var out [][]span
	if text := t.partial(t.o.Choice); text != "" {
		out = append(out, []span{{text, yellow}})
	}
	if reasons := s.NotEvaluated(); len(reasons) > 0 {
		out = append(out, []span{{t.notEvaluated(reasons), yellow}})
	}
	if s.Skipped > 0 {
		text := t.sayf("另有 %[1]d 条标为反例，没有检查。", "Marked as bad examples and not checked: %[2]s.", s.Skipped, plural(s.Skipped, "script"))
		out = append(out, []span{{text, plain}})
	}
	if c := s.Coverage; c != nil {
		text := t.sayf("文件要求的 %d 个场景中，%d 个有合规的话术。", "Scenes that the documents ask for: %d; with a compliant script: %d.", len(c.Scenes), c.Covered())
		out = append(out, []span{{text, plain}})
	}
	out = append(out, t.input(s)...)
	if s.Interrupted {
		out = append(out, []span{{t.halfWay(t.o.Scripts), yellow}})
	}
	return out
}

// input says what was wrong with the input: what was lost, and what is only worth a note.
func (t *textReport) input(s *Summary) [][]span {
	var parts []string
	look := plain
	if s.Fatal > 0 {
		parts = append(parts, t.sayf("问题 %[1]d 处", "%[2]s", s.Fatal, plural(s.Fatal, "problem")))
		look = yellow
	}
	if notes := s.Problems - s.Fatal; notes > 0 {
		parts = append(parts, t.sayf("提醒 %[1]d 处", "%[2]s", notes, plural(notes, "note")))
	}
	if parts == nil {
		return nil
	}
	return [][]span{{{t.say("输入", "Input: ") + strings.Join(parts, t.say("，", ", ")) + t.say("，见标准错误。", ", see standard error."), look}}}
}

// found says how many calls were checked and what was found.
func (t *textReport) found(s *Summary) []span {
	what := noun(t.o.Scripts)
	checked := span{t.sayf("检查了 %[1]d %[2]s%[3]s，", "%[4]s checked, ", s.Calls, measure(t.o.Scripts), what.ZH, plural(s.Calls, what.EN)), bold}
	switch {
	case s.Calls == 0:
		return []span{{t.sayf("没有检查到任何%[1]s。", "No %[2]ss were checked.", what.ZH, what.EN), bold}}
	case s.Findings() == 0 && s.Unjudged == s.Calls:
		return []span{checked, {t.say("都没能评估。", "none of them could be judged."), bold}}
	case s.Findings() == 0:
		return append([]span{checked, {t.say("没有发现问题。", "nothing found."), green.strong()}}, t.suppressed(s)...)
	}
	return append(append([]span{checked}, t.counts(s)...), t.suppressed(s)...)
}

// counts says how many findings there are of each severity.
func (t *textReport) counts(s *Summary) []span {
	out := []span{{t.sayf("发现 %[1]d 处问题：", "%[2]s: ", s.Findings(), plural(s.Findings(), "finding")), bold}}
	for _, severity := range []rule.Severity{rule.Error, rule.Warning, rule.Info} {
		out = append(out, t.count(s, severity), span{t.say("，", ", "), plain})
	}
	out[len(out)-1].text = t.say("。", ".")
	return out
}

// suppressed counts what was accepted, so that nobody takes it for nothing.
func (t *textReport) suppressed(s *Summary) []span {
	var parts []string
	if n := s.Suppressed(rule.ByWaiver); n > 0 {
		parts = append(parts, t.sayf("%d 处已豁免", "%d waived", n))
	}
	if n := s.Suppressed(rule.ByBaseline); n > 0 {
		parts = append(parts, t.sayf("%d 处在基线中", "%d in the baseline", n))
	}
	if parts == nil {
		return nil
	}
	return []span{{t.say("另有 ", " Besides, ") + strings.Join(parts, t.say("，", ", ")) + t.say("。", "."), dim}}
}

// counted is the head of a column that counts what was checked.
func (t *textReport) counted() string {
	return t.say(measure(t.o.Scripts)+"数", noun(t.o.Scripts).EN+"s")
}

// count is the number of findings of a severity, in its colour if there are any.
func (t *textReport) count(s *Summary, severity rule.Severity) span {
	n := number(s.Count(severity))
	n.text = t.severity(severity) + string(noBreak) + n.text
	if s.Count(severity) > 0 {
		n.style = severityStyle(severity)
	}
	return n
}

// notEvaluated says in how many calls rules could not be judged, and why. Some reasons have commas.
func (t *textReport) notEvaluated(reasons []ReasonCount) string {
	parts := make([]string, len(reasons))
	for i, n := range reasons {
		parts[i] = t.sayf("%[1]s %[2]d %[3]s", "%[1]s in %[4]s", n.Reason.In(t.o.Lang), n.Calls, measure(t.o.Scripts), plural(n.Calls, noun(t.o.Scripts).EN))
	}
	return t.say("未能评估：", "Not evaluated: ") + strings.Join(parts, t.say("；", "; ")) + t.say("。", ".")
}

// plural is a number of English things.
func plural(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return strconv.Itoa(n) + " " + thing
}
