package rule

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

func (r *require) check(v *view, report func(place)) {
	if len(v.agent) > 0 && !v.saidIn(r.in, []*cue{r.cue}) {
		report(wholeCall())
	}
}
