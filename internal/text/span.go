package text

import (
	"math"
	"sort"
	"unicode/utf8"
)

// span says where the folded bytes from out on come from, up to the next span.
// With end 0 they are source[src:] byte for byte, perhaps in another case or
// script of the same length; otherwise they are one character that stands for
// source[src:end]. Offsets are bytes.
type span struct{ out, src, end int32 }

// noShift is a shift that no offset has: the next link opens a span.
const noShift = math.MinInt

// link makes the next bytes of buf come from source offset i on.
func (f *Folded) link(i int) {
	if shift := i - len(f.buf); shift != f.shift {
		f.spans = append(f.spans, span{out: int32(len(f.buf)), src: int32(i)})
		f.shift = shift
	}
}

// write appends r, which stands for source[i:end].
func (f *Folded) write(r rune, i, end int) {
	if utf8.RuneLen(r) == end-i {
		f.link(i)
	} else {
		f.spans = append(f.spans, span{int32(len(f.buf)), int32(i), int32(end)})
		f.shift = noShift
	}
	f.buf = utf8.AppendRune(f.buf, r)
	f.prev, f.last = f.last, r
}

// stretchTo makes the last character of buf stand for everything from its own
// place in the source up to end.
func (f *Folded) stretchTo(end int) {
	_, size := utf8.DecodeLastRune(f.buf)
	out := int32(len(f.buf) - size)
	last := &f.spans[len(f.spans)-1]
	if last.out == out {
		last.end = int32(end)
	} else {
		f.spans = append(f.spans, span{out, last.src + out - last.out, int32(end)})
	}
	f.shift = noShift
}

// unwrite takes the last character off buf. The caller goes on with stretchTo.
func (f *Folded) unwrite() {
	_, size := utf8.DecodeLastRune(f.buf)
	f.buf = f.buf[:len(f.buf)-size]
	for n := len(f.spans); n > 0 && int(f.spans[n-1].out) >= len(f.buf); n-- {
		f.spans = f.spans[:n-1]
	}
}

// Span returns the range of the source that the folded bytes [start, end) stand
// for, in code points, half-open. What was removed inside the range is part of it;
// an empty range gives an empty range. Offsets outside Text are moved into it.
func (f *Folded) Span(start, end int) (from, to int) {
	i, j := f.Origin(start, end)
	from = f.count(i)
	return from, from + utf8.RuneCountInString(f.source[i:j])
}

// milestone is a byte of the source where a character begins, with how many there are before.
type milestone struct{ at, count int }

// mile is how many bytes apart milestones are.
const mile = 4096

// count returns how many characters the source has before byte i, where one begins. In
// a long source it counts from the milestone before: many findings of one turn of
// megabytes would else count all of it again and again.
func (f *Folded) count(i int) int {
	if len(f.source) <= mile {
		return utf8.RuneCountInString(f.source[:i])
	}
	if len(f.miles) == 0 {
		f.setMiles()
	}
	m := f.miles[sort.Search(len(f.miles), func(k int) bool { return f.miles[k].at > i })-1]
	return m.count + utf8.RuneCountInString(f.source[m.at:i])
}

func (f *Folded) setMiles() {
	m := milestone{}
	for m.at < len(f.source) {
		f.miles = append(f.miles, m)
		next := min(m.at+mile, len(f.source))
		for next < len(f.source) && !utf8.RuneStart(f.source[next]) {
			next++
		}
		m = milestone{next, m.count + utf8.RuneCountInString(f.source[m.at:next])}
	}
}

// Quote returns the part of the source that the folded bytes [start, end) stand
// for: the characters that Span counts.
func (f *Folded) Quote(start, end int) string {
	i, j := f.Origin(start, end)
	return f.source[i:j]
}

// Origin is Span in bytes of the source.
func (f *Folded) Origin(start, end int) (from, to int) {
	start = min(max(start, 0), len(f.Text))
	end = min(max(end, start), len(f.Text))
	from, _ = f.character(start)
	if start == end {
		return from, from
	}
	_, to = f.character(end - 1)
	return from, to
}

// character returns the byte range of the source that the folded character holding
// byte p stands for; at the end of Text, the empty range after the last one.
func (f *Folded) character(p int) (from, to int) {
	if p == len(f.Text) {
		if p > 0 {
			_, to = f.character(p - 1)
		}
		return to, to
	}
	n := sort.Search(len(f.spans), func(i int) bool { return int(f.spans[i].out) > p })
	s := f.spans[n-1]
	if s.end > 0 {
		return int(s.src), int(s.end)
	}
	from = int(s.src) + p - int(s.out)
	for !utf8.RuneStart(f.source[from]) {
		from--
	}
	_, size := utf8.DecodeRuneInString(f.source[from:])
	return from, from + size
}
