package accept

import (
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// waiver accepts what some rules find in some place.
type waiver struct {
	file   string // that it is written in
	line   int    // 1-based; 0 if unknown
	folder string // of a waiver file, absolute: its globs start there

	rules   map[string]bool // by id; nil: whatever rule has the fingerprint
	unknown []call.Say      // names of rules that no rule has
	partial bool            // the run leaves out some of its rules
	where   where
	reason  string
	inline  bool   // it stands in the library, beside what it is for
	until   string // 2006-01-02, inclusive; empty: for good
	expired bool

	here    bool     // the source of the current call is one that it names
	met     bool     // the run has come by a place that it names
	unsure  bool     // … where nobody could judge
	found   int      // findings that it is for
	binding []string // the rules that it is for and that cannot be waived
}

// where is the place of a waiver. What is empty is not asked for.
type where struct {
	file        string // glob of the source
	call        string // glob of a call's id
	script      string // glob of a script's id
	fingerprint string
}

// names reports whether the place may be in the call, whatever its source.
func (w *where) names(c *call.Call) bool {
	return (w.call == "" || !c.Script && globbed(w.call, c.ID)) && (w.script == "" || c.Script && globbed(w.script, c.ID))
}

// globbed reports whether a glob, or a text that happens to look like one, is for a name.
func globbed(pattern, name string) bool {
	return pattern == name || doublestar.MatchUnvalidated(strings.TrimPrefix(pattern, "./"), name)
}

// matches reports whether the waiver is for a finding of a call that it names.
func (w *waiver) matches(f *rule.Finding) bool {
	return (w.rules == nil || w.rules[f.Rule.ID]) && (w.where.fingerprint == "" || w.where.fingerprint == f.Fingerprint)
}

// rests reports whether what the waiver is for may have been missed, where some rules were not evaluated.
func (w *waiver) rests(unjudged map[string]bool) bool {
	if w.rules == nil {
		return len(unjudged) > 0
	}
	for id := range w.rules {
		if unjudged[id] {
			return true
		}
	}
	return false
}

// holds reports whether the waiver accepts what it is for.
func (w *waiver) holds() bool { return !w.expired && w.reason != "" }

// take notes a finding that the waiver is for, and reports whether it accepts it.
func (w *waiver) take(f *rule.Finding) bool {
	w.found++
	if f.Rule.Binding {
		w.bind(f.Rule)
	}
	return !f.Rule.Binding && w.holds()
}

// bind notes a rule that cannot be waived.
func (w *waiver) bind(r *rule.Rule) {
	if !slices.Contains(w.binding, r.ID) {
		w.binding = append(w.binding, r.ID)
	}
}

// aim finds the rules that the patterns of a waiver name. A rule that is named by
// its id and cannot be waived is noted at once, found or not.
func (s *Set) aim(w *waiver, patterns []string) {
	w.rules = map[string]bool{}
	for _, p := range patterns {
		list, unknown := rule.Choose(s.rules, []string{p}, nil)
		w.unknown = append(w.unknown, unknown...)
		for _, r := range list {
			w.rules[r.ID] = true
			w.partial = w.partial || !s.chosen[r]
			if r.Binding && r.ID == p {
				w.bind(r)
			}
		}
	}
}

// aimAtAll lets a waiver be for any rule.
func (s *Set) aimAtAll(w *waiver) { w.partial = len(s.chosen) < len(s.rules) }

// Inline adds a waiver that stands beside what it accepts, in the library of
// scripts that c comes from: for the rules, which are ids, families or globs, and
// for c only. It must be added before c is judged. One without a rule or a reason
// accepts nothing, and Notes says so.
func (s *Set) Inline(c *call.Call, rules []string, reason string, at call.Place) {
	w := &waiver{inline: true, file: c.Source, line: at.Line, reason: strings.TrimSpace(reason)}
	s.aim(w, rules)
	s.inline[c] = append(s.inline[c], w)
	s.all = append(s.all, w)
}
