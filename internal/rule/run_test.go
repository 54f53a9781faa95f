package rule

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// paced gives the turns of a call times: each takes a second, and the silence before it is given, in milliseconds.
func paced(k *call.Call, before ...int64) *call.Call {
	at := int64(0)
	for i := range k.Turns {
		at += before[i]
		k.Turns[i].Start, k.Turns[i].End = call.At(at), call.At(at+1000)
		at += 1000
	}
	return k
}

func TestSentencesOfOneBreathAreOneTurnOfAWindow(t *testing.T) {
	said := func() *call.Call { return talk("客：坏了", "嗯。", "看到了。", "是坏了。", "抱歉。") }
	reply := oneRule(t, "reply: {to: problem, with: sorry, within: 2}", cues)
	assert.NotEmpty(t, found(reply, said()), "four turns, as far as anybody knows")
	assert.Empty(t, found(reply, paced(said(), 0, 400, 400, 400, 400)), "one turn, as the clock tells")
	assert.NotEmpty(t, found(reply, paced(said(), 0, 400, 400, 5000, 5000)), "three turns: the agent fell silent twice")

	opening := oneRule(t, "require: {cue: sorry, in: opening}", cues)
	greets := func() *call.Call {
		return talk("您好。", "这里是客服。", "我是小王。", "抱歉打扰。", "客：喂")
	}
	assert.NotEmpty(t, found(opening, greets()))
	assert.Empty(t, found(opening, paced(greets(), 0, 100, 1500, 1500, 100)))

	closing := oneRule(t, "require: {cue: sorry, in: closing}", cues)
	ends := func() *call.Call { return talk("客：喂", "抱歉。", "再见。", "祝您愉快。") }
	assert.NotEmpty(t, found(closing, ends()))
	assert.Empty(t, found(closing, paced(ends(), 0, 100, 100, 100)))

	after := oneRule(t, "forbid: {any: [没办法], after: {cue: problem, within: 1}}", cues)
	assert.Equal(t, []string{"2 没办法"}, found(after, paced(talk("客：坏了", "看到了。", "没办法。", "没办法。"), 0, 100, 100, 9000)))
}
