package script

import (
	"slices"
	"strings"
)

// outline makes entries of what stands below headings, whatever carrier has them.
type outline struct {
	title   bool // the first heading is the title of the document
	headed  bool // there are headings
	path    []heading
	draft   *draft
	entries []*Entry
	below   int // how many entries there were at the last heading
	doubts  []doubt
}

// heading is a heading that is open.
type heading struct {
	level int
	line  Line
	title bool
}

// find decides by the levels of all headings whether the first one is the title of
// the document: the only one of its level above others.
func (o *outline) find(levels []int) {
	o.headed = len(levels) > 0
	o.title = len(levels) > 1 && levels[0] < slices.Min(levels[1:])
}

// heading opens a heading. One by the name of a column, below the heading of a
// script, only says what follows: 禁用语, 标准话术.
func (o *outline) heading(level int, line Line) {
	c, guessed := columnOf(line.Text)
	if o.draft != nil && o.draft.level < level && (!guessed || c == badColumn) && o.draft.takes(c) {
		o.draft.field = field{column: c, indent: -1, lasting: true}
		return
	}
	o.close()
	for len(o.path) > 0 && o.path[len(o.path)-1].level >= level {
		o.path = o.path[:len(o.path)-1]
	}
	o.below = len(o.entries)
	title := o.title && len(o.entries) == 0 && len(o.path) == 0 && !o.titled()
	o.path = append(o.path, heading{level, line, title})
	if !title && !o.about() {
		o.draft = o.newDraft(level, line)
	}
}

// titled reports whether the title of the document was read, and no longer waits for it.
func (o *outline) titled() bool {
	done := !o.title
	o.title = false
	return done
}

// about reports whether an open heading is of what is no script: 修订记录.
func (o *outline) about() bool {
	return slices.ContainsFunc(o.path, func(h heading) bool { return aboutName(h.line.Text) })
}

// names are those of the open headings but the title.
func (o *outline) names() []string {
	var out []string
	for _, h := range o.path {
		if !h.title {
			out = append(out, h.line.Text)
		}
	}
	return out
}

// newDraft is the entry that a heading starts: HS-001 问候 has an id and a step.
func (o *outline) newDraft(level int, line Line) *draft {
	d := &draft{level: level}
	d.at, d.span = line.Place(0), spanOf([]Line{line})
	names := o.names()
	d.bad = slices.ContainsFunc(names, badName)
	if n := len(names); n > 0 {
		id, rest := numbered(requiredPattern().ReplaceAllString(names[n-1], ""))
		d.required = requiredPattern().MatchString(names[n-1])
		names[n-1] = rest
		d.id, d.numbered = id, id != ""
		if n > 1 || id != "" {
			d.step = []string{rest}
			names = names[:n-1]
		}
		d.scene = names
	}
	return d
}

// told takes a block. Where its first line starts with a label, each line that
// does is a block of its own.
func (o *outline) told(p *paragraph, line Line) {
	for _, part := range labelledParts(line) {
		o.tell(p, part)
	}
}

// labelledParts are the lines of a block that start with the name of a column, each
// with those below it that do not, if the first one does. A text that leads into a
// line has it: 话术：您的套餐是：, 产品：….
func labelledParts(line Line) []Line {
	if _, _, ok := fieldOf(line); !ok {
		return []Line{line}
	}
	var parts []Line
	runes := []rune(line.Text)
	start := 0
	for i := 1; i < len(runes); i++ {
		if runes[i-1] != '\n' {
			continue
		}
		before, after := line.slice(start, i), line.from(i)
		_, text, _ := fieldOf(before)
		if _, _, ok := fieldOf(after); ok && !strings.ContainsAny(lastRune(text.Text), "：:") {
			parts, start = append(parts, before.trim()), i
		}
	}
	return append(parts, line.from(start))
}

// tell takes a block with one label at most.
func (o *outline) tell(p *paragraph, line Line) {
	if o.draft == nil && o.worded(line) {
		h := &o.path[len(o.path)-1]
		h.title = false
		o.draft = o.newDraft(h.level, h.line)
	}
	if o.draft == nil {
		if o.headed && len(o.path) == 0 || len(o.path) > 0 && (o.path[len(o.path)-1].title || o.about()) {
			return // what stands before the first script introduces the document
		}
		o.draft = o.newDraft(0, line)
	}
	d := o.draft
	if c, rest, ok := fieldOf(line); ok {
		o.labelled(p, c, rest, line)
		return
	}
	if c, ok := exactly(line.Text); ok && (c == badColumn || c == forbiddenColumn || c == textColumn) {
		d.field = field{column: c, indent: p.indent, lasting: !p.item}
		return
	}
	if l, ok := labelOf([]rune(line.Text)); ok && l.width == line.length() && !l.speaker {
		d.field = field{column: map[voice]column{said: textColumn, bad: badColumn, heard: otherColumn}[l.voice], indent: p.indent, lasting: !p.item}
		return
	}
	d.grow(line)
	switch d.columnFor(p) {
	case unknown:
		if n := len(d.loose) - 1; n >= 0 && d.loose[n].names(p) {
			d.loose = d.loose[:n]
		}
		d.loose = append(d.loose, block{line, *p})
	default:
		d.take(d.field.column, line)
	}
}

// worded reports whether a block below the title of the document is labelled as a
// wording or as what an agent says, so that the heading is no title.
func (o *outline) worded(line Line) bool {
	if len(o.path) == 0 || !o.path[len(o.path)-1].title {
		return false
	}
	c, _, ok := fieldOf(line)
	return ok && c == textColumn || slices.ContainsFunc(rowsOf(line), func(r row) bool { return r.speaks() && r.label.voice == said })
}

// labelled takes a block that names its column. Another id starts another entry.
func (o *outline) labelled(p *paragraph, c column, rest, line Line) {
	if c == idColumn && (o.draft.id != "" || o.draft.filled()) {
		level, at := o.draft.level, o.draft.fields
		o.close()
		o.draft = &draft{level: level}
		o.draft.scene, o.draft.step, o.draft.bad = at.scene, at.step, at.bad
	}
	d := o.draft
	if c == idColumn {
		d.at, d.numbered = line.Place(0), true
	}
	d.grow(line)
	if judges(line, rest) { // 错误示范：…, 正确示范：… hold their own block, and do not make the others explanation
		d.field = field{}
		d.set(c, rest)
		return
	}
	d.field = field{column: c, indent: p.indent, lasting: rest.blank() && !p.item}
	d.take(c, rest)
}

// judges reports whether the label of a block is a verdict on the words behind it.
func judges(line, rest Line) bool {
	l, ok := labelOf([]rune(line.Text))
	name, _, _ := strings.Cut(strings.ReplaceAll(line.Text, ":", "："), "：")
	return ok && !l.speaker && !rest.blank() && has(verdicts, strings.TrimRight(bareName(name), numerals))
}

// close makes an entry of the draft, if it has become one.
func (o *outline) close() {
	d := o.draft
	o.draft = nil
	if d == nil || !d.filled() && !d.numbered {
		return
	}
	if !d.labelled {
		d.tell(d.loose)
	} else {
		d.tell(slices.DeleteFunc(slices.Clone(d.loose), func(b block) bool { return !newRow(b.line).named }))
		o.doubt(d.loose)
	}
	if !d.labelled && !d.numbered && len(d.good)+len(d.wrong) == 0 {
		return
	}
	d.onlyBad = len(d.good) == 0 && !d.labelled && len(d.wrong) > 0
	e := d.entry()
	e.span = d.span
	if !d.filled() && o.tables(e.ID) {
		return
	}
	o.entries = append(o.entries, e)
}

// tables reports whether a table gave a script of this id: a heading above it by the
// same id, with nothing else below, is only its name.
func (o *outline) tables(id string) bool {
	return slices.ContainsFunc(o.entries[o.below:], func(e *Entry) bool { return e.ID == id })
}

// doubt notes blocks that stand behind labelled wordings without a label and speak like them.
func (o *outline) doubt(blocks []block) {
	for _, b := range blocks {
		if b.speaks() && !newRow(b.line).named && !leads(b.line.Text) {
			o.doubts = append(o.doubts, doubtAt(&b.line, "这一段没有检查：前面标明了“话术：”，这一段没有；是话术请加上“话术：”",
				"this paragraph is not checked: those before it are labelled 话术： and it is not; label it if it is a wording"))
		}
	}
}

// tabled takes the entries of a table. Where it does not name their scene, the
// headings do; but a table may sum up what stands below other headings, so a wording
// that was given there is of that scene. found is false where the table should hold
// scripts and does not.
func (o *outline) tabled(rows [][]Line) (found bool) {
	if o.about() {
		return true
	}
	entries, doubts, found := entriesOf(rows, "")
	o.doubts = append(o.doubts, doubts...)
	names, scenes := o.names(), o.scenes()
	for _, e := range entries {
		if e.Scene == "" {
			e.Scene = path(names)
			for _, l := range e.Lines {
				e.Scene = orName(scenes[l.Text], e.Scene)
			}
		}
		if slices.ContainsFunc(names, badName) {
			e.markBad()
		}
	}
	o.entries = append(o.entries, entries...)
	return found
}

// scenes are those of all wordings so far, the first for each.
func (o *outline) scenes() map[string]string {
	scenes := map[string]string{}
	for _, e := range o.entries {
		for _, l := range e.Lines {
			scenes[l.Text] = orName(scenes[l.Text], e.Scene)
		}
	}
	return scenes
}

// orName is name, or another where that is empty.
func orName(name, instead string) string {
	if name == "" {
		return instead
	}
	return name
}
