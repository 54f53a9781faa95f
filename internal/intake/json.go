package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/valyala/fastjson"
)

// record is one JSON value of an input.
type record struct {
	text []byte
	line int // 1-based
	nth  int // 1-based, among the values of the input
}

// records yields the JSON values of the chunk: its lines, or the values that
// follow each other or are elements of one array.
func (c *Chunk) records(yield func(record) bool) {
	if c.lines {
		c.recordLines(yield)
		return
	}
	data, line, nth := c.data, c.line, c.before
	for {
		skip := c.separators(data, nth == 0)
		line += bytes.Count(data[:skip], []byte{'\n'})
		data = data[skip:]
		if len(data) == 0 {
			return
		}
		nth++
		end, _ := valueEnd(data)
		if !yield(record{data[:end], line, nth}) {
			return
		}
		line += bytes.Count(data[:end], []byte{'\n'})
		data = data[end:]
	}
}

func (c *Chunk) recordLines(yield func(record) bool) {
	line := c.line
	for text := range bytes.Lines(c.data) {
		text = bytes.TrimPrefix(text, []byte("\uFEFF")) // files that were put together keep their marks
		text = bytes.Trim(text, " \t\r\n\x1a")
		if len(text) > 0 && !yield(record{text, line, line}) {
			return
		}
		line++
	}
}

// cutJSON cuts after the last complete JSON value.
func cutJSON(c *Chunk, data []byte) (end, records int) {
	if c.lines {
		return bytes.LastIndexByte(data, '\n') + 1, 0
	}
	for {
		next := end + c.separators(data[end:], records == 0)
		size, ok := valueEnd(data[next:])
		if !ok {
			return end, records
		}
		end, records = next+size, records+1
	}
}

// separators is how many bytes stand before the next value; with the bracket that opens the
// array, at the start of the input and where one array follows another, as line by line.
func (c *Chunk) separators(data []byte, start bool) int {
	open := c.array && c.first && start
	for i, b := range data {
		switch b {
		case ' ', '\t', '\r', '\n', ',', '}', '\x1a':
		case ']':
			open = c.array
		case '[':
			if !open {
				return i
			}
			open = false
		default:
			return i
		}
	}
	return len(data)
}

// valueEnd is where the JSON value at the start of data ends; ok is false if
// data breaks off before.
func valueEnd(data []byte) (end int, ok bool) {
	depth := 0
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '"':
			i += stringEnd(data[i:])
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ' ', '\t', '\r', '\n', ',':
			if depth == 0 {
				return i, true
			}
			continue
		default:
			continue
		}
		if depth <= 0 && i < len(data) {
			return min(i+1, len(data)), true
		}
	}
	return len(data), false
}

// stringEnd is the index of the quote that closes the string at the start of
// data, len(data) if none does.
func stringEnd(data []byte) int {
	for i := 1; ; i++ {
		next := bytes.IndexByte(data[i:], '"')
		if next < 0 {
			return len(data)
		}
		i += next
		slashes := 0
		for data[i-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return i
		}
	}
}

// completeValue is the JSON value at the start of text. If text breaks off
// in the middle of it, what is open is closed after the last complete element.
func completeValue(text []byte) []byte {
	if end, ok := valueEnd(text); ok {
		return text[:end]
	}
	var open []byte // the brackets that would close what is open
	end, depth := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			i += stringEnd(text[i:])
		case '{', '[':
			open = append(open, text[i]+2) // '}' and ']' come two after their openers
			end, depth = i+1, len(open)
		case '}', ']':
			open = open[:max(len(open)-1, 0)]
			end, depth = i+1, len(open)
		case ',':
			end, depth = i, len(open)
		}
	}
	value := append([]byte{}, text[:end]...)
	for ; depth > 0; depth-- {
		value = append(value, open[depth-1])
	}
	return value
}

// parseJSON parses text. The value lives until p parses again. Control characters inside
// strings, which some writers of JSON forget to escape, are taken as spaces.
func parseJSON(p *fastjson.Parser, text []byte) (*fastjson.Value, bool) {
	if len(text) > chunkSize/4 && !json.Valid(text) { // an error of fastjson quotes what follows, at every level
		if text = bytes.Map(withoutControls, text); !json.Valid(text) {
			return nil, false
		}
	}
	v, err := p.ParseBytes(text)
	return v, err == nil
}

// letGo drops what a parser made of a huge text, which is twenty times as large: it is not to
// be kept while the calls of it are judged.
func letGo(p *fastjson.Parser, text []byte) {
	if len(text) > chunkSize {
		*p = fastjson.Parser{}
	}
}

func withoutControls(r rune) rune {
	if r < ' ' {
		return ' '
	}
	return r
}

// syntaxError says what is wrong with text, which is not JSON.
func syntaxError(text []byte) string {
	var any json.RawMessage
	err := json.Unmarshal(text, &any)
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return fmt.Sprintf("nested deeper than %d", fastjson.MaxDepth)
	}
	at := min(int(syntax.Offset), len(text))
	before := text[max(0, at-60):at]
	return fmt.Sprintf("%v, character %d, after %q", err, utf8.RuneCount(text[:at]), lastRunes(before, 15))
}

func lastRunes(text []byte, n int) string {
	runes := []rune(string(bytes.ToValidUTF8(text, nil)))
	return string(runes[max(0, len(runes)-n):])
}
