package script

import (
	"slices"
	"strings"
)

// draft is an entry of Markdown while its blocks are read.
//
// A block may start with the name of a column: 话术：…, 禁用：…. Where one names
// wordings, only those are: the rest is explanation. Where none does, all
// paragraphs, items and quotations are wordings, but those that lead into the next
// with a colon.
type draft struct {
	fields
	level      int
	fieldLevel int // of the heading that named the field
	field      field
	labelled   bool   // the wordings are labelled
	loose      []Line // blocks without a label
	numbered   bool   // it has an id
	span       extent
}

// field is the column that blocks without a label are of, unknown if none.
type field struct {
	column  column
	indent  int  // of the item that named it: deeper ones are of it
	lasting bool // until another is named, whatever the indent
}

// newDraft is the entry that a heading starts: HS-001 问候 has an id and a step.
func (m *markdown) newDraft(level int, line Line) *draft {
	d := &draft{level: level}
	d.at, d.span = line.Place(0), spanOf([]Line{line})
	d.required = strings.Contains(line.Text, "必说") && bareName(line.Text) != bareName(strings.ReplaceAll(line.Text, "必说", ""))
	names := m.names()
	d.bad = slices.ContainsFunc(names, badName)
	if n := len(names); n > 0 {
		id, rest := numbered(names[n-1])
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

// numbered parts a heading into the id it starts with and its name.
func numbered(heading string) (id, name string) {
	first, rest, _ := strings.Cut(strings.NewReplacer("：", " ", ":", " ", "|", " ").Replace(heading), " ")
	first = strings.Trim(first, "[]【】()（）")
	if strings.ContainsAny(first, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") && idLike(first) {
		return first, strings.TrimSpace(rest)
	}
	return "", heading
}

// takes reports whether a heading by the name of a column belongs to the entry.
func (d *draft) takes(c column) bool {
	switch c {
	case textColumn, triggerColumn, otherColumn:
		return true
	case forbiddenColumn, badColumn:
		return d.numbered || d.labelled || len(d.loose) > 0 || d.field.column != unknown
	}
	return false
}

// told takes a block.
func (m *markdown) told(p *paragraph, line Line) {
	if m.draft == nil {
		if m.headed && len(m.path) == 0 || len(m.path) > 0 && (m.path[len(m.path)-1].title || m.about()) {
			return // what stands before the first script introduces the document
		}
		m.draft = m.newDraft(0, line)
	}
	d := m.draft
	if c, rest, ok := fieldOf(line); ok {
		m.labelled(p, c, rest, line)
		return
	}
	if l, ok := labelOf([]rune(line.Text)); ok && l.width == line.length() && !l.speaker {
		d.field = field{column: map[voice]column{said: textColumn, bad: badColumn, heard: otherColumn}[l.voice], indent: p.indent, lasting: !p.item}
		return
	}
	d.grow(line)
	switch d.columnFor(p) {
	case unknown:
		d.loose = append(d.loose, line)
	default:
		d.take(d.field.column, line)
	}
}

// labelled takes a block that names its column. Another id starts another entry.
func (m *markdown) labelled(p *paragraph, c column, rest, line Line) {
	if c == idColumn && (m.draft.id != "" || m.draft.filled()) {
		level, at := m.draft.level, m.draft.fields
		m.close()
		m.draft = &draft{level: level}
		m.draft.scene, m.draft.step, m.draft.bad = at.scene, at.step, at.bad
	}
	d := m.draft
	if c == idColumn {
		d.at, d.numbered = line.Place(0), true
	}
	d.grow(line)
	d.field = field{column: c, indent: p.indent, lasting: rest.blank() && !p.item}
	d.take(c, rest)
}

// columnFor is the column of a block without a label.
func (d *draft) columnFor(p *paragraph) column {
	f := d.field
	if f.column != unknown && (f.lasting || p.indent > f.indent || !p.item && p.quote) {
		return f.column
	}
	d.field = field{}
	return unknown
}

// take takes the value of a column.
func (d *draft) take(c column, line Line) {
	d.labelled = d.labelled || c == textColumn
	d.set(c, line)
}

// grow takes a block into the span.
func (d *draft) grow(line Line) {
	at := spanOf([]Line{line})
	if d.span == (extent{}) {
		d.span = at
	}
	d.span = extent{min(d.span.start, at.start), max(d.span.end, at.end)}
}

// filled reports whether the draft has words.
func (d *draft) filled() bool { return d.labelled || len(d.loose)+len(d.good)+len(d.wrong) > 0 }

// close makes an entry of the draft, if it has become one.
func (m *markdown) close() {
	d := m.draft
	m.draft = nil
	if d == nil || !d.filled() && !d.numbered {
		return
	}
	if !d.labelled {
		for _, line := range d.loose {
			if !leads(line.Text) || !strings.ContainsAny(lastRune(line.Text), "：:") {
				d.words(textColumn, line)
			}
		}
	}
	if !d.labelled && !d.numbered && len(d.good)+len(d.wrong) == 0 {
		return
	}
	d.onlyBad = len(d.good) == 0 && !d.labelled && len(d.wrong) > 0
	e := d.entry()
	e.span = d.span
	m.entries = append(m.entries, e)
}

// markBad makes an entry a bad example.
func (e *Entry) markBad() {
	e.Bad = true
	e.Lines, e.Forbidden = append(e.Lines, e.Forbidden...), nil
}
