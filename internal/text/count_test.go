package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

// Positions in a long text are those that counting from its start gives, whatever bytes it has.
func TestSpanOfALongText(t *testing.T) {
	source := strings.Repeat("您好，abc\xe4\xbd 我也没办法。\xff𠮷", 2000)
	f := Fold(source)
	for at := 0; at < len(f.Text)-100; at += 97 {
		for !utf8.RuneStart(f.Text[at]) {
			at++
		}
		from, _ := f.Origin(at, at+1)
		got, _ := f.Span(at, at+1)
		assert.Equal(t, utf8.RuneCountInString(source[:from]), got)
	}
}
