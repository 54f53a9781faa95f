package report

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// htmlRow is a call in the table. Rules, agents, grades and tags are places in
// the lists of the page; -1 is none.
type htmlRow struct {
	ID        string         `json:"id"`
	Source    string         `json:"source"`
	Line      int            `json:"line,omitempty"`
	Cell      string         `json:"cell,omitempty"` // of a script, where lines cannot say it
	Scene     string         `json:"scene,omitempty"`
	Agent     int            `json:"agent"`
	Started   string         `json:"started,omitempty"` // 2026-03-18 09:12, or the day only
	Direction call.Direction `json:"direction,omitempty"`
	Score     *int           `json:"score,omitempty"`
	Grade     int            `json:"grade"`
	Rules     []int          `json:"rules,omitempty"` // of the findings
	Tags      []int          `json:"tags,omitempty"`
	Clean     bool           `json:"clean,omitempty"` // see flawless
	Block     int            `json:"block,omitempty"` // of its details, from 1; 0: they are not in the page
}

func (h *htmlReport) newRow(r *lint.Result) htmlRow {
	c, v := r.Call, &r.Verdict
	row := htmlRow{ID: Clean(c.ID), Source: Clean(c.Source), Line: c.Line, Scene: Clean(c.Scene), Agent: h.agentPlace(c.Agent),
		Started: startOf(c.StartedAt).String(), Direction: c.Direction, Grade: h.gradePlace(v.Score), Clean: flawless(r)}
	if c.Script {
		row.Line, row.Cell = c.At.Line, Clean(cell(c.At, h.o.Lang))
	}
	if v.Score != nil {
		row.Score = &v.Score.Points
	}
	for i := range v.Findings {
		row.Rules = append(row.Rules, h.rulePlace(v.Findings[i].Rule))
	}
	for _, t := range v.Tags {
		for i := range t.Values {
			row.Tags = append(row.Tags, h.tagPlace(t.TagKind, &t.Values[i]))
		}
	}
	return row
}

// htmlDetail is what was said in a call, and what is to be said of it.
type htmlDetail struct {
	Row      int             `json:"row"`
	Facts    []string        `json:"facts,omitempty"` // how the call came about and ended
	Turns    []htmlTurn      `json:"turns"`
	Findings []htmlFinding   `json:"findings"`
	Accepted []htmlFinding   `json:"accepted,omitempty"`
	Unjudged []htmlReason    `json:"unjudged,omitempty"`
	Tagged   [][2]int        `json:"tagged,omitempty"` // tag and the turn that first says so, -1 where none does
	Formula  string          `json:"formula,omitempty"`
	Remarks  string          `json:"remarks,omitempty"` // on what the score does not count
	Costs    []htmlDeduction `json:"costs,omitempty"`
}

type htmlTurn struct {
	Role call.Role `json:"role"`
	Text string    `json:"text"`
	At   string    `json:"at,omitempty"`   // its time, or the place of the words of a script
	Span *htmlSpan `json:"span,omitempty"` // when it is spoken, for the time line
}

// htmlSpan is from when to when a turn is spoken, in milliseconds, and 1 where the end is guessed.
type htmlSpan [3]int64

type htmlFinding struct {
	Rule    int              `json:"rule"`
	Turn    int              `json:"turn"` // -1: the whole call
	Start   int              `json:"start"`
	End     int              `json:"end"`
	Due     *int             `json:"due,omitempty"` // turn at which something was due that is missing
	Gist    string           `json:"gist"`
	Place   string           `json:"place,omitempty"` // of a script
	Fix     string           `json:"fix,omitempty"`   // what to write instead, of a script
	Related [][3]int         `json:"related,omitempty"`
	Calls   []string         `json:"calls,omitempty"` // ids of other calls that show it
	By      rule.Suppression `json:"by,omitempty"`
	Reason  string           `json:"reason,omitempty"`
}

// htmlReason is rules that were not evaluated for one reason.
type htmlReason struct {
	Reason string   `json:"reason"`
	Rules  []string `json:"rules"`
}

type htmlDeduction struct {
	Rule    int  `json:"rule"`
	Count   int  `json:"count"`
	Counted int  `json:"counted"`
	Points  int  `json:"points"`
	Total   int  `json:"total"`
	Fatal   bool `json:"fatal,omitempty"`
}

func (h *htmlReport) newDetail(r *lint.Result) htmlDetail {
	c, v := r.Call, &r.Verdict
	d := htmlDetail{Row: h.row, Facts: h.chosen(r, h.facts(c)), Turns: make([]htmlTurn, len(c.Turns)), Findings: []htmlFinding{}, Unjudged: h.unjudged(v.NotEvaluated)}
	for i := range c.Turns {
		d.Turns[i] = h.newTurn(c, i)
	}
	for _, s := range c.Speeches() {
		d.Turns[s.Turn].Span = newHTMLSpan(s)
	}
	for i := range v.Findings {
		d.Findings = append(d.Findings, h.newFinding(c, &v.Findings[i]))
	}
	for i := range v.Suppressed {
		f := h.newFinding(c, &v.Suppressed[i].Finding)
		f.By, f.Reason = v.Suppressed[i].By, Clean(v.Suppressed[i].Reason)
		d.Accepted = append(d.Accepted, f)
	}
	for _, t := range v.Tags {
		for i := range t.Values {
			d.Tagged = append(d.Tagged, [2]int{h.tagPlace(t.TagKind, &t.Values[i]), t.Values[i].Turn})
		}
	}
	h.addScore(&d, r)
	return d
}

func newHTMLSpan(s call.Speech) *htmlSpan {
	out := htmlSpan{s.Start, s.End, 0}
	if s.Guessed {
		out[2] = 1
	}
	return &out
}

// newTurn is a turn whose text has as many code points as the call's: findings
// are marked in it.
func (h *htmlReport) newTurn(c *call.Call, i int) htmlTurn {
	t := &c.Turns[i]
	at := clock(t.Start)
	if c.Script {
		at = h.scriptPlace(c, rule.Range{Turn: i})
	}
	return htmlTurn{Role: t.Role, Text: CleanLines(t.Text), At: at}
}

// scriptPlace is where the words of a script stand: 第 14 行 38 列, 话术!E3.
func (h *htmlReport) scriptPlace(c *call.Call, at rule.Range) string {
	p := placeOf(c, at)
	switch name := Clean(cell(p, h.o.Lang)); {
	case name != "":
		return name
	case p.Column > 0:
		return h.sayf("第 %d 行 %d 列", "line %d, column %d", p.Line, p.Column)
	case p.Line > 0:
		return h.sayf("第 %d 行", "line %d", p.Line)
	}
	return ""
}

func (h *htmlReport) newFinding(c *call.Call, f *rule.Finding) htmlFinding {
	out := htmlFinding{Rule: h.rulePlace(f.Rule), Turn: f.At.Turn, Start: f.At.Start, End: f.At.End, Due: f.Due, Gist: Clean(h.text.gist(f))}
	for _, r := range f.Related {
		if r.Turn >= 0 {
			out.Related = append(out.Related, [3]int{r.Turn, r.Start, r.End})
		}
	}
	for _, id := range f.RelatedCalls {
		out.Calls = append(out.Calls, Clean(id))
	}
	if c.Script {
		out.Place = h.scriptPlace(c, f.At)
	}
	if c.Script && f.Fix != nil {
		out.Fix = Clean(f.Fix.Text)
		if f.Fix.Suggestion {
			out.Fix += h.say("（请人工核对）", " (to be checked by a human)")
		}
	}
	return out
}

func (h *htmlReport) addScore(d *htmlDetail, r *lint.Result) {
	s := r.Verdict.Score
	if s == nil {
		return
	}
	d.Formula, d.Remarks = h.text.formula(s), h.text.remarks(r)
	for _, c := range s.Deductions {
		d.Costs = append(d.Costs, htmlDeduction{h.rulePlace(c.Rule), c.Count, c.Counted, c.Points, c.Total, c.Fatal})
	}
}

// unjudged are the rules that were not evaluated, reason by reason.
func (h *htmlReport) unjudged(list []rule.NotEvaluated) []htmlReason {
	var out htmlList[call.Say, htmlReason]
	for _, n := range list {
		i := out.place(n.Reason, func() htmlReason { return htmlReason{Reason: n.Reason.In(h.o.Lang)} })
		out.values[i].Rules = append(out.values[i].Rules, n.Rule)
	}
	return out.values
}

// chosen puts before the facts why the call was chosen, if it was.
func (h *htmlReport) chosen(r *lint.Result, facts []string) []string {
	if why := r.Choice.Why.In(h.o.Lang); why != "" {
		facts = append([]string{Clean(h.say("抽中：", "chosen: ") + why)}, facts...)
	}
	return facts
}

// facts are what else the input tells of a call, in words.
func (h *htmlReport) facts(c *call.Call) []string {
	var out []string
	fact := func(holds bool, words string) {
		if holds {
			out = append(out, words)
		}
	}
	reasons := map[string]string{"interrupted": h.say("通话中断后回拨", "called back after the line broke"), "research": h.say("查询后回拨", "research"),
		"correction": h.say("更正回拨", "to correct a mistake"), "work-order": h.say("工单回拨", "on a work order"), "complaint-reply": h.say("回复投诉", "reply to a complaint")}
	fact(reasons[c.CallbackReason] != "", reasons[c.CallbackReason])
	fact(c.CallbackOf != "", Clean(h.sayf("针对通话 %s", "on call %s", c.CallbackOf)))
	fact(c.Hangup == call.ByAgent, h.say("坐席挂机", "the agent hung up"))
	fact(c.Hangup == call.ByCustomer, h.say("客户挂机", "the customer hung up"))
	fact(c.Hangup == call.Dropped, h.say("线路中断", "the line broke"))
	fact(c.Reported, h.say("已报备", "put on record"))
	fact(c.Truncated, h.say("录音不完整", "the transcript is not complete"))
	fact(c.RolesUnknown, h.say("分不清哪一方是坐席", "nobody can tell which side is the agent"))
	fact(strings.TrimSpace(h.person(c.Customer)) != "", Clean(h.say("客户 ", "customer ")+h.person(c.Customer)))
	return out
}
