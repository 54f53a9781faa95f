package rule

import (
	"testing"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

func fingerprint(t *testing.T, p *Pack, c *call.Call) string {
	findings := p.Check(c, p.Rules).Findings
	must.Len(t, findings, 1)
	return findings[0].Fingerprint
}

// A fingerprint knows a finding by its rule, its call and its clause.
func TestFingerprint(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法]}")
	base := fingerprint(t, p, talk("您好", "客：坏了", "我也没办法，您再等等"))
	assert.Len(t, base, 16)
	for what, turns := range map[string][]string{
		"another line":             {"我也没办法，您再等等"},
		"spaces and pauses":        {"您好", "我 也_没 办法，您再等等"},
		"another script and width": {"您好", "我也沒辦法,您再等等"},
		"fillers":                  {"您好", "嗯，我也没办法啊，您再等等"},
		"other words in the turn":  {"您好", "是这样，我也没办法，请谅解"},
	} {
		assert.Equal(t, base, fingerprint(t, p, talk(turns...)), what)
	}
	assert.NotEqual(t, base, fingerprint(t, p, talk("真的没办法")), "other words in the clause")
	other := talk("我也没办法")
	other.ID = "other"
	assert.NotEqual(t, base, fingerprint(t, p, other), "another call")
	assert.NotEqual(t, base, fingerprint(t, loaded(t, ruleYAML("b/rule", "forbid: {any: [没办法]}")), talk("我也没办法")), "another rule")
}

// A call whose speakers are unknown, or without an agent, is not evaluated: that is not the same as clean.
func TestNotEvaluated(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法]}")
	unknown := talk("没办法")
	unknown.RolesUnknown = true
	for reason, c := range map[string]*call.Call{
		"nobody can tell which side is the agent": unknown,
		"no agent turns":                                  talk("客：没办法"),
		"nobody answered, so nothing was said":            {Answered: new(bool)},
		"there are records of the call but no transcript": {Record: true},
	} {
		v := p.Check(c, p.Rules)
		assert.Empty(t, v.Findings)
		must.Len(t, v.NotEvaluated, 1)
		assert.Equal(t, "a/rule", v.NotEvaluated[0].Rule)
		assert.Equal(t, reason, v.NotEvaluated[0].Reason.EN)
	}
}

// Findings come in the order of the call, at one place in the order of the pack.
func TestOrderOfFindings(t *testing.T) {
	p := loaded(t, ruleYAML("a/way", "forbid: {any: [办法]}")+`  - {id: a/no, title: 名称, severity: info, why: 原因, advice: 建议, forbid: {any: [没有]}}
`)
	var got []string
	for _, f := range p.Check(talk("没有了", "办法没有", "办法"), p.Rules).Findings {
		got = append(got, f.Rule.ID)
	}
	assert.Equal(t, []string{"a/no", "a/way", "a/no", "a/way"}, got)
}

// Only the rules that are asked for are judged.
func TestCheckChosenRules(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法]}")
	assert.Empty(t, p.Check(talk("没办法"), nil).Findings)
}

func TestFix(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法]}\n    fix: 我帮您想办法")
	f := p.Check(talk("好，没办法"), p.Rules).Findings[0]
	assert.Equal(t, &Edit{Start: 2, End: 5, Text: "我帮您想办法"}, f.Fix)
	p = oneRule(t, "require: {in: call, any: [您好]}\n    fix: 您好")
	assert.Nil(t, p.Check(talk("喂"), p.Rules).Findings[0].Fix, "there is nothing to replace")
}

// A message quotes the words and adds why they are wrong.
func TestMessage(t *testing.T) {
	p := loaded(t, `rules:
  - {id: a/own, title: 甲, severity: error, why: {zh: 原因。, en: Because.}, advice: 建议, message: {zh: "说了“{quote}”。", en: "Said “{quote}”."}, forbid: {any: [没办法]}}
  - {id: a/none, title: 乙, severity: error, why: 原因。, advice: 建议, forbid: {any: [没办法]}}
`)
	f := p.Check(talk("没 办法"), p.Rules).Findings
	assert.Equal(t, call.Say{ZH: "说了“没 办法”。原因。", EN: "Said “没 办法”. Because."}, f[0].Message)
	assert.Equal(t, call.Say{ZH: "坐席说了“没 办法”。原因。", EN: "The agent said “没 办法”. 原因。"}, f[1].Message)
}

func TestChoose(t *testing.T) {
	var rules []*Rule
	for _, id := range []string{"closing/farewell", "closing/thanks", "wording/helpless", "word/ing"} {
		rules = append(rules, &Rule{ID: id})
	}
	for _, c := range []struct {
		chosen, ignored, want []string
	}{
		{nil, nil, []string{"closing/farewell", "closing/thanks", "wording/helpless", "word/ing"}},
		{[]string{"closing"}, nil, []string{"closing/farewell", "closing/thanks"}},
		{[]string{"closing/t*"}, nil, []string{"closing/thanks"}},
		{[]string{"*/*"}, []string{"word"}, []string{"closing/farewell", "closing/thanks", "wording/helpless"}},
		{[]string{"wording/helpless", "word"}, nil, []string{"wording/helpless", "word/ing"}},
		{[]string{"closing"}, []string{"closing"}, nil},
	} {
		list, unknown := Choose(rules, c.chosen, c.ignored)
		assert.Empty(t, unknown)
		var got []string
		for _, r := range list {
			got = append(got, r.ID)
		}
		assert.Equal(t, c.want, got, "%v without %v", c.chosen, c.ignored)
	}
}

func TestChooseUnknown(t *testing.T) {
	rules := []*Rule{{ID: "closing/farewell"}, {ID: "wording/helpless"}}
	_, unknown := Choose(rules, []string{"wording/helples", "closin"}, []string{"tone", "["})
	must.Len(t, unknown, 4)
	assert.Equal(t, `no rule named "wording/helples"; did you mean "wording/helpless"?`, unknown[0].EN)
	assert.Equal(t, `no rule named "closin"; did you mean "closing"?`, unknown[1].EN)
	assert.Equal(t, `no rule named "tone"`, unknown[2].EN)
	assert.Equal(t, `no rule named "["`, unknown[3].EN)
}

func TestSeverity(t *testing.T) {
	assert.Less(t, Info, Warning)
	assert.Less(t, Warning, Error)
	for _, s := range []Severity{Info, Warning, Error} {
		got, ok := ParseSeverity(s.String())
		assert.True(t, ok)
		assert.Equal(t, s, got)
	}
	_, ok := ParseSeverity("fatal")
	assert.False(t, ok)
}
