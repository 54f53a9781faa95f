package report

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/clipperhouse/displaywidth"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// shown is a call on a screen without colours.
func shown(t *testing.T, r *lint.Result, width int, onlyFindings bool) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, Show(&b, r, Options{Width: width}, onlyFindings))
	for line := range strings.Lines(b.String()) {
		assert.LessOrEqual(t, displaywidth.String(strings.TrimSuffix(line, "\n")), width, line)
	}
	return b.String()
}

// findingAt is a finding of a rule in a turn, from rune start to end.
func findingAt(r *rule.Rule, c *call.Call, turn, start, end int) rule.Finding {
	quote := string([]rune(c.Turns[turn].Text)[start:end])
	return rule.Finding{Rule: r, Role: call.Agent, At: rule.Range{Turn: turn, Start: start, End: end, Quote: quote}}
}

// Overlapping words are marked once, with the numbers of all their notes.
func TestShowMarks(t *testing.T) {
	c := &call.Call{ID: "C1", Turns: []call.Turn{{Role: call.Agent, Text: "这个我也没办法退不了，随便您"}}}
	grave, light := helpless(), *helpless()
	light.Severity = rule.Info
	for name, v := range map[string]struct {
		findings []rule.Finding
		want     string
	}{
		"apart":     {[]rule.Finding{findingAt(grave, c, 0, 2, 7), findingAt(grave, c, 0, 11, 14)}, "这个【我也没办法】[1]退不了，【随便您】[2]\n"},
		"touching":  {[]rule.Finding{findingAt(grave, c, 0, 2, 7), findingAt(grave, c, 0, 7, 10)}, "这个【我也没办法】[1]【退不了】[2]，随便您\n"},
		"nested":    {[]rule.Finding{findingAt(grave, c, 0, 2, 10), findingAt(&light, c, 0, 4, 7)}, "这个【我也没办法退不了】[1][2]，随便您\n"},
		"crossing":  {[]rule.Finding{findingAt(&light, c, 0, 2, 7), findingAt(grave, c, 0, 4, 10)}, "这个【我也没办法退不了】[1][2]，随便您\n"},
		"all":       {[]rule.Finding{findingAt(grave, c, 0, 0, 14)}, "【这个我也没办法退不了，随便您】[1]\n"},
		"malformed": {[]rule.Finding{{Rule: grave, At: rule.Range{Start: 12, End: 99}}}, "这个我也没办法退不了，随【便您】[1]\n"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Contains(t, shown(t, &lint.Result{Call: c, Verdict: rule.Verdict{Findings: v.findings}}, 80, false), v.want)
		})
	}
}

// A call of many turns, each with a finding of the same rule and each long, is soon shown.
func TestShowIsLinear(t *testing.T) {
	c, v := &call.Call{ID: "C1"}, rule.Verdict{Score: &rule.Score{Start: 100}}
	for i := range 10_000 {
		c.Turns = append(c.Turns, call.Turn{Role: call.Agent, Text: "没办法" + strings.Repeat("a", 200)})
		v.Findings = append(v.Findings, findingAt(helpless(), c, i, 0, 3))
	}
	v.Score.Deductions = []rule.Deduction{{Rule: helpless(), Count: len(c.Turns), Counted: 1, Points: 4, Total: 4}}
	start := time.Now()
	text := shown(t, &lint.Result{Call: c, Verdict: v}, 80, false)
	assert.Less(t, time.Since(start), 20*time.Second)
	assert.Contains(t, text, "[9999][10000]\n", "no label is cut")
}

// The gravest of several notes gives a mark its colour; what is accepted gives none.
func TestShowMarkColour(t *testing.T) {
	light, grave := helpless(), helpless()
	light.Severity = rule.Info
	find := func(r *rule.Rule) *rule.Finding { return &rule.Finding{Rule: r} }
	assert.Equal(t, red.strong(), mark{notes: []note{{Finding: find(light)}, {Finding: find(grave)}}}.look())
	assert.Equal(t, cyan.strong(), mark{notes: []note{{Finding: find(light)}, {Finding: find(grave), by: rule.ByWaiver}}}.look())
	assert.Equal(t, dim, mark{notes: []note{{Finding: find(grave), by: rule.ByBaseline}}}.look())
}

// missing is a call in which an opening, a reply and something of the whole call are missing.
func missing() *lint.Result {
	first, last := 0, 4
	turn := func(role call.Role, text string) call.Turn { return call.Turn{Role: role, Text: text} }
	c := &call.Call{ID: "C1", Turns: []call.Turn{turn(call.Agent, "喂"), turn(call.Customer, "扣错了"), turn(call.Agent, "哦"),
		turn(call.Customer, "嗯"), turn(call.Agent, "好")}}
	need := func(id string, due *int) rule.Finding {
		return rule.Finding{Rule: &rule.Rule{ID: id, Kind: "require", Severity: rule.Warning}, Message: call.Say{ZH: "缺" + id}, At: rule.Range{Turn: -1}, Due: due}
	}
	reply := findingAt(&rule.Rule{ID: "a/reply", Kind: "reply", Severity: rule.Error}, c, 1, 0, 3)
	reply.Message, reply.Due = call.Say{ZH: "没有回应"}, &last
	reply.Related = []rule.Range{{Turn: 2}, {Turn: 4}}
	return &lint.Result{Call: c, Verdict: rule.Verdict{Judged: 1, Findings: []rule.Finding{reply, need("a/opening", &first), need("a/anywhere", nil)}}}
}

// What is missing stands where it was due; notes are numbered as they are met.
func TestShowWhatIsMissing(t *testing.T) {
	out := shown(t, missing(), 80, false)
	order := []string{"坐席  喂", "[1] 警告", "a/opening", "客户  【扣错了】[2]", "坐席  哦", "坐席  好", "[2] 错误", "a/reply", "没有回应", "参看第3轮", " 整通 ", "[3] 警告", "a/anywhere"}
	from := 0
	for _, part := range order {
		i := strings.Index(out[from:], part)
		require.GreaterOrEqual(t, i, 0, "%q is not after %q in\n%s", part, out[:from], out)
		from += i
	}
}

// Folding keeps the turns that findings, and what belongs to them, are about.
func TestShowFolds(t *testing.T) {
	out := shown(t, missing(), 80, true)
	assert.Contains(t, out, "  3  坐席  哦\n           …… 省略 1 轮\n  5  坐席  好\n")
	assert.Equal(t, 1, strings.Count(out, "省略"))
}

// A screen of any width is not overrun, with ids and words that have no place to break.
func TestShowFitsEveryWidth(t *testing.T) {
	r := missing()
	r.Call.ID, r.Call.Source = strings.Repeat("C", 90), strings.Repeat("d", 200)+".jsonl"
	r.Call.Turns[0].Start, r.Call.Turns[2].Text = call.At(3_600_000*11), strings.Repeat("http", 70)
	r.Verdict.Score = score(70, deduction("a/"+strings.Repeat("x", 60), rule.Error, 3, 2, 15))
	r.Verdict.NotEvaluated = []rule.NotEvaluated{{Rule: "b/c", Reason: call.Say{ZH: "没有时间"}}}
	for width := 30; width <= 200; width++ {
		out := shown(t, r, width, false)
		assert.Contains(t, out, "没有时间")
	}
}

// What could not be evaluated is named with the reason, all of it by number only.
func TestShowNotEvaluated(t *testing.T) {
	r := missing()
	r.Verdict = rule.Verdict{Judged: 3, NotEvaluated: []rule.NotEvaluated{{Rule: "a/b", Reason: call.Say{ZH: "没有时间"}}, {Rule: "a/c", Reason: call.Say{ZH: "没有时间"}}}}
	assert.Contains(t, shown(t, r, 80, false), "未能评估 2 条规则，没有时间：a/b、a/c\n")
	r.Verdict.Judged = 0
	assert.Contains(t, shown(t, r, 80, false), "没能评估。\n")
	assert.Contains(t, shown(t, r, 80, false), "未能评估 2 条规则，没有时间\n")
}

// The cap of a rule and a fatal one are said where the points are.
func TestShowDeductions(t *testing.T) {
	r := missing()
	fatal := deduction("a/f", rule.Error, 1, 1, 0)
	fatal.Fatal = true
	r.Verdict.Score = score(0, fatal, deduction("a/reply", rule.Error, 5, 2, 10))
	out := shown(t, r, 120, false)
	assert.Regexp(t, `a/f +无能为力 +1 +一票否决\n`, out)
	assert.Regexp(t, `a/reply +无能为力 +5（计 2） +−20 +\[2\]\n`, out)
}

func TestMoment(t *testing.T) {
	for at, want := range map[string]string{"2026-03-18T14:05:12+08:00": "2026-03-18 14:05", "2026-03-18T14:05:12": "2026-03-18 14:05", "昨天": "昨天", "": ""} {
		assert.Equal(t, want, moment(at))
	}
}

// clocked is a call with an overlap, silences, an end that is not told and findings.
func clocked() *lint.Result {
	turn := func(role call.Role, from, to int64) call.Turn {
		return call.Turn{Role: role, Text: "这是一句话", Start: call.At(from * 100), End: call.At(to * 100)}
	}
	c := &call.Call{ID: "C1", Turns: []call.Turn{turn(call.Agent, 0, 40), turn(call.Customer, 50, 120), turn(call.Agent, 95, 140),
		turn(call.Customer, 145, 160), turn(call.Agent, 300, 360), {Role: call.Customer, Text: "好", Start: call.At(40_000)}, turn(call.Agent, 560, 600)}}
	v := rule.Verdict{Findings: []rule.Finding{findingAt(helpless(), c, 2, 0, 5), findingAt(helpless(), c, 2, 0, 2), findingAt(helpless(), c, 4, 0, 5)}}
	return &lint.Result{Call: c, Verdict: v}
}

// The time line has a row for each side, one for what is between them, the numbers of the findings and an axis.
func TestShowClock(t *testing.T) {
	for width, want := range map[int]string{
		80: ` 坐席 █████      ███████                  ████████                        █████
 客户       █████████  ███                            ░░
                 ××××    ┄┄┄┄┄┄┄14秒┄┄┄┄┄┄┄      ┄4秒┄┄┄┄┄┄┄┄┄┄15秒┄┄┄┄┄┄┄┄
                 [1]                      [3]
                 [2]
      00:00                   00:20                   00:40               01:00
`,
		40: ` 坐席 ███  ███        ████          ███
 客户   ███████             ░
           ×× ┄┄14秒┄┄┄  4秒┄┄15秒┄┄┄
           [1]        [3]
           [2]
      00:00                       01:00
`,
	} {
		assert.Contains(t, shown(t, clocked(), width, false), want)
	}
	var b bytes.Buffer
	require.NoError(t, Show(&b, clocked(), Options{Width: 80, Color: true}, false))
	assert.Contains(t, b.String(), "\x1b[36m█████\x1b[0m")
	assert.Contains(t, b.String(), "\x1b[31m××××\x1b[0m")
}

// Calls whose times draw no line have none, and no room is left for it.
func TestShowWithoutClock(t *testing.T) {
	plain := missing()
	assert.NotContains(t, shown(t, plain, 80, false), "00:00")
	c := clocked()
	for i := range c.Call.Turns {
		c.Call.Turns[i].Start, c.Call.Turns[i].End = call.Millis{}, call.Millis{}
	}
	assert.NotContains(t, shown(t, c, 80, false), "█")
}
