package lint

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// A masked result quotes what it shows; positions, fingerprints and the call that
// was judged are as they were.
func TestMaskedResult(t *testing.T) {
	p := packOf(t, tiny+marked)
	c := &call.Call{ID: "13800138000", Turns: []call.Turn{{Role: call.Customer, Text: "坏了"}, {Role: call.Agent, Text: "13800138000我没办法，我叫张伟"}}}
	l := &Linter{Checks: []Check{{Pack: p, Rules: p.Rules}}}
	bare := l.JudgeOne(c)
	assert.Same(t, c, bare.Call)
	l.Mask = true
	got := l.JudgeOne(c)
	assert.Equal(t, "138****8000", got.Call.ID)
	assert.Equal(t, "138****8000我没办法，我叫**", got.Call.Turns[1].Text)
	assert.Equal(t, "13800138000我没办法，我叫张伟", c.Turns[1].Text)
	assert.Equal(t, bare.Verdict, got.Verdict, "what was found is not of a person")
	bare.Mask()
	assert.Equal(t, got, bare)
}

// Of a result for reports that show only some turns the others are empty: those of suppressed
// findings are shown, those of a call without findings are not.
func TestShownTurns(t *testing.T) {
	p := packOf(t, tiny+marked)
	c := &call.Call{ID: "13800138000", Turns: []call.Turn{{Role: call.Agent, Text: "您好"}, {Role: call.Customer, Text: "我叫张伟"}, {Role: call.Agent, Text: "张伟先生我没办法"}, {Role: call.Customer, Text: "好"}}}
	l := &Linter{Checks: []Check{{Pack: p, Rules: p.Rules}}, Mask: true}
	said := func(c *call.Call) []string {
		r := l.JudgeOne(c)
		assert.Equal(t, "138****8000", r.Call.ID)
		var out []string
		for _, turn := range r.Call.Turns {
			out = append(out, turn.Text)
		}
		return out
	}
	assert.Equal(t, []string{"您好", "我叫**", "**先生我没办法", "好"}, said(c))
	l.Shows = NearTurns
	assert.Equal(t, []string{"", "我叫**", "**先生我没办法", "好"}, said(c))
	l.Shows = FoundTurns
	want := []string{"", "", "**先生我没办法", ""}
	assert.Equal(t, want, said(c))
	l.Accepter = &firstOnly{}
	assert.Equal(t, want, said(c))
	clean := &call.Call{ID: c.ID, Turns: c.Turns[:2]}
	assert.Equal(t, []string{"", ""}, said(clean))
	assert.Equal(t, "我叫张伟", c.Turns[1].Text)
}
