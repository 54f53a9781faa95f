package script

import (
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/text"
)

// draft is an entry of Markdown while its blocks are read.
//
// A block may start with the name of a column: 话术：…, 禁用：…. Where one names
// wordings, only those are, and what speaks to the customer above it: the rest is
// explanation. Where none does, all paragraphs, items and quotations are wordings,
// but those that lead into the next with a colon.
type draft struct {
	fields
	level    int
	field    field
	labelled bool    // the wordings are labelled
	loose    []block // without a label
	numbered bool    // it has an id
	span     extent
}

// block is a paragraph, an item or a quotation.
type block struct {
	line Line
	paragraph
}

// speaks reports whether a block without a label is what an agent says, although
// labels name other wordings: it speaks to the customer, or has a mark or a label of its own.
func (b *block) speaks() bool {
	r := newRow(b.line)
	return r.named || strings.ContainsAny(r.line.Text, "您亲我咱")
}

// names reports whether an item is the name of the items below it: short, and no sentence.
func (b *block) names(below *paragraph) bool {
	return b.item && below.item && below.indent > b.indent && b.line.length() <= 12 && !strings.ContainsAny(b.line.Text, "，。？！,?!~～")
}

// field is the column that blocks without a label are of, unknown if none.
type field struct {
	column  column
	indent  int  // of the item that named it: deeper ones are of it
	lasting bool // until another is named, whatever the indent
}

// requiredPattern is the note in a heading that agents must say what stands below it.
var requiredPattern = text.Pattern(`\s*(?:（必说）|\(必说\)|【必说】|\[必说\])`)

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
	if c == textColumn && !d.labelled {
		d.labelled = true
		d.tell(slices.DeleteFunc(d.loose, func(b block) bool { return !b.speaks() }))
		d.loose = nil
	}
	d.set(c, line)
}

// tell takes blocks without a label as wordings.
func (d *draft) tell(blocks []block) {
	for _, b := range blocks {
		if !strings.ContainsAny(lastRune(b.line.Text), "：:") {
			d.words(textColumn, b.line)
		}
	}
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

// markBad makes an entry a bad example.
func (e *Entry) markBad() {
	e.Bad = true
	e.Lines, e.Forbidden = append(e.Lines, e.Forbidden...), nil
}
