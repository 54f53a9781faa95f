package report

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// object is a JSON object that is written member by member, as EncodeLine would write it.
type object struct{ b []byte }

// next parts what comes from what came before.
func (o *object) next() {
	if last := o.b[len(o.b)-1]; last != '{' && last != '[' {
		o.b = append(o.b, ',')
	}
}

func (o *object) key(name string) {
	o.next()
	o.b = appendText(o.b, name)
	o.b = append(o.b, ':')
}

// open starts an object or an array; close ends it.
func (o *object) open(name string, bracket byte) {
	o.key(name)
	o.b = append(o.b, bracket)
}

func (o *object) close(bracket byte) { o.b = append(o.b, bracket) }

// element starts an object in an array.
func (o *object) element() {
	o.next()
	o.b = append(o.b, '{')
}

// item adds a text to an array.
func (o *object) item(s string) {
	o.next()
	o.b = appendText(o.b, s)
}

func (o *object) text(name, s string) {
	o.key(name)
	o.b = appendText(o.b, s)
}

// someText adds a text that is not empty.
func (o *object) someText(name, s string) {
	if s != "" {
		o.text(name, s)
	}
}

func (o *object) number(name string, n int) {
	o.key(name)
	o.b = strconv.AppendInt(o.b, int64(n), 10)
}

// someNumber adds a number other than 0.
func (o *object) someNumber(name string, n int) {
	if n != 0 {
		o.number(name, n)
	}
}

// someTruth adds what is true.
func (o *object) someTruth(name string, is bool) {
	if is {
		o.key(name)
		o.b = append(o.b, "true"...)
	}
}

// index adds a number of 0 or more as a value, null for any other.
func (o *object) index(n int) {
	if n < 0 {
		o.b = append(o.b, "null"...)
		return
	}
	o.b = strconv.AppendInt(o.b, int64(n), 10)
}

// appendText appends a text as a string of JSON: see EncodeLine.
func appendText(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		if size := plainly(s[i:]); size > 0 {
			i += size
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r >= utf8.RuneSelf && !hostile(r) && (r != utf8.RuneError || size > 1) {
			i += size
			continue
		}
		b = append(b, s[from:i]...)
		b = appendEscaped(b, r)
		i += size
		from = i
	}
	b = append(b, s[from:]...)
	return append(b, '"')
}

// plainly is the size of the character that s starts with where a look at its bytes tells that it
// is written as it is: nearly all that is said in Chinese. It is 0 for any other.
func plainly(s string) int {
	switch c := s[0]; {
	case c < utf8.RuneSelf:
		if c >= ' ' && c != '"' && c != '\\' && c != 0x7f {
			return 1
		}
	case c >= 0xE3 && c <= 0xE9: // U+3000 to U+9FFF
		if len(s) > 2 && s[1]&0xC0 == 0x80 && s[2]&0xC0 == 0x80 {
			return 3
		}
	}
	return 0
}

func appendEscaped(b []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(b, '\\', byte(r))
	case '\b':
		return append(b, `\b`...)
	case '\f':
		return append(b, `\f`...)
	case '\n':
		return append(b, `\n`...)
	case '\r':
		return append(b, `\r`...)
	case '\t':
		return append(b, `\t`...)
	}
	return fmt.Appendf(b, `\u%04x`, r)
}
