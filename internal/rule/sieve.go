package rule

import "github.com/zhijian-qa/zhijian/internal/match"

// sieve finds which phrases of a pack a text could match. Its parts are the filters
// that were prepared with the packs, and one for the phrases that nobody prepared.
type sieve []sievePart

// sievePart is a filter with the index of the phrase of each of its expressions, -1
// for those that the pack does without.
type sievePart struct {
	*match.Filter
	phrases []int32
}

// newSieve makes the sieve of phrases.
func newSieve(phrases []*phrase, known []*prepared) sieve {
	var s sieve
	for _, k := range known {
		part := sievePart{k.filter(), make([]int32, len(k.phrases))}
		for i := range part.phrases {
			part.phrases[i] = -1
		}
		s = append(s, part)
	}
	own := sievePart{}
	var needs []match.Need
	for i, p := range phrases {
		if p.preparedBy >= 0 {
			s[p.preparedBy].phrases[p.preparedAs] = int32(i)
			continue
		}
		needs = append(needs, p.need)
		own.phrases = append(own.phrases, int32(i))
	}
	if len(needs) > 0 {
		own.Filter = match.NewFilter(needs)
		s = append(s, own)
	}
	return s
}

// scan appends the hits of a text, by phrase instead of by expression.
func (s sieve) scan(text string, hits []match.Hits, to []match.Hit) []match.Hit {
	for i, part := range s {
		from := len(to)
		to = part.Scan(text, &hits[i], to)
		kept := to[:from]
		for _, h := range to[from:] {
			if h.Expr = part.phrases[h.Expr]; h.Expr >= 0 {
				kept = append(kept, h)
			}
		}
		to = kept
	}
	return to
}
