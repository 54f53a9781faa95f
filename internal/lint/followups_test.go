package lint

import (
	"bytes"
	"context"
	"encoding/json"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/follow/followtest"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/rules"
)

// followers judges calls together, by the rules of the documents.
func followers(t testing.TB) *Linter {
	t.Helper()
	p, err := rule.Load(rules.FS, "documents")
	require.NoError(t, err)
	only := slices.DeleteFunc(slices.Clone(p.Rules), func(r *rule.Rule) bool { return !r.Followup() })
	require.Len(t, only, 4)
	return &Linter{Checks: []Check{{Pack: p, Rules: only}}}
}

func inLines(t testing.TB, calls []*call.Call) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, c := range calls {
		line, err := json.Marshal(c)
		require.NoError(t, err)
		b.Write(append(line, '\n'))
	}
	return b.Bytes()
}

// read opens data as standard input, which can be read again and again.
func read(data []byte, contacts bool) func(func(intake.Chunk) bool) {
	return intake.Open(context.Background(), []string{"-"}, intake.Options{Stdin: bytes.NewReader(data), Contacts: contacts})
}

// judged are the rules that found something, and the number of those that could not be
// judged, by call, and the calls in their order.
func judged(t *testing.T, l *Linter, data []byte) (found map[string][]string, open map[string]int, order []string) {
	t.Helper()
	found, open = map[string][]string{}, map[string]int{}
	require.NoError(t, l.Run(t.Context(), read(data, false), func(o Outcome) error {
		for _, r := range o.Results {
			require.Nil(t, r.Problem)
			id := r.Call.ID
			order = append(order, id)
			for _, f := range r.Verdict.Findings {
				found[id] = append(found[id], f.Rule.ID)
				assert.NotContains(t, f.Message.ZH+f.Message.EN, "{", id)
			}
			slices.Sort(found[id])
			if n := len(r.Verdict.NotEvaluated); n > 0 {
				open[id] = n
			}
		}
		return nil
	}))
	return found, open, order
}

// The rules find in a day exactly what was put there, whatever the number of workers.
func TestDayOfCalls(t *testing.T) {
	day := followtest.New(20000, 18)
	data := inLines(t, day.Calls)
	require.Greater(t, len(day.Found), 1000)
	require.Greater(t, len(day.Open), 100)
	var order []string
	for _, c := range day.Calls {
		order = append(order, c.ID)
	}
	for _, jobs := range []int{1, 8} {
		l := followers(t)
		l.Jobs = jobs
		l.Followups = l.Follow(read(data, true), 24*time.Hour)
		found, open, seen := judged(t, l, data)
		for id := range day.Found {
			assert.Equal(t, day.Found[id], found[id], id)
		}
		assert.Len(t, found, len(day.Found))
		assert.Equal(t, day.Open, open)
		assert.Equal(t, order, seen, "results leave in input order")
	}
}

// Memory grows with the calls of two windows, not with all of them.
func TestFollowForgets(t *testing.T) {
	day := inLines(t, followtest.New(5000, 7).Calls)
	held := func(days int) uint64 {
		l := followers(t)
		var peak uint64
		l.Follow(func(yield func(intake.Chunk) bool) {
			for d := range days {
				data := bytes.ReplaceAll(day, []byte("2026-03-1"), []byte(dateOf(d)))
				data = bytes.ReplaceAll(data, []byte(`"id":"`), []byte(`"id":"`+dateOf(d)))
				for c := range read(data, true) {
					yield(c)
				}
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapAlloc)
			}
		}, time.Hour)
		return peak
	}
	few, many := held(4), held(16)
	assert.Less(t, many, 2*few+8<<20)
}

// dateOf is the start of a date so many months after March 2026, the last digit left out.
func dateOf(months int) string {
	return time.Date(2026, 3+time.Month(months), 1, 0, 0, 0, 0, time.UTC).Format("2006-01-") + "1"
}

// What is found in a call looked at alone is nothing, and said to be so.
func TestOneCallAlone(t *testing.T) {
	l := followers(t)
	dropped := &call.Call{ID: "D", Hangup: call.Dropped, Turns: []call.Turn{{Role: call.Agent, Text: "您好"}}}
	v := l.Judge(dropped)
	assert.Empty(t, v.Findings)
	require.Len(t, v.NotEvaluated, 4)
	assert.Contains(t, v.NotEvaluated[0].Reason.EN, "alone")
	assert.Zero(t, v.Judged)
	dropped.Hangup = call.ByCustomer
	assert.Equal(t, 4, l.Judge(dropped).Judged)
	dropped.Hangup = ""
	assert.Contains(t, l.Judge(dropped).NotEvaluated[0].Reason.EN, "nobody knows who hung up")
}

// The same call in two inputs is one call, and is found at fault in both.
func TestOverlappingInputs(t *testing.T) {
	l := followers(t)
	one := inLines(t, followtest.New(300, 3).Calls)
	both := append(slices.Clone(one), one...)
	l.Followups = l.Follow(read(one, true), 24*time.Hour)
	want, _, _ := judged(t, l, one)
	l.Followups = l.Follow(read(both, true), 24*time.Hour)
	found, _, _ := judged(t, l, both)
	for id, rules := range want {
		assert.Equal(t, strings.Join(rules, " "), strings.Join(slices.Compact(found[id]), " "), id)
		assert.Len(t, found[id], 2*len(rules))
	}
}

// A rule that is left out finds nothing, but what became of a call stays what it is.
func TestChosenFollowups(t *testing.T) {
	l := followers(t)
	l.Checks[0].Rules = l.Checks[0].Rules[:1]
	require.Equal(t, "callback/missing", l.Checks[0].Rules[0].ID)
	data := inLines(t, followtest.New(500, 5).Calls)
	l.Followups = l.Follow(read(data, true), 24*time.Hour)
	fates := map[rule.Fate]int{}
	for _, d := range l.Followups.Drops {
		fates[d.Fate]++
		for _, r := range d.Found {
			assert.Equal(t, "callback/missing", r.ID)
		}
	}
	for _, fate := range []rule.Fate{rule.InTime, rule.Late, rule.Missed, rule.Excused, rule.Open} {
		assert.Positive(t, fates[fate], fate)
	}
	found, _, _ := judged(t, l, data)
	for id, rules := range found {
		assert.Equal(t, []string{"callback/missing"}, rules, id)
	}
}
