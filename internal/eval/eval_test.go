package eval

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// A rule for every way in which eval treats rules: by what they judge and how grave they are.
const packText = `
pack: small
version: 1.0.0
title: 小
cues:
  asks: {speaker: customer, any: [退钱]}
calls:
  callback: {direction: callback}
rules:
  - {id: say/never, title: 甲, severity: error, why: 不行, advice: 别说, forbid: {any: [甲乙]}, test: {bad: [甲乙, 甲乙], good: [好, 好]}}
  - {id: say/soft, title: 乙, severity: info, why: 不行, advice: 别说, forbid: {any: [丙丁]}, test: {bad: [丙丁, 丙丁], good: [好, 好]}}
  - {id: wait/soft, title: 丙, severity: info, why: 不行, advice: 别说, forbid: {any: [稍等]}, test: {bad: [稍等, 稍等], good: [好, 好]}}
  - id: back/never
    title: 丁
    severity: error
    why: 不行
    advice: 别说
    when: callback
    forbid: {any: [密码]}
    test: {bad: [{says: 密码, direction: callback}, {says: 报密码, direction: callback}], good: [好, 好]}
  - id: after/never
    title: 戊
    severity: error
    why: 不行
    advice: 别说
    forbid: {any: [不退], after: {cue: asks}}
    test: {bad: [客：退钱 / 坐：不退, 客：退钱 / 坐：不退啊], good: [好, 好]}
  - {id: end/bye, title: 己, severity: warning, why: 不行, message: 没有再见, advice: 说, require: {any: [再见], in: closing}, test: {bad: [{says: 好, whole: true}, {says: 您好, whole: true}], good: [再见, 再见]}}
`

func pack(t *testing.T) *rule.Pack {
	p, err := rule.Load(fstest.MapFS{"small.yaml": {Data: []byte(packText)}}, "small.yaml")
	require.NoError(t, err)
	return p
}

// sheet marks the items of a file, calls being those of its Elsewhere items.
func sheet(t *testing.T, f *File, c Choice, calls ...*call.Call) *Sheet {
	p := pack(t)
	scope, unknown := NewScope([]*File{f}, p.Rules, c)
	require.Empty(t, unknown)
	s := NewSheet(scope)
	for _, it := range f.Items {
		for _, k := range calls {
			if it.Shape == Elsewhere && it.ID == k.ID {
				it.Call = k
			}
		}
		if it.Call != nil {
			v := p.Check(it.Call, p.Rules)
			s.Mark(it, v.Findings, v.NotEvaluated)
		}
	}
	return s
}

func read(t *testing.T, lines ...string) *File {
	f := Read(t.Context(), "l.jsonl", []byte(strings.Join(lines, "\n")))
	require.Empty(t, f.Problems)
	return f
}

func tallies(s *Sheet) map[string]Tally {
	out := map[string]Tally{}
	for _, id := range s.Rules() {
		out[id] = s.Of(id)
	}
	return out
}

func TestTurnItems(t *testing.T) {
	for name, test := range map[string]struct {
		line string
		want map[string]Tally
	}{
		"a hit counts once however often it fires": {`{"text":"甲乙。甲乙。","violates":["say/never"]}`, map[string]Tally{"say/never": {TP: 1}}},
		"a false alarm":                               {`{"text":"甲乙","violates":[]}`, map[string]Tally{"say/never": {FP: 1}}},
		"a miss":                                      {`{"text":"好","violates":["say/never"]}`, map[string]Tally{"say/never": {FN: 1}}},
		"allowed":                                     {`{"text":"甲乙","violates":[],"allow":["say/never"]}`, map[string]Tally{}},
		"allowed and silent":                          {`{"text":"好","violates":[],"allow":["say/never"]}`, map[string]Tally{}},
		"info that is not named":                      {`{"text":"丙丁","violates":[]}`, map[string]Tally{}},
		"info that is named":                          {`{"text":"丙丁","violates":["say/soft"]}`, map[string]Tally{"say/soft": {TP: 1}}},
		"info that is named and silent":               {`{"text":"好","violates":["say/soft"]}`, map[string]Tally{"say/soft": {FN: 1}}},
		"info that turns label completely":            {`{"text":"稍等","violates":[]}`, map[string]Tally{"wait/soft": {FP: 1}}},
		"a rule of a sort of call":                    {`{"text":"密码","direction":"callback","violates":[]}`, map[string]Tally{"back/never": {FP: 1}}},
		"the same in another sort":                    {`{"text":"密码","direction":"inbound","violates":[]}`, map[string]Tally{}},
		"a rule of whole calls is not looked at":      {`{"text":"好","violates":[]}`, map[string]Tally{}},
		"a label that is not sure and fires is a hit": {`{"text":"甲乙","violates":[{"rule":"say/never","sure":false}]}`, map[string]Tally{"say/never": {TP: 1}}},
		"a label that is not sure may be silent":      {`{"text":"好","violates":[{"rule":"say/never","sure":false}]}`, map[string]Tally{}},
	} {
		t.Run(name, func(t *testing.T) {
			s := sheet(t, read(t, test.line), Choice{Closed: []string{"wait"}})
			assert.Equal(t, test.want, tallies(s))
			assert.Equal(t, s.Micro().FP+s.Micro().FN == 0, s.Exact == 1)
		})
	}
}

func TestCallItems(t *testing.T) {
	const turns = `"turns":[{"role":"customer","text":"退钱"},{"role":"agent","text":"不退，稍等，丙丁"}]`
	for name, test := range map[string]struct {
		line string
		want map[string]Tally
	}{
		"all but info":                          {`{"id":"1",` + turns + `,"expect":[]}`, map[string]Tally{"after/never": {FP: 1}, "end/bye": {FP: 1}}},
		"labels with and without turn":          {`{"id":"1",` + turns + `,"expect":[{"rule":"after/never","turn":1},"end/bye"]}`, map[string]Tally{"after/never": {TP: 1}, "end/bye": {TP: 1}}},
		"info that is expected":                 {`{"id":"1",` + turns + `,"expect":["after/never","end/bye"],"expect_info":["say/soft"]}`, map[string]Tally{"after/never": {TP: 1}, "end/bye": {TP: 1}, "say/soft": {TP: 1}}},
		"a rule labelled twice is one miss":     {`{"id":"1",` + turns + `,"expect":["after/never","end/bye","say/never",{"rule":"say/never","turn":1}]}`, map[string]Tally{"after/never": {TP: 1}, "end/bye": {TP: 1}, "say/never": {FN: 1}}},
		"a line may say which rules count":      {`{"labelled":["say","wait/*"]}` + "\n" + `{"id":"1",` + turns + `,"expect":[]}`, map[string]Tally{"say/soft": {FP: 1}, "wait/soft": {FP: 1}}},
		"none of them is looked at if it is []": {`{"labelled":[]}` + "\n" + `{"id":"1",` + turns + `,"expect":[]}`, map[string]Tally{}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, tallies(sheet(t, read(t, test.line), Choice{}))) })
	}
}

func TestElsewhereItems(t *testing.T) {
	k := &call.Call{ID: "7", Turns: []call.Turn{{Role: call.Agent, Text: "甲乙，丙丁"}}}
	other := `{"id":"8","expect":["say/soft"]}`
	for name, test := range map[string]struct {
		lines  []string
		choice Choice
		want   map[string]Tally
	}{
		"only what the file names":      {[]string{`{"id":"7","expect":["say/never"]}`}, Choice{}, map[string]Tally{"say/never": {TP: 1}}},
		"in any item, of any severity":  {[]string{`{"id":"7","expect":["say/never"]}`, other}, Choice{}, map[string]Tally{"say/never": {TP: 1}, "say/soft": {FP: 1}}},
		"or what is selected":           {[]string{`{"id":7,"expect":[]}`}, Choice{Select: []string{"say", "end/*"}}, map[string]Tally{"say/never": {FP: 1}, "say/soft": {FP: 1}, "end/bye": {FP: 1}}},
		"or what the first line says":   {[]string{`{"labelled":["end"]}`, `{"id":"7","expect":[]}`}, Choice{}, map[string]Tally{"end/bye": {FP: 1}}},
		"without what is ignored":       {[]string{`{"id":"7","expect":["say/never"]}`, other}, Choice{Ignore: []string{"say/soft"}}, map[string]Tally{"say/never": {TP: 1}}},
		"a label left out is no miss":   {[]string{`{"id":"7","expect":["wait/soft"]}`}, Choice{Select: []string{"end"}}, map[string]Tally{"end/bye": {FP: 1}}},
		"a sure label makes it a miss":  {[]string{`{"id":"7","expect":[{"rule":"wait/soft","sure":false},{"rule":"wait/soft"}]}`}, Choice{}, map[string]Tally{"wait/soft": {FN: 1}}},
		"a call that is not there":      {[]string{`{"id":"9","expect":["say/never"]}`}, Choice{}, map[string]Tally{}},
		"one labelled, not one missing": {[]string{`{"id":"9","expect":["say/never"]}`, `{"id":"7","expect":[]}`}, Choice{}, map[string]Tally{"say/never": {FP: 1}}},
	} {
		t.Run(name, func(t *testing.T) {
			f := read(t, test.lines...)
			assert.Equal(t, test.want, tallies(sheet(t, f, test.choice, k)))
			says := f.Labelled != nil || test.choice.Select != nil
			assert.Equal(t, says, len(f.Problems) == 0, "the default is told")
		})
	}
}

func TestJudgesTurn(t *testing.T) {
	want := map[string]bool{"say/never": true, "say/soft": true, "wait/soft": true, "back/never": true, "after/never": false, "end/bye": false}
	for _, r := range pack(t).Rules {
		assert.Equal(t, want[r.ID], JudgesTurn(r), r.ID)
	}
}

// A label of a rule that no pack has is a miss and a problem, once per rule.
func TestUnknownRules(t *testing.T) {
	f := read(t, `{"text":"好","violates":["say/nevr"]}`, `{"text":"好","violates":["say/nevr"]}`, `{"text":"好","violates":["end/bye"]}`)
	s := sheet(t, f, Choice{})
	assert.Equal(t, map[string]Tally{"say/nevr": {FN: 2}, "end/bye": {FN: 1}}, tallies(s))
	assert.False(t, s.Known("say/nevr"))
	assert.Equal(t, "there is no such rule", s.Wrong()[1].Note.EN)
	require.Len(t, f.Problems, 2)
	assert.Equal(t, `l.jsonl:1: #1: no rule is called "say/nevr", so it counts as a miss; did you mean "say/never"?`, f.Problems[0].In(call.EN))
	assert.Equal(t, "l.jsonl:3: #3: end/bye judges whole calls and never fires on one turn, so it counts as a miss", f.Problems[1].In(call.EN))
	assert.True(t, f.Problems[0].Fatal)

	f = read(t, `{"text":"好","violates":["say/nevr"]}`)
	assert.Empty(t, tallies(sheet(t, f, Choice{Ignore: []string{"say/nevr"}})))
	assert.Empty(t, f.Problems, "what is ignored is no problem")
}

func TestLabelledLine(t *testing.T) {
	f := read(t, `{"labelled":["say","sya"]}`, `{"text":"甲乙","violates":["wait/soft"]}`)
	assert.Equal(t, map[string]Tally{"say/never": {FP: 1}}, tallies(sheet(t, f, Choice{})))
	require.Len(t, f.Problems, 2)
	assert.Contains(t, f.Problems[0].In(call.EN), "l.jsonl:1: ")
	assert.Equal(t, "l.jsonl:2: #2: wait/soft is not in labelled of this file, so it does not count", f.Problems[1].In(call.EN))
}

func TestWrongIsQuoted(t *testing.T) {
	s := sheet(t, read(t,
		`{"id":"A","text":"好","violates":["say/soft"]}`,
		`{"id":"B","text":"说甲乙","violates":[]}`,
		`{"id":"C","turns":[{"role":"agent","text":"您好"},{"role":"customer","text":"退钱"}],"expect":[{"rule":"after/never","turn":1}]}`), Choice{})
	w := s.Wrong()
	require.Len(t, w, 4)
	assert.Equal(t, Place{Turn: -1, Message: call.Say{ZH: "没有再见", EN: "没有再见"}}, w[0].At)
	assert.Equal(t, Place{Turn: 0, Role: call.Agent, Text: "说甲乙", Start: 1, End: 3, Message: w[1].At.Message}, w[1].At)
	assert.Equal(t, "坐席说了“甲乙”。", w[1].At.Message.ZH)
	assert.Equal(t, Place{Turn: 1, Role: call.Customer, Text: "退钱"}, w[2].At)
	assert.Equal(t, Place{Turn: 0, Role: call.Agent, Text: "好"}, w[3].At)
	assert.Equal(t, []bool{false, false, true, true}, []bool{w[0].Miss, w[1].Miss, w[2].Miss, w[3].Miss})
}

func TestFigures(t *testing.T) {
	assert.Equal(t, []float64{0.75, 0.6, 2 * 0.75 * 0.6 / 1.35}, []float64{Tally{3, 1, 2}.Precision(), Tally{3, 1, 2}.Recall(), Tally{3, 1, 2}.F1()})
	assert.True(t, math.IsNaN(Tally{FN: 1}.Precision()))
	assert.True(t, math.IsNaN(Tally{FP: 1}.Recall()))
	assert.Zero(t, Tally{FN: 1}.F1())
	assert.True(t, math.IsNaN(Tally{}.F1()))
}

func TestDiff(t *testing.T) {
	p, q := pack(t), pack(t)
	f := read(t, `{"id":"A","text":"甲乙，稍等","violates":["say/never"]}`)
	scope, _ := NewScope([]*File{f}, p.Rules, Choice{})
	it := f.Items[0]
	all := p.Check(it.Call, p.Rules).Findings
	assert.Empty(t, scope.Diff(it, all, q.Check(it.Call, q.Rules).Findings), "the same pack loaded twice")
	d := scope.Diff(it, all, nil)
	require.Len(t, d, 2, "not what judges whole calls")
	assert.Equal(t, []Verdict{Right, Open}, []Verdict{d[0].Labels, d[1].Labels})
	bare := scope.Diff(BareItem(it.Call), all, nil)
	require.Len(t, bare, 3)
	assert.Equal(t, Open, bare[0].Labels)
	none := read(t, `{"id":"A","text":"甲乙","violates":[]}`)
	scope, _ = NewScope([]*File{none}, p.Rules, Choice{})
	assert.Equal(t, False, scope.Diff(none.Items[0], all, nil)[0].Labels)
}

// A file in another encoding, or with nothing but broken lines, is given up.
func TestReadGivesUp(t *testing.T) {
	f := Read(t.Context(), "l.jsonl", []byte("\xff\xfe{"))
	require.Len(t, f.Problems, 1)
	assert.Equal(t, "l.jsonl: it is not UTF-8; save it as UTF-8", f.Problems[0].In(call.EN))
	f = Read(t.Context(), "l.jsonl", []byte(strings.Repeat("[1]\n", 100)))
	assert.Len(t, f.Problems, maxBroken+1)
	assert.Equal(t, "l.jsonl:21: too many broken lines; the rest is not read", f.Problems[maxBroken].In(call.EN))
}

// Lines keep their numbers whatever stands between them.
func TestLinesOfCalls(t *testing.T) {
	f := Read(t.Context(), "l.jsonl", []byte("\uFEFF\r\n\r\n{\"id\":\"8\",\"expect\":[]}\r\n{\"text\":\"好\",\"violates\":[]}\r\n\r\n"+
		`{"id":9,"turns":[{"role":"customer","text":"好"}],"expect":[{"rule":"say/never","turn":4}]}`))
	require.Len(t, f.Items, 3)
	assert.Equal(t, []int{3, 4, 6}, []int{f.Items[0].Line, f.Items[1].Line, f.Items[2].Line})
	assert.Equal(t, "9", f.Items[2].Call.ID)
	require.NotEmpty(t, f.Problems)
	for _, p := range f.Problems {
		assert.Equal(t, 6, p.Line, p.In(call.EN))
	}
	assert.Contains(t, f.Problems[len(f.Problems)-1].In(call.EN), "labelled at turn 4, counted from 0; the call has 1")
}
