package script

import (
	"slices"
	"sort"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// readMarkdown reads headings as scenes and steps, and what stands below them as
// wordings; see draft. Tables are read as those of any carrier.
func readMarkdown(source string, data []byte) (*Library, *call.Problem) {
	d, problem := newDocument(source, data)
	if problem != nil {
		return nil, problem
	}
	d.hollow = hollowMarks
	m := &markdown{document: d, skipped: make([]bool, len(d.starts))}
	m.skipCode()
	m.findComments()
	m.findTitle()
	for m.row < len(d.starts) {
		m.block()
	}
	m.flush()
	m.close()
	if len(m.entries) == 0 {
		return nil, noEntries(d)
	}
	slices.SortStableFunc(m.entries, func(a, b *Entry) int { return a.span.start - b.span.start }) // a table ends before what stands around it
	l := d.library("markdown", m.entries)
	l.Notes = append(l.Notes, m.notes...)
	l.doubt(m.doubts)
	l.waive(d, m.comments)
	return l, nil
}

// markdown is a document while its blocks are read.
type markdown struct {
	*document
	comments []comment
	masked   []extent // the comments
	skipped  []bool   // rows of code and of the head
	outline

	row   int // the next one
	para  *paragraph
	notes []call.Problem
}

// paragraph is text that goes on from line to line.
type paragraph struct {
	out    *builder
	start  int
	indent int // in bytes
	item   bool
	quote  bool
}

var (
	headingPattern = text.Pattern(`^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$`)
	itemPattern    = text.Pattern(`^([ \t]*)(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?`)
	rulerPattern   = text.Pattern(`^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$`)
	setextPattern  = text.Pattern(`^ {0,3}(=+|-{2,})[ \t]*$`)
	delimiterRow   = text.Pattern(`^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$`)
	targetPattern  = text.Pattern(`^ {0,3}\[[^\]]+\]:[ \t]*\S+`)
)

// headingLevel is the level of a heading of Markdown; 0 for another line.
func headingLevel(line string) int {
	m := headingPattern().FindStringSubmatch(line)
	if m == nil {
		return 0
	}
	return len(m[1])
}

// skipCode marks the rows of fenced code and of the YAML head.
func (m *markdown) skipCode() {
	fence := ""
	head := strings.TrimSpace(m.visible(0)) == "---"
	for i := range m.skipped {
		line := strings.TrimSpace(m.visible(i))
		switch {
		case head:
			m.skipped[i] = true
			head = i == 0 || line != "---" && line != "..."
		case fence != "":
			m.skipped[i] = true
			if strings.HasPrefix(line, fence) && strings.Trim(line, fence[:1]) == "" {
				fence = ""
			}
		case strings.HasPrefix(line, "```"), strings.HasPrefix(line, "~~~"):
			fence = line[:len(line)-len(strings.TrimLeft(line, line[:1]))]
			m.skipped[i] = true
		}
	}
	if head { // never closed: a ruler
		clear(m.skipped)
	}
}

// findComments finds the comments outside code.
func (m *markdown) findComments() {
	for at := 0; ; {
		start := strings.Index(m.text[at:], "<!--")
		if start < 0 {
			return
		}
		start += at
		body := start + len("<!--")
		length := strings.Index(m.text[body:], "-->")
		switch {
		case m.skipped[m.lineOf(start)-1]:
			at = body
			continue
		case length < 0:
			m.notes = append(m.notes, m.note(start, "注释没有写完，后面的内容都当作注释", "the comment is not closed: all after it is taken as a comment"))
			at = len(m.text)
		default:
			m.comments = append(m.comments, comment{m.text[body : body+length], start})
			at = body + length + len("-->")
		}
		m.masked = append(m.masked, extent{start, at})
	}
}

// hidden is the end of the comment that an offset is in.
func (m *markdown) hidden(at int) (end int, ok bool) {
	i := sort.Search(len(m.masked), func(i int) bool { return m.masked[i].end > at })
	if i == len(m.masked) || m.masked[i].start > at {
		return 0, false
	}
	return m.masked[i].end, true
}

// visible is a row with space in place of comments.
func (m *markdown) visible(i int) string {
	at := m.document.row(i)
	line := []byte(m.text[at.start:at.end])
	for j := range line {
		if _, ok := m.hidden(at.start + j); ok {
			line[j] = ' '
		}
	}
	return string(line)
}

// findTitle decides whether the first heading is the title of the document: the
// only one of its level above others.
func (m *markdown) findTitle() {
	var levels []int
	for i := range m.skipped {
		if level := headingLevel(m.visible(i)); level > 0 && !m.skipped[i] {
			levels = append(levels, level)
		}
	}
	m.find(levels)
}

// block reads the next row, or the next rows of a table.
func (m *markdown) block() {
	i := m.row
	m.row++
	line := m.visible(i)
	at := m.document.row(i)
	switch {
	case m.skipped[i] || strings.TrimSpace(line) == "" || targetPattern().MatchString(line):
		m.flush()
	case headingLevel(line) > 0:
		m.flush()
		sub := headingPattern().FindStringSubmatchIndex(line)
		text := extent{at.end, at.end}
		if sub[4] >= 0 {
			text = extent{at.start + sub[4], at.start + sub[5]}
		}
		m.heading(headingLevel(line), m.inlineLine(text))
	case m.underlined(line):
		level := 2
		if strings.Contains(line, "=") {
			level = 1
		}
		p := m.para
		m.para = nil
		m.heading(level, p.out.line(p.start, markdownText))
	case rulerPattern().MatchString(line):
		m.flush()
	case m.tableStarts(i, line):
		m.flush()
		m.table(i)
	default:
		m.words(line, at)
	}
}

// underlined reports whether a line makes a heading of the paragraph above it.
func (m *markdown) underlined(line string) bool {
	return setextPattern().MatchString(line) && m.para != nil && !m.para.item && !m.para.quote && m.para.out.text.Len() < 120
}

// inlineLine is a stretch as a line.
func (m *markdown) inlineLine(at extent) Line {
	b := builder{doc: m.document}
	m.inline(&b, at)
	line := b.line(at.start, markdownText)
	return line.trim()
}

// words reads a row of a paragraph, an item of a list or a quotation.
func (m *markdown) words(line string, at extent) {
	start, quote := 0, false
	for {
		rest := line[start:]
		trimmed := strings.TrimLeft(rest, " \t")
		if !strings.HasPrefix(trimmed, ">") {
			break
		}
		start, quote = len(line)-len(trimmed)+1, true
	}
	indent := len(line) - len(strings.TrimLeft(line, " \t"))
	item := itemPattern().FindString(line[start:])
	switch {
	case quote && strings.TrimSpace(line[start:]) == "":
		m.flush()
		return
	case item != "" || m.para == nil || quote && !m.para.quote:
		m.flush()
		m.para = &paragraph{out: &builder{doc: m.document}, start: at.start + start + len(item), indent: indent, item: item != "", quote: quote}
	default:
		m.para.out.add('\n', extent{at.start, at.start + start})
	}
	text := strings.TrimLeft(line[start+len(item):], " \t")
	from := at.start + len(line) - len(text)
	m.inline(m.para.out, extent{from, at.end})
}

// flush ends the paragraph.
func (m *markdown) flush() {
	if m.para == nil {
		return
	}
	p := m.para
	m.para = nil
	line := p.out.line(p.start, markdownText)
	if line = line.trim(); !line.blank() {
		m.told(p, line)
	}
}

// tableStarts reports whether a row is the header of a table.
func (m *markdown) tableStarts(i int, line string) bool {
	return strings.Contains(line, "|") && i+1 < len(m.skipped) && !m.skipped[i+1] &&
		strings.Contains(m.visible(i+1), "-") && delimiterRow().MatchString(m.visible(i+1))
}

// table reads a table that starts at row i.
func (m *markdown) table(i int) {
	rows := [][]Line{m.cells(i)}
	for m.row = i + 2; m.row < len(m.skipped) && !m.skipped[m.row] && strings.Contains(m.visible(m.row), "|"); m.row++ {
		rows = append(rows, m.cells(m.row))
	}
	if !m.tabled(rows) {
		m.notes = append(m.notes, m.note(m.starts[i], "表格没有“标准话术”一列，没有检查", "the table has no column 标准话术 and is not checked"))
	}
}

// cells are the cells of a row of a table.
func (m *markdown) cells(i int) []Line {
	at := m.document.row(i)
	line := m.visible(i)
	var cells []Line
	start := len(line) - len(strings.TrimLeft(line, " \t|"))
	if lead := line[:start]; strings.Count(lead, "|") > 1 { // empty cells
		start = strings.IndexByte(lead, '|') + 1
	}
	for j := start; j <= len(line); j++ {
		switch {
		case j < len(line) && line[j] == '\\':
			j++
		case j == len(line) && strings.TrimSpace(line[start:]) == "":
		case j == len(line) || line[j] == '|':
			cell := m.inlineLine(extent{at.start + start, at.start + j})
			cell.escape = markdownCell
			cells = append(cells, cell)
			start = j + 1
		}
	}
	return cells
}
