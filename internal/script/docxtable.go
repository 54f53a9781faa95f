package script

import "strconv"

// maxSpan is how many columns a table of Word may have.
const maxSpan = 63

// wordTable is a table of a document while it is read.
type wordTable struct {
	doc    *wordDocument
	rows   [][]Line
	nested []wordBlock // tables in its cells
}

// wordCell is a cell of a table of a document.
type wordCell struct {
	text  Line
	span  int  // columns it takes
	below bool // merged with the cell above
}

// table reads the <w:tbl> that was opened last, and the tables in its cells behind it.
func (d *wordDocument) table(x *partXML) ([]wordBlock, error) {
	t := wordTable{doc: d}
	err := t.read(x)
	return append([]wordBlock{{table: t.rows}}, t.nested...), err
}

func (t *wordTable) read(x *partXML) error {
	return x.each(func(e element) error {
		switch name := e.Name.Local; {
		case name == "tr":
			return t.row(x)
		case transparent(name):
			return t.read(x)
		}
		return nil
	})
}

func (t *wordTable) row(x *partXML) error {
	cells, err := t.cells(x)
	var row []Line
	for _, c := range cells {
		if c.below && len(t.rows) > 0 {
			c.text = above(t.rows[len(t.rows)-1], len(row), c.text)
		}
		row = append(row, c.text)
		for range c.span - 1 {
			if len(cells) == 1 { // a caption, which has the row for itself, is not spread over it
				c.text = t.doc.line(glyphs{}, x.token.start)
			}
			row = append(row, c.text)
		}
	}
	t.rows = append(t.rows, row)
	return err
}

// above is the cell of the row before in a column; text itself where there is none.
func above(row []Line, col int, text Line) Line {
	if col < len(row) && text.Text == "" {
		text = row[col]
		text.covered = true
	}
	return text
}

// cells reads the cells of a row or of what is around some of them. Columns that are
// left free before the first one are cells, too.
func (t *wordTable) cells(x *partXML) (cells []wordCell, err error) {
	err = x.each(func(e element) error {
		switch name := e.Name.Local; {
		case name == "trPr":
			return x.each(func(e element) error {
				if e.Name.Local == "gridBefore" {
					cells = append(cells, wordCell{text: t.doc.line(glyphs{}, e.tag.start), span: span(e)})
				}
				return nil
			})
		case name == "tc":
			c, err := t.cell(x)
			cells = append(cells, c)
			return err
		case transparent(name):
			more, err := t.cells(x)
			cells = append(cells, more...)
			return err
		}
		return nil
	})
	return cells, err
}

func span(e element) int {
	n, err := strconv.Atoi(e.attr("val"))
	if err != nil {
		return 1
	}
	return max(1, min(n, maxSpan))
}

// cell reads a <w:tc>: its paragraphs as the lines of one text.
func (t *wordTable) cell(x *partXML) (wordCell, error) {
	c := wordCell{span: 1}
	var text glyphs
	err := x.each(func(inner element) error {
		if inner.Name.Local == "tcPr" {
			return c.properties(x)
		}
		return t.block(x, inner, &text)
	})
	c.text = t.doc.line(text, x.token.start)
	return c, err
}

func (c *wordCell) properties(x *partXML) error {
	return x.each(func(e element) error {
		switch e.Name.Local {
		case "gridSpan":
			c.span = span(e)
		case "vMerge":
			c.below = e.attr("val") != "restart"
		}
		return nil
	})
}

// block reads a child of a cell and adds its text to that of the cell.
func (t *wordTable) block(x *partXML, e element, text *glyphs) error {
	var blocks []wordBlock
	var err error
	switch name := e.Name.Local; {
	case name == "p":
		blocks, err = t.doc.paragraph(x, e)
	case name == "tbl":
		blocks, err = t.doc.table(x)
	case transparent(name):
		blocks, err = t.doc.content(x)
	}
	for _, b := range blocks {
		if b.table != nil {
			t.nested = append(t.nested, b)
			continue
		}
		if len(text.runes) > 0 {
			text.add('\n', extent{e.tag.start, e.tag.start})
		}
		text.append(glyphs{[]rune(b.text.Text), b.text.bytes})
	}
	return err
}
