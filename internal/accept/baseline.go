package accept

import (
	"cmp"
	"io"
	"maps"
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// baselineVersion is that of the file format.
const baselineVersion = 1

// Baseline counts findings by what they say, not by where they stand: lines may
// move, and one more of the same still shows. Of a call it keeps the id but not
// the words: baselines go into repositories, where no customer's words belong.
// Its zero value is empty.
type Baseline struct {
	name    string               // of its file
	entries map[string]*entry    // by fingerprint
	calls   map[callKey][]*entry // by what they were found in
	judged  map[callKey]bool     // what was judged for it
}

// entry counts the findings of one fingerprint, as the file has it.
type entry struct {
	Rule        string `json:"rule"`
	Call        string `json:"call,omitempty"`   // its id; for people, as the fingerprint holds it too
	Script      string `json:"script,omitempty"` // its id instead, where it is no call
	Fingerprint string `json:"fingerprint"`
	Count       int    `json:"count"` // at least 1

	taken int  // findings of the run that it has accepted
	met   bool // the run has judged a call or script of this id
}

type callKey struct {
	id     string
	script bool
}

func (e *entry) key() callKey {
	return callKey{cmp.Or(e.Script, e.Call), e.Script != ""}
}

// Add counts a finding of a call, and reports whether it did: what a binding rule
// finds must be corrected.
func (b *Baseline) Add(c *call.Call, f *rule.Finding) bool {
	if f.Rule.Binding {
		return false
	}
	if b.entries[f.Fingerprint] == nil {
		e := &entry{Rule: f.Rule.ID, Call: c.ID, Fingerprint: f.Fingerprint}
		if c.Script {
			e.Call, e.Script = "", c.ID
		}
		b.put(e)
	}
	b.entries[f.Fingerprint].Count++
	return true
}

func (b *Baseline) put(e *entry) {
	if b.entries == nil {
		b.entries, b.calls = map[string]*entry{}, map[callKey][]*entry{}
	}
	b.entries[e.Fingerprint] = e
	b.calls[e.key()] = append(b.calls[e.key()], e)
}

// Meet notes that a call or script was judged for the baseline, whatever was found.
func (b *Baseline) Meet(c *call.Call) {
	if b.judged == nil {
		b.judged = map[callKey]bool{}
	}
	b.judged[callKey{c.ID, c.Script}] = true
}

// Lost is the number of findings of an older baseline that are of calls or scripts
// for which this one was not judged.
func (b *Baseline) Lost(older *Baseline) int {
	n := 0
	for _, e := range older.entries {
		if !b.judged[e.key()] {
			n += e.Count
		}
	}
	return n
}

// Count is the number of findings in the baseline, and of the rules that found them.
func (b *Baseline) Count() (findings, rules int) {
	seen := map[string]bool{}
	for _, e := range b.entries {
		findings += e.Count
		seen[e.Rule] = true
	}
	return findings, len(seen)
}

// Write writes the baseline as JSON, one entry on a line and in order, so that a
// version control system shows what came and went. line encodes a value as a line.
func (b *Baseline) Write(w io.Writer, line func(any) ([]byte, error)) error {
	entries := slices.SortedFunc(maps.Values(b.entries), func(x, y *entry) int {
		return cmp.Or(cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Script, y.Script), cmp.Compare(x.Call, y.Call), cmp.Compare(x.Fingerprint, y.Fingerprint))
	})
	text := []byte("{\"version\": 1, \"findings\": [")
	separator := "\n"
	for _, e := range entries {
		data, err := line(e)
		if err != nil {
			return err
		}
		text = append(append(text, separator...), data[:len(data)-1]...)
		separator = ",\n"
	}
	_, err := w.Write(append(text, "\n]}\n"...))
	return err
}

// UseBaseline lets the set accept what is in a baseline, which it takes over.
func (s *Set) UseBaseline(b *Baseline) { s.baseline = b }

// meet notes that a call or script was judged, but by some rules.
func (b *Baseline) meet(c *call.Call, unjudged map[string]bool) {
	for _, e := range b.calls[callKey{c.ID, c.Script}] {
		e.met = e.met || !unjudged[e.Rule]
	}
}

// take accepts a finding if the baseline has one more of it.
func (b *Baseline) take(f *rule.Finding) bool {
	e := b.entries[f.Fingerprint]
	if e == nil || f.Rule.Binding || e.taken == e.Count {
		return false
	}
	e.taken++
	return true
}

// corrected is the number of findings that the baseline has and the run no longer
// found, in what it has judged by the rules concerned.
func (s *Set) corrected() int {
	if s.baseline == nil {
		return 0
	}
	judged := map[string]bool{}
	for r := range s.chosen {
		judged[r.ID] = true
	}
	n := 0
	for _, e := range s.baseline.entries {
		if e.met && judged[e.Rule] {
			n += e.Count - e.taken
		}
	}
	return n
}
