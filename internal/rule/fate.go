package rule

import (
	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/follow"
)

// Fate is what became of a call that dropped.
type Fate string

// The fates. Excused is a call that nobody need call back for: the customer called again
// in time, or it was put on record. Open is one of which the rules cannot tell.
const (
	InTime  Fate = "in_time"
	Late    Fate = "late"
	Missed  Fate = "missing"
	Excused Fate = "excused"
	Open    Fate = "not_evaluated"
)

// In names the fate for people.
func (f Fate) In(lang call.Lang) string {
	switch f {
	case InTime:
		return word(lang, "及时回拨", "called back in time")
	case Late:
		return word(lang, "回拨超时", "called back late")
	case Missed:
		return word(lang, "没有回拨", "not called back")
	case Excused:
		return word(lang, "无需回拨", "no callback needed")
	}
	return word(lang, "未能评估", "not evaluated")
}

// FateOf is what became of the call that a chain begins with, by the rules that judge
// calls together. The chain must have one.
func FateOf(c *follow.Chain, rules []*Rule) Fate {
	fate := Excused
	if len(c.Attempts) > 0 {
		fate = InTime
	}
	for _, r := range rules {
		f, is := r.evaluator.(*followup)
		if !is {
			continue
		}
		switch o := r.Follow(c); {
		case o.Of == nil:
		case !o.Found && (f.looksFor == checkMissing || f.looksFor == checkLate):
			return Open
		case o.Found && f.looksFor == checkLate:
			return Late
		case o.Found && (f.looksFor == checkMissing || f.looksFor == checkNotReported && len(c.Attempts) == 0):
			return Missed
		}
	}
	return fate
}
