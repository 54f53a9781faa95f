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
