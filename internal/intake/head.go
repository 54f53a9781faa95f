package intake

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/text"
)

// The kinds of lines in a plain text.
const (
	speech = iota
	headerLine
	ruler
	blank
)

// head is a line of plain text, and what it starts with if it may start a turn.
type head struct {
	line string
	kind int
	at   int // 1-based line of the input

	labelled bool // a label starts the line
	who      label
	from, to stamp
	text     string   // after the label
	more     []string // lines that go on with it
}

// maxHead is how far into a line its label ends at most, in bytes.
const maxHead = 120

var numberRE = text.Pattern(`^(?:\[\d{1,5}\]|[(（]\d{1,5}[)）]|【第\d{1,5}[轮句輪]】|\d{1,5}[.、)])[\s\x{3000}]*`)

// headed yields the lines of the section, in pieces where a line holds several turns.
func (s *section) headed() iter.Seq[head] {
	return func(yield func(head) bool) {
		at, oldMac := s.start, strings.IndexByte(s.text, '\n') < 0
		for line := range strings.SplitSeq(s.text, "\n") {
			if oldMac {
				line = strings.ReplaceAll(line, "\r", "\n")
			}
			if pieces := piecesOf(line); pieces == nil {
				if !yield(newHead(line, at)) {
					return
				}
			} else if !yieldAll(pieces, at, yield) {
				return
			}
			at++
		}
	}
}

func yieldAll(pieces []string, at int, yield func(head) bool) bool {
	for _, piece := range pieces {
		if !yield(newHead(piece, at)) {
			return false
		}
	}
	return true
}

func newHead(line string, at int) head {
	h := head{line: line, kind: lineKind(line), at: at}
	if h.kind == speech {
		h.labelled = h.read()
	}
	return h
}

// read finds the label of the line; false if there is none.
func (h *head) read() bool {
	rest := strings.TrimLeftFunc(h.line, isBullet)
	if mayCount(rest) {
		var quick bool
		if h.from, rest, quick = cutClock(rest); !quick {
			rest = rest[len(numberRE().FindString(rest)):]
			h.from, h.to, rest = cutStamp(rest)
		}
	}
	near := rest[:min(len(rest), maxHead)]
	colon := colonIn(near)
	if !h.from.ok && colon > 0 && isDigit(near[colon-1]) {
		if at := stampRE().FindStringSubmatchIndex(near); at != nil && at[0] > 0 && at[0] <= colon {
			return h.readStamped(rest, at)
		}
	}
	if colon > 0 {
		_, size := utf8.DecodeRuneInString(rest[colon:])
		h.text = tidy(rest[colon+size:])
		return !strings.HasPrefix(h.text, "//") && h.label(rest[:colon])
	}
	return h.readBare(rest)
}

// isBullet reports whether a character may stand before a label.
func isBullet(r rune) bool {
	switch r {
	case '*', '-', '•', '>', ' ', '\t', '\u3000', '\u00A0', '\uFEFF', '\u200B':
		return true
	}
	return false
}

// colonIn is strings.IndexAny(s, ":："), which would look for each character among those in turn.
func colonIn(s string) int {
	for i := range len(s) {
		if s[i] == ':' || s[i] == "："[0] && strings.HasPrefix(s[i:], "：") {
			return i
		}
	}
	return -1
}

// mayCount reports whether s can start with a number or a time.
func mayCount(s string) bool {
	switch first, _ := utf8.DecodeRuneInString(s); first {
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '[', '(', '（', '【', '<':
		return true
	}
	return false
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// readStamped reads "label stamp" and "label stamp: text".
func (h *head) readStamped(rest string, at []int) bool {
	groups := make([]string, 7)
	for i := range groups {
		if at[2*i+2] >= 0 {
			groups[i] = rest[at[2*i+2]:at[2*i+3]]
		}
	}
	h.from = newStamp(groups)
	after := strings.TrimSpace(rest[at[1]:])
	h.text = tidy(strings.TrimLeft(after, ":："))
	return (after == "" || h.text != after) && h.label(rest[:at[0]])
}

// readBare reads "[label] text", and "stamp label" alone on its line.
func (h *head) readBare(rest string) bool {
	for _, pair := range [][2]string{{"[", "]"}, {"【", "】"}} {
		inner, ok := strings.CutPrefix(rest, pair[0])
		name, text, closed := strings.Cut(inner, pair[1])
		if ok && closed && len(name) < maxHead && h.label(name) && h.who.sure {
			h.text = tidy(text)
			return true
		}
	}
	return h.from.ok && len(rest) < maxHead && h.label(rest) && (h.from.date || h.who.sure)
}

func (h *head) label(raw string) (ok bool) {
	h.who, ok = newLabel(raw)
	return ok
}

// tidy is what is said, without the space and Markdown bold that a label leaves.
func tidy(s string) string {
	s = strings.TrimSpace(s)
	if rest, bold := strings.CutPrefix(s, "**"); bold {
		return strings.TrimSpace(rest)
	}
	return s
}

// lineKind tells speech from headers ("# 通话ID: C1", "通话ID：C1"), rulers (---, ===) and blank lines.
func lineKind(line string) int {
	line = trimLine(line)
	if line == "" {
		return blank
	}
	switch first, _ := utf8.DecodeRuneInString(line); first { // it tells apart nearly all: every line is looked at several times
	case '-', '=', '─', '—', '_', '*':
		if len(line) >= 3 && strings.Trim(line, "-=─—_*") == "" {
			return ruler
		}
		return speech
	}
	if isComment(line) || namesCall(line) {
		return headerLine
	}
	return speech
}

// trimLine is strings.Trim(line, " \t\r\n\u3000\uFEFF\x1a"), which would look for each
// character among those in turn.
func trimLine(line string) string {
	for line != "" {
		switch {
		case isEdge(line[0]):
			line = line[1:]
		case strings.HasPrefix(line, "\u3000"), strings.HasPrefix(line, "\uFEFF"):
			line = line[3:]
		case isEdge(line[len(line)-1]):
			line = line[:len(line)-1]
		case strings.HasSuffix(line, "\u3000"), strings.HasSuffix(line, "\uFEFF"):
			line = line[:len(line)-3]
		default:
			return line
		}
	}
	return ""
}

func isEdge(b byte) bool { return b == ' ' || b == '\t' || b == '\r' || b == '\n' || b == '\x1a' }

// isComment reports whether the line is "# …"; "#E-s" is an emoji of a chat.
func isComment(line string) bool {
	rest, ok := strings.CutPrefix(line, "#")
	if !ok {
		return false
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, "#"))
	return next == ' ' || unicode.Is(unicode.Han, next)
}

// piecesOf splits a line that holds several turns: escaped line breaks, or labels after the ends
// of sentences. It is nil for a line that is one piece, as nearly all are.
func piecesOf(line string) []string {
	if strings.IndexByte(line, '\n') >= 0 {
		return strings.Split(line, "\n")
	}
	if parts := escapedLines(line); parts != nil {
		return parts
	}
	if cuts := innerLabels(line); len(cuts) >= 3 {
		return cutAt(line, cuts)
	}
	return nil
}

// escapedLines splits at \n written as two characters, nil unless two of the lines start with labels.
func escapedLines(line string) []string {
	if strings.IndexByte(line, '\\') < 0 || !strings.Contains(line, `\n`) {
		return nil
	}
	parts := strings.Split(strings.ReplaceAll(line, `\r\n`, `\n`), `\n`)
	sure := 0
	for _, p := range parts {
		if h := (head{line: p}); h.read() && h.who.sure {
			sure++
		}
	}
	if sure < 2 {
		return nil
	}
	return parts
}

// innerLabels lists where labels of the dictionary start in the line: at its start and after the ends of sentences.
func innerLabels(line string) []int {
	if strings.Count(line, ":")+strings.Count(line, "\x9A") < 3 { // a byte of "：", which is quicker to count
		return nil
	}
	left := strings.Count(line, ":") + strings.Count(line, "：")
	var cuts []int
	for i := 0; i < len(line) && len(cuts)+left >= 3; left-- { // fewer than three are none
		colon := strings.IndexAny(line[i:], ":：")
		if colon < 0 {
			break
		}
		colon += i
		if start, ok := labelBefore(line[i:colon]); ok {
			cuts = append(cuts, i+start)
		}
		_, size := utf8.DecodeRuneInString(line[colon:])
		i = colon + size
	}
	return cuts
}

// labelBefore finds the label that ends text and starts it or follows a sentence.
func labelBefore(text string) (start int, ok bool) {
	near := max(0, len(text)-maxLabel*utf8.UTFMax)
	if end := strings.LastIndexAny(text[near:], "。？！…；.?!;~～”」）)"); end >= 0 {
		_, size := utf8.DecodeRuneInString(text[near+end:])
		start = near + end + size
	} else if near > 0 {
		return 0, false
	}
	if isNumber(text[start:]) { // as before the colons of a time
		return start, false
	}
	l, ok := newLabel(text[start:])
	return start, ok && l.sure
}

// isNumber reports whether a text is ASCII without a letter.
func isNumber(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'a' <= c|0x20 && c|0x20 <= 'z' {
			return false
		}
	}
	return true
}

// cutAt splits the line before each of cuts.
func cutAt(line string, cuts []int) []string {
	var parts []string
	from := 0
	for _, cut := range append(cuts, len(line)) {
		if cut > from {
			parts = append(parts, line[from:cut])
			from = cut
		}
	}
	return parts
}
