package report

import (
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/rule"
)

const (
	context      = 12 // characters shown on either side of the words found
	longestQuote = 60 // characters of the words found; longer ones lose their middle
)

// quoted is the words found inside the words around them, marked.
func (t *textReport) quoted(turn string, f *rule.Finding) []span {
	start := t.near.seek(turn, f.At.Start)
	end := t.near.seek(turn, max(f.At.End, f.At.Start))
	found := span{shorten([]rune(turn[start:end])), severityStyle(f.Rule.Severity).strong()}
	if !t.o.Color {
		found.text = "【" + found.text + "】"
	}
	return []span{{text: before(turn[:start])}, found, {text: after(turn[end:])}}
}

// cursor finds code points in the text of one turn after the other. Findings come in the order
// of the text: looking from its start for each would take quadratic time in a long turn.
type cursor struct {
	text string
	n    int // code points …
	at   int // … and bytes from the start
}

// seek is the offset in bytes of the nth code point, len(text) if there are fewer.
func (c *cursor) seek(text string, n int) int {
	if text != c.text || n < c.n {
		*c = cursor{text: text}
	}
	for ; c.n < n && c.at < len(text); c.n++ {
		_, size := utf8.DecodeRuneInString(text[c.at:])
		c.at += size
	}
	return c.at
}

// before is the end of a text.
func before(text string) string {
	at := len(text)
	for n := 0; n < context && at > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	if at > 0 {
		return "…" + text[at:]
	}
	return text
}

// after is the start of a text.
func after(text string) string {
	if at := (&cursor{text: text}).seek(text, context); at < len(text) {
		return text[:at] + "…"
	}
	return text
}

// shorten leaves out the middle of a long text.
func shorten(text []rune) string {
	if len(text) <= longestQuote {
		return string(text)
	}
	return string(text[:longestQuote*2/3]) + "……" + string(text[len(text)-longestQuote/3:])
}
