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
// header, as in tables that describe one script each, the columns are the rows. The
// cells of a row are parted by comma, which is empty where no text could hold it.
func entriesOf(rows [][]Line, comma string) (entries []*Entry, doubts []doubt, found bool) {
	at, ok := header(rows)
	if on := turned(rows); (!ok || at > 0) && upright(on) {
		rows, at, ok, comma = on, 0, true, ""
	}
	if !ok {
		return nil, nil, false
	}
	t := table{comma: comma}
	t.begin(rows[at])
	for _, row := range rows[at+1:] {
		if e := t.row(row); e != nil {
			entries = append(entries, e)
		}
	}
	t.end()
	return entries, t.doubts, true
}

// upright reports whether the first column, turned, names the columns of a table:
// every cell of it.
func upright(rows [][]Line) bool {
	return len(rows) > 1 && names(rows[0], 2) && known(rows[0])
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
	comma   string
	header  []Line
	columns []column
	section string   // the heading of the rows
	fresh   bool     // no entry stands below it yet
	scenes  []string // of the row before, by column
	prose   []bool   // by column: some cell may be a wording
	worded  bool     // some entry has wordings
	wide    []Line   // of each row that is wider than the header, the first cell too many
	joined  bool     // those cells were taken as part of the wording
	doubts  []doubt
}

// begin starts rows below a header.
func (t *table) begin(header []Line) {
	t.end()
	t.header, t.columns, t.scenes = header, columnsOf(header), nil
	t.prose, t.worded, t.wide = make([]bool, len(header)), false, nil
	for n := len(t.header); n > 0 && t.header[n-1].blank(); n-- {
		t.columns = t.columns[:n-1]
	}
	t.joined = t.comma != "" && t.column(len(t.columns)-1) == textColumn
}

// end says what was not understood below the last header.
func (t *table) end() {
	t.doubts = append(t.doubts, t.columnsUnread()...)
	switch n := len(t.wide); {
	case n == 0:
	case t.joined:
		t.doubts = append(t.doubts, doubtAt(&t.wide[0], "有 %d 行比表头宽，这是第一行：多出的格子并入了话术；话术里的逗号要用引号括起来",
			"rows wider than the header: %d, this is the first; the cells too many were taken as part of the wording; put quotes around wordings with commas", n))
	default:
		t.doubts = append(t.doubts, doubtAt(&t.wide[0], "有 %d 行比表头宽，这是第一行：多出的格子没有检查；格子里的逗号要用引号括起来",
			"rows wider than the header: %d, this is the first; the cells too many are not checked; put quotes around cells with commas", n))
	}
}

// header is the index of the row that names the columns: the first that names two,
// one of them of wordings, else the first that only names wordings and nothing else,
// else, below a long preface, the first whose cells are all names.
func header(rows [][]Line) (at int, ok bool) {
	far := rows[:min(len(rows), 10*headerRows)]
	rows = rows[:min(len(rows), headerRows)]
	for _, least := range []int{2, 1} {
		at = slices.IndexFunc(rows, func(row []Line) bool { return names(row, least) })
		if at >= 0 {
			return at, true
		}
	}
	at = slices.IndexFunc(far, func(row []Line) bool { return names(row, 2) && known(row) })
	return max(at, 0), at >= 0
}

// names reports whether a row names at least so many columns, with wordings among
// them; one name alone has to be all of the row. Where no name is that of wordings for
// sure, half of the cells have to be names.
func names(row []Line, least int) bool {
	known, guesses, filled, speech, exact := 0, 0, 0, false, false
	for _, cell := range row {
		if cell.blank() {
			continue
		}
		filled++
		c, guessed := turnColumn(cell.Text)
		if guessed {
			guesses++
		} else if c != unknown {
			known++
		}
		exact = exact || c == textColumn && !guessed && !vague(cell.Text)
		speech = speech || slices.Contains([]column{textColumn, forbiddenColumn, badColumn}, c) && (!guessed || least > 1)
	}
	return speech && known >= least && (least > 1 || filled == 1) && (exact || (known+guesses)*2 >= filled)
}

// columnsOf are the columns that a header names. Where one column is named like
// wordings for sure, 内容 and names that are only like it beside that are not.
func columnsOf(row []Line) []column {
	var out []column
	sure := slices.ContainsFunc(row, func(cell Line) bool {
		c, guessed := turnColumn(cell.Text)
		return c == textColumn && !guessed && !vague(cell.Text)
	})
	for _, cell := range row {
		c, guessed := turnColumn(cell.Text)
		if c == textColumn && !guessed && sure && vague(cell.Text) {
			c = otherColumn
		}
		out = append(out, c)
	}
	return out
}

// vague reports whether the name of a column could be that of anything: 内容, or
// 坐席, which may hold names of people.
func vague(name string) bool {
	c, _ := columnOf(name)
	return c == unknown || slices.Contains([]string{"内容", "文本", "content", "text"}, bareName(name))
}

// row is the entry of a row, nil for one that holds none.
func (t *table) row(row []Line) *Entry {
	filled := slices.DeleteFunc(slices.Clone(row), func(cell Line) bool { return cell.blank() })
	switch {
	case len(filled) == 0:
		return nil
	case len(filled) > 1 && names(row, 2) && t.renamed(row):
		if !t.fresh {
			t.section = ""
		}
		t.begin(row)
		return nil
	case t.heads(row, filled):
		t.section, t.scenes, t.fresh = strings.TrimSpace(filled[0].Text), nil, true
		return nil
	}
	return t.entry(row, filled)
}

// renamed reports whether a row that names columns is another header, and not a
// script of the scene 禁用语: all its cells are names, or those of wordings are, or it
// starts as the header does.
func (t *table) renamed(row []Line) bool {
	if known(row) {
		return true
	}
	speech := false
	for i, cell := range row {
		c, _ := turnColumn(cell.Text)
		if t.column(i) == textColumn && !cell.blank() {
			speech = true
			if c == unknown {
				return i > 0 && t.starts(row)
			}
		}
	}
	return speech || t.starts(row)
}

// known reports whether each filled cell of a row is the name of a column.
func known(row []Line) bool {
	return !slices.ContainsFunc(row, func(cell Line) bool {
		c, _ := turnColumn(cell.Text)
		return !cell.blank() && c == unknown
	})
}

// starts reports whether the first cell of a row names what that of the header names.
func (t *table) starts(row []Line) bool {
	c, _ := turnColumn(row[0].Text)
	return c == t.column(0) && slices.Contains([]column{idColumn, rowColumn, sceneColumn}, c)
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
	if i >= 0 && i < len(t.columns) {
		return t.columns[i]
	}
	return unknown
}

// entry is the entry of a row that has some filled cells. A wording that is merged
// with the one above is that of the entry above.
func (t *table) entry(row, filled []Line) *Entry {
	f := fields{scene: t.scene(row), at: filled[0].Place(0)}
	f.onlyBad = !slices.Contains(t.columns, textColumn)
	shared := false
	for i, cell := range t.fitted(row) {
		c := t.column(i)
		if cell.covered && slices.Contains([]column{textColumn, badColumn, forbiddenColumn}, c) {
			shared = true
			continue
		}
		if i < len(t.prose) && c == unknown {
			t.prose[i] = t.prose[i] || prose(cell)
		}
		f.set(c, cell)
	}
	t.fresh = false
	if f.mute {
		return nil
	}
	f.required = f.required && !(shared && len(f.good) == 0)
	t.worded = t.worded || len(f.good) > 0
	e := f.entry()
	e.span = spanOf(filled)
	return e
}

// fitted is a row without the cells beyond the header. In a file of separated cells
// they come from commas in a wording that has no quotes: where the last column is of
// wordings, they go on with it.
func (t *table) fitted(row []Line) []Line {
	n := len(t.columns)
	if len(row) <= n || t.comma == "" {
		return row
	}
	last := len(row)
	for last > n && row[last-1].blank() {
		last--
	}
	if last == n {
		return row[:n]
	}
	t.wide = append(t.wide, row[n])
	if !t.joined {
		return row[:n]
	}
	out := slices.Clone(row[:n])
	for _, more := range row[n:last] {
		out[n-1] = parted(out[n-1], t.comma, more)
	}
	return out
}

// parted is two cells as the one that a comma between them parted. It is not written:
// it would need quotes around all of it.
func parted(a Line, comma string, b Line) Line {
	if len(a.bytes) == 0 || len(b.bytes) == 0 {
		return join(a, b)
	}
	out := a
	gap := extent{a.bytes[len(a.bytes)-1].end, b.bytes[0].start}
	out.Text, out.bytes = a.Text+comma+b.Text, slices.Concat(a.bytes, []extent{gap}, b.bytes)
	out.escape = func(string) (string, error) {
		return "", refused("话术里有没加引号的逗号，不会自动改写；请先用引号括起来", "the wording has commas without quotes and is not rewritten; put it in quotes first")
	}
	return out
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
		f.mute = listens(text)
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
