package intake

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// RecordUse says what becomes of call records (CDR) without a transcript.
type RecordUse int

// A record without a transcript may be left out, counted in one warning at the end, or
// yielded as a call without turns after all others. For the last two all chunks must be
// read: the last one waits for those before it.
const (
	RecordsLeft RecordUse = iota
	RecordsCounted
	RecordsYielded
)

// records are call records, which calls are joined with by their ids.
type records struct {
	byID  map[string]*callRecord
	all   []*callRecord // in the order of the tables
	use   RecordUse
	ended <-chan struct{} // closed when nobody wants more
	open  sync.WaitGroup  // chunks that are still to be read
	mu    sync.Mutex      // guards met
}

// callRecord is one row of a table of call records.
type callRecord struct {
	call.Call
	met bool // there is a transcript of it
}

// readRecords reads the tables of call records that the options name.
func readRecords(ctx context.Context, opt *Options, yield func(Chunk) bool) (*records, bool) {
	if len(opt.CDR) == 0 {
		return nil, true
	}
	all := &records{byID: map[string]*callRecord{}, use: opt.Records, ended: ctx.Done()}
	own := Options{Vendor: opt.Vendor, Stdin: opt.Stdin}
	o := newOpener(&own, func(c Chunk) bool {
		for it := range c.Items {
			if it.Problem != nil && !yield(Chunk{problem: it.Problem}) {
				return false
			}
		}
		return ctx.Err() == nil
	})
	o.formats, o.header = []format{all.format()}, headers.records
	for f := range find(opt.CDR, extensions()) {
		if !o.open(f) {
			return nil, false
		}
	}
	if len(all.all) == 0 { // the problem is told, once
		return nil, true
	}
	return all, true
}

// format is that of a table of call records. It yields problems only.
func (a *records) format() format {
	return format{
		name:     "cdr",
		callless: true,
		sniff:    func(*sample) bool { return true },
		cut:      func(c *Chunk, data []byte) (end, records int) { return lastRow(c.table, data), 0 },
		prepare:  func(c *Chunk) { c.recordLayout() },
		parse:    a.parse,
	}
}

// lastRow is where the last complete row of the data ends.
func lastRow(l *layout, data []byte) int {
	comma := byte(',')
	if l != nil {
		comma = l.comma
	}
	rows := cells{data: data, line: 1, comma: comma}
	for rows.next() {
		continue
	}
	return rows.at
}

func (c *Chunk) recordLayout() {
	if c.table != nil || !c.first {
		return
	}
	if c.table = findLayout(c.data, headers.records); c.table != nil {
		c.table.vendor = c.opt.Vendor
		c.table.doubts(c.table.rows(c.data))
	}
}

// parse adds the rows of a chunk.
func (a *records) parse(c *Chunk, yield func(Item) bool) {
	if c.table == nil {
		yield(c.fatal(c.line, "", "没有认出话单的表头；第一行要有列名，其中一列是“通话ID”（或会话ID、流水号、录音编号等）",
			"the table of call records has no header that is known; its first row must name the columns, one of them 通话ID (call id)"))
		return
	}
	t := tables{c: c, layout: c.table, yield: yield, told: map[call.Say]bool{}}
	if !t.tellNotes() {
		return
	}
	rows := cells{data: c.data, line: c.line, comma: c.table.comma, last: true}
	for rows.next() {
		r := &rows.row
		if c.first && r.line < c.table.line || r.empty() || t.repeated(r) {
			continue
		}
		for _, it := range a.add(&t, r) {
			if !yield(it) {
				return
			}
		}
	}
}

// add adds a row and returns what is wrong with it.
func (a *records) add(t *tables, r *row) []Item {
	id := t.id(r)
	if id == "" {
		return []Item{t.c.warning(r.line, "", "这一行没有通话 ID，没有用上", "the row has no call id and was not used")}
	}
	if had := a.byID[id]; had != nil {
		return []Item{t.c.warning(r.line, id, "这通在话单里重复，以 %[1]s 第 %[2]d 行为准", "the call is in the records twice, line %[2]d of %[1]s counts", had.Source, had.Line)}
	}
	k := &tableCall{talk: t.c.talk(r.line)}
	k.ID, k.Source = id, t.c.source
	t.about(k, r)
	k.dates(t.layout)
	t.ends(k)
	k.Answered = k.answered(t.layout)
	rec := &callRecord{Call: k.Call}
	rec.Record, rec.Turns = true, []call.Turn{}
	a.all = append(a.all, rec)
	a.byID[id] = rec
	if file := recordName(r.cell(t.at(recordField))); file != "" && a.byID[file] == nil {
		a.byID[file] = rec
	}
	for i := range k.problems {
		k.problems[i].Problem.Call = id
	}
	return k.problems
}

// join adds to a call what its record tells and it does not tell itself, and returns where
// the two contradict each other.
func (a *records) join(k *call.Call) []call.Problem {
	rec := a.byID[k.ID]
	if rec == nil {
		return []call.Problem{{What: call.Sayf("话单里没有这通通话；请核对通话 ID（没有 ID 的文件以文件名为 ID）",
			"the call records do not have this call; check its id (a file without one is called by its name)")}}
	}
	a.mu.Lock()
	rec.met = true
	a.mu.Unlock()
	j := joining{rec: rec}
	j.person(&k.Agent, &rec.Agent, call.Say{ZH: "坐席", EN: "agent"})
	j.person(&k.Customer, &rec.Customer, call.Say{ZH: "客户", EN: "customer"})
	fill(&j, &k.Hangup, rec.Hangup, call.Say{ZH: "挂机方", EN: "hang-up"})
	if k.Direction != call.Callback || rec.Direction != call.Outbound { // a callback is outbound
		fill(&j, &k.Direction, rec.Direction, call.Say{ZH: "呼叫方向", EN: "direction"})
	}
	j.times(k)
	switch {
	case k.Answered == nil && (rec.Answered == nil || *rec.Answered || len(k.Turns) == 0):
		k.Answered = rec.Answered
	case rec.Answered != nil && !*rec.Answered && len(k.Turns) > 0:
		j.differ(call.Say{ZH: "是否接通", EN: "answered"}, "true", "false")
	}
	return j.problems
}

// joining is a call that is joined with its record.
type joining struct {
	rec      *callRecord
	problems []call.Problem
}

// fill sets what the call does not tell. What it tells itself stays, and a difference is told.
func fill[T ~string](j *joining, had *T, from T, what call.Say) {
	switch {
	case *had == "":
		*had = from
	case from != "" && *had != from:
		j.differ(what, string(*had), string(from))
	}
}

func (j *joining) differ(what call.Say, had, from string) {
	r := j.rec
	j.problems = append(j.problems, call.Problem{What: call.Say{
		ZH: fmt.Sprintf("%s：记录里是 %q，话单（%s 第 %d 行）是 %q；以记录为准", what.ZH, had, r.Source, r.Line, from),
		EN: fmt.Sprintf("%s: the transcript has %q, the call record (%s, line %d) has %q; the transcript counts", what.EN, had, r.Source, r.Line, from),
	}})
}

// person joins what is known of a person; of another person nothing is taken.
func (j *joining) person(p, from *call.Person, what call.Say) {
	if p.ID != "" && from.ID != "" && !sameID(p.ID, from.ID) {
		j.differ(what, p.ID, from.ID)
		return
	}
	p.ID, p.Name, p.Team = cmp.Or(p.ID, from.ID), cmp.Or(p.Name, from.Name), cmp.Or(p.Team, from.Team)
	p.Number = cmp.Or(p.Number, from.Number)
}

// sameID reports whether two ids are the same but for leading zeros, which spreadsheets lose.
func sameID(a, b string) bool { return strings.TrimLeft(a, "0") == strings.TrimLeft(b, "0") }

// times joins when the call began and ended. A record counts from the ringing on, so that
// only another hour is a contradiction.
func (j *joining) times(k *call.Call) {
	if k.StartedAt == "" && k.EndedAt == "" {
		k.StartedAt, k.EndedAt = j.rec.StartedAt, j.rec.EndedAt
		return
	}
	a, ok := writtenDate(k.StartedAt)
	b, known := writtenDate(j.rec.StartedAt)
	if ok && known && (a.ms-b.ms > hourMS || b.ms-a.ms > hourMS) {
		j.differ(call.Say{ZH: "开始时间", EN: "start"}, k.StartedAt, j.rec.StartedAt)
		return
	}
	if end, ok := writtenDate(j.rec.EndedAt); k.EndedAt == "" && ok && end.ms > a.ms {
		k.EndedAt = j.rec.EndedAt
	}
}

// items yields what is to be told of the records without a transcript, once all chunks were read.
func (a *records) items(yield func(Item) bool) {
	if !a.wait() {
		return
	}
	left := slices.DeleteFunc(slices.Clone(a.all), func(r *callRecord) bool { return r.met })
	if len(left) == 0 {
		return
	}
	what := call.Sayf("话单里有 %d 通没有对应的通话记录（从这一行起），没有检查", "%d calls of the records have no transcript (from this line on) and were not checked", len(left))
	if a.use == RecordsYielded {
		what = call.Sayf("话单里有 %d 通没有对应的通话记录（从这一行起），只用来看断线和回拨", "%d calls of the records have no transcript (from this line on): they count for dropped calls and callbacks alone", len(left))
	}
	if !yield(Item{Problem: &call.Problem{File: left[0].Source, Line: left[0].Line, What: what}}) || a.use == RecordsCounted {
		return
	}
	for _, r := range left {
		k := r.Call
		if !yield(Item{Call: &k, From: k.Line, To: k.Line}) {
			return
		}
	}
}

// wait waits until all chunks were read; false if nobody wants more.
func (a *records) wait() bool {
	read := make(chan struct{})
	go func() { a.open.Wait(); close(read) }()
	select {
	case <-read:
		return true
	case <-a.ended:
		return false
	}
}

// answered tells whether somebody took the call, nil where the record does not tell.
func (k *tableCall) answered(l *layout) *bool {
	answered := false
	switch state := strings.ToLower(k.status); {
	case containsAny(state, unansweredWords()) || state == "否" || state == "0" || state == "false" || state == "no":
	case containsAny(state, answeredWords()) || state == "是" || state == "1" || state == "true" || state == "yes" || state == "ok":
		answered = true
	default:
		ms, ok := duration(k.took, l.unitAt(durationField, seconds))
		if !ok && k.answer == "" || k.took == "" && k.answer == "" {
			return nil
		}
		answered = ok && ms > 0 || k.answer != "" && k.took == ""
	}
	return &answered
}

// unansweredWords are words of states in which nobody took the call.
func unansweredWords() []string {
	return []string{"未接", "无人", "未应答", "无应答", "未通", "失败", "放弃", "占线", "忙", "拒接", "拒绝", "关机", "空号", "停机", "取消", "未接听", "不在服务区", "漏接", "欠费",
		"noanswer", "no answer", "no_answer", "miss", "busy", "fail", "cancel", "abandon", "giveup", "reject", "noseat", "timeout", "unanswered"}
}

func answeredWords() []string {
	return []string{"接通", "已接", "接听", "成功", "正常", "应答", "通话", "answer", "connect", "success", "complete", "normal"}
}

// unitAt is the unit that the header of a field names, else usual.
func (l *layout) unitAt(f meaning, usual unit) unit {
	if i := l.at(f); i >= 0 && l.headers[i].unit > 0 {
		return l.headers[i].unit
	}
	return usual
}

// dates settles when the call began and ended.
func (k *tableCall) dates(l *layout) (begin, answer timeValue) {
	begin, answer = k.moment(k.start), k.moment(k.answer)
	k.StartedAt = orInstant(k.StartedAt, begin, answer)
	if k.EndedAt = orInstant(k.EndedAt, k.moment(k.end)); k.EndedAt == "" {
		k.EndedAt = k.after(l, begin, answer)
	}
	return begin, answer
}
