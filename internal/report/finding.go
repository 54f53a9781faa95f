package report

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// layout is where the parts of a finding go. On a narrow terminal the words
// found and the advice stand below the rule, on a wide one beside it.
type layout struct {
	turn, time, role, severity int // widths; time is 0 where the call has no times, role for a script
	wide                       bool
	rule, evidence, advice     int // widths on a wide terminal
}

const (
	wideFrom = 140 // columns from which findings have one row
	ruleCol  = 30  // columns of the rule on a wide terminal: most ids fit
	indent   = 10  // columns before the words found on a narrow terminal
)

func (t *textReport) layoutOf(r *lint.Result) layout {
	c := r.Call
	l := layout{turn: 6, role: 4, severity: 4, wide: t.o.Width >= wideFrom}
	if call.Lang(t.tongue) == call.EN {
		l.turn, l.role, l.severity = 8, 8, 7
	}
	if c.Script {
		l.turn, l.role = t.placeWidth(r), 0
	}
	for i := range c.Turns {
		l.time = max(l.time, len(clock(c.Turns[i].Start)))
	}
	rest := t.o.Width - l.left()
	l.rule = ruleCol
	l.evidence = (rest - l.rule - 2*gap) * 11 / 20
	l.advice = rest - l.rule - l.evidence - 2*gap
	return l
}

// placeWidth is the width of the longest place of a script's findings, but such
// that most scripts look alike. One that would leave no room for the rest is wrapped.
func (t *textReport) placeWidth(r *lint.Result) int {
	widest := indent - gap
	for i := range r.Verdict.Findings {
		at := t.place(r.Call, r.Verdict.Findings[i].At)
		widest = max(widest, widthOf(glyphs(span{at, plain})))
	}
	return min(widest, t.o.Width/4)
}

// left is the width of the columns before the rule.
func (l layout) left() int {
	n := 0
	for _, width := range []int{l.turn, l.time, l.role, l.severity} {
		if width > 0 {
			n += width + gap
		}
	}
	return n
}

// finding writes one finding.
func (t *textReport) finding(b *strings.Builder, c *call.Call, f *rule.Finding, l layout) {
	columns := t.leftColumns(c, f, l)
	title := []span{{f.Rule.Title.In(t.o.Lang), bold}}
	id := []span{{f.Rule.ID, dim}}
	evidence, advice := t.evidence(c, f), t.advice(f.Rule)
	if l.wide {
		row(0, append(columns,
			column{width: l.rule, paras: [][]span{title, id}},
			column{width: l.evidence, paras: evidence},
			column{width: l.advice, paras: [][]span{advice}}), t.to(b))
		return
	}
	if t.o.Width-l.left() < stackBelow {
		row(0, columns, t.to(b))
		paras := append([][]span{title, id}, append(evidence, advice)...)
		row(stackIndent, []column{{width: t.o.Width - stackIndent, paras: paras}}, t.to(b))
		return
	}
	row(0, append(columns, column{width: t.o.Width - l.left(), paras: beside(title, id[0], t.o.Width-l.left())}), t.to(b))
	row(indent, []column{{width: t.o.Width - indent, paras: append(evidence, advice)}}, t.to(b))
}

// beside sets an id beside a title, or below it where both do not fit a line.
func beside(title []span, id span, width int) [][]span {
	if widthOf(glyphs(title...))+gap+widthOf(glyphs(id)) > width {
		return [][]span{title, {id}}
	}
	return [][]span{append(title[:len(title):len(title)], span{"  ", plain}, id)}
}

// leftColumns are the turn, its time, who speaks, and how grave it is; of a
// script the place and how grave it is.
func (t *textReport) leftColumns(c *call.Call, f *rule.Finding, l layout) []column {
	one := func(width int, right bool, text string, s style) column {
		return column{width: width, right: right, paras: [][]span{{{text, s}}}}
	}
	columns := []column{one(l.turn, !c.Script, t.place(c, f.At), plain)}
	if l.time > 0 {
		at := ""
		if f.At.Turn >= 0 {
			at = clock(c.Turns[f.At.Turn].Start)
		}
		columns = append(columns, one(l.time, true, at, dim))
	}
	if l.role > 0 {
		columns = append(columns, one(l.role, false, t.role(f.Role), plain))
	}
	return append(columns, one(l.severity, false, t.severity(f.Rule.Severity), severityStyle(f.Rule.Severity)))
}

// evidence is the words found, what is wrong where the words alone do not say
// it, and the other turns that belong to it.
func (t *textReport) evidence(c *call.Call, f *rule.Finding) [][]span {
	var out [][]span
	if f.At.Turn >= 0 {
		out = append(out, t.quoted(c.Turns[f.At.Turn].Text, f))
	}
	if f.At.Turn < 0 || f.Rule.Kind != "forbid" {
		out = append(out, []span{{text: t.gist(f)}})
	}
	for _, r := range f.Related {
		if r.Turn >= 0 {
			out = append(out, []span{{t.related(c, r) + t.say("：", ": "), dim},
				{shorten([]rune(r.Quote)), plain}})
		}
	}
	if len(f.RelatedCalls) > 0 {
		out = append(out, []span{{t.say("相关通话：", "other calls: "), dim}, {Clean(strings.Join(f.RelatedCalls, t.say("、", ", "))), plain}})
	}
	return out
}

// related names another place that belongs to a finding.
func (t *textReport) related(c *call.Call, r rule.Range) string {
	if c.Script {
		return t.place(c, r)
	}
	return t.turn(r.Turn) + " " + t.role(c.Turns[r.Turn].Role)
}

// gist is the message of a finding without the reasons of its rule, which the
// rule's page gives.
func (t *textReport) gist(f *rule.Finding) string {
	message := f.Message.In(t.o.Lang)
	short := strings.TrimSpace(strings.TrimSuffix(message, f.Rule.Why.In(t.o.Lang)))
	if short == "" {
		return message
	}
	return short
}

// advice is what to say or do instead.
func (t *textReport) advice(r *rule.Rule) []span {
	return []span{{t.adviceLabel(r), green}, {r.Advice.In(t.o.Lang), plain}}
}
