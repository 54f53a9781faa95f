package report

import (
	"io"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Show writes one call, or one script, as it was said: who it is, the words
// with what was found marked in them, and beside or below them what is wrong and
// what to say instead; then how its score came about and what was not evaluated.
// With onlyFindings the turns that no finding is about are left out and counted.
// r.Call is never nil; of o only Lang, Color and Width count. An error is that of w.
func Show(w io.Writer, r *lint.Result, o Options, onlyFindings bool) error {
	if o.Width < leastWidth {
		o.Width = 80
	}
	o.Width = min(o.Width, widestShow)
	s := &show{textReport: textReport{w: w, o: o, tongue: tongue(o.Lang)}, r: r, only: onlyFindings}
	s.notes = notesOf(r)
	s.at = s.columns()
	s.head()
	s.clockLine()
	s.rule()
	s.turns()
	if s.r.Verdict.Score != nil || len(s.r.Verdict.NotEvaluated) > 0 {
		s.rule()
		s.foot()
	}
	_, err := io.WriteString(w, s.b.String())
	return err
}

const (
	widestShow = 180 // columns: longer lines are hard to read
	stackBelow = 28  // columns of words below which they stand under who says them
)

// show is a call on its way to the screen.
type show struct {
	textReport
	r     *lint.Result
	only  bool
	notes []note
	at    showColumns
	b     strings.Builder
}

// showColumns is where the parts of a turn go.
type showColumns struct {
	turn, time, role int // widths; 0 where there is no such column
	words            int
	notes            int  // width beside the words; 0 where the notes stand below them
	stacked          bool // the words stand below who says them
}

func (s *show) columns() showColumns {
	c := s.r.Call
	at := showColumns{turn: 2, role: 4}
	if s.o.Lang == call.EN {
		at.role = 8
	}
	at.turn = max(at.turn, widthOf(glyphs(number(len(c.Turns)))))
	if c.Script {
		at.turn, at.role = s.widestPlace(), 0
	}
	for i := range c.Turns {
		at.time = max(at.time, len(clock(c.Turns[i].Start)))
	}
	rest := s.o.Width - at.left()
	switch {
	case rest < stackBelow:
		at.stacked = true
		at.words = s.o.Width - stackIndent
	case s.o.Width >= wideFrom:
		at.notes = (rest - gap) * 9 / 20
		at.words = rest - gap - at.notes
	default:
		at.words = rest
	}
	return at
}

const stackIndent = 4 // columns before words that stand below who says them

// widestPlace is the width of the longest place of a script's wordings, within reason.
func (s *show) widestPlace() int {
	widest := 0
	for i := range s.r.Call.Turns {
		widest = max(widest, widthOf(glyphs(span{s.place(s.r.Call, rule.Range{Turn: i}), plain})))
	}
	return min(widest, s.o.Width/4)
}

// left is the width of the columns before the words.
func (at showColumns) left() int {
	n := 1
	for _, width := range []int{at.turn, at.time, at.role} {
		if width > 0 {
			n += width + gap
		}
	}
	return n
}

// rule draws a line across the screen.
func (s *show) rule() {
	s.line(&s.b, 0, span{strings.Repeat("─", s.o.Width), dim})
}

// turns writes what was said, with the notes where they belong.
func (s *show) turns() {
	skipped := 0
	for i := range s.r.Call.Turns {
		if s.only && !s.concerns(i) {
			skipped++
			continue
		}
		s.skip(skipped)
		skipped = 0
		s.turnWith(i, notesAt(s.notes, i))
	}
	s.skip(skipped)
	if skipped > 0 && skipped == len(s.r.Call.Turns) {
		s.line(&s.b, s.indent(), s.outcome()...)
	}
	if whole := notesAt(s.notes, -1); len(whole) > 0 {
		s.wholeCall(whole)
	}
}

// skip says how many turns are left out.
func (s *show) skip(n int) {
	if n > 0 {
		text := s.sayf("…… 省略 %[1]d %[2]s", "… %[3]s left out", n, s.turnMeasure(), plural(n, s.turnNoun()))
		s.line(&s.b, s.indent(), span{text, dim})
	}
}

// indent is how many columns stand before the words.
func (s *show) indent() int {
	if s.at.stacked {
		return stackIndent
	}
	return s.at.left()
}

// turnWith writes a turn, and its notes beside or below it.
func (s *show) turnWith(i int, notes []note) {
	left := s.leftOf(i)
	words := column{width: s.at.words, set: wrap(s.marked(i), s.at.words)}
	if s.at.stacked {
		row(1, left, s.to(&s.b))
		row(stackIndent, []column{words}, s.to(&s.b))
	} else {
		left = append(left, words)
		if s.at.notes > 0 {
			left = append(left, column{width: s.at.notes, set: s.set(notes, s.at.notes)})
		}
		row(1, left, s.to(&s.b))
	}
	s.below(notes)
}

// leftOf is the number of a turn, its time and who speaks; of a script its place.
func (s *show) leftOf(i int) []column {
	one := func(width int, right bool, text string, look style) column {
		return column{width: width, right: right, paras: [][]span{{{text, look}}}}
	}
	t := &s.r.Call.Turns[i]
	if s.r.Call.Script {
		return []column{one(s.at.turn, false, s.place(s.r.Call, rule.Range{Turn: i}), dim)}
	}
	out := []column{one(s.at.turn, true, number(i+1).text, dim)}
	if s.at.time > 0 {
		out = append(out, one(s.at.time, true, clock(t.Start), dim))
	}
	look := plain
	if t.Role == call.Agent {
		look = bold
	}
	return append(out, one(s.at.role, false, s.role(t.Role), look))
}

// below writes notes under the words, unless they stand beside them.
func (s *show) below(notes []note) {
	if len(notes) == 0 || s.at.notes > 0 {
		return
	}
	width := s.o.Width - s.indent()
	row(s.indent(), []column{{width: width, set: s.set(notes, width)}}, s.to(&s.b))
}

// wholeCall writes what is missing from the call as a whole.
func (s *show) wholeCall(notes []note) {
	left, width := s.indent(), s.o.Width-s.indent()
	if s.at.notes > 0 {
		left, width = left+s.at.words+gap, s.at.notes
	}
	name := span{s.place(s.r.Call, rule.Range{Turn: -1}), bold}
	if s.at.stacked {
		s.line(&s.b, 1, name)
		s.below(notes)
		return
	}
	heading := column{width: left - 1 - gap, paras: [][]span{{name}}}
	row(1, []column{heading, {width: width, set: s.set(notes, width)}}, s.to(&s.b))
}
