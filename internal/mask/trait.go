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

// chart has the traits of the characters of the basic plane, in any script and width.
type chart struct {
	of     [1 << 16]trait
	ascii  [2]uint64       // a bit for each character that has more than a pause …
	marked [1 << 10]uint64 // … for each of three bytes too, and for what three bytes must not be
}

// traits is the chart of all characters.
var traits = sync.OnceValue(makeTraits)

// makeTraits marks the folded characters first and copies the marks to what folds to
// them: a look-up for each of the 65,536 would take longer than judging a call.
func makeTraits() *chart {
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
	out := &chart{}
	for r := range rune(len(out.of)) {
		out.of[r] = folded[text.FoldRune(r)]
		out.mark(r)
	}
	return out
}

// mark sets the bits of a character whose trait is known.
func (c *chart) mark(r rune) {
	bit := uint64(1) << (r & 63)
	if c.of[r]&^pause != 0 && r < utf8.RuneSelf {
		c.ascii[r>>6] |= bit
	}
	if c.of[r]&^pause != 0 || utf8.RuneLen(r) != 3 {
		c.marked[r>>6] |= bit
	}
}

// trait is the trait of a character.
func (c *chart) trait(r rune) trait {
	if r >= rune(len(c.of)) {
		return 0
	}
	return c.of[r]
}

// skip goes on from i to the next character that may have more than a pause. That is how most of a
// text is read, so it takes the bytes of a character at once, and its bit from a table that is
// small enough to stay near.
func (c *chart) skip(s string, i int) int {
	for i+3 < len(s) {
		b := uint32(s[i]) | uint32(s[i+1])<<8 | uint32(s[i+2])<<16 | uint32(s[i+3])<<24
		switch {
		case b&0xc0c0f0 == 0x8080e0:
			if c.marked[b&0xf<<6|b>>8&0x3f]>>(b>>16&0x3f)&1 != 0 {
				return i
			}
			i += 3
		case b&0x80 == 0:
			if c.ascii[b>>6&1]>>(b&0x3f)&1 != 0 {
				return i
			}
			i++
		default:
			return i
		}
	}
	return i
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
