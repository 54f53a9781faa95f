package rule

import (
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/match"
)

// sieve finds which phrases of a pack a text could match. Its parts are the filters
// that were prepared with the packs, and one for the phrases that nobody prepared.
type sieve []sievePart

// sievePart is a filter with the index of the phrase of each of its expressions, -1
// for those that the pack does without.
type sievePart struct {
	*match.Filter
	phrases []int32
	wanted  [allSides + 1]bitset // by the side that speaks: the expressions that it is asked for
}

// newSieve makes the sieve of a pack's phrases.
func newSieve(p *Pack, known []*prepared) sieve {
	var s sieve
	for _, k := range known {
		part := sievePart{Filter: k.filter, phrases: make([]int32, len(k.phrases))}
		for i := range part.phrases {
			part.phrases[i] = -1
		}
		s = append(s, part)
	}
	own := sievePart{}
	var needs []match.Need
	for i, p := range p.phrases {
		if p.known != nil {
			s[slices.Index(known, p.known)].phrases[p.knownAs] = int32(i)
			continue
		}
		needs = append(needs, p.need)
		own.phrases = append(own.phrases, int32(i))
	}
	if len(needs) > 0 {
		own.Filter = match.NewFilter(needs)
		s = append(s, own)
	}
	for i := range s {
		s[i].ask(p)
	}
	return s
}

// ask notes whose turns each expression is looked for in.
func (s *sievePart) ask(p *Pack) {
	for _, side := range []side{agentSide, customerSide, otherSide} {
		wanted := newBitset(len(s.phrases))
		for expr, phrase := range s.phrases {
			if phrase >= 0 && p.sides[phrase]&side != 0 {
				wanted.add(int32(expr))
			}
		}
		s.wanted[side] = wanted
	}
}

// scan appends the hits of a text that somebody says, by phrase instead of by expression.
func (s sieve) scan(text string, who call.Role, hits []match.Hits, to []match.Hit) []match.Hit {
	for i := range s {
		part, from := &s[i], len(to)
		to = part.Scan(text, part.wanted[sideOf(who)], &hits[i], to)
		for k := range to[from:] {
			h := &to[from+k]
			h.Expr = part.phrases[h.Expr]
		}
	}
	return to
}
