package rule

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Requote makes the findings of a call quote another wording of it, to, which has as many
// code points in every turn. Positions and fingerprints stay.
func (v *Verdict) Requote(from, to *call.Call) {
	for i := range v.Findings {
		v.Findings[i].requote(from, to)
	}
	for i := range v.Suppressed {
		v.Suppressed[i].requote(from, to)
	}
}

func (f *Finding) requote(from, to *call.Call) {
	for i := range f.Related {
		f.Related[i].requote(from, to)
	}
	old := f.At.Quote
	if !f.At.requote(from, to) {
		return
	}
	f.Message.ZH = strings.ReplaceAll(f.Message.ZH, old, f.At.Quote)
	f.Message.EN = strings.ReplaceAll(f.Message.EN, old, f.At.Quote)
}

// requote reports whether the quote is another one now.
func (r *Range) requote(from, to *call.Call) bool {
	if r.Turn < 0 || r.Quote == "" || from.Turns[r.Turn].Text == to.Turns[r.Turn].Text {
		return false
	}
	old := r.Quote
	r.Quote = string([]rune(to.Turns[r.Turn].Text)[r.Start:r.End])
	return r.Quote != old
}
