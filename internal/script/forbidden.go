package script

import (
	"strings"
)

// expressions are the expressions in a cell of 禁用表达: parted by ； 、 | / or lines.
// Where quotation marks stand, what is in them counts: 不得说“喂”“干嘛”等.
func expressions(cell Line) []Line {
	depth := 0
	parts := cell.split(func(runes []rune, i int) bool {
		switch {
		case strings.ContainsRune("“「『", runes[i]):
			depth++
		case strings.ContainsRune("”」』", runes[i]):
			depth = max(0, depth-1)
		case runes[i] == '\n' || runes[i] == '\r':
			depth = 0
			return true
		}
		return depth == 0 && strings.ContainsRune("；;、|｜丨/／", runes[i])
	})
	var out []Line
	for _, part := range parts {
		for _, line := range quoted(unmarked(part)) {
			if !isNone(line.Text) {
				out = append(out, line)
			}
		}
	}
	return out
}

// unmarked is an expression without its number or label.
func unmarked(part Line) Line {
	r := newRow(part)
	if r.named && r.label.speaker {
		return part
	}
	return r.line
}

// quoted is what stands in quotation marks in a part, or the part where there are none.
func quoted(part Line) []Line {
	var out []Line
	start := -1
	for i, r := range []rune(part.Text) {
		switch {
		case strings.ContainsRune("“「『", r) || r == '"' && start < 0:
			start = i + 1
		case strings.ContainsRune("”」』\"", r) && start >= 0:
			out = append(out, part.slice(start, i))
			start = -1
		}
	}
	if len(out) == 0 {
		return []Line{part}
	}
	return out
}
