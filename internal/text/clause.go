package text

import (
	"sort"
	"unicode/utf8"
)

// Clause returns the byte range of the clause, or clauses, of Text that hold
// [start, end): it reaches from break to break, and holds neither of them.
func (f *Folded) Clause(start, end int) (from, to int) {
	return f.clauseStart(start, 0), f.clauseEnd(end, len(f.Text))
}

// clauseStart returns the offset after the last break before folded offset p, but
// no less than limit.
func (f *Folded) clauseStart(p, limit int) int {
	for p > limit && !isBreak(rune(f.Text[p-1])) {
		p--
	}
	return p
}

// clauseEnd returns the offset of the first break from folded offset p on, but no
// more than limit.
func (f *Folded) clauseEnd(p, limit int) int {
	for p < limit && !isBreak(rune(f.Text[p])) {
		p++
	}
	return p
}

// Sentence returns the byte range of the sentence, or sentences, of Text that hold
// [start, end). It begins after a full stop, question or exclamation mark and ends
// with the next one, which belongs to it.
func (f *Folded) Sentence(start, end int) (from, to int) {
	for start > 0 && !isStop(f.Text[start-1]) {
		start--
	}
	if end > start && isStop(f.Text[end-1]) {
		return start, end
	}
	for end < len(f.Text) {
		end++
		if isStop(f.Text[end-1]) {
			break
		}
	}
	return start, end
}

// isStop reports whether b ends a sentence in folded text.
func isStop(b byte) bool { return b == '.' || b == '?' || b == '!' }

// Quoted reports whether the folded bytes [start, end) lie inside quotation marks
// that open and close in this turn. Straight marks open and close in turn.
func (f *Folded) Quoted(start, end int) bool {
	var few [8]int
	opened := few[:0] // folded offsets of the marks that wait for their partner
	for p := range len(f.Text) {
		if f.Text[p] != '"' {
			continue
		}
		n := len(opened)
		if !closes(f.mark(p), n) {
			opened = append(opened, p)
			continue
		}
		if n > 0 && opened[n-1] < start && p >= end {
			return true
		}
		opened = opened[:max(n-1, 0)]
	}
	return false
}

// mark returns the quotation mark of the source that the one at folded offset p
// stands for.
func (f *Folded) mark(p int) rune {
	from, _ := f.character(p)
	r, _ := utf8.DecodeRuneInString(f.source[from:])
	return r
}

// closes reports whether a quotation mark closes one, when n others are open.
func closes(r rune, n int) bool {
	switch r {
	case '”', '’', '」', '』', '〞', '〟', '｣', '﹂', '﹄':
		return true
	case '"', '＂':
		return n > 0
	}
	return false
}

// Whole reports whether the folded bytes [start, end) begin and end at the edge of
// a word, as Segmenter cuts the clause around them; the edges of the clause are
// edges of words. In a clause of more than 400 characters only the 200 on either
// side are cut.
func (f *Folded) Whole(start, end int) bool {
	return f.wordEdge(start) && f.wordEdge(end)
}

// Whole looks no further than this many code points for the ends of a clause, and
// cuts that many around an offset when they are not there.
const (
	longClause = 400
	windowSize = longClause / 2
)

// wordEdge reports whether a word begins or ends at folded offset p.
func (f *Folded) wordEdge(p int) bool {
	const far = longClause * utf8.UTFMax
	from := f.clauseStart(p, max(p-far, 0))
	to := f.clauseEnd(p, min(p+far, len(f.Text)))
	for _, gap := range f.gaps { // no word goes over a placeholder
		if gap <= p {
			from = max(from, gap)
		}
		if gap >= p {
			to = min(to, gap)
		}
	}
	if p == from || p == to {
		return true
	}
	if to-from > longClause && utf8.RuneCountInString(f.Text[from:to]) > longClause {
		from, to = f.window(from, p, to)
	}
	return f.cuts.has(f.Text[from:to], from, p)
}

// window narrows [from, to) to windowSize characters on either side of p.
func (f *Folded) window(from, p, to int) (int, int) {
	i, j := p, p
	for range windowSize {
		_, before := utf8.DecodeLastRuneInString(f.Text[from:i])
		_, after := utf8.DecodeRuneInString(f.Text[j:to])
		i, j = i-before, j+after
	}
	return i, j
}

// cuts remembers the words of the clause that was cut last, because candidates
// tend to come in groups.
type cuts struct {
	segmenter Segmenter
	from, to  int // the clause in folded bytes; empty when nothing is known
	ends      []int
}

// forget drops the clause, for a new text.
func (c *cuts) forget() { c.from, c.to = 0, 0 }

// has reports whether a word of the clause, which begins at folded offset from,
// ends at folded offset p.
func (c *cuts) has(clause string, from, p int) bool {
	if to := from + len(clause); c.from != from || c.to != to {
		c.ends = c.segmenter.Cut(clause, c.ends[:0])
		c.from, c.to = from, to
	}
	i := sort.SearchInts(c.ends, p-from)
	return i < len(c.ends) && c.ends[i] == p-from
}
