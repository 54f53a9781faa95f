package rule

// bigrams counts the pairs of neighbouring characters of a text, breaks left out.
type bigrams struct {
	counts map[[2]rune]int
	total  int
}

// bigrams of the turn's folded text, counted once.
func (t *turnView) bigrams() *bigrams {
	if t.pairs != nil {
		return t.pairs
	}
	b := &bigrams{counts: map[[2]rune]int{}}
	var last rune
	for _, r := range t.fold.Text {
		if r < 0x80 && isEdge(byte(r)) {
			continue
		}
		if last != 0 {
			b.counts[[2]rune{last, r}]++
			b.total++
		}
		last = r
	}
	t.pairs = b
	return b
}

// similarity is Dice's coefficient of the two sets of pairs: 1 for equal
// texts, 0 for texts that share nothing.
func (b *bigrams) similarity(c *bigrams) float64 {
	if b.total+c.total == 0 {
		return 0
	}
	shared := 0
	for pair, n := range b.counts {
		shared += min(n, c.counts[pair])
	}
	return 2 * float64(shared) / float64(b.total+c.total)
}
