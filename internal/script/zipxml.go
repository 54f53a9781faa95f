package script

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// maxNesting is how deep elements may be nested; no Office program goes further,
// and the readers of tables within tables call themselves.
const maxNesting = 256

// partXML walks over the elements of a part and knows where they stand in it.
type partXML struct {
	name  string
	data  []byte
	dec   *xml.Decoder
	depth int
	token extent // of the token that was read last
}

// element is a start tag.
type element struct {
	xml.StartElement
	tag extent // of the start tag; of the whole element where it closes itself
}

// attr is the value of an attribute by its local name, "" where it has none.
func (e element) attr(local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// on reports whether a property such as <strike/> is set, which it is without a value.
func (e element) on() bool { return !slices.Contains([]string{"0", "false", "off"}, e.attr("val")) }

// openXML starts to walk a part.
func (a *archive) openXML(name string) (*partXML, error) {
	data, err := a.read(name)
	if err != nil {
		return nil, err
	}
	return &partXML{name: name, data: data, dec: xml.NewDecoder(bytes.NewReader(data))}, nil
}

// walkXML calls visit with the root element of a part and says which part is at fault.
func (a *archive) walkXML(name string, visit func(x *partXML, root element) error) error {
	x, err := a.openXML(name)
	if err != nil {
		return err
	}
	seen := false
	err = x.each(func(root element) error {
		seen = true
		return visit(x, root)
	})
	switch {
	case errors.As(err, new(trouble)):
		return err
	case !errors.Is(err, io.EOF): // the end of the part is the end of its root
		return a.damaged(name, explained(err.Error()))
	case !seen:
		return a.damaged(name, call.Sayf("是空的", "it is empty"))
	}
	return nil
}

func (x *partXML) next() (xml.Token, error) {
	start := int(x.dec.InputOffset())
	t, err := x.dec.Token()
	x.token = extent{start, int(x.dec.InputOffset())}
	switch t.(type) {
	case xml.StartElement:
		x.depth++
	case xml.EndElement:
		x.depth--
	}
	if x.depth > maxNesting {
		return nil, errors.New("elements are nested too deeply")
	}
	return t, err
}

// each visits the children of the element that was opened last, and stops behind
// its end tag. A visit may read its element or leave it.
func (x *partXML) each(visit func(e element) error) error {
	depth := x.depth
	for {
		t, err := x.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := visit(element{t, x.token}); err != nil {
				return err
			}
			if err := x.leave(depth); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// leave reads on until no more than depth elements are open.
func (x *partXML) leave(depth int) error {
	for x.depth > depth {
		if _, err := x.next(); err != nil {
			return err
		}
	}
	return nil
}

// glyphs is a text with the way back to its bytes, one extent for each code point.
type glyphs struct {
	runes []rune
	at    []extent
}

func (g *glyphs) add(r rune, at extent) {
	g.runes, g.at = append(g.runes, r), append(g.at, at)
}

func (g *glyphs) append(more glyphs) {
	g.runes, g.at = append(g.runes, more.runes...), append(g.at, more.at...)
}

// text reads the characters of the element that was opened last, without those of
// elements in it. x.token is its end tag then.
func (x *partXML) text() (g glyphs, err error) {
	depth := x.depth
	for x.depth >= depth {
		t, err := x.next()
		if err != nil {
			return g, err
		}
		if _, ok := t.(xml.CharData); ok && x.depth == depth {
			x.decode(&g)
		}
	}
	return g, nil
}

// decode adds the characters of the token that was read last, which the XML
// decoder has found to be in order.
func (x *partXML) decode(g *glyphs) {
	raw := x.data[x.token.start:x.token.end]
	pos, end, escaped := 0, len(raw), true
	if inner, ok := bytes.CutPrefix(raw, []byte("<![CDATA[")); ok {
		pos, end, escaped = len(raw)-len(inner), len(raw)-len("]]>"), false
	}
	for pos < end {
		r, size := decodeRune(raw[pos:end], escaped)
		g.add(r, extent{x.token.start + pos, x.token.start + pos + size})
		pos += size
	}
}

// decodeRune is the first character of raw and the bytes it takes: a reference
// (&amp;) is one character, so is a line end of any kind.
func decodeRune(raw []byte, escaped bool) (r rune, size int) {
	switch {
	case raw[0] == '\r' && len(raw) > 1 && raw[1] == '\n':
		return '\n', 2
	case raw[0] == '\r':
		return '\n', 1
	case raw[0] == '&' && escaped:
		if end := bytes.IndexByte(raw, ';'); end > 0 {
			return reference(string(raw[1:end])), end + 1
		}
	}
	return utf8.DecodeRune(raw)
}

// reference is the character that an entity or a number stands for.
func reference(name string) rune {
	switch name {
	case "amp":
		return '&'
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	base, digits := 10, name[min(1, len(name)):]
	if len(digits) > 1 && digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseInt(digits, base, 32)
	if err != nil {
		return utf8.RuneError
	}
	return rune(n)
}
