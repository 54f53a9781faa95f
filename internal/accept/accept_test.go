package accept

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

const pack = `pack: tiny
rules:
  - {id: a/one, title: 一, severity: error, why: 不好, advice: 换, forbid: {any: [甲]}}
  - {id: a/two, title: 二, severity: info, why: 不好, advice: 换, forbid: {any: [乙]}}
  - {id: b/bound, title: 三, severity: error, why: 不好, advice: 换, waivable: false, forbid: {any: [丙]}}
`

// trial is a set and what it is asked for.
type trial struct {
	*Set
	t     *testing.T
	rules []*rule.Rule
	pack  *rule.Pack
}

// newTrial is a run of 2026-06-15 by the rules that are chosen, all if none is.
func newTrial(t *testing.T, chosen ...string) *trial {
	p, err := rule.Load(fstest.MapFS{"p.yaml": {Data: []byte(pack)}}, "p.yaml")
	require.NoError(t, err)
	rules, unknown := rule.Choose(p.Rules, chosen, nil)
	require.Empty(t, unknown)
	return &trial{New(p.Rules, rules, time.Date(2026, 6, 15, 23, 59, 0, 0, time.Local)), t, rules, p}
}

// waivers reads a waiver file at work/w.yaml.
func (r *trial) waivers(list string) *trial {
	require.NoError(r.t, r.ReadWaivers(filepath.FromSlash("work/w.yaml"), []byte("waivers:\n"+list)))
	return r
}

// said is a call in which the agent says so.
func said(source, id, text string) *call.Call {
	return &call.Call{ID: id, Source: source, Turns: []call.Turn{{Role: call.Agent, Text: text}, {Role: call.Customer, Text: "嗯"}}}
}

// judge judges a call: the ids of the rules whose findings are left, and what accepted the others.
func (r *trial) judge(c *call.Call) (left, accepted []string) {
	v := r.pack.Check(c, r.rules)
	r.Accept(c, &v)
	for _, f := range v.Findings {
		left = append(left, f.Rule.ID)
	}
	for _, f := range v.Suppressed {
		accepted = append(accepted, f.Rule.ID+" "+string(f.By)+" "+f.Reason)
	}
	return left, accepted
}

func (r *trial) told(whole bool) []string {
	var out []string
	for _, n := range r.Notes(whole) {
		out = append(out, n.Level.String()+" "+n.In(call.EN))
	}
	return out
}

func TestWhereAWaiverHolds(t *testing.T) {
	here, err := os.Getwd()
	require.NoError(t, err)
	fingerprint := func(c *call.Call) string {
		r := newTrial(t)
		return r.pack.Check(c, r.rules).Findings[0].Fingerprint
	}
	c := said("calls/2026-01/x.jsonl", "C[1]", "甲")
	script := said("lib.md", "HS-014", "甲")
	script.Script = true
	for _, x := range []struct {
		waiver string
		call   *call.Call
		holds  bool
	}{
		{"rule: a/one, file: calls/2026-01/x.jsonl", c, true},
		{"rule: a, file: ./calls/**", c, true},
		{"rule: a/*, file: 'calls/*/x.jsonl'", c, true},
		{"rule: a/one, file: 'calls/*.jsonl'", c, false},
		{"rule: a/one, file: x.jsonl", c, false},
		{"rule: a/one, file: ../calls/**", c, true},
		{"rule: a/one, file: '2026-*/x.jsonl'", said("work/2026-01/x.jsonl", "C1", "甲"), true},
		{"rule: a/one, file: '2026-*/x.jsonl'", said(filepath.Join(here, "work/2026-01/x.jsonl"), "C1", "甲"), true},
		{"rule: a/one, file: '2026-*/x.jsonl'", said("./work/2026-01/x.jsonl", "C1", "甲"), true},
		{"rule: a/one, file: '2026-*/x.jsonl'", said("elsewhere/2026-01/x.jsonl", "C1", "甲"), false},
		{"rule: a/one, file: '-'", said("-", "C1", "甲"), true},
		{"rule: a/two, file: calls/**", c, false},
		{"rule: [a/two, a/one], file: calls/**", c, true},
		{"rule: a/one, call: 'C[1]'", c, true},
		{"rule: a/one, call: C*", c, true},
		{"rule: a/one, call: D*", c, false},
		{"rule: a/one, call: C*, file: other/**", c, false},
		{"rule: a/one, script: C*", c, false},
		{"rule: a/one, script: HS-*", script, true},
		{"rule: a/one, call: HS-*", script, false},
		{"fingerprint: " + fingerprint(c), c, true},
		{"fingerprint: " + fingerprint(c) + ", rule: a/two", c, false},
		{"fingerprint: " + fingerprint(script), c, false},
	} {
		_, accepted := newTrial(t).waivers("  - {" + x.waiver + ", reason: 有理由}\n").judge(x.call)
		var want []string
		if x.holds {
			want = []string{"a/one waiver 有理由"}
		}
		assert.Equal(t, want, accepted, "%s in %s", x.waiver, x.call.Source)
	}
}

func TestUntil(t *testing.T) {
	for until, holds := range map[string]bool{"2026-06-15": true, "2026-06-16": true, "2026-06-14": false, "2025-12-31": false, "''": true} {
		r := newTrial(t).waivers("  - {rule: a/one, call: C1, reason: 有理由, until: " + until + "}\n")
		left, _ := r.judge(said("x", "C1", "甲"))
		assert.Equal(t, holds, left == nil, until)
		if holds {
			assert.Empty(t, r.told(true), until)
		} else {
			assert.Equal(t, []string{"warning " + filepath.FromSlash("work/w.yaml") + ":2: this waiver expired after " + until +
				" and accepts nothing any more (findings of this run that it was for: 1); correct them, give a new until, or remove it"}, r.told(true))
		}
	}
}

// Two waivers of one finding: the first answers for it, and neither is idle.
func TestFirstWaiverAnswers(t *testing.T) {
	r := newTrial(t).waivers("  - {rule: a/one, call: C1, reason: 过期, until: 2026-01-01}\n  - {rule: a/one, call: C1, reason: 先}\n  - {rule: a, call: C1, reason: 后}\n")
	_, accepted := r.judge(said("x", "C1", "甲"))
	assert.Equal(t, []string{"a/one waiver 先"}, accepted)
	assert.Len(t, r.told(true), 1)
}

func TestIdleWaivers(t *testing.T) {
	idle := "this waiver matches nothing"
	for _, x := range []struct {
		name, waiver string
		chosen       []string
		whole        bool
		want         string
	}{
		{"nothing there", "rule: a/two, call: C1", nil, true, idle},
		{"no such call", "rule: a/one, call: C7", nil, true, idle},
		{"the run ended early", "rule: a/two, call: C1", nil, false, ""},
		{"the rule was not chosen", "rule: a/two, call: C1", []string{"a/one"}, true, ""},
		{"one of its rules was not chosen", "rule: [a/two, b], call: C1", []string{"a"}, true, ""},
		{"other rules were not chosen", "rule: a/two, call: C1", []string{"a"}, true, idle},
		{"of any rule, and not all were chosen", "fingerprint: 0123456789abcdef", []string{"a"}, true, ""},
		{"of any rule", "call: C1, fingerprint: 0123456789abcdef", nil, true, idle},
		{"the file was read", "rule: a/two, file: x.jsonl", nil, true, idle},
		{"the file is there, but was not read", "rule: a/two, file: '*_test.go'", nil, true, ""},
		{"there is no such file", "rule: a/two, file: gone/*.jsonl", nil, true, idle},
		{"it is for a script, and only calls were read", "rule: a/two, script: S1", nil, true, ""},
		{"the call cannot be judged", "rule: a/two, call: C2", nil, true, ""},
		{"the name is wrong", "rule: a/tow, call: C1", nil, true, `no rule named "a/tow"; did you mean "a/two"?`},
		{"the name is wrong, whatever was read", "rule: a/tow, call: C1", []string{"b"}, false, `no rule named "a/tow"`},
	} {
		t.Run(x.name, func(t *testing.T) {
			r := newTrial(t, x.chosen...).waivers("  - {" + x.waiver + ", reason: 有理由}\n")
			r.judge(said("x.jsonl", "C1", "甲"))
			unjudged := said("y.jsonl", "C2", "甲乙")
			unjudged.RolesUnknown = true
			r.judge(unjudged)
			if x.want == "" {
				assert.Empty(t, r.told(x.whole))
				return
			}
			require.Len(t, r.told(x.whole), 1)
			assert.Contains(t, r.told(x.whole)[0], x.want)
		})
	}
}

func TestBindingRules(t *testing.T) {
	r := newTrial(t).waivers("  - {rule: [a, b], call: C1, reason: 有理由}\n  - {rule: b/bound, call: C7, reason: 有理由}\n  - {rule: b, call: C7, reason: 有理由}\n")
	c := said("x", "C1", "甲，丙")
	b := &Baseline{}
	for _, f := range r.pack.Check(c, r.rules).Findings {
		assert.Equal(t, f.Rule.ID == "a/one", b.Add(c, &f))
	}
	left, accepted := r.judge(c)
	assert.Equal(t, []string{"b/bound"}, left)
	assert.Equal(t, []string{"a/one waiver 有理由"}, accepted)
	told := r.told(true)
	require.Len(t, told, 4)
	assert.Contains(t, told[0], "error "+filepath.FromSlash("work/w.yaml")+":2: b/bound cannot be waived", "it tried")
	assert.Contains(t, told[1], ":3: b/bound cannot be waived", "it names the rule")
	assert.Contains(t, told[2], ":3: this waiver matches nothing")
	assert.Contains(t, told[3], ":4: this waiver matches nothing", "it neither names nor tried")
}

func TestInline(t *testing.T) {
	r := newTrial(t)
	first, second := said("lib.md", "S1", "甲，乙"), said("lib.md", "S1", "甲")
	r.Inline(first, []string{"a/one"}, " 培训要用 ", call.Place{Line: 3})
	r.Inline(first, nil, "没有规则", call.Place{Line: 4})
	r.Inline(first, []string{"a/two"}, " ", call.Place{Line: 5})
	r.Inline(second, []string{"a/two"}, "没有用到", call.Place{Line: 8})
	r.Inline(said("lib.md", "S9", "乙"), []string{"a/two"}, "没有检查到", call.Place{Line: 9})
	left, accepted := r.judge(first)
	assert.Equal(t, []string{"a/two"}, left)
	assert.Equal(t, []string{"a/one waiver 培训要用"}, accepted)
	left, _ = r.judge(second)
	assert.Equal(t, []string{"a/one"}, left, "a waiver is for one entry, whatever its id")
	assert.Equal(t, []string{
		"error lib.md:4: this waiver names no rule, so it accepts nothing",
		"error lib.md:5: this waiver gives no reason, so it accepts nothing; write it after --",
		"warning lib.md:8: this waiver matches nothing: no such finding is where it says; remove it, or correct its rule or place",
	}, r.told(true))
}

// baselineOf is a baseline that was written and read again.
func baselineOf(t *testing.T, r *trial, calls ...*call.Call) *Baseline {
	b := &Baseline{}
	for _, c := range calls {
		for _, f := range r.pack.Check(c, r.rules).Findings {
			b.Add(c, &f)
		}
	}
	var file bytes.Buffer
	require.NoError(t, b.Write(&file, func(v any) ([]byte, error) {
		data, err := json.Marshal(v)
		return append(data, '\n'), err
	}))
	assert.True(t, json.Valid(file.Bytes()), file.String())
	again, err := ReadBaseline("b.json", file.Bytes())
	require.NoError(t, err)
	return again
}

func TestBaselineCounts(t *testing.T) {
	r := newTrial(t)
	twice := said("x", "C1", "甲。甲。")
	r.UseBaseline(baselineOf(t, r, twice, said("x", "C2", "乙")))
	left, accepted := r.judge(said("moved", "C1", "甲。"))
	assert.Empty(t, left)
	assert.Equal(t, []string{"a/one baseline "}, accepted)
	left, accepted = r.judge(twice)
	assert.Equal(t, []string{"a/one"}, left, "one more of the same shows")
	assert.Equal(t, []string{"a/one baseline "}, accepted)
	assert.Empty(t, r.told(true), "what was not read is not corrected")
	r.judge(said("x", "C2", "好"))
	assert.Equal(t, []string{"info b.json: findings of the baseline that are corrected: 1; run zhijian baseline on the same paths again (--script for libraries) to keep it tight"}, r.told(true))
	assert.Empty(t, r.told(false))
}

func TestBaselineOfScriptsAndCalls(t *testing.T) {
	r := newTrial(t)
	script := said("x", "C1", "甲")
	script.Script = true
	b := baselineOf(t, r, script)
	findings, rules := b.Count()
	assert.Equal(t, [2]int{1, 1}, [2]int{findings, rules})
	r.UseBaseline(b)
	r.judge(said("x", "C1", "好"))
	assert.Empty(t, r.told(true), "the call is not the script, which was not read")
	script.Turns[0].Text = "好"
	r.judge(script)
	assert.Len(t, r.told(true), 1)
}

// A call that cannot be judged tells nothing of what is corrected.
func TestBaselineOfUnjudgedCall(t *testing.T) {
	r := newTrial(t)
	c := said("x", "C1", "甲")
	r.UseBaseline(baselineOf(t, r, c))
	c.RolesUnknown = true
	r.judge(c)
	assert.Empty(t, r.told(true))
}

// What a baseline accepts first does not make a waiver of the same idle.
func TestBaselineBeforeWaiver(t *testing.T) {
	r := newTrial(t).waivers("  - {rule: a/one, call: C1, reason: 有理由}\n")
	c := said("x", "C1", "甲。甲。")
	r.UseBaseline(baselineOf(t, r, said("x", "C1", "甲。")))
	left, accepted := r.judge(c)
	assert.Empty(t, left)
	assert.Equal(t, []string{"a/one baseline ", "a/one waiver 有理由"}, accepted)
	assert.Empty(t, r.told(true))
}

// A faulty file adds none of its waivers, and no fault hides another.
func TestFaultyWaiverFile(t *testing.T) {
	for file, want := range map[string]string{
		"":                       "w.yaml:1:1: the file is empty; it should have waivers",
		"waiver: []\n":           `no key named "waiver"; did you mean "waivers"?`,
		"waivers: {rule: a/one}": "w.yaml:1:10: a list is needed here, not “key: value”",
		"waivers:\n  - {rule: a/one, call: C1, reason: 好}\n  - {rule: {id: a/one}, call: C1, reason: 好}": "w.yaml:3:12: one value is wanted here, not “key: value”",
		"waivers:\n  - {rule: [[a/one]], call: C1, reason: 好}":                                           "w.yaml:2:13: one value is wanted here, not a list",
		"waivers:\n  - {rule: , call: C1, reason: 好}":                                                    "w.yaml:2:5: no rule",
		"waivers:\n  - {rule: a/one, call: , reason: 好}":                                                 "w.yaml:2:5: it does not say where",
		"waivers:\n  - {rule: a/one, call: C1, reason: 好, until: 2026-02-30}":                            `"2026-02-30" is no date`,
	} {
		r := newTrial(t)
		err := r.ReadWaivers("w.yaml", []byte(file))
		var both interface{ In(call.Lang) string }
		require.ErrorAs(t, err, &both, file)
		assert.Contains(t, both.In(call.EN), want, file)
		left, _ := r.judge(said("x", "C1", "甲"))
		assert.Equal(t, []string{"a/one"}, left)
	}
	assert.NoError(t, newTrial(t).ReadWaivers("w.yaml", []byte("waivers: []\n")))
	assert.NoError(t, newTrial(t).ReadWaivers("w.yaml", []byte("waivers:\n  - {rule: &all [a], call: C1, reason: &why 好}\n  - {rule: *all, call: C2, reason: *why}\n")))
}

func TestFaultyBaseline(t *testing.T) {
	const entry = `{"rule":"a/one","call":"C1","fingerprint":"0123456789abcdef","count":1}`
	for file, want := range map[string]string{
		"":                             "b.json:1:1: not a whole baseline (EOF)",
		"[]":                           "b.json:1:1: not a whole baseline (expected {)",
		"{}":                           "b.json:1:1: the version of a baseline should be 1, here it is 0",
		`{"version": "1"}`:             "b.json:1:2: not a whole baseline",
		`{"version": 1, "findings": {`: "b.json:1:28: not a whole baseline (expected [)",
		`{"version": 1, "findings": [` + "\n" + entry:                        "not a whole baseline",
		`{"version": 1, "findings": [` + entry + "]}\n{}":                    "b.json:2:1: not a whole baseline (more after the end)",
		`{"version": 1, "说明": 1, "findings": [` + entry + `, 3]}`:            "b.json:1:16: no key named \"说明\"",
		`{"version": 1, "findings": [` + "\n" + entry + ",\n" + entry + "]}": "b.json:3:1: fingerprint 0123456789abcdef is there twice",
	} {
		_, err := ReadBaseline("b.json", []byte(file))
		var both interface{ In(call.Lang) string }
		require.ErrorAs(t, err, &both, file)
		assert.Contains(t, both.In(call.EN), want, file)
	}
	_, err := ReadBaseline("b.json", []byte("{\"findings\":\r\n [\t"+entry+"], \"version\" : 1 }\r\n"))
	assert.NoError(t, err, "however a tool has laid it out")
}
