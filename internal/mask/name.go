package mask

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/text"
)

// names hides the names that people say after 我叫, 姓名 and the like or in answer
// to a question for them, and then wherever the call says them again.
func (d *dialogue) names(customer string) {
	known := &knownNames{}
	known.add([]rune(customer))
	for i := range d.lines {
		l := &d.lines[i]
		if !l.mayName() && !l.answers {
			continue
		}
		w := newWords(l.runes())
		if l.answers {
			w.answer()
		}
		w.cues()
		for _, f := range w.found {
			known.add(w.hide(l, f))
		}
	}
	d.hideEverywhere(known)
}

// words is a line in which names are looked for: without the spaces that some recognisers
// write between all characters.
type words struct {
	rs    []rune
	at    []int // code point of the line; nil: the same
	found []nameRange
}

type nameRange struct{ from, to int }

func newWords(rs []rune) words {
	if !spacedOut(rs) {
		return words{rs: rs}
	}
	w := words{}
	for i, r := range rs {
		if r != ' ' {
			w.rs, w.at = append(w.rs, r), append(w.at, i)
		}
	}
	return w
}

// hide hides a name in its line, and returns it.
func (w *words) hide(l *line, f nameRange) []rune {
	if w.at == nil {
		l.hide(f.from, f.to)
	} else {
		for _, at := range w.at[f.from:f.to] {
			l.hide(at, at+1)
		}
	}
	return w.rs[f.from:f.to]
}

// spacedOut reports whether a text has a space between most of its characters.
func spacedOut(rs []rune) bool {
	if !slices.Contains(rs, ' ') {
		return false
	}
	spaces, han := 0, 0
	for _, r := range rs {
		switch {
		case r == ' ':
			spaces++
		case isHan(r):
			han++
		}
	}
	return han > 1 && spaces*3 >= (han-1)*2
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// cues looks for names behind the words that announce them.
func (w *words) cues() {
	for i := range w.rs {
		from, sort := w.cueAt(i)
		if sort == noCue {
			continue
		}
		from = w.skip(from)
		if sort == surnameCue {
			w.surname(from)
		} else if n := nameLength(w.rs[from:]); n > 0 {
			w.found = append(w.found, nameRange{from, from + n})
		}
	}
}

// surname hides the name after 姓, of which only the surname is sure, and one in
// full after it: 我姓王，王建国.
func (w *words) surname(from int) {
	n := surnameLength(w.rs[from:])
	if n == 0 || noNames().begins(w.rs[from:]) {
		return
	}
	w.found = append(w.found, nameRange{from, from + n})
	next := w.skip(from + n)
	if next > from+n && surnameLength(w.rs[next:]) == n && slices.Equal(w.rs[from:from+n], w.rs[next:next+n]) {
		if full := nameLength(w.rs[next:]); full > n {
			w.found = append(w.found, nameRange{next, next + full})
		}
	}
}

// cue says how a word announces a name.
type cue uint8

const (
	noCue cue = iota
	nameCue
	surnameCue
)

// callers are who may stand before 叫 for a name to follow: 我叫了快递 and 他叫车 have
// none, and 这个业务叫做 is followed by no name of a person.
const callers = "我 他 她 本人 名字 机主 户主 老公 老婆 爱人 先生 太太 儿子 女儿 孩子 爸 妈 爸爸 妈妈 父亲 母亲 朋友 同事 名 就 是"

// holders are the words for the person whom a name belongs to.
const holders = "姓名 户名 联系人 收件人 收货人 持卡人 开户人 投保人 被保险人 被保人 寄件人 发件人 付款人 收款人 办理人 申请人 经办人 机主 户主 车主 名字是 名字"

// nameCues are the words that a name may follow, by their last character.
var nameCues = sync.OnceValue(func() map[rune][][]rune {
	words := strings.Fields(holders)
	for _, who := range strings.Fields(callers) {
		words = append(words, who+"叫", who+"名字叫")
	}
	out := map[rune][][]rune{}
	for _, w := range words {
		rs := []rune(w)
		end := rs[len(rs)-1]
		out[end] = append(out[end], rs)
	}
	return out
})

// cueAt finds a word that ends with the character at i, and where it ends with its particles.
func (w *words) cueAt(i int) (end int, sort cue) {
	switch w.rs[i] {
	case '姓':
		if i+1 < len(w.rs) && !strings.ContainsRune("名氏", w.rs[i+1]) && (i == 0 || w.rs[i-1] != '百') {
			return i + 1, surnameCue
		}
	case '叫':
		if w.endsCue(i) {
			return skip(w.rs, i+1, "做作"), nameCue
		}
	case '名', '人', '主', '是', '字':
		if w.endsCue(i) {
			return i + 1, nameCue
		}
	}
	return 0, noCue
}

// endsCue reports whether a word that a name may follow ends with the character at i.
func (w *words) endsCue(i int) bool {
	return slices.ContainsFunc(nameCues()[w.rs[i]], func(cue []rune) bool { return hasSuffix(w.rs[:i+1], cue) })
}

// skip skips what may stand between a cue and a name.
func (w *words) skip(i int) int {
	return skip(w.rs, i, " 是为叫:：,，、。嗯呃啊额就\"“”(（")
}

// questions are the words by which a name is asked for.
var questions = sync.OnceValue(func() [][]rune {
	var out [][]rune
	for _, q := range strings.Fields("贵姓 姓名 怎么称呼 如何称呼 叫什么 名字 户名 联系人 姓什么") {
		out = append(out, []rune(q))
	}
	return out
})

// asksName reports whether a turn ends with a question for a name.
func asksName(said string) bool {
	var buffer [farBefore]rune
	at := len(buffer)
	for ; at > 0 && said != ""; at-- {
		r, size := utf8.DecodeLastRuneInString(said)
		buffer[at-1], said = text.FoldRune(r), said[:len(said)-size]
	}
	for end := buffer[at:]; len(end) > 1; end = end[1:] {
		for _, q := range questions() {
			if end[0] == q[0] && hasPrefix(end, q) {
				return true
			}
		}
	}
	return false
}

func hasPrefix(s, prefix []rune) bool {
	return len(s) >= len(prefix) && slices.Equal(s[:len(prefix)], prefix)
}

// answer looks for a name that a turn starts with, and that is all it says up to a break.
func (w *words) answer() {
	from := skip(w.rs, 0, " ,，。、嗯呃啊哦额是叫我姓免贵:：")
	n := nameLength(w.rs[from:])
	end := skip(w.rs, from+n, "吧啊呀哈的了")
	if n > 0 && (end == len(w.rs) || !isHan(w.rs[end])) {
		w.found = append(w.found, nameRange{from, from + n})
	}
}

const longestName = 4

// nameLength is the number of characters of the name of a person at the start of a
// text, 0 if there is none. A name begins with a surname; it ends before a word that
// goes on, or after two more characters.
func nameLength(rs []rune) int {
	n := surnameLength(rs)
	if n == 0 || noNames().begins(rs) || hasTitle(rs[n:]) {
		return 0
	}
	run := hanRun(rs)
	if run == n {
		return n
	}
	if goesOn(rs[n:]) {
		return 0
	}
	if run == longestName && n == 1 && surnameLength(rs[1:]) == 1 && !goesOn(rs[2:]) && !goesOn(rs[3:]) && !hasTitle(rs[2:]) && !hasTitle(rs[3:]) {
		return longestName // the surnames of both parents
	}
	if run == n+1 || goesOn(rs[n+1:]) || hasTitle(rs[n+1:]) {
		return n + 1
	}
	return n + 2
}

// hanRun is the number of Han characters at the start, no more than are looked at.
func hanRun(rs []rune) int {
	n := 0
	for n < len(rs) && n <= longestName && isHan(rs[n]) {
		n++
	}
	return n
}

func surnameLength(rs []rune) int {
	if len(rs) > 1 && compoundSurnames()[string(rs[:2])] {
		return 2
	}
	if len(rs) > 0 && strings.ContainsRune(surnames, rs[0]) {
		return 1
	}
	return 0
}

// hasTitle reports whether a text starts with how people are addressed: 王师傅 is no full name.
func hasTitle(rs []rune) bool {
	return titles().begins(rs)
}

// goesOn reports whether a text starts with a word that is no part of a name.
func goesOn(rs []rune) bool {
	return len(rs) == 0 || strings.ContainsRune("的我你您是吗呢吧啊呀哦嗯啦了不什怎么这那他她它们个想要请叫姓就都也很给跟没吃查打把被让还再哪谁问说两几零", rs[0]) ||
		noNameParts().begins(rs)
}
