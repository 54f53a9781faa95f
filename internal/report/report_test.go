package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

func helpless() *rule.Rule {
	return &rule.Rule{ID: "wording/helpless", Severity: rule.Error, Kind: "forbid", Title: call.Say{ZH: "无能为力", EN: "Helplessness"},
		Why: call.Say{ZH: "像是不想管。", EN: "Sounds careless."}, Advice: call.Say{ZH: "我能为您做的是……"}}
}

// result is a call whose only turn breaks a rule from rune start to end.
func result(text string, start, end int) *lint.Result {
	quote := string([]rune(text)[start:end])
	c := &call.Call{ID: "C1", Source: "a.jsonl", Agent: call.Person{ID: "8021"}, Turns: []call.Turn{{Role: call.Agent, Text: text}}}
	f := rule.Finding{Rule: helpless(), Role: call.Agent, At: rule.Range{Start: start, End: end, Quote: quote},
		Message: call.Say{ZH: "坐席说了“" + quote + "”。像是不想管。"}, Fingerprint: "00"}
	return &lint.Result{Call: c, Verdict: rule.Verdict{Findings: []rule.Finding{f}}}
}

// written is a whole report of results.
func written(t *testing.T, format string, o Options, results ...*lint.Result) string {
	var b bytes.Buffer
	var s Summary
	w, err := New(format, &b, o)
	require.NoError(t, err)
	for _, r := range results {
		s.Add(r)
		if r.Problem != nil {
			require.NoError(t, Problem(w, r.Problem))
		} else {
			require.NoError(t, w.Call(r))
		}
	}
	require.NoError(t, w.Close(&s))
	return b.String()
}

func TestJSONIsValidWithNothing(t *testing.T) {
	for _, name := range []string{"json", "jsonl", "sarif", "gitlab"} {
		for _, only := range []bool{false, true} {
			out := written(t, name, Options{SummaryOnly: only})
			if name != "jsonl" || out != "" {
				assert.True(t, json.Valid([]byte(out)), "%s: %s", name, out)
			}
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	_, err := New("xml", nil, Options{})
	assert.ErrorContains(t, err, `"xml"`)
}

// Optional keys are absent where nothing is known, the lists never are.
func TestKeysOfJSONL(t *testing.T) {
	r := result("这个我也没办法", 2, 7)
	whole := r.Verdict.Findings[0]
	whole.At = rule.Range{Turn: -1}
	r.Verdict.Findings = append(r.Verdict.Findings, whole)
	assert.Equal(t, `{"id":"C1","source":"a.jsonl","agent":{"id":"8021"},"findings":[`+
		`{"rule":"wording/helpless","severity":"error","title":"无能为力","message":"坐席说了“我也没办法”。像是不想管。","turn":0,"role":"agent","start":2,"end":7,"quote":"我也没办法","advice":"我能为您做的是……","fingerprint":"00"},`+
		`{"rule":"wording/helpless","severity":"error","title":"无能为力","message":"坐席说了“我也没办法”。像是不想管。","turn":null,"role":"agent","advice":"我能为您做的是……","fingerprint":"00"}],"not_evaluated":[]}`+"\n",
		written(t, "jsonl", Options{}, r))
	bare := &lint.Result{Call: &call.Call{ID: "C2", Source: "-", Line: 3}}
	assert.Equal(t, `{"id":"C2","source":"-","line":3,"findings":[],"not_evaluated":[]}`+"\n", written(t, "jsonl", Options{}, bare))
}

func TestKeysWhereAllIsKnown(t *testing.T) {
	r := result("这个我也没办法", 2, 7)
	r.Call.Direction, r.Call.Line = call.Callback, 12
	r.Call.Turns[0].Start, r.Call.Turns[0].Line = call.At(0), 5
	f := &r.Verdict.Findings[0]
	f.Fix = &rule.Edit{Start: 2, End: 7, Text: "<我来>"}
	f.Related = []rule.Range{{Turn: 0, Start: 0, End: 2, Quote: "这个"}, {Turn: -1}}
	r.Verdict.NotEvaluated = []rule.NotEvaluated{{Rule: "listening/dead-air", Reason: call.Say{ZH: "没有时间"}}}
	out := written(t, "jsonl", Options{}, r)
	assert.Contains(t, out, `"line":12,"direction":"callback","agent"`)
	assert.Contains(t, out, `"line":5,"start_ms":0,"advice"`)
	assert.Contains(t, out, `"fix":{"start":2,"end":7,"text":"<我来>"},"related":[{"turn":0,"start":0,"end":2,"quote":"这个"}],"fingerprint"`)
	assert.Contains(t, out, `"not_evaluated":[{"rule":"listening/dead-air","reason":"没有时间"}]`)
}

// Words found are marked where they are, not where they are first seen.
func TestQuoteMarksThePlaceItself(t *testing.T) {
	out := written(t, "table", Options{}, result("没办法没办法，真的没办法了哦", 9, 12))
	assert.Contains(t, out, "没办法没办法，真的【没办法】了哦")
}

func TestQuoteCutsWhatIsFarAway(t *testing.T) {
	far := strings.Repeat("远", 30)
	out := written(t, "table", Options{}, result(far+"没办法"+far, 30, 33))
	assert.Contains(t, out, "…"+strings.Repeat("远", context)+"【没办法】"+strings.Repeat("远", context)+"…")
	long := written(t, "table", Options{Width: 119}, result(strings.Repeat("长", 500), 0, 500))
	assert.Contains(t, strings.Join(strings.Fields(long), ""), "【"+strings.Repeat("长", 40)+"……"+strings.Repeat("长", 20)+"】")
}

// Positions that do not fit the turn, which no rule should give, do not end the program.
func TestQuoteOutOfRange(t *testing.T) {
	r := result("没办法", 0, 3)
	r.Verdict.Findings[0].At.Start, r.Verdict.Findings[0].At.End = 7, 99
	assert.Contains(t, written(t, "table", Options{}, r), "没办法【】")
}

func TestTableFitsAnyWidth(t *testing.T) {
	r := result("您好hello这个订单号ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ我也没办法，请您谅解好吗", 60, 66)
	r.Call.Agent = call.Person{ID: strings.Repeat("8", 30), Name: "欧阳张敏", Team: strings.Repeat("组", 30)}
	for width := 60; width < 220; width += 7 {
		for line := range strings.Lines(written(t, "table", Options{Width: width}, r)) {
			assert.LessOrEqual(t, displaywidth.String(strings.TrimSuffix(line, "\n")), width, line)
		}
	}
}

// Columns of wide and narrow characters start at the same place in every row.
func TestTableAligns(t *testing.T) {
	a := result("没办法", 0, 3)
	b := result("没办法", 0, 3)
	a.Call.Agent, b.Call.Agent = call.Person{ID: "1", Name: "张敏"}, call.Person{ID: "2", Name: "Zhang Min 😀"}
	var ends []int
	for line := range strings.Lines(written(t, "table", Options{SummaryOnly: true}, a, b)) {
		if strings.Contains(line, "张敏") || strings.Contains(line, "Min") {
			ends = append(ends, displaywidth.String(line))
		}
	}
	require.Len(t, ends, 2)
	assert.Equal(t, ends[0], ends[1])
}

func TestSummaryCounts(t *testing.T) {
	r := result("没办法没办法", 0, 3)
	r.Verdict.Findings = append(r.Verdict.Findings, r.Verdict.Findings[0])
	reason := call.Say{ZH: "没有时间"}
	r.Verdict.NotEvaluated = []rule.NotEvaluated{{Rule: "a/b", Reason: reason}, {Rule: "a/c", Reason: reason}}
	var s Summary
	s.Add(r)
	s.Add(result("没办法", 0, 3))
	s.Add(&lint.Result{Problem: &call.Problem{Fatal: true}})
	s.Add(&lint.Result{Problem: &call.Problem{}})
	assert.Equal(t, 2, s.Calls)
	assert.Equal(t, 3, s.Findings())
	assert.Equal(t, 3, s.Count(rule.Error))
	assert.Zero(t, s.Count(rule.Info))
	assert.Equal(t, 2, s.Problems)
	assert.Equal(t, 1, s.Fatal)
	assert.Equal(t, []ReasonCount{{reason, 1, 2}}, s.NotEvaluated())
	require.Len(t, s.Agents(), 1)
	a := s.Agents()[0]
	assert.Equal(t, call.Person{ID: "8021"}, a.Agent)
	assert.Equal(t, []int{2, 3, 3}, []int{a.Calls, a.Findings, a.Errors})
	require.Len(t, s.Rules(), 1)
	assert.Equal(t, 2, s.Rules()[0].Calls)
	assert.Zero(t, s.AtLeast(rule.Error+1))
}

// What keeps a run from being the whole truth is said.
func TestVerdictHidesNothing(t *testing.T) {
	none := &lint.Result{Call: &call.Call{}, Verdict: rule.Verdict{NotEvaluated: []rule.NotEvaluated{{Rule: "a/b", Reason: call.Say{ZH: "没有时间", EN: "no times"}}}}}
	note, problem := &lint.Result{Problem: &call.Problem{}}, &lint.Result{Problem: &call.Problem{Fatal: true}}
	assert.Equal(t, "检查了 1 通通话，都没能评估。\n未能评估：没有时间 1 通。\n输入提醒 1 处，见标准错误。\n", written(t, "table", Options{}, none, note))
	assert.Equal(t, "1 call checked, none of them could be judged.\nNot evaluated: no times in 1 call.\nInput: 1 problem, 2 notes, see standard error.\n",
		written(t, "table", Options{Lang: call.EN}, none, problem, note, note))
	none.Verdict.Judged = 1
	assert.Equal(t, "检查了 1 通通话，没有发现问题。\n未能评估：没有时间 1 通。\n", written(t, "table", Options{}, none))
	assert.Equal(t, "没有检查到任何通话。\n", written(t, "table", Options{}))
}
