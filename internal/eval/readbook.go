package eval

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"github.com/zhijian-qa/zhijian/internal/book"
	"github.com/zhijian-qa/zhijian/internal/call"
)

// ReadReviews reads reviewed workbooks. Their sheets and columns are found by
// their headers, in either language: reviewers move, rename and add them. What is
// wrong with a book is in Problems, and the rest of it counts.
func ReadReviews(names []string) *Reviews {
	r := &Reviews{byKey: map[findingKey]*Judged{}, missed: map[Missed]Missed{}}
	for _, name := range names {
		r.Books = append(r.Books, Reviewed{Name: name})
	}
	for i := range names {
		b := &bookReader{Reviews: r, index: i, book: &r.Books[i], rules: map[string]bool{}, titles: map[string][]string{}, calls: map[string]bool{}, places: map[Missed][]*Judged{}, judgedAt: map[findingKey]call.Place{}}
		b.read()
	}
	return r
}

// bookReader reads one book.
type bookReader struct {
	*Reviews
	index    int
	book     *Reviewed
	rules    map[string]bool           // that the book names
	titles   map[string][]string       // the rules that have a title; it is folded
	calls    map[string]bool           // that the book names
	places   map[Missed][]*Judged      // findings by their places, without their words
	judgedAt map[findingKey]call.Place // where each verdict stands
	added    []addition
	sheets   int // of findings
}

// addition is a row of what was missed.
type addition struct {
	Missed
	at     call.Place // of the rule
	callAt call.Place
}

// problem notes what is wrong with a book; the place may be unknown.
func (b *bookReader) problem(at call.Place, fatal bool, what call.Say) {
	if place := at.In(call.ZH); place != "" {
		what = call.Say{ZH: place + "：" + what.ZH, EN: place + ": " + what.EN}
	}
	b.Problems = append(b.Problems, call.Problem{File: b.book.Name, What: what, Fatal: fatal})
}

func (b *bookReader) fail(err error) {
	what := call.Say{ZH: err.Error()}
	if f := (*book.Fault)(nil); errors.As(err, &f) {
		what = f.What
	}
	b.problem(call.Place{}, true, what)
}

func (b *bookReader) read() {
	f, err := book.Open(b.book.Name)
	if err != nil {
		b.fail(err)
		return
	}
	defer func() { _ = f.Close() }() // of temporary files that were only read
	for _, name := range f.Sheets {
		s := &sheetReader{bookReader: b, name: name}
		if err := f.Each(name, s.row); err != nil {
			b.fail(err)
		}
		s.end()
	}
	if b.sheets == 0 {
		b.problem(call.Place{}, true, call.Sayf("没有一张工作表有“判定”“规则”“指纹”这些列；要的是 lint --output xlsx=… 写出、由人填过的工作簿",
			"no sheet has the columns verdict, rule and fingerprint; what is wanted is a workbook of lint --output xlsx=…, filled in by a person"))
	}
	b.keepAdditions()
	if b.book.Findings > 0 && b.book.Judged+b.book.Missed == 0 {
		b.problem(call.Place{}, true, call.Sayf("“判定”列还是空的，没有可算的", "the column verdict is still empty, so there is nothing to measure"))
	}
}

// keepAdditions counts what was missed, once all rules of the book are known.
func (b *bookReader) keepAdditions() {
	for _, a := range b.added {
		if !b.named(&a) {
			continue
		}
		if a.Turn != "" && b.found(a.Missed) {
			b.problem(a.at, false, call.Sayf("%s 在这一轮已经发现了，不算漏报", "%s did find this turn, so it is not missed", a.Rule))
			continue
		}
		b.book.Missed++
		b.keep(a.Missed)
	}
}

// found reports whether the book has a finding of that rule in that turn which it does not
// call a false alarm.
func (b *bookReader) found(m Missed) bool {
	return slices.ContainsFunc(b.places[Missed{Call: m.Call, Turn: m.Turn, Rule: m.Rule}], func(j *Judged) bool { return j.By[b.index] != book.False })
}

// named finds the call and the rule that an addition names, and tells of one that is not in the book.
func (b *bookReader) named(a *addition) bool {
	if len(b.calls) > 0 && !b.calls[a.Call] {
		hint := call.DidYouMean(a.Call, slices.Sorted(maps.Keys(b.calls)))
		b.problem(a.callAt, true, call.Sayf("工作簿里没有编号为 %[1]q 的通话%[2]s；这一行没有计入", "the book has no call with the id %[1]q%[3]s; this row does not count", a.Call, hint.ZH, hint.In(call.EN)))
		return false
	}
	if b.rules[a.Rule] {
		return true
	}
	titled := b.titles[book.Folded(a.Rule)]
	if len(titled) == 1 {
		a.Rule = titled[0]
		return true
	}
	if len(titled) > 1 {
		b.problem(a.at, true, call.Sayf("不止一条规则叫“%[1]s”：%[2]s；请写规则名，这一行没有计入", "more than one rule has the title %[1]q: %[3]s; name one by its id; this row does not count", a.Rule, strings.Join(titled, "、"), strings.Join(titled, ", ")))
		return false
	}
	hint := call.DidYouMean(a.Rule, slices.Concat(slices.Sorted(maps.Keys(b.rules)), slices.Sorted(maps.Keys(b.titles))))
	b.problem(a.at, true, call.Sayf("没有叫 %[1]q 的规则%[2]s；这一行没有计入", "there is no rule called %[1]q%[3]s; this row does not count", a.Rule, hint.ZH, hint.In(call.EN)))
	return false
}

// rule notes a rule that the book names, with its title.
func (b *bookReader) rule(id, title string) {
	if title = book.Folded(title); title != "" && id != "" && !slices.Contains(b.titles[title], id) {
		b.titles[title] = append(b.titles[title], id)
	}
	if id != "" {
		b.rules[id] = true
	}
}

// keep counts a miss once, however many reviewers heard it and wherever they
// began to quote it.
func (b *bookReader) keep(m Missed) {
	key := m
	if m.Turn != "" {
		key.Quote = ""
	}
	if _, there := b.missed[key]; !there {
		b.missed[key] = m
	}
}

// kind is what a sheet holds.
type kind int

const (
	unknownSheet kind = iota
	findingSheet
	missSheet
	ruleSheet
	callSheet
)

// headerWithin is in how many rows a sheet must have its header: people put
// titles and notes above it.
const headerWithin = 20

// sheetReader reads one sheet.
type sheetReader struct {
	*bookReader
	name    string
	kind    kind
	columns columns
	nth     map[findingKey]int // how often a key was seen
	odd     int                // words that are no verdicts
}

// columns are the indexes of the columns, -1 for one that is not there.
type columns struct {
	call, turn, rule, title, quote, verdict, fingerprint, source, accepted, missedRule, missedQuote int
	script                                                                                          bool // its rows are of scripts, where turns mean nothing
	header                                                                                          []string
}

func columnsOf(header []string) columns {
	folded := make([]string, len(header))
	for i, h := range header {
		folded[i] = book.Folded(h)
	}
	find := func(names ...call.Say) int {
		return slices.IndexFunc(folded, func(h string) bool {
			return h != "" && slices.ContainsFunc(names, func(n call.Say) bool { return h == book.Folded(n.ZH) || h == book.Folded(n.EN) })
		})
	}
	h := book.ReviewHeads()
	return columns{script: find(h.Call) < 0, call: find(h.Call, h.Script), turn: find(h.Turn), rule: find(h.Rule), quote: find(h.Quote), verdict: find(h.Verdict),
		title: find(h.Title), accepted: find(h.Accepted), fingerprint: find(h.Fingerprint), source: find(h.Source), missedRule: find(h.MissedRule), missedQuote: find(h.MissedQuote), header: header}
}

// row takes a row of the sheet.
func (s *sheetReader) row(n int, cells []string) bool {
	switch s.kind {
	case findingSheet:
		s.finding(n, cells)
	case missSheet:
		s.addition(n, cells)
	case ruleSheet:
		s.rule(at(cells, s.columns.rule), at(cells, s.columns.title))
	case callSheet:
		if id := at(cells, s.columns.call); id != "" {
			s.calls[id] = true
		}
	default:
		s.head(cells)
		return n < headerWithin || s.kind != unknownSheet
	}
	return true
}

// head looks whether a row is the header of a sheet that matters.
func (s *sheetReader) head(cells []string) {
	c := columnsOf(cells)
	switch {
	case c.present() == len(c.wanted()):
		s.kind, s.nth = findingSheet, map[findingKey]int{}
		s.bookReader.sheets++
	case c.missedRule >= 0 && c.call >= 0:
		s.kind = missSheet
	case c.rule >= 0 && c.source >= 0:
		s.kind = ruleSheet
	case c.accepted >= 0 && c.call >= 0:
		s.kind = callSheet
	case c.present() >= 3 && c.present() > s.columns.present():
		s.columns = c // almost a header of findings; end tells what it lacks
		return
	default:
		return
	}
	s.columns = c
}

// wanted are the columns that findings need.
func (c *columns) wanted() map[call.Say]int {
	h := book.ReviewHeads()
	out := map[call.Say]int{h.Call: c.call, h.Rule: c.rule, h.Verdict: c.verdict, h.Fingerprint: c.fingerprint}
	if !c.script { // else the same words in two turns would be one finding
		out[h.Turn] = c.turn
	}
	return out
}

// present is how many of the wanted columns there are.
func (c *columns) present() int {
	n := 0
	for _, i := range c.wanted() {
		if i >= 0 && c.header != nil {
			n++
		}
	}
	return n
}

// end tells of a sheet of findings that lacks a column.
func (s *sheetReader) end() {
	if rest := s.odd - maxBroken; rest > 0 {
		s.problem(call.Place{}, true, call.Sayf("工作表“%[1]s”还有 %[2]d 个判定看不懂，按没有判定算", "%[2]d more verdicts of sheet %[1]q make no sense and count as none", s.name, rest))
	}
	if s.kind != unknownSheet || s.columns.present() < 3 {
		return
	}
	wanted := s.columns.wanted()
	for _, head := range slices.SortedFunc(maps.Keys(wanted), func(a, b call.Say) int { return strings.Compare(a.EN, b.EN) }) {
		if wanted[head] < 0 {
			zh, en := call.DidYouMean(head.ZH, s.columns.header), call.DidYouMean(head.EN, s.columns.header)
			s.problem(call.Place{}, true, call.Sayf("工作表“%[1]s”没有“%[2]s”这一列%[4]s；整张没有计入", "sheet %[1]q has no column %[3]q%[5]s; it does not count", s.name, head.ZH, head.EN, zh.ZH, en.In(call.EN)))
		}
	}
}

// finding takes a row with a finding.
func (s *sheetReader) finding(n int, cells []string) {
	c := &s.columns
	id, turn, rule, words := at(cells, c.call), turnOf(at(cells, c.turn)), at(cells, c.rule), at(cells, c.fingerprint)
	verdict, ok := book.ParseVerdict(at(cells, c.verdict))
	place := call.Place{Sheet: s.name, Cell: book.CellName(c.verdict+1, n)}
	if !ok {
		s.noVerdict(place, at(cells, c.verdict))
	}
	if id == "" || rule == "" || words == "" {
		if verdict != book.Unjudged {
			s.problem(place, true, call.Sayf("这一行有判定，却没有编号、规则或指纹；没有计入", "this row has a verdict but no id, rule or fingerprint; it does not count"))
		}
		return
	}
	s.rule(rule, at(cells, c.title))
	key := findingKey{call: id, turn: turn, fingerprint: words}
	s.nth[key]++
	key.nth = s.nth[key]
	spot := Missed{Call: id, Turn: turn, Rule: rule}
	s.places[spot] = append(s.places[spot], s.judge(key, rule, at(cells, c.quote), verdict, place))
}

// noVerdict tells of a word that is no verdict; of many, only that there are more.
func (s *sheetReader) noVerdict(place call.Place, word string) {
	if s.odd++; s.odd > maxBroken {
		return
	}
	hint := call.DidYouMean(word, slices.Concat(book.Verdicts(call.ZH), book.Verdicts(call.EN)))
	s.problem(place, true, call.Sayf("判定 %[1]q 看不懂%[2]s；请选%[3]s，这里按没有判定算", "the verdict %[1]q makes no sense%[4]s; choose %[5]s; it counts as none", word,
		hint.ZH, strings.Join(book.Verdicts(call.ZH), "、"), hint.In(call.EN), strings.Join(book.Verdicts(call.EN), ", ")))
}

// judge notes a verdict of the book. A book may have a finding twice, in a copy of its sheet.
func (s *sheetReader) judge(key findingKey, rule, quote string, v book.Verdict, at call.Place) *Judged {
	j := s.byKey[key]
	if j == nil {
		j = &Judged{Call: key.call, Turn: key.turn, Rule: rule, Quote: quote, By: make([]book.Verdict, len(s.Books))}
		s.byKey[key], s.Reviews.findings = j, append(s.Reviews.findings, j)
	}
	first, again := s.judgedAt[key]
	if !again {
		s.book.Findings++
		s.judgedAt[key] = at
	}
	switch {
	case v == book.Unjudged || v == j.By[s.index]:
	case j.By[s.index] == book.Unjudged:
		s.book.Judged++
		j.By[s.index], s.judgedAt[key] = v, at
	default:
		s.problem(at, true, call.Sayf("同一个问题在 %s 的判定不同；以那里的为准", "the same finding has another verdict in %s, which holds", first.In(call.ZH)))
	}
	return j
}

// addition takes a row with something missed.
func (s *sheetReader) addition(n int, cells []string) {
	c := &s.columns
	m := Missed{Call: at(cells, c.call), Turn: turnOf(at(cells, c.turn)), Rule: at(cells, c.missedRule), Quote: at(cells, c.missedQuote)}
	cell := func(column int) call.Place {
		return call.Place{Sheet: s.name, Cell: book.CellName(column+1, n)}
	}
	switch {
	case m == Missed{}:
	case m.Call == "":
		s.problem(cell(c.call), true, call.Sayf("漏报要写通话编号；这一行没有计入", "a miss needs the id of the call; this row does not count"))
	case m.Rule == "":
		s.problem(cell(c.missedRule), true, call.Sayf("漏报要写漏报的规则；这一行没有计入", "a miss needs the rule; this row does not count"))
	default:
		s.added = append(s.added, addition{m, cell(c.missedRule), cell(c.call)})
	}
}

// at is a cell without space around it; columns that are not there are empty.
func at(cells []string, i int) string {
	if i < 0 || i >= len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[i])
}

// turnOf is the number of a turn, however it is written: 3, 3.0, 第3轮, turn 3; empty for
// the whole call.
func turnOf(s string) string {
	if whole := book.ReviewHeads().Whole; s == whole.ZH || s == whole.EN {
		return ""
	}
	s = width.Fold.String(s)
	from := strings.IndexAny(s, digits)
	if from < 0 {
		return s
	}
	number := s[from:]
	return number[:len(number)-len(strings.TrimLeft(number, digits))]
}

const digits = "0123456789"
