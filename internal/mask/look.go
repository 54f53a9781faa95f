package mask

import (
	"strings"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/text"
)

// glance is what one look at a text tells. A recital is digits with nothing between them
// but what may stand between the parts of a number.
type glance struct {
	seen    trait
	digits  int  // digits in all
	longest int  // digits, and Xs, of the longest recital
	head    int  // of the recital that the text begins with, and of that …
	tail    int  // … which it ends with
	whole   bool // that is one and the same: the text is nothing else
	answers bool // the text before asks for a name
}

// look looks at a text once. Character by character it goes only where a recital may go on; those
// of Chinese are decoded here, because a call for each of them takes longer.
func look(s string, known *chart) glance {
	g := glance{whole: true}
	run, open := 0, true // the digits of a recital that is not broken off
	for i, size := 0, 0; i < len(s); i += size {
		if !open {
			if i = known.skip(s, i); i == len(s) {
				break
			}
		}
		r := rune(s[i])
		size = 1
		if 0xe1 <= r && r <= 0xef && r != 0xed && i+2 < len(s) && s[i+1]&0xc0 == 0x80 && s[i+2]&0xc0 == 0x80 {
			r, size = r&0xf<<12|rune(s[i+1]&0x3f)<<6|rune(s[i+2]&0x3f), 3
		} else if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		t := known.trait(r)
		if open && t&(numeral|pause) == 0 {
			g.breakOff(run)
			run, open = 0, false
		}
		if t&^pause == 0 {
			continue
		}
		if t&numeral != 0 {
			run, open = run+1, true
		}
		g.note(s[:i], r, s[i+size:], t)
	}
	if g.whole {
		g.head = run
	}
	g.tail, g.longest = run, max(g.longest, run)
	return g
}

// breakOff ends a recital of so many digits.
func (g *glance) breakOff(run int) {
	if g.whole {
		g.head, g.whole = run, false
	}
	g.longest = max(g.longest, run)
}

// note notes the traits t of a character, by what stands around it.
func (g *glance) note(before string, r rune, after string, t trait) {
	switch {
	case t&numeral != 0:
		if !isX(text.FoldRune(r)) {
			g.digits++
		}
	case t&holder != 0:
		g.noteHolder(lastRune(before), after)
	case t&naming != 0 && text.FoldRune(r) == '叫' && strings.ContainsRune(beforeCalled, lastRune(before)):
		g.seen |= telling
	case t&province != 0 && isLetter(firstRune(after)):
		g.seen |= plate
	}
	g.seen |= t
}

// noteHolder notes a character that may be of a holder.
func (g *glance) noteHolder(before rune, after string) {
	switch {
	case strings.ContainsRune(beforeHolder, before), strings.HasPrefix(after, "字"):
		g.seen |= naming | telling
	case before == '理', before == '办', strings.HasPrefix(after, " "): // 办理人, 经办人, 名 字
		g.seen |= telling
	}
}

// mayName reports whether the text itself may announce a name.
func (g *glance) mayName() bool { return g.seen&(naming|telling) == naming|telling }

// lastRune is the last character of s that is no space, folded.
func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " "))
	return text.FoldRune(r)
}

// firstRune is the first character of s that is no space, folded.
func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " "))
	return text.FoldRune(r)
}
