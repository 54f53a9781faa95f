package zz_oldmask

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
	numeral  trait = 1 << iota // a digit, written or spoken
	mail                       // of an e-mail address
	naming                     // after which, or in answer to which, a name may be said
	holder                     // the same, but only behind certain characters
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
	provinces    = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
)

// traits are the traits of the characters of the basic plane, in any script and width.
var traits = sync.OnceValue(func() *[1 << 16]trait {
	marks := map[rune]trait{}
	for set, t := range map[string]trait{mailMarks: mail, namingMarks: naming, holderMarks: holder, provinces: province} {
		for _, r := range set {
			marks[r] |= t
		}
	}
	out := &[1 << 16]trait{}
	for r := range rune(len(out)) {
		f := text.FoldRune(r)
		out[r] = marks[f]
		if _, spoken := digit(f); spoken {
			out[r] |= numeral
		}
	}
	return out
})

// look finds the traits of a text and counts its digits.
func look(s string, traits *[1 << 16]trait) (seen trait, digits int) {
	var before trait
	last := rune(0)
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		var t trait
		if r < 1<<16 {
			t = traits[r]
		}
		if t != 0 {
			if t&numeral != 0 {
				digits++
			}
			if t&holder != 0 && (strings.ContainsRune(beforeHolder, text.FoldRune(last)) || strings.HasPrefix(s[i:], "字")) {
				seen |= naming
			}
			seen |= t
		} else if before&province != 0 && isLetter(text.FoldRune(r)) {
			seen |= plate
		}
		if r != ' ' {
			before, last = t, r
		}
	}
	return seen, digits
}

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
