package report

import (
	"slices"
	"strconv"
	"time"

	"github.com/zhijian-qa/zhijian/internal/book"
)

// only says what a column is for.
type only int

const (
	always only = iota
	forCalls
	forScripts
)

// xlsxColumn is a column of a sheet, and how its cells come from T.
type xlsxColumn[T any] struct {
	only
	book.Column
	cell func(T) book.Cell
}

// xlsxTable is a sheet whose rows come from T.
type xlsxTable[T any] struct {
	sheet   *book.Sheet
	columns []xlsxColumn[T]
}

// newTable adds a sheet with the columns that fit what is judged, unless there was an error before.
func newTable[T any](x *xlsxReport, before error, name string, columns []xlsxColumn[T], l book.Layout) (*xlsxTable[T], error) {
	if before != nil {
		return nil, before
	}
	unfit := forScripts
	if x.o.Scripts {
		unfit = forCalls
	}
	columns = slices.DeleteFunc(columns, func(c xlsxColumn[T]) bool { return c.only == unfit })
	for _, c := range columns {
		l.Columns = append(l.Columns, c.Column)
	}
	sheet, err := x.book.Sheet(name, l)
	return &xlsxTable[T]{sheet, columns}, err
}

func (t *xlsxTable[T]) add(of T) error {
	cells := make([]book.Cell, len(t.columns))
	for i, c := range t.columns {
		cells[i] = c.cell(of)
	}
	return t.sheet.Row(cells...)
}

// The widths of columns by what is in them, in characters of the usual font.
const (
	narrow   = 8  // a number, a word
	named    = 12 // the name of a person or a team
	numbered = 19 // the id of a call, a time
	ruled    = 29 // the id of a rule
	said     = 28 // a few words, or a sentence
	told     = 52 // several sentences
)

func xlsxCol[T any](head string, width float64, cell func(T) book.Cell) xlsxColumn[T] {
	return xlsxColumn[T]{Column: book.Column{Head: head, Width: width}, cell: cell}
}

// numCol is a column of numbers.
func numCol[T any](head string, width float64, cell func(T) book.Cell) xlsxColumn[T] {
	c := xlsxCol(head, width, cell)
	c.Number = true
	return c
}

// of says what the column is for.
func (c xlsxColumn[T]) of(o only) xlsxColumn[T] { c.only = o; return c }

// onScreen keeps the column from print.
func (c xlsxColumn[T]) onScreen() xlsxColumn[T] { c.Screen = true; return c }

// textCell is a cell of words from anywhere. What nobody could see, or XML cannot
// hold, is shown as a sign.
func textCell(s string, style book.Style) book.Cell {
	if s == "" {
		return book.Cell{Style: style}
	}
	return book.Cell{Value: CleanLines(s), Style: style}
}

func countCell(n int) book.Cell { return book.Cell{Value: n} }

// loudCell is a number that catches the eye where it is not 0.
func loudCell(n int, style book.Style) book.Cell {
	if n == 0 {
		style = book.Plain
	}
	return book.Cell{Value: n, Style: style}
}

// lineCell is a line of a file, or nothing where lines mean nothing.
func lineCell(n int) book.Cell {
	if n < 1 {
		return book.Cell{Style: book.Dim}
	}
	return textCell(strconv.Itoa(n), book.Dim)
}

// momentCell is a time that can be sorted and filtered by day where it is one, with
// the hours of its own zone; the words of the input otherwise.
func momentCell(s string) book.Cell {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateTime, "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1900 {
			return book.Cell{Value: t, Style: book.Date}
		}
	}
	return textCell(s, book.Plain)
}
