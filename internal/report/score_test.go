package report

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// costly is a rule of a severity.
func costly(id string, s rule.Severity) *rule.Rule {
	r := helpless()
	r.ID, r.Severity = id, s
	return r
}

// scoredResult is a call with one finding shown and a score.
func scoredResult(s *rule.Score) *lint.Result {
	r := result("没办法", 0, 3)
	r.Verdict.Score = s
	return r
}

func score(points int, list ...rule.Deduction) *rule.Score {
	return &rule.Score{Points: points, Start: 100, Grade: rule.Grade{Name: "C", From: 60}, Deductions: list, Judged: 3, Rules: 3}
}

func deduction(id string, s rule.Severity, count, counted, points int) rule.Deduction {
	return rule.Deduction{Rule: costly(id, s), Count: count, Counted: counted, Points: points, Total: counted * points}
}

// The last line of a call says how its score came about, and what it leaves out.
func TestHowAScoreCameAbout(t *testing.T) {
	fatal := deduction("a/f", rule.Warning, 1, 1, 4)
	fatal.Fatal = true
	skipped := score(90, deduction("a/e", rule.Error, 1, 1, 10))
	skipped.Judged, skipped.Skipped, skipped.Rules = 2, 1, 5
	for _, c := range []struct {
		score  *rule.Score
		zh, en string
	}{
		{score(90, deduction("a/e", rule.Error, 1, 1, 10)), "得分 90（C）：100 − 错误 1×10\n", "score 90 (C): 100 − error 1×10\n"},
		{score(72, deduction("a/e", rule.Error, 2, 2, 10), deduction("a/w", rule.Warning, 1, 1, 4), deduction("b/w", rule.Warning, 1, 1, 4)),
			"100 − 错误 2×10 − 警告 2×4（含未显示的 3 处）\n", "100 − error 2×10 − warning 2×4 (3 of them not shown)\n"},
		{score(80, deduction("a/w", rule.Warning, 1, 1, 4), deduction("b/w", rule.Warning, 2, 2, 8)), "100 − 警告 2×8 − 警告 1×4", "100 − warning 2×8 − warning 1×4"},
		{score(100, deduction("a/i", rule.Info, 1, 1, 0)), "得分 100（C）：没有扣分\n", "score 100 (C): nothing lost\n"},
		{score(80, deduction("a/e", rule.Error, 5, 2, 10)), "100 − 错误 2×10（同一规则计次有上限，3 处不再扣分；含未显示的 4 处）", "100 − error 2×10 (3 beyond the cap of their rule; 4 of them not shown)"},
		{score(0, deduction("a/e", rule.Error, 11, 11, 10)), "100 − 错误 11×10，扣到 0 为止", "100 − error 11×10, not below 0"},
		{score(0, fatal), "得分 0（C）：一票否决 a/f（无能为力）\n", "score 0 (C): fatal: a/f (Helplessness)\n"},
		{skipped, "（1 条规则未能评估，不扣分；2 条规则没有选用）", "(1 rules not evaluated cost nothing; 2 rules not chosen)"},
	} {
		assert.Contains(t, written(t, "table", Options{Width: 200}, scoredResult(c.score)), c.zh)
		assert.Contains(t, written(t, "table", Options{Width: 200, Lang: call.EN}, scoredResult(c.score)), c.en)
	}
}

func TestHeaderShowsScoreAndTags(t *testing.T) {
	r := scoredResult(score(76))
	r.Verdict.Tags = []rule.Tag{
		{TagKind: &rule.TagKind{ID: "level", Title: call.Say{ZH: "级别", EN: "level"}}, Values: []rule.TagValue{{Value: "a", Name: call.Say{ZH: "甲", EN: "first"}}, {Value: "b", Name: call.Say{ZH: "乙"}, Turn: -1}}},
		{TagKind: &rule.TagKind{ID: "steps", Title: call.Say{ZH: "步骤"}, Ordered: true}, Values: []rule.TagValue{{Value: "c", Name: call.Say{ZH: "丙"}}, {Value: "d", Name: call.Say{ZH: "丁"}}}},
	}
	out := written(t, "table", Options{Width: 120}, r)
	assert.Contains(t, out, "C1  76 分（C）  a.jsonl · 坐席 8021\n 标签：级别 甲、乙 · 步骤 丙→丁\n")
	assert.Contains(t, written(t, "table", Options{Width: 120, Lang: call.EN}, r), "C1  score 76 (C)  a.jsonl · agent 8021\n tags: level first, 乙 · 步骤 丙→丁\n")
	assert.Contains(t, written(t, "jsonl", Options{}, r), `"score":76,"grade":"C","tags":{"level":["a","b"],"steps":["c","d"]},"tag_turns":{"level":[0,null],"steps":[0,0]},"findings"`)
	r.Verdict.Score = score(0)
	assert.Contains(t, written(t, "jsonl", Options{}, r), `"score":0,`, "a score of 0 is a score")
}

// Groups add up scores, grades, tags and what rules cost, worst first.
func TestGroups(t *testing.T) {
	var s Summary
	add := func(agent, team string, sc *rule.Score) {
		r := found(sc)
		r.Call.Agent = call.Person{ID: agent, Team: team}
		s.Add(r)
	}
	bad := score(50, deduction("a/e", rule.Error, 6, 5, 10))
	bad.Grade = rule.Grade{Name: "D"}
	add("1", "甲组", score(90, deduction("a/w", rule.Warning, 1, 1, 10)))
	add("1", "甲组", bad)
	add("2", "甲组", score(95, deduction("a/w", rule.Warning, 1, 1, 5)))
	add("3", "", nil)
	var agents []string
	for _, a := range s.Agents() {
		agents = append(agents, a.Agent.ID)
	}
	assert.Equal(t, []string{"1", "2", "3"}, agents, "the lowest mean score first, those without last")
	one := s.Agents()[0]
	mean, ok := one.Mean()
	assert.True(t, ok)
	assert.InDelta(t, 70, mean, 0)
	assert.Equal(t, "C1 D1", grades(&one.Group))
	assert.Equal(t, "a/e 6 50", describe(one.Worst(1)[0]))
	assert.Len(t, one.Worst(9), 2)
	require.Len(t, s.Teams(), 1)
	assert.Equal(t, 3, s.Teams()[0].Calls)
	_, ok = s.Agents()[2].Mean()
	assert.False(t, ok)
	assert.Equal(t, 4, s.All().Calls)
	assert.Equal(t, 3, s.All().Scored)
	assert.InDelta(t, 225, s.All().Per100(), 0)
}

// found is a call with a score in which all that cost points is shown.
func found(sc *rule.Score) *lint.Result {
	r := scoredResult(sc)
	if sc == nil {
		return r
	}
	r.Verdict.Findings = nil
	for _, d := range sc.Deductions {
		for range d.Count {
			r.Verdict.Findings = append(r.Verdict.Findings, rule.Finding{Rule: d.Rule})
		}
	}
	return r
}

// A group counts what is shown: what is not may cost points, but is no worst rule.
func TestGroupsNameNoHiddenRules(t *testing.T) {
	var g Group
	r := found(score(80, deduction("a/w", rule.Warning, 2, 2, 5), deduction("a/e", rule.Error, 1, 1, 10)))
	r.Verdict.Findings = r.Verdict.Findings[2:] // as with --min-severity error
	g.add(r)
	require.Len(t, g.Worst(9), 1)
	assert.Equal(t, "a/e 1 10", describe(g.Worst(9)[0]))
	assert.Equal(t, 1, g.Findings)
	mean, _ := g.Mean()
	assert.InDelta(t, 80, mean, 0, "the score counts them all")
}

func describe(c RuleCost) string {
	return c.Rule.ID + " " + number(c.Findings).text + " " + number(c.Points).text
}

// A fatal rule is the worst, whatever it costs.
func TestFatalIsWorst(t *testing.T) {
	fatal := deduction("a/f", rule.Info, 1, 1, 0)
	fatal.Fatal = true
	var g Group
	g.add(found(score(0, fatal, deduction("a/e", rule.Error, 5, 5, 10))))
	assert.Equal(t, "a/f", g.Worst(1)[0].Rule.ID)
}
