package report

import (
	"bytes"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// grid is a table of cells that fits a width: its flexible column is wrapped
// where the whole would be too wide.
type grid struct {
	heads   []string
	numbers []bool // columns that are numbers, aligned to the right
	flex    int    // index of the flexible column
	rows    [][]span
	more    [][]span // by row: further lines of the flexible column
	color   bool
	width   int // columns
}

const narrowest = 12 // columns of the flexible column, however narrow the terminal

// String is the table without spaces at the ends of its lines.
func (g *grid) String() string {
	var b bytes.Buffer
	table := tablewriter.NewTable(&b, g.options()...)
	table.Header(g.cells(g.headSpans(), nil))
	for i, r := range g.rows {
		// A bytes.Buffer takes everything, so neither call can fail.
		_ = table.Append(g.cells(r, g.further(i)))
	}
	_ = table.Render()
	lines := strings.Split(strings.TrimRight(b.String(), "\n"), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

func (g *grid) options() []tablewriter.Option {
	align := make([]tw.Align, len(g.heads))
	for i := range align {
		align[i] = tw.AlignLeft
		if g.numbers[i] {
			align[i] = tw.AlignRight
		}
	}
	off := tw.Lines{ShowTop: tw.Off, ShowBottom: tw.Off, ShowHeaderLine: tw.On, ShowFooterLine: tw.Off}
	look := tw.Rendition{
		Borders:  tw.Border{Left: tw.Off, Right: tw.Off, Top: tw.Off, Bottom: tw.Off},
		Symbols:  tw.NewSymbols(tw.StyleLight),
		Settings: tw.Settings{Lines: off, Separators: tw.Separators{BetweenColumns: tw.Off, BetweenRows: tw.Off}},
	}
	return []tablewriter.Option{
		tablewriter.WithRenderer(renderer.NewBlueprint(look)),
		tablewriter.WithEastAsian(tw.Off), // as glyphs counts, whatever the locale
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithHeaderAutoWrap(tw.WrapNone),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithHeaderAlignmentConfig(tw.CellAlignment{PerColumn: align}),
		tablewriter.WithRowAlignmentConfig(tw.CellAlignment{PerColumn: align}),
		tablewriter.WithPadding(tw.Padding{Left: " ", Right: " ", Overwrite: true}),
	}
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

// cells paints a row; every cell comes through glyphs like all other text.
func (g *grid) cells(r, more []span) []string {
	out := make([]string, len(r))
	for i, c := range r {
		lines := [][]glyph{glyphs(c)}
		if i == g.flex {
			lines = wrap(lines[0], g.flexWidth())
			for _, m := range more {
				lines = append(lines, wrap(glyphs(m), g.flexWidth())...)
			}
		}
		painted := make([]string, len(lines))
		for y, l := range lines {
			painted[y] = paint(l, g.color)
		}
		out[i] = strings.Join(painted, "\n")
	}
	return out
}

// flexWidth is what the other columns leave of the width.
func (g *grid) flexWidth() int {
	rest := g.width - gap*len(g.heads)
	for i := range g.heads {
		if i != g.flex {
			rest -= g.columnWidth(i)
		}
	}
	return max(rest, narrowest)
}

func (g *grid) columnWidth(i int) int {
	n := widthOf(glyphs(span{g.heads[i], plain}))
	for _, r := range g.rows {
		n = max(n, widthOf(glyphs(r[i])))
	}
	return n
}
