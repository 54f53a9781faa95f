package rule

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/follow"
)

// sequence is calls written as examples are.
func sequence(t *testing.T, texts ...string) []*call.Call {
	t.Helper()
	l := &loader{}
	c := &compiler{loader: l, file: &packFile{}}
	var it items
	for _, text := range texts {
		it = append(it, item{Text: text})
	}
	e := c.callsExample(exampleSpec{Calls: it})
	must.Empty(t, l.errors)
	return e.Calls
}

// verdictOf is what a rule of a kind says of calls: nothing, its message, or why it cannot tell.
func verdictOf(t *testing.T, spec string, calls []*call.Call) string {
	t.Helper()
	p := loaded(t, "rules:\n  - id: a/rule\n    title: 名称\n    severity: error\n    why: 原因\n    advice: 建议\n"+
		"    message: {zh: \"{dropped}|{due}|{at}|{gap}|{limit}|{n}|{note}\", en: \"{dropped}|{due}|{at}|{gap}|{limit}|{n}|{note}\"}\n    followup: {"+spec+", zone: \"+08:00\"}\n")
	c := follow.NewCollector(24*time.Hour, p.Rules[0].Zone())
	for _, k := range calls {
		c.Add(k)
	}
	said := ""
	for _, chain := range c.Chains() {
		switch o := p.Rules[0].Follow(chain); {
		case o.Of == nil:
		case o.Found:
			said += o.Of.Key.ID + ": " + p.Rules[0].FollowFinding(calls[0], o).Message.EN
		default:
			said += o.Of.Key.ID + "? " + o.Reason.EN
		}
	}
	return said
}

func TestFollowup(t *testing.T) {
	missing, late, close, report := "check: missing, within: 15m", "check: late, within: 15m", "check: too-close, apart: 15m", `check: not-reported, attempts: 3, shifts: ["08:00-20:00", "20:00-08:00"]`
	noEnd, undated := "nobody knows when the line dropped (no end time)", "a call out to the customer has no start time"
	for _, c := range []struct {
		what, spec string
		calls      []string
		want       string
	}{
		{"no callback", missing, []string{"14:00-14:05 来电 断线", "16:00 来电 另一客户"}, "C1: 14:05|14:20|{at}|{gap}|{limit}|{n}| "},
		{"over midnight", missing, []string{"23:50-23:58 来电 断线", "次日09:00 来电 另一客户"}, "C1: 23:58|03-19 00:13|{at}|{gap}|{limit}|{n}| "},
		{"the customer called in time", missing, []string{"14:00-14:05 来电 断线", "14:20 来电"}, ""},
		{"the customer called too late", missing, []string{"14:00-14:05 来电 断线", "14:21 来电"}, "C1: 14:05|14:20|{at}|{gap}|{limit}|{n}|; the customer called again at 14:21 "},
		{"a late call without direction", missing, []string{"14:00-14:05 来电 断线", "14:21"}, "C1? a later call has no direction, so nobody knows who called"},
		{"a call in time without direction", missing, []string{"14:00-14:05 来电 断线", "14:20"}, ""},
		{"no end, but in time at any rate", missing, []string{"14:00 来电 断线", "14:15 来电"}, ""},
		{"no end, and perhaps in time", missing, []string{"14:00 来电 断线", "14:16 来电"}, "C1? " + noEnd},
		{"no time at all", missing, []string{"来电 断线"}, "C1? " + undated},
		{"a call out without time", missing, []string{"14:00-14:05 来电 断线", "呼出"}, "C1? " + undated},
		{"to the second", late, []string{"14:00-14:05 来电 断线", "14:20 回拨"}, ""},
		{"late", late, []string{"14:00-14:05 来电 断线", "15:27 回拨 未接"}, "C1: 14:05|{due}|15:27|1 h 22 min|15 min|{n}|{note} "},
		{"late by the end, which is not known", late, []string{"14:00 来电 断线", "14:16 回拨"}, "C1? " + noEnd},
		{"too close", close, []string{"14:00-14:05 来电 断线", "14:06 回拨 未接", "14:25 回拨 未接", "14:30 回拨"}, "C1: {dropped}|{due}|14:30|5 min|15 min|3|{note} "},
		{"too close without a drop", close, []string{"14:06 回拨 未接", "14:10 回拨"}, "C2: {dropped}|{due}|14:10|4 min|15 min|2|{note} "},
		{"failed in one shift", report, []string{"19:00-19:05 来电 断线", "19:06 回拨 未接", "19:25 回拨 未接", "19:50 回拨 未接"},
			"C1: {dropped}|{due}|{at}|{gap}|{limit}|{n}|3 callbacks of one shift (19:06, 19:25, 19:50) were not answered "},
		{"failed in two shifts", report, []string{"19:00-19:05 来电 断线", "19:06 回拨 未接", "19:40 回拨 未接", "20:05 回拨 未接"}, ""},
		{"a night is one shift", report, []string{"23:00-23:05 来电 断线", "23:06 回拨 未接", "23:50 回拨 未接", "次日00:20 回拨 未接"},
			"C1: {dropped}|{due}|{at}|{gap}|{limit}|{n}|3 callbacks of one shift (23:06, 23:50, 03-19 00:20) were not answered "},
		{"the customer called meanwhile", report, []string{"14:00-14:05 来电 断线", "14:06 回拨 未接", "14:25 回拨 未接", "14:30 来电", "14:50 回拨 未接"}, ""},
	} {
		t.Run(c.what, func(t *testing.T) { assert.Equal(t, c.want, trimmed(verdictOf(t, c.spec, sequence(t, c.calls...)))) })
	}
}

// trimmed is a message without why it is wrong.
func trimmed(s string) string { return strings.TrimSuffix(s, "原因") }

func TestLengthOf(t *testing.T) {
	for d, want := range map[time.Duration]call.Say{
		0:                                  {ZH: "0 秒", EN: "0 s"},
		26 * time.Minute:                   {ZH: "26 分钟", EN: "26 min"},
		15*time.Minute + 20*time.Second:    {ZH: "15 分 20 秒", EN: "15 min 20 s"},
		time.Hour + 5*time.Minute:          {ZH: "1 小时 5 分钟", EN: "1 h 5 min"},
		2 * time.Hour:                      {ZH: "2 小时", EN: "2 h"},
		time.Minute + 300*time.Millisecond: {ZH: "1 分钟", EN: "1 min"},
		26*time.Hour + time.Second:         {ZH: "26 小时 1 秒", EN: "26 h 1 s"},
		59 * time.Second:                   {ZH: "59 秒", EN: "59 s"},
	} {
		assert.Equal(t, want, lengthOf(d), d.String())
	}
}

func TestFollowupFaults(t *testing.T) {
	for spec, want := range map[string]string{
		"check: mising, within: 15m, zone: \"+08:00\"":                                         `no check named "mising"; did you mean "missing"?`,
		"check: missing, zone: \"+08:00\"":                                                     "rule a/rule has no followup.within",
		"check: late, within: soon, zone: \"+08:00\"":                                          `want a time span like 15m or 90s, found "soon"`,
		"check: late, within: 15m, zone: Mars":                                                 `unknown zone "Mars"`,
		"check: late, within: \"{limit}\", zone: \"+08:00\"":                                   `no setting named "limit"`,
		"check: not-reported, attempts: 3, shifts: [8-20], zone: \"+08:00\"":                   `want a shift like 08:00-20:00, found "8-20"`,
		"check: late, within: 15m, zone: \"+08:00\"}\n    when: [dropped]\n    limits: {zh: x": "followup looks at several calls and takes no when",
	} {
		_, err := load(ruleYAML("a/rule", "followup: {"+spec+"}") + "\ncalls: {dropped: {hangup: dropped}}\n")
		must.Error(t, err, spec)
		assert.Contains(t, err.(interface{ In(call.Lang) string }).In(call.EN), want)
	}
}

// Whoever hides the number cannot be called, known or not; who has none on record may only be missing there.
func TestNobodyToCall(t *testing.T) {
	for number, want := range map[string]string{
		"匿名": "C1: {dropped}|{due}|{at}|{gap}|{limit}|{n}|there is no number to call back",
		"":   "C1? the call dropped, but there is no id or number of its customer, and no callback names it",
	} {
		calls := sequence(t, "14:00-14:05 来电 断线", "16:00 来电 另一客户")
		calls[0].Customer = call.Person{Number: number}
		assert.Contains(t, verdictOf(t, "check: not-reported, attempts: 3", calls), want, number)
	}
}
