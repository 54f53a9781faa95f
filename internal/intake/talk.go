package intake

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
)

const (
	epochFrom  = 100_000_000_000   // ms since 1970 from which a time is a date: March 1973; a call of three years is none
	twinWithin = 300               // ms between the same sentence on two channels of a copied mono recording
	longPiece  = 400               // characters from which a piece is not joined any more
	clauseEnds = "，。！？；：,.!?;:…、~" // a piece that ends so needs no comma
)

// talk collects what is said in one call, piece by piece and in the order of the
// source, and makes turns of it.
type talk struct {
	call.Call
	doc      *doc
	problems []Item
	notes    []call.Say // what was understood and what was dropped, for --explain
	pieces   []piece
	typed    bool // messages, each of which is a turn: nothing is joined
}

// piece is one sentence, clause or message of a source.
type piece struct {
	call.Turn
	channel string // of the recording; "" if the source has none
	whole   bool   // a sentence by the source's account: nothing is joined to it
}

// columns names the fields of a sentence, each as node.within has them; "" is a field that the source has not.
type columns struct {
	text, role, speaker, channel string
	start, end                   string
	length                       string // how long it takes, where there is no end
	unit                         unit
	split                        bool   // spaces part words, also in Chinese
	words, word, mark            string // a list of words, in case that there is no text: of each the word, and the punctuation after it
}

// sentences adds the elements of a list.
func (t *talk) sentences(list node, c columns) {
	elements := list.list()
	for _, n := range elements {
		t.sentence(n, c)
	}
	if len(elements) > 0 && c.start != "" {
		t.clock(strings.ReplaceAll(c.start, "|", " / "), c.unit)
	}
}

// clock notes which field the times are from, and in which unit.
func (t *talk) clock(field string, u unit) {
	t.note("时间取自 %s，单位%s", "times are from %s, in %s", field, u.title())
}

// sentence adds one sentence.
func (t *talk) sentence(n node, c columns) { t.say(t.piece(n, c)) }

// piece is what the columns of n say.
func (t *talk) piece(n node, c columns) piece {
	p := piece{}
	if text := n.within(c.text); text.there() || c.words == "" {
		p.Text = text.words()
	} else {
		p.Text = n.within(c.words).joined(c)
	}
	if c.split {
		p.Text = unsplit(p.Text)
	}
	p.Start, p.End = n.within(c.start).moment(c.unit), n.within(c.end).moment(c.unit)
	if c.length != "" && p.End.IsZero() {
		p.End = after(p.Start, n.within(c.length).moment(c.unit))
	}
	if c.channel != "" {
		p.channel = n.within(c.channel).str()
	}
	if c.speaker != "" {
		p.Speaker = n.within(c.speaker).str()
	}
	if c.role != "" {
		p.who(n.within(c.role).str())
	}
	return p
}

// joined is the text of a list of words.
func (n node) joined(c columns) string {
	var text spelling
	for _, w := range n.list() {
		text.add(w.get(c.word).str())
		if c.mark != "" {
			text.add(w.get(c.mark).str())
		}
	}
	return text.take()
}

// after is the time that is so long after start.
func after(start, length call.Millis) call.Millis {
	from, known := start.Get()
	long, ok := length.Get()
	if !known || !ok {
		return call.Millis{}
	}
	return call.At(from + long)
}

// who sets the role that a name tells. A name that is no role is the speaker's.
func (p *piece) who(name string) {
	role, known := sideOf(name)
	if p.Role = role; (!known || role == call.Unknown) && p.Speaker == "" {
		p.Speaker = name
	}
}

// say adds one piece.
func (t *talk) say(p piece) {
	if p.Role == "" {
		p.Role = call.Unknown
	}
	if p.Line == 0 {
		p.Line = t.doc.rec.line
	}
	if !t.typed { // recognisers start with the space before a word
		p.Text = strings.TrimSpace(p.Text)
	}
	t.pieces = append(t.pieces, p)
}

// note adds a note, if somebody will read it; the arguments may be of two languages.
func (t *talk) note(zh, en string, args ...any) {
	if !t.doc.c.opt.Explain {
		return
	}
	var a, b []any
	for _, arg := range args {
		if s, ok := arg.(call.Say); ok {
			a, b = append(a, s.ZH), append(b, s.EN)
			continue
		}
		a, b = append(a, arg), append(b, arg)
	}
	n := call.Say{ZH: call.Sayf(zh, zh, a...).ZH, EN: call.Sayf(en, en, b...).EN}
	if !slices.Contains(t.notes, n) {
		t.notes = append(t.notes, n)
	}
}

// settle makes the call: in the order of time, with times of the call, each turn what
// one speaker says. id is that of a call without one.
func (t *talk) settle(id string) *call.Call {
	if t.ID == "" {
		t.ID = id
	}
	t.dropEmpty()
	t.nameSpeakers()
	t.fromStart()
	t.sort()
	t.warnOfTwins()
	t.join()
	k := t.Call
	return &k
}

// dropEmpty drops pieces without words: silence that a recogniser wrote down.
func (t *talk) dropEmpty() {
	all := len(t.pieces)
	t.pieces = slices.DeleteFunc(t.pieces, func(p piece) bool { return strings.TrimSpace(p.Text) == "" })
	if n := all - len(t.pieces); n > 0 {
		t.note("丢弃 %d 条没有文字的片段", "dropped %d pieces without words", n)
	}
	switch {
	case len(t.pieces) > 0:
	case t.doc.kind.spread: // an archive has conversations of pictures only
		t.problems = append(t.problems, t.doc.c.warning(t.Line, t.ID, "没有文字消息，没有检查", "it has no messages with text and was not checked"))
	case len(t.problems) == 0:
		t.problems = append(t.problems, t.doc.c.fatal(t.Line, t.ID, "里面没有任何人说话（%d 条片段都没有文字）；没有可检查的文字",
			"nobody speaks in it (%d pieces without words); there is nothing to check", all))
	}
}

// nameSpeakers names each speaker by channel where the recording has several, else as
// the source tells speakers apart.
func (t *talk) nameSpeakers() {
	several := false
	for _, p := range t.pieces {
		several = several || p.channel != t.pieces[0].channel
	}
	for i := range t.pieces {
		p := &t.pieces[i]
		if p.channel != "" && (several || p.Speaker == "") {
			p.Speaker = p.channel
		}
		p.Role = cmp.Or(p.Role, call.Unknown) // a table of roles may have a word that is none
	}
}

// fromStart makes dates times of the call, which starts with the second in which its first
// piece does: a start is written in seconds, and with the times it gives the dates back.
func (t *talk) fromStart() {
	first := int64(-1)
	for _, p := range t.pieces {
		if ms, ok := p.Start.Get(); ok && ms >= epochFrom && (first < 0 || ms < first) {
			first = ms
		}
	}
	if first < 0 {
		return
	}
	if start, err := time.Parse(time.RFC3339, t.StartedAt); err == nil && start.UnixMilli() <= first && first-start.UnixMilli() < dayMS {
		first = start.UnixMilli()
	} else {
		first -= first % 1000
		t.StartedAt = cmp.Or(t.StartedAt, instant(first))
	}
	t.note("时间是日期，已换算为从 %s 起", "times are dates; they were made times since %s", instant(first))
	for i := range t.pieces {
		p := &t.pieces[i]
		p.Start, p.End = since(p.Start, first), since(p.End, first)
	}
}

func since(at call.Millis, first int64) call.Millis {
	if ms, ok := at.Get(); ok && ms >= first {
		return call.At(ms - first)
	}
	return call.Millis{}
}

// instant is a moment in milliseconds since 1970, written in the time of China.
func instant(ms int64) string { return time.UnixMilli(ms).In(beijing()).Format(time.RFC3339) }

// sort puts the pieces in the order of time, which sources that list one channel
// after the other need. Where a piece has no time, the order is that of the source.
func (t *talk) sort() {
	if slices.ContainsFunc(t.pieces, func(p piece) bool { return p.Start.IsZero() && p.End.IsZero() }) {
		return
	}
	before := func(a, b piece) int {
		aFrom, aTo := a.span()
		bFrom, bTo := b.span()
		return cmp.Or(cmp.Compare(aFrom, bFrom), cmp.Compare(aTo, bTo))
	}
	if !slices.IsSortedFunc(t.pieces, before) {
		slices.SortStableFunc(t.pieces, before)
		t.note("各声道的句子已按时间合并", "the sentences of the channels were merged by time")
	}
}

// span is from when to when the piece is said; of one time alone, it is both.
func (p *piece) span() (from, to int64) {
	from, starts := p.Start.Get()
	to, ends := p.End.Get()
	switch {
	case !starts:
		from = to
	case !ends:
		to = from
	}
	return from, to
}

// warnOfTwins tells of a mono recording that was copied to two channels: most
// sentences stand on both.
func (t *talk) warnOfTwins() {
	twins := 0
	for i, p := range t.pieces {
		for _, q := range t.pieces[i+1 : min(i+4, len(t.pieces))] {
			if p.Speaker != q.Speaker && near(p.Start, q.Start) && bare(p.Text) == bare(q.Text) {
				twins += 2
				break
			}
		}
	}
	if twins*10 > len(t.pieces)*6 {
		t.RolesUnknown = true
		t.problems = append(t.problems, t.doc.c.fatal(t.Line, t.ID,
			"%d 句里有 %d 句在两个声道上重复：录音像是单声道复制成的双声道；请只转写一个声道并区分说话人，依赖角色的规则不评",
			"%d sentences, %d of which stand on both channels: the recording looks like mono copied to stereo; transcribe one channel with speakers told apart; rules that need roles are not evaluated",
			len(t.pieces), twins))
	}
}

func near(a, b call.Millis) bool {
	x, ok := a.Get()
	y, known := b.Get()
	return ok && known && y-x <= twinWithin && x-y <= twinWithin
}

// bare is text without punctuation and spaces.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, s)
}

// join makes turns: pieces of one speaker that follow each other without a pause are one.
func (t *talk) join() {
	joined := 0
	for _, p := range t.pieces {
		if n := len(t.Turns); n > 0 && t.joins(&t.Turns[n-1], &p) {
			extend(&t.Turns[n-1], &p.Turn)
			joined++
			continue
		}
		t.Turns = append(t.Turns, p.Turn)
	}
	if joined > 0 {
		t.note("%d 条片段并入同一说话人的上一条（间隔 %.1f 秒内）", "%d pieces were joined to the one before by the same speaker (within %.1f s)", joined, call.Pause/1000.0)
	}
}

// joins reports whether p goes on with turn. Two whole sentences are two turns.
func (t *talk) joins(turn *call.Turn, p *piece) bool {
	if t.typed || turn.Role != p.Role || turn.Speaker != p.Speaker || turn.Speaker == "" && turn.Role == call.Unknown {
		return false
	}
	if p.whole || strings.ContainsRune("。！？!?.", last(turn.Text)) || utf8.RuneCountInString(turn.Text) > longPiece {
		return false
	}
	end, ok := turn.End.Get()
	start, known := p.Start.Get()
	return ok && known && start-end <= call.Pause
}

func last(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(s, unicode.IsSpace))
	return r
}

// extend appends what p says to turn. Between two pieces without punctuation stands a
// comma: the recogniser heard a pause there, which ends a clause.
func extend(turn, p *call.Turn) {
	between := ""
	switch end := last(turn.Text); {
	case strings.ContainsRune(clauseEnds, end):
	case end < utf8.RuneSelf:
		between = " "
	default:
		between = "，"
	}
	turn.Text = strings.TrimRightFunc(turn.Text, unicode.IsSpace) + between + strings.TrimLeftFunc(p.Text, unicode.IsSpace)
	if end, ok := p.End.Get(); ok {
		if had, known := turn.End.Get(); !known || end > had {
			turn.End = p.End
		}
	}
}
