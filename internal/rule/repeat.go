package rule

import "github.com/zhijian-qa/zhijian/internal/call"

// repeatSpec: the agent must not say the same again.
type repeatSpec struct {
	Own     cueSpec `yaml:",inline"`
	Cue     items   `yaml:"cue"`
	Times   int     `yaml:"times"`    // so many times are too many
	InARow  bool    `yaml:"in-a-row"` // in consecutive agent turns, whatever the words
	Slot    bool    `yaml:"slot"`     // the same is the same slot of the phrase
	Similar float64 `yaml:"similar"`  // or text at least so similar, 0 to 1
	Anew    bool    `yaml:"anew"`     // but not where it takes up what the customer just said and the earlier lacks
	Told    items   `yaml:"told"`     // the customer gave that slot unasked: counts as asked and answered
	Between items   `yaml:"between"`  // must be said between two of them
	Given   items   `yaml:"given"`    // the same for slots, instead of Between
	Never   items   `yaml:"never"`    // must be said neither between two of them nor with the second
}

// lookBack bounds how many earlier agent turns a turn is compared with, so that
// a call of a million turns takes no longer per turn than a short one.
const lookBack = 24

// repeat reports the turn that says it once too often.
type repeat struct {
	cue                         *cue
	told, between, given, never []*cue
	times                       int
	inARow, slot, anew          bool
	similar                     float64
}

func (r *repeat) idle(v *view) bool {
	return !v.may.has(r.cue.id) || r.told == nil && !r.mayRepeat(v)
}

// mayRepeat reports whether enough of the agent's turns may say it. Most calls have one.
func (r *repeat) mayRepeat(v *view) bool {
	n := 0
	for _, a := range v.agent {
		if v.turns[a].may.has(r.cue.id) {
			n++
		}
	}
	return n >= r.times
}

func (r *repeat) check(v *view, report func(place)) {
	if r.inARow {
		r.checkRuns(v, report)
		return
	}
	for k, a := range v.agent {
		found := v.find(a, r.cue)
		if len(found) == 0 {
			continue
		}
		earlier := r.sameBefore(v, k, found)
		if len(earlier) >= r.times-1 {
			report(place{turn: a, span: found[0], related: earlier})
		}
	}
}

// checkRuns reports the turn that makes a run of consecutive agent turns too long.
func (r *repeat) checkRuns(v *view, report func(place)) {
	var run []place
	for k, a := range v.agent {
		found := v.find(a, r.cue)
		if len(found) == 0 {
			run = nil
			continue
		}
		if len(run) > 0 && v.oneBreath(v.agent[k-1], a) {
			continue // it counts as one with the turn before
		}
		run = append(run, place{turn: a, span: found[0]})
		if len(run) == r.times {
			last := run[len(run)-1]
			last.related = run[: len(run)-1 : len(run)-1]
			report(last)
		}
	}
}

// sameBefore lists the earlier places that say the same as the k-th agent turn.
func (r *repeat) sameBefore(v *view, k int, found []span) []place {
	var same []place
	for _, b := range v.agent[max(0, k-lookBack):k] {
		if v.oneBreath(b, v.agent[k]) {
			continue
		}
		for _, s := range v.find(b, r.cue) {
			if r.same(v, b, s, v.agent[k], found) {
				same = append(same, place{turn: b, span: s})
				break
			}
		}
	}
	return append(same, r.toldBefore(v, v.agent[k], found)...)
}

// same reports whether the match s of turn b says the same as one found in turn
// a, with what must be said in between and nothing that must not.
func (r *repeat) same(v *view, b int, s span, a int, found []span) bool {
	if r.slot && s.slot != "" {
		for _, f := range found {
			if f.slot != "" && sameSlot(f.slot, s.slot) && r.settled(v, b, a, r.given) {
				return true
			}
		}
	}
	return r.similar > 0 && v.turns[a].bigrams().similarity(v.turns[b].bigrams()) >= r.similar && !(r.anew && v.takesUpNew(b, a)) && r.settled(v, b, a, r.between)
}

// takesUpNew reports whether turn a takes up something from the customer's
// words just before that turn b lacks: “…can be delivered to” another town is
// another answer. One pair of characters in common may be chance, two are a word.
func (v *view) takesUpNew(b, a int) bool {
	now, earlier, taken := v.turns[a].bigrams(), v.turns[b].bigrams(), 0
	for i := a - 1; i >= 0 && v.call.Turns[i].Role != call.Agent; i-- {
		pairs := v.turns[i].bigrams()
		for k, p := range pairs {
			if (k == 0 || pairs[k-1] != p) && now.has(p) && !earlier.has(p) {
				taken++
			}
		}
	}
	return taken > 1
}

// settled reports whether what is said between two turns makes the second a repetition.
func (r *repeat) settled(v *view, from, to int, between []*cue) bool {
	return r.undisturbed(v, from, to) && (between == nil || v.heardBetween(from, to, between))
}

// toldBefore lists where the customer gave one of the slots unasked.
func (r *repeat) toldBefore(v *view, a int, found []span) []place {
	var out []place
	for i := max(0, a-2*lookBack); i < a && r.told != nil; i++ {
		for _, p := range v.placesOf(i, r.told) {
			for _, f := range found {
				if f.slot != "" && sameSlot(f.slot, p.span.slot) && r.undisturbed(v, i, a) {
					out = append(out, p)
				}
			}
		}
	}
	return out
}

// undisturbed reports whether nothing between two turns is a reason to ask again.
func (r *repeat) undisturbed(v *view, from, to int) bool {
	return !v.saidBetween(from, to+1, r.never)
}

// heardBetween is saidBetween for what the agent could hear: an answer that the agent
// talked over may well be asked for again.
func (v *view) heardBetween(from, to int, cues []*cue) bool {
	for i := from + 1; i < to; i++ {
		if v.saysAny(i, cues) && !v.talkedOver(i) {
			return true
		}
	}
	return false
}

// saidBetween reports whether one of the cues is said after turn from and before turn to.
func (v *view) saidBetween(from, to int, cues []*cue) bool {
	for i := from + 1; i < to; i++ {
		if v.saysAny(i, cues) {
			return true
		}
	}
	return false
}
