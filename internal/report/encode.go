package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// EncodeLine is v as JSON on one line that ends in a line feed. Characters that
// a terminal could take for a command or that could hide others are written as
// \u escapes, so that a report may be printed as it is. The error is that of encoding/json.
func EncodeLine(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return escapeHostile(b.Bytes()), nil
}

// escapeHostile escapes what encoding/json leaves: DEL, C1 and bidirectional
// controls. In JSON they stand inside strings only.
func escapeHostile(line []byte) []byte {
	if !holdsHostile(line) {
		return line
	}
	out := make([]byte, 0, len(line)+16)
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRune(line[i:])
		if r != '\n' && hostile(r) {
			out = fmt.Appendf(out, `\u%04x`, r)
		} else {
			out = append(out, line[i:i+size]...)
		}
		i += size
	}
	return out
}

// holdsHostile reports whether a line has a hostile character. It looks for the first bytes of those:
// Chinese text has few of them, in quotation marks and dashes.
func holdsHostile(line []byte) bool {
	for _, first := range []byte("\x7f\xc2\xd8\xe2") {
		for rest := line; ; rest = rest[1:] {
			at := bytes.IndexByte(rest, first)
			if at < 0 {
				break
			}
			rest = rest[at:]
			if r, _ := utf8.DecodeRune(rest); hostile(r) {
				return true
			}
		}
	}
	return false
}
