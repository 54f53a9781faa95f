package report

import (
	"cmp"
	"slices"
	"strings"
)

// mark is a stretch of a turn that notes are about, in code points, half-open.
// Stretches that overlap are one mark with several notes: nested brackets could
// not be told apart.
type mark struct {
	start, end int
	notes      []note
}

// marksOf are the marks of a turn of so many code points, in order.
func marksOf(all []note, turn, length int) []mark {
	var here []note
	for _, n := range all {
		if n.At.Turn == turn {
			here = append(here, n)
		}
	}
	slices.SortStableFunc(here, func(a, b note) int { return cmp.Compare(a.At.Start, b.At.Start) })
	var out []mark
	for _, n := range here {
		start, end := min(max(n.At.Start, 0), length), min(max(n.At.End, 0), length)
		if last := len(out) - 1; last >= 0 && start < out[last].end {
			out[last].end = max(out[last].end, end)
			out[last].notes = append(out[last].notes, n)
			continue
		}
		out = append(out, mark{start, max(start, end), []note{n}})
	}
	return out
}

// look is the style of the gravest note.
func (m mark) look() style {
	grave := slices.MaxFunc(m.notes, func(a, b note) int {
		return cmp.Or(-cmp.Compare(a.by, b.by), cmp.Compare(a.Rule.Severity, b.Rule.Severity))
	})
	return grave.look()
}

// brackets hold words where there are no colours; those that do not count have others.
func (m mark) brackets() (open, end string) {
	if slices.ContainsFunc(m.notes, func(n note) bool { return n.by == "" }) {
		return "【", "】"
	}
	return "〔", "〕"
}

// marked is a turn with its marks: underlined in colour, or in brackets, and
// with the numbers of their notes.
func (s *show) marked(turn int) []glyph {
	text := []rune(s.r.Call.Turns[turn].Text)
	var out []glyph
	done := 0
	for _, m := range marksOf(s.notes, turn, len(text)) {
		out = append(out, glyphs(span{string(text[done:m.start]), plain})...)
		words := string(text[m.start:m.end])
		if s.o.Color {
			out = append(out, glyphs(span{words, m.look().underlined()})...)
		} else {
			open, end := m.brackets()
			out = append(out, glyphs(span{open + words + end, plain})...)
		}
		out = append(out, m.labels()...)
		done = m.end
	}
	return append(out, glyphs(span{string(text[done:]), plain})...)
}

// labels are the numbers of the notes of a mark, which no line parts from it.
func (m mark) labels() []glyph {
	var b strings.Builder
	for _, n := range m.notes {
		b.WriteString(n.label())
	}
	out := glyphs(span{b.String(), m.look()})
	for i := range out {
		out[i].joined = true
	}
	return out
}
