package mask

import "strings"

// addresses hides e-mail addresses: of the part before the @ all but the first
// character, so that the host tells apart what is not secret.
func (d *dialogue) addresses() {
	for i := range d.lines {
		l := &d.lines[i]
		if l.unseen || l.seen&mail == 0 {
			continue
		}
		rs := l.runes()
		for at := range rs {
			if n := atSign(rs[at:]); n > 0 && isHost(rs[at+n:]) {
				l.hideAddress(at)
			}
		}
	}
}

// atSign is the length of an @ at the start, written or as it is spoken; 0 if there is none.
func atSign(rs []rune) int {
	switch {
	case rs[0] == '@', rs[0] == '＠':
		return 1
	case rs[0] == '艾' && len(rs) > 1 && rs[1] == '特':
		return 2
	}
	return 0
}

// hideAddress hides the local part that ends before an @.
func (l *line) hideAddress(at int) {
	for at > 0 && l.folded[at-1] == ' ' {
		at--
	}
	from := at
	for from > 0 && (isAddress(l.folded[from-1]) || l.spokenDot(from-1)) {
		from--
	}
	for from < at && l.folded[from] == ' ' {
		from++
	}
	if at-from > 2 {
		from++
	}
	if at > from {
		l.hide(from, at)
	}
}

// spokenDot reports whether a character belongs to a dot as it is spoken: ouyang 点 jg, with
// Latin letters on both sides.
func (l *line) spokenDot(i int) bool {
	from, to := i, i+1
	for from > 0 && strings.ContainsRune(" 点", l.folded[from]) {
		from--
	}
	for to < len(l.folded) && strings.ContainsRune(" 点", l.folded[to]) {
		to++
	}
	return to-from <= mostSpaced+2 && strings.ContainsRune(string(l.folded[from+1:to]), '点') && isLetter(l.folded[from]) && to < len(l.folded) && isAddress(l.folded[to])
}

func isAddress(r rune) bool {
	_, number := digit(r)
	return number || isLetter(r) || strings.ContainsRune("._%+-．＿－", r)
}

// isHost reports whether a text starts with the name of a host, whose dots may be spoken.
func isHost(rs []rune) bool {
	before, dot := 0, false
	for i, r := range rs {
		switch {
		case r == ' ' && (before == 0 || dot || i+1 < len(rs) && rs[i+1] == '点'):
		case (r == '.' || r == '．' || r == '点') && before > 0:
			dot = true
		case dot:
			return isLetter(r) || isAddress(rs[i]) && r != '.'
		case isAddress(r):
			before++
		default:
			return false
		}
	}
	return false
}
