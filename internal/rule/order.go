package rule

// orderSpec: one thing must come before another.
type orderSpec struct {
	First items      `yaml:"first"` // what must come first
	Then  items      `yaml:"then"`  // what must not come before it
	After *afterSpec `yaml:"after"` // counted from this cue on, in the agent's next turns
}

// order reports the turn that says what comes second before what comes first
// was said, be it in an earlier turn or earlier in the same one.
type order struct {
	first, then []*cue
	after       []*cue // nil: from the start of the call
	within      int    // agent turns; 0: no limit
}

func (o *order) idle(v *view) bool {
	return !v.mayAny(o.then) || o.after != nil && !v.mayAny(o.after)
}

func (o *order) check(v *view, report func(place)) {
	if o.after == nil {
		o.checkFrom(v, 0, nil, report)
		return
	}
	for i := range v.turns {
		if v.saysAny(i, o.after) {
			o.checkFrom(v, i+1, v.placesOf(i, o.after), report)
			return // one complaint is one episode
		}
	}
}

// checkFrom looks through the agent's turns from turn i on.
func (o *order) checkFrom(v *view, i int, related []place, report func(place)) {
	n := o.within
	if n == 0 {
		n = len(v.turns)
	}
	for _, a := range v.agentFrom(i, n) {
		first, then := v.placesOf(a, o.first), v.placesOf(a, o.then)
		if len(then) > 0 && (len(first) == 0 || then[0].span.start < first[0].span.start) {
			p := then[0]
			p.related = related
			report(p)
			return
		}
		if len(first) > 0 {
			return
		}
	}
}
