package mask

import (
	"slices"
	"strings"
	"sync"
)

// element is a digit as it is said: a character, or several of them as in 三个零.
type element struct {
	line, from, to int // code points of a line
	digit          byte
	times          int // digits that it stands for
}

// group is digits without anything between them, all written or all spoken.
type group struct {
	elements []element
	spoken   bool
	gap      gap   // to the group before
	wordy    bool  // a letter stands beside it, as in the number of an order or a file
	starred  bool  // an asterisk does: it is what a mask has left over
	topic    topic // what was spoken of before it, once that was looked for
}

// gap says what stands between two groups.
type gap uint8

const (
	touching gap = iota // nothing: only the way of writing changes
	spaced              // a space, a dash or a bracket
	paused              // punctuation and fillers, as recognisers write pauses
	broken              // anything else
)

func (g *group) first() element { return g.elements[0] }
func (g *group) last() element  { return g.elements[len(g.elements)-1] }

func (g *group) size() int {
	n := 0
	for _, e := range g.elements {
		n += e.times
	}
	return n
}

// groups finds the digits of a line.
func (l *line) groups(index int, id bool) []group {
	rs := l.runes()
	all := make([]element, 0, l.digits+4) // of all groups: they follow each other
	out := make([]group, 0, 4)
	known := traits()
	for i := 0; i < len(rs); {
		if known.trait(rs[i])&numeral == 0 {
			i++
			continue
		}
		e, n := elementAt(rs, i)
		if n == 0 || e.digit == 'X' && !ends(rs, i, out) {
			i++
			continue
		}
		e.line = index
		all = append(all, e)
		written := rs[i] < 0x80
		if k := len(out); k > 0 && out[k-1].last().to == i && out[k-1].spoken != written && e.digit != 'X' {
			out[k-1].elements = all[len(all)-1-len(out[k-1].elements):]
		} else {
			g := group{elements: all[len(all)-1:], spoken: !written, gap: broken}
			if k > 0 {
				g.gap = gapOf(rs[out[k-1].last().to:i])
			}
			out = append(out, g)
		}
		i += n
	}
	for i := range out {
		out[i].elements = slices.Clip(out[i].elements)
		out[i].edges(rs, id)
	}
	spreadStars(out)
	return out
}

// spreadStars marks the groups that nothing parts from one beside an asterisk: with it they are
// what a mask has left over.
func spreadStars(groups []group) {
	for i := 1; i < len(groups); i++ {
		groups[i].starred = groups[i].starred || groups[i].gap == touching && groups[i-1].starred
	}
	for i := len(groups) - 1; i > 0; i-- {
		groups[i-1].starred = groups[i-1].starred || groups[i].gap == touching && groups[i].starred
	}
}

// elementAt reads a digit at the start of rs[i:], of n characters; n is 0 if there is none.
func elementAt(rs []rune, i int) (e element, n int) {
	e = element{from: i, to: i + 1, times: 1}
	if i+2 < len(rs) && rs[i+1] == '个' {
		d, ok := digit(rs[i+2])
		if times := strings.IndexRune("两三四五", rs[i]); ok && times >= 0 {
			e.digit, e.to, e.times = d, i+3, 2+times/len("两")
			return e, 3
		}
	}
	if d, ok := digit(rs[i]); ok {
		e.digit = d
		return e, 1
	}
	if isX(rs[i]) {
		e.digit = 'X'
		return e, 1
	}
	return e, 0
}

// ends reports whether an X may be the end of the groups before it.
func ends(rs []rune, i int, before []group) bool {
	return len(before) > 0 && gapOf(rs[before[len(before)-1].last().to:i]) < broken &&
		(i+1 == len(rs) || !isPlate(rs[i+1]))
}

// edges looks at what stands beside a group.
func (g *group) edges(rs []rune, id bool) {
	for _, i := range []int{g.first().from - 1, g.last().to} {
		if i < 0 || i >= len(rs) {
			continue
		}
		g.starred = g.starred || rs[i] == star
		g.wordy = g.wordy || isLetter(rs[i]) && rs[i] != 'x' && !labelled(rs, i, id) && !remarked(rs, i)
	}
}

// labelled reports whether the letters that end at i say that a number follows, as all
// letters do at the start of an id.
func labelled(rs []rune, i int, id bool) bool {
	from := i
	for from > 0 && isLetter(rs[from-1]) {
		from--
	}
	if id && (i+1 == len(rs) || !isLetter(rs[i+1])) && (from == 0 || !isDigit(rs[from-1])) {
		return i+1 < len(rs) && isDigit(rs[i+1])
	}
	switch string(rs[from : i+1]) {
	case "tel", "mobile", "phone", "mob", "qq", "wx", "vx", "id", "card", "no":
		return true
	}
	return isRemark(string(rs[from : i+1]))
}

// remarked reports whether letters that begin at i, behind a number, are a word of their own.
func remarked(rs []rune, i int) bool {
	to := i
	for to < len(rs) && isLetter(rs[to]) {
		to++
	}
	return i > 0 && isDigit(rs[i-1]) && (to == len(rs) || !isDigit(rs[to])) && isRemark(string(rs[i:to]))
}

// isRemark reports whether letters are what people say beside a number, and no part of it.
func isRemark(letters string) bool {
	switch letters {
	case "ok", "vip", "svip", "hi", "hello", "sim", "call", "sms", "app", "wechat", "whatsapp":
		return true
	}
	return false
}

const (
	mostSpaced = 3 // characters between two groups that are written as one number
	mostPaused = 12
	tight      = " -—–.·()－．（）\t\u3000/_" + odd
	// odd are spaces, dashes and marks without width that documents and web pages write for plain ones.
	odd    = "\u00a0\u00ad\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2010\u2011\u2012\u2015\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe58\ufe63\ufeff"
	breaks = ",，、。…~～;；!！?？\n\r"
	hums   = "嗯啊呃额哦噢喔唔哎诶欸对是的呢吧吗哈呀好杠再了哟嘛"
)

// gapOf says what the characters between two groups are.
func gapOf(rs []rune) gap {
	switch {
	case len(rs) == 0:
		return touching
	case len(rs) <= mostSpaced && only(rs, tight):
		return spaced
	case len(rs) <= mostPaused && isFiller(rs):
		return paused
	}
	return broken
}

func only(rs []rune, set string) bool {
	for _, r := range rs {
		if !strings.ContainsRune(set, r) {
			return false
		}
	}
	return true
}

// fillers are words that people say between the parts of a number.
var fillers = sync.OnceValue(func() []string {
	return []string{"那个", "这个", "然后", "就是", "后面", "接着", "前面", "中间", "最后", "空格", "横杠", "完了", "还有"}
})

// isFiller reports whether people say nothing but that they are still speaking.
func isFiller(rs []rune) bool {
	known := traits()
	for _, r := range rs {
		if known.trait(r)&pause == 0 { // so are most, and it spares looking for words
			return false
		}
	}
	if only(rs, tight+breaks+hums) {
		return true
	}
	rest := string(rs)
	for _, f := range fillers() {
		rest = strings.ReplaceAll(rest, f, "")
	}
	return only([]rune(rest), tight+breaks+hums)
}
