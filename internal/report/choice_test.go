package report

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Means are the same to the last digit in every format: 59.25 was 59.2 in one and 59.3 in another.
func TestFormatsRoundAlike(t *testing.T) {
	var results []*lint.Result
	for _, points := range []int{21, 21, 95, 100} {
		results = append(results, found(score(points)))
	}
	assert.Contains(t, written(t, "table", Options{Width: 80}, results...), "平均得分 59.3")
	assert.Contains(t, written(t, "json", Options{}, results...), `"mean":59.3`)
	assert.Contains(t, written(t, "html", Options{}, results...), "59.3")
	assert.Contains(t, all(t, workbook(t, Options{}, results...), "概览"), "59.3")
}

// Whoever sees no findings must see that rules were off, in all that sums up.
func TestOverviewsSayWhatDidNotJudge(t *testing.T) {
	off := &Choice{Rules: []string{"wording/helpless"}, LeftOut: []string{"tone/sarcasm", "tone/argues"}, MinSeverity: "info"}
	least := &Choice{Rules: []string{"wording/helpless"}, MinSeverity: "warning"}
	for choice, want := range map[*Choice]string{
		off:   "只用了 3 条规则中的 1 条，得分和比例只按它们算。",
		least: "只报告警告及以上的问题，得分按全部算。",
	} {
		o := Options{Width: 80, Choice: choice}
		assert.Contains(t, written(t, "table", o, scoredResult(score(100))), want)
		assert.Contains(t, written(t, "html", o, scoredResult(score(100))), want)
		assert.Contains(t, all(t, workbook(t, o, scoredResult(score(100))), "概览"), want)
	}
	whole := Options{Width: 80, Choice: &Choice{Rules: []string{"wording/helpless"}, MinSeverity: "info"}}
	assert.NotContains(t, written(t, "table", whole, scoredResult(score(100))), "只")
}

// Rules that only one of two packs has are no matter of choice; those that both have are.
func TestChoicesThatDiffer(t *testing.T) {
	then := &Choice{Rules: []string{"a/1", "a/2"}, LeftOut: []string{"b/1"}, MinSeverity: "info", Digest: "x"}
	for name, c := range map[string]struct {
		now  Choice
		same bool // packs
		want string
	}{
		"the same":            {now: *then, same: true},
		"a rule more":         {now: Choice{Rules: []string{"a/1", "a/2", "a/3"}, LeftOut: []string{"b/1", "b/2"}, MinSeverity: "info", Digest: "y"}},
		"one fewer":           {now: Choice{Rules: []string{"a/1"}, LeftOut: []string{"a/2", "b/1"}, MinSeverity: "info"}, want: "选用的规则不同（1: a/2）"},
		"one chosen":          {now: Choice{Rules: []string{"a/1", "a/2", "b/1"}, MinSeverity: "info"}, want: "选用的规则不同（1: b/1）"},
		"another price":       {now: Choice{Rules: then.Rules, LeftOut: then.LeftOut, MinSeverity: "info", Digest: "y"}, same: true, want: "规则的级别、分值、设置或适用的文件不同"},
		"scored, unlike then": {now: Choice{Rules: then.Rules, MinSeverity: "info", Scale: &scaleObject{100, 10, 4, 1, 2}}, want: "计分不同（上次 –，这次 100 − 10/4/1 ×2）"},
	} {
		got := ""
		for _, s := range c.now.unlike(then, c.same) {
			got += s.ZH
		}
		assert.Equal(t, c.want, got, name)
	}
}

func TestDigestsTellCostsApart(t *testing.T) {
	r := costly("a/1", rule.Error)
	digest := func(score string, r *rule.Rule) string {
		p, err := rule.Load(fstest.MapFS{"p.yaml": {Data: []byte("pack: p\nscore: " + score)}}, "p.yaml")
		require.NoError(t, err)
		c := NewChoice([]*rule.Rule{r, costly("b/1", rule.Info)}, rule.Info, []lint.Check{{Pack: p, Rules: []*rule.Rule{r}}})
		assert.Equal(t, []string{"a/1"}, c.Rules)
		assert.Equal(t, []string{"b/1"}, c.LeftOut)
		return c.Digest
	}
	assert.Equal(t, digest("{start: 100}", r), digest("{start: 100}", r))
	assert.NotEqual(t, digest("{start: 100}", r), digest("{start: 100}", r.WithSeverity(rule.Info)))
	assert.NotEqual(t, digest("{start: 100}", r), digest("{points: {error: 2}}", r))
}
