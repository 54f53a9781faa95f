package sample

import (
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// hold gives a pick texts of its own, once. Those of a result are parts of the
// input that it was read from, all of which they would keep in memory.
func (p *Pick) hold() *Pick {
	if p.own {
		return p
	}
	r := lint.Result{Call: copyOf(p.Call), Verdict: p.Verdict}
	r.Verdict.Findings = slices.Clone(p.Verdict.Findings)
	for i := range r.Verdict.Findings {
		own(&r.Verdict.Findings[i])
	}
	r.Verdict.Suppressed = slices.Clone(p.Verdict.Suppressed)
	for i := range r.Verdict.Suppressed {
		own(&r.Verdict.Suppressed[i].Finding)
	}
	p.Result, p.own = &r, true
	return p
}

// leave keeps of a pick what finds its call again, where it can be read again and
// is not held for its risk.
func (s *Sampler) leave(p *Pick) *Pick {
	if p.bad || p.away || s.plan.Again == nil || !s.plan.Again(p.Call) {
		return p.hold()
	}
	at := call.Call{ID: strings.Clone(p.Call.ID), Source: p.Call.Source, Line: p.Call.Line}
	r := lint.Result{Call: &at}
	if len(p.Verdict.Suppressed) > 0 { // what is accepted depends on the calls before
		r.Verdict = p.hold().Verdict
	}
	p.Result, p.own, p.away = &r, true, true
	return p
}

// Away reports whether nothing is known of the call but its id, source and line: it is to be
// read again, judged without an Accepter, and given to [Pick.Fill].
func (p *Pick) Away() bool { return p.away }

// Fill gives a pick that was away its call.
func (p *Pick) Fill(r *lint.Result) {
	full := *r
	if len(p.Verdict.Suppressed) > 0 {
		full.Verdict = p.Verdict
	}
	p.Result, p.own, p.away = &full, false, false
	p.hold()
}

func own(f *rule.Finding) {
	f.At.Quote = strings.Clone(f.At.Quote)
	f.Related = slices.Clone(f.Related)
	for i := range f.Related {
		f.Related[i].Quote = strings.Clone(f.Related[i].Quote)
	}
}

func copyOf(c *call.Call) *call.Call {
	out := *c
	for _, s := range []*string{&out.ID, &out.CallbackReason, &out.CallbackOf, &out.StartedAt, &out.EndedAt,
		&out.Agent.ID, &out.Agent.Name, &out.Agent.Team, &out.Customer.ID, &out.Customer.Number, &out.Customer.Name, &out.Customer.Team} {
		*s = strings.Clone(*s)
	}
	out.Turns = slices.Clone(c.Turns)
	for i := range out.Turns {
		t := &out.Turns[i]
		t.Text, t.Speaker = strings.Clone(t.Text), strings.Clone(t.Speaker)
	}
	return &out
}
