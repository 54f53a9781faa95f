package script

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// maxDepth is how deep the values of JSON and YAML may be nested.
const maxDepth = 100

// readJSON reads one JSON value, or several after each other.
func readJSON(source string, data []byte) (*Library, *call.Problem) {
	d, problem := newDocument(source, data)
	if problem != nil {
		return nil, problem
	}
	p := jsonParser{doc: d}
	root := &node{kind: list}
	for p.space(); p.at < len(d.text); p.space() {
		n := p.value(0)
		if p.failed != (call.Say{}) {
			return nil, p.broken()
		}
		root.items = append(root.items, n)
	}
	if len(root.items) == 1 {
		root = root.items[0]
	}
	entries, doubts := entriesIn(root)
	if len(entries) == 0 {
		return nil, noEntries(d)
	}
	l := d.library("json", entries)
	l.doubt(doubts)
	return l, nil
}

// jsonParser reads JSON and keeps where each code point of a string stands, which
// no package does.
type jsonParser struct {
	doc    *document
	at     int
	failed call.Say // what is wrong at at
}

// broken is the problem with a file that is no JSON, at its line and column.
func (p *jsonParser) broken() *call.Problem {
	problem := p.doc.fail(p.at, "不是正确的 JSON，第 %d 列：", "the JSON is broken at column %d: ", p.doc.place(extent{p.at, p.at}).Column)
	problem.What = call.Say{ZH: problem.What.ZH + p.failed.ZH, EN: problem.What.EN + p.failed.EN}
	return problem
}

func (p *jsonParser) fail(zh, en string) *node {
	if p.failed == (call.Say{}) {
		p.failed = call.Say{ZH: zh, EN: en}
	}
	return &node{}
}

func (p *jsonParser) space() {
	for p.at < len(p.doc.text) && strings.IndexByte(" \t\r\n", p.doc.text[p.at]) >= 0 {
		p.at++
	}
}

// peek is the next byte after space, 0 at the end.
func (p *jsonParser) peek() byte {
	p.space()
	if p.at < len(p.doc.text) {
		return p.doc.text[p.at]
	}
	return 0
}

// take reads the byte c after space; it reports whether it is there.
func (p *jsonParser) take(c byte) bool {
	if p.peek() != c {
		return false
	}
	p.at++
	return true
}

func (p *jsonParser) value(depth int) *node {
	switch c := p.peek(); {
	case depth > maxDepth:
		return p.fail("嵌套太深", "nested too deeply")
	case c == '{':
		return p.object(depth)
	case c == '[':
		return p.list(depth)
	case c == '"':
		return &node{kind: scalar, line: p.string()}
	case c == 0:
		return p.fail("文件到这里就断了", "unexpected end")
	}
	return p.literal()
}

// literal reads a number, true, false or null.
func (p *jsonParser) literal() *node {
	start := p.at
	for p.at < len(p.doc.text) && strings.IndexByte(" \t\r\n,]}:\"[{", p.doc.text[p.at]) < 0 {
		p.at++
	}
	word := p.doc.text[start:p.at]
	if !json.Valid([]byte(word)) {
		p.at = start
		return p.fail("不该有的字符；文字要用英文双引号括起来", "unexpected character")
	}
	line := p.doc.line(extent{start, p.at}, frozen)
	if word == "null" {
		line = p.doc.line(extent{start, start}, frozen)
	}
	return &node{kind: scalar, line: line}
}

func (p *jsonParser) list(depth int) *node {
	n := &node{kind: list}
	p.at++
	if p.take(']') {
		return n
	}
	for p.failed == (call.Say{}) {
		n.items = append(n.items, p.value(depth+1))
		if p.take(']') {
			return n
		}
		if !p.take(',') {
			p.fail("缺少逗号或 ]", "expected , or ]")
		}
	}
	return n
}

func (p *jsonParser) object(depth int) *node {
	n := &node{kind: object}
	p.at++
	if p.take('}') {
		return n
	}
	for p.failed == (call.Say{}) {
		if p.peek() != '"' {
			return p.fail("这里应是英文双引号括起来的字段名", "expected a key in quotes")
		}
		key := p.string()
		if !p.take(':') {
			return p.fail("缺少冒号", "expected :")
		}
		n.keys, n.items = append(n.keys, key), append(n.items, p.value(depth+1))
		if p.take('}') {
			return n
		}
		if !p.take(',') {
			p.fail("缺少逗号或 }", "expected , or }")
		}
	}
	return n
}

// string reads a string.
func (p *jsonParser) string() Line {
	b := builder{doc: p.doc}
	start := p.at + 1
	for i := start; i < len(p.doc.text); {
		switch c := p.doc.text[i]; {
		case c == '"':
			p.at = i + 1
			return b.line(start, jsonEscape(p.doc.text[start:i]))
		case c < ' ':
			p.at = i
			p.fail("文字里有换行或控制字符，要写成 \\n", "a control character in a string")
			return Line{}
		}
		r, size := jsonRune(p.doc.text[i:])
		if size == 0 {
			p.at = i
			p.fail("反斜杠后面的写法不对", "a broken escape")
			return Line{}
		}
		b.add(r, extent{i, i + size})
		i += size
	}
	p.fail("文字的引号没有闭合", "a string without end")
	return Line{}
}

// jsonRune is the code point that starts s, with its length in bytes; 0 for a broken escape.
func jsonRune(s string) (r rune, size int) {
	if s[0] != '\\' {
		return utf8.DecodeRuneInString(s)
	}
	if len(s) < 2 {
		return 0, 0
	}
	if i := strings.IndexByte(`"\/bfnrt`, s[1]); i >= 0 {
		return rune("\"\\/\b\f\n\r\t"[i]), 2
	}
	r, ok := hex4(s)
	if !ok {
		return 0, 0
	}
	if utf16.IsSurrogate(r) {
		if low, ok := hex4(s[6:]); ok && utf16.DecodeRune(r, low) != utf8.RuneError {
			return utf16.DecodeRune(r, low), 12
		}
		return utf8.RuneError, 6
	}
	return r, 6
}

// hex4 is the code unit of \uXXXX at the start of s.
func hex4(s string) (r rune, ok bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	for _, c := range []byte(s[2:6]) {
		i := strings.IndexByte("0123456789abcdef", c|0x20)
		if i < 0 || c < '0' {
			return 0, false
		}
		r = r<<4 | rune(i)
	}
	return r, true
}

// jsonEscape writes text as the string raw is written: characters that are not
// ASCII are escaped where raw escapes them.
func jsonEscape(raw string) func(string) (string, error) {
	ascii := strings.Contains(raw, `\u`) && strings.IndexFunc(raw, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
	upper := strings.ContainsAny(raw, "ABCDEF") && raw == strings.ToUpper(strings.ReplaceAll(raw, `\U`, `\u`))
	return func(text string) (string, error) {
		var out strings.Builder
		for _, r := range text {
			switch i := strings.IndexRune("\"\\\b\f\n\r\t", r); {
			case i >= 0:
				out.WriteString(`\` + `"\bfnrt`[i:i+1])
			case r < ' ' || ascii && r >= utf8.RuneSelf:
				out.WriteString(unicodeEscape(r, upper))
			default:
				out.WriteRune(r)
			}
		}
		return out.String(), nil
	}
}

// unicodeEscape is r as \uXXXX, in a pair where one unit is not enough.
func unicodeEscape(r rune, upper bool) string {
	format := `\u%04x`
	if upper {
		format = `\u%04X`
	}
	if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
		return fmt.Sprintf(format+format, high, low)
	}
	return fmt.Sprintf(format, r)
}

// frozen refuses to write: a number, or a text whose way back to the file is not known.
func frozen(string) (string, error) {
	return "", refused("这个值的写法不便自动改写；请手工修改", "the value is written in a way that is not changed automatically; change it by hand")
}
