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
	if !mayBeHostile(line) {
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

// mayBeHostile is a quick look at the first bytes of hostile characters, which
// Chinese text does not have.
func mayBeHostile(line []byte) bool {
	return bytes.IndexByte(line, 0x7f) >= 0 || bytes.IndexByte(line, 0xc2) >= 0 || bytes.IndexByte(line, 0xd8) >= 0 ||
		bytes.Contains(line, []byte{0xe2, 0x80}) || bytes.Contains(line, []byte{0xe2, 0x81})
}
