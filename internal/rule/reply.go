package rule

import "github.com/zhijian-qa/zhijian/internal/call"

// replySpec: after one cue, another must follow from the agent.
type replySpec struct {
	To       items `yaml:"to"`        // what asks for a reply
	With     items `yaml:"with"`      // the cues that are a reply, one of which is enough
	Within   int   `yaml:"within"`    // the agent's next so many turns
	Same     bool  `yaml:"same"`      // the turn that asks may hold the reply itself
	Before   int   `yaml:"before"`    // a reply in so many agent turns before counts too
	Skip     items `yaml:"skip"`      // agent turns that say one of these and no reply do not count towards Within
	Once     bool  `yaml:"once"`      // all that asks in one call is one episode: reported once, and a reply covers what comes later
	Waited   item  `yaml:"waited"`    // seconds of silence before the reply, where there are times; after fewer none is due
	SettleBy items `yaml:"settle-by"` // said by anybody in between, no reply is due any more
}

// reply reports the turn that asked and got no reply.
type reply struct {
	to, with, skip, settle []*cue
	within, before         int
	same, once             bool
	waited                 float64 // seconds
}

func (r *reply) idle(v *view) bool { return !v.mayAny(r.to) }

func (r *reply) check(v *view, report func(place)) {
	for i := range v.turns {
		if !v.saysAny(i, r.to) {
			continue
		}
		answered, window := r.answered(v, i)
		due := r.due(v, i, answered, window)
		if due {
			p := v.placesOf(i, r.to)[0]
			for _, a := range window {
				p.related = append(p.related, place{turn: a, span: span{0, len(v.turns[a].fold.Text), ""}})
			}
			p.due = &window[len(window)-1]
			report(p)
		}
		if r.once && (due || answered) {
			return
		}
	}
}

// due reports whether a reply to turn i is due and does not come.
func (r *reply) due(v *view, i int, answered bool, window []int) bool {
	if answered || len(window) == 0 {
		return false
	}
	ms, known := v.waitedFor(r, i, window[0])
	return !known || seconds(ms) >= r.waited
}

// waitedFor is how long nobody spoke before a reply, where the rule asks for that and it is known.
func (v *view) waitedFor(r *reply, from, to int) (ms int64, known bool) {
	if r.waited == 0 {
		return 0, false
	}
	return v.silenceBetween(from, to)
}

// answered reports whether turn i gets a reply, and the agent turns that could
// have held it. Without any such turn, as where the customer hangs up, none is due.
func (r *reply) answered(v *view, i int) (bool, []int) {
	if r.same && v.saysAny(i, r.with) {
		return true, nil
	}
	for _, a := range v.agentBefore(i, r.before) {
		if v.saysAny(a, r.with) {
			return true, nil
		}
	}
	var window []int
	runs := 0
	for j := i + 1; j < len(v.turns); j++ {
		first := len(window) == 0 || window[len(window)-1] != j-1 || !v.goesOn(j-1, j)
		if first && runs == r.within {
			break
		}
		if v.saysAny(j, r.settle) {
			return true, nil
		}
		if v.call.Turns[j].Role != call.Agent {
			continue
		}
		if v.saysAny(j, r.with) {
			return true, nil
		}
		if !v.saysAny(j, r.skip) {
			window = append(window, j)
			if first {
				runs++
			}
		}
	}
	if r.same && window == nil {
		window = []int{i}
	}
	return false, window
}
