package rule

import (
	"testing"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"
)

// cues are those that the tests of the kinds share.
const cues = `
cues:
  problem: {speaker: customer, any: [坏了]}
  sorry: {speaker: agent, any: [抱歉]}
  hold: {speaker: agent, any: [稍等]}
  forget: {speaker: customer, any: [算了]}
  explains: {speaker: agent, any: [因为]}
  asks: {speaker: agent, any: ['(?P<slot>订单号|手机号)是多少']}
  tells: {speaker: customer, any: ['(?P<slot>订单号|手机号)是[0-9]+']}
  answers: {speaker: customer, min-length: 2}
  unheard: {any: [没听清]}
`

func TestForbid(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法, 真的没办法]}")
	assert.Equal(t, []string{"0 没办法"}, found(p, talk("没办法，就是没办法")), "one finding a sentence")
	assert.Equal(t, []string{"0 真的没办法"}, found(p, talk("没办法，真的没办法")), "the longest of the sentence")
	assert.Equal(t, []string{"0 没办法", "0 没办法", "1 没办法"}, found(p, talk("没办法。没办法", "没办法")))
	assert.True(t, p.Rules[0].OneTurn)
}

func TestForbidAfter(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法], after: {cue: problem, within: 2}}", cues)
	assert.Empty(t, found(p, talk("没办法", "客：坏了")))
	assert.Equal(t, []string{"1 没办法", "3 没办法"}, found(p, talk("客：坏了", "没办法", "客：啊", "没办法", "没办法")))
	assert.Equal(t, []string{"2 没办法"}, found(p, talk("客：坏了", "客：又坏了", "没办法")), "once, though two windows hold it")
	assert.False(t, p.Rules[0].OneTurn)

	p = oneRule(t, "forbid: {any: [没办法], after: {cue: problem}}", cues)
	assert.Equal(t, []string{"4 没办法"}, found(p, talk("客：坏了", "好", "好", "好", "没办法")), "to the end")
	f := p.Check(talk("客：坏了", "没办法"), p.Rules).Findings[0]
	must.Len(t, f.Related, 1)
	assert.Equal(t, Range{0, 0, 2, "坏了"}, f.Related[0])
}

func TestForbidCue(t *testing.T) {
	p := oneRule(t, "forbid: {cue: [sorry, hold]}", cues)
	assert.Equal(t, []string{"0 抱歉", "1 稍等"}, found(p, talk("抱歉", "稍等")))
}

func TestRequire(t *testing.T) {
	for in, cases := range map[string]map[bool][][]string{
		"opening": {
			true:  {{"您好"}, {"喂", "您好"}, {"喂", "客：喂", "客：喂", "您好", "好"}},
			false: {{"喂", "请讲", "您好"}, {"客：您好", "喂"}},
		},
		"closing": {
			true:  {{"您好"}, {"喂", "您好", "好"}},
			false: {{"您好", "好", "好"}},
		},
		"call": {
			true:  {{"喂", "好", "您好", "好", "好"}},
			false: {{"喂", "客：您好"}},
		},
		"first 3":      {true: {{"一", "二", "您好"}}, false: {{"一", "二", "三", "您好"}}},
		"last 1":       {true: {{"一", "您好"}}, false: {{"您好", "二"}}},
		"last 1 turns": {true: {{"一", "您好"}}, false: {{"您好", "客：二"}}},
	} {
		p := oneRule(t, "require: {in: "+in+", any: [您好]}")
		for said, calls := range cases {
			for _, turns := range calls {
				assert.Equal(t, said, len(found(p, talk(turns...))) == 0, "%s %q", in, turns)
			}
		}
	}
}

// Something that is missing is missing from the whole call, and comes last.
func TestRequireIsOfTheWholeCall(t *testing.T) {
	p := loaded(t, ruleYAML("a/one", "require: {in: opening, any: [您好]}")+
		"  - {id: a/two, title: 名称, severity: info, why: 原因, advice: 建议, forbid: {any: [没办法]}}\n")
	assert.Equal(t, []string{"0 没办法", "-"}, found(p, talk("没办法")))
}

func TestReply(t *testing.T) {
	within2 := "reply: {to: problem, with: sorry, within: 2}"
	for _, c := range []struct {
		kind  string
		turns []string
		want  []string
	}{
		{within2, []string{"客：坏了", "好", "客：嗯", "抱歉"}, nil},
		{within2, []string{"客：坏了", "好", "好", "抱歉"}, []string{"0 坏了"}},
		{within2, []string{"客：坏了", "好"}, []string{"0 坏了"}},
		{within2, []string{"您好", "客：坏了"}, nil}, // nobody could reply any more
		{within2, []string{"抱歉", "客：坏了", "好"}, []string{"1 坏了"}},
		{within2, []string{"客：坏了", "好", "好", "客：坏了", "好"}, []string{"0 坏了", "3 坏了"}},
		{"reply: {to: problem, with: sorry, within: 2, once: true}", []string{"客：坏了", "好", "好", "客：坏了", "好"}, []string{"0 坏了"}},
		{"reply: {to: problem, with: sorry, within: 1, once: true}", []string{"客：坏了", "抱歉", "客：坏了", "好"}, nil},
		{"reply: {to: problem, with: sorry, within: 1, before: 1}", []string{"抱歉", "客：坏了", "好"}, nil},
		{"reply: {to: problem, with: sorry, within: 1, before: 1}", []string{"抱歉", "好", "客：坏了", "好"}, []string{"2 坏了"}},
		{"reply: {to: problem, with: sorry, within: 1, skip: hold}", []string{"客：坏了", "稍等", "抱歉"}, nil},
		{"reply: {to: problem, with: sorry, within: 1, skip: hold}", []string{"客：坏了", "稍等", "好"}, []string{"0 坏了"}},
		{"reply: {to: problem, with: sorry, within: 2, settle-by: forget}", []string{"客：坏了", "好", "客：算了", "好"}, nil},
		{"reply: {to: hold, with: sorry, within: 1, same: true}", []string{"抱歉，稍等", "好"}, nil},
		{"reply: {to: hold, with: sorry, within: 1, same: true}", []string{"稍等", "好"}, []string{"0 稍等"}},
		{"reply: {to: hold, with: sorry, within: 1, same: true}", []string{"好", "稍等"}, []string{"1 稍等"}}, // it could have held the reply
	} {
		assert.Equal(t, c.want, found(oneRule(t, c.kind, cues), talk(c.turns...)), "%s %q", c.kind, c.turns)
	}
}

// The turns that could have replied belong to the finding.
func TestReplyRelated(t *testing.T) {
	p := oneRule(t, "reply: {to: problem, with: sorry, within: 2}", cues)
	f := p.Check(talk("客：坏了", "好的。", "客：嗯", "知道了"), p.Rules).Findings[0]
	must.Len(t, f.Related, 2)
	assert.Equal(t, Range{1, 0, 3, "好的。"}, f.Related[0])
	assert.Equal(t, Range{3, 0, 3, "知道了"}, f.Related[1])
}

func TestOrder(t *testing.T) {
	anywhere := "order: {first: sorry, then: explains}"
	after := "order: {first: sorry, then: explains, after: {cue: problem, within: 1}}"
	for _, c := range []struct {
		kind  string
		turns []string
		want  []string
	}{
		{anywhere, []string{"抱歉，因为下雨"}, nil},
		{anywhere, []string{"因为下雨，抱歉"}, []string{"0 因为"}},
		{anywhere, []string{"抱歉", "因为下雨"}, nil},
		{anywhere, []string{"好", "因为下雨", "抱歉"}, []string{"1 因为"}},
		{anywhere, []string{"好"}, nil},
		{after, []string{"因为下雨", "客：坏了", "抱歉，因为下雨"}, nil},
		{after, []string{"客：坏了", "因为下雨", "抱歉"}, []string{"1 因为"}},
		{after, []string{"客：坏了", "好", "因为下雨"}, nil},          // outside the window
		{after, []string{"客：坏了", "抱歉", "客：坏了", "因为下雨"}, nil}, // one episode
		{after, []string{"因为下雨"}, nil},
	} {
		assert.Equal(t, c.want, found(oneRule(t, c.kind, cues), talk(c.turns...)), "%s %q", c.kind, c.turns)
	}
}

func TestRepeat(t *testing.T) {
	slot := "repeat: {cue: asks, slot: true}"
	given := "repeat: {cue: asks, slot: true, given: answers, never: unheard}"
	told := "repeat: {cue: asks, slot: true, told: tells}"
	similar := "repeat: {min-length: 6, similar: 0.7, times: 3}"
	answered := "repeat: {min-length: 6, similar: 0.7, between: answers}"
	anew := "repeat: {min-length: 6, similar: 0.5, anew: true}"
	row := "repeat: {cue: sorry, times: 3, in-a-row: true}"
	for _, c := range []struct {
		kind  string
		turns []string
		want  []string
	}{
		{slot, []string{"订单号是多少", "手机号是多少"}, nil},
		{slot, []string{"订单号是多少", "手机号是多少", "订单号是多少"}, []string{"2 订单号是多少"}},
		{slot, []string{"客：订单号是多少", "订单号是多少"}, nil},
		{given, []string{"订单号是多少", "客：嗯", "订单号是多少"}, nil},
		{given, []string{"订单号是多少", "客：一二三", "订单号是多少"}, []string{"2 订单号是多少"}},
		{given, []string{"订单号是多少", "客：一二三", "没听清，订单号是多少"}, nil},
		{given, []string{"订单号是多少", "客：我没听清", "订单号是多少"}, nil},
		{told, []string{"客：订单号是123", "订单号是多少"}, []string{"1 订单号是多少"}},
		{told, []string{"客：手机号是123", "订单号是多少"}, nil},
		{similar, []string{"您的话费要到下个月才退", "您的话费要到下个月才退", "您的话费要到下个月才能退"}, []string{"2 您的话费要到下个月才能退"}},
		{similar, []string{"您的话费要到下个月才退", "您的话费要到下个月才退", "请您放心我们会处理的"}, nil},
		{answered, []string{"请问您什么时候方便", "客：嗯", "请问您什么时候方便"}, nil},
		{answered, []string{"请问您什么时候方便", "客：明天", "请问您什么时候方便"}, []string{"2 请问您什么时候方便"}},
		{similar, []string{"好的", "好的", "好的", "好的"}, nil},
		{anew, []string{"安徽亳州站可以送达", "客：那什么时候", "安徽亳州站可以送达"}, []string{"2 安徽亳州站可以送达"}},
		{anew, []string{"安徽亳州站可以送达", "客：重庆酉阳呢", "重庆酉阳站可以送达"}, nil},
		{row, []string{"抱歉", "客：嗯", "抱歉", "抱歉", "抱歉"}, []string{"3 抱歉"}},
		{row, []string{"抱歉", "抱歉", "好", "抱歉"}, nil},
	} {
		assert.Equal(t, c.want, found(oneRule(t, c.kind, cues), talk(c.turns...)), "%s %q", c.kind, c.turns)
	}
}

func TestSimilarity(t *testing.T) {
	same := func(a, b string) float64 {
		v := newView(&Pack{}, talk(a, b))
		return v.turns[0].bigrams().similarity(v.turns[1].bigrams())
	}
	assert.Equal(t, 1.0, same("话费下个月退", "话费，下个月退。"))
	assert.Zero(t, same("话费下个月退", "请您放心"))
	assert.Zero(t, same("", ""))
	assert.InDelta(t, 0.8, same("甲乙丙丁戊己", "甲乙丙丁戊庚"), 0.001)
}

// What is missing was due in the opening's first agent turn, in the closing's
// last one, or in the last turn that could have replied; nowhere in particular in a whole call.
func TestDue(t *testing.T) {
	due := func(p *Pack, turns ...string) any {
		f := p.Check(talk(turns...), p.Rules).Findings
		must.Len(t, f, 1)
		if f[0].Due == nil {
			return nil
		}
		return *f[0].Due
	}
	turns := []string{"客：喂", "喂", "客：在吗", "在", "客：好", "好", "客：嗯"}
	for in, want := range map[string]any{"opening": 1, "closing": 5, "call": nil, "first 1": 1, "last 1": 5, "first 2 turns": 1, "last 3 turns": 5} {
		assert.Equal(t, want, due(oneRule(t, "require: {any: [您好], in: "+in+"}"), turns...), in)
	}
	p := oneRule(t, "reply: {to: problem, with: sorry, within: 2}", cues)
	assert.Equal(t, 4, due(p, "喂", "客：坏了", "哦", "客：嗯", "好", "行"))
	assert.Equal(t, 2, due(p, "喂", "客：坏了", "哦"))
	assert.Nil(t, due(oneRule(t, "forbid: {any: [没办法]}"), "没办法"), "nothing is missing")
}
