package report

import (
	"strconv"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// fates are what may become of a call that dropped, in the order in which reports count them.
func fates() []rule.Fate {
	return []rule.Fate{rule.InTime, rule.Late, rule.Missed, rule.Excused, rule.Open}
}

// countFates counts the calls that dropped by what became of them.
func countFates(f *lint.Followups) map[rule.Fate]int {
	out := map[rule.Fate]int{}
	for i := range f.Drops {
		out[f.Drops[i].Fate]++
	}
	return out
}

// callbacksObject is what became of the calls that dropped.
type callbacksObject struct {
	Dropped      int `json:"dropped"`
	InTime       int `json:"in_time"`
	Late         int `json:"late"`
	Missing      int `json:"missing"`
	Excused      int `json:"excused"` // the customer called again in time, or it was put on record
	NotEvaluated int `json:"not_evaluated"`
}

// newCallbacksObject is nil where nothing dropped or nobody looked.
func newCallbacksObject(f *lint.Followups) *callbacksObject {
	if f == nil || len(f.Drops) == 0 {
		return nil
	}
	n := countFates(f)
	return &callbacksObject{len(f.Drops), n[rule.InTime], n[rule.Late], n[rule.Missed], n[rule.Excused], n[rule.Open]}
}

// callbacks says what became of the calls that dropped; it is empty where none did.
func (t *textReport) callbacks(s *Summary) string {
	if s.Followups == nil || len(s.Followups.Drops) == 0 {
		return ""
	}
	n := countFates(s.Followups)
	var parts []string
	for _, fate := range fates() {
		parts = append(parts, fate.In(t.o.Lang)+" "+strconv.Itoa(n[fate]))
	}
	all := len(s.Followups.Drops)
	return t.sayf("断线 %[1]d 通：", "%[2]s: ", all, plural(all, "dropped call")) + strings.Join(parts, t.say("，", ", ")) + t.say("。", ".")
}
