package mask

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/text"
)

// trait says why a text is worth a closer look. Most turns have none, and looking
// for traits is all that they cost.
type trait uint8

const (
	numeral  trait = 1 << iota // a digit, written or spoken, or an X
	pause                      // may stand between the parts of a number
	mail                       // of an e-mail address
	naming                     // after which, or in answer to which, a name may be said
	telling                    // of those, what may have the name behind it
	holder                     // both, but only beside certain characters
	province                   // first character of a plate
	plate                      // such a character with a letter behind it
)

// The characters with a trait, folded.
const (
	mailMarks   = "@＠艾"
	namingMarks = "姓叫称"
	holderMarks = "人主名"
	// beforeHolder are the characters before those of holder: 联系人, 机主, 户名.
	beforeHolder = "系件货卡户保款请机车险"
	// beforeCalled are the last characters of callers, and of 名字.
	beforeCalled = "我他她人字主公婆生太子儿爸妈亲友事名就是"
	provinces    = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
)

// traits are the traits of the characters of the basic plane, in any script and width.
var traits = sync.OnceValue(makeTraits)

// makeTraits marks the folded characters first and copies the marks to what folds to
// them: a look-up for each of the 65,536 would take longer than judging a call.
func makeTraits() *[1 << 16]trait {
	folded := &[1 << 16]trait{}
	mark := func(set string, t trait) {
		for _, r := range set {
			folded[r] |= t
		}
	}
	mark(mailMarks, mail)
	mark(namingMarks, naming)
	mark("姓", telling)
	mark(holderMarks, holder)
	mark(provinces, province)
	mark("x叉", numeral)
	mark(tight+breaks+hums+strings.Join(fillers(), ""), pause)
	for r := range rune(len(folded)) {
		if _, spoken := digit(r); spoken {
			folded[r] |= numeral
		}
	}
	out := &[1 << 16]trait{}
	for r := range rune(len(out)) {
		out[r] = folded[text.FoldRune(r)]
	}
	return out
}

// glance is what one look at a text tells. A recital is digits with nothing between them
// but what may stand between the parts of a number.
type glance struct {
	seen    trait
	digits  int  // digits in all
	longest int  // digits, and Xs, of the longest recital
	head    int  // of the recital that the text begins with, and of that …
	tail    int  // … which it ends with
	whole   bool // that is one and the same: the text is nothing else
	times   bool // a digit may stand for several: 三个零
	answers bool // the text before asks for a name
}

// look looks at a text once, character by character. The characters of Chinese are decoded
// here: with a call for each of them it takes twice as long.
func look(s string, traits *[1 << 16]trait) glance {
	g := glance{whole: true}
	run, open := 0, true // the digits of a recital that is not broken off
	for i, size := 0, 0; i < len(s); i += size {
		r := rune(s[i])
		size = 1
		if 0xe1 <= r && r <= 0xef && r != 0xed && i+2 < len(s) && s[i+1]&0xc0 == 0x80 && s[i+2]&0xc0 == 0x80 {
			r, size = r&0xf<<12|rune(s[i+1]&0x3f)<<6|rune(s[i+2]&0x3f), 3
		} else if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		var t trait
		if r < 1<<16 {
			t = traits[r]
		}
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
		g.noteNumeral(before, r)
	case t&holder != 0:
		g.noteHolder(lastRune(before), after)
	case t&naming != 0 && text.FoldRune(r) == '叫' && strings.ContainsRune(beforeCalled, lastRune(before)):
		g.seen |= telling
	case t&province != 0 && isLetter(firstRune(after)):
		g.seen |= plate
	}
	g.seen |= t
}

// noteNumeral notes a digit or an X.
func (g *glance) noteNumeral(before string, r rune) {
	if r < utf8.RuneSelf && !isDigit(r) || r >= utf8.RuneSelf && isX(text.FoldRune(r)) {
		return
	}
	g.digits++
	last, _ := utf8.DecodeLastRuneInString(before)
	g.times = g.times || text.FoldRune(last) == '个'
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

// isX reports whether a folded character is what the number of an identity card may end in.
func isX(r rune) bool { return r == 'x' || r == '叉' }

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

// digit is the value of a folded character that is a digit, '0' to '9', as it is
// written or spoken: 幺 for 1, 洞 for 0, 拐 for 7, 勾 for 9, and what
// recognisers make of them.
func digit(r rune) (value byte, ok bool) {
	if '0' <= r && r <= '9' {
		return byte(r), true
	}
	switch r {
	case '零', '〇', '○', '洞':
		return '0', true
	case '一', '幺', '壹', '妖', '腰':
		return '1', true
	case '二', '两', '贰', '俩':
		return '2', true
	case '三', '叁', '仨':
		return '3', true
	case '四', '肆':
		return '4', true
	case '五', '伍':
		return '5', true
	case '六', '陆':
		return '6', true
	case '七', '柒', '拐':
		return '7', true
	case '八', '捌':
		return '8', true
	case '九', '玖', '勾':
		return '9', true
	}
	return 0, false
}
