package rule

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// flaws are what Lint finds in a pack by one check, each "level line:column: what".
func flaws(p *Pack, check PackCheck) []string {
	var out []string
	for _, f := range p.Lint() {
		if f.Check == check {
			out = append(out, fmt.Sprintf("%s %d:%d: %s", f.Level, f.Line, f.Column, f.What.ZH))
		}
	}
	return out
}

// hasFlaw wants one flaw that holds the text, none if it is empty.
func hasFlaw(t *testing.T, p *Pack, check PackCheck, want string) {
	t.Helper()
	got := flaws(p, check)
	if want == "" {
		assert.Empty(t, got)
		return
	}
	if assert.Len(t, got, 1) {
		assert.Contains(t, got[0], want)
	}
}

// forbids is a pack that forbids phrases, written as a YAML list.
func forbids(t *testing.T, list string, more ...string) *Pack {
	return oneRule(t, "forbid: {any: "+list+"}", more...)
}

func TestLintUnmatchable(t *testing.T) {
	for list, want := range map[string]string{
		"[没办法]":                 "",
		"['没办法[啊呀]?']":          "info 8:20: 短语 没办法[啊呀]? 里的“啊”折叠后不会出现，可以删掉",
		"['没办法(啊|呀|$)']":        "可以删掉",
		"['没办法(啊|呀)']":          "warning 8:20: 短语 没办法(啊|呀) 里的“啊”折叠后不会出现，那里又非有字不可",
		"[没办法啊]":                "error 8:20: 短语 没办法啊 对不上任何文字",
		"['请 问']":               "error 8:20: 短语 请 问 对不上任何文字",
		"['我我没办法']":             "短语 我我没办法 对不上任何文字",
		"['余额不足']":              "",
		"['[^,.?!]{4,}(吗|么)$']": "",
		"['^那个$|^没办法']":         "",
		"[沒辦法]":                 "",
		"['没办法：您']":             "",
		"['《条款》']":              "短语 《条款》 对不上任何文字",
		"['win 10']":            "",
	} {
		t.Run(list, func(t *testing.T) { hasFlaw(t, forbids(t, list), CheckUnmatchable, want) })
	}
}

// Words are looked at by themselves, guards too.
func TestLintUnmatchableElsewhere(t *testing.T) {
	hasFlaw(t, forbids(t, "['没{x}']", "words: {x: [办法, 辙啊]}"), CheckUnmatchable, "词表 x 的 辙啊 里有“啊”")
	hasFlaw(t, oneRule(t, "forbid: {any: [没办法], unless: {clause: [嗯嗯]}}"), CheckUnmatchable, "短语 嗯嗯 对不上任何文字")
}

func TestLintShadowed(t *testing.T) {
	for list, want := range map[string]string{
		"[没办法, 没法子]":         "",
		"[没办法, 没辦法]":         "warning 8:25: 短语 没辦法 多余：同一线索第 8 行的 没办法 已经包括它",
		"['没有?办法', 没办法]":     "短语 没办法 多余：同一线索第 8 行的 没有?办法",
		"['没(办法|辙)', '没办法']": "短语 没办法 多余",
		"['没办法(了|的)', 没办法]":  "",
		"[没办法, 实在没办法]":       "",
		"['没…办法', 没有办法]":     "短语 没有办法 多余",
	} {
		t.Run(list, func(t *testing.T) { hasFlaw(t, forbids(t, list), CheckShadowed, want) })
	}
}

func TestLintBroad(t *testing.T) {
	for list, want := range map[string]string{
		"[滚]":          "短语 滚 太宽：只要有“滚”就对得上",
		"['滚(蛋|开)?']":  "只要有“滚”就对得上",
		"['滚(蛋|开)']":   "",
		"['^滚$']":      "",
		"['^好']":       "",
		"['(^滚|滚$)']":  "",
		"['(^滚|滚)']":   "只要有“滚”就对得上",
		"['若[^,]*']":   "只要有“若”就对得上",
		"['x{2}|没办法']": "",
		"[ok]":         "",
	} {
		t.Run(list, func(t *testing.T) { hasFlaw(t, forbids(t, list), CheckBroad, want) })
	}
}

// Two rules that forbid the same words are worse than two cues that share some.
func TestLintDuplicate(t *testing.T) {
	second := strings.TrimPrefix(ruleYAML("b/rule", "forbid: {any: [没办法]}"), "rules:\n")
	hasFlaw(t, forbids(t, "[没办法]", second), CheckDuplicate, "warning 15:20: 短语 没办法 在 a/rule 里也有（pack.yaml:8）")
	hasFlaw(t, forbids(t, "[没办法]", "cues: {stuck: {any: [没办法]}}"), CheckDuplicate, "info")
	both := strings.TrimPrefix(ruleYAML("b/rule", "forbid: {cue: stuck}"), "rules:\n")
	hasFlaw(t, forbids(t, "[没办法]", both, "cues: {stuck: {any: [没办法]}}"), CheckDuplicate, "warning")
	hasFlaw(t, forbids(t, "['没{x}']", "words: {x: [办法, 辙, 辦法]}"), CheckDuplicate, "词表 x 里 辦法 写了两次")
}

func TestLintUnused(t *testing.T) {
	p := forbids(t, "['{x}没办法']", `
settings:
  hotline: ["95566"]
  channel: phone
words:
  x: [我]
  y: [你]
calls:
  cut:
    - truncated: true
cues:
  kept:
    any: [没关系]
    setting: {channel: [chat]}
  stuck:
    title: 卡住
    any: [没法子, <kept>]`)
	assert.Equal(t, []string{
		"warning 11:3: 没有地方用到设置 hotline",
		"warning 15:3: 没有地方用到词表 y",
		"warning 17:3: 没有地方用到通话类别 cut",
		"warning 23:3: 没有地方用到线索 stuck",
	}, flaws(p, CheckUnused))
}

func TestLintNeverFires(t *testing.T) {
	cues := `
cues:
  problem: {speaker: customer, any: [扣错]}
  theirs: {speaker: agent, any: [<problem>]}
  sorry: {speaker: agent, any: [抱歉]}
calls:
  back: {direction: [callback]}
  in: {direction: [inbound]}
  answered: {is: [back], said: sorry}
  odd: {direction: [inbound], is: back}`
	for rule, want := range map[string]string{
		"forbid: {any: [没办法]}":                                          "",
		"when: [back]\n    forbid: {any: [没办法]}":                        "",
		"when: [back, in]\n    forbid: {any: [没办法]}":                    "error 2:5: 规则 a/rule 永远不会命中：没有一通电话能同时满足它的 when",
		"when: [answered, '!back']\n    forbid: {any: [没办法]}":           "没有一通电话能同时满足它的 when",
		"when: [answered, '!answered']\n    forbid: {any: [没办法]}":       "没有一通电话能同时满足它的 when",
		"when: ['!answered', back]\n    forbid: {any: [没办法]}":           "",
		"when: [odd]\n    forbid: {any: [没办法]}":                         "没有一通电话能同时满足它的 when",
		"forbid: {cue: theirs}":                                         "永远不会命中：它要找的话谁也不会说",
		"forbid: {cue: sorry, with: {turn: [<problem>]}}":               "永远不会命中：它要找的话谁也不会说",
		"forbid: {cue: sorry, with: {previous: [<problem>]}}":           "",
		"forbid: {any: [没办法啊]}":                                         "永远不会命中：它要找的话谁也不会说",
		"forbid: {any: [没办法啊, 没辙]}":                                     "",
		"require: {cue: theirs, in: opening}":                           "总会命中：它要求的话谁也不会说",
		"reply: {to: problem, with: sorry, within: 1}":                  "",
		"reply: {to: problem, with: theirs, within: 1}":                 "总会命中",
		"order: {first: sorry, then: theirs}":                           "永远不会命中",
		"repeat: {any: [没办法], in-a-row: true}":                          "",
		"repeat: {any: ['(?P<slot>户号)'], slot: true, given: sorry}":     "",
		"repeat: {any: ['户号'], slot: true, given: sorry}":               "永远不会命中",
		"forbid: {any: [没办法], after: {cue: theirs}}":                    "永远不会命中",
		"forbid: {any: [没办法], setting: {channel: [chat]}}":              "info 2:5: 按现在的设置，规则 a/rule 永远不会命中",
		"forbid: {any: [没办法], setting: {channel: [phone]}}":             "",
		"require: {any: [您好], setting: {channel: [chat]}, in: opening}": "info 2:5: 按现在的设置，规则 a/rule 总会命中",
		"require: {cue: sorry, in: opening}\n    when: [answered]":      "",
	} {
		t.Run(rule, func(t *testing.T) {
			p := oneRule(t, rule, "settings: {channel: phone}", cues)
			var got []string
			for _, f := range flaws(p, CheckNeverFires) {
				if !strings.Contains(f, "通话类别 odd") {
					got = append(got, f)
				}
			}
			if want == "" {
				assert.Empty(t, got)
			} else if assert.Len(t, got, 1) {
				assert.Contains(t, got[0], want)
			}
		})
	}
	assert.Contains(t, flaws(oneRule(t, "forbid: {any: [没办法]}", cues), CheckNeverFires)[0], "warning 18:8: 通话类别 odd 的这一条永远不成立")
}

func TestLintIdleGuards(t *testing.T) {
	withGood := func(kind, good string) string {
		return kind + "\n    test: {bad: [我没办法], good: [" + good + "]}"
	}
	list := "forbid: {any: [没办法], unless: {over: [没办法登录, 没办法联系]}}"
	hasFlaw(t, oneRule(t, withGood(list, "好的")), CheckIdleGuard, "warning 8:42: a/rule 的这个 unless 在所有例子里什么也没挡住")
	hasFlaw(t, oneRule(t, withGood(list, "没办法联系您吗")), CheckIdleGuard, "info 8:42: a/rule 的 unless 里 没办法登录 在所有例子里什么也没挡住")
	hasFlaw(t, oneRule(t, withGood(list, "没办法联系您吗, 您没办法登录吗")), CheckIdleGuard, "")
	twice := "forbid: {any: [没办法], unless: {over: [没办法登录], clause: [您]}}"
	assert.Len(t, flaws(oneRule(t, withGood(twice, "您没办法登录吗")), CheckIdleGuard), 2, "each can go as long as the other stays")
	assert.Contains(t, flaws(oneRule(t, withGood(twice, "您没办法登录吗")), CheckIdleGuard)[0], "去掉也一样")
}

// Guards of named cues and shields count by the rules that they shield.
func TestLintIdleGuardsOfCuesAndShields(t *testing.T) {
	more := `
shields: [<quoting>, <asking>]
cues:
  quoting: {any: ['客户说[^,.?!]*']}
  asking: {any: ['请问[^,.?!]*']}
  stuck: {any: [没办法], unless: {later: [<quoting>]}}`
	p := oneRule(t, "forbid: {cue: stuck}\n    test: {bad: [我没办法], good: [客户说没办法登录]}", more)
	assert.Equal(t, []string{
		"info 11:22: shields 的 unless 里 <asking> 在所有例子里什么也没挡住",
		"warning 15:40: stuck 的这个 unless 在所有例子里什么也没挡住；补一个需要它的 good 例子，或删掉它",
	}, flaws(p, CheckIdleGuard))
}

// Lint leaves the pack as it was.
func TestLintChangesNothing(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法], unless: {over: [没办法登录]}}\n    test: {bad: [我没办法], good: [您没办法登录吗]}")
	first := p.Lint()
	assert.Equal(t, first, p.Lint())
	must.Empty(t, found(p, talk("您没办法登录吗")))
}

func TestLintExamples(t *testing.T) {
	hasFlaw(t, oneRule(t, "forbid: {any: [没办法]}\n    test: {bad: [沒辦法, '嗯 没办法'], good: [好的, 沒關係]}"), CheckExamples,
		"info 2:5: 规则 a/rule 的例子：bad 2 个、good 2 个（最好各 8 个），繁体 2 个、像语音识别的 1 个")
	list := "[我没办法, 沒辦法, 沒有辦法, '嗯 没办法', 我没 办法, 没办法了, 没办法啊, 真没办法]"
	hasFlaw(t, oneRule(t, "forbid: {any: ['没有?办法']}\n    test: {bad: "+list+", good: "+list+"}"), CheckExamples, "")
}

// Of a house pack only its own files are looked at.
func TestLintHousePack(t *testing.T) {
	base := ruleYAML("a/rule", "forbid: {any: [滚]}") + "words: {x: [我]}"
	house := "extends: base.yaml\nadd: {words: {x: [您, 我]}}\n" + ruleYAML("b/rule", "forbid: {any: [嗨]}")
	p, err := Load(fstest.MapFS{"base.yaml": {Data: []byte(base)}, "house.yaml": {Data: []byte(house)}}, "house.yaml")
	must.NoError(t, err)
	for _, f := range p.Lint() {
		assert.Equal(t, "house.yaml", f.File, f.What.ZH)
	}
	hasFlaw(t, p, CheckBroad, "只要有“嗨”就对得上")
}

func TestLintQuotesTheLine(t *testing.T) {
	f := forbids(t, "[滚]").Lint()
	must.NotEmpty(t, f)
	at := 0
	for f[at].Check != CheckBroad {
		at++
	}
	assert.Equal(t, "    forbid: {any: [滚]}", f[at].Quoted)
}

func TestCensus(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法, '没(办法|辙)']}", strings.TrimPrefix(ruleYAML("b/rule", "require: {any: [您好], in: opening}"), "rules:\n"))
	one, two := p.NewCensus(), p.NewCensus()
	one.Add(talk("您好", "没办法"))
	one.Add(talk("客：没办法"))
	two.Add(talk("没辙", "客：哦", "没办法"))
	one.Merge(two)
	assert.Equal(t, []int{3, 1, 4}, []int{one.Calls, one.Unfit, one.Turns})
	assert.Equal(t, []RuleCount{{p.Rules[0], 3, 750}, {p.Rules[1], 1, 50}}, one.Rules())
	assert.Equal(t, []PhraseCount{{"a/rule", "没(办法|辙)", 3}, {"a/rule", "没办法", 2}}, one.Phrases())
}

// A census of nothing has no rates.
func TestCensusOfNothing(t *testing.T) {
	p := forbids(t, "[没办法]")
	assert.Equal(t, []RuleCount{{p.Rules[0], 0, 0}}, p.NewCensus().Rules())
	c := p.NewCensus()
	c.Add(&call.Call{RolesUnknown: true, Turns: []call.Turn{{Role: call.Unknown, Text: "没办法"}}})
	assert.Equal(t, []int{1, 1, 0}, []int{c.Calls, c.Unfit, c.Turns})
}
