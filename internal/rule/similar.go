package rule

import (
	"cmp"
	"slices"
)

// bigrams are the pairs of neighbouring characters of a text, breaks left out, with
// how often it has each; in order, so that two texts are compared in one walk.
type bigrams struct {
	pairs []pairCount
	total int
}

// pairCount is two characters, the first in the upper half, and how often they stand
// side by side.
type pairCount struct {
	pair uint64
	n    int
}

// bigrams of the turn's folded text, counted once.
func (t *turnView) bigrams() *bigrams {
	if t.pairs != nil {
		return t.pairs
	}
	b := &bigrams{}
	var last rune
	for _, r := range t.fold.Text {
		if r < 0x80 && isEdge(byte(r)) {
			continue
		}
		if last != 0 {
			b.pairs = append(b.pairs, pairCount{uint64(last)<<32 | uint64(r), 1})
			b.total++
		}
		last = r
	}
	b.merge()
	t.pairs = b
	return b
}

// merge orders the pairs and counts equal ones as one.
func (b *bigrams) merge() {
	slices.SortFunc(b.pairs, func(a, b pairCount) int { return cmp.Compare(a.pair, b.pair) })
	kept := b.pairs[:0]
	for _, p := range b.pairs {
		if n := len(kept); n > 0 && kept[n-1].pair == p.pair {
			kept[n-1].n++
		} else {
			kept = append(kept, p)
		}
	}
	b.pairs = kept
}

// has reports whether the text has a pair.
func (b *bigrams) has(pair uint64) bool {
	_, found := slices.BinarySearchFunc(b.pairs, pair, func(p pairCount, pair uint64) int { return cmp.Compare(p.pair, pair) })
	return found
}

// similarity is Dice's coefficient of the two sets of pairs: 1 for equal
// texts, 0 for texts that share nothing.
func (b *bigrams) similarity(c *bigrams) float64 {
	if b.total+c.total == 0 {
		return 0
	}
	shared := 0
	for i, j := 0, 0; i < len(b.pairs) && j < len(c.pairs); {
		switch p, q := b.pairs[i], c.pairs[j]; {
		case p.pair < q.pair:
			i++
		case p.pair > q.pair:
			j++
		default:
			shared += min(p.n, q.n)
			i, j = i+1, j+1
		}
	}
	return 2 * float64(shared) / float64(b.total+c.total)
}
