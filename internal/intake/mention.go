package intake

import (
	"bytes"
	"strings"
)

// Mentions reports whether the chunk may hold a call with that id. It is much
// quicker than reading the chunk, and false only where there is none: an id that
// is nowhere in the text may still be escaped, or come from the name of the file.
func (c *Chunk) Mentions(id string) bool {
	if c.problem != nil || c.format.cut == nil { // whole files may name calls as they like
		return true
	}
	return bytes.Contains(c.data, []byte(id)) || strings.HasPrefix(id, c.base()) || c.format.json && mayEscape(c.data, id)
}

// Reaches reports whether a line of the input is in the chunk, or may be.
func (c *Chunk) Reaches(line int) bool {
	first, last := c.Lines()
	return c.problem != nil || first <= line && line <= last
}

// Lines are the first and the last line of the input that the chunk has a part of;
// both are 0 where it is a problem.
func (c *Chunk) Lines() (first, last int) {
	if c.problem != nil {
		return 0, 0
	}
	return c.line, c.line + bytes.Count(c.data, []byte{'\n'})
}

// mayEscape reports whether the JSON of data could write id with escapes: \u00xx
// for any character, others only for what is no letter, digit or hyphen.
func mayEscape(data []byte, id string) bool {
	if strings.IndexFunc(id, func(r rune) bool { return !plainInJSON(r) }) >= 0 {
		return bytes.IndexByte(data, '\\') >= 0
	}
	return bytes.Contains(data, []byte(`\u00`))
}

// plainInJSON reports whether writers of JSON leave a character as it is.
func plainInJSON(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_.:", r)
}

// Source is the input of the chunk as the user named it; "" where it is a problem
// with a path.
func (c *Chunk) Source() string { return c.source }
