package report

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// where names the turn of a call with its time and speaker, or the place in a
// library of scripts: 第3轮 00:10 坐席, 话术!B12.
func (t tongue) where(c *call.Call, at rule.Range, role call.Role) string {
	if c.Script {
		return t.place(c, at)
	}
	parts := []string{t.turn(at.Turn)}
	if at.Turn >= 0 && clock(c.Turns[at.Turn].Start) != "" {
		parts = append(parts, clock(c.Turns[at.Turn].Start))
	}
	if role != "" {
		parts = append(parts, t.role(role))
	}
	return strings.Join(parts, " ")
}

// place names the place in a library of scripts, or the turn of a call.
func (t tongue) place(c *call.Call, at rule.Range) string {
	if !c.Script {
		return t.turn(at.Turn)
	}
	if at := placeOf(c, at).In(call.Lang(t)); at != "" {
		return at
	}
	return t.say("整条", "script")
}

// told is a finding in one line, for formats that have no other place for it:
// where it is, what is wrong and what to say instead.
func (t tongue) told(c *call.Call, f *rule.Finding) string {
	s := t.where(c, f.At, f.Role)
	if id := t.name(c); id != "" {
		s = id + " " + s
	}
	return Clean(s + t.say("：", ": ") + t.advised(f))
}

// advised is what is wrong and what to say instead.
func (t tongue) advised(f *rule.Finding) string {
	message, advice := f.Message.In(call.Lang(t)), f.Rule.Advice.In(call.Lang(t))
	switch {
	case advice == "":
		return message
	case strings.HasSuffix(message, "。"): // after which Chinese has no space
		return message + t.adviceLabel(f.Rule) + advice
	}
	return message + " " + t.adviceLabel(f.Rule) + advice
}

// adviceLabel introduces what to say or do instead.
func (t tongue) adviceLabel(r *rule.Rule) string {
	if r.Kind == "forbid" {
		return t.say("改说：", "instead: ")
	}
	return t.say("建议：", "advice: ")
}

// name is what a call or script is called: its id, and the scene of a script.
func (t tongue) name(c *call.Call) string { return strings.TrimSpace(c.ID + " " + c.Scene) }
