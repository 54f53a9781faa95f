package lint

import (
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/internal/script"
)

// Fixed is a library in which replacements were made.
type Fixed struct {
	Library *script.Library // as it is now
	Data    []byte          // its file
	Made    []Change        // in the order in which they were made
	Left    []Change        // those that the file cannot take, or that would make another finding
	Unsure  int             // suggestions that were not asked for
}

// Change is a replacement in a library.
type Change struct {
	Rule          *rule.Rule
	Script        string // name of the entry
	At            call.Place
	Before, After string
	Why           call.Say // it was left; empty for one that was made

	entry       int
	edit        script.Edit
	fingerprint string
}

// Fix makes the safe replacements in a library whose file is data, and the
// suggestions too if all is set. It makes none that leads to another finding, and
// judges what it has made until there is nothing left to do, so that fixing
// twice changes nothing. What is accepted or not shown is left alone.
func (l *Linter) Fix(lib *script.Library, data []byte, all bool) *Fixed {
	f := &fixer{Linter: l, all: all, keep: map[string]bool{}, out: &Fixed{Library: lib, Data: data}}
	for made := f.round(); len(made) > 0; made = f.round() {
		f.out.Made = append(f.out.Made, made...)
	}
	if !all {
		f.all = true
		f.out.Unsure = len(f.propose(f.findInLibrary(f.out.Library)))
	}
	return f.out
}

// fixer makes the replacements of one library.
type fixer struct {
	*Linter
	all  bool
	keep map[string]bool // fingerprints of what was left
	out  *Fixed
}

// round makes as many replacements as can be made side by side, and returns
// them: none where nothing is left to do. One that turns out bad is left, and
// the others are tried again without it.
func (f *fixer) round() []Change {
	before := f.findInLibrary(f.out.Library)
	changes := f.propose(before)
	for len(changes) > 0 {
		data, lib, bad, why := f.make(changes)
		if bad < 0 {
			bad, why = f.worse(changes, before, f.findInLibrary(lib))
		}
		if bad < 0 {
			f.out.Data, f.out.Library = data, lib
			return changes
		}
		left := changes[bad]
		left.Why = why
		f.keep[left.fingerprint] = true
		f.out.Left = append(f.out.Left, left)
		changes = slices.Delete(changes, bad, bad+1)
	}
	return nil
}

// propose lists the replacements for what was found, without overlaps.
func (f *fixer) propose(results []Result) []Change {
	var out []Change
	for i, r := range results {
		free := make([]int, len(r.Call.Turns)) // from where on each wording is untouched
		for _, found := range r.Verdict.Findings {
			if !f.wants(&found) || f.accepted(i, r.Call, &found) || found.Fix.Start < free[found.At.Turn] {
				continue
			}
			free[found.At.Turn] = found.Fix.End
			out = append(out, change(i, r.Call, &found))
		}
	}
	return out
}

func (f *fixer) wants(found *rule.Finding) bool {
	return found.Fix != nil && (f.all || !found.Fix.Suggestion) && !f.hides(found.Rule) && !f.keep[found.Fingerprint]
}

// accepted reports whether a waiver or the baseline knows what was found in an entry.
func (f *fixer) accepted(entry int, c *call.Call, found *rule.Finding) bool {
	if found.Rule.Binding {
		return false
	}
	for _, w := range f.out.Library.Live()[entry].Waivers {
		if w.Reason != "" && slices.ContainsFunc(w.Rules, found.Rule.Named) {
			return true
		}
	}
	return f.Accepter != nil && f.Accepter.Knows(c, found)
}

func change(entry int, c *call.Call, found *rule.Finding) Change {
	turn := &c.Turns[found.At.Turn]
	e := found.Fix
	return Change{Rule: found.Rule, Script: c.ID, At: turn.Place(e.Start), Before: string([]rune(turn.Text)[e.Start:e.End]), After: e.Text,
		entry: entry, fingerprint: found.Fingerprint, edit: script.Edit{Line: turn.Origin.(*script.Line), Start: e.Start, End: e.End, Text: e.Text}}
}

// make writes the changes and reads the library anew; bad is the change because of
// which that cannot be done, or -1.
func (f *fixer) make(changes []Change) (data []byte, lib *script.Library, bad int, why call.Say) {
	data, err := f.out.Library.Apply(edits(changes))
	if err != nil {
		bad, err = f.refused(changes, err)
		return nil, nil, bad, inBoth(err)
	}
	lib, problem := script.Read(f.out.Library.Source, data)
	if problem != nil {
		return nil, nil, len(changes) - 1, problem.What
	}
	return data, lib, -1, call.Say{}
}

// refused finds the change that cannot be written, with the reason.
func (f *fixer) refused(changes []Change, all error) (int, error) {
	for i := range changes {
		if _, err := f.out.Library.Apply(edits(changes[i : i+1])); err != nil {
			return i, err
		}
	}
	return len(changes) - 1, all
}

func edits(changes []Change) []script.Edit {
	out := make([]script.Edit, len(changes))
	for i := range changes {
		out[i] = changes[i].edit
	}
	return out
}

// inBoth is an error in both languages, as far as it has them.
func inBoth(err error) call.Say {
	if both, ok := err.(interface{ In(call.Lang) string }); ok {
		return call.Say{ZH: both.In(call.ZH), EN: both.In(call.EN)}
	}
	return call.Say{ZH: err.Error(), EN: err.Error()}
}

// worse finds a change that does not mend what it is for, or that leads to
// another finding; -1 if there is none.
func (f *fixer) worse(changes []Change, before, after []Result) (int, call.Say) {
	if len(before) != len(after) {
		return len(changes) - 1, call.Sayf("改后话术的条数变了", "the file would have another number of scripts")
	}
	for i, c := range changes {
		same := slices.IndexFunc(changes[i+1:], func(d Change) bool { return d.entry == c.entry && d.Rule.ID == c.Rule.ID })
		if same < 0 && after[c.entry].count(c.Rule.ID) >= before[c.entry].count(c.Rule.ID) {
			return i, call.Sayf("改后仍有同样的问题", "the same would be found again")
		}
	}
	if entry, r := newIn(before, after); r != nil {
		return f.blame(changes, entry, before), call.Sayf("改后会有新的问题：%[1]s（%[2]s）", "it would lead to another finding: %[3]s (%[2]s)",
			r.Title.ZH, r.ID, r.Title.In(call.EN))
	}
	return -1, call.Say{}
}

// newIn is the first entry in which a rule finds more than before, and that rule;
// nil where there is none.
func newIn(before, after []Result) (int, *rule.Rule) {
	for entry := range after {
		for _, found := range after[entry].Verdict.Findings {
			if after[entry].count(found.Rule.ID) > before[entry].count(found.Rule.ID) {
				return entry, found.Rule
			}
		}
	}
	return -1, nil
}

// blame finds the change because of which something new is found in an entry: a
// change of that entry, or the one that makes another entry clash. That is the last
// of the shortest run of changes with which it is found, and halving finds it.
func (f *fixer) blame(changes []Change, entry int, before []Result) int {
	if i := slices.IndexFunc(changes, func(c Change) bool { return c.entry == entry }); i >= 0 {
		return i
	}
	clean, bad := 0, len(changes) // so many changes do no harm, and so many do
	for bad-clean > 1 {
		half := (clean + bad) / 2
		if f.harms(changes[:half], before) {
			bad = half
		} else {
			clean = half
		}
	}
	return bad - 1
}

// harms reports whether changes lead to a finding that was not there before.
func (f *fixer) harms(changes []Change, before []Result) bool {
	_, lib, bad, _ := f.make(changes)
	if bad >= 0 {
		return true
	}
	after := f.findInLibrary(lib)
	if len(after) != len(before) {
		return true
	}
	_, r := newIn(before, after)
	return r != nil
}

// count is how often a rule was found.
func (r *Result) count(id string) int {
	n := 0
	for _, f := range r.Verdict.Findings {
		if f.Rule.ID == id {
			n++
		}
	}
	return n
}
