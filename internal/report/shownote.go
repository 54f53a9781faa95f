package report

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// note is a finding beside the words of a call. Notes are numbered in the order
// in which they are read, so that words and notes name each other.
type note struct {
	*rule.Finding
	number int // from 1
	turn   int // 0-based turn that it stands at; -1: the whole call
	by     rule.Suppression
	reason string // of a waiver
}

// notesOf are the findings of a call, those that were accepted among them.
func notesOf(r *lint.Result) []note {
	var out []note
	for i := range r.Verdict.Findings {
		out = append(out, newNote(&r.Verdict.Findings[i]))
	}
	for i := range r.Verdict.Suppressed {
		n := newNote(&r.Verdict.Suppressed[i].Finding)
		n.by, n.reason = r.Verdict.Suppressed[i].By, r.Verdict.Suppressed[i].Reason
		out = append(out, n)
	}
	slices.SortStableFunc(out, inReadingOrder)
	for i := range out {
		out[i].number = i + 1
	}
	return out
}

// newNote puts what is missing where it was due, and all else where it was said.
func newNote(f *rule.Finding) note {
	n := note{Finding: f, turn: f.At.Turn}
	if f.Due != nil {
		n.turn = *f.Due
	}
	return n
}

// inReadingOrder compares notes by where a reader first meets them: at the words
// they are about, or where something is missing, the whole call last.
func inReadingOrder(a, b note) int {
	first := func(n note) int {
		if n.At.Turn >= 0 {
			return n.At.Turn
		}
		return n.turn
	}
	if i, j := first(a), first(b); (i < 0) != (j < 0) {
		return cmp.Compare(j, i)
	}
	return cmp.Or(cmp.Compare(first(a), first(b)), -cmp.Compare(min(0, a.At.Turn), min(0, b.At.Turn)), cmp.Compare(a.At.Start, b.At.Start))
}

// notesAt are the notes that stand at a turn.
func notesAt(all []note, turn int) []note {
	var out []note
	for _, n := range all {
		if n.turn == turn {
			out = append(out, n)
		}
	}
	return out
}

// concerns reports whether a finding is about a turn.
func (s *show) concerns(turn int) bool {
	return slices.ContainsFunc(s.notes, func(n note) bool {
		return n.turn == turn || n.At.Turn == turn ||
			slices.ContainsFunc(n.Related, func(r rule.Range) bool { return r.Turn == turn })
	})
}

// label is how words name their note and the other way round.
func (n note) label() string { return fmt.Sprintf("[%d]", n.number) }

// look is the style of a note's heading and of its words.
func (n note) look() style {
	if n.by != "" {
		return dim
	}
	return severityStyle(n.Rule.Severity).strong()
}

// set sets notes one below the other, each with a bar at its left.
func (s *show) set(notes []note, width int) [][]glyph {
	var out [][]glyph
	for _, n := range notes {
		bar := glyphs(span{"│ ", n.look()}, span{n.label() + " ", n.look()})
		for _, para := range s.paragraphs(n, width-len(bar)) {
			for _, l := range wrap(glyphs(para...), width-len(bar)) {
				out = append(out, append(slices.Clone(bar), l...))
				bar = blank(bar[:2:2], len(bar)-2) // the label is said once
			}
		}
	}
	return out
}

// paragraphs are a note: what it is, what is wrong where the marked words alone
// do not say it, the turns that belong to it, and what to say instead.
func (s *show) paragraphs(n note, width int) [][]span {
	look := plain
	if n.by != "" {
		look = dim
	}
	out := s.heading(n, width)
	if n.At.Turn < 0 || n.Rule.Kind != "forbid" {
		out = append(out, []span{{s.gist(n.Finding), look}})
	}
	if also := s.also(n); also != "" {
		out = append(out, []span{{also, dim}})
	}
	if n.by != "" {
		return append(out, s.accepted(n)...)
	}
	return append(out, s.advice(n.Rule))
}

// heading names the rule of a note, its id on a line of its own where one is too short.
func (s *show) heading(n note, width int) [][]span {
	title := bold
	if n.by != "" {
		title = dim
	}
	name := []span{{s.severity(n.Rule.Severity), n.look()}, {"  ", plain}, {n.Rule.Title.In(s.o.Lang), title}}
	return beside(name, span{n.Rule.ID, dim}, width)
}

// also names the other turns that belong to a note, but for the one where it stands.
func (s *show) also(n note) string {
	list := ""
	for _, r := range n.Related {
		if r.Turn < 0 || r.Turn == n.turn || r.Turn == n.At.Turn {
			continue
		}
		if list != "" {
			list += s.say("、", ", ")
		}
		list += s.related(s.r.Call, r)
	}
	if list == "" {
		return ""
	}
	return s.say("参看", "see ") + list
}

// accepted says why a note counts for nothing.
func (s *show) accepted(n note) [][]span {
	text := s.say("已在基线中，不算", "in the baseline: does not count")
	if n.by == rule.ByWaiver {
		text = s.say("已豁免，不算：", "waived, does not count: ") + n.reason
	}
	return [][]span{{{text, dim}}}
}

// turnNoun is what a turn is called in English, one of it.
func (s *show) turnNoun() string {
	if s.r.Call.Script {
		return "wording"
	}
	return "turn"
}

// turnMeasure is the Chinese measure word of turns.
func (s *show) turnMeasure() string {
	if s.r.Call.Script {
		return "种说法"
	}
	return "轮"
}
