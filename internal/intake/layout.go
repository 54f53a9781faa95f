package intake

import (
	"bytes"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// layout is what the start of a table tells of all of it.
type layout struct {
	headers
	comma   byte
	line    int    // 1-based, of the first row below the header
	unit    unit   // of numbers in the columns of times whose header names none
	one     bool   // all rows are of one call
	whole   bool   // each row is a call
	vendor  string // whose numbers stand for directions; "" for nobody's
	notes   []layoutNote
	seen    map[uint64]bool // calls of the chunks before, by their hash
	readers []format        // of cells that hold a whole call
}

// layoutNote is what was noticed about the whole of a table.
type layoutNote struct {
	line int
	what call.Say
}

const (
	headerRows = 20      // rows among which the header is looked for
	studyRows  = 1000    // rows that tell what the columns hold
	commas     = "\t,;|" // what parts cells
)

// findLayout finds the header in the start of a text: the first row whose columns are what
// is wanted; nil if there is none.
func findLayout(text []byte, wanted func(headers) bool) *layout {
	text = text[:min(len(text), headSize)]
	near := text[:min(len(text), headSize/4)]
	for _, comma := range []byte(commas) {
		if bytes.IndexByte(near, comma) < 0 {
			continue
		}
		rows := cells{data: text, line: 1, comma: comma, last: true}
		for n := 0; n < headerRows && rows.next(); n++ {
			if h := newHeaders(rows.row.cells); wanted(h) {
				return &layout{headers: h, comma: comma, line: rows.line, seen: map[uint64]bool{}}
			}
		}
	}
	return nil
}

// newHeaders are the columns that a row names, nil where it cannot be a header.
func newHeaders(row []string) headers {
	if len(row) < 2 {
		return nil
	}
	h := make(headers, len(row))
	for i, cell := range row {
		h[i] = newColumn(cell)
	}
	return h
}

// names lists the columns for a message.
func (h headers) names() string {
	var names []string
	for _, c := range h {
		if len(names) < 12 && c.name != "" {
			names = append(names, excerpt([]byte(c.name)))
		}
	}
	return strings.Join(names, ", ")
}

// rename gives the columns of a field another one.
func (h headers) rename(from, to meaning) {
	for i := range h {
		if h[i].field == from {
			h[i].field = to
		}
	}
}

// id is the id of the call of a row, "" if the row gives none.
func (l *layout) id(r *row) string {
	if i := l.at(callField); i >= 0 {
		id, _ := cleanID(r.cell(i))
		return id
	}
	if i := l.at(recordField); i >= 0 {
		return recordName(r.cell(i))
	}
	if l.whole {
		return ":" + strconv.Itoa(r.from) // each row is a call of its own
	}
	return ""
}

// recordName is the name of a recording without folder and extension, which names a call.
func recordName(file string) string {
	file, _, _ = strings.Cut(strings.TrimSpace(file), "?")
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	if isNull(file) || base == "." || base == "/" {
		return ""
	}
	return strings.TrimSuffix(base, path.Ext(base))
}

// study looks at the first rows for what the header leaves open.
func (l *layout) study(text []byte) {
	rows := l.rows(text)
	l.whole = !l.has(roleField) && !l.has(waiterField) && !l.has(channelField) && !l.has(agentText) && dialogues(rows, l.at(textField))
	l.numbers(rows)
	if !l.has(callField) && !l.repeats(rows, recordField) && !l.whole {
		l.rename(recordField, otherField)
	}
	l.one = !l.has(callField) && !l.has(recordField) && !l.whole
	l.timesOf(rows)
	l.unitOfTimes(rows)
	l.doubts(rows)
}

// rows are the first rows below the header.
func (l *layout) rows(text []byte) []row {
	text = text[:min(len(text), headSize)]
	r := cells{data: text, line: 1, comma: l.comma, last: true}
	var rows []row
	for len(rows) < studyRows && r.next() {
		if r.row.line >= l.line && !r.row.empty() {
			rows = append(rows, r.row)
			r.row.cells, r.row.lines = nil, nil
		}
	}
	return rows
}

// dialogues reports whether the cells of a column hold whole calls: most have labels in several places.
func dialogues(rows []row, at int) bool {
	whole := 0
	for i := range rows {
		if cell := rows[i].cell(at); strings.Count(cell, ":")+strings.Count(cell, "：") > 1 && holdsDialogue(cell) {
			whole++
		}
	}
	return whole > 0 && whole*2 >= len(rows)
}

// holdsDialogue reports whether a text has labels of two speakers, or markup of several utterances.
func holdsDialogue(text string) bool {
	if isHTMLList(text) || isTencentText(text) || startsCue(text) {
		return true
	}
	sec := section{text: strings.ReplaceAll(text, "\v", "\n"), start: 1}
	sec.read()
	return len(sec.heads) > 1 && sec.talk
}

// numbers tells whether a column called 序号 or ID counts calls or utterances: those of a
// call have the same.
func (l *layout) numbers(rows []row) {
	switch {
	case l.has(callField) || !l.has(numberField):
	case l.whole || l.repeats(rows, numberField):
		l.rename(numberField, callField)
	}
}

// repeats reports whether some row has the same value in a column as the row above.
func (l *layout) repeats(rows []row, f meaning) bool {
	at := l.at(f)
	for i := 1; at >= 0 && i < len(rows); i++ {
		if v := rows[i].cell(at); v != "" && v == rows[i-1].cell(at) {
			return true
		}
	}
	return false
}

// timesOf tells whether columns like 开始时间 hold the times of the calls or of what is said:
// within a call the latter differ, and only they are no dates.
func (l *layout) timesOf(rows []row) {
	at := l.at(beginField)
	if l.whole || at < 0 || l.has(fromField) || l.has(timeField) {
		return
	}
	if l.varies(rows, at) || !l.dated(rows, at) {
		l.rename(beginField, fromField)
		l.rename(finishField, toField)
	}
}

// varies reports whether a column differs between rows of one call.
func (l *layout) varies(rows []row, at int) bool {
	for i := 1; i < len(rows); i++ {
		same := l.one || l.id(&rows[i]) == l.id(&rows[i-1])
		if same && rows[i].cell(at) != rows[i-1].cell(at) && rows[i].cell(at) != "" {
			return true
		}
	}
	return false
}

// dated reports whether a column holds dates, or times of day.
func (l *layout) dated(rows []row, at int) bool {
	for i := range rows {
		if v, ok := readTime(rows[i].cell(at), seconds); ok && v.kind != noTime {
			return v.kind == aDate || v.kind == aClock && v.ms >= hourMS
		}
	}
	return true
}

// unitOfTimes tells seconds from milliseconds by how much is said in them: nobody says fewer
// than a character in 25 seconds, or one in 25 milliseconds.
func (l *layout) unitOfTimes(rows []row) {
	from, to, text := l.at(fromField), l.at(toField), l.at(textField)
	if from < 0 {
		from = l.at(timeField)
	}
	if from < 0 || text < 0 {
		return
	}
	l.unit = millis
	var said, took int64
	for i := range rows {
		if strings.Contains(rows[i].cell(from), ".") {
			if v, ok := readTime(rows[i].cell(from), 1000); ok && v.kind == anOffset {
				l.unit = seconds
				return
			}
		}
		a, ok := readTime(rows[i].cell(from), 1)
		b, also := l.endOf(rows, i, from, to)
		if ok && also && a.kind == anOffset && b.kind == anOffset && b.ms > a.ms {
			said += int64(utf8.RuneCountInString(rows[i].cell(text)))
			took += b.ms - a.ms
		}
	}
	if said*25 > took && took > 0 {
		l.unit = seconds
	}
}

// endOf is where the i-th utterance ends, or the next one begins.
func (l *layout) endOf(rows []row, i, from, to int) (timeValue, bool) {
	if to >= 0 {
		return readTime(rows[i].cell(to), 1)
	}
	if i+1 < len(rows) {
		return readTime(rows[i+1].cell(from), 1)
	}
	return timeValue{}, false
}

// doubts notes what spreadsheets do to ids.
func (l *layout) doubts(rows []row) {
	for i := range rows {
		cell := rows[i].cell(l.at(callField))
		if _, exact := cleanID(cell); !exact {
			l.note(rows[i].line, "通话 ID %q 是被表格软件改成科学计数法或截去尾数的长数字，已分不清是哪通；请把该列设为“文本”后重新导出",
				"the call id %q is a long number that a spreadsheet has rounded, so calls may be taken for one; format the column as text and export again", excerpt([]byte(cell)))
			break
		}
	}
	l.doubtZeros(rows)
}

// doubtZeros notes staff ids of different lengths without a leading zero: a spreadsheet has removed it.
func (l *layout) doubtZeros(rows []row) {
	at := l.at(agentField)
	longest, short := "", -1
	for i := range rows {
		id, _ := cleanID(rows[i].cell(at))
		if at < 0 || id == "" || digits(id) != len(id) || id[0] == '0' {
			continue
		}
		if len(id) > len(longest) {
			longest = id
		}
		if short < 0 || len(id) < len(rows[short].cell(at)) {
			short = i
		}
	}
	if short >= 0 && len(rows[short].cell(at)) < len(longest) {
		l.note(rows[short].line, "工号 %[1]q 比 %[2]q 短，开头的 0 可能被表格软件去掉了；若是，请把该列设为“文本”后重新导出",
			"the staff id %[1]q is shorter than %[2]q: a spreadsheet may have removed leading zeros; if so, format the column as text and export again", rows[short].cell(at), longest)
	}
}

func (l *layout) note(line int, zh, en string, args ...any) {
	l.notes = append(l.notes, layoutNote{line, call.Sayf(zh, en, args...)})
}
