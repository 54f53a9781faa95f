package rule

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	must "github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// loaded is the pack that a YAML text makes.
func loaded(t testing.TB, yaml string) *Pack {
	p, err := load(yaml)
	must.NoError(t, err)
	return p
}

func load(yaml string) (*Pack, error) {
	return Load(fstest.MapFS{"pack.yaml": {Data: []byte(yaml)}}, "pack.yaml")
}

// oneRule is a pack whose only rule is of the given kind; more are other parts of the pack.
func oneRule(t testing.TB, kind string, more ...string) *Pack {
	return loaded(t, ruleYAML("a/rule", kind)+strings.Join(more, "\n"))
}

// ruleYAML is the rules of a pack: one that has all a rule must have.
func ruleYAML(id, kind string) string {
	return "rules:\n  - id: " + id + "\n    title: 名称\n    severity: error\n    why: 原因\n    advice: 建议\n    message: 消息\n    " + kind + "\n"
}

// talk is a call whose turns are written "坐：……", "客：……" or "他：……".
func talk(turns ...string) *call.Call {
	c := &call.Call{ID: "call"}
	for _, t := range turns {
		c.Turns = append(c.Turns, exampleTurn(t))
	}
	return c
}

// found are the findings of a pack in a call, each "turn quote", or "-" for the whole call.
func found(p *Pack, c *call.Call) []string {
	var out []string
	for _, f := range p.Check(c, p.Rules).Findings {
		if f.At.Turn < 0 {
			out = append(out, "-")
		} else {
			out = append(out, fmt.Sprintf("%d %s", f.At.Turn, f.At.Quote))
		}
	}
	return out
}
