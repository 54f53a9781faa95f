package report

import (
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// glyph is one character on the screen. There are hundreds for each finding, so it is
// eight bytes without a pointer.
type glyph struct {
	r      rune
	style  style
	width  uint8 // 0, 1 or 2 columns
	joined bool  // no line ends before it
}

// glyphs is the one way from text to the screen: it cleans what it is given.
// Ambiguous characters count as narrow, as terminals show them.
func glyphs(spans ...span) []glyph {
	n := 0
	for _, s := range spans {
		n += utf8.RuneCountInString(s.text)
	}
	out := make([]glyph, 0, n)
	for _, s := range spans {
		for _, r := range Clean(s.text) {
			out = append(out, glyph{r: r, style: s.style, width: widthOfRune(r)})
		}
	}
	return out
}

// widthOfRune is displaywidth.Rune, without its tables for what nearly all text is.
func widthOfRune(r rune) uint8 {
	switch {
	case isIdeograph(r):
		return 2
	case ' ' <= r && r <= '~':
		return 1
	}
	return uint8(displaywidth.Rune(r))
}

// isIdeograph reports whether r is one of the 20,992 characters that nearly all Chinese is made of.
func isIdeograph(r rune) bool { return 0x4e00 <= r && r <= 0x9fff }

func widthOf(line []glyph) int {
	n := 0
	for _, g := range line {
		n += int(g.width)
	}
	return n
}

// wrap cuts text into lines of at most width columns: at spaces, after
// slashes and between Chinese characters, but neither before closing nor after opening marks. What
// has no such place is cut where the line ends. There is always one line. The lines are parts
// of text, and the time it takes grows with text even where that has no place to break.
func wrap(text []glyph, width int) [][]glyph {
	lines := make([][]glyph, 0, 4)
	start, end, used := 0, 0, 0 // the line so far, and its columns
	for left := 0; end < len(text); {
		if left == 0 {
			left = unit(text[end:])
		}
		n := left
		if used == 0 {
			n = cut(text[end:], n, width)
		}
		piece := text[end : end+n]
		if used > 0 && !fits(trimRight(piece), width-used) {
			lines = append(lines, trimRight(text[start:end:end]))
			used = 0
			for text[end].r == ' ' {
				end, left = end+1, 0
			}
			start = end
			continue
		}
		used += widthOf(piece)
		end, left = end+n, left-n
	}
	return append(lines, trimRight(text[start:end:end]))
}

// fits reports whether a piece has at most so many columns; of a long piece it looks at no more.
func fits(piece []glyph, width int) bool {
	for _, g := range piece {
		if width -= int(g.width); width < 0 {
			return false
		}
	}
	return true
}

// cut is how much of the first n glyphs fits a line: after a hyphen if there is
// one, and at least one glyph.
func cut(text []glyph, n, width int) int {
	if fits(text[:n], width) {
		return n
	}
	most := 0
	for width -= int(text[0].width); width >= 0; width -= int(text[most].width) {
		most++
	}
	most = max(1, most)
	for hyphen := most; hyphen > 0; hyphen-- {
		if text[hyphen-1].r == '-' {
			return hyphen
		}
	}
	return most
}

// Wrap cuts a text into lines of at most width columns, clean and without styles.
func Wrap(text string, width int) []string {
	var out []string
	for _, l := range wrap(glyphs(span{text, plain}), width) {
		out = append(out, paint(l, false))
	}
	return out
}

// unit is the number of glyphs up to the first place where a line may end.
func unit(text []glyph) int {
	for i := 1; i < len(text); i++ {
		if mayBreak(text[i-1], text[i]) {
			return i
		}
	}
	return len(text)
}

func mayBreak(before, after glyph) bool {
	switch {
	case isIdeograph(before.r) && isIdeograph(after.r): // most pairs
		return !after.joined
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

// row sets columns side by side, indent columns from the left, and calls line for every
// line; a line lasts until the next one is set.
func row(indent int, columns []column, line func([]glyph)) {
	cells := make([][][]glyph, len(columns))
	height, width := 0, indent
	for i, c := range columns {
		cells[i] = c.lines()
		height = max(height, len(cells[i]))
		width += c.width + gap
	}
	out := make([]glyph, 0, max(0, width))
	for y := range height {
		out = blank(out[:0], indent)
		for i, c := range columns {
			var cell []glyph
			if y < len(cells[i]) {
				cell = cells[i][y]
			}
			out = blank(padded(out, cell, c.width, c.right), gap)
		}
		line(trimRight(out))
	}
}

// padded appends a cell and the space that fills its column.
func padded(to, cell []glyph, width int, right bool) []glyph {
	space := width - widthOf(cell)
	if right {
		return append(blank(to, space), cell...)
	}
	return blank(append(to, cell...), space)
}

// blank appends n spaces, none where n is below 0.
func blank(to []glyph, n int) []glyph {
	for range n {
		to = append(to, glyph{r: ' ', width: 1})
	}
	return to
}
