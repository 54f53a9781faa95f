package eval

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Tally counts hits (TP), false alarms (FP) and misses (FN).
type Tally struct{ TP, FP, FN int }

// Precision is the share of the findings that are labelled, NaN without findings.
func (t Tally) Precision() float64 { return ratio(t.TP, t.TP+t.FP) }

// Recall is the share of the labels that are found, NaN without labels.
func (t Tally) Recall() float64 { return ratio(t.TP, t.TP+t.FN) }

// F1 is the harmonic mean of precision and recall, NaN where there is neither a
// finding nor a label.
func (t Tally) F1() float64 { return ratio(2*t.TP, 2*t.TP+t.FP+t.FN) }

// ratio is part/whole, NaN if there is no whole.
func ratio(part, whole int) float64 {
	if whole == 0 {
		return math.NaN()
	}
	return float64(part) / float64(whole)
}

// Place is where something is found or missed, with the words of its turn.
type Place struct {
	Turn       int // 0-based; -1: the whole call
	Role       call.Role
	Text       string   // of the turn
	Start, End int      // code points of Text: the words found, none for a miss
	Message    call.Say // of the finding, without the reasons of its rule
}

// Wrong is a miss or a false alarm.
type Wrong struct {
	Rule string
	Item *Item
	Miss bool
	At   Place
	Note call.Say // why a miss could not be found, if that is known
}

// Sheet is the result of comparing items: figures, and what was wrong.
type Sheet struct {
	Items, Exact int // all, and those without misses and false alarms

	scope *Scope
	rules map[string]*Tally
	wrong []Wrong
}

// NewSheet starts a comparison.
func NewSheet(s *Scope) *Sheet { return &Sheet{scope: s, rules: map[string]*Tally{}} }

// Mark compares what a pack finds on an item with its labels.
func (s *Sheet) Mark(it *Item, findings []rule.Finding, unjudged []rule.NotEvaluated) {
	before := len(s.wrong)
	fired := map[string]bool{}
	for i := range findings {
		f := &findings[i]
		id := f.Rule.ID
		if fired[id] || slices.Contains(it.Allow, id) || !s.scope.Compares(it, f.Rule) {
			continue
		}
		fired[id] = true
		if it.names(id) {
			s.tally(id).TP++
			continue
		}
		s.tally(id).FP++
		s.wrong = append(s.wrong, Wrong{Rule: id, Item: it, At: placeOf(it.Call, f)})
	}
	s.misses(it, fired, unjudged)
	s.Items++
	if len(s.wrong) == before {
		s.Exact++
	}
}

// misses counts the sure labels that did not fire, each rule once.
func (s *Sheet) misses(it *Item, fired map[string]bool, unjudged []rule.NotEvaluated) {
	for _, l := range it.Want {
		if fired[l.Rule] || !l.Sure || !s.scope.chosen[l.Rule] || !s.scope.covers(it, l.Rule) {
			continue
		}
		fired[l.Rule] = true
		s.tally(l.Rule).FN++
		s.wrong = append(s.wrong, Wrong{Rule: l.Rule, Item: it, Miss: true, At: labelled(it, l), Note: s.reason(l.Rule, unjudged)})
	}
}

// reason tells why a rule could not fire, empty if it could.
func (s *Sheet) reason(id string, unjudged []rule.NotEvaluated) call.Say {
	if !s.scope.known[id] {
		return call.Sayf("没有这条规则", "there is no such rule")
	}
	for _, n := range unjudged {
		if n.Rule == id {
			return call.Sayf("没有检查：%[1]s", "not evaluated: %[2]s", n.Reason.ZH, n.Reason.In(call.EN))
		}
	}
	return call.Say{}
}

func (s *Sheet) tally(id string) *Tally {
	if s.rules[id] == nil {
		s.rules[id] = &Tally{}
	}
	return s.rules[id]
}

// Rules lists the rules that were found or labelled, in the order of their ids.
func (s *Sheet) Rules() []string { return sorted(s.rules) }

// Of is the tally of a rule.
func (s *Sheet) Of(id string) Tally { return *s.tally(id) }

// Known reports whether a pack has the rule.
func (s *Sheet) Known(id string) bool { return s.scope.known[id] }

// Micro sums the tallies of all rules.
func (s *Sheet) Micro() Tally {
	var sum Tally
	for _, t := range s.rules {
		sum.TP, sum.FP, sum.FN = sum.TP+t.TP, sum.FP+t.FP, sum.FN+t.FN
	}
	return sum
}

// ExactShare is the share of items without misses and false alarms, NaN without items.
func (s *Sheet) ExactShare() float64 { return ratio(s.Exact, s.Items) }

// Wrong lists the false alarms, then the misses, by rule, in the order of the items.
func (s *Sheet) Wrong() []Wrong {
	slices.SortStableFunc(s.wrong, func(a, b Wrong) int {
		if a.Miss != b.Miss {
			return cmp.Compare(rank(a.Miss), rank(b.Miss))
		}
		return strings.Compare(a.Rule, b.Rule)
	})
	return s.wrong
}

func rank(miss bool) int {
	if miss {
		return 1
	}
	return 0
}

// placeOf is where a finding is. It copies the words, so that it keeps no call.
func placeOf(c *call.Call, f *rule.Finding) Place {
	at := Place{Turn: f.At.Turn, Message: gist(f)}
	if at.Turn >= 0 {
		at.Role, at.Text, at.Start, at.End = c.Turns[at.Turn].Role, strings.Clone(c.Turns[at.Turn].Text), f.At.Start, f.At.End
	}
	return at
}

// gist is what a finding says without the reasons of its rule.
func gist(f *rule.Finding) call.Say {
	short := func(text, why string) string { return strings.TrimSpace(strings.TrimSuffix(text, why)) }
	return call.Say{ZH: short(f.Message.ZH, f.Rule.Why.ZH), EN: short(f.Message.EN, f.Rule.Why.In(call.EN))}
}

// labelled is where a label says that something is.
func labelled(it *Item, l Label) Place {
	turn := l.Turn
	if it.Shape == Turn {
		turn = 0
	}
	if turn < 0 || turn >= len(it.Call.Turns) {
		return Place{Turn: -1}
	}
	return Place{Turn: turn, Role: it.Call.Turns[turn].Role, Text: strings.Clone(it.Call.Turns[turn].Text)}
}
