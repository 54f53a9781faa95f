package rule

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// What the clock says is told with its unit, and what is excused does not look like a fault.
func TestWhyTiming(t *testing.T) {
	fast := oneRule(t, "timing: {measure: rate, over: 360, at-least: 20}")
	assert.Equal(t, "step - -1: 没有量到接近限度的；不到 20 字的不量\nfalse", why(fast, talk("坐0-1：您好")))
	assert.Equal(t, "step + 0: 量到 600 字每分钟，限度是 360 字每分钟\ntrue", why(fast, talk("坐0-2：一二三四五六七八九十一二三四五六七八九十")))
	silent := oneRule(t, "timing: {measure: gap, over: 8, announced: [wait]}", "cues:", "  wait: {speaker: agent, any: [稍等]}")
	assert.Equal(t, "step + 1: 量到 10 秒，限度是 8 秒\ntrue", why(silent, talk("客0-2：喂", "坐12-14：您好")))
	assert.Equal(t, "step - -1: 没有量到接近限度的\nfalse", why(silent, talk("客0-2：喂", "坐3-4：您好")))
	assert.Contains(t, why(silent, talk("坐0-2：请您稍等", "坐12-14：您好")), "step · 1: 量到 10 秒，限度是 8 秒，但有缘由，不算\n step + 0: 坐席事先说明了要等")
}

// A rule about the calls of a customer has no verdict on one.
func TestWhyFollowup(t *testing.T) {
	p := oneRule(t, "followup: {check: late, within: 15m, zone: Asia/Shanghai}")
	assert.Contains(t, why(p, talk("坐：您好")), "一通看不出来")
}
