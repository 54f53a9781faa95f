package rule

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/strict"
	"github.com/zhijian-qa/zhijian/rules"
)

// What is wrong with a pack is told with its place, its line and a guess.
func TestFaults(t *testing.T) {
	forbid := func(kind string) string { return ruleYAML("a/rule", kind) }
	for _, c := range []struct{ yaml, want string }{
		{"pack: p\nruls: []\n", `pack.yaml:2:1: no key named "ruls"; did you mean "rules"?
     2 | ruls: []`},
		{"cues:\n  sorry: {any: [抱歉], speeker: agent}\n", `pack.yaml:2:22: no key named "speeker"; did you mean "speaker"?
     2 |   sorry: {any: [抱歉], speeker: agent}`},
		{"cues: {sorry: {any: [抱歉], speaker: agnt}}\n", `pack.yaml:1:15: no speaker named "agnt"; did you mean "agent"?
     1 | cues: {sorry: {any: [抱歉], speaker: agnt}}`},
		{"cues: {sorry: {any: [<sory>]}, sorry2: {any: [抱歉]}}\n", `pack.yaml:1:22: no cue named "sory"; did you mean "sorry"?
     1 | cues: {sorry: {any: [<sory>]}, sorry2: {any: [抱歉]}}`},
		{"words: {sorry: [抱歉]}\ncues:\n  s:\n    any:\n      - '{sory}'\n", `pack.yaml:5:9: no word list named "sory"; did you mean "sorry"?
     5 |       - '{sory}'`},
		{forbid("forbid: {any: [没办法], unless: {befor: [抱歉]}}"), `pack.yaml:8:43: no scope named "befor"; did you mean "before"?
     8 |     forbid: {any: [没办法], unless: {befor: [抱歉]}}`},
		{forbid("forbid: {any: [没办法]}\n    when: [calback]") + "calls: {callback: {direction: callback}}\n",
			`pack.yaml:9:12: no sort of call named "calback"; did you mean "callback"?
     9 |     when: [calback]`},
		{"calls: {a: {is: '!b'}}\n", `pack.yaml:1:17: no sort of call named "b"
     1 | calls: {a: {is: '!b'}}`},
		{"calls: {a: {said: s, in: openning}}\ncues: {s: {any: [抱歉]}}\n", `pack.yaml:1:12: no part of a call named "openning"; did you mean "opening"?
     1 | calls: {a: {said: s, in: openning}}`},
		{forbid("require: {any: [您好], in: begin}"), `pack.yaml:2:5: no part of a call named "begin"
     2 |   - id: a/rule`},
		{forbid("forbid: {any: [没办法]}\n    require: {any: [您好]}"), `pack.yaml:2:5: rule a/rule must name exactly one of forbid, require, reply, order, repeat, timing, followup, library; this names 2
     2 |   - id: a/rule`},
		{forbid("forbid: {any: []}"), `pack.yaml:2:5: no phrases (any) here, so it can never be found
     2 |   - id: a/rule`},
		{forbid("forbid: {any: ['.*']}"), `pack.yaml:2:5: phrase ".*" has no text that every match holds, so it would run on every turn; spell out at least one character
     2 |   - id: a/rule`},
		{forbid("forbid: {any: ['没(办法']}"), "pack.yaml:8:20: phrase \"没(办法\" is not a regular expression: error parsing regexp: missing closing ): `没(?:办法`\n     8 |     forbid: {any: ['没(办法']}"},
		{strings.Replace(forbid("forbid: {any: [没办法]}"), "severity: error", "severity: eror", 1), `pack.yaml:4:15: no severity named "eror"; did you mean "error"?
     4 |     severity: eror`},
		{strings.Replace(forbid("forbid: {any: [没办法]}"), "a/rule", "Rule", 1), `pack.yaml:2:5: rule id "Rule" is not of the form family/name in lower case, such as wording/helpless
     2 |   - id: Rule`},
		{strings.Replace(forbid("forbid: {any: [没办法]}"), "    why: 原因\n", "", 1), `pack.yaml:2:5: rule a/rule has no why
     2 |   - id: a/rule`},
		{forbid("forbid: {any: [没办法]}\n    source: [{doc: UNJ, says: 原文}]") + "documents: {UNI: {title: 文件}}\n",
			`pack.yaml:9:20: no document named "UNJ"; did you mean "UNI"?
     9 |     source: [{doc: UNJ, says: 原文}]`},
		{"cues:\n  a: {any: [<b>]}\n  b: {any: [<a>]}\n", `pack.yaml:2:6: cue "a" refers to itself in a circle
     2 |   a: {any: [<b>]}`},
		{"words: {w: ['{w}']}\ncues: {a: {any: ['{w}']}}\n", `pack.yaml:2:18: word list "w" refers to itself
     2 | cues: {a: {any: ['{w}']}}`},
		{"words: {w: [一]}\nsettings: {w: [二]}\n", `pack.yaml:1:13: "w" is defined twice
     1 | words: {w: [一]}`},
		{"pack: [\n", `pack.yaml:1:1: not proper YAML: did not find expected node content
     1 | pack: [`},
		{"rules: 3\n", "pack.yaml:1:8: a list is needed here, not “3”\n     1 | rules: 3"},
	} {
		_, err := load(c.yaml)
		var errs strict.Errors
		must.ErrorAs(t, err, &errs, c.yaml)
		assert.Equal(t, c.want, errs.In(call.EN), c.yaml)
	}
}

// All faults come at once, in the order of the lines.
func TestAllFaultsAtOnce(t *testing.T) {
	_, err := load("cues:\n  a: {any: [<b>]}\n  c: {any: ['{d}']}\ncalls: {e: {is: f}}\n")
	var errs strict.Errors
	must.ErrorAs(t, err, &errs)
	var lines []int
	for _, e := range errs {
		lines = append(lines, e.Line)
	}
	assert.Contains(t, lines, 2)
	assert.Contains(t, lines, 3)
	assert.Contains(t, lines, 4)
	assert.IsNonDecreasing(t, lines)
	assert.Equal(t, errs.In(call.ZH), err.Error())
	assert.Contains(t, err.Error(), "没有叫 \"b\" 的线索")
}

func TestDuplicateRule(t *testing.T) {
	rule := ruleYAML("a/rule", "forbid: {any: [没办法]}")
	_, err := load(rule + strings.TrimPrefix(rule, "rules:\n"))
	must.Error(t, err)
	assert.Contains(t, err.Error(), "定义了两次")
}

// The files of a folder are one pack, whatever refers to what.
func TestFolder(t *testing.T) {
	fsys := fstest.MapFS{
		"p/1.yaml":     {Data: []byte(ruleYAML("a/one", "forbid: {cue: helpless}"))},
		"p/2.yaml":     {Data: []byte("pack: folder\nversion: 1.2.3\nwords: {way: [办法]}\ncues: {helpless: {any: ['没{way}']}}\n")},
		"p/notes.text": {Data: []byte("no pack")},
	}
	p, err := Load(fsys, "p")
	must.NoError(t, err)
	assert.Equal(t, "folder 1.2.3", p.Name+" "+p.Version)
	assert.Equal(t, []string{"0 没办法"}, found(p, talk("没办法")))

	fsys["p/1.yaml"].Data = append(fsys["p/1.yaml"].Data, "cues: {x: {any: [<y>]}}\n"...)
	_, err = Load(fsys, "p")
	var errs strict.Errors
	must.ErrorAs(t, err, &errs)
	assert.Equal(t, "p/1.yaml", errs[0].File, "a fault names its own file")
}

func TestNothingToLoad(t *testing.T) {
	_, err := Load(fstest.MapFS{}, "none.yaml")
	assert.True(t, errors.Is(err, fs.ErrNotExist))
	_, err = Load(fstest.MapFS{"p/notes.txt": {}}, "p")
	assert.ErrorContains(t, err, "no *.yaml pack")
}

// A scalar stands for a list of one, and for Chinese only.
func TestShortForms(t *testing.T) {
	p := loaded(t, ruleYAML("a/rule", "forbid: {any: 没办法}"))
	assert.Equal(t, call.Say{ZH: "名称"}, p.Rules[0].Title)
	assert.NotEmpty(t, found(p, talk("没办法")))
	p = loaded(t, strings.Replace(ruleYAML("a/rule", "forbid: {any: 没办法}"), "名称", "{zh: 名称, en: Title}", 1))
	assert.Equal(t, call.Say{ZH: "名称", EN: "Title"}, p.Rules[0].Title)
}

// The pack inside zhijian loads; its own examples are the step "packs" of .ci/run.
func TestBuiltIn(t *testing.T) {
	p, err := Load(rules.FS, "documents")
	must.NoError(t, err)
	must.NoError(t, p.Test())
	for _, r := range p.Rules {
		assert.NotEmpty(t, r.Sources, r.ID)
		assert.NotEmpty(t, r.Title.EN, r.ID)
		assert.NotEmpty(t, r.Why.EN, r.ID)
		assert.NotEmpty(t, r.Advice.EN, r.ID)
		for _, s := range r.Sources {
			assert.NotEmpty(t, s.Says, r.ID)
		}
	}
}

// No pack makes Load, or a check by what it loads, panic.
func FuzzLoad(f *testing.F) {
	f.Add(ruleYAML("a/rule", "forbid: {any: ['没(有)?…办法', <x>], unless: {before: [抱歉], heard: ['{w}']}}") + "words: {w: [一, '{w}']}\ncues: {x: {any: ['(?P<slot>a)']}}\n")
	f.Add(ruleYAML("a/rule", "reply: {to: x, with: x, within: 2, same: true}\n    when: '!s'") + "cues: {x: {min-length: 1}}\ncalls: {s: {said: x, in: first 2 turns, is: '!t'}, t: {truncated: true}}\n")
	f.Add(ruleYAML("a/rule", "repeat: {cue: x, slot: true, similar: 0.5, times: -1}") + "cues: {x: {any: [&a 办法, *a]}}\n")
	f.Add(ruleYAML("a/rule", "order: {first: x, then: y, after: {cue: x}}") + "cues: {x: &x {any: [<y>]}, y: *x}\n")
	f.Add("pack: &a [*a]\n")
	f.Add("settings: 3\nshields: [<a>]\nrules: [{test: {bad: [{says: 客：a / 坐：b}], good: 3}}]\n")
	f.Fuzz(func(t *testing.T, yaml string) {
		p, err := load(yaml)
		if err != nil {
			_ = err.Error()
			return
		}
		p.Check(talk("抱歉，没有办法", "客：嗯 a", "没有办法"), p.Rules)
		for _, r := range p.Rules {
			p.Page(r, call.EN)
		}
		_ = p.Test()
	})
}
