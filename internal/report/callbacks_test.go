package report

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// dropped is a day with one call of every fate.
func dropped() *lint.Followups {
	at := func(hour, minute int) time.Time {
		return time.Date(2026, 3, 18, hour, minute, 0, 0, time.FixedZone("", 8*60*60))
	}
	again := lint.Attempt{ID: "F2", At: at(16, 5), Answered: true}
	return &lint.Followups{Within: 15 * time.Minute, Drops: []lint.Drop{
		{ID: "E<1>", At: at(15, 0), Fate: rule.Missed, Found: []*rule.Rule{helpless()}},
		{ID: "A1", At: at(9, 10), Fate: rule.InTime, Attempts: []lint.Attempt{{ID: "A2", At: at(9, 20), Answered: true}}},
		{ID: "B1", At: at(10, 0), Fate: rule.Late, Found: []*rule.Rule{helpless()}, Attempts: []lint.Attempt{{ID: "B2", At: at(10, 31)}, {ID: "B3", At: at(11, 31), Answered: true}}},
		{ID: "F1", At: at(16, 0), Fate: rule.Excused, Again: &again},
		{ID: "G1", At: at(17, 0), Fate: rule.Excused, Reported: true},
		{ID: "H1", Fate: rule.Open},
	}}
}

// closed writes a report of no calls but what became of dropped ones.
func closed(t *testing.T, format string, o Options, f *lint.Followups) string {
	t.Helper()
	var b bytes.Buffer
	w, err := New(format, &b, o)
	require.NoError(t, err)
	s := Summary{Followups: f}
	r := result("好的", 0, 2)
	s.Add(r)
	require.NoError(t, w.Call(r))
	require.NoError(t, w.Close(&s))
	return b.String()
}

func TestCallbacksInSummaries(t *testing.T) {
	assert.Contains(t, closed(t, "table", Options{Lang: call.ZH, Width: 100}, dropped()),
		"断线 6 通：及时回拨 1，回拨超时 1，没有回拨 1，无需回拨 2，未能评估 1。\n")
	assert.Contains(t, closed(t, "table", Options{Lang: call.EN, Width: 200}, dropped()),
		"6 dropped calls: called back in time 1, called back late 1, not called back 1, no callback needed 2, not evaluated 1.\n")
	var got struct {
		Summary struct{ Callbacks map[string]int }
	}
	require.NoError(t, json.Unmarshal([]byte(closed(t, "json", Options{}, dropped())), &got))
	assert.Equal(t, map[string]int{"dropped": 6, "in_time": 1, "late": 1, "missing": 1, "excused": 2, "not_evaluated": 1}, got.Summary.Callbacks)
	for _, none := range []*lint.Followups{nil, {}} {
		assert.NotContains(t, closed(t, "table", Options{Lang: call.ZH, Width: 100}, none), "断线")
		assert.NotContains(t, closed(t, "json", Options{}, none), "callbacks")
		assert.NotContains(t, closed(t, "html", Options{}, none), `id="chains"`)
	}
}

func TestChainsOfTheDay(t *testing.T) {
	h := newHTMLReport(nil, Options{Lang: call.ZH})
	c := h.chains(&Summary{Followups: dropped()})
	require.Len(t, c.First, 2, "what is broken is seen at once, by the time of the day")
	require.Len(t, c.Rest, 4)
	assert.Equal(t, []string{"10:00", "15:00"}, []string{c.First[0].Time, c.First[1].Time})
	assert.Equal(t, []htmlStep{{"B1", "#call=B1"}, {"10:31 回拨未接", "#call=B2"}, {"11:31 回拨接通", "#call=B3"}}, c.First[0].Steps)
	assert.Equal(t, []htmlMark{{"51.57%", "missed"}, {"97.00%", "reached"}}, c.First[0].Marks, "what is beyond the strip stands at its end")
	assert.Equal(t, "26.50%", c.First[0].Due)
	assert.Equal(t, []htmlBadge{{"无能为力", "error"}}, c.First[0].Came)
	assert.Equal(t, []htmlBadge{{"及时回拨", "good"}}, c.Rest[1].Came)
	assert.Equal(t, "–", c.Rest[0].Time, "a drop that nobody knows the time of")
	assert.Equal(t, "已报备", c.Rest[3].Steps[1].Text)
	assert.Equal(t, 1, c.Hours.Columns[10].H2/(columnsFloor-columnsTop))
	assert.Zero(t, c.Hours.Columns[9].H2)
	page := closed(t, "html", Options{Lang: call.ZH}, dropped())
	assert.Contains(t, page, "E&lt;1&gt;")
	assert.NotContains(t, page, "E<1>")
}

func TestManyChains(t *testing.T) {
	f := &lint.Followups{}
	for range mostChains + 5 {
		f.Drops = append(f.Drops, lint.Drop{ID: "D", Fate: rule.InTime, At: time.Date(2026, 3, 18, 9, 0, 0, 0, time.UTC)})
	}
	f.Drops[0].At = f.Drops[0].At.AddDate(0, 0, -1)
	c := newHTMLReport(nil, Options{Lang: call.EN}).chains(&Summary{Followups: f})
	assert.Len(t, c.First, firstChains)
	assert.Len(t, c.Rest, mostChains-firstChains)
	assert.Equal(t, 5, c.Hidden)
	assert.Equal(t, "03-17 09:00", c.First[0].Time, "of several days each is named")
}

func TestRelatedCalls(t *testing.T) {
	r := result("好的", 0, 2)
	r.Verdict.Findings[0].RelatedCalls = []string{"C7", "C8"}
	assert.Contains(t, written(t, "jsonl", Options{}, r), `"related_calls":["C7","C8"]`)
	assert.Contains(t, written(t, "table", Options{Lang: call.ZH, Width: 100}, r), "相关通话：C7、C8")
}
