package intake

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// tables puts the rows of a table together.
type tables struct {
	*layout
	c     *Chunk
	yield func(Item) bool
	calls map[string]*tableCall
	order []*tableCall
	last  *tableCall // of the row above
	told  map[call.Say]bool
}

// tableCall is one call of a table.
type tableCall struct {
	*talk
	to       int // last line
	said     []rowSaying
	customer []string // what the customer is called
	whole    []call.Turn
	start    string // cells of the call's times
	answer   string
	end      string
	day      string
	took     string
	status   string
	phones   [2]string // of caller and callee
	released string    // 主叫 or 被叫, which hung up by the account of a switch
}

// rowSaying is what a row says, with its times as they are written.
type rowSaying struct {
	piece
	from, to string
	number   int64
}

// row adds one row. It returns false when nobody wants more.
func (t *tables) row(r *row) bool {
	if r.torn > 0 && !t.yield(t.c.warning(r.torn, "", "引号没有闭合，按普通文字读；请检查这一格的引号", "a quotation mark is not closed and is read as text; check the quotes of this cell")) {
		return false
	}
	if r.empty() || t.repeated(r) {
		return true
	}
	if t.stray(r) {
		return t.yield(t.c.warning(r.line, "", "这一行只有 %q，不像通话，没有读", "the row holds nothing but %q, which is no call, and was not read", excerpt([]byte(strings.Join(r.cells, " ")))))
	}
	k := t.call(r)
	k.to = r.line + max(0, r.lines[len(r.lines)-1]-r.line)
	t.about(k, r)
	t.says(k, r)
	return true
}

// repeated reports whether the row is the header once more, as in tables that were put together.
func (t *tables) repeated(r *row) bool {
	for i, c := range t.headers {
		if c.field != "" && strings.TrimSpace(r.cell(i)) != c.name {
			return false
		}
	}
	return true
}

// stray reports whether a row holds one cell, which is no text: a total or a note below the table.
func (t *tables) stray(r *row) bool {
	filled := 0
	for _, c := range r.cells {
		if strings.TrimSpace(c) != "" {
			filled++
		}
	}
	for i, c := range t.headers {
		if (c.field == textField || c.field == agentText || c.field == customerText) && strings.TrimSpace(r.cell(i)) != "" {
			return false
		}
	}
	return filled == 1
}

// call is the call of a row. A row without an id belongs to the one above, as where cells are merged.
func (t *tables) call(r *row) *tableCall {
	id := t.id(r)
	if k := t.calls[id]; k != nil {
		t.last = k
		return k
	}
	if id == "" && t.last != nil && !t.whole {
		return t.last
	}
	k := &tableCall{talk: t.c.talk(r.line)}
	if t.has(callField) || t.has(recordField) {
		k.ID = id
	}
	t.calls[id], t.last = k, k
	if k.ID == "" {
		k.ID = t.c.lineID(r.line, len(t.order) == 0)
	}
	t.order = append(t.order, k)
	if slices.Contains(t.c.again, hashed(id)) {
		k.problems = append(k.problems, t.c.warning(r.line, k.ID, "这通前面已经出现过，中间隔得太远，按另一通读；请先按通话 ID 排序再导出",
			"rows of this call stand further up as well, too far away, and are read as another call; sort the table by call id"))
	}
	return k
}

// about reads what the row tells of the call. What came first stays.
func (t *tables) about(k *tableCall, r *row) {
	for i, c := range t.headers {
		cell := clean(r.cell(i))
		if cell == "" || isNull(cell) {
			continue
		}
		switch c.field {
		case callerField, calleeField, customerNumber, customerName, customerField:
			k.party(c.field, cell)
		case beginField:
			k.start = cmp.Or(k.start, cell)
		case answerField:
			k.answer = cmp.Or(k.answer, cell)
		case finishField:
			k.end = cmp.Or(k.end, cell)
		case dateField:
			k.day = cmp.Or(k.day, cell)
		case durationField:
			k.took = cmp.Or(k.took, cell)
		default:
			t.fact(k, c, cell, r.line)
		}
	}
}

// party notes what the customer is called, and the numbers of both sides.
func (k *tableCall) party(f meaning, cell string) {
	id, _ := cleanID(cell)
	switch f {
	case callerField:
		k.phones[0] = cmp.Or(k.phones[0], id)
		return
	case calleeField:
		k.phones[1] = cmp.Or(k.phones[1], id)
		return
	case customerField:
		k.Customer.ID = cmp.Or(k.Customer.ID, id)
	case customerName:
		k.Customer.Name = cmp.Or(k.Customer.Name, cell)
	case customerNumber:
		k.Customer.Number = cmp.Or(k.Customer.Number, id)
	}
	if !slices.Contains(k.customer, cell) {
		k.customer = append(k.customer, cell)
	}
}

// otherNumber is the number of the customer where the direction tells who called whom.
func (k *tableCall) otherNumber() string {
	switch k.Direction {
	case call.Inbound:
		return k.phones[0]
	case call.Outbound, call.Callback:
		return k.phones[1]
	}
	return ""
}

// fact notes what a cell tells of the call.
func (t *tables) fact(k *tableCall, c column, cell string, line int) {
	switch c.field {
	case agentField:
		id, _ := cleanID(cell)
		k.Agent.ID = cmp.Or(k.Agent.ID, id)
	case agentName:
		p := call.Person{Name: cell}
		if digits(cell) == len(cell) {
			p = call.Person{ID: cell}
		} else if both := personOf(cell); both.ID != "" { // 张敏(8021)
			p = both
		}
		k.Agent.ID, k.Agent.Name = cmp.Or(k.Agent.ID, p.ID), cmp.Or(k.Agent.Name, p.Name)
	case teamField:
		k.Agent.Team = cmp.Or(k.Agent.Team, cell)
	case directionField:
		t.direction(k, c, cell, line)
	case hangupField:
		t.hangup(k, c, cell, line)
	case statusField:
		k.status = cmp.Or(k.status, cell)
	}
}

func (t *tables) hangup(k *tableCall, c column, cell string, line int) {
	for _, end := range []string{"主叫", "被叫"} {
		if strings.HasPrefix(cell, end) {
			k.released = cmp.Or(k.released, end)
			return
		}
	}
	if h := hangupOf(cell); h != "" {
		k.Hangup = cmp.Or(k.Hangup, h)
		return
	}
	if containsAny(strings.ToLower(c.name), []string{"原因", "cause", "reason"}) { // a cause need not be somebody
		return
	}
	t.once(k, line, "“%s”列的 %q 看不出是谁挂机，未采用；可写 坐席、客户、系统", "column %s: %q does not tell who hung up and is not used; want 坐席, 客户 or 系统", c.name, excerpt([]byte(cell)))
}

// ends tells caller and callee apart as agent and customer, which the direction does.
func (t *tables) ends(k *tableCall) {
	k.Customer.Number = cmp.Or(k.Customer.Number, k.otherNumber())
	switch {
	case k.released == "" || k.Hangup != "":
	case k.Direction == "":
		t.once(k, k.Line, "挂机的是%s，但不知道呼叫方向，看不出是坐席还是客户，未采用；请加一列“呼叫方向”（呼入、呼出、回拨）",
			"%s hung up, but without the direction nobody knows whether that is the agent, and it is not used; add a column 呼叫方向 (呼入, 呼出, 回拨)", k.released)
	case (k.released == "主叫") == (k.Direction == call.Inbound):
		k.Hangup = call.ByCustomer
	default:
		k.Hangup = call.ByAgent
	}
}

func (t *tables) direction(k *tableCall, c column, cell string, line int) {
	d := directionOf(cell, t.vendor)
	switch {
	case d != "":
		k.Direction = cmp.Or(k.Direction, d)
	case digits(cell) == len(cell):
		t.once(k, line, "“%s”列的 %q 是数字编码，各家含义不同，未采用；请用 --cdr-vendor 说明是哪家的（%s）",
			"column %s: %q is a code that vendors use differently, it is not used; name the vendor with --cdr-vendor (%s)", c.name, cell, strings.Join(Vendors(), ", "))
	default:
		t.once(k, line, "“%s”列的 %q 看不出呼叫方向，未采用；可写 呼入、呼出、回拨", "column %s: %q does not tell the direction and is not used; want 呼入, 呼出 or 回拨", c.name, excerpt([]byte(cell)))
	}
}

// once adds a warning to the call unless one of the chunk has it.
func (t *tables) once(k *tableCall, line int, zh, en string, args ...any) {
	p := t.c.warning(line, k.ID, zh, en, args...)
	if !t.told[p.Problem.What] {
		t.told[p.Problem.What] = true
		k.problems = append(k.problems, p)
	}
}

// says adds what a row says.
func (t *tables) says(k *tableCall, r *row) {
	s := rowSaying{from: r.cell(t.at(fromField)), to: r.cell(t.at(toField))}
	s.from = cmp.Or(s.from, r.cell(t.at(timeField)))
	s.number, _ = strconv.ParseInt(r.cell(t.at(numberField)), 10, 64)
	for i, c := range t.headers {
		if c.field != textField && c.field != agentText && c.field != customerText {
			continue
		}
		s.Text, s.Line = t.words(k, r, i), r.lines[min(i, len(r.lines)-1)]
		s.Role, s.Speaker = call.Unknown, ""
		switch c.field {
		case agentText:
			s.Role = call.Agent
		case customerText:
			s.Role = call.Customer
		default:
			t.speaker(k, r, &s)
			if s.Speaker == "" && s.Role == call.Unknown && t.dialogue(k, s.Text, s.Line) {
				continue
			}
		}
		if s.Text != "" || c.field == textField {
			k.said = append(k.said, s)
		}
	}
}

// cellLimit is how many characters a cell of a spreadsheet holds; programs that cut texts
// to fit leave a few less.
const cellLimit = 32767

// warn adds a warning to the call.
func (k *tableCall) warn(c *Chunk, line int, zh, en string, args ...any) {
	k.problems = append(k.problems, c.warning(line, k.ID, zh, en, args...))
}

// words is the text of a cell. One that fills a cell has lost its end.
func (t *tables) words(k *tableCall, r *row, at int) string {
	cell := r.cell(at)
	if len(cell) >= cellLimit-7 && len(utf16.Encode([]rune(cell))) >= cellLimit-7 {
		k.Truncated = true
		k.warn(t.c, r.line, "文字满一格（%d 字），后面的多半被表格软件截断了；这通按不完整处理，请换 JSON 或文本导出", "the text fills a cell (%d characters): what comes after was most likely cut off; the call counts as truncated, export it as JSON or text", cellLimit)
	}
	cell = clean(cell)
	if strings.HasPrefix(cell, "#") && slices.Contains([]string{"#NAME?", "#VALUE!", "#REF!", "#N/A", "#DIV/0!", "#NULL!", "#NUM!"}, cell) {
		k.warn(t.c, r.line, "内容是 Excel 的错误值 %s，原话已经丢失；请重新导出", "the text is %s, an error of Excel, and the words are lost; export the table again", cell)
		return ""
	}
	if isNull(cell) && cell != "-" && cell != "--" {
		return ""
	}
	return cell
}

// clean is a cell without the guards that exports put before and after what a spreadsheet would change.
func clean(cell string) string {
	s := strings.Trim(cell, " \t\r\n\u3000\uFEFF\u200B\v")
	if inner, ok := strings.CutPrefix(s, `="`); ok {
		s = strings.TrimSuffix(inner, `"`)
	}
	if strings.HasPrefix(s, "'") && strings.Count(s, "'") == 1 {
		s = s[1:]
	}
	return strings.ReplaceAll(s, "\v", "\n")
}

var (
	powerRE = text.Pattern(`^(\d)(?:\.(\d+))?[eE]\+?(\d{1,2})$`)
	floatRE = text.Pattern(`^(\d+)\.0+$`)
)

// cleanID is an id without guards. Exact is false where a spreadsheet has lost digits of it.
func cleanID(cell string) (id string, exact bool) {
	id = clean(cell)
	if isNull(id) {
		return "", true
	}
	if m := floatRE().FindStringSubmatch(id); m != nil {
		id = m[1]
	}
	if m := powerRE().FindStringSubmatch(id); m != nil {
		power := int(number(m[3]))
		if len(m[2]) < power && power >= 6 {
			return id, len(m[2]) < 4 && power < 11 // 4E+10 may be whole
		}
		if len(m[2]) == power {
			id = m[1] + m[2]
		}
	}
	rounded := len(id) > 15 && digits(id) == len(id) && strings.Trim(id[15:], "0") == "" && len(id) > 17
	return id, !rounded
}

// speaker tells who says a row.
func (t *tables) speaker(k *tableCall, r *row, s *rowSaying) {
	if cell := clean(r.cell(t.at(waiterField))); cell != "" {
		if role, ok := waiterRole(cell); ok {
			s.Role = role
			return
		}
	}
	s.channel = clean(r.cell(t.at(channelField)))
	if role, ok := channelRole(s.channel, k.Direction); ok {
		s.Role, s.Speaker, s.channel = role, s.channel, ""
		return
	}
	name := ""
	for i, c := range t.headers {
		if c.field != roleField {
			continue
		}
		cell := clean(r.cell(i))
		if role, ok := t.roleIn(k, cell); ok {
			s.Role, s.Speaker, s.channel = role, cell, ""
			return
		}
		name = cmp.Or(name, cell)
	}
	s.Speaker = name
	if n := len(k.said); name == "" && s.channel == "" && n > 0 && (t.has(roleField) || t.has(channelField)) { // merged cells
		s.Role, s.Speaker, s.channel = k.said[n-1].Role, k.said[n-1].Speaker, k.said[n-1].channel
	}
}

// roleIn is the role that a cell names: a word for it, or the name of the agent or the customer.
func (t *tables) roleIn(k *tableCall, cell string) (call.Role, bool) {
	if cell == "" {
		return call.Unknown, false
	}
	if role, ok := channelRole(cell, k.Direction); ok {
		return role, true
	}
	switch {
	case cell == k.Agent.ID || cell == k.Agent.Name:
		return call.Agent, true
	case slices.Contains(k.customer, cell):
		return call.Customer, true
	}
	return call.Unknown, false
}

// channelRole is the role that a word names: 客服, AGENT, 坐席侧, 主叫 where it is known who called.
func channelRole(cell string, d call.Direction) (call.Role, bool) {
	if role, ok := Speaker(cell); ok && role != call.Unknown {
		return role, true
	}
	bare := strings.TrimSuffix(cell, "声道")
	for _, suffix := range []string{"端", "侧", "方", "消息"} {
		bare = strings.TrimSuffix(bare, suffix)
	}
	if role, ok := Speaker(bare); ok && role != call.Unknown && bare != "" {
		return role, true
	}
	switch strings.ToLower(bare) {
	case "seat", "waiter", "operator", "人工", "internal", "human_agent", "staff_member", "service", "kf":
		return call.Agent, true
	case "external", "end_user", "visitor", "buyer", "guest", "member", "c":
		return call.Customer, true
	case "主叫", "被叫":
		if d == call.Inbound || d == call.Outbound {
			if (bare == "主叫") == (d == call.Inbound) {
				return call.Customer, true
			}
			return call.Agent, true
		}
	}
	return call.Unknown, false
}

// dialogue reads a cell that holds a whole call as a file would be read; false if it holds none.
func (t *tables) dialogue(k *tableCall, text string, line int) bool {
	if len(text) < 12 || !strings.ContainsAny(text, ":：<{[") {
		return false
	}
	s := newSample("cell", []byte(text))
	if s.array && k.elements(text) {
		return true
	}
	for i := range t.readers {
		f := &t.readers[i]
		if f.name == "table" || !f.sniff(s) {
			continue
		}
		c := Chunk{format: f, opt: t.c.opt, source: t.c.source, data: []byte(text), line: line, first: true, lines: s.lines, array: s.array, sniffed: s.plain}
		f.parse(&c, func(it Item) bool {
			if it.Problem != nil {
				it.Problem.Call, it.Problem.Line = k.ID, max(it.Problem.Line, line)
				k.problems = append(k.problems, it)
				return true
			}
			k.whole = append(k.whole, it.Call.Turns...)
			k.notes = append(k.notes, it.notes...)
			k.StartedAt = cmp.Or(k.StartedAt, it.Call.StartedAt)
			return true
		})
		return true
	}
	return false
}

// elements adds what a list in JSON holds, whose elements say what most tools call by a few
// names; false if it is none of that.
func (k *tableCall) elements(text string) bool {
	v, err := fastjson.Parse(text)
	if err != nil {
		return false
	}
	t := k.doc.c.talk(k.Line)
	t.sentences(node{d: t.doc, key: "JSON", v: v}, columns{text: "text|content|words|sentence|utterance|message|FinalSentence|onebest|asr_text|Text|Words",
		role: "role|speaker_role|participantRole|speaker|sender|from|Role", channel: "channel|channel_id|channelId|ChannelId|spk|speaker_id|SpeakerId|speaker",
		start: "start_ms|begin_ms|begin_time|start_time|beginTime|startTime|StartMs|BeginTime|begin|start|bg|Begin", end: "end_ms|end_time|endTime|EndMs|EndTime|end|ed|End", unit: millis})
	if !slices.ContainsFunc(t.pieces, func(p piece) bool { return p.Text != "" }) {
		return false
	}
	k.whole = append(k.whole, t.settle("").Turns...)
	return true
}

// flush yields the calls of the chunk, in the order in which they begin.
func (t *tables) flush() {
	for _, k := range t.order {
		if !t.end(k) {
			return
		}
	}
}

// end makes the call of its rows.
func (t *tables) end(k *tableCall) bool {
	k.clocks(t.layout)
	t.ends(k)
	if len(k.whole) > 0 {
		return k.yieldWhole(t.yield)
	}
	numbered := t.has(numberField)
	for _, s := range k.said {
		numbered = numbered && s.number > 0
	}
	if numbered {
		slices.SortStableFunc(k.said, func(a, b rowSaying) int { return cmp.Compare(a.number, b.number) })
	}
	for _, s := range k.said {
		k.say(s.piece)
	}
	return k.hand(k.ID, k.to, t.yield)
}

// yieldWhole yields a call that stood in a cell.
func (k *tableCall) yieldWhole(yield func(Item) bool) bool {
	for _, it := range k.problems {
		if !yield(it) {
			return false
		}
	}
	out := k.Call
	out.Turns = k.whole
	for _, s := range k.said { // rows without labels beside those with
		out.Turns = append(out.Turns, s.Turn)
	}
	return yield(Item{Call: &out, notes: k.notes, From: k.Line, To: k.to})
}
