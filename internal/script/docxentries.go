package script

import (
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// readDOCX reads the tables of a Word file, and what stands below its headings, as
// readMarkdown does. A Word file is not written.
func readDOCX(source string, data []byte) (*Library, *call.Problem) {
	d, err := openDocument(data)
	if err != nil {
		return nil, problemOf(source, err)
	}
	l := &Library{Source: source, Carrier: "docx", raw: data}
	l.rewrite = func(edits []Edit) ([]byte, error) { return unwritten(data, edits) }
	r := docxReader{doc: d, library: l}
	r.find(d.levels())
	for _, b := range d.blocks {
		r.block(b)
	}
	r.close()
	l.Entries = slices.SortedStableFunc(slices.Values(r.entries), func(a, b *Entry) int { return a.At.Para - b.At.Para }) // a table stands behind what is said above it
	if err := r.noteUnread(); err != nil {
		return nil, problemOf(source, err)
	}
	l.doubt(r.doubts)
	return l.found()
}

// unwritten is a file whose carrier cannot be written, as long as nothing is to be changed.
func unwritten(data []byte, edits []Edit) ([]byte, error) {
	if len(edits) == 0 {
		return data, nil
	}
	at := edits[0].Line.Place(edits[0].Start)
	return nil, &WriteError{call.Say{
		ZH: ".docx 不会被改写；请按位置在 Word 里修改，第一处在" + at.In(call.ZH),
		EN: ".docx is not rewritten; change it in Word, first in " + at.In(call.EN),
	}}
}

// levels are those of the headings, in order.
func (d *wordDocument) levels() (levels []int) {
	for _, b := range d.blocks {
		if b.heading() {
			levels = append(levels, b.level)
		}
	}
	return levels
}

// heading reports whether a block is a heading; one without a text is only space.
func (b wordBlock) heading() bool { return b.level > 0 && !b.text.blank() }

// docxReader makes entries of the blocks of a document.
type docxReader struct {
	outline
	doc     *wordDocument
	library *Library
}

func (r *docxReader) block(b wordBlock) {
	switch {
	case b.table != nil:
		r.table(b.table)
	case b.heading():
		r.heading(b.level, b.text.trim())
	case !b.text.blank():
		r.told(&paragraph{}, b.text.trim())
		if r.draft != nil && r.draft.field.column == textColumn { // 话术： goes on in the paragraphs below it
			r.draft.field.lasting = true
		}
	}
}

func (r *docxReader) table(rows [][]Line) {
	first := firstFilled(rows)
	if found := r.tabled(rows); !found && first != nil {
		at := first.Place(0)
		r.note(call.Say{
			ZH: at.In(call.ZH) + "起的表格没有“标准话术”一列，没有检查",
			EN: "the table from " + at.In(call.EN) + " on has no column 标准话术 and is not checked",
		})
	}
}

func firstFilled(rows [][]Line) *Line {
	for _, row := range rows {
		for i := range row {
			if !row[i].blank() {
				return &row[i]
			}
		}
	}
	return nil
}

func (r *docxReader) note(what call.Say) {
	r.library.Notes = append(r.library.Notes, call.Problem{File: r.library.Source, What: what})
}

// noteUnread says what holds text and was not read.
func (r *docxReader) noteUnread() error {
	if r.doc.boxed {
		r.note(call.Sayf("文本框里的文字没有检查；请把话术放到正文", "text in text boxes was not checked; keep scripts in the body"))
	}
	noted, err := r.doc.hasNotes()
	if noted {
		r.note(call.Sayf("脚注、尾注里的文字没有检查；请把话术放到正文", "text in footnotes and endnotes was not checked; keep scripts in the body"))
	}
	return err
}

// hasNotes reports whether footnotes or endnotes hold text.
func (d *wordDocument) hasNotes() (found bool, err error) {
	rels, err := d.relationsOf(d.main)
	for _, kind := range []string{"footnotes", "endnotes"} {
		part, ok := rels.byType[kind]
		if err != nil || !ok || !d.has(part) {
			continue
		}
		err = d.walkXML(part, func(x *partXML, _ element) error {
			text, err := x.hasText()
			found = found || text
			return err
		})
	}
	return found, err
}
