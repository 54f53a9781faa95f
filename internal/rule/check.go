package rule

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Check judges a call by the rules, which must be of this pack. A rule that
// cannot be judged is in NotEvaluated, never silently passed. Rules that judge calls
// together are passed over: one call says nothing about them.
func (p *Pack) Check(c *call.Call, rules []*Rule) Verdict {
	if c.Script {
		return p.checkWordings(c, rules)
	}
	var verdict Verdict
	if reason, no := unfit(c); no {
		for _, r := range rules {
			if !r.Followup() {
				verdict.NotEvaluated = append(verdict.NotEvaluated, NotEvaluated{r.ID, reason})
			}
		}
		return verdict
	}
	v := p.view(c)
	defer p.free(v)
	rules, verdict.NotEvaluated = v.judgeable(rules)
	verdict.Findings = v.check(rules)
	for _, r := range rules {
		if !r.Followup() {
			verdict.Judged++
		}
	}
	verdict.Tags = v.tags()
	return verdict
}

// checkWordings judges each wording of a script by itself: an agent says one of them.
func (p *Pack) checkWordings(c *call.Call, rules []*Rule) Verdict {
	verdict := Verdict{Judged: len(rules)}
	for i := range c.Turns {
		one := *c
		one.Turns = c.Turns[i : i+1]
		for _, f := range newView(p, &one).check(rules) {
			f.At.Turn += i
			verdict.Findings = append(verdict.Findings, f)
		}
	}
	return verdict
}

// check judges a view by the rules; the findings are in the order of the call.
func (v *view) check(rules []*Rule) []Finding {
	var found []Finding
	var judged *Rule
	report := func(at place) { found = append(found, v.finding(judged, at)) }
	for _, judged = range rules {
		if !judged.evaluator.idle(v) && v.is(judged.when) {
			judged.evaluator.check(v, report)
		}
	}
	slices.SortStableFunc(found, InCallOrder)
	return found
}

// unfit tells why no rule can be judged on a call: all of them ask who speaks.
func unfit(c *call.Call) (call.Say, bool) {
	switch {
	case len(c.Turns) == 0 && c.Failed():
		return call.Sayf("没有接通，没有通话内容", "nobody answered, so nothing was said"), true
	case len(c.Turns) == 0:
		return call.Sayf("只有话单，没有转写", "there are records of the call but no transcript"), true
	case c.RolesUnknown:
		return call.Sayf("分不清哪一方是坐席", "nobody can tell which side is the agent"), true
	case !c.Has(call.Agent):
		return call.Sayf("没有坐席的话", "no agent turns"), true
	}
	return call.Say{}, false
}

// measuring is what a kind of rule does that needs what not every call has.
type measuring interface {
	unable(v *view) (reason call.Say, is bool)
}

// judgeable parts the rules that can be judged on the call from those that cannot.
func (v *view) judgeable(rules []*Rule) (able []*Rule, not []NotEvaluated) {
	for i, r := range rules {
		reason, is := v.unable(r)
		if is && not == nil {
			able = append(v.able[:0], rules[:i]...)
		}
		switch {
		case is:
			not = append(not, NotEvaluated{r.ID, reason})
		case not != nil:
			able = append(able, r)
		}
	}
	if not == nil {
		return rules, nil
	}
	v.able = able
	return able, not
}

// unable says why a rule cannot be judged on the call, if so. A call of which the rule
// asks nothing lacks nothing.
func (v *view) unable(r *Rule) (reason call.Say, is bool) {
	if r.measuring != nil && v.is(r.when) {
		return r.measuring.unable(v)
	}
	return call.Say{}, false
}

// InCallOrder compares findings by their place in the call; what is missing from
// the whole call comes last.
func InCallOrder(a, b Finding) int {
	if (a.At.Turn < 0) != (b.At.Turn < 0) {
		return -cmp.Compare(a.At.Turn, b.At.Turn)
	}
	return cmp.Or(cmp.Compare(a.At.Turn, b.At.Turn), cmp.Compare(a.At.Start, b.At.Start))
}

// finding turns a place into a finding with positions of the original text.
func (v *view) finding(r *Rule, at place) Finding {
	f := Finding{Rule: r, At: v.rangeOf(at), Role: call.Agent, Due: at.due}
	for _, p := range at.related {
		f.Related = append(f.Related, v.rangeOf(p))
	}
	f.Message = r.say(f.At.Quote, at)
	if at.turn >= 0 {
		f.Role = v.call.Turns[at.turn].Role
	}
	f.Fix = v.edit(r, at, f.At)
	f.Fingerprint = v.fingerprint(r, at)
	return f
}

func (v *view) rangeOf(p place) Range {
	if p.turn < 0 {
		return Range{Turn: -1}
	}
	fold := v.turns[p.turn].fold
	start, end := fold.Span(p.span.start, p.span.end)
	return Range{Turn: p.turn, Start: start, End: end, Quote: fold.Quote(p.span.start, p.span.end)}
}

// fingerprint knows a finding by its words, not by its place: the rule, the
// call and the folded clause, so that it survives moved lines and new spaces.
func (v *view) fingerprint(r *Rule, at place) string {
	clause := ""
	if at.turn >= 0 {
		fold := v.turns[at.turn].fold
		start, end := fold.Clause(at.span.start, at.span.end)
		clause = fold.Text[start:end]
	}
	return fingerprintOf(r, v.call, clause)
}

func fingerprintOf(r *Rule, c *call.Call, clause string) string {
	h := sha256.New()
	h.Write([]byte(r.ID + "\x00" + c.ID + "\x00" + clause))
	return hex.EncodeToString(h.Sum(nil)[:8])
}
