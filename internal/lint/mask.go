package lint

import (
	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/mask"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Shown says which turns of a call reports show. The fewer they are, the less there is to
// mask: half of the calls have no finding, and those that have have it in a turn or two.
type Shown uint8

// What reports show, the most first.
const (
	EveryTurn  Shown = iota // the whole call
	NearTurns               // those of FoundTurns, and the turns before and after each finding
	FoundTurns              // those in which something was found, or that belong to it
)

// veil prepares what will be shown of a result. It is the greater part of the
// work, and any goroutine may do it; the result itself stays as it is, because
// waivers and baselines know calls by their real ids.
func (l *Linter) veil(r *Result) {
	switch {
	case !l.Mask:
	case r.Problem != nil:
		r.Problem = mask.Problem(r.Problem)
	case r.Call != nil:
		r.masked = l.masked(r)
	}
}

// masked is what is shown of the call of a result.
func (l *Linter) masked(r *Result) *call.Call {
	if l.Shows == EveryTurn {
		return mask.Call(r.Call)
	}
	near := 0
	if l.Shows == NearTurns {
		near = 1
	}
	shown := make([]bool, len(r.Call.Turns))
	for i := range r.Verdict.Findings {
		show(shown, &r.Verdict.Findings[i], near)
	}
	for i := range r.Verdict.Suppressed {
		show(shown, &r.Verdict.Suppressed[i].Finding, near)
	}
	return mask.Shown(r.Call, shown)
}

// show marks the turns that a finding needs: its own with so many on either side, and those
// that belong to it.
func show(turns []bool, f *rule.Finding, near int) {
	if at := f.At.Turn; at >= 0 {
		for i := max(0, at-near); i <= min(at+near, len(turns)-1); i++ {
			turns[i] = true
		}
	}
	for i := range f.Related {
		if at := f.Related[i].Turn; at >= 0 {
			turns[at] = true
		}
	}
}

// Mask hides who people are in a result of a linter that does not: of one that was chosen from
// many by what it really says, before it goes into a report.
func (r *Result) Mask() {
	(&Linter{Mask: true}).veil(r)
	r.unveil()
}

// unveil puts what is shown in the place of the call that was judged. No
// other way leads into reports, so none of them has to know of masks.
func (r *Result) unveil() {
	if r.masked == nil {
		return
	}
	v := &r.Verdict
	for i := range v.Findings {
		hideIDs(v.Findings[i].RelatedCalls)
	}
	for i := range v.Suppressed {
		hideIDs(v.Suppressed[i].RelatedCalls)
	}
	if r.masked != r.Call {
		v.Requote(r.Call, r.masked)
		r.agent = r.AgentKey()
		r.Call = r.masked
	}
	r.masked = nil
	r.Choice.Why = mask.Say(r.Choice.Why)
	for i := range v.Suppressed {
		v.Suppressed[i].Reason = mask.Text(v.Suppressed[i].Reason)
	}
	if r.Script == nil {
		return
	}
	for i := range v.Findings { // they may quote another script
		v.Findings[i].Message = mask.Say(v.Findings[i].Message)
	}
	for i := range v.Suppressed {
		v.Suppressed[i].Message = mask.Say(v.Suppressed[i].Message)
	}
}

// hideIDs masks ids of calls in place.
func hideIDs(ids []string) {
	for i, id := range ids {
		ids[i] = mask.ID(id)
	}
}
