package report

import (
	"strings"
	"testing"
	"time"

	"github.com/clipperhouse/displaywidth"
	"github.com/stretchr/testify/assert"
)

func TestWrap(t *testing.T) {
	for _, test := range []struct {
		text  string
		width int
		want  string
	}{
		{"", 10, ""},
		{"您好", 10, "您好"},
		{"请您稍等一下", 8, "请您稍等|一下"},
		{"请您稍等，一下", 8, "请您稍|等，一下"}, // no line starts with a comma
		{"请您说“稍等”", 8, "请您说|“稍等”"},
		{"请您（稍等）", 6, "请您|（稍|等）"},
		{"let me check", 8, "let me|check"},
		{"wording/helpless", 8, "wording/|helpless"},
		{"订单ABCDEF查", 6, "订单|ABCDEF|查"},
		{"一　二", 3, "一|　|二"},
		{"好", 1, "好"}, // wider than the line: it goes there anyway
		{"a b", 1, "a|b"},
		{"[1][2][10]", 5, "[1]|[2]|[10]"},
		{"ab-cdefgh", 5, "ab-|cdefg|h"},
		{"ab      cd", 4, "ab|cd"}, // spaces at the end of a line have no width
		{"e\u0301\u0301abc", 2, "e\u0301\u0301a|bc"},
		{"a\tb\nc", 80, "a b c"},
	} {
		assert.Equal(t, test.want, strings.Join(Wrap(test.text, test.width), "|"), test.text)
	}
}

// What has no place for a break is not looked through again for every line.
func TestWrapIsLinearForEveryPiece(t *testing.T) {
	for _, piece := range []string{"a", "。", "[1]", " ", "-", "\u0301", "请"} {
		text := strings.Repeat(piece, 300_000)
		start := time.Now()
		lines := Wrap(text, 40)
		assert.Less(t, time.Since(start), 5*time.Second, "%q", piece)
		assert.Equal(t, len(strings.TrimRight(text, " ")), len(strings.Join(lines, "")))
	}
}

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"您好，hello 😀":     "您好，hello 😀",
		"\x1b[31m红":      "␛[31m红",
		"a\x00\x07\x7f":  "a␀␇␡",
		"\u009b1m":       "�1m",
		"a\u202eb\u2066": "a�b�",
		"a\nb\tc\rd":     "a b c d",
		"\xff坏":          "�坏",
	} {
		assert.Equal(t, want, Clean(text))
	}
	assert.Equal(t, "a\n␛b", CleanLines("a\n\x1bb"))
}

func TestPaint(t *testing.T) {
	line := glyphs(span{"请", plain}, span{"没办法", red.strong()}, span{"说", green}, span{"\x1b", plain})
	assert.Equal(t, "请\x1b[1;31m没办法\x1b[0m\x1b[32m说\x1b[0m␛", paint(line, true))
	assert.Equal(t, "请没办法说␛", paint(line, false))
}

func TestEncodeLineEscapes(t *testing.T) {
	line, err := EncodeLine([]string{"<我&你>", "\u009b\u202e\x7f\x1b\u00a0é‘’"})
	assert.NoError(t, err)
	assert.Equal(t, `["<我&你>","\u009b\u202e\u007f\u001b`+"\u00a0é‘’"+`"]`+"\n", string(line))
}

func TestPage(t *testing.T) {
	var b strings.Builder
	assert.NoError(t, Page(&b, "# 无能为力\n\n- 一二三四五六\n> 引文引文引文\n", Options{Width: 10, Color: true}))
	assert.Equal(t, "\x1b[1m无能为力\x1b[0m\n\n- 一二三四\n  五六\n> 引文引文\n> 引文\n", b.String())
}

// The short way to the width of a character gives what the tables give.
func TestWidthOfRune(t *testing.T) {
	for r := range rune(0x10000) {
		assert.EqualValues(t, displaywidth.Rune(r), widthOfRune(r), "%U", r)
	}
}

// A text without a place to break takes time in proportion to its length: a
// million characters in the blink of an eye, not in half an hour.
func TestWrapIsLinear(t *testing.T) {
	const n = 1 << 20
	assert.Len(t, Wrap(strings.Repeat("x", n), 64), n/64)
	assert.Len(t, Wrap("好 "+strings.Repeat("x", n), 64), 1+n/64)
}
