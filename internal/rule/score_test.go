package rule

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"
)

const scoreYAML = `pack: base
score:
  start: 100
  points: {error: 10, warning: 4, info: 1}
  cap: 2
  grades: {A: 90, B: 80, C: 60, D: 0}
rules:
  - {id: a/error, title: 错, severity: error, why: 原因, advice: 建议, forbid: {any: [甲]}}
  - {id: a/warning, title: 警, severity: warning, why: 原因, advice: 建议, forbid: {any: [乙]}}
  - {id: a/info, title: 提, severity: info, why: 原因, advice: 建议, forbid: {any: [丙]}}
  - {id: a/dear, title: 贵, severity: info, why: 原因, advice: 建议, points: 25, cap: 0, forbid: {any: [丁]}}
  - {id: a/fatal, title: 否决, severity: warning, why: 原因, advice: 建议, fatal: true, forbid: {any: [戊]}}
  - {id: a/free, title: 不扣, severity: error, why: 原因, advice: 建议, points: 0, forbid: {any: [己]}}
`

// scored is a score as "points grade: rule count/counted×points=total", ! for fatal.
func scored(p *Pack, turns ...string) string {
	s := p.Scale.Score(p.Check(talk(turns...), p.Rules).Findings)
	parts := []string{fmt.Sprintf("%d %s:", s.Points, s.Grade.Name)}
	for _, d := range s.Deductions {
		mark := ""
		if d.Fatal {
			mark = "!"
		}
		parts = append(parts, fmt.Sprintf("%s%s %d/%d×%d=%d", d.Rule.ID, mark, d.Count, d.Counted, d.Points, d.Total))
	}
	return strings.Join(parts, " ")
}

func TestScore(t *testing.T) {
	p := loaded(t, scoreYAML)
	for _, c := range []struct {
		what  string
		turns []string
		want  string
	}{
		{"nothing found", []string{"好"}, "100 A:"},
		{"one of each severity", []string{"甲", "乙", "丙"}, "85 B: a/error 1/1×10=10 a/warning 1/1×4=4 a/info 1/1×1=1"},
		{"on the bound of a grade", []string{"甲", "甲"}, "80 B: a/error 2/2×10=20"},
		{"below it", []string{"甲", "甲", "丙"}, "79 C: a/error 2/2×10=20 a/info 1/1×1=1"},
		{"the cap of the pack", []string{"甲", "甲", "甲", "甲"}, "80 B: a/error 4/2×10=20"},
		{"points of its own, no cap", []string{"丁", "丁", "丁"}, "25 D: a/dear 3/3×25=75"},
		{"never below 0", []string{"丁", "丁", "丁", "丁", "丁"}, "0 D: a/dear 5/5×25=125"},
		{"fatal comes first", []string{"甲", "戊"}, "0 D: a/fatal! 1/1×4=4 a/error 1/1×10=10"},
		{"points 0", []string{"己", "己"}, "100 A: a/free 2/2×0=0"},
	} {
		assert.Equal(t, c.want, scored(p, c.turns...), c.what)
	}
}

// Without a section score calls are not scored; an empty one takes 10, 4 and 1 points, without cap and grades.
func TestScoreByDefault(t *testing.T) {
	assert.Nil(t, oneRule(t, "forbid: {any: [甲]}").Scale)
	p := oneRule(t, "forbid: {any: [甲]}", "score: {}")
	assert.Equal(t, "70 : a/rule 3/3×10=30", scored(p, "甲", "甲", "甲"))
}

// A house pack changes parts of the score, and what single rules cost.
func TestHouseScore(t *testing.T) {
	house := func(yaml string) *Pack {
		p, err := Load(fstest.MapFS{"base.yaml": {Data: []byte(scoreYAML)}, "house.yaml": {Data: []byte("pack: house\nextends: base.yaml\n" + yaml)}}, "house.yaml")
		must.NoError(t, err)
		return p
	}
	for _, c := range []struct{ yaml, want string }{
		{"score: {points: {error: 15}}", "70 C: a/error 3/2×15=30"},
		{"score: {cap: 1, grades: {优: 95, 良: 0}}", "90 良: a/error 3/1×10=10"},
		{"score: {start: 10, grades: {及格: 6, 不及格: 0}}", "0 不及格: a/error 3/2×10=20"},
		{"change: {a/error: {points: 3, cap: 0}}", "91 A: a/error 3/3×3=9"},
		{"change: {a/error: {fatal: true}}", "0 D: a/error! 3/2×10=20"},
		{"change: {a/error: {severity: info}}", "98 A: a/error 3/2×1=2"},
		{"change: {a/error: {off: true}}", "100 A:"},
	} {
		assert.Equal(t, c.want, scored(house(c.yaml), "甲", "甲", "甲"), c.yaml)
	}
	assert.Equal(t, "96 A: a/fatal 1/1×4=4", scored(house("change: {a/fatal: {fatal: false}}"), "戊"))
}

// A house pack may give a tag again, which then counts instead.
func TestHouseTag(t *testing.T) {
	p, err := Load(fstest.MapFS{
		"base.yaml":  {Data: []byte("pack: base\ncues: {one: {any: [甲]}}\ntags: [{id: k, title: 种, values: [{value: a, say: one}]}, {id: l, title: 类, values: [{value: b, say: one}]}]\n")},
		"house.yaml": {Data: []byte("pack: house\nextends: base.yaml\ntags: [{id: k, title: 种, values: [{value: c, say: one}]}, {id: m, title: 新, values: [{value: d, say: one}]}]\n")},
	}, "house.yaml")
	must.NoError(t, err)
	assert.Equal(t, map[string][]string{"k": {"c"}, "l": {"b"}, "m": {"d"}}, tagsOf(p, talk("甲")))
	assert.Equal(t, 0, p.Tags[0].Place)
	assert.Equal(t, 2, p.Tags[2].Place)
}
