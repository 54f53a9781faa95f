package rule

import "github.com/zhijian-qa/zhijian/internal/call"

// requireSpec: a cue must occur in a part of the call.
type requireSpec struct {
	Own cueSpec `yaml:",inline"`
	Cue items   `yaml:"cue"`
	In  string  `yaml:"in"` // see parsePart
}

// require reports the call where none of the turns of the part says the cue.
type require struct {
	cue *cue
	in  part
}

func (r *require) idle(*view) bool { return false }

func (r *require) check(v *view, report func(place)) {
	if len(v.agent) > 0 && !v.saidIn(r.in, []*cue{r.cue}) {
		missing := wholeCall()
		missing.due = v.dueIn(r.in)
		report(missing)
	}
}

// dueIn is the turn in which the agent should have said what a part lacks: the
// first of an opening, the last of a closing, none of the whole call.
func (v *view) dueIn(p part) *int {
	if p.count == 0 {
		return nil
	}
	var due *int
	for _, i := range v.turnsOf(p) {
		if v.call.Turns[i].Role == call.Agent && (due == nil || p.last) {
			due = &i
		}
	}
	return due
}
