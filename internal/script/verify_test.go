package script

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// marked are wordings with marks, each the text of a paragraph and of a cell.
var marked = []string{
	"不好意思，**让您久等了**。", "不好意思，*让您*久等了。", "不好意思，`让您久等了`。", "不好意思，[让您久等了](http://a)。",
	"不好意思，<b>让您久等了</b>。", `不好意思，<span class="a">让您</span>久等了。`, "不好意思，**[让您](http://a)久等**了。", "<b><i>让您</i>久等</b>了。",
}

// hollowPattern is a pair of marks without words.
var hollowPattern = regexp.MustCompile("\\*\\*\\*\\*|``|\\[\\]\\(|<(?:b|i|span[^>]*)></")

// Every range of a wording with marks is replaced and taken out: that is refused,
// or the file says what it should and no marks stand empty.
func TestApplyBetweenMarks(t *testing.T) {
	for _, text := range marked {
		for file, before := range map[string]string{"a.md": "# 等待\n- " + text + "\n- 请讲。\n", "b.md": "|编号|话术|\n|-|-|\n|A1|" + text + "|\n|A2|请讲。|\n"} {
			l := read(t, file, before)
			for start := range l.Entries[0].Lines[0].length() {
				for end := start + 1; end <= l.Entries[0].Lines[0].length(); end++ {
					replacedRange(t, l, start, end, "非常感谢")
					replacedRange(t, l, start, end, "")
				}
			}
		}
	}
}

func replacedRange(t *testing.T, l *Library, start, end int, text string) {
	t.Helper()
	line := &l.Entries[0].Lines[0]
	out, err := l.Apply([]Edit{{line, start, end, text}})
	whole := line.bytes[end-1].end-line.bytes[start].start == len(string([]rune(line.Text)[start:end]))
	if err != nil {
		var refusal *WriteError
		require.ErrorAs(t, err, &refusal)
		assert.False(t, whole && text != "", "refused without a need: %s", line.slice(start, end).Text)
		return
	}
	again := read(t, l.Source, string(out))
	runes := []rune(line.Text)
	line.Text, text = string(runes[:start])+text+string(runes[end:]), line.Text
	assert.Equal(t, words(l), words(again), "%s", out)
	line.Text = text
	assert.NotRegexp(t, hollowPattern, string(out))
}

// Every range of every wording of every fixture is replaced: that is refused, or
// the file says what it should.
func TestApplyRanges(t *testing.T) {
	for name, data := range fixtures(t) {
		l := read(t, name, string(data))
		for _, e := range l.Entries {
			for i := range e.Lines {
				if line := &e.Lines[i]; parts(line) > 1 {
					ranges(t, l, line)
				}
			}
		}
	}
}

// parts is how many stretches of the file a line stands in.
func parts(l *Line) int {
	n := 1
	for i := range l.bytes[1:] {
		if l.bytes[i].end != l.bytes[i+1].start {
			n++
		}
	}
	return n
}

func ranges(t *testing.T, l *Library, line *Line) {
	before, runes := line.Text, []rune(line.Text)
	for start := range runes {
		for end := start + 1; end <= len(runes); end++ {
			out, err := l.Apply([]Edit{{line, start, end, "好的"}})
			if err != nil {
				continue
			}
			line.Text = string(runes[:start]) + "好的" + string(runes[end:])
			assert.Equal(t, words(l), words(read(t, l.Source, string(out))), "%s", out)
			line.Text = before
		}
	}
}

func TestRefusedMarks(t *testing.T) {
	for _, text := range marked[:6] {
		l := read(t, "a.md", "# 等待\n- "+text+"\n")
		_, err := l.Apply([]Edit{{&l.Entries[0].Lines[0], 0, 10, "非常感谢"}})
		assert.ErrorContains(t, err, "标记", text)
	}
}

// What an edit makes of a place can be no wording at all: it is not written.
func TestRefusedReadings(t *testing.T) {
	for file, test := range map[string]struct{ before, old, new string }{
		"a.md":   {"# 等待\n\n请稍等。\n", "请", "# "},
		"b.md":   {"# 等待\n\n请稍等。\n", "请稍等。", ""},
		"a.txt":  {"请稍等。\n\n再见。\n", "请稍等。", "# 好的"},
		"a.csv":  {"编号,话术\n1,请稍等。\n", "稍等", "讲。\n稍等"},
		"a.json": {`[{"话术": "请稍等。"}]`, "稍等", "讲。\n稍等"},
	} {
		l := read(t, file, test.before)
		_, err := l.Apply([]Edit{find(t, l, test.old, test.new)})
		assert.ErrorContains(t, err, "与预期不同", file)
	}
}
