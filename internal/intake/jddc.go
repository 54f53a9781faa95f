package intake

import (
	"bytes"
	"cmp"
	"strconv"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// The columns of JDDC.
const (
	jddcSession = 0 // 32 hexadecimal digits
	jddcUser    = 1
	jddcWaiter  = 2 // "1" the agent speaks, "0" the customer
	jddcText    = 6
)

// jddc is the table of the JDDC corpus and of shop exports shaped like it.
func jddc() format {
	return format{
		name:  "jddc",
		title: call.Sayf("JDDC 七列 TSV（一行一句，按会话相邻）", "JDDC table: 7 tab-separated columns, one utterance per line, sessions together"),
		shape: "session ⇥ USERID_… ⇥ 1|0 ⇥ transfer ⇥ repeat ⇥ sku ⇥ text",
		sides: call.Sayf("第 3 列：1 客服，0 客户", "column 3: 1 agent, 0 customer"),
		exts:  []string{".tsv", ".txt"},
		sniff: func(s *sample) bool {
			first, rest, _ := bytes.Cut(s.text, []byte{'\n'})
			second, _, _ := bytes.Cut(rest, []byte{'\n'})
			return isJDDC(first) || isJDDC(second) // there may be a header
		},
		cut:      cutSession,
		parse:    parseJDDC,
		contacts: toldNothing,
	}
}

func isJDDC(line []byte) bool {
	if len(line) <= 32 || line[32] != '\t' { // nearly every line
		return false
	}
	row := strings.Split(string(line), "\t")
	return len(row) > jddcText && isSession(row[jddcSession]) && (row[jddcWaiter] == "0" || row[jddcWaiter] == "1")
}

func isSession(s string) bool {
	return len(s) == 32 && strings.Trim(s, "0123456789abcdefABCDEF") == ""
}

// cutSession cuts before the last session of data, which may go on.
func cutSession(_ *Chunk, data []byte) (end, records int) {
	end = bytes.LastIndexByte(data, '\n') + 1
	last := ""
	for end > 0 {
		start := bytes.LastIndexByte(data[:end-1], '\n') + 1
		session, _, _ := bytes.Cut(data[start:end], []byte{'\t'})
		if last != "" && string(session) != last {
			return end, 0
		}
		last, end = string(session), start
	}
	return 0, 0
}

func parseJDDC(c *Chunk, yield func(Item) bool) {
	t := sessions{c: c, yield: yield}
	line := c.line
	for text := range strings.Lines(string(c.data)) {
		text = strings.TrimRight(text, "\r\n\x1a")
		if strings.TrimSpace(text) != "" && !t.row(text, line) {
			return
		}
		line++
	}
	t.flush()
}

// sessions puts the rows of a table together.
type sessions struct {
	c       *Chunk
	yield   func(Item) bool
	session string
	call    *call.Call // nil before the first row
}

// row adds one line of the table. It returns false when nobody wants more.
func (t *sessions) row(text string, line int) bool {
	row := strings.SplitN(text, "\t", jddcText+1)
	if len(row) <= jddcText {
		return t.yield(t.c.fatal(line, excerpt([]byte(row[0])), "应有 7 列，只有 %d 列：%q；这一行没有检查",
			"want 7 columns, found %d: %q; the line was not checked", len(row), excerpt([]byte(text))))
	}
	role, ok := waiterRole(row[jddcWaiter])
	if !ok && line == 1 { // the header
		return true
	}
	if session := row[jddcSession]; t.call == nil || session != t.session {
		if !t.flush() {
			return false
		}
		id := cmp.Or(session, t.c.base()+":"+strconv.Itoa(line))
		t.session, t.call = session, &call.Call{ID: id, Customer: call.Person{ID: row[jddcUser]}, Line: line}
	}
	if !ok {
		return t.yield(t.c.fatal(line, t.call.ID, "第 3 列应为 1（客服）或 0（客户），却是 %q；这一行没有检查",
			"column 3: want 1 (agent) or 0 (customer), found %q; the line was not checked", excerpt([]byte(row[jddcWaiter]))))
	}
	addMessages(t.call, role, row[jddcText], line)
	return true
}

// flush yields the session that has ended.
func (t *sessions) flush() bool {
	if t.call == nil {
		return true
	}
	last := t.call.Line
	if n := len(t.call.Turns); n > 0 {
		last = t.call.Turns[n-1].Line
	}
	return t.yield(Item{Call: t.call, From: t.call.Line, To: last})
}

func waiterRole(s string) (call.Role, bool) {
	switch s {
	case "1":
		return call.Agent, true
	case "0":
		return call.Customer, true
	}
	return call.Unknown, false
}

// addMessages adds the messages of one cell: "!@@@!" joins several, "<sep>"
// precedes other wordings of the same, NULL means that nothing was said.
func addMessages(k *call.Call, role call.Role, cell string, line int) {
	cell, _, _ = strings.Cut(cell, "<sep>")
	for text := range strings.SplitSeq(cell, "!@@@!") {
		if text = strings.TrimSpace(text); text != "" && text != "NULL" {
			k.Turns = append(k.Turns, call.Turn{Role: role, Text: text, Line: line})
		}
	}
}
