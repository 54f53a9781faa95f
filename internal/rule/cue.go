package rule

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// cue is something a turn can say: it is found where one of its phrases or
// other cues is, unless a guard stands against it.
type cue struct {
	id      int32 // its index in the pack
	name    string
	title   call.Say
	speaker call.Role // whose turns count; empty for anybody's
	phrases []int32   // indices into the pack's phrases
	others  []*cue    // cues that count as this one
	splits  bool      // a match may start or end inside a word
	unless  []guard
	with    []guard
	min     int  // length of the turn in folded characters without breaks
	max     int  // 0: no limit
	never   bool // the settings leave it out

	contextual bool // other turns have a say in where it is
	asked      bool // a rule, a tag or a sort of call looks for it, not only other cues
	sides      side // whose turns it can be looked for in
}

// guard is a condition on a match: something that another cue finds near it.
type guard struct {
	scope scope
	cue   *cue
}

// scope says where a guard looks, seen from the match.
type scope string

// The scopes. Clause and sentence include the match itself.
const (
	over     scope = "over"     // overlapping the match
	before   scope = "before"   // in the clause, ending where the match starts or earlier
	after    scope = "after"    // in the clause, starting where the match ends or later
	clause   scope = "clause"   // anywhere in the clause
	sentence scope = "sentence" // anywhere in the sentence
	earlier  scope = "earlier"  // in the turn, before the match
	later    scope = "later"    // in the turn, after the match
	turn     scope = "turn"     // anywhere in the turn
	heard    scope = "heard"    // in an earlier turn of the call, with the same slot if both have one
	previous scope = "previous" // in the turn just before
)

var scopes = []scope{over, before, after, clause, sentence, earlier, later, turn, heard, previous}

// find returns where the cue is in a turn, without overlaps, in order.
func (v *view) find(i int, c *cue) []span {
	t := v.turns[i]
	if !t.may.has(c.id) || c.never || c.speaker != "" && v.call.Turns[i].Role != c.speaker {
		return nil
	}
	memo := &t.memo
	if c.contextual {
		memo = &v.here[i]
	}
	for k := range *memo {
		if (*memo)[k].cue == c {
			return (*memo)[k].spans
		}
	}
	spans := v.guarded(i, c, longest(v.candidates(i, c)))
	*memo = append(*memo, sighting{c, spans})
	return spans
}

// says reports whether the cue is anywhere in a turn.
func (v *view) says(i int, c *cue) bool { return len(v.find(i, c)) > 0 }

// saysAny reports whether one of the cues is in a turn.
func (v *view) saysAny(i int, cues []*cue) bool {
	for _, c := range cues {
		if v.says(i, c) {
			return true
		}
	}
	return false
}

// candidates are the matches before overlaps and guards are looked at.
func (v *view) candidates(i int, c *cue) []span {
	t := v.turns[i]
	if (c.min > 0 || c.max > 0) && !t.lengthIn(c.min, c.max) {
		return nil
	}
	found := t.phrasesOf(v.pack, c)
	for _, other := range c.others {
		found = append(found, v.find(i, other)...)
	}
	if len(c.phrases)+len(c.others) == 0 { // only the length counts
		found = append(found, span{0, len(t.fold.Text), ""})
	}
	return found
}

// phrasesOf are the matches of a cue's own phrases. Those of a contextual cue are kept with
// the turn, though what becomes of them depends on the call.
func (t *turnView) phrasesOf(p *Pack, c *cue) []span {
	for k := range t.matched {
		if t.matched[k].cue == c {
			return slices.Clone(t.matched[k].spans)
		}
	}
	var found []span
	for _, i := range c.phrases {
		if t.hit(i) {
			found = t.find(p.phrases[i], i, t.wordingFor(c), found)
		}
	}
	if c.contextual && len(c.phrases) > 0 {
		t.matched = append(t.matched, sighting{c, slices.Clone(found)})
	}
	return found
}

// wordingFor tells where a match of a cue may begin and end.
func (t *turnView) wordingFor(c *cue) wording {
	if c.splits || t.loose {
		return anywhere{}
	}
	return t.fold
}

// longest drops every span that overlaps a longer one, and orders the rest.
func longest(spans []span) []span {
	if len(spans) < 2 {
		return spans
	}
	slices.SortFunc(spans, func(a, b span) int {
		if d := (b.end - b.start) - (a.end - a.start); d != 0 {
			return d
		}
		return a.start - b.start
	})
	kept := make([]span, 0, len(spans)) // in order, so that only neighbours can overlap
	for _, s := range spans {
		i := firstFrom(kept, s.start)
		if (i == 0 || !kept[i-1].overlaps(s)) && (i == len(kept) || !kept[i].overlaps(s)) {
			kept = slices.Insert(kept, i, s)
		}
	}
	return kept
}

// firstFrom is the first of some spans in order that starts at an offset or later.
func firstFrom(spans []span, start int) int {
	i, _ := slices.BinarySearchFunc(spans, start, func(s span, start int) int { return cmp.Compare(s.start, start) })
	return i
}

// guarded keeps the matches that no unless shields and that have all they need.
func (v *view) guarded(i int, c *cue, spans []span) []span {
	if len(c.unless)+len(c.with) == 0 {
		return spans
	}
	return slices.DeleteFunc(spans, func(s span) bool {
		for _, g := range c.unless {
			if v.holds(g, i, s) {
				return true
			}
		}
		for _, g := range c.with {
			if !v.holds(g, i, s) {
				return true
			}
		}
		return false
	})
}

// holds reports whether a guard finds its cue around a match.
func (v *view) holds(g guard, i int, m span) bool {
	switch g.scope {
	case heard:
		return v.heardBefore(g.cue, i, m)
	case previous:
		return i > 0 && v.says(i-1, g.cue)
	}
	found := v.find(i, g.cue)
	if len(found) == 0 {
		return false
	}
	if g.scope == over {
		k := firstFrom(found, m.start)
		return k > 0 && found[k-1].overlaps(m) || k < len(found) && found[k].overlaps(m)
	}
	near := v.region(g.scope, i, m)
	for k := firstFrom(found, near.start); k < len(found) && found[k].start <= near.end; k++ {
		if found[k].end <= near.end {
			return true
		}
	}
	return false
}

// region is the part of the turn that a scope looks at.
func (v *view) region(where scope, i int, m span) span {
	fold := v.turns[i].fold
	all := span{0, len(fold.Text), ""}
	switch where {
	case before:
		all.start, _ = fold.Clause(m.start, m.end)
		all.end = m.start
	case after:
		all.start = m.end
		_, all.end = fold.Clause(m.start, m.end)
	case clause:
		all.start, all.end = fold.Clause(m.start, m.end)
	case sentence:
		all.start, all.end = fold.Sentence(m.start, m.end)
	case earlier:
		all.end = m.start
	case later:
		all.start = m.end
	}
	return all
}

// lengthIn reports whether the turn has at least least and, unless most is 0,
// at most most folded characters, breaks not counted.
func (t *turnView) lengthIn(least, most int) bool {
	if t.length < 0 {
		t.length = 0
		for _, r := range t.fold.Text {
			if r >= utf8.RuneSelf || !isEdge(byte(r)) {
				t.length++
			}
		}
	}
	return t.length >= least && (most == 0 || t.length <= most)
}
