package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// longest is how many bytes the text of a cell may have: far more than Excel allows.
const longest = 4 << 20

var errLong = errors.New("a tag or a text does not end")

// scanner reads the tags of an XML part, each with the text before it. The parts of workbooks are
// written by programs, so that a scanner which knows elements, references, CDATA and comments
// does, at many times the speed of a decoder that checks everything.
type scanner struct {
	r    *bufio.Reader
	text []byte // before the tag, as it is written
	tag  []byte // without < and >
}

func newScanner(r io.Reader) *scanner { return &scanner{r: bufio.NewReaderSize(r, 64<<10)} }

// next reads up to the end of the next tag. At the end of the part its error is io.EOF; in the
// middle of a tag, io.ErrUnexpectedEOF.
func (s *scanner) next() (err error) {
	s.text = s.text[:0]
	for {
		if s.text, err = s.until(s.text, '<'); err != nil {
			return err
		}
		if s.tag, err = s.until(s.tag[:0], '>'); err != nil {
			return unexpected(err)
		}
		switch {
		case bytes.HasPrefix(s.tag, []byte(cdata)):
			if err = s.extend("]]"); err != nil {
				return err
			}
			s.text = append(s.text, escape(s.tag[len(cdata):max(len(cdata), len(s.tag)-len("]]"))])...)
		case bytes.HasPrefix(s.tag, []byte("!--")):
			if err = s.extend("--"); err != nil {
				return err
			}
		default:
			return nil
		}
	}
}

const cdata = "![CDATA["

// extend reads on until the tag ends with end: a > in it did not end it.
func (s *scanner) extend(end string) (err error) {
	for !bytes.HasSuffix(s.tag, []byte(end)) && err == nil {
		s.tag, err = s.until(append(s.tag, '>'), '>')
	}
	return unexpected(err)
}

// until appends what comes before a byte, which is read too.
func (s *scanner) until(b []byte, end byte) ([]byte, error) {
	for {
		piece, err := s.r.ReadSlice(end)
		b = append(b, piece...)
		switch {
		case err == nil:
			return b[:len(b)-1], nil
		case len(b) > longest:
			return b, errLong
		case !errors.Is(err, bufio.ErrBufferFull):
			return b, err
		}
	}
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func escape(text []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("&"), []byte("&amp;")), []byte("<"), []byte("&lt;"))
}

// name is the name of the tag without its prefix, with a slash before it where it ends an
// element; closed tells that the element has no content.
func (s *scanner) name() (name string, closed bool) {
	tag := s.tag
	closed = len(tag) > 0 && tag[len(tag)-1] == '/'
	if closed {
		tag = tag[:len(tag)-1]
	}
	if i := bytes.IndexAny(tag, " \t\r\n"); i >= 0 {
		tag = tag[:i]
	}
	slash := bytes.HasPrefix(tag, []byte{'/'})
	if i := bytes.IndexByte(tag, ':'); i >= 0 {
		tag = tag[i+1:]
		if slash {
			return "/" + string(tag), closed
		}
	}
	return known(tag), closed
}

// known is a name as a string, without allocating those of nearly all elements.
func known(tag []byte) string {
	switch string(tag) {
	case "c":
		return "c"
	case "/c":
		return "/c"
	case "v":
		return "v"
	case "/v":
		return "/v"
	case "row":
		return "row"
	case "/row":
		return "/row"
	case "t":
		return "t"
	case "/t":
		return "/t"
	case "si":
		return "si"
	case "/si":
		return "/si"
	}
	return string(tag)
}

// attr is the value of an attribute of the tag, whose prefix does not matter.
func (s *scanner) attr(name string) []byte {
	rest := s.tag
	for {
		i := bytes.IndexByte(rest, '=')
		if i < 0 || i+1 >= len(rest) {
			return nil
		}
		key := bytes.TrimRight(rest[:i], " \t\r\n")
		value := bytes.TrimLeft(rest[i+1:], " \t\r\n")
		if len(value) == 0 || value[0] != '"' && value[0] != '\'' {
			return nil
		}
		end := bytes.IndexByte(value[1:], value[0])
		if end < 0 {
			return nil
		}
		if k := bytes.LastIndexAny(key, " \t\r\n:"); string(key[k+1:]) == name {
			return value[1 : 1+end]
		}
		rest = value[end+2:]
	}
}

// unescape is a text without references (&amp;) and the escapes of Excel (_x000D_), with
// line breaks of one kind.
func unescape(text []byte) string {
	if bytes.IndexByte(text, '&') < 0 && bytes.IndexByte(text, '_') < 0 && bytes.IndexByte(text, '\r') < 0 {
		return string(text)
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		r, size := reference(text[i:])
		if size == 0 {
			b.WriteByte(text[i])
			i++
			continue
		}
		b.WriteRune(r)
		i += size
	}
	return strings.ReplaceAll(strings.ReplaceAll(b.String(), "\r\n", "\n"), "\r", "\n")
}

// reference is the character that text starts with a reference to, and how many bytes
// that takes; 0 for none.
func reference(text []byte) (r rune, size int) {
	if text[0] == '_' && len(text) >= 7 && text[1] == 'x' && text[6] == '_' {
		if n, err := strconv.ParseUint(string(text[2:6]), 16, 32); err == nil && utf8.ValidRune(rune(n)) {
			return rune(n), 7
		}
	}
	end := bytes.IndexByte(text[:min(len(text), 12)], ';')
	if text[0] != '&' || end < 0 {
		return 0, 0
	}
	switch name := string(text[1:end]); name {
	case "amp":
		r = '&'
	case "lt":
		r = '<'
	case "gt":
		r = '>'
	case "quot":
		r = '"'
	case "apos":
		r = '\''
	default:
		digits, isNumber := strings.CutPrefix(name, "#")
		n, err := strconv.ParseUint(strings.Replace(digits, "x", "0x", 1), 0, 32)
		if !isNumber || err != nil || !utf8.ValidRune(rune(n)) {
			return 0, 0
		}
		r = rune(n)
	}
	return r, end + 1
}
