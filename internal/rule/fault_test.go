package rule

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

// Each of these once loaded silently or ended the program.
func TestPacksThatCannotWork(t *testing.T) {
	for pack, want := range map[string]string{
		"calls: {s: {is: '!s'}}\n":                                           "refers to itself in a circle",
		"calls: {a: {is: b}, b: {is: a}}\n":                                  "refers to itself in a circle",
		"calls: {s: {hangup: custmer}}\n":                                    `did you mean "customer"?`,
		"calls: {s: {direction: inbond}}\n":                                  `did you mean "inbound"?`,
		"calls: {s: {reason: interupted}}\n":                                 `did you mean "interrupted"?`,
		"settings: {channel: chat}\ncalls: {s: {setting: {chanel: chat}}}\n": `did you mean "channel"?`,
		"cues: {app: {any: [下载APP]}}\n":                                      "write lower case",
		"cues: {app: {any: ['(?i)下载app']}}\n":                                "write lower case",
		"":                        "the file is empty",
		"pack: a\n---\npack: b\n": "one YAML document to a file",
		"cues: {c: {any: [抱歉]}}\n" + ruleYAML("a/rule", "reply: {to: c, with: c}"): "has no reply.within",
		"cues: {c: {any: [抱歉]}}\n" + ruleYAML("a/rule", "order: {first: c}"):       "has no order.then",
		ruleYAML("a/rule", "repeat: {any: [抱歉], times: 3}"):                        "has no repeat.slot/similar/in-a-row",
		"extends: pack.yaml\n":    "extends itself in a circle",
		"extends: nowhere.yaml\n": "no pack \"nowhere.yaml\" to extend",
		ruleYAML("a/rule", "forbid: {any: [没办法]}") + "change: {a/rul: {off: true}}\n":       `did you mean "a/rule"?`,
		"words: {sorry: [抱歉]}\nadd: {words: {sory: [对不住]}}\n":                               `did you mean "sorry"?`,
		"cues: {sorry: {any: [抱歉]}}\nadd: {cues: {sory: [对不住]}}\n":                          `did you mean "sorry"?`,
		"cues: {a: {any: [<b>]}, b: {any: [<a>]}}\n":                                        "refers to itself in a circle",
		ruleYAML("a/rule", "forbid: {any: [没办法]}") + "change: {a/rule: {severity: eror}}\n": `did you mean "error"?`,
	} {
		_, err := Load(fstest.MapFS{"pack.yaml": {Data: []byte(pack)}}, "pack.yaml")
		var errs strict.Errors
		if assert.ErrorAs(t, err, &errs, pack) {
			assert.Contains(t, errs.In("en"), want, pack)
		}
	}
}

func TestHousePack(t *testing.T) {
	base := `pack: base
settings: {channel: phone}
words: {sorry: [抱歉]}
cues:
  apologises: {any: ['{sorry}']}
  greets-in-chat: {any: [在的], setting: {channel: chat}}
calls: {chat: {setting: {channel: chat}}}
rules:
  - {id: a/hold, title: 稍等, severity: info, why: 不好, advice: 换, forbid: {any: [稍等], unless: {turn: [<apologises>]}}}
  - {id: a/off, title: 停用, severity: info, why: 不好, advice: 换, forbid: {any: [停用]}}
  - {id: a/chat, title: 聊天, severity: info, why: 不好, advice: 换, when: [chat], forbid: {any: [在的], unless: {turn: [<greets-in-chat>]}}}
`
	house := `pack: house
extends: base.yaml
settings: {channel: chat}
add: {words: {sorry: [对不住]}}
change:
  a/hold: {severity: error, advice: 马上办}
  a/off: {off: true}
`
	fsys := fstest.MapFS{"base.yaml": {Data: []byte(base)}, "house.yaml": {Data: []byte(house)}}
	plain, err := Load(fsys, "base.yaml")
	assert.NoError(t, err)
	assert.Len(t, plain.Rules, 2, "the settings leave the chat rule out")
	p, err := Load(fsys, "house.yaml")
	assert.NoError(t, err)
	assert.Equal(t, "house", p.Name)
	assert.Len(t, p.Rules, 2)
	hold := p.Rules[0]
	assert.Equal(t, Error, hold.Severity)
	assert.Equal(t, "马上办", hold.Advice.ZH)
	chat := p.Rules[1]
	assert.True(t, chat.OneTurn, "a sort that settings decide does not make it a rule of whole calls")
	fires := func(r *Rule, said string) bool {
		return len(p.Check(talk("坐："+said), []*Rule{r}).Findings) > 0
	}
	assert.True(t, fires(hold, "您稍等"))
	assert.False(t, fires(hold, "对不住，您稍等"), "the added word shields")
	assert.False(t, fires(chat, "在的"), "in a chat the cue is there")
}

// A rule may refuse to be waived, and a house may change that; its page says so.
func TestWaivable(t *testing.T) {
	base := "pack: base\n" + strings.Replace(ruleYAML("a/rule", "forbid: {any: [嗨]}"), "severity:", "waivable: false\n    severity:", 1) +
		strings.TrimPrefix(ruleYAML("a/other", "forbid: {any: [喂]}"), "rules:\n")
	load := func(house string) []*Rule {
		p, err := Load(fstest.MapFS{"base.yaml": {Data: []byte(base)}, "house.yaml": {Data: []byte("pack: house\nextends: base.yaml\n" + house)}}, "house.yaml")
		must.NoError(t, err)
		for _, r := range p.Rules {
			assert.Equal(t, r.Binding, strings.Contains(p.Page(r, call.EN), " · cannot be waived\n"))
		}
		return p.Rules
	}
	for house, want := range map[string][2]bool{
		"":                                       {true, false},
		"change: {a/rule: {severity: info}}\n":   {true, false},
		"change: {a/rule: {waivable: true}}\n":   {false, false},
		"change: {a/other: {waivable: false}}\n": {true, true},
	} {
		got := load(house)
		assert.Equal(t, want, [2]bool{got[0].Binding, got[1].Binding}, house)
	}
}

// A house pack says what it extends, and may not set what nobody reads.
func TestHousePackSettings(t *testing.T) {
	base := "pack: base\nsettings: {channel: phone}\n" + ruleYAML("a/rule", "forbid: {any: [嗨]}")
	load := func(house string) (*Pack, error) {
		return Load(fstest.MapFS{"base.yaml": {Data: []byte(base)}, "house.yaml": {Data: []byte("pack: house\nextends: base.yaml\n" + house)}}, "house.yaml")
	}
	p, err := load("settings: {channel: chat}\n")
	assert.NoError(t, err)
	assert.Equal(t, []string{"base"}, p.Extends)
	_, err = load("settings: {chanel: chat}\n")
	assert.Error(t, err)
	assert.Contains(t, err.Error(), "house.yaml:3:")
	assert.Contains(t, err.Error(), "channel")
}
