package report

import (
	"fmt"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// clockLine is a call drawn over time: a row for each speaker, one for what is
// between them, rows for the findings and an axis.
type clockLine struct {
	speech []call.Speech
	length int64 // milliseconds from the start of the call to its end
	width  int   // columns
}

const (
	longSilence  = 3000 // milliseconds: shorter pauses are a breath between turns
	leastClock   = 24   // columns below which nothing could be told from a line
	rowsOfLabels = 3    // of findings, before the rest is only counted
)

// clockLine writes the time line of the call, if its times allow one.
func (s *show) clockLine() {
	c, left := s.r.Call, 2+s.at.role
	line := clockLine{speech: c.Speeches(), width: s.o.Width - left - 1}
	for _, sp := range line.speech {
		line.length = max(line.length, sp.End)
	}
	if c.Script || len(line.speech) < 2 || line.length == 0 || line.width < leastClock {
		return
	}
	s.rule()
	for _, role := range []call.Role{call.Agent, call.Customer, call.Other, call.Unknown} {
		if row, any := line.bars(c, role); any {
			s.clockRow(left, span{s.role(role), plain}, row)
		}
	}
	s.clockRow(left, span{}, line.between(c, s.seconds))
	for _, row := range line.labels(s.notes) {
		s.clockRow(left, span{}, row)
	}
	s.clockRow(left, span{}, line.axis())
}

// seconds is how long a silence is, in few columns.
func (s *show) seconds(ms int64) string { return s.sayf("%[1]d秒", "%[1]ds", ms/1000) }

// clockRow writes one row with its name; one with nothing on it is left out.
func (s *show) clockRow(left int, name span, row []glyph) {
	if row == nil {
		return
	}
	line := glyphs(span{" ", plain}, name)
	for widthOf(line) < left {
		line = append(line, glyph{r: ' ', width: 1})
	}
	for _, g := range row {
		if g.width > 0 { // else the second column of a character
			line = append(line, g)
		}
	}
	s.b.WriteString(paint(trimRight(line), s.o.Color) + "\n")
}

// column is where a time stands, from 0 to one less than the width.
func (l *clockLine) column(ms int64) int {
	return min(l.width-1, max(0, int(ms*int64(l.width)/l.length)))
}

// blank is a row with nothing on it.
func (l *clockLine) blank() []glyph {
	row := make([]glyph, l.width)
	for i := range row {
		row[i] = glyph{r: ' ', width: 1}
	}
	return row
}

// bars shows when a speaker speaks; ends that are guessed are lighter.
func (l *clockLine) bars(c *call.Call, role call.Role) (row []glyph, any bool) {
	row = l.blank()
	look := map[call.Role]style{call.Agent: cyan, call.Customer: green}[role]
	for _, s := range l.speech {
		if c.Turns[s.Turn].Role != role {
			continue
		}
		any = true
		mark := '█'
		if s.Guessed {
			mark = '░'
		}
		fillRow(row, l.column(s.Start), l.column(max(s.Start, s.End-1)), glyph{mark, look, 1, false})
	}
	return row, any
}

// fillRow puts a mark on the columns from first to last.
func fillRow(row []glyph, first, last int, mark glyph) {
	for i := first; i <= last; i++ {
		row[i] = mark
	}
}

// between shows where several speak at once, and the silences with their length where
// that has room. It is nil where there is neither.
func (l *clockLine) between(c *call.Call, name func(ms int64) string) []glyph {
	row, any, until := l.blank(), false, l.speech[0].End
	for k := 1; k < len(l.speech); k++ {
		s := l.speech[k]
		switch {
		case s.Start-until >= longSilence:
			l.silence(row, until, s.Start, name)
			any = true
		case s.Start < until && c.Turns[s.Turn].Role != c.Turns[l.speech[k-1].Turn].Role:
			fillRow(row, l.column(s.Start), l.column(min(s.End, until)-1), glyph{'×', red, 1, false})
			any = true
		}
		until = max(until, s.End)
	}
	if !any {
		return nil
	}
	return row
}

// silence draws one silence, with its length in the middle where that fits.
func (l *clockLine) silence(row []glyph, from, to int64, name func(ms int64) string) {
	first, last := l.column(from), l.column(to-1)
	fillRow(row, first, last, glyph{'┄', yellow, 1, false})
	text := glyphs(span{name(to - from), yellow})
	if at := first + (last-first+1-widthOf(text))/2; widthOf(text) <= last-first+1 {
		writeRow(row, at, text)
	}
}

// writeRow puts a text on a row, over what is there. A character of two columns
// takes the place of two.
func writeRow(row []glyph, at int, text []glyph) {
	for _, g := range text {
		row[at] = g
		if g.width == 2 {
			row[at+1] = glyph{}
		}
		at += int(g.width)
	}
}

// labels are the numbers of the findings below the turns that they are about, on as few
// rows as they fit on; what does not fit is counted at the end of the last.
func (l *clockLine) labels(notes []note) [][]glyph {
	starts := map[int]int64{}
	for _, s := range l.speech {
		starts[s.Turn] = s.Start
	}
	var rows [][]glyph
	left := 0
	for _, n := range notes {
		at, known := starts[n.turn]
		text := glyphs(span{n.label(), n.look()})
		if !known {
			continue
		}
		if !l.place(&rows, min(l.column(at), l.width-len(text)), text) {
			left++
		}
	}
	if left > 0 {
		rest := glyphs(span{fmt.Sprintf("+%d", left), dim})
		writeRow(rows[len(rows)-1], l.width-len(rest), rest)
	}
	return rows
}

// place puts a label on the first row that is free there.
func (l *clockLine) place(rows *[][]glyph, at int, text []glyph) bool {
	for k := range rowsOfLabels {
		if k == len(*rows) {
			*rows = append(*rows, l.blank())
		}
		row := (*rows)[k]
		free := true
		for i := max(0, at-1); i < min(len(row), at+len(text)+1); i++ {
			free = free && row[i].r == ' '
		}
		if free {
			writeRow(row, at, text)
			return true
		}
	}
	return false
}

// axis has the time at its ends and between them where there is room.
func (l *clockLine) axis() []glyph {
	row := l.blank()
	last := glyphs(span{clock(call.At(l.length)), dim})
	steps := max(1, l.width/20)
	for i := range steps {
		text := glyphs(span{clock(call.At(l.length * int64(i) / int64(steps))), dim})
		writeRow(row, l.width*i/steps, text)
	}
	writeRow(row, l.width-len(last), last)
	return row
}
