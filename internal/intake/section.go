package intake

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// section is the text of one call.
type section struct {
	text  string
	start int  // 1-based line of the input
	first bool // nothing comes before it in its chunk

	meta    call.Call // what the header lines tell
	heads   []head    // the lines that start turns
	spoken  bool      // there are lines that are no headers
	talk    bool      // it is a transcript: see labelled
	lines   int       // lines that are no headers
	covered int       // those of them that start a turn, or follow a label that stands alone
	clock   clock
	strays  int // lines before the first label that read like speech: nobody is known to say them
}

// end is the last line of the input that is not empty.
func (s *section) end() int {
	return s.start + strings.Count(strings.TrimRightFunc(s.text, unicode.IsSpace), "\n")
}

// read splits the section into headers and turns.
func (s *section) read() {
	all := make([]head, 0, 1+strings.Count(s.text, "\n"))
	for h := range s.headed() {
		all = append(all, h)
	}
	accepted := acceptable(all)
	s.heads = all[:0] // each is done with before its place is taken
	for i := range all {
		s.add(&all[i], accepted)
	}
	s.spoken = s.lines > 0
	s.talk = s.labelled()
	s.dropFooter()
}

// add puts one line where it belongs: to the headers, to a new turn, or to the turn before.
func (s *section) add(h *head, accepted func(*head) bool) {
	n := len(s.heads)
	switch {
	case n == 0 && h.kind == headerLine:
		readMeta(&s.meta, h.line)
		return
	case h.kind != speech:
		return
	case h.labelled && accepted(h):
		s.heads = s.heads[:n+1]
		if place := &s.heads[n]; place != h {
			*place = *h
		}
		s.covered++
	case n > 0:
		last := &s.heads[n-1]
		if last.text == "" {
			s.covered++
		}
		last.more = append(last.more, strings.TrimSpace(h.line))
	case strings.ContainsAny(h.line, "，。？！,?!"): // a title has no sentence marks
		s.strays++
	}
	s.lines++
}

// acceptable tells which labels are speakers: those of the dictionary; others if
// they come twice and, where both sides have labels of the dictionary, look like the name of a person.
func acceptable(all []head) func(*head) bool {
	count := map[string]int{} // of those that are not sure
	var sure sides
	for i := range all {
		switch h := &all[i]; {
		case h.labelled && h.who.sure:
			sure.add(h.who.role)
		case h.labelled:
			count[h.who.key]++
		}
	}
	complete := sure.agent && sure.customer
	chat := allDated(all, count)
	return func(h *head) bool {
		return h.who.sure || chat && h.dated() || count[h.who.key] > 1 && (!complete || h.who.titled() || h.who.role != call.Unknown)
	}
}

// allDated reports whether every label that is sure to be a speaker's has a date beside it, as chat
// tools write. Then a date shows who else speaks, also somebody who does so once.
func allDated(all []head, count map[string]int) bool {
	for i := range all {
		if h := &all[i]; h.labelled && (h.who.sure || count[h.who.key] > 1) && !h.dated() {
			return false
		}
	}
	return true
}

// sides are those of a call that labels of the dictionary name.
type sides struct{ agent, customer bool }

func (s *sides) add(role call.Role) {
	s.agent = s.agent || role == call.Agent
	s.customer = s.customer || role == call.Customer
}

// dated reports whether the line is a name and a full date with time; a time that something
// happened at is no name.
func (h *head) dated() bool {
	return h.from.date && h.from.seconds && h.text == "" && !strings.HasSuffix(h.who.key, "时间") && !strings.HasSuffix(h.who.key, "日期")
}

// labelled reports whether the section is a transcript: two speakers, or one of
// the dictionary, in more than half of the lines, or in a third if the dictionary has both sides.
func (s *section) labelled() bool {
	var speakers []string // up to one more than may be
	var sure sides
	known := false // the dictionary has any of the labels
	for i := range s.heads {
		who := &s.heads[i].who
		if len(speakers) <= maxNamed && !slices.Contains(speakers, who.key) {
			speakers = append(speakers, who.key)
		}
		if who.sure {
			known = true
			sure.add(who.role)
		}
	}
	if !known && (len(speakers) < 2 || len(speakers) > maxNamed) || len(speakers) < 2 && sure == (sides{}) {
		return false
	}
	return 2*s.covered > s.lines || sure.agent && sure.customer && 3*s.covered >= s.lines
}

// maxNamed is how many speakers a call has at most that names all of them: more are the fields of a form.
const maxNamed = 4

// call makes the call of the section.
func (s *section) call() *call.Call {
	k := s.meta
	k.Line = s.start
	if len(s.heads) > 0 {
		s.clock = newClock(s.heads[0].from)
		k.Line = s.heads[0].at
		if k.StartedAt == "" {
			k.StartedAt = s.heads[0].from.startedAt()
		}
	}
	k.Turns = make([]call.Turn, 0, len(s.heads))
	for i := range s.heads {
		h := &s.heads[i]
		t := call.Turn{Role: h.who.role, Speaker: h.who.text, Text: h.said(), Line: h.at}
		t.Start, t.End = s.clock.span(h.from, h.to)
		if t.Text != "" {
			k.Turns = append(k.Turns, t)
		}
	}
	return &k
}

// said is what the turn says that the line starts.
func (h *head) said() string {
	if len(h.more) == 0 {
		return h.text
	}
	return joinLines(append([]string{h.text}, h.more...))
}

// joinLines joins the lines of a turn, with a space between Latin words only.
func joinLines(parts []string) string {
	var b strings.Builder
	last := ' '
	for _, part := range parts {
		first, _ := utf8.DecodeRuneInString(part)
		if isLatin(last) && isLatin(first) {
			b.WriteByte(' ')
		}
		b.WriteString(part)
		if part != "" {
			last, _ = utf8.DecodeLastRuneInString(part)
		}
	}
	return b.String()
}

func isLatin(r rune) bool { return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// dropFooter removes what a transcription service writes below a transcript.
func (s *section) dropFooter() {
	if len(s.heads) == 0 {
		return
	}
	last := &s.heads[len(s.heads)-1]
	if n := len(last.more); n > 0 && footerRE().MatchString(last.more[n-1]) {
		last.more = last.more[:n-1]
	}
}

var footerRE = text.Pattern(`^(?:以上|本)?(?:内容|文本|记录|轉寫|转写)?由.{1,20}(?:生成|转写|轉寫|识别|提供)[。.]?$`)
