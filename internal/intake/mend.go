package intake

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
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
// Lines in GB18030 inside a UTF-8 file are decoded; bytes that mean nothing become U+FFFD.
func (c *Chunk) mend(yield func(Item) bool) bool {
	if utf8.Valid(c.data) && !bytes.Contains(c.data, replacement()) {
		return true
	}
	var foreign, lost damage
	mended := make([]byte, 0, len(c.data)+len(c.data)/8)
	line, common := c.line, commonCharacters()
	for text := range bytes.Lines(c.data) {
		decoded, ok := fromGB18030(text, common)
		switch {
		case utf8.Valid(text):
			decoded = text
		case ok:
			foreign.add(line)
		default:
			decoded = bytes.ToValidUTF8(text, replacement())
		}
		if bytes.Contains(decoded, replacement()) {
			lost.add(line)
		}
		mended = append(mended, decoded...)
		line++
	}
	c.data = mended
	return c.tell(foreign, lost, yield)
}

func (c *Chunk) tell(foreign, lost damage, yield func(Item) bool) bool {
	if foreign.lines > 0 && !yield(c.warning(foreign.first, "", "文件是 UTF-8，从这里起有 %d 行是 GB18030，已按 GB18030 读取；请统一编码",
		"the file is UTF-8, but %d lines from here on are GB18030 and were read as such; use one encoding", foreign.lines)) {
		return false
	}
	return lost.lines == 0 || yield(c.fatal(lost.first, "", "从这里起有 %d 行含无法还原的字符（按 %s 读取，显示为 U+FFFD）；请重新导出",
		"%d lines from here on hold damaged characters (read as %s, shown as U+FFFD); export it again", lost.lines, c.charset))
}

// fromGB18030 decodes a line that is not UTF-8; ok is false if it does not look like Chinese then.
func fromGB18030(line []byte, common map[rune]bool) (decoded []byte, ok bool) {
	if utf8.Valid(line) || len(line) > chunkSize {
		return nil, false
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(line)
	if err != nil || bytes.Contains(decoded, replacement()) {
		return nil, false
	}
	gb := charset{enc: simplifiedchinese.GB18030}
	return decoded, gb.score(line, common) > 0.4
}

// replacement is U+FFFD, which stands for a damaged character.
func replacement() []byte { return []byte("\uFFFD") }
