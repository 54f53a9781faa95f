package rule

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Requote makes the findings of a call quote another wording of it, to, which has as many
// code points in every turn. Positions and fingerprints stay.
func (v *Verdict) Requote(from, to *call.Call) {
	q := requoter{from: from, to: to, turn: -1}
	for i := range v.Findings {
		q.finding(&v.Findings[i])
	}
	for i := range v.Suppressed {
		q.finding(&v.Suppressed[i].Finding)
	}
}

// requoter quotes a call anew. It keeps the characters of one turn, as the findings of
// a turn come one after the other.
type requoter struct {
	from, to *call.Call
	turn     int
	runes    []rune // of the turn
}

func (q *requoter) finding(f *Finding) {
	for i := range f.Related {
		q.quote(&f.Related[i])
	}
	old := f.At.Quote
	if !q.quote(&f.At) {
		return
	}
	f.Message.ZH = strings.ReplaceAll(f.Message.ZH, old, f.At.Quote)
	f.Message.EN = strings.ReplaceAll(f.Message.EN, old, f.At.Quote)
}

// quote reports whether the quote is another one now.
func (q *requoter) quote(r *Range) bool {
	if r.Turn < 0 || r.Quote == "" || q.from.Turns[r.Turn].Text == q.to.Turns[r.Turn].Text {
		return false
	}
	if q.turn != r.Turn {
		q.turn, q.runes = r.Turn, []rune(q.to.Turns[r.Turn].Text)
	}
	old := r.Quote
	r.Quote = string(q.runes[r.Start:r.End])
	return r.Quote != old
}
