package report

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/calltest"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// judged is n calls with about twelve findings each, by fifty rules.
func judged(n int) []lint.Result {
	var rules []*rule.Rule
	for i := range 50 {
		rules = append(rules, &rule.Rule{ID: fmt.Sprintf("family%d/rule-%d", i%7, i), Severity: rule.Severity(1 + i%3), Kind: "forbid",
			Title:  call.Say{ZH: fmt.Sprintf("第%d条服务忌语", i), EN: fmt.Sprintf("forbidden phrase %d", i)},
			Advice: call.Say{ZH: "抱歉给您带来不便，我马上为您查询，请您稍等。", EN: "Say that you are sorry, and what you do next."}})
	}
	results := make([]lint.Result, n)
	for i, c := range calltest.Calls(n) {
		results[i] = lint.Result{Call: c, Verdict: rule.Verdict{Judged: len(rules)}}
		for t := range c.Turns {
			quote := []rune(c.Turns[t].Text)
			end := min(5, len(quote))
			results[i].Verdict.Findings = append(results[i].Verdict.Findings, rule.Finding{Rule: rules[(i+t)%len(rules)], Role: c.Turns[t].Role,
				Message: call.Say{ZH: "服务文件禁止这样说。", EN: "The service documents forbid this."}, Fingerprint: fmt.Sprintf("%016x", i*100+t),
				At: rule.Range{Turn: t, End: end, Quote: string(quote[:end])}})
		}
	}
	return results
}

func BenchmarkJSONL(b *testing.B) { benchReport(b, "jsonl") }
func BenchmarkJSON(b *testing.B)  { benchReport(b, "json") }
func BenchmarkTable(b *testing.B) { benchReport(b, "table") }

// benchReport writes a report of 1,000 calls; a second is worth so many bytes of it.
func benchReport(b *testing.B, name string) {
	results := judged(1000)
	findings := 0
	var s Summary
	for i := range results {
		s.Add(&results[i])
		findings += len(results[i].Verdict.Findings)
	}
	size := 0
	b.ReportAllocs()
	for b.Loop() {
		to := &counted{}
		w, err := New(name, to, Options{Lang: call.ZH, Width: 100})
		require.NoError(b, err)
		for i := range results {
			require.NoError(b, w.Call(&results[i]))
		}
		require.NoError(b, w.Close(&s))
		size = to.n
	}
	b.SetBytes(int64(size))
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*findings), "ns/finding")
}

func BenchmarkSummary(b *testing.B) {
	results := judged(1000)
	b.ReportAllocs()
	for b.Loop() {
		var s Summary
		for i := range results {
			s.Add(&results[i])
		}
	}
}
