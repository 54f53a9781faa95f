package rule

// orderSpec: one thing must come before another.
type orderSpec struct {
	First items      `yaml:"first"` // what must come first
	Then  items      `yaml:"then"`  // what must not come before it
	Skip  items      `yaml:"skip"`  // agent turns that say one of these and nothing of both do not count
	After *afterSpec `yaml:"after"` // counted from this cue on, in the agent's next turns
}

// order reports the turn that says what comes second before what comes first
// was said, be it in an earlier turn or earlier in the same one.
type order struct {
	first, then []*cue
	skip        []*cue
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

// window are the agent's turns that count from turn i on. Turns of one breath are one;
// what began before the words that it would answer is no answer.
func (o *order) window(v *view, i int) []int {
	var out []int
	n := 0
	for _, a := range v.agentFrom(i, len(v.turns)) {
		switch last := len(out) - 1; {
		case i > 0 && v.beganBefore(a, i-1), v.saysAny(a, o.skip) && !v.saysAny(a, o.first) && !v.saysAny(a, o.then):
			continue
		case last < 0 || !(out[last] == a-1 && v.goesOn(a-1, a)):
			n++
		}
		if o.within > 0 && n > o.within {
			break
		}
		out = append(out, a)
	}
	return out
}

// beganBefore reports whether a turn began before another, by the clock.
func (v *view) beganBefore(turn, other int) bool {
	a, known := v.call.Turns[turn].Start.Get()
	b, both := v.call.Turns[other].Start.Get()
	return known && both && a < b
}

// checkFrom looks through the agent's turns from turn i on.
func (o *order) checkFrom(v *view, i int, related []place, report func(place)) {
	for _, a := range o.window(v, i) {
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
