package intake

import (
	"bytes"
	"hash/fnv"
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// table is what platforms and spreadsheets export with a header: one row for each
// utterance, or the whole call in a cell, which is then read as a file would be. A
// workbook comes here as the text that a spreadsheet makes of it.
func table() format {
	return format{
		name:  "table",
		exts:  []string{".csv", ".tsv", ".xlsx"},
		title: call.Sayf("带表头的表格：CSV、TSV、Excel（一行一句，或整通在一格里）；Whisper TSV", "table with a header: CSV, TSV, Excel (an utterance per row, or a whole call in a cell); Whisper TSV"),
		shape: "会话ID,角色,说话时间,内容 ⏎ C1,坐席,14:05:12,您好。",
		sides: call.Sayf("角色列；没有时看格内的说话人标记，编号用 --agent-channel 指定，否则按话术推断", "the role column, or labels in the cells; of numbered speakers --agent-channel, else by what is said"),
		sniff: func(s *sample) bool { return s.json == nil && isTable(s.text) },
		cut:   cutTable, prepare: prepareTable, parse: parseTable,
	}
}

// isTable reports whether one of the first rows of a text is the header of a table of transcripts.
func isTable(text []byte) bool {
	first, rest, _ := bytes.Cut(text, []byte{'\n'})
	second, _, _ := bytes.Cut(rest, []byte{'\n'})
	if isJDDC(first) || isJDDC(second) { // the corpus has columns of its own
		return false
	}
	return findLayout(text, headers.transcript) != nil
}

// mixedMax is how many bytes are kept to put together calls whose rows are mixed.
const mixedMax = 8 << 20

// run is some rows of one call that follow each other.
type run struct {
	from int // in the data
	call uint64
}

// cutTable cuts where no call has rows on both sides, as far as can be seen: what comes
// after is looked at for another third. Where the rows of calls are mixed too far, it cuts where a call begins.
func cutTable(c *Chunk, data []byte) (end, records int) {
	lay := c.layoutOf(data)
	if lay == nil || lay.one {
		return 0, 0
	}
	runs := lay.runs(c, data, false)
	last := map[uint64]int{}
	for i, r := range runs {
		last[r.call] = i
	}
	reach := 0
	for i, r := range runs[:max(len(runs)-1, 0)] {
		if reach = max(reach, last[r.call]); reach <= i && runs[i+1].from <= len(data)/4*3 {
			end = runs[i+1].from
		}
	}
	if end == 0 && len(data) >= mixedMax && len(runs) > 1 {
		end = runs[len(runs)-1].from
	}
	return end, 0
}

// runs are the calls of the data as they follow each other; last tells that nothing comes after.
func (l *layout) runs(c *Chunk, data []byte, last bool) []run {
	var runs []run
	rows := cells{data: data, line: 1, comma: l.comma, last: last}
	for rows.next() {
		if c.first && rows.row.line < l.line {
			continue
		}
		id := l.id(&rows.row)
		if id == "" && len(runs) > 0 {
			continue
		}
		if h := hashed(id); len(runs) == 0 || runs[len(runs)-1].call != h {
			runs = append(runs, run{rows.row.from, h})
		}
	}
	return runs
}

func hashed(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id)) // it never fails
	return h.Sum64()
}

// prepareTable notes which calls of the chunk have come before, so that their rows are in two
// chunks. What is kept of a call for that is a few bytes.
func prepareTable(c *Chunk) {
	lay := c.layoutOf(c.data)
	c.again = nil
	if lay == nil || lay.one || lay.whole && !lay.has(callField) {
		return
	}
	now := map[uint64]bool{}
	for _, r := range lay.runs(c, c.data, true) {
		if lay.seen[r.call] && !slices.Contains(c.again, r.call) {
			c.again = append(c.again, r.call)
		}
		now[r.call] = true
	}
	for id := range now {
		lay.seen[id] = true
	}
}

// layoutOf is the layout of the input, found in its start; nil if there is none.
func (c *Chunk) layoutOf(data []byte) *layout {
	if c.table == nil && c.first {
		if c.table = findLayout(data, headers.transcript); c.table != nil {
			c.table.study(data)
			c.table.vendor, c.table.readers = c.opt.Vendor, formats()
		}
	}
	return c.table
}

func parseTable(c *Chunk, yield func(Item) bool) {
	if c.table == nil {
		yield(c.noHeader())
		return
	}
	t := tables{c: c, layout: c.table, yield: yield, calls: map[string]*tableCall{}, told: map[call.Say]bool{}}
	if !t.tellNotes() {
		return
	}
	rows := cells{data: c.data, line: c.line, comma: c.table.comma, last: true}
	for rows.next() {
		if c.first && rows.row.line < c.table.line {
			continue
		}
		if !t.row(&rows.row) {
			return
		}
	}
	t.flush()
}

// tellNotes tells what was noticed about the whole of the table, before its first row.
func (t *tables) tellNotes() bool {
	for _, n := range t.notes {
		if t.c.first && !t.yield(t.c.warning(n.line, "", "%[1]s", "%[2]s", n.what.ZH, n.what.EN)) {
			return false
		}
	}
	return true
}

// noHeader is the problem with a text that is no table of transcripts.
func (c *Chunk) noHeader() Item {
	if line, what := withoutText(c.data); line > 0 {
		return c.fatal(line, c.base(), "%[1]s", "%[2]s", what.ZH, what.EN)
	}
	return c.fatal(c.line, c.base(), "没有认出表头；第一行要有列名，至少要有“内容”和“角色”两列（如 会话ID,角色,说话时间,内容）",
		"the table has no header that is known; its first row must name the columns, at least 内容 (text) and 角色 (role), as in 会话ID,角色,说话时间,内容")
}

// withoutText says what a table is that has no column with what is said, and in which
// line its header is; 0 if the text is no such table.
func withoutText(text []byte) (line int, what call.Say) {
	lay := findLayout(text, func(h headers) bool { return h.known() >= 2 && h.known()*2 >= len(h) })
	if lay == nil {
		return 0, what
	}
	if lay.records() {
		return lay.line - 1, call.Sayf("这是话单，没有通话文字（列有 %s）；要检查的通话记录请另给，话单用 --cdr 给", "this is a table of call records without what is said (its columns are %s); name the transcripts, and this file with --cdr", lay.names())
	}
	return lay.line - 1, call.Sayf("表里没有通话文字这一列（列有 %s）；要有一列叫“内容”“转写文本”或类似的名字", "the table has no column with what is said (its columns are %s); one must be called 内容, 转写文本 or the like", lay.names())
}

func hasTable(text []byte) bool {
	line, _ := withoutText(text)
	return line > 0
}
