// Package book writes and reads workbooks of Excel (.xlsx), which WPS and
// LibreOffice read and write too. It is the only package that knows the library
// below. A book is written row by row into temporary files, and the same rows
// always give the same bytes.
package book

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/xuri/excelize/v2"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// maxRows is how many rows a sheet may have, the header included.
const maxRows = excelize.TotalRows

// Book is a workbook on its way out. Whoever makes one must close it.
type Book struct {
	lang   call.Lang
	file   *excelize.File
	styles map[look]int
	sheets []*Sheet
	most   int // rows of a sheet; less in tests
}

// New is an empty workbook; lang is the language of what it says itself.
func New(lang call.Lang) *Book {
	return &Book{lang: lang, file: excelize.NewFile(), styles: map[look]int{}, most: maxRows}
}

// Column is a column of a sheet.
type Column struct {
	Head        string
	Width       float64  // characters
	Number      bool     // its cells are numbers
	Choices     []string // of a drop-down, at most 255 characters in all; nil: none
	ChoicesFrom *Sheet   // whose first column is the drop-down; nil: none
	Colors      []Style  // of cells that hold the choice of the same index
	Screen      bool     // not printed; only the last columns of a sheet may be
}

// Layout says how a sheet looks.
type Layout struct {
	Columns []Column
	Frozen  int  // columns that stay when one scrolls to the right
	Bare    bool // no table: no header, no filter
	Spare   int  // empty rows with drop-downs, to be filled in
}

// Sheet is a sheet of a workbook, or several of them: what does not fit into one
// goes on in another called "name (2)".
type Sheet struct {
	Layout
	book  *Book
	name  string
	parts []*part
}

// part is one sheet of the file.
type part struct {
	name   string
	stream *excelize.StreamWriter
	rows   int
}

// Sheet adds a sheet after those there are. Its name has at most 25 characters
// and none of []:*?/\.
func (b *Book) Sheet(name string, l Layout) (*Sheet, error) {
	s := &Sheet{Layout: l, book: b, name: name}
	b.sheets = append(b.sheets, s)
	return s, s.next()
}

// next starts the next part of a sheet.
func (s *Sheet) next() error {
	p := &part{name: s.name}
	if len(s.parts) > 0 {
		p.name = fmt.Sprintf("%s (%d)", s.name, len(s.parts)+1)
	}
	if err := s.place(p.name); err != nil {
		return err
	}
	if err := s.page(p.name); err != nil {
		return err
	}
	var err error
	if p.stream, err = s.book.file.NewStreamWriter(p.name); err != nil {
		return err
	}
	s.parts = append(s.parts, p)
	return s.begin(p)
}

// place makes the sheet of a part, after the parts before it.
func (s *Sheet) place(name string) error {
	f := s.book.file
	if len(s.book.sheets) == 1 && len(s.parts) == 0 {
		return f.SetSheetName(f.GetSheetName(0), name)
	}
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	if i := slices.Index(s.book.sheets, s); i+1 < len(s.book.sheets) {
		return f.MoveSheet(name, s.book.sheets[i+1].name)
	}
	return nil
}

// begin sets what must stand before the first row, and writes the header.
func (s *Sheet) begin(p *part) error {
	for i, c := range s.Columns {
		if err := p.stream.SetColWidth(i+1, i+1, c.Width); err != nil {
			return err
		}
	}
	if s.Bare {
		return nil
	}
	corner := CellName(s.Frozen+1, 2)
	panes := &excelize.Panes{Freeze: true, XSplit: s.Frozen, YSplit: 1, TopLeftCell: corner, ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: "bottomLeft"}}}
	if s.Frozen > 0 {
		panes.ActivePane, panes.Selection[0].Pane = "bottomRight", "bottomRight"
	}
	if err := p.stream.SetPanes(panes); err != nil {
		return err
	}
	heads := make([]Cell, len(s.Columns))
	for i, c := range s.Columns {
		heads[i] = Cell{c.Head, Head}
		if c.Number {
			heads[i].Style = NumberHead
		}
	}
	return s.write(p, heads)
}

// Row adds a row.
func (s *Sheet) Row(cells ...Cell) error {
	p := s.parts[len(s.parts)-1]
	if p.rows == s.book.most {
		if err := s.next(); err != nil {
			return err
		}
		p = s.parts[len(s.parts)-1]
	}
	return s.write(p, cells)
}

func (s *Sheet) write(p *part, cells []Cell) error {
	p.rows++
	values := make([]any, len(cells))
	for i, c := range cells {
		style, err := s.book.style(c)
		if err != nil {
			return err
		}
		values[i] = excelize.Cell{StyleID: style, Value: s.book.value(c.Value)}
	}
	return p.stream.SetRow(CellName(1, p.rows), values, excelize.RowOpts{Height: s.height(cells)})
}

// Write ends all sheets and writes the workbook.
func (b *Book) Write(w io.Writer) error {
	for _, s := range b.sheets {
		for _, p := range s.parts {
			if err := s.end(p); err != nil {
				return err
			}
		}
	}
	// No clock: the same input gives the same bytes.
	const day = "2000-01-01T00:00:00Z"
	if err := b.file.SetDocProps(&excelize.DocProperties{Creator: "zhijian", Created: day, Modified: day}); err != nil {
		return err
	}
	var zip *archive
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { zip = &archive{to: w}; return zip })
	err := b.file.Write(io.Discard)
	return errors.Join(err, zip.remove())
}

// Close removes the temporary files; the book is of no use after it.
func (b *Book) Close() error { return b.file.Close() }

// CellName is what Excel calls a cell, both counted from 1: 2, 12 is B12. It is
// empty where Excel has no such cell.
func CellName(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return ""
	}
	return name
}
