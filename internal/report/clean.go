package report

import (
	"strings"
	"unicode"
)

// Clean is s with every character that a terminal could take for a command, or
// that could reorder what is shown, replaced by one that is seen: ␛ for
// escape, � where there is no such sign. Line breaks and tabs become spaces.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case r < ' ':
			return 0x2400 + r // ␀ ␁ ␂ …
		case r == 0x7f:
			return '␡'
		case hostile(r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// CleanLines is Clean for a text of several lines; its line feeds stay.
func CleanLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = Clean(l)
	}
	return strings.Join(lines, "\n")
}

// hostile reports whether a terminal could take r for a command or let it
// reorder the text around it: C0, DEL, C1, line separators, bidirectional controls.
func hostile(r rune) bool {
	return r < 0x20 || 0x7f <= r && r < 0xa0 || r == 0x061c || r == 0x200e || r == 0x200f ||
		0x2028 <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069
}
