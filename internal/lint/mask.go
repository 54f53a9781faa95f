package lint

import "github.com/zhijian-qa/zhijian/internal/mask"

// veil prepares what will be shown of a result. It is the greater part of the
// work, and any goroutine may do it; the result itself stays as it is, because
// waivers and baselines know calls by their real ids.
func (l *Linter) veil(r *Result) {
	switch {
	case !l.Mask:
	case r.Problem != nil:
		r.Problem = mask.Problem(r.Problem)
	case r.Call != nil:
		r.masked = mask.Call(r.Call)
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
