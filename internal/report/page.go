package report

import (
	"io"
	"strings"
)

// Page writes a page of Markdown for a terminal: clean, with the headings and
// the names of lists in bold where there are colours.
func Page(w io.Writer, markdown string, o Options) error {
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimRight(markdown, "\n"), "\n") {
		s := span{line, plain}
		if o.Color && strings.HasPrefix(line, "#") {
			s = span{strings.TrimLeft(line, "# "), bold}
		}
		for _, l := range pageLines(s, o) {
			b.WriteString(paint(l, o.Color) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// pageLines wraps a line of a page where the terminal has a width; lines of a
// list go on below their text.
func pageLines(s span, o Options) [][]glyph {
	text := glyphs(s)
	hang := 0
	if strings.HasPrefix(s.text, "- ") || strings.HasPrefix(s.text, "> ") {
		hang = 2
	}
	if o.Width <= hang {
		return [][]glyph{text}
	}
	lines := wrap(text[min(hang, len(text)):], o.Width-hang)
	for i := range lines {
		lead := blank(nil, hang)
		if i == 0 || strings.HasPrefix(s.text, "> ") {
			lead = text[:min(hang, len(text))]
		}
		lines[i] = append(lead[:len(lead):len(lead)], lines[i]...)
	}
	return lines
}
