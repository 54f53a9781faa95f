package text

import (
	"strings"
	"unicode/utf8"
	"unsafe"
)

// Folded is one turn's text prepared for matching, with the way back to the
// original. The zero value holds an empty text; Reset fills it, and a Folded that
// is Reset again and again stops allocating. It must not be copied or shared
// between goroutines.
type Folded struct {
	// Text is the folded text, always valid UTF-8. It shares memory with the Folded
	// and is valid until the next Reset: clone what is kept longer, or keep Quote.
	Text string

	source string
	buf    []byte // the bytes of Text
	spans  []span // where they come from
	shift  int    // source offset minus folded offset in the open span, or noShift

	last, prev rune // the two characters at the end of buf, a break included
	said       int  // how often last was said in a row
	edge       bool // nothing was kept since a clause edge or a filler
	closing    bool // a particle was just kept, so that a pause is a soft break
	pause      int  // source offset of the pause that was just seen, or -1
	soft       bool // that pause is a soft break
	spaced     spacing
	cuts       cuts
	holes      []hole // what folds to nothing, in order
	gaps       []int  // folded offsets where the holes were: words begin and end there
	miles      []milestone
}

// Fold returns source folded. Use Reset where many texts are folded.
func Fold(source string) *Folded {
	f := new(Folded)
	f.Reset(source)
	return f
}

// Source returns the text that was folded, as it was given.
func (f *Folded) Source() string { return f.source }

// Reset folds source, of less than 2 GiB, into f and forgets the text before. Bytes
// that are not UTF-8 count as U+FFFD, one character each.
func (f *Folded) Reset(source string) {
	f.holes, f.gaps = nil, nil
	f.fold(source)
}

func (f *Folded) fold(source string) {
	f.source = source
	f.buf, f.spans, f.shift = f.buf[:0], f.spans[:0], noShift
	f.last, f.prev, f.said = 0, 0, 0
	f.edge, f.closing, f.soft = true, false, false
	f.pause, f.spaced = -1, unknown
	f.cuts.forget()
	f.miles = f.miles[:0]
	from := 0
	for _, h := range f.holes {
		f.copy(from, h.start)
		f.gaps = append(f.gaps, len(f.buf))
		from = max(from, h.end)
	}
	f.copy(from, len(source))
	// A string made by conversion would be one allocation for every turn.
	f.Text = unsafe.String(unsafe.SliceData(f.buf), len(f.buf))
}

// copy folds the bytes of the source from offset i up to end.
func (f *Folded) copy(i, end int) {
	for i < end {
		if n := f.stretch(i, end); n > 0 {
			i += n
			continue
		}
		i = f.step(i)
	}
}

// stretch copies the longest run of plain characters between the source offsets i and
// end, and returns its length in bytes. It knows Han and ASCII only and stops where a character
// repeats one of the two before it; step deals with everything that it leaves.
func (f *Folded) stretch(i, end int) int {
	if f.pause >= 0 {
		return 0
	}
	s, j, prev, last := f.source[:end], i, f.prev, f.last
	for j < len(s) {
		r, size := rune(s[j]), 1
		switch {
		case r < utf8.RuneSelf:
		case r&0xF0 == 0xE0 && j+2 < len(s) && s[j+1]&0xC0 == 0x80 && s[j+2]&0xC0 == 0x80:
			r, size = r&0xF<<12|rune(s[j+1]&0x3F)<<6|rune(s[j+2]&0x3F), 3
		}
		if !isPlain(r) || size == 3 && r < 0x3400 || r == last || r == prev { // three bytes for less are no UTF-8
			break
		}
		prev, last = last, r
		j += size
	}
	if j > i {
		f.link(i)
		f.buf = append(f.buf, s[i:j]...)
		f.prev, f.last, f.said = prev, last, 1
		f.edge, f.closing = false, false
	}
	return j - i
}

// isPlain reports whether stretch may copy r: visible ASCII or common Han that
// folds to itself and has no part in any rule.
func isPlain(r rune) bool {
	if r < 0x80 {
		return r > ' ' && r < 0x7F && kinds[r] == plain
	}
	return r >= 0x3400 && r < tableEnd && kinds[r] == plain && simplified[r] == 0
}

// step folds the character at source offset i and returns the offset after all
// that was read.
func (f *Folded) step(i int) int {
	r, size := utf8.DecodeRuneInString(f.source[i:])
	k, to := kindOf(r)
	end := i + size
	switch k {
	case drop:
	case gap, underline:
		f.rest(i, k)
	case comma, newline, bang, ask:
		f.stop(breakOf(k), i, end)
	case dot, colon, thousands:
		return f.point(k, to, i, end)
	case quote, apostrophe:
		f.keep(f.quoteOf(k, end), i, end)
	case open:
		f.keep(bracketOf(to), i, end)
	case particle:
		closes := !f.edge && !(to == '么' && strings.ContainsRune(asking, f.last))
		f.keep(to, i, end)
		f.closing = closes
	case hum, ah, sigh, ng, head:
		return f.hesitate(k, to, i, end)
	case shen:
		if f.oneOf(end, "么") {
			to = '什' // Hong Kong writes 甚麼
		}
		f.keep(to, i, end)
	case hai:
		f.keep(f.copula(end), i, end)
	default:
		f.keep(to, i, end)
	}
	return end
}

// copula is what 係 before source offset end stands for: 系 in 关系, 联系, 干系 and
// 系数, else the Cantonese 是.
func (f *Folded) copula(end int) rune {
	if strings.ContainsRune("关联干体", f.last) || f.oneOf(end, "数") {
		return '系'
	}
	return '是'
}

// asking are the characters that 么 makes a word with, 什么_时候: there it closes
// nothing.
const asking = "什怎这那多要"

// keep writes r, which stands for source[i:end].
func (f *Folded) keep(r rune, i, end int) {
	f.settle(r)
	if f.stutter(r, end) {
		f.edge, f.closing = false, false
		return
	}
	if r == f.last {
		f.said++
	} else {
		f.said = 1
	}
	f.write(r, i, end)
	f.edge, f.closing = false, false
}

// settle decides what becomes of a pause now that r follows it: a soft break, one
// space between two Latin words, or nothing.
func (f *Folded) settle(r rune) {
	if f.pause < 0 {
		return
	}
	i := f.pause
	_, size := utf8.DecodeRuneInString(f.source[i:])
	f.pause = -1
	switch {
	case f.soft:
		f.soft = false
		f.stop(',', i, i+size)
	case isWord(f.last) && isWord(r):
		f.write(' ', i, i+size)
	}
}

// rest notes the pause at source offset i.
func (f *Folded) rest(i int, k kind) {
	if f.pause < 0 {
		f.pause = i
	}
	if k == gap && f.isSpaced() {
		return
	}
	if f.closing && !f.soft {
		f.pause, f.soft = i, true
	}
	f.edge, f.closing = true, false
}

// stop writes the break b for source[i:end], or strengthens the break that is
// there already. A text never begins with a break.
func (f *Folded) stop(b byte, i, end int) {
	f.edge, f.closing, f.pause, f.soft = true, false, -1, false
	if len(f.buf) == 0 {
		return
	}
	if !isBreak(f.last) {
		f.write(rune(b), i, end)
		return
	}
	f.stretchTo(end)
	if strength(b) > strength(byte(f.last)) {
		f.buf[len(f.buf)-1] = b
		f.last = rune(b)
	}
}

// breakOf returns the break character of a kind from comma to ask.
func breakOf(k kind) byte { return ",..!?"[k-comma] }

// strength orders the break characters: the strongest of a run is kept.
func strength(b byte) int { return strings.IndexByte(",.!?", b) }

// point folds the full stop, colon or comma r at source[i:end]: inside a number or a
// Latin word it is no break. It returns the offset after all that was read.
func (f *Folded) point(k kind, r rune, i, end int) int {
	next, size := f.peek(end)
	inside := f.pause < 0 && !f.edge && isASCIIWord(f.last)
	switch {
	case k == thousands && inside && isDigit(f.last) && f.grouped(end):
		return end
	case k == colon && inside && (isASCIIWord(next) || next == '/'):
		f.keep(':', i, end)
		return end
	case r == '.' && inside && isASCIIWord(next):
		f.keep('·', i, end)
		return end
	case k != dot:
		f.stop(',', i, end)
		return end
	}
	b := byte('.')
	for next == '.' || next == '。' {
		b = ',' // two and more are an ellipsis
		end += size
		next, size = f.peek(end)
	}
	f.stop(b, i, end)
	return end
}

// grouped reports whether exactly three digits stand at source offset i, as after
// the comma of 10,000; a comma in 1,2,3 lists things.
func (f *Folded) grouped(i int) bool {
	n := 0
	for r, size := f.peek(i); isDigit(r); r, size = f.peek(i) {
		n++
		i += size
	}
	return n == 3
}

// isASCIIWord reports whether r is an ASCII letter or digit.
func isASCIIWord(r rune) bool { return r < 0x80 && isWord(r) }

// quoteOf returns the mark for a quotation mark that ends at source offset end.
func (f *Folded) quoteOf(k kind, end int) rune {
	if k == apostrophe && f.pause < 0 && isWord(f.last) && !isDigit(f.last) {
		if next, _ := f.peek(end); isWord(next) {
			return '\''
		}
	}
	return '"'
}

// peek returns the character at source offset i folded, and its size in the source;
// at the end 0 and 0.
func (f *Folded) peek(i int) (rune, int) {
	if i >= len(f.source) {
		return 0, 0
	}
	r, size := utf8.DecodeRuneInString(f.source[i:])
	_, r = kindOf(r)
	return r, size
}
