package script

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// item is a text of a workbook: a shared string <si>, an inline string <is> or
// the value <v> of a cell. Rich text is one text in several runs.
type item struct {
	glyphs
	tag   string // of its element, with the prefix: "x:si"
	inner extent // what stands between the tags of its element
	texts []stretch
}

// stretch is an element <t> of an item.
type stretch struct {
	tag, inner extent
	keeps      bool // has xml:space="preserve", without which Excel trims it
}

// sharedStrings are the texts that the cells of all sheets refer to by number.
type sharedStrings struct {
	part  string
	items []*item
}

func (w *workbook) readStrings(rels relations) error {
	part, ok := rels.byType["sharedStrings"]
	if !ok {
		return nil // a workbook of numbers, or of inline strings
	}
	w.strings.part = part
	return w.walkXML(part, func(x *partXML, _ element) error {
		return x.each(func(e element) error {
			if e.Name.Local != "si" {
				return nil
			}
			it, err := x.item(e)
			w.strings.items = append(w.strings.items, it)
			return err
		})
	})
}

// item reads the <si> or <is> that was opened last: its runs joined, without the
// phonetic guides <rPh>.
func (x *partXML) item(e element) (*item, error) {
	it := &item{tag: x.tagName(e)}
	err := x.each(func(child element) error {
		switch child.Name.Local {
		case "t":
			return x.stretch(it, child)
		case "r":
			return x.run(it)
		}
		return nil
	})
	it.inner = extent{e.tag.end, x.token.start}
	return it, err
}

// run reads the <r> of a rich text that was opened last. What is struck out is no
// text: nobody is told to say it.
func (x *partXML) run(it *item) error {
	struck := false
	return x.each(func(e element) error {
		switch e.Name.Local {
		case "rPr":
			return x.each(func(e element) error {
				struck = struck || e.Name.Local == "strike" && e.on()
				return nil
			})
		case "t":
			if !struck {
				return x.stretch(it, e)
			}
		}
		return nil
	})
}

// value reads the <v> that was opened last.
func (x *partXML) value(e element) (*item, error) {
	it := &item{tag: x.tagName(e)}
	err := x.stretch(it, e)
	it.texts[0].keeps = true // its schema knows no xml:space
	it.inner = it.texts[0].inner
	return it, err
}

func (x *partXML) stretch(it *item, e element) error {
	g, err := x.text()
	it.append(unescaped(g))
	inner := extent{e.tag.end, x.token.start}
	it.texts = append(it.texts, stretch{e.tag, inner, e.attr("space") == "preserve"})
	return err
}

// tagName is the name of an element as the part writes it, with its prefix.
func (x *partXML) tagName(e element) string { return tagNameOf(x.data[e.tag.start:e.tag.end]) }

func tagNameOf(tag []byte) string {
	return string(tag[1:bytes.IndexAny(tag, " \t\r\n/>")])
}

// unescaped replaces _x000D_, with which Excel writes what XML cannot hold. The
// carriage return of a line end belongs to the line end.
func unescaped(g glyphs) (out glyphs) {
	for i := 0; i < len(g.runes); {
		r, n := g.runes[i], 1
		if code, ok := escapeAt(g.runes[i:]); ok {
			r, n = code, len("_x000D_")
		}
		if r == '\r' && i+n < len(g.runes) && g.runes[i+n] == '\n' {
			r, n = '\n', n+1
		}
		out.add(r, extent{g.at[i].start, g.at[i+n-1].end})
		i += n
	}
	return out
}

// escapeAt is the character that an escape _xHHHH_ at the start of runes stands
// for. Halves of surrogate pairs are left as they are: no program writes them.
func escapeAt(runes []rune) (r rune, ok bool) {
	if len(runes) < 7 || runes[0] != '_' || runes[1] != 'x' || runes[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(runes[2:6]), 16, 16)
	return rune(n), err == nil && utf8.ValidRune(rune(n))
}

// escapeCell writes a text as a workbook holds it.
func escapeCell(text string) (string, error) {
	var b strings.Builder
	runes := []rune(text)
	for i, r := range runes {
		switch _, looks := escapeAt(runes[i:]); {
		case looks: // the underscore of a text that only looks like an escape
			b.WriteString("_x005F_")
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF:
			b.WriteString("_x" + strings.ToUpper(strconv.FormatInt(int64(r)+0x10000, 16)[1:]) + "_")
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), nil
}

// needsSpace reports whether a reader may trim a text without xml:space="preserve".
func needsSpace(text string) bool {
	return text != strings.TrimSpace(text) || strings.ContainsAny(text, "\n\t") || strings.Contains(text, "  ")
}

// kept is the changes of an item's characters, and those that make readers keep
// the space in what was changed.
func (it *item) kept(data []byte, changes []patch) ([]patch, error) {
	all := slices.Clone(changes)
	for _, s := range it.texts {
		mine := s.own(changes)
		text, err := splice(string(data[s.inner.start:s.inner.end]), s.inner.start, mine)
		if err != nil {
			return nil, err
		}
		if len(mine) > 0 && !s.keeps && needsSpace(text) {
			end := s.tag.end - len(">")
			all = append(all, patch{extent{end, end}, ` xml:space="preserve"`})
		}
	}
	return sorted(all), nil
}

// own are those of the changes that are made in s.
func (s stretch) own(changes []patch) (mine []patch) {
	for _, c := range changes {
		if c.at.start >= s.inner.start && c.at.end <= s.inner.end {
			mine = append(mine, c)
		}
	}
	return mine
}
