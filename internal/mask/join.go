package mask

import (
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

const (
	fewest       = 10 // digits of a number that is one by itself
	longest      = 24 // digits of a number with its prefix, and some more
	mostParts    = 24 // groups of one number
	mostRepeated = 60 // digits of numbers that are said without a pause
	farApart     = 4  // lines from one part of a number to the next
	mostCut      = 10 // digits that may stand at both ends of a number and belong to words: 五个零 twice
	mostBeside   = 16 // characters of what another says while a number is read out
)

// numbers hides the numbers of people.
func (d *dialogue) numbers() {
	var done []call.Role
	for i := range d.lines {
		role := d.lines[i].role
		if slices.Contains(done, role) {
			continue
		}
		done = append(done, role)
		for s := d.stream(role); len(s) > 0; {
			n := unbroken(s)
			d.numbersIn(s[:n])
			s = s[n:]
		}
	}
}

// unbroken is how many groups from the first one on may be of one number.
func unbroken(groups []group) int {
	n := 1
	for n < len(groups) && groups[n].gap < broken {
		n++
	}
	return n
}

// numbersIn hides the numbers in groups that nothing breaks. What is written without a break is
// looked at first, what only pauses join last, so that two numbers in a row are not taken for one.
func (d *dialogue) numbersIn(groups []group) {
	size := sizeOfAll(groups)
	if size < shortest {
		return
	}
	used := make([]bool, len(groups))
	for widest := touching; widest <= paused && size >= fewest; widest++ {
		for i := range groups {
			d.numberFrom(groups, used, i, widest)
		}
	}
	for i := range groups {
		if !d.id {
			d.localFrom(groups, used, i)
			d.repeatedIn(groups, used, i)
			d.misheardFrom(groups, used, i)
		}
	}
}

// continues reports whether a digit may go on with the number that another ends with: between
// them there are only fillers, and short remarks of others.
func (d *dialogue) continues(a, b element) bool {
	if b.line-a.line > farApart || !isFiller(d.lines[a.line].runes()[a.to:]) || !isFiller(d.lines[b.line].runes()[:b.from]) {
		return false
	}
	for i := a.line + 1; i < b.line; i++ {
		if len(d.lines[i].runes()) > mostBeside {
			return false
		}
	}
	return true
}

// numberFrom hides the longest number that starts with a group and has no gap
// wider than that.
func (d *dialogue) numberFrom(groups []group, used []bool, i int, widest gap) {
	found, parts := number{}, 0
	n := 0
	for j := i; j < len(groups) && j < i+mostParts && !used[j]; j++ {
		if j > i && (groups[j].gap > widest || groups[j].starred || groups[j-1].starred) {
			break
		}
		if n += groups[j].size(); n > longest {
			break
		}
		if n < fewest {
			continue
		}
		if one, ok := d.number(groups[i:j+1], complete); ok {
			found, parts = one, j+1-i
		}
	}
	if parts == 0 {
		return
	}
	d.hide(found)
	for j := i; j < i+parts; j++ {
		used[j] = true
	}
}

// localFrom hides a number without area code that starts with a group.
func (d *dialogue) localFrom(groups []group, used []bool, i int) {
	for n := 2; n >= 1; n-- {
		if i+n > len(groups) || used[i] || used[i+n-1] || n == 2 && (groups[i+1].gap > spaced || groups[i+1].starred || groups[i].starred) {
			continue
		}
		if size := sizeOfAll(groups[i : i+n]); size < shortest || size > 8+mostCut {
			continue
		}
		if one, ok := d.number(groups[i:i+n], local); ok && d.said(one) {
			d.hide(one)
			used[i], used[i+n-1] = true, true
			return
		}
	}
}

// misheardFrom hides a group that is a mobile number but for a digit.
func (d *dialogue) misheardFrom(groups []group, used []bool, i int) {
	if size := groups[i].size(); used[i] || size < 10 || size > 12+mostCut {
		return
	}
	if one, ok := d.number(groups[i:i+1], misheard); ok {
		d.hide(one)
		used[i] = true
	}
}

// repeatedIn hides the numbers of a group that is nothing but several of them, as those who say a
// number twice without a pause make it.
func (d *dialogue) repeatedIn(groups []group, used []bool, i int) {
	if size := groups[i].size(); used[i] || size < 2*fewest || size > mostRepeated {
		return
	}
	found := d.split(groups[i], 0, map[int]bool{})
	for _, n := range found {
		d.hide(n)
	}
	used[i] = found != nil
}

// split parts the elements of a group, from one on, into numbers, the first as short as can be;
// nil where that leaves a rest. dead are the elements from which it does, so that none is tried twice.
func (d *dialogue) split(g group, from int, dead map[int]bool) []number {
	for to := from + 1; to <= len(g.elements) && !dead[from]; to++ {
		part := g
		if part.elements, part.topic = g.elements[from:to], untold; part.size() < fewest {
			continue
		}
		one, ok := d.number([]group{part}, complete)
		if !ok || len(one.elements) < len(part.elements) {
			continue
		}
		if to == len(g.elements) {
			return []number{one}
		}
		if others := d.split(g, to, dead); others != nil {
			return append([]number{one}, others...)
		}
	}
	dead[from] = true
	return nil
}

// said reports whether nothing but a verb stands between a number and what it is said to be.
func (d *dialogue) said(n number) bool {
	e := n.elements[0]
	all := d.lines[e.line].runes()[:e.from]
	before := strings.TrimRight(string(all[max(0, len(all)-farBefore):]), " ,，:：是为就有我你您在“\"(（")
	if before == "" {
		return e.line > 0 // it answers the turn before
	}
	return slices.ContainsFunc(topicWords()[phone], func(w string) bool { return strings.HasSuffix(before, w) })
}

// number is elements that were recognised.
type number struct {
	elements []element
	core     int // digits from the end that are not the prefix of a country
}

// number recognises groups, if need be without a first or last digit that is
// spoken and belongs to the words beside them: …零零零一共.
func (d *dialogue) number(groups []group, as guise) (number, bool) {
	first, last := &groups[0], &groups[len(groups)-1]
	if first.wordy || last.wordy || len(groups) > 1 && d.isMoney(last.elements) {
		return number{}, false
	}
	c := candidate{before: d.told(first), call: d, from: first.first()}
	if as != complete && c.before != phone {
		return number{}, false
	}
	all := d.join(groups)
	if len(all) < shortest {
		return number{}, false
	}
	c.describe(groups)
	digits := digitsOf(all)
	for _, cut := range [][2]int{{0, 0}, {0, 1}, {1, 0}, {1, 1}} {
		if cut[0] == 1 && !first.spoken || cut[1] == 1 && !last.spoken {
			continue
		}
		part := all[cut[0] : len(all)-cut[1]]
		c.digits = digits[sizeOf(all[:cut[0]]) : len(digits)-sizeOf(all[len(all)-cut[1]:])]
		if core, ok := c.is(as); ok && (c.isSure() || !d.isMoney(part)) {
			return number{slices.Clone(part), core}, true
		}
	}
	return number{}, false
}

// join is the elements of groups, until it is called again: most are of no number.
func (d *dialogue) join(groups []group) []element {
	d.joined = d.joined[:0]
	for i := range groups {
		d.joined = append(d.joined, groups[i].elements...)
	}
	return d.joined
}

func sizeOfAll(groups []group) int {
	n := 0
	for i := range groups {
		n += groups[i].size()
	}
	return n
}

func sizeOf(elements []element) int {
	n := 0
	for _, e := range elements {
		n += e.times
	}
	return n
}

func digitsOf(elements []element) string {
	var b strings.Builder
	b.Grow(sizeOf(elements))
	for _, e := range elements {
		for range e.times {
			b.WriteByte(e.digit)
		}
	}
	return b.String()
}

// describe sets the shape, and whether all is spoken.
func (c *candidate) describe(groups []group) {
	var buffer [2 * mostParts]byte
	sizes, n := buffer[:0], 0
	c.spoken, c.recited = true, true
	for i := range groups {
		g := &groups[i]
		c.spoken = c.spoken && (g.spoken || g.first().digit == 'X')
		c.paused = c.paused || i > 0 && g.gap == paused
		c.recited = c.recited && (i == 0 || g.gap == touching || g.first().line > groups[i-1].last().line)
		if i > 0 && g.gap > touching && g.first().digit != 'X' {
			sizes = append(appendInt(sizes, n), '-')
			n = 0
		}
		n += g.size()
	}
	c.shape = string(appendInt(sizes, n))
}

func appendInt(b []byte, n int) []byte {
	if n >= 10 {
		b = append(b, byte('0'+n/10))
	}
	return append(b, byte('0'+n%10))
}

// isMoney reports whether digits are an amount or the start of a decimal number.
func (d *dialogue) isMoney(elements []element) bool {
	e, rs := elements[0], d.lines[elements[0].line].runes()
	if e.from > 0 && strings.ContainsRune("¥￥$€£", rs[e.from-1]) {
		return true
	}
	e = elements[len(elements)-1]
	rest := d.lines[e.line].runes()[e.to:]
	if len(rest) == 0 {
		return false
	}
	return isFraction(rest) || isUnit(rest, sizeOf(elements))
}

// isFraction reports whether a text starts with a point and one or two digits, which
// are no time of day and no date.
func isFraction(rs []rune) bool {
	n := 0
	for rs[0] == '.' && 1+n < len(rs) && isDigit(rs[1+n]) {
		n++
	}
	return (n == 1 || n == 2) && (1+n == len(rs) || !strings.ContainsRune("点號号月日楼", rs[1+n]))
}

// noUnits are words and names that begin like a unit.
var noUnits = wordsOf("千万 万一 万分 万万 百分 百般 十分 十点 十号 十月 元旦 元月 元宵 块儿")

// isUnit reports whether a text starts with the unit of an amount of so many digits, and
// not with a word or a name that begins like one: 千万, 万一, 十点, 元旦, 万先生. Numbers as
// long as those of people need no 万 or 千 but before a currency.
func isUnit(rs []rune, size int) bool {
	switch {
	case !strings.ContainsRune("万亿千百十元块圆%‰", rs[0]):
		return false
	case noUnits().begins(rs) || hasTitle(rs[1:]):
		return false
	case strings.ContainsRune("万亿千百十", rs[0]):
		return size < fewest || len(rs) > 1 && strings.ContainsRune("元块圆美港人多余", rs[1])
	}
	return true
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

const (
	seenBefore = 3 // digits of a long number that stay, at its start …
	seenAfter  = 4 // … and at its end
	seenShort  = 2 // at the end of a short one
	long       = 11
)

// hide hides the middle of a number.
func (d *dialogue) hide(n number) {
	total := 0
	for _, e := range n.elements {
		total += e.times
	}
	prefix, before, after := max(0, total-n.core), seenBefore, seenAfter
	if n.core < long {
		before, after = 0, seenShort
	}
	at := 0
	for _, e := range n.elements {
		if at+e.times > prefix+before && at < total-after && at >= prefix {
			d.lines[e.line].hide(e.from, e.to)
		}
		at += e.times
	}
}
