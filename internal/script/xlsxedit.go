package script

import (
	"bytes"
	"errors"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// apply is the workbook with edits made. Only the parts that hold the texts
// change, and of them only the texts.
func (w *workbook) apply(edits []Edit) ([]byte, error) {
	changes := map[string][]patch{} // by part
	for _, group := range w.byCell(edits) {
		if err := w.applyCell(group, changes); err != nil {
			return nil, err
		}
	}
	parts := map[string][]byte{}
	for name, list := range changes {
		data, err := w.read(name)
		if err != nil {
			return nil, err
		}
		text, err := splice(string(data), 0, sorted(list))
		if err != nil {
			return nil, err
		}
		parts[partName(name)] = []byte(text)
	}
	return w.write(parts)
}

// byCell groups edits by the cell that their place names. Several lines may be of
// one cell, and several cells may show it.
func (w *workbook) byCell(edits []Edit) [][]Edit {
	var groups [][]Edit
	group := map[*sheetCell]int{}
	for _, e := range edits {
		_, c := w.cellAt(e.Line.Place(0))
		i, ok := group[c]
		if !ok {
			i = len(groups)
			group[c], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], e)
	}
	return groups
}

// cellAt is the cell whose text is seen at a place, nil if that is empty.
func (w *workbook) cellAt(p call.Place) (*sheet, *sheetCell) {
	for _, s := range w.sheets {
		if at, ok := parseSpot(p.Cell); ok && s.name == p.Sheet {
			return s, s.seen[at]
		}
	}
	return nil, nil
}

// applyCell adds the changes for edits of one cell, and says which cell it is that cannot be changed.
func (w *workbook) applyCell(edits []Edit, changes map[string][]patch) error {
	place := edits[0].Line.Place(0)
	part, list, err := w.cellPatches(edits, place)
	if fault := (*WriteError)(nil); errors.As(err, &fault) {
		return &WriteError{call.Say{
			ZH: place.In(call.ZH) + " 不能改：" + fault.What.ZH,
			EN: place.In(call.EN) + " cannot be changed: " + fault.What.EN,
		}}
	}
	changes[part] = append(changes[part], list...)
	return err
}

// cellPatches are the changes for edits of one cell, and the part they are of.
func (w *workbook) cellPatches(edits []Edit, place call.Place) (part string, list []patch, err error) {
	s, c := w.cellAt(place)
	if c == nil {
		return "", nil, refused("单元格是空的", "the cell is empty")
	}
	for _, e := range edits {
		more, err := e.patches()
		if err != nil {
			return "", nil, err
		}
		list = append(list, more...)
	}
	part = edits[0].Line.part
	data, err := w.read(part)
	if err != nil {
		return "", nil, err
	}
	if bytes.Contains(data[c.text.inner.start:c.text.inner.end], []byte("<![CDATA[")) {
		return "", nil, refused("文字写在 CDATA 里；请用 Excel 另存一次再改", "the text is in a CDATA section; save the workbook in Excel once before it is changed")
	}
	list, err = c.text.kept(data, sorted(list))
	if err == nil && c.shared && w.uses[c.index] > 1 {
		part = s.part
		list, err = w.inline(s, c, list)
	}
	return part, list, err
}

// inline gives a cell a text of its own, because other cells use the shared one: a
// copy with the changes. Its style and its other attributes stay.
func (w *workbook) inline(s *sheet, c *sheetCell, changes []patch) ([]patch, error) {
	at, shared := c.text.inner, w.text[partName(w.strings.part)]
	content, err := splice(string(shared[at.start:at.end]), at.start, changes)
	tag := w.text[partName(s.part)][c.tag.tag.start:c.tag.tag.end]
	kind := attrValue(tag, "t")
	prefix := strings.TrimSuffix(tagNameOf(tag), "c")
	text := "<" + prefix + "is" + c.namespace(prefix) + ">" + content + "</" + prefix + "is>"
	return []patch{
		{extent{c.tag.tag.start + kind.start, c.tag.tag.start + kind.end}, "inlineStr"},
		{c.value, text},
	}, err
}

// namespace declares the prefix that the shared strings use, where the sheet has
// another one.
func (c *sheetCell) namespace(prefix string) string {
	shared := strings.TrimSuffix(c.text.tag, "si")
	switch {
	case shared == prefix:
		return ""
	case shared == "":
		return ` xmlns="` + c.tag.Name.Space + `"`
	}
	return " xmlns:" + strings.TrimSuffix(shared, ":") + `="` + c.tag.Name.Space + `"`
}

// attrValue is where the value of an attribute stands in a start tag, without its
// quotes; zero if the tag has none.
func attrValue(tag []byte, name string) extent {
	pos := len(tagNameOf(tag)) + len("<")
	for {
		equals := bytes.IndexByte(tag[pos:], '=')
		if equals < 0 {
			return extent{}
		}
		found := strings.TrimSpace(string(tag[pos : pos+equals]))
		start := pos + equals + bytes.IndexAny(tag[pos+equals:], `"'`) + 1
		end := start + bytes.IndexByte(tag[start:], tag[start-1])
		if found == name {
			return extent{start, end}
		}
		pos = end + 1
	}
}
