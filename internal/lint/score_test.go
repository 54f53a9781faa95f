package lint

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

const marked = `score: {points: {error: 10, info: 1}, grades: {A: 95, B: 0}}
cues: {problem: {any: [坏了]}}
tags: [{id: topic, title: 内容, values: [{value: 故障, say: problem}]}]
`

func packOf(t *testing.T, yaml string) *rule.Pack {
	t.Helper()
	p, err := rule.Load(fstest.MapFS{"p.yaml": {Data: []byte(yaml)}}, "p.yaml")
	require.NoError(t, err)
	return p
}

func badCall() *call.Call {
	return &call.Call{ID: "C1", Turns: []call.Turn{{Role: call.Customer, Text: "坏了"}, {Role: call.Agent, Text: "您稍等，我没办法"}}}
}

func TestScoreIsOfAllChosenRules(t *testing.T) {
	p := packOf(t, tiny+marked)
	for _, c := range []struct {
		what                   string
		rules                  []*rule.Rule
		least                  rule.Severity
		points, judged, unseen int
	}{
		{"all", p.Rules, 0, 89, 2, 0},
		{"some are not shown", p.Rules, rule.Error, 89, 2, 1},
		{"one rule chosen", p.Rules[:1], 0, 90, 1, 0},
	} {
		l := &Linter{Checks: []Check{{Pack: p, Rules: c.rules}}, MinSeverity: c.least}
		v := l.Judge(badCall())
		require.NotNil(t, v.Score, c.what)
		assert.Equal(t, c.points, v.Score.Points, c.what)
		assert.Equal(t, "B", v.Score.Grade.Name, c.what)
		assert.Equal(t, []int{c.judged, 0, 2}, []int{v.Score.Judged, v.Score.Skipped, v.Score.Rules}, c.what)
		assert.Equal(t, c.judged-c.unseen, len(v.Findings), c.what)
		require.Len(t, v.Tags, 1, "tags do not depend on the rules chosen")
	}
}

// What somebody has accepted costs no points.
func TestScoreIsOfWhatIsNotAccepted(t *testing.T) {
	p := packOf(t, tiny+marked)
	l := &Linter{Checks: []Check{{p, p.Rules}}, Accepter: &firstOnly{}}
	v := l.Judge(badCall())
	assert.Equal(t, "wording/hold", v.Suppressed[0].Rule.ID)
	assert.Equal(t, 90, v.Score.Points)
	assert.Equal(t, 89, l.Judge(badCall()).Score.Points)
}

func TestNoScoreWhereNothingCouldBeJudged(t *testing.T) {
	l := &Linter{Checks: []Check{{Pack: packOf(t, tiny+marked)}}}
	l.Checks[0].Rules = l.Checks[0].Pack.Rules
	c := badCall()
	c.RolesUnknown = true
	v := l.Judge(c)
	assert.Nil(t, v.Score)
	assert.Empty(t, v.Tags)
	assert.Nil(t, linter(t).Judge(badCall()).Score, "a pack without a scale")
}

// Of two packs the first with a scale scores the findings of both, and the first tag of an id counts.
func TestScoreOfTwoPacks(t *testing.T) {
	plain, scaled := packOf(t, tiny), packOf(t, tiny+marked)
	l := &Linter{Checks: []Check{{plain, plain.Rules}, {scaled, scaled.Rules}, {scaled, scaled.Rules}}}
	v := l.Judge(badCall())
	assert.Equal(t, 100-2*11-11, v.Score.Points)
	assert.Equal(t, 6, v.Score.Rules)
	assert.Len(t, v.Tags, 1)
}
