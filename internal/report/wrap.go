package report

import (
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// glyph is one character on the screen.
type glyph struct {
	r      rune
	style  style
	width  int  // 0, 1 or 2 columns
	joined bool // no line ends before it
}

// glyphs is the one way from text to the screen: it cleans what it is given.
// Ambiguous characters count as narrow, as terminals show them.
func glyphs(spans ...span) []glyph {
	var out []glyph
	for _, s := range spans {
		for _, r := range Clean(s.text) {
			out = append(out, glyph{r: r, style: s.style, width: displaywidth.Rune(r)})
		}
	}
	return out
}

func widthOf(line []glyph) int {
	n := 0
	for _, g := range line {
		n += g.width
	}
	return n
}

// wrap cuts text into lines of at most width columns: at spaces, after
// slashes and between Chinese characters, but neither before closing nor after opening marks. What
// has no such place is cut where the line ends. There is always one line.
func wrap(text []glyph, width int) [][]glyph {
	lines := [][]glyph{nil}
	used := 0
	for len(text) > 0 {
		n := unit(text, width)
		if used == 0 {
			n = cut(text, n, width)
		}
		piece := text[:n]
		if used > 0 && used+widthOf(trimRight(piece)) > width {
			lines = append(lines, nil)
			used = 0
			text = trimLeft(text)
			continue
		}
		last := len(lines) - 1
		lines[last] = append(lines[last], piece...)
		used += widthOf(piece)
		text = text[n:]
	}
	for i := range lines {
		lines[i] = trimRight(lines[i])
	}
	return lines
}

// cut is how much of the first n glyphs fits a line: after a hyphen if there is
// one, and at least one glyph.
func cut(text []glyph, n, width int) int {
	fits, used := 0, 0
	for fits < n && used+text[fits].width <= width {
		used += text[fits].width
		fits++
	}
	if fits == n {
		return n
	}
	for hyphen := fits; hyphen > 0; hyphen-- {
		if text[hyphen-1].r == '-' {
			return hyphen
		}
	}
	return max(1, fits)
}

// Wrap cuts a text into lines of at most width columns, clean and without styles.
func Wrap(text string, width int) []string {
	var out []string
	for _, l := range wrap(glyphs(span{text, plain}), width) {
		out = append(out, paint(l, false))
	}
	return out
}

// unit is the number of glyphs up to the first place where a line may end. Of more than fits
// a line it is only what shows that: a long text without such a place is not looked through for every line.
func unit(text []glyph, width int) int {
	used := 0
	for i := range text {
		if i > 0 && mayBreak(text[i-1], text[i]) {
			return i
		}
		if used += text[i].width; used > width && text[i].r != ' ' { // spaces at the end of a line do not count
			return i + 1
		}
	}
	return len(text)
}

func mayBreak(before, after glyph) bool {
	switch {
	case after.joined, before.r == noBreak, after.r == noBreak, after.r == ' ' || after.width == 0, strings.ContainsRune("，。！？、；：）】》」』”’…,.!?;:)]}%", after.r):
		return false
	case before.r == ' ', before.r == '/', before.r == ']' && after.r == '[': // the labels of notes
		return true
	}
	return (before.width == 2 || after.width == 2) && !strings.ContainsRune("（【《「『“‘([{", before.r)
}

const noBreak = '\u00a0' // a space at which no line ends

func trimRight(line []glyph) []glyph {
	for len(line) > 0 && line[len(line)-1].r == ' ' {
		line = line[:len(line)-1]
	}
	return line
}

func trimLeft(line []glyph) []glyph {
	for len(line) > 0 && line[0].r == ' ' {
		line = line[1:]
	}
	return line
}

// column is a part of a row: paragraphs that are wrapped at its width.
type column struct {
	width int // columns
	right bool
	paras [][]span
	set   [][]glyph // lines that are wrapped already, instead of paras
}

// lines wraps the paragraphs of a column.
func (c column) lines() [][]glyph {
	out := c.set
	for _, p := range c.paras {
		out = append(out, wrap(glyphs(p...), c.width)...)
	}
	return out
}

const gap = 2 // columns between columns

// row sets columns side by side, indent columns from the left, and calls line for every line.
func row(indent int, columns []column, line func([]glyph)) {
	cells := make([][][]glyph, len(columns))
	height := 0
	for i, c := range columns {
		cells[i] = c.lines()
		height = max(height, len(cells[i]))
	}
	for y := range height {
		out := blank(indent)
		for i, c := range columns {
			var cell []glyph
			if y < len(cells[i]) {
				cell = cells[i][y]
			}
			out = append(out, padded(cell, c.width, c.right)...)
			out = append(out, blank(gap)...)
		}
		line(trimRight(out))
	}
}

func padded(cell []glyph, width int, right bool) []glyph {
	space := blank(max(0, width-widthOf(cell)))
	if right {
		return append(space, cell...)
	}
	return append(cell[:len(cell):len(cell)], space...)
}

func blank(n int) []glyph {
	out := make([]glyph, n)
	for i := range out {
		out[i] = glyph{r: ' ', width: 1}
	}
	return out
}
