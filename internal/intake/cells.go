package intake

import (
	"bytes"
	"strings"
)

// maxCell is how many bytes a cell in quotes may have: a quotation mark that is not closed
// within them is text. Spreadsheets end cells at 32,767 characters.
const maxCell = 1 << 20

// cells reads the rows of separated values as spreadsheets write them.
type cells struct {
	data  []byte
	at    int // in data
	line  int // 1-based, of data[at]
	comma byte
	last  bool // nothing comes after data: its last row is complete
	row   row
}

// row is one row of a table.
type row struct {
	from, to int // in data
	line     int // 1-based, of its start
	cells    []string
	lines    []int // 1-based, on which each cell starts
	torn     int   // line of a quotation mark that is not closed, 0 if there is none
}

// cell is the i-th cell, "" where the row is shorter.
func (r *row) cell(i int) string {
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

// empty reports whether no cell holds anything.
func (r *row) empty() bool {
	for _, c := range r.cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// next reads a row; false if none is complete. The row is valid until next is called again.
func (c *cells) next() bool {
	if c.at >= len(c.data) {
		return false
	}
	c.row = row{from: c.at, line: c.line, cells: c.row.cells[:0], lines: c.row.lines[:0]}
	at, line := c.at, c.line
	for {
		text, size, ok := c.cell(at)
		if !ok {
			return false
		}
		c.row.cells, c.row.lines = append(c.row.cells, text), append(c.row.lines, line)
		line += bytes.Count(c.data[at:at+size], []byte{'\n'})
		at += size
		if at < len(c.data) && c.data[at] == c.comma {
			at++
			continue
		}
		break
	}
	if at < len(c.data) { // the line break
		at++
		line++
	}
	c.at, c.line, c.row.to = at, line, at
	return true
}

// cell reads the cell at an offset: its text and how many bytes it takes; ok is false where
// it may go on after data.
func (c *cells) cell(at int) (text string, size int, ok bool) {
	rest := c.data[at:]
	if len(rest) > 0 && rest[0] == '"' {
		text, size, closed, enough := c.quoted(rest)
		if closed || !enough {
			return text, size, closed
		}
		c.row.torn = c.line
	}
	end := bytes.IndexByte(rest, '\n')
	if end < 0 {
		if !c.last {
			return "", 0, false
		}
		end = len(rest)
	}
	if i := bytes.IndexByte(rest[:end], c.comma); i >= 0 {
		end = i
	}
	return strings.TrimSuffix(string(rest[:end]), "\r"), end, true
}

// quoted reads a cell in quotes. Closed tells that it ends as it should; enough, that
// there was enough data to tell.
func (c *cells) quoted(rest []byte) (text string, size int, closed, enough bool) {
	doubled := false
	for i := 1; ; {
		next := -1
		if near := min(len(rest), maxCell); i < near {
			next = bytes.IndexByte(rest[i:near], '"')
		}
		if next < 0 {
			return "", 0, false, c.last || len(rest) >= maxCell
		}
		i += next + 1
		switch {
		case i < len(rest) && rest[i] == '"':
			doubled = true
			i++
		case i+1 >= len(rest) && !c.last:
			return "", 0, false, false
		case c.ends(rest[i:]):
			text := string(rest[1 : i-1])
			if doubled {
				text = strings.ReplaceAll(text, `""`, `"`)
			}
			return text, i + len(rest[i:]) - len(bytes.TrimPrefix(rest[i:], []byte{'\r'})), true, true
		default:
			return "", 0, false, true
		}
	}
}

// ends reports whether a cell ends before rest.
func (c *cells) ends(rest []byte) bool {
	rest = bytes.TrimPrefix(rest, []byte{'\r'})
	return len(rest) == 0 || rest[0] == c.comma || rest[0] == '\n'
}
