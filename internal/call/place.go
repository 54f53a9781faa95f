package call

import "strconv"

// Place is where words stand as their author sees them. Only the fields that
// the kind of file knows are set.
type Place struct {
	Line   int    // 1-based line of the file; 0 where lines mean nothing
	Column int    // 1-based code point of that line; 0 if unknown
	Sheet  string // of a workbook
	Cell   string // of a workbook's sheet: B12
	Para   int    // 1-based paragraph of a document, those in tables included; 0 elsewhere
}

// In names the place for people: sheet!B12, 第 14 段 or 12:5; empty where nothing is known.
func (p Place) In(lang Lang) string {
	switch {
	case p.Cell != "":
		return p.Sheet + "!" + p.Cell
	case p.Para > 0:
		return Sayf("第 %d 段", "paragraph %d", p.Para).In(lang)
	case p.Line > 0 && p.Column > 0:
		return strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
	case p.Line > 0:
		return strconv.Itoa(p.Line)
	}
	return ""
}

// Origin knows where the text of a turn stands in what its author wrote.
type Origin interface {
	// Place is where the code point at offset of the turn's text stands; an offset
	// at or beyond the end is the place of the last one.
	Place(offset int) Place
}

// Place is where the code point at offset of the turn's text stands.
func (t *Turn) Place(offset int) Place {
	if t.Origin == nil {
		return Place{Line: t.Line}
	}
	return t.Origin.Place(offset)
}
