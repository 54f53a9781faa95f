package rule

import (
	"testing"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

func TestExampleForms(t *testing.T) {
	p := oneRule(t, `forbid: {any: [没办法]}
    test:
      bad:
        - 没办法
        - 客：怎么办 / 坐：没办法 / 他：嗯
      good:
        - {says: 您好, direction: callback, reason: research, hangup: dropped, whole: true}
        - 时间：三点`)
	bad, good := p.Rules[0].Bad(), p.Rules[0].Good()
	assert.Equal(t, []call.Turn{{Role: call.Agent, Text: "没办法"}}, bad[0].Call.Turns)
	assert.True(t, bad[0].OneTurn)
	assert.True(t, bad[0].Call.Truncated, "an excerpt")
	assert.Equal(t, []call.Turn{{Role: call.Customer, Text: "怎么办"}, {Role: call.Agent, Text: "没办法"}, {Role: call.Other, Text: "嗯"}}, bad[1].Call.Turns)
	assert.False(t, bad[1].OneTurn)
	assert.Equal(t, call.Callback, good[0].Call.Direction)
	assert.Equal(t, "research", good[0].Call.CallbackReason)
	assert.Equal(t, call.Dropped, good[0].Call.Hangup)
	assert.False(t, good[0].OneTurn, "a whole call, however short")
	assert.False(t, good[0].Call.Truncated)
	assert.Equal(t, "时间：三点", good[1].Call.Turns[0].Text, "no mark of a speaker")
}

// A pack passes its test only if its examples show what its rules promise.
func TestPackTest(t *testing.T) {
	other := "\n  - {id: b/other, title: 名称, severity: info, why: 原因, advice: 建议, forbid: {any: [不知道]}, test: {bad: [不知道, 不知道啊], good: [好, 行]}}\n"
	for _, c := range []struct{ test, want string }{
		{"{bad: [没办法, 真没办法], good: [有办法, 好]}", ""},
		{"{bad: [没办法], good: [有办法, 好]}", `pack.yaml:2:5: rule a/rule needs at least 2 bad and 2 good examples, it has 1 and 2
     2 |   - id: a/rule`},
		{"{bad: [没办法, 没法子], good: [有办法, 好]}", `pack.yaml:9:23: rule a/rule does not fire on its bad example: 没法子
     9 |     test: {bad: [没办法, 没法子], good: [有办法, 好]}`},
		{"{bad: [没办法, 真没办法], good: [有办法, 没办法了]}", `pack.yaml:9:42: a good example of a/rule fires a/rule（没办法）: 没办法了
     9 |     test: {bad: [没办法, 真没办法], good: [有办法, 没办法了]}`},
		{"{bad: [没办法, 真没办法], good: [有办法, 不知道]}", `pack.yaml:9:42: a good example of a/rule fires b/other（不知道）: 不知道
     9 |     test: {bad: [没办法, 真没办法], good: [有办法, 不知道]}`},
	} {
		err := oneRule(t, "forbid: {any: [没办法]}\n    test: "+c.test, other).Test()
		if c.want == "" {
			assert.NoError(t, err)
			continue
		}
		var errs strict.Errors
		must.ErrorAs(t, err, &errs, c.test)
		assert.Equal(t, c.want, errs.In(call.EN))
	}
}

// A single good sentence is judged by the rules of one turn: it is no call without a greeting.
func TestOneTurnExamples(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法]}\n    test: {bad: [没办法, 真没办法], good: [有办法, 好]}",
		"  - {id: b/greeting, title: 名称, severity: info, why: 原因, advice: 建议, message: 消息, require: {in: opening, any: [您好]}, test: {bad: [客：喂 / 坐：喂, 客：在吗 / 坐：在], good: [客：喂 / 坐：您好, 客：在吗 / 坐：您好]}}\n")
	assert.NoError(t, p.Test())
}

func TestPage(t *testing.T) {
	p := loaded(t, `documents: {UNI: {title: 沟通技巧, issuer: 培训组, date: "2014-06"}}
rules:
  - id: a/rule
    title: {zh: 无能为力, en: Helplessness}
    severity: warning
    why: {zh: 原因, en: Reason}
    advice: {zh: 建议, en: Advice}
    limits: {zh: 看不到语气, en: It cannot hear}
    source: [{doc: UNI, says: 我也没办法}]
    forbid: {any: [没办法]}
    test: {bad: [没办法, {says: 没法子, direction: callback, hangup: customer}], good: [有办法]}
`)
	assert.Equal(t, `# a/rule Helplessness

Severity: warning · Kind: must not be said · looks at one turn, applies to script libraries too

## Why

Reason

## Say instead

Advice

## What it promises and what it cannot see

It cannot hear

## Source

- UNI《沟通技巧》，培训组，2014-06
  > 我也没办法

## Breaks the rule

- 没办法
- (callback, customer hung up) 没法子

## Keeps the rule

- 有办法
`, p.Page(p.Rules[0], call.EN))
	assert.Contains(t, p.Page(p.Rules[0], call.ZH), "# a/rule 无能为力\n\n级别：警告 · 判断：不能说 · 看一句话，也用于话术库\n")
}
