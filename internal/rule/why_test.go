package rule

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// told are the notes of an explanation, each "cause mark turn: what", indented
// by how deep they are.
func told(notes []Note, depth int) string {
	var b strings.Builder
	for _, n := range notes {
		fmt.Fprintf(&b, "%s%s %s %d: %s\n", strings.Repeat(" ", depth), n.Cause, [...]string{"·", "+", "-"}[n.Mark], n.Turn, n.Say.ZH)
		b.WriteString(told(n.Below, depth+1))
	}
	return b.String()
}

// why explains the first rule of a pack.
func why(p *Pack, c *call.Call) string {
	e := p.Explain(c, p.Rules[0])
	if e.NotEvaluated != (call.Say{}) {
		return e.NotEvaluated.ZH
	}
	return fmt.Sprintf("%s%v", told(e.Notes, 0), e.Fires())
}

// What an explanation says of every rule, and of every match and guard on the
// way, is what Check does, over all examples of the built-in pack.
func TestExplanationsAgreeWithCheck(t *testing.T) {
	p, err := Load(os.DirFS("../../rules"), "documents")
	must.NoError(t, err)
	for _, r := range p.Rules {
		for _, e := range slices.Concat(r.Bad(), r.Good()) {
			x := &explainer{newView(p, e.Call)}
			_, fires := x.sortNotes(r.when)
			if fires {
				_, fires = x.kind(r.evaluator)
			}
			assert.Equal(t, len(p.Check(e.Call, []*Rule{r}).Findings) > 0, fires, "%s on %s", r.ID, e.Text)
			agreeOnCues(t, x, e)
			if rep, ok := r.evaluator.(*reply); ok {
				agreeOnReplies(t, x, rep, e)
			}
		}
	}
}

func agreeOnCues(t *testing.T, x *explainer, e Example) {
	cues := map[*cue]bool{}
	for _, n := range x.pack.made.cues {
		cues[n.cue] = true
	}
	for _, r := range x.pack.Rules {
		for _, c := range r.leads() {
			cues[c] = true
		}
	}
	for c := range cues {
		for i := range x.turns {
			if c.never || c.speaker != "" && x.call.Turns[i].Role != c.speaker {
				continue
			}
			for _, s := range longest(x.candidates(i, c)) {
				found := slices.ContainsFunc(x.find(i, c), s.sameAs)
				for _, n := range x.judged(i, c, s) {
					assert.Equal(t, found, n.Mark == Holds, "%s: %q in turn %d of %s", c.name, x.quote(i, s), i, e.Text)
				}
				for _, g := range slices.Concat(c.unless, c.with) {
					assert.Equal(t, x.holds(g, i, s), len(x.witnesses(g, i, s)) > 0, "%s %s in %s", c.name, g.scope, e.Text)
				}
			}
		}
	}
}

func agreeOnReplies(t *testing.T, x *explainer, r *reply, e Example) {
	for i := range x.turns {
		if x.saysAny(i, r.to) {
			answered, _ := r.answered(x.view, i)
			looked := x.lookedFor(r, i)
			assert.Equal(t, answered, len(looked) > 0 && looked[len(looked)-1].Mark == Holds, e.Text)
		}
	}
}

// A match that would cut a word in two is told with the words around it.
func TestWhySplit(t *testing.T) {
	p := oneRule(t, "forbid: {any: [不清楚]}")
	assert.Equal(t, "split - 0: “不清楚”不算：它会把词切开（字|看不清楚），短语 不清楚\nfalse", why(p, talk("字看不清楚")))
	assert.Equal(t, "match + 0: 说了“不清楚”，短语 不清楚\ntrue", why(p, talk("我不清楚")))
}

// Quotes are of the original, before folding.
func TestWhyQuotesTheOriginal(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没有办法]}")
	assert.Contains(t, why(p, talk("我沒有_辦法")), "说了“沒有_辦法”")
	e := p.Explain(talk("我沒有_辦法"), p.Rules[0])
	assert.Equal(t, []FoldedTurn{{call.Agent, "我沒有_辦法", "我没有办法"}}, e.Turns)
}

func TestWhyOverlapped(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法, 实在没办法]}")
	assert.Equal(t, "overlapped · 0: “没办法”在更长的“实在没办法”里，只看长的\nmatch + 0: 说了“实在没办法”，短语 实在没办法\ntrue", why(p, talk("实在没办法")))
}

func TestWhyGuards(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法], unless: {clause: [抱歉, <comforting>]}, with: {sentence: [现在]}}",
		"cues: {comforting: {title: 安抚, any: [别着急]}}")
	assert.Equal(t, `shielded - 0: 说了“没办法”，短语 没办法
 shielded - 0: 被挡住：同一分句里有“别着急”（线索“安抚”（comforting），短语 别着急）（unless clause）
 match + 0: 需要的也有：同一句话里有“现在”（短语 现在）（with sentence）
false`, why(p, talk("现在，别着急没办法")))
	assert.Equal(t, `lacking - 0: 说了“没办法”，短语 没办法
 elsewhere · 0: 挡不住：有“抱歉”（短语 抱歉），但不在它看的地方（unless clause：同一分句里）
 lacking - 0: 缺少需要的：同一句话里要有 现在（with sentence）
false`, why(p, talk("抱歉。没办法")))
}

// Guards that look at earlier turns name the turn.
func TestWhyHeard(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法], unless: {heard: [<asked>]}}", "cues: {asked: {speaker: customer, any: [怎么办]}}")
	assert.Contains(t, why(p, talk("客：怎么办", "坐：没办法")), "前面的话里有“怎么办”（线索 asked，短语 怎么办）")
}

// Where the fixed words of a phrase are but not all of it, that is told.
func TestWhyNear(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法帮您]}")
	assert.Equal(t, "near · 0: 有“没办法”，但对不上整条短语 没办法帮您\nfalse", why(p, talk("没办法，帮他")))
	assert.Equal(t, "step - -1: 没有一条短语对得上\nfalse", why(p, talk("有办法帮您")))
	p = oneRule(t, "forbid: {any: ['办法(了|的)']}")
	assert.Equal(t, "step - -1: 没有一条短语对得上\nfalse", why(p, talk("没办法")))
	p = oneRule(t, "forbid: {any: ['没办法…帮{x}']}", "words: {x: ['[您你]{2}']}")
	assert.Equal(t, "near · 0: 有“没办法”，但对不上整条短语 没办法…帮{x}\nfalse", why(p, talk("没办法帮他")))
}

func TestWhySettingsAndLength(t *testing.T) {
	p := oneRule(t, "forbid: {cue: [chatty, long]}", `
settings: {channel: phone}
cues:
  chatty: {any: [亲], setting: {channel: [chat]}}
  long: {any: [没办法], min-length: 6}`)
	got := why(p, talk("亲没办法"))
	assert.Contains(t, got, "设置让线索 chatty 不起作用")
	assert.Contains(t, got, "这句太短或太长：long 要 ≥ 6 个字")
	assert.True(t, strings.HasSuffix(got, "false"))
}

func TestWhySorts(t *testing.T) {
	p := oneRule(t, "when: [back, '!cut']\n    forbid: {any: [没办法]}", `
cues: {says-back: {any: [回电]}}
calls:
  back:
    - direction: [callback]
    - {reason: ["", research], said: says-back, in: opening}
  cut: {truncated: true}`)
	c := talk("坐：没办法")
	assert.Equal(t, `sort - -1: 规则要求通话属于“back”：不属于
 sort - -1: 呼叫方向要是“callback”，这通是“未知”
 sort - -1: 第 1 句里要说到 says-back
false`, why(p, c))
	c.Direction = call.Callback
	assert.Equal(t, `sort + -1: 规则要求通话属于“back”：属于
 sort + -1: 呼叫方向是“callback”
sort + -1: 规则不看属于“cut”的通话：不属于
 sort - -1: 文字要是“truncated”，这通是“whole”
match + 0: 说了“没办法”，短语 没办法
true`, why(p, c))
	assert.Contains(t, why(p, talk("坐：给您回电，没办法")), " sort + -1: 第 1 句里要说到 says-back\n  match + 0: 说了“回电”，短语 回电\n")
}

func TestWhyAfter(t *testing.T) {
	p := oneRule(t, "forbid: {any: [不行], after: {cue: asked, within: 1}}", "cues: {asked: {speaker: customer, any: [可以吗]}}")
	assert.Equal(t, "step - -1: 没有出现规则要等的话，所以什么也不看\nfalse", why(p, talk("坐：不行")))
	assert.Equal(t, `turns + 0: 从这里开始看，看坐席的第 2 句
 match + 0: 说了“可以吗”，短语 可以吗
match + 1: 说了“不行”，短语 不行
true`, why(p, talk("客：可以吗", "坐：不行", "坐：不行")))
}

func TestWhyRequire(t *testing.T) {
	p := oneRule(t, "require: {any: [您好], in: opening}")
	assert.Equal(t, `turns - -1: 规则看坐席的头 2 句：第 1、3 句
 step - 0: 没有一条短语对得上
 step - 2: 没有一条短语对得上
true`, why(p, talk("坐：喂", "客：您好", "坐：请讲", "坐：您好")))
	assert.Equal(t, "turns + -1: 规则看坐席的头 2 句：第 1 句\n match + 0: 说了“您好”，短语 您好\nfalse", why(p, talk("坐：您好", "客：嗯")))
}

func TestWhyReply(t *testing.T) {
	p := oneRule(t, "reply: {to: problem, with: sorry, within: 1, skip: hold, settle-by: fine}", `
cues:
  problem: {speaker: customer, any: [扣错]}
  sorry: {speaker: agent, any: [抱歉], unless: {over: [不用抱歉]}}
  hold: {speaker: agent, any: [稍等]}
  fine: {speaker: customer, any: [没事]}`)
	assert.Equal(t, `step - 0: 这句要有回应：坐席接下来的 1 句里
 match + 0: 说了“扣错”，短语 扣错
 step · 1: 不是回应，也不占次数
  match + 1: 说了“稍等”，短语 稍等
 step - 2: 不算回应
  shielded - 2: 说了“抱歉”，短语 抱歉
   shielded - 2: 被挡住：与它重叠处有“不用抱歉”（短语 不用抱歉）（unless over）
 step - -1: 没有等到回应：看了第 3 句
true`, why(p, talk("客：扣错", "坐：稍等", "坐：不用抱歉", "坐：抱歉")))
	assert.Contains(t, why(p, talk("客：扣错", "客：没事", "坐：好")), " step + 1: 说到这里就不用再回应")
	assert.Contains(t, why(p, talk("坐：好", "客：扣错")), "之后坐席没有机会回应，不算\nfalse")
	assert.Equal(t, "step - -1: 没有一句话需要回应\nfalse", why(p, talk("坐：好", "客：好")))
}

func TestWhyReplyBeforeSameOnce(t *testing.T) {
	p := oneRule(t, "reply: {to: hold, with: thanks, within: 1, before: 1, same: true, once: true}",
		"cues: {hold: {any: [稍等]}, thanks: {any: [谢谢]}}")
	assert.Contains(t, why(p, talk("稍等谢谢", "好", "稍等")), "step · 2: 一通电话只看一回，这里起不再看\nfalse")
	assert.Contains(t, why(p, talk("谢谢", "稍等", "好")), " step + 0: 前面已经回应过")
	assert.Contains(t, why(p, talk("稍等")), "没有等到回应：看了第 1 句\ntrue")
}

func TestWhyOrder(t *testing.T) {
	p := oneRule(t, "order: {first: sorry, then: number, after: {cue: angry}}",
		"cues: {sorry: {any: [抱歉]}, number: {any: [户号]}, angry: {speaker: customer, any: [投诉]}}")
	assert.Contains(t, why(p, talk("客：投诉", "坐：嗯好的", "坐：户号多少，抱歉")), "step - 2: 应该后说的先说了\n match + 2: 说了“户号”，短语 户号\ntrue")
	assert.Contains(t, why(p, talk("客：投诉", "坐：抱歉，户号多少")), "step + 1: 应该先说的先说了")
	assert.Contains(t, why(p, talk("客：投诉", "坐：好")), "先后两样都没有说到\nfalse")
	assert.Contains(t, why(p, talk("坐：户号")), "没有出现规则要等的话，所以什么也不看\nfalse")
}

func TestWhyRepeat(t *testing.T) {
	p := oneRule(t, "repeat: {any: ['(?P<slot>户号|电话)是多少'], slot: true, given: told, never: unheard}",
		"cues: {told: {speaker: customer, any: ['{n}']}, unheard: {any: [没听清]}}\nwords: {n: ['[0-9]{3}']}")
	assert.Contains(t, why(p, talk("坐：户号是多少", "客：123", "坐：户号是多少")), " step + 0: “户号是多少”是同一回事：问的是“户号”，这次是“户号”\ntrue")
	assert.Contains(t, why(p, talk("坐：户号是多少", "客：123", "坐：没听清，户号是多少")), "中间有理由再说一次\nfalse")
	assert.Contains(t, why(p, talk("坐：户号是多少", "客：哦", "坐：户号是多少")), "中间没有 <told>\nfalse")
	assert.Contains(t, why(p, talk("坐：户号是多少", "客：123", "坐：电话是多少")), "不算同一回事：问的是“户号”，这次是“电话”\nfalse")
}

func TestWhyRuns(t *testing.T) {
	p := oneRule(t, "repeat: {any: [抱歉], in-a-row: true, times: 2}")
	assert.Equal(t, `step · 0: 连续第 1 次，满 2 次算重复
 match + 0: 说了“抱歉”，短语 抱歉
step · 1: 不是，连续次数重新算
step · 2: 连续第 1 次，满 2 次算重复
 match + 2: 说了“抱歉”，短语 抱歉
step + 3: 连续第 2 次，满 2 次算重复
 match + 3: 说了“抱歉”，短语 抱歉
true`, why(p, talk("抱歉", "好的", "抱歉", "抱歉")))
}

// A call that no rule can be judged on is told to be that.
func TestWhyNotEvaluated(t *testing.T) {
	p := oneRule(t, "forbid: {any: [没办法]}")
	assert.Equal(t, "没有坐席的话", why(p, talk("客：没办法")))
}

func TestDialogue(t *testing.T) {
	want := []call.Turn{{Role: call.Customer, Text: "怎么办"}, {Role: call.Agent, Text: "没办法"}}
	assert.Equal(t, want, Dialogue("客：怎么办 / 坐：没办法"))
	assert.Equal(t, want, Dialogue("客:怎么办", "没办法"))
}
