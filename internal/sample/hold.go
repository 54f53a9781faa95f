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
		&out.Agent.ID, &out.Agent.Name, &out.Agent.Team, &out.Customer.ID, &out.Customer.Name, &out.Customer.Team} {
		*s = strings.Clone(*s)
	}
	out.Turns = slices.Clone(c.Turns)
	for i := range out.Turns {
		t := &out.Turns[i]
		t.Text, t.Speaker = strings.Clone(t.Text), strings.Clone(t.Speaker)
	}
	return &out
}
