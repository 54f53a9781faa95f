package rule

import "slices"

// bigrams are the pairs of neighbouring characters of a text, breaks left out, each as often
// as the text has it, the first character in the upper half; in order, so that two texts are
// compared in one walk.
type bigrams []uint64

// bigrams of the turn's folded text, counted once.
func (t *turnView) bigrams() bigrams {
	if t.counted {
		return t.pairs
	}
	pairs, last := t.pairs[:0], rune(0)
	for _, r := range t.fold.Text {
		if r < 0x80 && isEdge(byte(r)) {
			continue
		}
		if last != 0 {
			pairs = append(pairs, uint64(last)<<32|uint64(r))
		}
		last = r
	}
	slices.Sort(pairs)
	t.pairs, t.counted = pairs, true
	return pairs
}

// has reports whether the text has a pair.
func (b bigrams) has(pair uint64) bool {
	_, found := slices.BinarySearch(b, pair)
	return found
}

// similarity is Dice's coefficient of the two sets of pairs: 1 for equal
// texts, 0 for texts that share nothing.
func (b bigrams) similarity(c bigrams) float64 {
	if len(b)+len(c) == 0 {
		return 0
	}
	shared := 0
	for i, j := 0, 0; i < len(b) && j < len(c); {
		switch p, q := b[i], c[j]; {
		case p < q:
			i++
		case p > q:
			j++
		default:
			shared++
			i, j = i+1, j+1
		}
	}
	return 2 * float64(shared) / float64(len(b)+len(c))
}
