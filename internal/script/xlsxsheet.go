package script

import (
	"slices"
	"strconv"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// maxGrid is how many cells, empty ones included, the table of a sheet may have.
const maxGrid = 4 << 20

// sheet is a worksheet.
type sheet struct {
	book   *workbook
	name   string
	part   string
	hidden bool
	cells  []sheetCell // those with a text, in the order of the part
	merges []area
	seen   map[spot]*sheetCell // where each text is seen; set by spread
}

// spot is where a cell stands: row and column from 1.
type spot struct{ row, col int }

// area is a merged cell, its corners included.
type area struct{ from, to spot }

// sheetCell is a cell with a text.
type sheetCell struct {
	spot
	text   *item
	shared bool
	index  int      // of the shared string
	tag    element  // <c>
	value  extent   // <v>…</v> or <is>…</is>
	frozen call.Say // why the text cannot be changed here
}

func (s *sheet) read() error {
	return s.book.walkXML(s.part, func(x *partXML, _ element) error {
		return x.each(func(e element) error {
			switch e.Name.Local {
			case "sheetData":
				return s.readRows(x)
			case "mergeCells":
				return x.each(func(e element) error { return s.addMerge(e) })
			}
			return nil
		})
	})
}

// readRows reads the rows; a row or a cell that does not say where it stands
// follows the one before it.
func (s *sheet) readRows(x *partXML) error {
	at := spot{}
	return x.each(func(e element) error {
		at = spot{row: at.row + 1}
		if n, err := strconv.Atoi(e.attr("r")); err == nil {
			at.row = n
		}
		return x.each(func(e element) error {
			at.col++
			if named, ok := parseSpot(e.attr("r")); ok {
				at = named
			}
			return s.readCell(x, e, at)
		})
	})
}

func (s *sheet) readCell(x *partXML, e element, at spot) error {
	c := sheetCell{spot: at, tag: e}
	formula := false
	err := x.each(func(child element) (err error) {
		switch child.Name.Local {
		case "f":
			formula = true
		case "v":
			c.text, err = x.value(child)
			c.value = extent{child.tag.start, x.token.end}
		case "is":
			c.text, err = x.item(child)
			c.value = extent{child.tag.start, x.token.end}
		}
		return err
	})
	if err == nil && c.text != nil {
		err = c.resolve(s.book, formula)
	}
	if err == nil && c.text != nil && len(c.text.runes) > 0 {
		s.cells = append(s.cells, c)
	}
	return err
}

// resolve turns the value of a cell into what the author sees.
func (c *sheetCell) resolve(w *workbook, formula bool) error {
	switch kind := c.tag.attr("t"); kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(string(c.text.runes)))
		if err != nil || n < 0 || n >= len(w.strings.items) {
			return troublef("单元格 %s 引用的第 %s 个共享字符串不存在"+sayAgainZH+".xlsx", "cell %s refers to shared string %s, which does not exist"+sayAgainEN+".xlsx", c.spot, string(c.text.runes))
		}
		c.shared, c.index, c.text = true, n, w.strings.items[n]
	case "e":
		c.text = nil
	case "b":
		c.text = c.text.shownAs(truth(c.text))
		c.frozen = call.Sayf("这里是逻辑值，不是文字", "this is a logical value, not a text")
	case "", "n", "d":
		c.frozen = call.Sayf("这里是数值，不是文字", "this is a number, not a text")
	}
	if formula {
		c.frozen = call.Sayf("这里的文字由公式算出；请改公式或它引用的单元格", "the text here is the result of a formula; change the formula or the cells it takes")
	}
	return nil
}

// truth is how Excel shows a logical value.
func truth(it *item) string {
	if strings.TrimSpace(string(it.runes)) == "1" {
		return "TRUE"
	}
	return "FALSE"
}

// shownAs is an item that the author sees as another text.
func (it *item) shownAs(text string) *item {
	out := *it
	out.glyphs = glyphs{}
	for _, r := range text {
		out.add(r, it.inner)
	}
	return &out
}

// String is the spot as Excel names it: B12.
func (at spot) String() string {
	letters := ""
	for n := at.col; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return letters + strconv.Itoa(at.row)
}

// parseSpot reads the name of a cell; ok is false for what Excel has no cell for.
func parseSpot(name string) (at spot, ok bool) {
	digits := strings.TrimLeft(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	letters := name[:len(name)-len(digits)]
	if letters == "" || len(letters) > 3 {
		return at, false
	}
	for _, l := range letters {
		at.col = at.col*26 + int(l-'A') + 1
	}
	row, err := strconv.ParseUint(digits, 10, 21)
	at.row = int(row)
	return at, err == nil && row > 0
}

func (s *sheet) addMerge(e element) error {
	first, last, _ := strings.Cut(e.attr("ref"), ":")
	from, ok := parseSpot(first)
	to, both := parseSpot(last)
	if ok && both {
		s.merges = append(s.merges, area{from, to})
	}
	return nil
}

// line is the text of a cell, shown at a spot: its own, or one that is merged with it.
func (s *sheet) line(c *sheetCell, at spot) Line {
	place := call.Place{Sheet: s.name, Cell: at.String()}
	l := Line{part: s.part, place: func(extent) call.Place { return place }, escape: escapeCell}
	if c == nil {
		return l
	}
	l.Text, l.bytes, l.covered = string(c.text.runes), c.text.at, c.row < at.row
	if c.shared {
		l.part = s.book.strings.part
	}
	if c.frozen != (call.Say{}) {
		l.escape = func(string) (string, error) { return "", &WriteError{c.frozen} }
	}
	return l
}

// rows are the cells of the sheet as a table: without columns that are empty
// throughout, with one empty row for any number of them between others.
func (s *sheet) rows() ([][]Line, error) {
	rows, cols, err := s.spread()
	if err != nil {
		return nil, err
	}
	var out [][]Line
	for i, row := range rows {
		if i > 0 && row > rows[i-1]+1 {
			out = append(out, s.row(rows[i-1]+1, cols))
		}
		out = append(out, s.row(row, cols))
	}
	return out, nil
}

func (s *sheet) row(row int, cols []int) []Line {
	line := make([]Line, len(cols))
	for i, col := range cols {
		line[i] = s.line(s.seen[spot{row, col}], spot{row, col})
	}
	return line
}

// axes are the rows and the columns that hold a text, in order.
func axes(at map[spot]*sheetCell) (rows, cols []int) {
	for p := range at {
		rows, cols = append(rows, p.row), append(cols, p.col)
	}
	slices.Sort(rows)
	slices.Sort(cols)
	return slices.Compact(rows), slices.Compact(cols)
}

// spread finds where each text is seen: in its cell, and wherever that is merged
// into, as far as other cells of those rows and columns hold texts. A caption, which
// has its row for itself, is not spread over it.
func (s *sheet) spread() (rows, cols []int, err error) {
	s.seen = make(map[spot]*sheetCell, len(s.cells))
	for i := range s.cells {
		s.seen[s.cells[i].spot] = &s.cells[i]
	}
	texts := map[int]int{} // by row
	for at := range s.seen {
		texts[at.row]++
	}
	rows, cols = axes(s.seen)
	if len(rows)*len(cols) > maxGrid {
		return nil, nil, troublef("工作表“%s”有 %d 行 × %d 列，超出上限（%d 个单元格）；请把话术放到单独的工作簿", "sheet %q has %d rows of %d columns, beyond the limit of %d cells; keep the scripts in a workbook of their own",
			s.name, len(rows), len(cols), maxGrid)
	}
	left := len(rows) * len(cols)
	for _, m := range s.merges {
		under, beside := between(rows, m.from.row, m.to.row), between(cols, m.from.col, m.to.col)
		if left -= len(under) * len(beside); left < 0 { // no workbook has them; filling them may take for ever
			return nil, nil, s.book.damaged(s.part, call.Sayf("合并单元格互相重叠", "merged cells overlap"))
		}
		if c := s.seen[m.from]; c != nil && (texts[m.from.row] > 1 || len(under) > 1) {
			s.fill(c, under, beside)
		}
	}
	return rows, cols, nil
}

func (s *sheet) fill(c *sheetCell, rows, cols []int) {
	for _, row := range rows {
		for _, col := range cols {
			if at := (spot{row, col}); s.seen[at] == nil {
				s.seen[at] = c
			}
		}
	}
}

// between are those of sorted numbers from low to high.
func between(sorted []int, low, high int) []int {
	from, _ := slices.BinarySearch(sorted, low)
	to, _ := slices.BinarySearch(sorted, high+1)
	return sorted[from:max(from, to)]
}
