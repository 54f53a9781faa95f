package book

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/clipperhouse/displaywidth"
	"github.com/xuri/excelize/v2"
)

// page sets how a sheet is printed: on A4 across, as wide as the paper.
func (s *Sheet) page(sheet string) error {
	f := s.book.file
	yes, wide, free, a4, across := true, 1, 0, 9, "landscape"
	if err := f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	if err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &across, FitToWidth: &wide, FitToHeight: &free}); err != nil {
		return err
	}
	side, top := 0.4, 0.6 // inches
	if err := f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &top}); err != nil {
		return err
	}
	return f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&L&A&R&P / &N"})
}

// end sets what stands after the last row of a part. Nothing can be set after Flush.
func (s *Sheet) end(p *part) error {
	if !s.Bare {
		if err := s.table(p); err != nil {
			return err
		}
		for i := range s.Columns {
			if err := s.column(p, i); err != nil {
				return err
			}
		}
	}
	return p.stream.Flush()
}

// table makes the rows a table: a filter, and a header on every printed page.
func (s *Sheet) table(p *part) error {
	all := "A1:" + CellName(len(s.Columns), max(2, p.rows))
	if err := s.book.file.AutoFilter(p.name, all, nil); err != nil {
		return err
	}
	if err := s.named(p, "_xlnm.Print_Titles", "$1:$1"); err != nil {
		return err
	}
	printed := len(s.Columns)
	for printed > 1 && s.Columns[printed-1].Screen {
		printed--
	}
	if printed == len(s.Columns) {
		return nil
	}
	return s.named(p, "_xlnm.Print_Area", "$A$1:"+absolute(printed, p.rows+s.Spare))
}

func (s *Sheet) named(p *part, name, cells string) error {
	return s.book.file.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: quoted(p.name) + "!" + cells, Scope: p.name})
}

// quoted is the name of a sheet as formulas write it. Names of ours have no quotes.
func quoted(sheet string) string { return "'" + sheet + "'" }

func absolute(column, row int) string {
	name, _ := excelize.ColumnNumberToName(column) // columns are few
	return "$" + name + "$" + strconv.Itoa(row)
}

// column gives a column its drop-down and its colours.
func (s *Sheet) column(p *part, i int) error {
	c := s.Columns[i]
	last := min(p.rows+s.Spare, s.book.most)
	if last < 2 || c.Choices == nil && c.ChoicesFrom == nil {
		return nil
	}
	cells := CellName(i+1, 2) + ":" + CellName(i+1, last)
	list := excelize.NewDataValidation(true)
	list.SetSqref(cells)
	if c.ChoicesFrom != nil {
		from := c.ChoicesFrom.parts[0]
		list.SetSqrefDropList(quoted(from.name) + "!$A$2:" + absolute(1, max(2, from.rows)))
	} else if err := list.SetDropList(c.Choices); err != nil {
		return err
	}
	if err := s.book.file.AddDataValidation(p.name, list); err != nil {
		return err
	}
	return s.colored(p, c, cells)
}

// colored colours cells by what is chosen in them.
func (s *Sheet) colored(p *part, c Column, cells string) error {
	var rules []excelize.ConditionalFormatOptions
	for i, style := range c.Colors {
		text, fill := style.colors()
		id, err := s.book.file.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: text}, Fill: solid(fill)})
		if err != nil {
			return err
		}
		rules = append(rules, excelize.ConditionalFormatOptions{Type: "cell", Criteria: "==", Value: fmt.Sprintf("%q", c.Choices[i]), Format: &id})
	}
	if rules == nil {
		return nil
	}
	return s.book.file.SetConditionalFormat(p.name, cells, rules)
}

// lineHeight is the height of a line of the usual size, in points.
const lineHeight = 16.5

// height is how high a row must be for its texts, in points. Excel would find out
// by itself, but LibreOffice cuts texts off, and both take long over many rows.
func (s *Sheet) height(cells []Cell) float64 {
	height := lineHeight
	for i, c := range cells {
		lines := 1
		if i < len(s.Columns) && c.Style.wraps() {
			lines = linesOf(plainText(c.Value), s.Columns[i].Width)
		}
		height = max(height, float64(lines)*lineHeight*c.Style.size()/fontSize)
	}
	return min(height, excelize.MaxRowHeight)
}

// linesOf is how many lines a text takes in a column, as near as one can tell
// without the font.
func linesOf(text string, width float64) int {
	lines := 0
	for l := range strings.SplitSeq(text, "\n") {
		lines += max(1, int(float64(displaywidth.String(l))/(width-1.5)+0.999))
	}
	return lines
}

// plainText is the text of a value, as one line if it is a number.
func plainText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []Run:
		var b strings.Builder
		for _, r := range v {
			b.WriteString(r.Text)
		}
		return b.String()
	}
	return ""
}
