package script

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// scalarReader finds where each code point of a scalar stands. It knows what the
// scalar says and follows the file along it, so that it cannot disagree with the
// parser: what it cannot follow it gives up.
type scalarReader struct {
	doc  *document
	at   int
	want []rune // what is still to be found
	out  builder
}

// read is a scalar as a line, and where it ends.
func (s *scalarReader) read(n *yaml.Node) (line Line, end int, ok bool) {
	start := s.at
	s.want, s.out = []rune(n.Value), builder{doc: s.doc}
	escape := asIs
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		escape, ok = jsonEscape(""), s.open('"') && s.flow(s.double) && s.open('"')
	case n.Style&yaml.SingleQuotedStyle != 0:
		escape, ok = single, s.open('\'') && s.flow(s.single) && s.open('\'')
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		escape, ok = verbatim, s.block()
	default:
		ok = s.flow(s.plain)
	}
	return s.out.line(start, escape), s.at, ok
}

// rest is the file from here on.
func (s *scalarReader) rest() string { return s.doc.text[min(s.at, len(s.doc.text)):] }

// open takes a quotation mark.
func (s *scalarReader) open(quote byte) bool {
	ok := strings.HasPrefix(s.rest(), string(quote))
	s.at++
	return ok
}

// take finds the next code point in so many bytes.
func (s *scalarReader) take(size int) {
	s.out.add(s.want[0], extent{s.at, s.at + size})
	s.want = s.want[1:]
	s.at += size
}

// flow follows a scalar that is plain or in quotes. A line break in it reads as a
// space, and empty lines after it as line breaks.
func (s *scalarReader) flow(one func() (r rune, size int)) bool {
	for {
		if n, breaks := s.fold(); breaks > 0 {
			if !s.folded(n, breaks) {
				return false
			}
			continue
		}
		if n := s.continuation(); n > 0 {
			s.at += n
			continue
		}
		if len(s.want) == 0 {
			return true
		}
		r, size := one()
		if size == 0 || r != s.want[0] {
			return false
		}
		s.take(size)
	}
}

// fold is the length of the space here if it holds line breaks, and how many.
func (s *scalarReader) fold() (n, breaks int) {
	rest := s.rest()
	n = len(rest) - len(strings.TrimLeft(rest, " \t\r\n"))
	breaks = strings.Count(rest[:n], "\n")
	if len(s.want) == 0 || s.want[0] != ' ' && s.want[0] != '\n' {
		return 0, 0
	}
	return n, breaks
}

// folded finds what so many line breaks read as.
func (s *scalarReader) folded(n, breaks int) bool {
	if breaks == 1 && s.want[0] == ' ' {
		s.take(n)
		return true
	}
	for i := range breaks - 1 {
		if len(s.want) == 0 || s.want[0] != '\n' {
			return false
		}
		if i == 0 {
			s.take(n)
		} else {
			s.take(0)
		}
	}
	return breaks > 1
}

// continuation is the length of a line break that \ takes back, inside double quotes.
func (s *scalarReader) continuation() int {
	rest := s.rest()
	if !strings.HasPrefix(rest, "\\\n") && !strings.HasPrefix(rest, "\\\r\n") {
		return 0
	}
	return len(rest) - len(strings.TrimLeft(rest[1:], " \t\r\n"))
}

func (s *scalarReader) plain() (r rune, size int) { return decoded(s.rest()) }

// decoded is the code point that starts text; size 0 at the end.
func decoded(text string) (r rune, size int) {
	if text == "" {
		return 0, 0
	}
	return utf8.DecodeRuneInString(text)
}

func (s *scalarReader) single() (r rune, size int) {
	if strings.HasPrefix(s.rest(), "''") {
		return '\'', 2
	}
	return decoded(s.rest())
}

func (s *scalarReader) double() (r rune, size int) {
	rest := s.rest()
	if len(rest) < 2 || rest[0] != '\\' {
		return decoded(rest)
	}
	if digits := strings.IndexByte("xuU", rest[1]); digits >= 0 {
		size = 2 + 2<<digits
	} else {
		size = 2
		if rest[1] >= utf8.RuneSelf {
			return 0, 0
		}
	}
	if len(rest) < size || len(s.want) == 0 {
		return 0, 0
	}
	return s.want[0], size // the parser has read the escape
}

// block follows a literal or folded scalar: | or >, lines with the same indent.
func (s *scalarReader) block() bool {
	s.at += strings.IndexByte(s.rest()+"\n", '\n') + 1
	text := strings.TrimLeft(string(s.want), "\n")
	own := len(text) - len(strings.TrimLeft(text, " "))
	first := strings.TrimLeft(s.rest(), " \t\r\n")
	lead := s.rest()[:len(s.rest())-len(first)]
	indent := len(lead) - strings.LastIndexByte(lead, '\n') - 1 - own
	if indent < 0 {
		return false
	}
	if s.skip(lead, own) {
		return len(s.want) == 0
	}
	for len(s.want) > 0 {
		if !s.blockRune(indent) {
			return false
		}
	}
	return true
}

// skip goes to the first text of a block, over empty lines, which read as line breaks.
func (s *scalarReader) skip(lead string, own int) (empty bool) {
	for range strings.Count(lead, "\n") {
		if len(s.want) > 0 && s.want[0] == '\n' {
			s.take(0)
		}
	}
	s.at += len(lead) - own
	return len(s.want) == 0
}

// blockRune finds the next code point of a block.
func (s *scalarReader) blockRune(indent int) bool {
	rest := s.rest()
	end := len(rest) - len(strings.TrimLeft(rest, "\r\n"))
	if end == 0 {
		r, size := decoded(rest)
		if size == 0 && s.want[0] == '\n' { // the file ends without a line break
			s.take(0)
			return true
		}
		if size == 0 || r != s.want[0] {
			return false
		}
		s.take(size)
		return true
	}
	return s.blockBreak(rest, indent)
}

// blockBreak finds what the line breaks here read as: the first code point of it stands for all of them.
func (s *scalarReader) blockBreak(rest string, indent int) bool {
	text := strings.TrimLeft(rest, " \t\r\n")
	space := rest[:len(rest)-len(text)]
	breaks := strings.Count(space, "\n")
	n := strings.LastIndexByte(space, '\n') + 1
	last := strings.Trim(string(s.want), "\n") == ""
	if last {
		n = strings.IndexByte(space, '\n') + 1
	} else {
		n += indent
	}
	if n > len(rest) || !last && n > len(space) {
		return false
	}
	if s.want[0] == ' ' && breaks == 1 {
		s.take(n)
		return true
	}
	if s.want[0] != '\n' {
		return false
	}
	s.take(n)
	for range breaks - 1 {
		if len(s.want) > 0 && s.want[0] == '\n' {
			s.take(0)
		}
	}
	return true
}

// single is text inside single quotes.
func single(text string) (string, error) { return verbatim(strings.ReplaceAll(text, "'", "''")) }

// finisher is how a plain scalar is written once it was changed: as it is, or in
// quotes where YAML would read it as something else.
func (y *yamlFile) finisher(n *yaml.Node, start int) func(raw string) (string, error) {
	flow := y.flow > 0
	return func(raw string) (string, error) {
		if strings.ContainsAny(raw, "\r\n") && !strings.ContainsAny(y.text[start:start+len(n.Value)], "\r\n") && strings.Count(raw, "\n") > strings.Count(n.Value, "\n") {
			return doubleQuoted(raw)
		}
		if safePlain(raw, n.ShortTag(), flow) {
			return raw, nil
		}
		return "'" + strings.ReplaceAll(raw, "'", "''") + "'", nil
	}
}

func doubleQuoted(raw string) (string, error) {
	text, err := jsonEscape("")(raw)
	return `"` + text + `"`, err
}

// safePlain reports whether YAML reads raw back as what it says, without quotes.
func safePlain(raw, tag string, flow bool) bool {
	around := [2]string{"k: ", "\n"}
	if flow {
		around = [2]string{"[", "]"}
	}
	var root yaml.Node
	if yaml.Unmarshal([]byte(around[0]+raw+around[1]), &root) != nil || len(root.Content) == 0 {
		return false
	}
	items := root.Content[0].Content
	if flow && len(items) != 1 || !flow && len(items) != 2 {
		return false
	}
	n := items[len(items)-1]
	plain := n.Kind == yaml.ScalarNode && n.Style == 0 && n.Anchor == "" && n.ShortTag() == tag
	return plain && strings.Join(strings.Fields(n.Value), "") == strings.Join(strings.Fields(raw), "")
}
