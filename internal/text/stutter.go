package text

import (
	"strings"
	"unicode/utf8"
)

// What is said twice by mistake: these are never doubled on purpose.
const once = "我你您他她它这那就在把给跟"

// Of these two may be meant (是是, 没有没有), three are a stutter of one.
const thrice = once + "的是不没有要会能"

// numerals are said twice because the number has them twice.
const numerals = "〇零一二三四五六七八九幺"

// stutter reports whether r, which ends at source offset end, only repeats what
// stands at the end of buf. If so, that stands for the repetition as well.
func (f *Folded) stutter(r rune, end int) bool {
	switch r {
	case f.last:
		return f.again(r, end)
	case f.prev:
		return f.pairAgain(r, end)
	}
	return false
}

// again handles a character said twice or more in a row.
func (f *Folded) again(r rune, end int) bool {
	if !repeats(r) {
		return false
	}
	if f.said == 1 && !strings.ContainsRune(once, r) {
		return false
	}
	f.said++
	if f.prev == r && strings.ContainsRune(thrice, r) {
		f.unwrite()
		f.prev = f.tail(1)
	}
	f.stretchTo(end)
	return true
}

// pairAgain handles the end of ABAB, which becomes AB; buf ends in ABA. A不A不 is
// no stutter: 是不是不能 would turn into its opposite, and 是不是不是 likewise.
func (f *Folded) pairAgain(b rune, end int) bool {
	a := f.last
	if !repeats(a) || !repeats(b) || f.tail(2) != a || b == '不' || b == '没' {
		return false
	}
	if (a == '不' || a == '没') && f.tail(3) == b {
		return false
	}
	f.unwrite()
	f.stretchTo(end)
	f.prev, f.last, f.said = a, b, 1
	return true
}

// repeats reports whether saying r again can be a stutter.
func repeats(r rune) bool { return isHan(r) && !strings.ContainsRune(numerals, r) }

// tail returns the character n places before the last one of buf, or 0.
func (f *Folded) tail(n int) rune {
	rest := f.buf
	for range n {
		_, size := utf8.DecodeLastRune(rest)
		rest = rest[:len(rest)-size]
	}
	if len(rest) == 0 {
		return 0
	}
	r, _ := utf8.DecodeLastRune(rest)
	return r
}
