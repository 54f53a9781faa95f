package rule

// forbidSpec: a cue must not occur.
type forbidSpec struct {
	Own   cueSpec    `yaml:",inline"`
	Cue   items      `yaml:"cue"`   // named cues instead of phrases of its own
	After *afterSpec `yaml:"after"` // only in the agent's turns after this
}

// afterSpec is a window: the agent's next turns after a cue.
type afterSpec struct {
	Cue    items `yaml:"cue"`
	Within int   `yaml:"within"` // agent turns; 0: to the end of the call
}

// forbid reports every sentence in which its cue is found.
type forbid struct {
	cue    *cue
	after  []*cue // nil: anywhere
	within int
}

func (f *forbid) idle(v *view) bool {
	return !v.may.has(f.cue.id) || f.after != nil && !v.mayAny(f.after)
}

func (f *forbid) check(v *view, report func(place)) {
	if f.after == nil {
		for i := range v.turns {
			f.checkTurn(v, i, nil, report)
		}
		return
	}
	done := 0 // agent turns: the windows follow each other, so what is done is a beginning
	for i := range v.turns {
		if done == len(v.agent) || !v.saysAny(i, f.after) {
			continue
		}
		from := v.firstAgent(i + 1)
		to := from + len(v.agentRuns(from, f.window(v)))
		for k := max(from, done); k < to; k++ {
			f.checkTurn(v, v.agent[k], v.placesOf(i, f.after), report)
		}
		done = max(done, to)
	}
}

func (f *forbid) window(v *view) int {
	if f.within == 0 {
		return len(v.turns)
	}
	return f.within
}

// checkTurn reports the longest match of each sentence of a turn: a sentence
// that says it twice is one finding.
func (f *forbid) checkTurn(v *view, i int, related []place, report func(place)) {
	found := v.find(i, f.cue)
	for len(found) > 0 {
		_, end := v.turns[i].fold.Sentence(found[0].start, found[0].end)
		worst := found[0]
		for len(found) > 0 && found[0].start < end {
			if found[0].end-found[0].start > worst.end-worst.start {
				worst = found[0]
			}
			found = found[1:]
		}
		report(place{turn: i, span: worst, related: related})
	}
}

// firstOf is where a turn first says one of the cues.
func (v *view) firstOf(i int, cues []*cue) (at place, found bool) {
	for _, c := range cues {
		if s := v.find(i, c); len(s) > 0 && (!found || s[0].start < at.span.start) {
			at, found = place{turn: i, span: s[0]}, true
		}
	}
	return at, found
}

// placesOf lists where the cues are in a turn.
func (v *view) placesOf(i int, cues []*cue) []place {
	var out []place
	for _, c := range cues {
		for _, s := range v.find(i, c) {
			out = append(out, place{turn: i, span: s})
		}
	}
	return out
}
