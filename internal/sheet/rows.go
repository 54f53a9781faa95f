package sheet

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
)

// most is how many columns and rows a sheet of Excel may have.
const (
	mostColumns = 16384
	mostRows    = 1 << 20
)

// Rows are the rows of a sheet that are still to be read.
type Rows struct {
	s      *scanner
	close  io.Closer
	shared *table
	at     int // 1-based row that was yielded last
	next   int // 1-based row of cells; 0 where it is not read yet
	cells  []string
}

// Next is the next row, empty where the sheet has none there, so that rows count from 1 as
// Excel shows them. It is valid until Next is called again. At the end its error is io.EOF.
func (r *Rows) Next() ([]string, error) {
	if r.next == 0 {
		if err := r.read(); err != nil {
			return nil, err
		}
	}
	if r.at++; r.at < r.next {
		return nil, nil
	}
	r.next = 0
	return r.cells, nil
}

// Close ends the reading of the sheet.
func (r *Rows) Close() error { return r.close.Close() }

// read reads the next row that the sheet has.
func (r *Rows) read() error {
	for {
		if err := r.s.next(); err != nil {
			return unexpected(err)
		}
		switch name, closed := r.s.name(); name {
		case "row":
			return r.row(closed)
		case "/sheetData", "/worksheet":
			return io.EOF
		case "sheetData":
			if closed {
				return io.EOF
			}
		}
	}
}

// row reads the row whose tag was read last. One that does not say where it stands follows the
// one before.
func (r *Rows) row(closed bool) error {
	r.cells, r.next = r.cells[:0], r.at+1
	if n, err := strconv.Atoi(string(r.s.attr("r"))); err == nil && n > r.at && n <= mostRows {
		r.next = n
	}
	for !closed {
		if err := r.s.next(); err != nil {
			return unexpected(err)
		}
		switch name, empty := r.s.name(); name {
		case "c":
			if err := r.cell(empty); err != nil {
				return err
			}
		case "/row":
			return nil
		}
	}
	return nil
}

// cell reads the cell whose tag was read last.
func (r *Rows) cell(closed bool) error {
	at := column(r.s.attr("r"))
	if at < len(r.cells) {
		at = len(r.cells)
	}
	for len(r.cells) <= at && len(r.cells) < mostColumns {
		r.cells = append(r.cells, "")
	}
	if closed || at >= mostColumns {
		return nil
	}
	kind := string(r.s.attr("t"))
	text, err := r.value(kind == "inlineStr")
	if err == nil && kind == "s" {
		text, err = r.string(text)
	}
	r.cells[at] = text
	return err
}

// value reads up to the end of a cell: its value, or the text that stands in it.
func (r *Rows) value(inline bool) (text string, err error) {
	spoken := false
	for {
		if err := r.s.next(); err != nil {
			return "", unexpected(err)
		}
		switch name, closed := r.s.name(); name {
		case "/c":
			return text, nil
		case "/v":
			if !inline {
				text = unescape(r.s.text)
			}
		case "rPh":
			spoken = !closed
		case "/rPh":
			spoken = false
		case "/t":
			if !spoken {
				text += unescape(r.s.text)
			}
		}
	}
}

// string is the shared string of a number.
func (r *Rows) string(number string) (string, error) {
	n, err := strconv.Atoi(number)
	if text, ok := r.shared.get(n); ok && err == nil {
		return text, nil
	}
	if number == "" {
		return "", nil
	}
	return "", fmt.Errorf("row %d: there is no shared string %q", r.next, number)
}

// column is the 0-based column of a cell's name, B12, or -1 if it has none.
func column(name []byte) int {
	n := 0
	for _, b := range bytes.TrimRight(name, "0123456789") {
		if b < 'A' || b > 'Z' || n > mostColumns {
			return -1
		}
		n = n*26 + int(b-'A') + 1
	}
	return n - 1
}
