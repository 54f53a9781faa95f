package book

import (
	"strings"

	"golang.org/x/text/width"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Heads are the headers that a reviewed workbook is recognised by when it comes
// back, whatever its sheets are called then.
type Heads struct {
	Call, Script, Turn, Rule, Quote, Verdict, Note, Fingerprint call.Say
	Title, Source                                               call.Say // of a rule, and what it rests on
	Accepted                                                    call.Say // findings of a call: its sheet has no other head of its own
	MissedRule, MissedQuote                                     call.Say
	Whole                                                       call.Say // in the place of a turn, where it is about none of them
}

// ReviewHeads are the headers in both languages.
func ReviewHeads() Heads {
	return Heads{
		Call: call.Say{ZH: "通话编号", EN: "call"}, Script: call.Say{ZH: "话术编号", EN: "script"},
		Turn: call.Say{ZH: "轮次", EN: "turn"}, Rule: call.Say{ZH: "规则", EN: "rule"}, Quote: call.Say{ZH: "原话", EN: "quote"},
		Verdict: call.Say{ZH: "判定", EN: "verdict"}, Note: call.Say{ZH: "备注", EN: "note"},
		Fingerprint: call.Say{ZH: "指纹", EN: "fingerprint"}, Title: call.Say{ZH: "名称", EN: "title"}, Source: call.Say{ZH: "依据", EN: "source"},
		Accepted:   call.Say{ZH: "已接受", EN: "accepted"},
		MissedRule: call.Say{ZH: "漏报的规则", EN: "missed rule"}, MissedQuote: call.Say{ZH: "漏报的原话", EN: "missed words"},
		Whole: call.Say{ZH: "整通", EN: "call"},
	}
}

// Verdict is what a reviewer says of a finding.
type Verdict int

// The verdicts. Unjudged is an empty cell.
const (
	Unjudged Verdict = iota
	Right
	False // a false alarm
	Unsure
)

// In is the verdict as the drop-down has it.
func (v Verdict) In(lang call.Lang) string {
	names := map[Verdict]call.Say{Right: {ZH: "正确", EN: "right"}, False: {ZH: "误报", EN: "false alarm"}, Unsure: {ZH: "存疑", EN: "unsure"}}
	return names[v].In(lang)
}

// Verdicts lists what the drop-down offers.
func Verdicts(lang call.Lang) []string {
	return []string{Right.In(lang), False.In(lang), Unsure.In(lang)}
}

// ParseVerdict reads what a reviewer wrote, or what a program made of it; ok is
// false where that is none of the words for a verdict.
func ParseVerdict(s string) (v Verdict, ok bool) {
	words := map[Verdict]string{
		Unjudged: " - – —",
		Right:    "正确 对 是 准确 属实 √ ✓ ✔ y yes true 1 right correct ok",
		False:    "误报 错 否 错误 不对 不是 不正确 × ✗ ✘ x n no false 0 wrong falsealarm fp",
		Unsure:   "存疑 疑 存疑？ 不确定 待定 说不准 ? unsure doubtful maybe unknown",
	}
	s = Folded(s)
	if s == "" {
		return Unjudged, true
	}
	for v, list := range words {
		for _, w := range strings.Fields(list) {
			if Folded(w) == s {
				return v, true
			}
		}
	}
	return Unjudged, false
}

// Folded is a header or a verdict without what people change by the way: spaces,
// case, full-width letters, a closing full stop.
func Folded(s string) string {
	s = strings.ToLower(strings.Join(strings.Fields(width.Fold.String(s)), ""))
	return strings.TrimRight(s, ".。!！")
}
