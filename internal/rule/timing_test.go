package rule

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

// clockRules are the four measures with cues of few words.
const clockRules = `
settings: {hold-seconds: 180}
cues:
  yes: {any: ['^好的$'], max-length: 2}
  hold: {speaker: agent, any: [请稍等]}
  still: {speaker: agent, any: [还要再等]}
  fetch: {speaker: customer, any: [我去找卡]}
  asks: {speaker: agent, any: [卡号是多少]}
  line: {speaker: agent, any: [听得到吗]}
  callback: {speaker: agent, any: [给您回电]}
rules:
  - {id: t/gap, title: 名, severity: error, why: 因, advice: 议, message: "{heard} > {allowed}", timing: {measure: gap, over: 8, ignore: yes, announced: [hold, still], before: [fetch, asks], after: line}}
  - {id: t/overlap, title: 名, severity: error, why: 因, advice: 议, message: "{heard} ≥ {allowed}", timing: {measure: overlap, over: 0.5, at-least: 1, ignore: yes, before: fetch, after: line}}
  - {id: t/hold, title: 名, severity: error, why: 因, advice: 议, message: "{heard} > {allowed}", timing: {measure: hold, over: "{hold-seconds}", ignore: yes, announced: hold, still: still, before: fetch, offered: callback}}
  - {id: t/rate, title: 名, severity: error, why: 因, advice: 议, message: "{heard} > {allowed}", timing: {measure: rate, over: 360, at-least: 20}}
`

// words are what the letters of a drawing say: a run of one letter is a turn as long as the run.
var words = map[rune]string{'=': "这是要说的话", '-': "那也是要说的话", 'y': "好的", 'h': "请稍等", 's': "还要再等", 'f': "我去找卡", 'q': "卡号是多少",
	'l': "听得到吗", 'c': "给您回电", 'n': "这一句话不多不少正好二十个汉字都要念出来", 'u': "谢谢嗯嗯嗯嗯", '|': "这句话没有长度",
	'x': "这句话没有时间", '>': "这句话没有结束", '<': "这句话倒着走"}

// drawn reads a call from a drawing: a line for each speaker or channel, so many
// milliseconds a column. Turns stand in the order in which they begin, or, where
// the drawing says so, channel by channel. Times are not whole seconds unless
// the drawing is coarse.
func drawn(t *testing.T, drawing string, scale int64) *call.Call {
	c, starts := &call.Call{ID: "drawn"}, []int{}
	off := int64(40)
	if strings.Contains(drawing, "whole seconds") {
		off = 0
	}
	for line := range strings.Lines(drawing) {
		who, bar, ok := strings.Cut(strings.TrimSpace(line), ": ")
		role, known := map[string]call.Role{"A": call.Agent, "C": call.Customer, "O": call.Other}[who]
		if !ok || !known {
			continue
		}
		cells := append([]rune(bar), '.')
		for i := 0; i < len(cells)-1; {
			end := i + 1
			for end < len(cells) && cells[end] == cells[i] {
				end++
			}
			if text, says := words[cells[i]]; says {
				c.Turns, starts = append(c.Turns, timed(role, text, cells[i], int64(i)*scale+off, int64(end)*scale+off)), append(starts, i)
			} else {
				must.Contains(t, ". ", string(cells[i]), "no words for this letter")
			}
			i = end
		}
	}
	if !strings.Contains(drawing, "channel by channel") {
		inOrder(c.Turns, starts)
	}
	return c
}

// timed is a turn with its times, but for the letters that say what is wrong with them.
func timed(role call.Role, text string, letter rune, from, to int64) call.Turn {
	turn := call.Turn{Role: role, Text: text, Start: call.At(from), End: call.At(to)}
	switch letter {
	case '|':
		turn.End = turn.Start
	case '>':
		turn.End = call.Millis{}
	case 'x':
		turn.Start, turn.End = call.Millis{}, call.Millis{}
	case '<':
		turn.Start, turn.End = turn.End, turn.Start
	}
	return turn
}

// inOrder sorts turns by where they begin in the drawing, lines in their order.
func inOrder(turns []call.Turn, starts []int) {
	for i := range turns {
		for k := i; k > 0 && starts[k] < starts[k-1]; k-- {
			turns[k], turns[k-1] = turns[k-1], turns[k]
			starts[k], starts[k-1] = starts[k-1], starts[k]
		}
	}
}

// clockSays is what the rules say of a call: the measure, what was heard, and the 0-based turn.
func clockSays(p *Pack, c *call.Call) string {
	var out []string
	v := p.Check(c, p.Rules)
	for _, f := range v.Findings {
		seconds, _, _ := strings.Cut(f.Message.ZH, " ")
		out = append(out, fmt.Sprintf("%s %s at %d", strings.TrimPrefix(f.Rule.ID, "t/"), seconds, f.At.Turn))
	}
	for _, n := range v.NotEvaluated {
		out = append(out, strings.TrimPrefix(n.Rule, "t/")+"?")
	}
	return strings.Join(out, ", ")
}

// The drawings have a second, a tenth or ten seconds a column.
func TestTiming(t *testing.T) {
	const second, tenth, tens = 1000, 100, 10_000
	p := loaded(t, clockRules)
	for _, v := range []struct {
		name    string
		scale   int64
		drawing string
		want    string
	}{
		{"silence before the agent", second, `
			A: ==..............===
			C: ...===.............`, "gap 10 at 2"},
		{"just the limit is allowed", second, `
			A: ==............===
			C: ...===...........`, ""},
		{"the wait was announced", second, `
			A: ==.....hh..............===
			C: ...===....y...............`, ""},
		{"announced for what came before", second, `
			A: hh..===.............===
			C: .......===.............`, "gap 10 at 3"},
		{"the customer fetches a card", second, `
			A: ==..............===
			C: ...fff.............`, ""},
		{"a yes does not change who is waited for", second, `
			A: ==....y................===
			C: ...fff....................`, ""},
		{"a yes does not answer either", second, `
			A: ==.....y..............===
			C: ...===...................`, "gap 14 at 3"},
		{"the customer does not answer", second, `
			A: qqq.............===`, ""},
		{"the customer has answered", second, `
			A: qqq................===
			C: ...yyyy---............`, "gap 9 at 3"},
		{"the agent tests the line", second, `
			A: ==..............lll
			C: ...===.............`, ""},
		{"the agent lets silence pass after its own words", second, `
			A: ====..........===`, "gap 10 at 1"},
		{"silence that the customer ends is not the agent's", second, `
			A: ==.............==
			C: ............===..`, ""},
		{"before the first words there was no call", second, `
			A: ..............===`, ""},
		{"ringing is not silence", second, `
			O: ===..............
			A: ..............===`, ""},
		{"the latest end counts where several speak", second, `
			A: ..................===
			C: ================.....
			C: ...===...............`, ""},
		{"a turn without times may lie in the silence", second, `
			A: ==..............===
			C: ...===...xxx.......`, ""},
		{"an end that is not told is guessed late", second, `
			A: ==..............===
			C: ...>...............`, "gap 9.5 at 2"},
		{"no length but words: the end is guessed late", second, `
			A: ==............===
			C: ...|.............`, ""},
		{"a turn that ends before it starts has no time", second, `
			A: ==................===
			C: ...===....<<<........`, ""},
		{"out of order: channel by channel", second, `
			A: ==..............===
			C: ...===.............`, "gap 10 at 1"},
		{"the agent cuts in", tenth, `
			A: ....................===============
			C: ==========================.........`, "overlap 0.6 at 1"},
		{"too little to tell", tenth, `
			A: ......................===============
			C: ==========================...........`, ""},
		{"cuts in but gives way", tenth, `
			A: ....................=========......
			C: ==========================.........`, ""},
		{"a yes is no interruption", tenth, `
			A: ..........yyyyyyyyyyyy.............
			C: ==========================.........`, ""},
		{"a yes that goes on as an interruption", tenth, `
			A: ......yyyyyy==============.........
			C: ==========================.........`, "overlap 1.4 at 2"},
		{"both begin at once", tenth, `
			A: ..===============..................
			C: ==========================.........`, ""},
		{"the agent resumes after the customer's yes", tenth, `
			A: ==========....===============......
			C: ........yyyyyyyyyyy................`, ""},
		{"the customer cuts in and the agent goes on", tenth, `
			A: ==========------------------.......
			C: ........=================..........`, ""},
		{"the customer's sentences touch", tenth, `
			A: .........===============...........
			C: ==========-----------..............`, "overlap 1.2 at 1"},
		{"and so do the agent's", tenth, `
			A: ..............====------...........
			C: ======================.............`, "overlap 0.8 at 1"},
		{"overlapping sentences of one speaker are one", tenth, `
			A: ..............===============......
			C: ============.......................
			C: ........------------...............`, "overlap 0.6 at 2"},
		{"the customer dies away in 嗯", tenth, `
			A: ..............=================....
			C: uuuuuuuuuuuuuuuuuuuuuuuuuuuu.......`, ""},
		{"the agent tests the line over the customer", tenth, `
			A: ..............llllllllllll.........
			C: ========================...........`, ""},
		{"whole seconds may be rounded: too little", second, `
			whole seconds
			A: ...======.
			C: ====......`, ""},
		{"whole seconds: enough all the same", second, `
			whole seconds
			A: ....======
			C: ======....`, "overlap 1 at 1"},
		{"a hold", tens, `
			A: h....................=
			C: .y....................`, "hold 190 at 2"},
		{"a hold within the limit", tens, `
			A: h..................=
			C: .y..................`, ""},
		{"a hold that goes on", tens, `
			A: h...........s..........=
			C: .y...........y..........`, "hold 190 at 4"},
		{"two holds", tens, `
			A: h..........=h..........=
			C: .y......................`, ""},
		{"a callback was offered before", tens, `
			A: ch......................=
			C: ..y......................`, ""},
		{"a callback was offered in the wait", tens, `
			A: h..........ch.........=
			C: .y....................`, ""},
		{"a callback offered when the wait is over", tens, `
			A: h....................c=
			C: .y....................`, "hold 190 at 2"},
		{"what the customer says is no silence", tens, `
			A: h..................=
			C: ..=====.............`, ""},
		{"the customer makes the agent wait", tens, `
			A: h......................=
			C: .f......................`, ""},
		{"speech", tenth, `
			A: nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn`, "rate 375 at 0"},
		{"slow enough", tenth, `
			A: nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn`, ""},
		{"nobody speaks like that: the times are wrong", tenth, `
			A: nnnnn`, ""},
		{"no times at all", second, `
			A: xx..xx
			C: ..xx..`, "gap?, overlap?, hold?, rate?"},
		{"starts alone", second, `
			A: >...>
			C: ..>..`, "gap?, overlap?, hold?, rate?"},
		{"the customer's clock is late", tenth, `
			A: ==========..........==========..........==========..........==========..........==========
			C: ................==========..........==========..........==========..........==========....`, "gap?, overlap?, hold?"},
		{"who merely interrupts is not waited for", tenth, `
			A: ==========......==============........==============........==============........==============
			C: ............==========............==========............==========............==========........`, "overlap 0.6 at 2, overlap 0.6 at 4, overlap 0.6 at 6, overlap 0.6 at 8"},
	} {
		drawing := v.drawing
		if strings.HasPrefix(v.name, "out of order") {
			drawing += "\nchannel by channel"
		}
		assert.Equal(t, v.want, clockSays(p, drawn(t, drawing, v.scale)), "%s:%s", v.name, v.drawing)
	}
}

func TestSpoken(t *testing.T) {
	for text, want := range map[string]int{"": 0, "您好，请讲！": 4, "VIP卡": 4, "wifi 密码": 3, "8.5元": 3, "……嗯": 1, "用app查": 3} {
		assert.Equal(t, want, spoken([]rune(text)), text)
	}
}

func TestTimingFaults(t *testing.T) {
	for kind, want := range map[string]string{
		"timing: {measure: gaps, over: 8}":                      `no measure named "gaps"; did you mean "gap"`,
		"timing: {measure: gap}":                                `timing.over of rule a/rule must be a number above 0`,
		"timing: {measure: gap, over: soon}":                    `this is "soon"`,
		`timing: {measure: gap, over: "{limit}"}`:               `no setting named "limit"`,
		"timing: {measure: rate, over: 360, announced: [hold]}": `timing has no key announced where it measures rate`,
		"timing: {measure: hold, over: 180}":                    `rule a/rule has no timing.announced`,
		"timing: {measure: gap, over: 8, befor: [hold]}":        `befor`,
	} {
		_, err := load(ruleYAML("a/rule", kind) + cues)
		var errs strict.Errors
		must.ErrorAs(t, err, &errs, kind)
		assert.Contains(t, errs.In(call.EN), want, kind)
	}
}

// Where there are times, thanks are due only after a wait that was one.
func TestReplyWaited(t *testing.T) {
	p := oneRule(t, "reply: {to: hold, with: sorry, within: 1, waited: 10}", cues)
	assert.Empty(t, found(p, talk("坐0-2：稍等", "客2.5-3：好", "坐12-14：查到了")))
	assert.Equal(t, []string{"0 稍等"}, found(p, talk("坐0-2：稍等", "客2.5-3：好", "坐13-14：查到了")), "10.5 seconds of silence")
	assert.Equal(t, []string{"0 稍等"}, found(p, talk("坐0-2：稍等", "客：好", "坐9-14：查到了")), "nobody knows how long")
}

// What a recogniser cut in two is one answer, and 嗯 is none.
func TestOrderInOneBreath(t *testing.T) {
	p := oneRule(t, "order: {first: sorry, then: explains, skip: nods, after: {cue: problem, within: 1}}", cues+"  nods: {speaker: agent, any: ['^嗯嗯$', 知道]}\n")
	assert.Equal(t, []string{"2 因为"}, found(p, talk("客0-2：坏了", "坐2.2-3：您好", "坐3.1-5：因为天冷")))
	assert.Empty(t, found(p, talk("客0-2：坏了", "坐2.2-3：您好", "坐5-6：因为天冷")), "another turn")
	assert.Equal(t, []string{"2 因为"}, found(p, talk("客：坏了", "坐：知道", "坐：因为天冷")))
	assert.Equal(t, []string{"2 因为"}, found(p, talk("客5-6：坏了", "坐4-8：您好", "坐9-10：因为天冷")), "what began before is no answer")
}

func TestRepeatInOneBreath(t *testing.T) {
	p := oneRule(t, "repeat: {cue: sorry, times: 2, in-a-row: true}", cues)
	assert.Empty(t, found(p, talk("坐0-2：抱歉", "坐2.1-4：真抱歉", "坐4.2-5：抱歉")))
	assert.Equal(t, []string{"3 抱歉"}, found(p, talk("坐0-2：抱歉", "坐2.1-4：真抱歉", "客4.5-5：嗯", "坐6-7：抱歉")))

	p = oneRule(t, "repeat: {cue: asks, slot: true, given: tells}", cues)
	assert.Equal(t, []string{"2 手机号是多少"}, found(p, talk("坐0-2：手机号是多少", "客2.5-5：手机号是138", "坐5.5-8：手机号是多少")))
	assert.Empty(t, found(p, talk("坐0-4：手机号是多少", "客1-5：手机号是138", "坐5.5-8：手机号是多少")), "the agent talked over the answer")
}

// What lacks times is told of the rules that need them, and a call that is of no sort
// that they ask for lacks nothing.
func TestTimingNotEvaluated(t *testing.T) {
	p := loaded(t, clockRules+"calls: {short: {truncated: true}}\n")
	v := p.Check(talk("您好"), p.Rules)
	assert.Len(t, v.NotEvaluated, 4)
	assert.Zero(t, v.Judged)
	assert.Equal(t, "the call has no times", v.NotEvaluated[0].Reason.EN)
}

func TestExamplesWithTimes(t *testing.T) {
	for text, want := range map[string]call.Turn{
		"坐0-2.5：您好": {Role: call.Agent, Text: "您好", Start: call.At(0), End: call.At(2500)},
		"客3：喂":      {Role: call.Customer, Text: "喂", Start: call.At(3000)},
		"坐3-：喂":     {Role: call.Agent, Text: "坐3-：喂"},
		"三：喂":       {Role: call.Agent, Text: "三：喂"},
	} {
		assert.Equal(t, want, exampleTurn(text))
	}
	assert.Equal(t, call.At(1500), Dialogue("坐0-1.5:您好")[0].End)
}

// A call of very many turns that all say yes and are all far apart is soon judged.
func TestTimingIsLinear(t *testing.T) {
	c := &call.Call{ID: "long"}
	for i := range int64(50_000) {
		c.Turns = append(c.Turns, timed(call.Agent, "好的", 'y', i*20_000, i*20_000+500))
	}
	p, start := loaded(t, clockRules), time.Now()
	assert.Len(t, p.Check(c, p.Rules).Findings, 49_999)
	assert.Less(t, time.Since(start), 20*time.Second)
}

// Who hums has said it all; who looks for words has not.
func TestHumsAtEnd(t *testing.T) {
	for text, want := range map[string]int{"好吧，嗯……呃": 2, "好吧嗯": 1, "什么时候退啊": 0, "什么时候退啊，嗯": 1, "我问的是，那个": 0, "嗯，好": 0, "谢谢。额，誒": 2, "": 0} {
		assert.Equal(t, want, humsAtEnd([]rune(text)), text)
	}
}
