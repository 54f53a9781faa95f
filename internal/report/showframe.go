package report

import (
	"fmt"
	"strings"
	"time"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// head says which call it is, who spoke when, what it is tagged with, and what was found.
func (s *show) head() {
	c := s.r.Call
	title := []span{{s.name(c), bold}}
	if marks := s.marks(s.r.Verdict.Score); marks != "" {
		title = append(title, span{"  " + marks, bold})
	}
	s.line(&s.b, 0, title...)
	s.line(&s.b, 1, span{strings.Join(s.facts(), " · "), plain})
	s.line(&s.b, 1, span{s.whereFrom(), dim})
	if tags := s.tagsWith(s.r.Verdict.Tags, true); tags != "" {
		s.line(&s.b, 1, span{s.say("标签：", "tags: ") + tags, plain})
	}
	s.line(&s.b, 1, s.outcome()...)
}

// facts are who spoke, when and how long, and how the call ended, as far as the input tells.
func (s *show) facts() []string {
	c := s.r.Call
	measure := s.sayf("%[1]d 轮", "%[2]s", len(c.Turns), plural(len(c.Turns), s.turnNoun()))
	if c.Script {
		return []string{s.sayf("话术，%[1]d 种说法", "script, %[2]s", len(c.Turns), plural(len(c.Turns), s.turnNoun()))}
	}
	var out []string
	add := func(text string) {
		if text != "" {
			out = append(out, text)
		}
	}
	add(moment(c.StartedAt))
	add(s.direction(c.Direction))
	add(s.whoIs(call.Agent, c.Agent))
	add(s.whoIs(call.Customer, c.Customer))
	add(measure)
	add(clock(c.Length()))
	add(s.hangup(c.Hangup))
	if c.Truncated {
		add(s.say("录音不完整", "not complete"))
	}
	return out
}

func (s *show) whoIs(role call.Role, p call.Person) string {
	if who := s.person(p); who != "" {
		return s.role(role) + " " + who
	}
	return ""
}

func (s *show) hangup(by call.Hangup) string {
	switch by {
	case call.ByAgent:
		return s.say("坐席挂机", "agent hung up")
	case call.ByCustomer:
		return s.say("客户挂机", "customer hung up")
	case call.Dropped:
		return s.say("线路中断", "line dropped")
	}
	return string(by)
}

// moment is a time of RFC 3339 as people write it, in its own zone.
func moment(at string) string {
	if t, err := time.Parse(time.RFC3339, at); err == nil {
		return t.Format("2006-01-02 15:04")
	}
	if t, err := time.Parse("2006-01-02T15:04:05", at); err == nil {
		return t.Format("2006-01-02 15:04")
	}
	return at
}

// whereFrom is the file of the call and its place there.
func (s *show) whereFrom() string {
	c := s.r.Call
	switch at := c.At.In(s.o.Lang); {
	case c.Script && at != "":
		return c.Source + ":" + at
	case c.Line > 0:
		return fmt.Sprintf("%s:%d", c.Source, c.Line)
	}
	return c.Source
}

// outcome says what was found, as the verdict of a run does.
func (s *show) outcome() []span {
	sum := &Summary{}
	sum.Add(s.r)
	if sum.Unjudged > 0 {
		return []span{{s.say("没能评估。", "It could not be judged."), yellow}}
	}
	if sum.Findings() == 0 {
		return append([]span{{s.say("没有发现问题。", "Nothing found."), green.strong()}}, s.suppressed(sum)...)
	}
	return append(s.counts(sum), s.suppressed(sum)...)
}

// foot says how the score came about and what was not evaluated.
func (s *show) foot() {
	if score := s.r.Verdict.Score; score != nil {
		if len(score.Deductions) > 0 {
			s.b.WriteString(s.deductions(score))
		}
		s.line(&s.b, 1, s.sum(s.r)...)
	}
	for _, g := range s.unjudged() {
		s.line(&s.b, 1, span{g, yellow})
	}
}

const fullIDFrom = 100 // columns from which tables of one call name rules by id too

// deductions is a table of what each rule cost, and the notes that say where.
func (s *show) deductions(score *rule.Score) string {
	g := grid{color: s.o.Color, width: s.o.Width}
	g.begin(s.say("级别", "severity"), false)
	if s.o.Width >= fullIDFrom {
		g.begin(s.say("规则", "rule"), false)
	}
	g.flex = len(g.heads)
	g.begin(s.say("名称", "title"), false)
	g.begin(s.say("处数", "findings"), true)
	g.begin(s.say("扣分", "points"), true)
	g.begin(s.say("见", "see"), false)
	for _, d := range score.Deductions {
		cells := []span{{s.severity(d.Rule.Severity), severityStyle(d.Rule.Severity)}}
		if s.o.Width >= fullIDFrom {
			cells = append(cells, span{d.Rule.ID, plain})
		}
		g.rows = append(g.rows, append(cells, span{d.Rule.Title.In(s.o.Lang), plain}, span{s.times(d), plain}, s.lost(d), span{s.labels(d.Rule), dim}))
	}
	return g.String()
}

// times is how often a rule was found, and how often that counts.
func (s *show) times(d rule.Deduction) string {
	if d.Counted < d.Count && !d.Fatal {
		return s.sayf("%d（计 %d）", "%d (%d count)", d.Count, d.Counted)
	}
	return number(d.Count).text
}

// lost is what a rule cost.
func (s *show) lost(d rule.Deduction) span {
	switch {
	case d.Fatal:
		return span{s.say("一票否决", "fatal"), red.strong()}
	case d.Total == 0:
		return number(0)
	}
	return span{fmt.Sprintf("−%d", d.Total), plain}
}

// labels are the notes of a rule that count.
func (s *show) labels(r *rule.Rule) string {
	var b strings.Builder
	for _, n := range s.notes {
		if n.Rule.ID == r.ID && n.by == "" {
			b.WriteString(n.label())
		}
	}
	return b.String()
}

// unjudged names the rules that were not evaluated, by reason.
func (s *show) unjudged() []string {
	var reasons []call.Say
	rules := map[call.Say][]string{}
	for _, n := range s.r.Verdict.NotEvaluated {
		if rules[n.Reason] == nil {
			reasons = append(reasons, n.Reason)
		}
		rules[n.Reason] = append(rules[n.Reason], n.Rule)
	}
	out := make([]string, len(reasons))
	for i, reason := range reasons {
		list := rules[reason]
		out[i] = s.sayf("未能评估 %[1]d 条规则，%[2]s", "%[3]s not evaluated: %[4]s", len(list), reason.ZH, plural(len(list), "rule"), reason.In(call.EN))
		if s.r.Verdict.Judged > 0 { // else it is all of them
			out[i] += s.say("：", ": ") + strings.Join(list, s.say("、", ", "))
		}
	}
	return out
}
