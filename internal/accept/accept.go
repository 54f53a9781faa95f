// Package accept decides which findings are accepted, so that they are told but
// fail nothing: those that a waiver (豁免) accepts for a reason that somebody gave,
// and those that a baseline (基线) has because they were there before. What a
// binding rule finds is accepted by neither.
package accept

import (
	"path/filepath"
	"slices"
	"time"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Set is what accepts the findings of one run. It serves one goroutine.
type Set struct {
	rules    []*rule.Rule
	chosen   map[*rule.Rule]bool
	today    string // as until is written, so that the texts compare as the days do
	waivers  []*waiver
	inline   map[*call.Call][]*waiver
	all      []*waiver // both, in the order in which they were added
	baseline *Baseline

	calls   bool // the run has come by a call …
	scripts bool // … by a script
	entered bool
	source  string // of the last call, once one has been
}

// New is a set that accepts nothing yet, for a run that judges by the chosen
// ones of rules. today says which waivers have expired, by its own clock.
func New(rules, chosen []*rule.Rule, today time.Time) *Set {
	s := &Set{rules: rules, chosen: map[*rule.Rule]bool{}, today: today.Format(time.DateOnly), inline: map[*call.Call][]*waiver{}}
	for _, r := range chosen {
		s.chosen[r] = true
	}
	return s
}

// Empty reports whether the set accepts nothing that no library brings with it.
func (s *Set) Empty() bool { return len(s.waivers) == 0 && s.baseline == nil }

// Accept moves the findings of a call that are accepted to the suppressed ones
// of its verdict. The calls must come in the order of the input: where a
// baseline has fewer findings than there are, it accepts the first of them.
func (s *Set) Accept(c *call.Call, v *rule.Verdict) {
	s.enter(c.Source)
	s.calls, s.scripts = s.calls || !c.Script, s.scripts || c.Script
	for _, w := range s.inline[c] {
		w.met = true
	}
	unjudged := unjudgedBy(v)
	if len(unjudged) > 0 {
		for _, w := range s.fitting(c) {
			w.unsure = w.unsure || w.rests(unjudged)
		}
	}
	if s.baseline != nil {
		s.baseline.meet(c, unjudged)
	}
	if len(v.Findings) == 0 {
		return
	}
	fitting := s.fitting(c)
	v.Findings = slices.DeleteFunc(v.Findings, func(f rule.Finding) bool {
		accepted, ok := s.accept(fitting, &f)
		if ok {
			v.Suppressed = append(v.Suppressed, accepted)
		}
		return ok
	})
}

// Knows reports whether a waiver or the baseline has a finding of a call, whether
// or not Accept would still accept it. It counts nothing.
func (s *Set) Knows(c *call.Call, f *rule.Finding) bool {
	if f.Rule.Binding {
		return false
	}
	s.enter(c.Source)
	return s.baseline != nil && s.baseline.entries[f.Fingerprint] != nil ||
		slices.ContainsFunc(s.fitting(c), func(w *waiver) bool { return w.holds() && w.matches(f) })
}

// accept asks the baseline first, and all the waivers in any case: one whose
// findings a baseline has too is not without use.
func (s *Set) accept(fitting []*waiver, f *rule.Finding) (rule.Suppressed, bool) {
	var by *waiver
	for _, w := range fitting {
		if w.matches(f) && w.take(f) && by == nil {
			by = w
		}
	}
	switch {
	case s.baseline != nil && s.baseline.take(f):
		return rule.Suppressed{Finding: *f, By: rule.ByBaseline}, true
	case by != nil:
		return rule.Suppressed{Finding: *f, By: rule.ByWaiver, Reason: by.reason, Inline: by.inline}, true
	}
	return rule.Suppressed{}, false
}

// unjudgedBy are the rules that could not be evaluated, by id.
func unjudgedBy(v *rule.Verdict) map[string]bool {
	if len(v.NotEvaluated) == 0 {
		return nil
	}
	out := map[string]bool{}
	for _, n := range v.NotEvaluated {
		out[n.Rule] = true
	}
	return out
}

// fitting lists the waivers that name the call, whatever rule they name.
func (s *Set) fitting(c *call.Call) []*waiver {
	out := slices.Clip(s.inline[c])
	for _, w := range s.waivers {
		if w.here && w.where.names(c) {
			out = append(out, w)
		}
	}
	return out
}

// enter finds out which waivers name a source, once for all its calls.
func (s *Set) enter(source string) {
	if s.entered && source == s.source {
		return
	}
	s.entered, s.source = true, source
	absolute, err := filepath.Abs(source)
	for _, w := range s.waivers {
		w.here = w.where.file == "" || globbed(w.where.file, filepath.ToSlash(filepath.Clean(source)))
		if !w.here && err == nil {
			name, err := filepath.Rel(w.folder, absolute)
			w.here = err == nil && globbed(w.where.file, filepath.ToSlash(name))
		}
		w.met = w.met || w.here
	}
}
