package report

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/internal/stat"
)

// day is a summary of n calls of one agent, of which bad have one finding.
func day(n, bad int, startedAt string) *Summary {
	s := &Summary{}
	for i := range n {
		r := &lint.Result{Call: &call.Call{Agent: call.Person{ID: "1"}, StartedAt: startedAt}, Verdict: rule.Verdict{Score: score(100)}}
		if i < bad {
			r = found(score(90, deduction("wording/helpless", rule.Error, 1, 1, 10)))
			r.Call.Agent.ID, r.Call.StartedAt = "1", startedAt
		}
		s.Add(r)
	}
	return s
}

func report(t *testing.T, s *Summary) []byte {
	line, err := EncodeLine(newSummaryObject(s, Options{}))
	require.NoError(t, err)
	return fmt.Appendf(nil, `{"version":1,"packs":[{"name":"p","version":"1"}],"choice":{"rules":["wording/helpless"],"min_severity":"info"},"calls":[{"id":"C1"}],"summary":%s}`, line)
}

// What a report says is compared again as it was counted.
func TestPreviousReadsWhatWasWritten(t *testing.T) {
	p, err := ReadPrevious("old.json", report(t, day(40, 20, "2026-03-17T09:00:00+08:00")))
	require.NoError(t, err)
	now := day(50, 5, "2026-03-18T23:30:00-08:00").All()
	assert.Equal(t, &delta{95, 4, true}, now.scoreSince(p.all))
	assert.Equal(t, &delta{50, -40, true}, now.per100Since(p.agents["1"]))
	assert.Equal(t, &delta{50, -40, true}, now.familySince(p.days["2026-03-17"], "wording"))
	assert.Equal(t, &delta{0, 0, false}, now.familySince(p.all, "tone"), "of neither run is no change")
	assert.Nil(t, now.scoreSince(p.days["2026-03-18"]), "there is nothing to compare with")
	same := day(30, 14, "").All()
	assert.Equal(t, &delta{95, 0.3, false}, same.scoreSince(p.all), "less than chance")
	assert.Nil(t, p.OtherPacks([]*rule.Pack{{Name: "p", Version: "1"}}))
	assert.Equal(t, []string{"p 1"}, p.OtherPacks([]*rule.Pack{{Name: "p", Version: "2"}}))
	assert.Equal(t, []string{"p 1"}, p.OtherPacks(nil))
}

// unjudged is a call of an agent in which no rule could be evaluated.
func unjudged(agent string) *lint.Result {
	return &lint.Result{Call: &call.Call{Agent: call.Person{ID: agent}}, Verdict: rule.Verdict{NotEvaluated: []rule.NotEvaluated{{Rule: "a/b", Reason: call.Say{ZH: "不明", EN: "unknown"}}}}}
}

func textOf(o Options) *textReport { return &textReport{o: o, tongue: tongue(o.Lang)} }

// Calls that could not be judged are no calls without findings, now or then.
func TestRatesAreOfJudgedCalls(t *testing.T) {
	s := day(40, 20, "")
	for range 60 {
		s.Add(unjudged("1"))
	}
	s.Add(unjudged("2"))
	all := s.All()
	assert.Equal(t, 101, all.Calls)
	assert.Equal(t, 40, all.Judged)
	assert.InDelta(t, 50, all.Per100(), 1e-9)
	low, high := stat.Wilson(20, 40)
	assert.Equal(t, FamilyCount{"wording", 20, 0.5, low, high}, all.Family("wording"))
	assert.Equal(t, day(40, 20, "").All().perCall, all.perCall)

	data := report(t, s)
	assert.Contains(t, string(data), `"judged_calls":40`)
	p, err := ReadPrevious("old.json", data)
	require.NoError(t, err)
	now := day(40, 20, "").All()
	assert.Equal(t, &delta{50, 0, false}, now.familySince(p.all, "wording"))
	assert.Equal(t, &delta{50, 0, false}, now.per100Since(p.all))
	assert.Nil(t, now.per100Since(p.agents["2"]), "nothing is known of it")
	old, err := ReadPrevious("old.json", []byte(`{"version":1,"choice":{},"summary":{"calls":40,"findings_per_100_calls":50,"findings_deviation":0.5,"families":{"wording":{"calls":20}}}}`))
	require.NoError(t, err)
	assert.Equal(t, &delta{50, 0, false}, now.familySince(old.all, "wording"), "a report that does not tell takes all for judged")

	text := textOf(Options{Width: 100, By: "agent"}).detailed(s)
	assert.Contains(t, text, "有 61 通一条规则也没能评估")
	assert.Regexp(t, `(?m)^ 2 +1 +– +– *$`, text)
	assert.Regexp(t, `(?m)^ 2 +–$`, text)
}

// An agent whose calls could not be judged this time is not new.
func TestUnjudgedIsNotNew(t *testing.T) {
	p, err := ReadPrevious("old.json", report(t, day(40, 20, "")))
	require.NoError(t, err)
	s := day(0, 0, "")
	s.Add(unjudged("1"))
	s.Add(unjudged("2"))
	text := textOf(Options{Width: 100, By: "agent", Previous: p}).detailed(s)
	assert.Regexp(t, `(?m)^ 1 +1 +– +– *$`, text)
	assert.Regexp(t, `(?m)^ 2 +1 +– +新 *$`, text)
}

// A family that finds nothing any more is shown with its fall.
func TestFamilyThatIsGone(t *testing.T) {
	p, err := ReadPrevious("old.json", report(t, day(40, 20, "")))
	require.NoError(t, err)
	text := textOf(Options{Width: 100, By: "agent", Previous: p}).detailed(day(40, 0, ""))
	assert.Regexp(t, `全部 +0% +0– 9 ▼50`, text)
}

// masked is a call of an agent whose number is hidden, with so many findings.
func masked(agent string, findings int) *lint.Result {
	r := found(score(90))
	for range findings {
		r.Verdict.Findings = append(r.Verdict.Findings, rule.Finding{Rule: helpless()})
	}
	r.Call.Agent = call.Person{ID: agent}
	r.Mask()
	return r
}

// Agents whose ids look the same once they are masked stay apart; what an earlier run has of one
// of them is nobody's.
func TestAgentsThatLookTheSame(t *testing.T) {
	s := &Summary{}
	for range 3 {
		s.Add(masked("13800138000", 2))
		s.Add(masked("13899998000", 0))
	}
	agents := s.Agents()
	require.Len(t, agents, 2)
	for i, findings := range []int{6, 0} {
		assert.Equal(t, "138****8000", agents[i].Agent.ID)
		assert.Equal(t, 3, agents[i].Calls)
		assert.Equal(t, findings, agents[i].Findings)
	}
	data := report(t, s)
	assert.NotContains(t, string(data), "13800138000")
	p, err := ReadPrevious("old.json", data)
	require.NoError(t, err)
	assert.Equal(t, []*past{nil, nil}, p.ofAgents(agents))
	assert.Equal(t, []*past{nil}, p.ofAgents(agents[:1]))
	p.agents["138****8000"] = &past{}
	assert.Equal(t, []*past{nil, nil}, p.ofAgents(agents))
	assert.Equal(t, []*past{{}}, p.ofAgents(agents[:1]))
}

func TestReportsThatCannotBeComparedWith(t *testing.T) {
	for text, want := range map[string]string{
		`{`:            "不是 zhijian lint --format json 写的报告",
		`[]`:           "不是 zhijian lint --format json 写的报告",
		`{"calls":[]}`: "报告里没有 summary",
		`{"version":9,"summary":{"calls":1,"findings_deviation":1}}`: "更新的版本",
		`{"version":1,"summary":{"calls":1}}`:                        "旧版本",
	} {
		_, err := ReadPrevious("old.json", []byte(text))
		var both interface{ In(call.Lang) string }
		require.ErrorAs(t, err, &both, text)
		assert.Contains(t, both.In(call.ZH), "old.json: ")
		assert.Contains(t, both.In(call.ZH), want)
		assert.Contains(t, err.Error(), "old.json: ")
	}
}

// Days are those of the call's own zone; nobody guesses one.
func TestDays(t *testing.T) {
	var s Summary
	for _, at := range []string{"2026-03-19T00:10:00+08:00", "2026-03-18T23:50:00-08:00", "", "2026-03-19", "2026-13-45T00:00:00Z", "早上"} {
		s.Add(&lint.Result{Call: &call.Call{StartedAt: at}})
	}
	var got []string
	for _, d := range s.Days() {
		got = append(got, fmt.Sprint(d.Day, " ", d.Calls))
	}
	assert.Equal(t, []string{"2026-03-18 1", "2026-03-19 2", " 3"}, got)
}

// Where nobody asked for agents, the worst are listed, and how many are not.
func TestAgentsAreNotAllListed(t *testing.T) {
	var results []*lint.Result
	for i := range mostAgents + 3 {
		r := found(score(90, deduction("wording/helpless", rule.Error, 1, 1, 10)))
		r.Call.Agent = call.Person{ID: fmt.Sprintf("80%02d", i)}
		results = append(results, r)
	}
	out := written(t, "table", Options{Width: 80, SummaryOnly: true}, results...)
	assert.Contains(t, out, "8014")
	assert.NotContains(t, out, "8015")
	assert.Contains(t, out, " …… 另有 3 位坐席，用 --by agent 看全部\n")
	out = written(t, "table", Options{Width: 80, SummaryOnly: true, By: "agent"}, results...)
	assert.Contains(t, out, "8017")
}
