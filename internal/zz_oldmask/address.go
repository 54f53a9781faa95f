package zz_oldmask

import "strings"

// addresses hides e-mail addresses: of the part before the @ all but the first
// character, so that the host tells apart what is not secret.
func (d *dialogue) addresses() {
	for i := range d.lines {
		l := &d.lines[i]
		if l.seen&mail == 0 {
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
	for from > 0 && isAddress(l.folded[from-1]) {
		from--
	}
	if at-from > 2 {
		from++
	}
	if at > from {
		l.hide(from, at)
	}
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
		case r == ' ' && (before == 0 || dot):
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
