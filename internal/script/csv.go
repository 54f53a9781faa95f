package script

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
)

func readCSV(source string, data []byte) (*Library, *call.Problem) {
	return readCells("csv", source, data)
}
func readTSV(source string, data []byte) (*Library, *call.Problem) {
	return readCells("tsv", source, data)
}

// readCells reads a table of separated cells. One without a header whose rows have
// one cell each is a list of wordings.
func readCells(carrier, source string, data []byte) (*Library, *call.Problem) {
	d, problem := newDocument(source, data)
	if problem != nil {
		return nil, problem
	}
	comma := d.comma()
	rows, notes := d.unwaived(d.cells(comma))
	entries, doubts, found := entriesOf(rows, string(comma))
	if !found {
		if entries = listOf(rows); entries == nil {
			return nil, d.noHeader(rows)
		}
	}
	if len(entries) == 0 {
		return nil, noEntries(d)
	}
	l := d.library(carrier, entries)
	l.Notes = append(l.Notes, notes...)
	l.doubt(append(doubts, d.torn...))
	return l, nil
}

// unwaived are the rows without those that are meant as waivers, which tables cannot
// hold, with a note for each.
func (d *document) unwaived(rows [][]Line) (left [][]Line, notes []call.Problem) {
	for _, row := range rows {
		i := slices.IndexFunc(row, func(cell Line) bool { return !cell.blank() })
		if i < 0 || !waiverRow(row[i].Text) {
			left = append(left, row)
			continue
		}
		notes = append(notes, d.note(row[i].bytes[0].start, "这种文件里不能写豁免，请写进豁免文件（--waivers）",
			"a file like this cannot hold waivers; write it into a file of waivers (--waivers)"))
	}
	return left, notes
}

// waiverRow reports whether a row that starts with a text is meant as a waiver.
func waiverRow(text string) bool {
	text = strings.TrimLeft(text, "# \t\r\n")
	return strings.HasPrefix(text, waiverMark) || strings.HasPrefix(text, "zhijian：")
}

// listOf is an entry for each row where none has more than one filled cell; nil otherwise.
func listOf(rows [][]Line) []*Entry {
	var entries []*Entry
	for _, row := range rows {
		filled := 0
		for _, cell := range row {
			if cell.blank() {
				continue
			}
			f := fields{at: cell.Place(0)}
			f.words(textColumn, cell)
			e := f.entry()
			e.span = spanOf([]Line{cell})
			entries = append(entries, e)
			filled++
		}
		if filled > 1 {
			return nil
		}
	}
	return entries
}

// noHeader is the problem with a table whose columns are not known, with the name that one was perhaps meant to have.
func (d *document) noHeader(rows [][]Line) *call.Problem {
	var cells []string
	at := 0
	for _, row := range rows {
		for _, cell := range row {
			if !cell.blank() && len(cells) < 8 && cell.length() <= 20 {
				cells = append(cells, strings.TrimSpace(cell.Text))
				at = cell.bytes[0].start
			}
		}
		if len(cells) > 1 {
			break
		}
		cells = nil
	}
	hint := call.Say{}
	for _, cell := range cells {
		if _, known := exactly(cell); known {
			continue
		}
		if say := call.DidYouMean(cell, []string{"标准话术", "话术内容", "参考话术", "话术"}); say.ZH != "" {
			hint = say
		}
	}
	p := d.fail(at, "没有认出表头：开头是 %s；要有“标准话术”一列", "the table has no header that is known: it starts with %s; one column must be called 标准话术",
		strings.Join(cells, " | "))
	p.What = call.Say{ZH: p.What.ZH + hint.ZH, EN: p.What.EN + hint.EN}
	p.Nothing = true
	return p
}

// comma is what parts the cells: the separator by which the document has a header,
// else the most frequent one of the first lines.
func (d *document) comma() byte {
	best, most := byte(','), 0
	head := d.text[:min(len(d.text), 1<<16)]
	for _, c := range []byte{',', '\t', ';'} {
		if _, ok := header(d.cells(c)); ok && strings.IndexByte(head, c) >= 0 {
			return c
		}
		if n := strings.Count(head, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// cells are the rows of the document, parted by comma.
func (d *document) cells(comma byte) [][]Line {
	d.frames, d.torn = nil, nil
	s := scanner{doc: d, comma: comma}
	for s.at < len(d.text) {
		s.cell()
	}
	return s.rows
}

// scanner reads cells as spreadsheets write them. It keeps where each stands,
// which encoding/csv does not.
type scanner struct {
	doc   *document
	comma byte
	at    int
	rows  [][]Line
	open  bool // the last row goes on
}

// cell reads a cell and what ends it.
func (s *scanner) cell() {
	if !s.open {
		s.rows = append(s.rows, nil)
	}
	line, ok := s.quoted()
	if !ok {
		line = s.plain()
	}
	row := &s.rows[len(s.rows)-1]
	*row = append(*row, line)
	s.end()
}

// end reads what ends a cell: the comma, or the end of the row.
func (s *scanner) end() {
	rest := s.doc.text[s.at:]
	s.open = strings.HasPrefix(rest, string(s.comma))
	switch {
	case strings.HasPrefix(rest, "\r\n"):
		s.at += 2
	case rest != "":
		s.at++
	}
	if s.open && s.at == len(s.doc.text) { // the last cell is empty
		row := &s.rows[len(s.rows)-1]
		*row = append(*row, s.doc.line(extent{s.at, s.at}, quotedCell))
	}
}

// plain reads a cell without quotes.
func (s *scanner) plain() Line {
	start := s.at
	for s.at < len(s.doc.text) && !s.ends(s.doc.text[s.at]) {
		s.at++
	}
	at := extent{start, s.at}
	s.doc.frames = append(s.doc.frames, frame{at, s.finish})
	return s.doc.line(at, asIs)
}

func (s *scanner) ends(c byte) bool { return c == s.comma || c == '\n' || c == '\r' }

// finish puts quotes around a cell that needs them now.
func (s *scanner) finish(raw string) (string, error) {
	if !strings.ContainsAny(raw, "\r\n"+string(s.comma)) && !strings.HasPrefix(raw, `"`) {
		return raw, nil
	}
	text, _ := quotedCell(raw)
	return `"` + text + `"`, nil
}

// quoted reads a cell in quotes; ok is false where the quotes do not close, so that they are text.
func (s *scanner) quoted() (line Line, ok bool) {
	text := s.doc.text
	if s.at >= len(text) || text[s.at] != '"' {
		return Line{}, false
	}
	b := builder{doc: s.doc}
	i := s.at + 1
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r != '"':
			b.add(r, extent{i, i + size})
		case strings.HasPrefix(text[i+1:], `"`):
			size = 2
			b.add(r, extent{i, i + size})
		case i+1 == len(text) || s.ends(text[i+1]):
			line = b.line(s.at+1, quotedCell)
			s.at = i + 1
			return line, true
		default:
			s.tear(i)
			return Line{}, false
		}
		i += size
	}
	s.tear(i)
	return Line{}, false
}

// tear notes quotes that do not close where they should, as was found at an offset:
// one in the same line, as in “喂”、“干嘛”, is text.
func (s *scanner) tear(at int) {
	if at < len(s.doc.text) && !strings.ContainsAny(s.doc.text[s.at:at], "\r\n") {
		return
	}
	first := s.doc.line(extent{s.at, s.at}, asIs)
	s.doc.torn = append(s.doc.torn, doubtAt(&first, "引号没有闭合，按普通文字读；请检查这一格的引号", "a quotation mark is not closed and is read as text; check the quotes of this cell"))
}

// quotedCell is text inside the quotes of a cell.
func quotedCell(text string) (string, error) { return strings.ReplaceAll(text, `"`, `""`), nil }

func asIs(text string) (string, error) { return text, nil }
