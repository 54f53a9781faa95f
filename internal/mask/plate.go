package mask

import (
	"slices"
	"strings"
)

// plates hides number plates: 京A12345, 粤B·D12345 of cars on electricity,
// with spoken digits too. The province, its letter and the last two stay.
func (d *dialogue) plates() {
	for i := range d.lines {
		l := &d.lines[i]
		if l.unseen || l.seen&plate == 0 {
			continue
		}
		rs := l.left()
		for at := range rs {
			if from, to, ok := plateAt(rs, at); ok {
				l.hidePlate(from, to)
			}
		}
	}
}

// left are the folded characters of the line as far as they are not hidden, so that a plate beside
// something hidden is found whether that is still to be seen or not.
func (l *line) left() []rune {
	if l.hidden == nil {
		return l.runes()
	}
	out := slices.Clone(l.folded)
	for i, hidden := range l.hidden {
		if hidden {
			out[i] = star
		}
	}
	return out
}

const plateTail = "挂学警港澳领试超" // characters that end a plate

// plateAt finds the characters of a plate behind its letter.
func plateAt(rs []rune, at int) (from, to int, ok bool) {
	if !strings.ContainsRune(provinces, rs[at]) || rs[at] == '新' && at > 0 && strings.ContainsRune("最全更崭重", rs[at-1]) {
		return 0, 0, false
	}
	i := skip(rs, at+1, " ")
	if i >= len(rs) || !isLetter(rs[i]) {
		return 0, 0, false
	}
	from = skip(rs, i+1, " ·•.-")
	letters, digits := 0, 0
	for to = from; to < len(rs); to++ {
		if _, is := digit(rs[to]); is {
			digits++
		} else if isLetter(rs[to]) {
			letters++
		} else if rs[to] != ' ' || to+1 == len(rs) || !isPlate(rs[to+1]) {
			break
		}
	}
	if to < len(rs) && digits+letters == 4 && strings.ContainsRune(plateTail, rs[to]) {
		return from, to + 1, digits >= 3
	}
	n := digits + letters
	return from, to, n == 5 && digits >= 3 || n == 6 && digits >= 4
}

func isPlate(r rune) bool {
	_, number := digit(r)
	return number || isLetter(r)
}

// skip is the first position from i on whose character is none of set.
func skip(rs []rune, i int, set string) int {
	for i < len(rs) && strings.ContainsRune(set, rs[i]) {
		i++
	}
	return i
}

// hidePlate hides the characters [from, to) but for spaces and the last two.
func (l *line) hidePlate(from, to int) {
	for left := 2; to > from; to-- {
		switch {
		case l.folded[to-1] == ' ':
		case left > 0:
			left--
		default:
			l.hide(to-1, to)
		}
	}
}
