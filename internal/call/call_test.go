package call

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMillisKeepsNoTimeApartFromZero(t *testing.T) {
	out, err := json.Marshal([]Turn{{Role: Agent, Text: "您好"}, {Role: Agent, Text: "您好", Start: At(0), End: At(820)}})
	require.NoError(t, err)
	assert.JSONEq(t, `[{"role":"agent","text":"您好"},{"role":"agent","text":"您好","start_ms":0,"end_ms":820}]`, string(out))
	var back []Turn
	require.NoError(t, json.Unmarshal(out, &back))
	_, known := back[0].Start.Get()
	assert.False(t, known)
	ms, known := back[1].Start.Get()
	assert.True(t, known)
	assert.Zero(t, ms)
}

func TestMillisRefusesHalves(t *testing.T) {
	var m Millis
	assert.ErrorContains(t, json.Unmarshal([]byte(`1.5`), &m), "whole milliseconds")
	assert.NoError(t, json.Unmarshal([]byte(`null`), &m))
	assert.True(t, m.IsZero())
}

func TestNearest(t *testing.T) {
	names := []string{"agent", "customer", "json", "jsonl", "wording/helpless"}
	for name, want := range map[string]string{
		"agnet":            "agent", // two neighbours swapped are one mistake
		"jsno":             "json",
		"wording/helples":  "wording/helpless",
		"wordng/helpless":  "wording/helpless",
		"supervisor":       "",
		"c":                "",
		"":                 "",
		"customer":         "customer",
		"wording/impolite": "",
	} {
		assert.Equal(t, want, Nearest(name, names), name)
	}
}

func TestSayFallsBackToTheOtherLanguage(t *testing.T) {
	assert.Equal(t, "没有", Say{ZH: "没有"}.In(EN))
	assert.Equal(t, "none", Say{EN: "none"}.In(ZH))
	assert.Equal(t, "第 3 行", Sayf("第 %d 行", "line %d", 3).In(ZH))
}

func TestProblemInOneLine(t *testing.T) {
	p := Problem{File: "a.jsonl", Line: 3, Call: "C1", What: Say{ZH: "没有坐席的话", EN: "no agent turn"}}
	assert.Equal(t, "a.jsonl:3: C1: 没有坐席的话", p.In(ZH))
	assert.Equal(t, "no agent turn", Problem{What: p.What}.In(EN))
}
