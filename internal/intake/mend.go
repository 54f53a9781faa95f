package intake

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// damage counts the lines of a chunk with damaged characters of one sort.
type damage struct {
	first int // 1-based line, 0 if none
	lines int
}

func (d *damage) add(line int) {
	if d.first == 0 {
		d.first = line
	}
	d.lines++
}

// mend makes the chunk valid UTF-8 and yields a problem for each sort of damage.
func (c *Chunk) mend(yield func(Item) bool) bool {
	halves := c.format.json && mendHalves(c.data)
	if !halves && (c.sound || utf8.Valid(c.data)) && !bytes.Contains(c.data, replacement()) {
		return true
	}
	var foreign, lost damage
	other := foreignCharset(c.data)
	mended, line := make([]byte, 0, len(c.data)+len(c.data)/8), c.line
	for text := range bytes.Lines(c.data) {
		decoded, ok := other.line(text)
		if ok {
			foreign.add(line)
		}
		if bytes.Contains(decoded, replacement()) || halves && bytes.Contains(decoded, []byte(escapedReplacement)) {
			lost.add(line)
		}
		mended = append(mended, decoded...)
		line++
	}
	c.data = mended
	return c.tell(foreign, lost, other.name, yield)
}

// mended is text in UTF-8, as mend makes it.
func mended(text []byte) []byte {
	if validUTF8(text, false) {
		return text
	}
	other := foreignCharset(text)
	var out []byte
	for line := range bytes.Lines(text) {
		decoded, _ := other.line(line)
		out = append(out, decoded...)
	}
	return out
}

func (c *Chunk) tell(foreign, lost damage, name string, yield func(Item) bool) bool {
	if foreign.lines > 0 && !yield(c.warning(foreign.first, "", "文件是 UTF-8，从这里起有 %[1]d 行是 %[2]s，已按 %[2]s 读取；请统一编码",
		"the file is UTF-8, but %[1]d lines from here on are %[2]s and were read as such; use one encoding", foreign.lines, name)) {
		return false
	}
	return lost.lines == 0 || yield(c.fatal(lost.first, "", "从这里起有 %d 行含无法还原的字符（按 %s 读取，显示为 U+FFFD）；请重新导出",
		"%d lines from here on hold damaged characters (read as %s, shown as U+FFFD); export it again", lost.lines, c.charset))
}

// appended is an encoding in which lines were appended to a UTF-8 file.
type appended struct {
	charset
	common map[rune]bool
}

// foreignCharset is the encoding of the lines of data that are not UTF-8, decided on all
// of them: one line of a few characters can be in any.
func foreignCharset(data []byte) appended {
	a := appended{common: commonCharacters()}
	var foreign []byte
	for line := range bytes.Lines(data) {
		if !utf8.Valid(line) && len(foreign)+len(line) < headSize {
			foreign = append(foreign, line...)
		}
	}
	all := charsets()[3:] // no UTF-16: its lines end elsewhere
	a.charset = all[best(all, foreign)]
	return a
}

// line is a line in UTF-8. foreign reports whether it was decoded; what does not look
// like Chinese then keeps its bytes, and those that mean nothing become U+FFFD.
func (a *appended) line(line []byte) (text []byte, foreign bool) {
	if utf8.Valid(line) {
		return line, false
	}
	if len(line) <= chunkSize {
		decoded, err := a.enc.NewDecoder().Bytes(line)
		if err == nil && !bytes.Contains(decoded, replacement()) && a.score(line, a.common) > 0.4 {
			return decoded, true
		}
	}
	return bytes.ToValidUTF8(line, replacement()), false
}

// replacement is U+FFFD, which stands for a damaged character.
func replacement() []byte { return []byte("\uFFFD") }

// escapedReplacement is U+FFFD as JSON may write it, and as mendHalves does.
const escapedReplacement = `\ufffd`

// mendHalves replaces, in JSON, each half of a character beyond U+FFFF that has lost the
// other one ("\ud83d"), which some recognisers cut apart. It reports whether there is
// damage: such halves, or replacements that were there before.
func mendHalves(data []byte) (damaged bool) {
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte(`\u`))
		if i < 0 {
			return damaged
		}
		at += i
		whole := 2
		if at+2 < len(data) && strings.IndexByte("dDfF", data[at+2]) >= 0 && escapes(data, at) {
			first, second := codeUnit(data[at:]), codeUnit(data[min(at+6, len(data)):])
			switch {
			case utf16.IsSurrogate(first) && utf16.DecodeRune(first, second) != utf8.RuneError:
				whole = 12
			case utf16.IsSurrogate(first), first == utf8.RuneError:
				copy(data[at:], escapedReplacement)
				damaged = true
			}
		}
		at += whole
	}
}

// escapes reports whether the backslash at data[at] escapes what follows, and is not
// escaped itself.
func escapes(data []byte, at int) bool {
	before := len(data[:at]) - len(bytes.TrimRight(data[:at], `\`))
	return before%2 == 0
}

// codeUnit is the code unit that an escape at the start of text stands for, -1 if there is none.
func codeUnit(text []byte) rune {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	if err != nil {
		return -1
	}
	return rune(n)
}
