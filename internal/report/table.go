package report

import (
	"io"
	"strings"
)

// Table writes rows of cells below their heads, on as many columns as the
// terminal has. Columns of numbers stand to the right; if the whole is too wide,
// the others are wrapped, flex before all. Of o only Color and Width count. The error is that of w.
func Table(w io.Writer, heads []string, rows [][]string, numbers []bool, flex int, o Options) error {
	g := grid{heads: heads, numbers: numbers, flex: flex, color: o.Color, width: o.Width}
	for _, r := range rows {
		cells := make([]span, len(r))
		for i, text := range r {
			cells[i] = span{text, plain}
		}
		g.rows = append(g.rows, cells)
	}
	_, err := io.WriteString(w, g.String())
	return err
}

// grid is a table of cells that fits a width: its flexible column is wrapped
// where the whole would be too wide, and others if that is not enough.
type grid struct {
	heads   []string
	numbers []bool // columns that are numbers, aligned to the right and never wrapped
	flex    int    // index of the flexible column
	rows    [][]span
	more    [][]span // by row: further lines of the flexible column
	color   bool
	width   int // columns
}

const (
	narrowest = 12 // columns of the flexible column, however narrow the terminal
	squeezed  = 8  // columns of any other column of text
	tiny      = 2  // columns of any column of text, where nothing else helps
)

// begin adds a column without cells.
func (g *grid) begin(head string, number bool) {
	g.heads = append(g.heads, head)
	g.numbers = append(g.numbers, number)
}

// String is the table without spaces at the ends of its lines.
func (g *grid) String() string {
	var b strings.Builder
	line := func(l []glyph) { b.WriteString(paint(l, g.color) + "\n") }
	widths := g.widths()
	row(1, g.columns(widths, g.headSpans(), nil), line)
	total := gap * len(widths)
	for _, w := range widths {
		total += w
	}
	b.WriteString(strings.Repeat("─", total) + "\n")
	for i, r := range g.rows {
		row(1, g.columns(widths, r, g.further(i)), line)
	}
	return b.String()
}

// columns are the cells of a row as columns.
func (g *grid) columns(widths []int, cells, more []span) []column {
	out := make([]column, len(cells))
	for i, c := range cells {
		out[i] = column{width: widths[i], right: g.numbers[i], paras: [][]span{{c}}}
		for _, m := range more {
			if i == g.flex {
				out[i].paras = append(out[i].paras, []span{m})
			}
		}
	}
	return out
}

func (g *grid) headSpans() []span {
	out := make([]span, len(g.heads))
	for i, h := range g.heads {
		out[i] = span{h, bold}
	}
	return out
}

// further are the further lines of the flexible column of a row.
func (g *grid) further(row int) []span {
	if row < len(g.more) {
		return g.more[row]
	}
	return nil
}

// widths are the widths of the columns: as wide as their cells, if that fits.
func (g *grid) widths() []int {
	out := make([]int, len(g.heads))
	over := gap*len(out) - g.width
	for i := range out {
		out[i] = g.columnWidth(i)
		over += out[i]
	}
	if give := min(over, out[g.flex]-narrowest); give > 0 {
		out[g.flex] -= give
		over -= give
	}
	for _, least := range []int{squeezed, tiny} {
		for widest := g.widest(out, least); over > 0 && widest >= 0; widest = g.widest(out, least) {
			out[widest]--
			over--
		}
	}
	out[g.flex] = g.wrapped(out[g.flex])
	return out
}

// wrapped is the width of the flexible column after its cells are wrapped, which
// may be less than it was given.
func (g *grid) wrapped(width int) int {
	n := 0
	measure := func(cell span) {
		for _, l := range wrap(glyphs(cell), width) {
			n = max(n, widthOf(l))
		}
	}
	measure(span{g.heads[g.flex], plain})
	for i, r := range g.rows {
		measure(r[g.flex])
		for _, m := range g.further(i) {
			measure(m)
		}
	}
	return n
}

// widest is the widest column of text that is wider than least, or -1.
func (g *grid) widest(widths []int, least int) int {
	at := -1
	for i, w := range widths {
		if w > least && !g.numbers[i] && (at < 0 || w > widths[at]) {
			at = i
		}
	}
	return at
}

func (g *grid) columnWidth(i int) int {
	n := widthOf(glyphs(span{g.heads[i], plain}))
	for y, r := range g.rows {
		n = max(n, widthOf(glyphs(r[i])))
		for _, m := range g.further(y) {
			if i == g.flex {
				n = max(n, widthOf(glyphs(m)))
			}
		}
	}
	return n
}
