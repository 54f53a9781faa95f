package script

import (
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// headerRows is how many rows a header is looked for in: titles, notes and empty
// rows stand above it.
const headerRows = 20

// entriesOf reads the entries of one table, whatever carrier holds it: rows of
// cells, empty ones included, merged ones already filled down. A scene that is
// left empty is the one above; a row with nothing but a name is the heading of
// the rows after it, and another header may follow. found is false where no row
// is a header, so that the table holds no scripts. Where the first column is the
// header, as in tables that describe one script each, the columns are the rows.
func entriesOf(rows [][]Line) (entries []*Entry, found bool) {
	at, ok := header(rows)
	if !ok {
		if rows = turned(rows); len(rows) < 2 || !names(rows[0], 2) {
			return nil, false
		}
	}
	t := table{columns: columnsOf(rows[at])}
	for _, row := range rows[at+1:] {
		if e := t.row(row); e != nil {
			entries = append(entries, e)
		}
	}
	return entries, true
}

// turned is a table with its first columns as rows.
func turned(rows [][]Line) [][]Line {
	width := 0
	for _, row := range rows {
		width = max(width, min(len(row), headerRows))
	}
	out := make([][]Line, width)
	for _, row := range rows {
		for i := range out {
			cell := Line{}
			if i < len(row) {
				cell = row[i]
			}
			out[i] = append(out[i], cell)
		}
	}
	return out
}

// table is what is known of a table while its rows are read.
type table struct {
	columns []column
	section string   // the heading of the rows
	scenes  []string // of the row before, by column
}

// header is the index of the row that names the columns: the first that names two,
// one of them of wordings, else the first that only names wordings and nothing else.
func header(rows [][]Line) (at int, ok bool) {
	rows = rows[:min(len(rows), headerRows)]
	for _, least := range []int{2, 1} {
		at = slices.IndexFunc(rows, func(row []Line) bool { return names(row, least) })
		if at >= 0 {
			return at, true
		}
	}
	return 0, false
}

// names reports whether a row names at least so many columns, with wordings among
// them; one name alone has to be all of the row.
func names(row []Line, least int) bool {
	known, filled, speech := 0, 0, false
	for _, cell := range row {
		if cell.blank() {
			continue
		}
		filled++
		c, guessed := columnOf(cell.Text)
		if c != unknown && !guessed {
			known++
		}
		speech = speech || slices.Contains([]column{textColumn, forbiddenColumn, badColumn}, c) && (!guessed || least > 1)
	}
	return speech && known >= least && (least > 1 || filled == 1) && known*2 >= filled
}

// columnsOf are the columns that a header names. Where one column is named like
// wordings for sure, 内容 and names that are only like it beside that are not.
func columnsOf(row []Line) []column {
	var out []column
	sure := slices.ContainsFunc(row, func(cell Line) bool {
		c, guessed := columnOf(cell.Text)
		return c == textColumn && !guessed && !vague(cell.Text)
	})
	for _, cell := range row {
		c, guessed := columnOf(cell.Text)
		if c == textColumn && !guessed && sure && vague(cell.Text) {
			c = otherColumn
		}
		if guessed {
		}
		out = append(out, c)
	}
	return out
}

// vague reports whether the name of a column could be that of anything.
func vague(name string) bool {
	return slices.Contains([]string{"内容", "文本", "content", "text"}, bareName(name))
}

// row is the entry of a row, nil for one that holds none.
func (t *table) row(row []Line) *Entry {
	filled := slices.DeleteFunc(slices.Clone(row), func(cell Line) bool { return cell.blank() })
	switch {
	case len(filled) == 0:
		return nil
	case len(filled) > 1 && names(row, 2) && t.renamed(row):
		t.columns, t.scenes, t.section = columnsOf(row), nil, ""
		return nil
	case t.heads(row, filled):
		t.section, t.scenes = strings.TrimSpace(filled[0].Text), nil
		return nil
	}
	return t.entry(row, filled)
}

// renamed reports whether each filled cell of a row is the name of a column.
func (t *table) renamed(row []Line) bool {
	return !slices.ContainsFunc(row, func(cell Line) bool {
		c, _ := columnOf(cell.Text)
		return !cell.blank() && c == unknown
	})
}

// heads reports whether a row is the heading of those after it: all its cells say
// the same, and none of them is of a column of ids or of wordings only.
func (t *table) heads(row, filled []Line) bool {
	if len(t.columns) < 2 || slices.ContainsFunc(filled, func(cell Line) bool { return cell.Text != filled[0].Text }) {
		return false
	}
	for i, cell := range row {
		c := t.column(i)
		if !cell.blank() && len(filled) == 1 && (c == textColumn || c == badColumn || c == forbiddenColumn || c == idColumn && idLike(cell.Text)) {
			return false
		}
	}
	return filled[0].length() <= 40
}

// idLike reports whether a text looks like the number of a script: HS-001, 12.
func idLike(text string) bool {
	text = strings.TrimSpace(text)
	return strings.ContainsAny(text, "0123456789") && strings.Trim(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.#") == ""
}

func (t *table) column(i int) column {
	if i < len(t.columns) {
		return t.columns[i]
	}
	return unknown
}

// entry is the entry of a row that has some filled cells.
func (t *table) entry(row, filled []Line) *Entry {
	f := fields{scene: t.scene(row), at: filled[0].Place(0)}
	if !slices.Contains(t.columns, textColumn) {
		f.onlyBad = true
	}
	for i, cell := range row {
		f.set(t.column(i), cell)
	}
	if f.mute {
		return nil
	}
	e := f.entry()
	e.span = spanOf(filled)
	return e
}

// scene is the scene of a row, empty cells filled from above.
func (t *table) scene(row []Line) []string {
	scenes := make([]string, len(row))
	above := true
	for i, cell := range row {
		if t.column(i) != sceneColumn {
			continue
		}
		if scenes[i] = strings.TrimSpace(cell.Text); scenes[i] != "" {
			above = false
		} else if above && i < len(t.scenes) {
			scenes[i] = t.scenes[i]
		}
	}
	t.scenes = scenes
	return append([]string{t.section}, scenes...)
}

// spanOf is from the first byte of cells to the last.
func spanOf(cells []Line) extent {
	var span extent
	for _, cell := range cells {
		for _, at := range cell.bytes[:min(1, len(cell.bytes))] {
			last := cell.bytes[len(cell.bytes)-1]
			if span == (extent{}) {
				span = at
			}
			span = extent{min(span.start, at.start), max(span.end, last.end)}
		}
	}
	return span
}

// fields collects what the columns of a row, the keys of a map or the labels below a heading tell of one entry.
type fields struct {
	id, row  string
	scene    []string
	step     []string
	trigger  []string
	required bool
	bad      bool
	struck   bool // wordings were marked as bad where they stand
	mute     bool // the customer speaks
	onlyBad  bool // there is no column of wordings beside the bad ones
	good     []Line
	wrong    []Line
	at       call.Place
}

// set takes the value of a column.
func (f *fields) set(c column, cell Line) {
	text := strings.TrimSpace(cell.Text)
	if text == "" {
		return
	}
	switch c {
	case idColumn:
		if f.id == "" {
			f.id, f.at = text, cell.Place(0)
		}
	case rowColumn:
		f.row = text
	case stepColumn:
		f.step = append(f.step, text)
	case triggerColumn:
		f.trigger = append(f.trigger, text)
	case requiredColumn:
		f.required = f.required || isYes(text)
	case natureColumn:
		f.bad = f.bad || badNature(text)
	case rightColumn:
		f.bad = f.bad || isNo(text)
	case speakerColumn:
		l, ok := speaker(text)
		f.mute = ok && l.voice == heard
	default:
		f.words(c, cell)
	}
}

// words takes the value of a column of wordings, good or bad.
func (f *fields) words(c column, cell Line) {
	switch c {
	case textColumn:
		good, wrong := wordings(cell)
		f.good, f.wrong = append(f.good, good...), append(f.wrong, wrong...)
		f.struck = f.struck || len(wrong) > 0
	case badColumn:
		if several := quoted(cell); len(several) > 1 { // “喂”、“说话”
			f.wrong = append(f.wrong, several...)
			return
		}
		good, wrong := wordings(cell)
		f.wrong = append(append(f.wrong, good...), wrong...)
	case forbiddenColumn:
		f.wrong = append(f.wrong, expressions(cell)...)
	}
}

// entry is the entry that was collected. Where all there is are bad examples, it
// is one itself.
func (f *fields) entry() *Entry {
	e := &Entry{ID: f.id, Scene: path(f.scene), Step: path(f.step), Trigger: strings.Join(f.trigger, "；"), Required: f.required,
		Lines: f.good, Forbidden: f.wrong, At: f.at}
	if e.ID == "" {
		e.ID = f.row
	}
	e.Bad = f.bad || slices.ContainsFunc(append(slices.Clone(f.scene), f.step...), badName)
	if f.onlyBad && len(f.wrong) > 0 || f.struck && len(f.good) == 0 {
		e.Bad = true
	}
	if e.Bad {
		e.Lines, e.Forbidden = append(e.Lines, e.Forbidden...), nil
	}
	return e
}

// path is names from the outermost to the innermost in one: 等待 › 致谢.
func path(names []string) string {
	filled := slices.DeleteFunc(slices.Clone(names), func(s string) bool { return s == "" })
	return strings.Join(slices.Compact(filled), " › ")
}
