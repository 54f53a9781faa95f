package rule

import (
	"testing"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Each key of a sort is a condition on the call; ways are alternatives.
func TestSorts(t *testing.T) {
	said := talk("您好", "客：刚才断线了", "好", "再见")
	for _, c := range []struct {
		sort string
		call call.Call
		want bool
	}{
		{"{direction: callback}", call.Call{Direction: call.Callback}, true},
		{"{direction: callback}", call.Call{Direction: call.Inbound}, false},
		{"{direction: [callback, outbound]}", call.Call{Direction: call.Outbound}, true},
		{`{direction: ""}`, call.Call{}, true},
		{`{direction: ""}`, call.Call{Direction: call.Inbound}, false},
		{"{reason: research}", call.Call{CallbackReason: "research"}, true},
		{"{reason: research}", call.Call{}, false},
		{"{hangup: [customer, dropped]}", call.Call{Hangup: call.Dropped}, true},
		{"{hangup: customer}", call.Call{Hangup: call.ByAgent}, false},
		{"{callback-of: true}", call.Call{CallbackOf: "C0"}, true},
		{"{callback-of: true}", call.Call{}, false},
		{"{truncated: true}", call.Call{Truncated: true}, true},
		{"{truncated: true}", call.Call{}, false},
		{"{said: broke}", call.Call{}, true},
		{"{said: broke, in: first 1 turns}", call.Call{}, false},
		{"{said: broke, in: first 2 turns}", call.Call{}, true},
		{"{said: broke, in: opening}", call.Call{}, false}, // agent turns only
		{"{said: [thanks, bye], in: closing}", call.Call{}, true},
		{"{said: thanks}", call.Call{}, false},
		{"{direction: callback, said: broke}", call.Call{Direction: call.Inbound}, false}, // both must hold
		{"[{direction: callback}, {said: broke}]", call.Call{Direction: call.Inbound}, true},
		{"{is: cut}", call.Call{Truncated: true}, true},
		{`{is: ["!cut", "!broken"]}`, call.Call{}, false},
		{`{is: "!cut"}`, call.Call{}, true},
		{"{setting: {channel: [phone, both]}}", call.Call{}, true},
		{"{setting: {channel: chat}}", call.Call{}, false},
	} {
		p := oneRule(t, "when: sort\n    forbid: {any: [再见]}", `
settings: {channel: phone}
cues: {broke: {any: [断线]}, bye: {speaker: agent, any: [再见]}, thanks: {any: [谢谢]}}
calls: {cut: {truncated: true}, broken: {said: broke}, sort: `+c.sort+`}
`)
		c.call.Turns = said.Turns
		assert.Equal(t, c.want, len(found(p, &c.call)) == 1, "%s %+v", c.sort, c.call)
	}
}

// A rule asks for all of its sorts.
func TestWhen(t *testing.T) {
	p := oneRule(t, "when: [a, \"!b\"]\n    forbid: {any: [再见]}", "calls: {a: {truncated: true}, b: {direction: inbound}}")
	assert.NotEmpty(t, found(p, &call.Call{Truncated: true, Turns: talk("再见").Turns}))
	assert.Empty(t, found(p, &call.Call{Turns: talk("再见").Turns}))
	assert.Empty(t, found(p, &call.Call{Truncated: true, Direction: call.Inbound, Turns: talk("再见").Turns}))
	assert.False(t, p.Rules[0].OneTurn, "it asks about the call")
}

func TestParsePart(t *testing.T) {
	for text, want := range map[string]part{
		"opening":       {count: 2},
		"closing":       {count: 2, last: true},
		"call":          {anyone: true},
		"":              {anyone: true},
		"first 3":       {count: 3},
		"last 1":        {count: 1, last: true},
		"first 4 turns": {count: 4, anyone: true},
	} {
		got, ok := parsePart(text)
		must.True(t, ok, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"begin", "first", "first x", "first 0", "last -1", "middle 2", "first 2 calls"} {
		_, ok := parsePart(text)
		assert.False(t, ok, text)
	}
}
