package text

import (
	"strings"
	"unicode/utf8"
)

// spacing says whether a text is written with a space between all characters.
type spacing uint8

const (
	unknown spacing = iota
	dense
	spaced
)

// isSpaced reports whether more than half of the neighbouring Han characters of the
// source have white space between them, as in 让 您 久 等 了: such spaces are a
// habit of the recogniser and say nothing about pauses.
func (f *Folded) isSpaced() bool {
	if f.spaced == unknown {
		f.spaced = dense
		if pairs, apart := countPairs(f.source); apart*2 > pairs {
			f.spaced = spaced
		}
	}
	return f.spaced == spaced
}

// countPairs counts the neighbouring Han characters and those with only white
// space between them.
func countPairs(s string) (pairs, apart int) {
	han, space := false, false
	for _, r := range s {
		switch {
		case isHan(r):
			if han {
				pairs++
			}
			if han && space {
				apart++
			}
			han, space = true, false
		case r < tableEnd && kinds[r] == gap:
			space = true
		case !invisible(r):
			han, space = false, false
		}
	}
	return pairs, apart
}

// hesitate folds a character that may be a filler or begin one, and returns the
// offset after all that was read.
func (f *Folded) hesitate(k kind, r rune, i, end int) int {
	if k == hum || k == ah {
		f.closing = k == ah && (f.closing || !f.edge)
		f.edge = true
		return end
	}
	if f.edge {
		if n := f.filler(i, 0); n > 0 {
			f.closing = false
			return n
		}
	}
	if k == ng {
		r = '不'
	}
	f.keep(r, i, end)
	return end
}

// deepest bounds how many fillers in a row are looked at to judge the first one.
const deepest = 4

// filler returns the end of the filler at source offset i, or 0 when there is none.
// A clause edge or another filler is known to stand before it.
func (f *Folded) filler(i, depth int) int {
	r, size := utf8.DecodeRuneInString(f.source[i:])
	k, r := kindOf(r)
	end := i + size
	switch k {
	case hum, ah:
		return end
	case sigh:
		if f.edgeAt(end, depth) {
			return end
		}
	case ng:
		if f.oneOf(end, "我您你") || f.edgeAt(end, depth) {
			return end
		}
	case head:
		return f.headFiller(r, end, depth)
	}
	return 0
}

// headFiller is filler for 那个, 这个 and 就是; r is the first character and i the
// source offset of the second.
func (f *Folded) headFiller(r rune, i, depth int) int {
	i = f.skip(i)
	second, size := f.peek(i)
	end := i + size
	switch {
	case r == '就' && second == '是':
		if f.edgeAt(end, depth) {
			return end
		}
	case r != '就' && second == '个':
		if f.oneOf(end, "我您你不对") || f.edgeAt(end, depth) {
			return end
		}
	}
	return 0
}

// edgeAt reports whether source offset i is followed by a clause edge: a break, a
// pause, the end or another filler.
func (f *Folded) edgeAt(i, depth int) bool {
	i = f.skip(i)
	if i == len(f.source) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(f.source[i:])
	k, _ := kindOf(r)
	switch k {
	case gap, underline, comma, dot, newline, bang, ask, colon, thousands:
		return true
	case hum, ah, sigh, ng, head:
		return depth < deepest && f.filler(i, depth+1) > 0
	}
	return false
}

// oneOf reports whether one of set follows at source offset i.
func (f *Folded) oneOf(i int, set string) bool {
	r, size := f.peek(f.skip(i))
	return size > 0 && strings.ContainsRune(set, r)
}

// skip returns the first source offset from i on that holds something to read: not
// an invisible character and, in a text that is spaced throughout, not a space.
func (f *Folded) skip(i int) int {
	for i < len(f.source) {
		r, size := utf8.DecodeRuneInString(f.source[i:])
		k, _ := kindOf(r)
		if k != drop && (k != gap || !f.isSpaced()) {
			break
		}
		i += size
	}
	return i
}
