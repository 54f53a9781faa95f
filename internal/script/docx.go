package script

import (
	"slices"
	"sort"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// wordDocument is a Word file: its body as blocks.
type wordDocument struct {
	*archive
	main   string // the part that holds the body
	styles map[string]wordStyle
	starts []int // where each paragraph starts in the part
	blocks []wordBlock
	boxed  bool // text boxes hold text
}

// wordBlock is a paragraph or a table of a document.
type wordBlock struct {
	text  Line
	level int      // of a heading, from 1; 0 for other paragraphs
	table [][]Line // of a table, nil for a paragraph
}

// openDocument reads the body of a Word file.
func openDocument(data []byte) (*wordDocument, error) {
	a, err := openArchive(data, ".docx")
	if err != nil {
		return nil, err
	}
	d := &wordDocument{archive: a}
	if d.main, err = a.mainPart("word/document.xml"); err != nil {
		return nil, err
	}
	if d.styles, err = a.wordStyles(d.main); err != nil {
		return nil, err
	}
	return d, a.walkXML(d.main, func(x *partXML, _ element) error {
		return x.each(func(e element) error {
			if e.Name.Local != "body" {
				return nil
			}
			blocks, err := d.content(x)
			d.blocks = blocks
			return err
		})
	})
}

// transparent reports whether what is in an element stands in the text as if the
// element were not there: content controls, links, the results of fields, text that was
// inserted or moved here. Text that was deleted or moved away is in other elements.
func transparent(name string) bool {
	return slices.Contains([]string{"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple",
		"AlternateContent", "Choice", "dir", "bdo"}, name)
}

// content reads the blocks in the element that was opened last.
func (d *wordDocument) content(x *partXML) (blocks []wordBlock, err error) {
	err = x.each(func(e element) error {
		var more []wordBlock
		var err error
		switch name := e.Name.Local; {
		case name == "p":
			more, err = d.paragraph(x, e)
		case name == "tbl":
			more, err = d.table(x)
		case transparent(name):
			more, err = d.content(x)
		}
		blocks = append(blocks, more...)
		return err
	})
	return blocks, err
}

// place is the paragraph that bytes of the part stand in.
func (d *wordDocument) place(at extent) call.Place {
	return call.Place{Para: sort.SearchInts(d.starts, at.start+1)}
}

// line is a text of the document; at is where it stands if it is empty.
func (d *wordDocument) line(g glyphs, at int) Line {
	l := Line{Text: string(g.runes), part: d.main, bytes: g.at, place: d.place, escape: noRewrite}
	if len(g.at) == 0 {
		place := d.place(extent{at, at})
		l.place = func(extent) call.Place { return place }
	}
	return l
}

func noRewrite(string) (string, error) {
	return "", refused(".docx 不会被改写；请按给出的段落在 Word 里修改", ".docx is not rewritten; change the paragraphs that are named in Word")
}

// paragraph reads the <w:p> that was opened last; tables of contents are left out.
func (d *wordDocument) paragraph(x *partXML, e element) ([]wordBlock, error) {
	d.starts = append(d.starts, e.tag.start)
	p := wordParagraph{doc: d, level: -1}
	err := p.read(x)
	style := d.style(p.style)
	if style.contents {
		return nil, err
	}
	if p.level < 0 {
		p.level = style.level
	}
	return []wordBlock{{text: d.line(p.glyphs, e.tag.start), level: p.level}}, err
}

// wordParagraph is a <w:p> while it is read.
type wordParagraph struct {
	glyphs
	doc   *wordDocument
	style string
	level int // as the paragraph itself says; -1 where its style decides
}

func (p *wordParagraph) read(x *partXML) error {
	return x.each(func(e element) error {
		switch name := e.Name.Local; {
		case name == "pPr":
			return p.properties(x)
		case name == "r":
			return p.run(x)
		case transparent(name):
			return p.read(x)
		}
		return nil
	})
}

func (p *wordParagraph) properties(x *partXML) error {
	return x.each(func(e element) error {
		switch e.Name.Local {
		case "pStyle":
			p.style = e.attr("val")
		case "outlineLvl":
			p.level = outlineLevel(e.attr("val"))
		}
		return nil
	})
}

// run reads a <w:r>. Hidden text is not there for its readers, and text that is
// struck out is not for agents.
func (p *wordParagraph) run(x *partXML) error {
	var g glyphs
	hidden := false
	err := x.each(func(e element) error {
		at := e.tag
		switch e.Name.Local {
		case "rPr":
			return x.each(func(e element) error {
				hidden = hidden || slices.Contains([]string{"vanish", "strike", "dstrike"}, e.Name.Local) && e.on()
				return nil
			})
		case "t":
			text, err := x.text()
			g.append(text)
			return err
		case "tab":
			g.add('\t', at)
		case "br", "cr":
			g.add('\n', at)
		case "noBreakHyphen":
			g.add('-', at)
		case "drawing", "pict", "object", "AlternateContent":
			return p.doc.findBox(x)
		}
		return nil
	})
	if !hidden {
		p.append(g)
	}
	return err
}

// findBox looks for a text box with text in the element that was opened last.
func (d *wordDocument) findBox(x *partXML) error {
	return x.each(func(e element) error {
		if e.Name.Local != "txbxContent" {
			return d.findBox(x)
		}
		found, err := x.hasText()
		d.boxed = d.boxed || found
		return err
	})
}

// hasText reports whether the element that was opened last has text that is not blank.
func (x *partXML) hasText() (found bool, err error) {
	err = x.each(func(e element) error {
		if e.Name.Local != "t" {
			inner, err := x.hasText()
			found = found || inner
			return err
		}
		g, err := x.text()
		found = found || strings.TrimSpace(string(g.runes)) != ""
		return err
	})
	return found, err
}
