package eval

import (
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Verdict is what the labels say of a finding.
type Verdict string

// The verdicts. Open means that nobody labelled it.
const (
	Right Verdict = "right"
	False Verdict = "false-alarm"
	Open  Verdict = ""
)

// Difference is a finding of one pack that the other does not have at that
// place. It keeps no call.
type Difference struct {
	Rule   string
	ID     string // of the item or call
	File   string
	Line   int // 1-based
	At     Place
	Labels Verdict
}

// Diff lists the findings of one pack on an item that another does not have:
// none of the same rule in the same turn. Rules of every severity count.
func (s *Scope) Diff(it *Item, these, others []rule.Finding) []Difference {
	var out []Difference
	for i := range these {
		f := &these[i]
		same := func(o rule.Finding) bool { return o.Rule.ID == f.Rule.ID && o.At.Turn == f.At.Turn }
		if !s.fits(it, f.Rule) || slices.ContainsFunc(others, same) {
			continue
		}
		out = append(out, Difference{Rule: f.Rule.ID, ID: it.ID, File: it.Call.Source, Line: it.Call.Line,
			At: placeOf(it.Call, f), Labels: s.verdict(it, f.Rule)})
	}
	return out
}

// verdict is what the item's labels say of a finding of the rule.
func (s *Scope) verdict(it *Item, r *rule.Rule) Verdict {
	switch {
	case it.names(r.ID):
		return Right
	case slices.Contains(it.Allow, r.ID) || !s.Compares(it, r):
		return Open
	}
	return False
}

// BareItem is a call without labels.
func BareItem(c *call.Call) *Item { return &Item{ID: c.ID, Shape: Bare, Call: c} }
