package sample

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

const pack = `pack: tiny
version: 1.0.0
documents: {D: {title: 文件, issuer: 某行, date: "2024-01-01"}}
score: {}
cues: {sue: {speaker: customer, any: [起诉]}}
tags: [{id: level, title: 级别, values: [{value: 紧急, say: sue}]}]
rules:
  - {id: a/never, title: {zh: 绝不, en: Never}, severity: error, fatal: true, source: [{doc: D, says: 绝不}], why: 绝不。, forbid: {any: [滚]}, advice: 请, test: {bad: [你滚], good: [您好]}}
  - {id: a/bad, title: {zh: 不好, en: Bad}, severity: warning, source: [{doc: D, says: 不好}], why: 不好。, forbid: {any: [没办法]}, advice: 有, test: {bad: [我没办法], good: [您好]}}
`

func linter(t *testing.T) *lint.Linter {
	p, err := rule.Load(fstest.MapFS{"p.yaml": {Data: []byte(pack)}}, "p.yaml")
	require.NoError(t, err)
	return &lint.Linter{Checks: []lint.Check{{Pack: p, Rules: p.Rules}}}
}

// judged is a call of an agent, in which these words are said.
func judged(l *lint.Linter, id, agent, customer, words string) *lint.Result {
	r := l.JudgeOne(&call.Call{ID: id, Source: "a.jsonl", Agent: call.Person{ID: agent}, Turns: []call.Turn{{Role: call.Customer, Text: customer}, {Role: call.Agent, Text: words}}})
	return &r
}

func byAgent(size int) Plan {
	return Plan{Size: size, Risky: -1, Seed: "1", Noun: call.Say{ZH: "坐席", EN: "agent"}, Risks: []Risk{{"level", "紧急"}},
		By: func(c *call.Call) string { return c.Agent.ID }}
}

// day is many calls of agents who took more or fewer of them.
func day(l *lint.Linter, calls, agents int) []*lint.Result {
	var out []*lint.Result
	for i := range calls {
		customer, words := "您好", "您好"
		switch {
		case i%500 == 7:
			words = "你滚"
		case i%50 == 3:
			customer = "我要起诉"
		case i%40 == 5:
			words = "我没办法"
		}
		out = append(out, judged(l, fmt.Sprint("C", i), fmt.Sprint("A", i*i%agents), customer, words))
	}
	return out
}

func ids(s *Sampler) []string { return chosen(s, s.Picks()) }

func chosen(s *Sampler, picks []*Pick) []string {
	var out []string
	for _, p := range picks {
		out = append(out, fmt.Sprint(p.Cause, " ", p.Call.ID, " ", s.Choice(p).Why.ZH))
	}
	return out
}

func sampled(plan Plan, day []*lint.Result) []string {
	s := New(plan)
	for _, r := range day {
		s.Add(r)
	}
	return ids(s)
}

// The choice does not depend on the order of the calls, and only on them and the seed.
func TestOrderDoesNotMatter(t *testing.T) {
	l := linter(t)
	for _, agents := range []int{1, 7, 40, 997} {
		calls := day(l, 3000, agents)
		for _, size := range []int{1, 10, 60, 5000} {
			want := sampled(byAgent(size), calls)
			assert.Len(t, want, max(6, min(size, len(calls))))
			for range 3 {
				rand.Shuffle(len(calls), func(i, j int) { calls[i], calls[j] = calls[j], calls[i] })
				assert.Equal(t, want, sampled(byAgent(size), calls))
			}
			slices.SortFunc(calls, func(a, b *lint.Result) int { return strings.Compare(a.Call.Agent.ID, b.Call.Agent.ID) })
			assert.Equal(t, want, sampled(byAgent(size), calls))
			other := byAgent(size)
			other.Seed = "2"
			if size == 60 {
				assert.NotEqual(t, want, sampled(other, calls))
			}
		}
	}
}

// What is dropped on the way could not have been chosen.
func TestPruningChangesNothing(t *testing.T) {
	l := linter(t)
	for _, agents := range []int{3, 30, 600} {
		calls := day(l, 4000, agents)
		for _, size := range []int{5, 40} {
			s := New(byAgent(size))
			all := New(byAgent(size))
			for _, r := range calls {
				s.Add(r)
				all.next = 1 << 30
				all.Add(r)
			}
			assert.Less(t, s.kept, all.kept)
			assert.Equal(t, ids(all), ids(s))
		}
	}
}

// What is read again makes the same sample, and keeps next to nothing until it is.
func TestReadingAgainChangesNothing(t *testing.T) {
	l := linter(t)
	calls := day(l, 4000, 30)
	for _, risky := range []int{-1, 0, 10} {
		plan := byAgent(40)
		plan.Risky = risky
		want := sampled(plan, calls)
		plan.Again = func(*call.Call) bool { return true }
		s := New(plan)
		byID := map[string]*lint.Result{}
		for _, r := range calls {
			s.Add(r)
			byID[r.Call.ID] = r
		}
		whole := 0
		for _, g := range s.groups {
			for _, p := range g.picks {
				if len(p.Call.Turns) > 0 {
					whole++
				}
			}
		}
		assert.LessOrEqual(t, whole, 2*s.mostRisky()+pruneAt)
		away := 0
		picks := s.Picks()
		for _, p := range picks {
			if p.Away() {
				assert.Equal(t, Random, p.Cause)
				away++
				p.Fill(byID[p.Call.ID])
			}
			assert.Len(t, p.Call.Turns, 2)
			assert.Equal(t, byID[p.Call.ID].Verdict, p.Verdict)
		}
		assert.NotZero(t, away)
		assert.Equal(t, want, chosen(s, picks))
	}
}

// What somebody has accepted of a call stays accepted: whoever judges it again does not know.
func TestReadingAgainKeepsWhatIsAccepted(t *testing.T) {
	l := linter(t)
	plan := byAgent(1)
	plan.Again = func(*call.Call) bool { return true }
	s := New(plan)
	r := judged(l, "C1", "8021", "您好", "我没办法")
	again := judged(l, "C1", "8021", "您好", "我没办法")
	r.Verdict.Suppressed, r.Verdict.Findings = []rule.Suppressed{{Finding: r.Verdict.Findings[0]}}, nil
	r.Verdict.Score = nil
	s.Add(r)
	p := s.Picks()[0]
	assert.True(t, p.Away())
	p.Fill(again)
	assert.Equal(t, again.Call, p.Call)
	assert.Equal(t, r.Verdict, p.Verdict)
}

func TestEveryFatalCallThenTheRiskiest(t *testing.T) {
	l := linter(t)
	s := New(byAgent(5))
	for i, words := range []string{"您好", "你滚", "我没办法", "没办法，没办法", "您好", "您好", "我滚"} {
		customer := "您好"
		if i == 4 {
			customer = "我要起诉"
		}
		s.Add(judged(l, fmt.Sprint("C", i), "8021", customer, words))
	}
	got := ids(s)
	assert.Equal(t, []string{"fatal C1 一票否决：a/never 绝不", "fatal C6 一票否决：a/never 绝不"}, slices.Sorted(slices.Values(got[:2])))
	assert.Equal(t, "risk C4 风险 20：级别 紧急", got[2])
	for _, g := range got[3:] {
		assert.Contains(t, g, "随机：坐席 8021，4 通里抽 2 通")
	}
	assert.Len(t, got, 5)
	few := New(byAgent(1))
	for i := range 3 {
		few.Add(judged(l, fmt.Sprint("F", i), "8021", "您好", "你滚"))
	}
	assert.Len(t, few.Picks(), 3, "no fatal call is left out")
}

func sizes(n ...int) []*group {
	var out []*group
	for i, calls := range n {
		out = append(out, &group{name: fmt.Sprint(i), calls: calls, picks: []*Pick{{Result: &lint.Result{Call: &call.Call{}}, hash: uint64(10 - i)}}})
	}
	return out
}

func TestShares(t *testing.T) {
	for _, c := range []struct {
		groups []int
		places int
		want   []int
	}{
		{[]int{100, 50, 1}, 3, []int{1, 1, 1}},
		{[]int{100, 50, 1}, 15, []int{9, 5, 1}},
		{[]int{3, 3, 3}, 20, []int{3, 3, 3}},
		{[]int{1, 1}, 2, []int{1, 1}},
		{[]int{1000, 2}, 500, []int{499, 1}},
		{[]int{5, 5, 5}, 2, []int{0, 1, 1}}, // those with the lowest hashes
		{nil, 5, []int{}},
		{[]int{4}, 0, []int{0}},
	} {
		got := shares(sizes(c.groups...), c.places, "1")
		assert.Equal(t, c.want, got, c.groups)
	}
}

// Every call has the same chance, whoever's it is.
func TestChanceIsFair(t *testing.T) {
	l := linter(t)
	var calls []*lint.Result
	for i := range 40 {
		calls = append(calls, judged(l, fmt.Sprint("C", i), "8021", "您好", "您好"))
	}
	times := map[string]int{}
	for seed := range 2000 {
		plan := byAgent(10)
		plan.Seed = fmt.Sprint(seed)
		s := New(plan)
		for _, r := range calls {
			s.Add(r)
		}
		for _, p := range s.Picks() {
			times[p.Call.ID]++
		}
	}
	assert.Len(t, times, 40)
	for id, n := range times {
		assert.InDelta(t, 500, n, 100, id)
	}
}

// A pick does not hold on to the input that its texts are parts of.
func TestPicksOwnTheirTexts(t *testing.T) {
	l := linter(t)
	s := New(byAgent(1))
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range 40 {
		input := strings.Repeat("您好没办法", 100_000) + fmt.Sprint(i)
		s.Add(judged(l, input[len(input)-1:], "8021", input[:6], input[:15]))
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	assert.Less(t, int64(after.HeapAlloc)-int64(before.HeapAlloc), int64(20<<20))
	assert.Len(t, s.Picks(), 1)
}

// Of equal risk every agent has calls before one of them has two, whatever comes first.
func TestEqualRiskIsSpreadOverAgents(t *testing.T) {
	l := linter(t)
	var calls []*lint.Result
	for i := range 900 {
		agent := "8021"
		if i%100 == 0 {
			agent = fmt.Sprint("9", i/100)
		}
		calls = append(calls, judged(l, fmt.Sprintf("C%03d", i), agent, "您好", "我没办法"))
	}
	chosen := func() (ids []string, agents map[string]int) {
		plan := byAgent(20)
		plan.Risky = 10
		s := New(plan)
		for _, c := range calls {
			s.Add(c)
		}
		agents = map[string]int{}
		for _, p := range s.Picks() {
			if p.Cause == Risky {
				ids = append(ids, p.Call.ID)
				agents[p.Call.Agent.ID]++
			}
		}
		return ids, agents
	}
	ids, agents := chosen()
	require.Len(t, ids, 10)
	assert.Len(t, agents, 10, "all of them")
	slices.Reverse(calls)
	again, _ := chosen()
	assert.Equal(t, ids, again, "the order of the input is no matter")
}
