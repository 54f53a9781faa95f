package rule

import (
	"fmt"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Page is a rule's page in Markdown: what it asks, why, what to say instead,
// the words of the documents it rests on, and its examples.
func (p *Pack) Page(r *Rule, lang call.Lang) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s %s\n\n", r.ID, r.Title.In(lang))
	fmt.Fprintf(&b, "%s%s · %s%s · %s%s\n", word(lang, "级别：", "Severity: "), r.Severity.In(lang),
		word(lang, "判断：", "Kind: "), kindWord(r.Kind, lang), r.reach(lang), r.binding(lang))
	section(&b, lang, "为什么", "Why", r.Why.In(lang))
	section(&b, lang, "应该这样说", "Say instead", r.Advice.In(lang))
	if t, ok := r.evaluator.(*timing); ok {
		section(&b, lang, "怎样计算", "How it is measured", t.formula().In(lang))
	}
	if limits := r.Limits.In(lang); limits != "" {
		section(&b, lang, "能看到什么、看不到什么", "What it promises and what it cannot see", limits)
	}
	heading(&b, lang, "依据", "Source")
	for _, s := range r.Sources {
		fmt.Fprintf(&b, "- %s\n  > %s\n", p.document(s.Doc), s.Says)
	}
	examples(&b, lang, "违反的例子", "Breaks the rule", r.Bad())
	examples(&b, lang, "没有问题的例子", "Keeps the rule", r.Good())
	return b.String()
}

func (p *Pack) document(key string) string {
	for _, d := range p.Documents {
		if d.Key == key {
			s := fmt.Sprintf("%s《%s》，%s", d.Key, d.Title, d.Issuer)
			if d.Date != "" {
				s += "，" + d.Date
			}
			return s
		}
	}
	return key
}

func word(lang call.Lang, zh, en string) string { return call.Say{ZH: zh, EN: en}.In(lang) }

func heading(b *strings.Builder, lang call.Lang, zh, en string) {
	fmt.Fprintf(b, "\n## %s\n\n", word(lang, zh, en))
}

func section(b *strings.Builder, lang call.Lang, zh, en, body string) {
	heading(b, lang, zh, en)
	b.WriteString(strings.TrimSpace(body) + "\n")
}

func examples(b *strings.Builder, lang call.Lang, zh, en string, list []Example) {
	if len(list) == 0 {
		return
	}
	heading(b, lang, zh, en)
	for _, e := range list {
		fmt.Fprintf(b, "- %s%s\n", e.about(lang), e.Text)
	}
}

// about says what is known of the example's call besides its words.
func (e Example) about(lang call.Lang) string {
	var known []string
	switch e.Call.Direction {
	case call.Callback:
		known = append(known, word(lang, "回拨", "callback"))
	case call.Outbound:
		known = append(known, word(lang, "呼出", "outbound"))
	}
	switch e.Call.Hangup {
	case call.ByCustomer:
		known = append(known, word(lang, "客户挂机", "customer hung up"))
	case call.Dropped:
		known = append(known, word(lang, "断线", "dropped"))
	}
	if known == nil {
		return ""
	}
	return word(lang, "（", "(") + strings.Join(known, word(lang, "，", ", ")) + word(lang, "）", ") ")
}

func kindWord(kind string, lang call.Lang) string {
	switch kind {
	case "forbid":
		return word(lang, "不能说", "must not be said")
	case "require":
		return word(lang, "必须说", "must be said")
	case "reply":
		return word(lang, "必须回应", "must be answered")
	case "timing":
		return word(lang, "按时间量", "measured by the clock")
	case "order":
		return word(lang, "先后次序", "must come in order")
	case "followup":
		return word(lang, "断线之后", "after a dropped call")
	}
	return word(lang, "不能重复", "must not be repeated")
}

// binding says that nothing can accept what the rule finds, where it is so.
func (r *Rule) binding(lang call.Lang) string {
	if !r.Binding {
		return ""
	}
	return word(lang, " · 不能豁免", " · cannot be waived")
}

// reach says what the rule looks at.
func (r *Rule) reach(lang call.Lang) string {
	if r.Followup() {
		return word(lang, "看同一客户的几通电话", "looks at several calls of one customer")
	}
	if r.OneTurn {
		return word(lang, "看一句话，也用于话术库", "looks at one turn, applies to script libraries too")
	}
	return word(lang, "看整通电话", "looks at the whole call")
}
