package intake

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A chunk mentions every call that it holds, in every format and encoding.
func TestChunksMentionTheirCalls(t *testing.T) {
	files, err := filepath.Glob("../../testdata/formats/*")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		for chunk := range Open(t.Context(), []string{file}, Options{}) {
			again := chunk
			chunk.Items(func(it Item) bool {
				if it.Call != nil {
					assert.True(t, again.Mentions(it.Call.ID), "%s: %s", file, it.Call.ID)
				}
				return true
			})
		}
	}
}

func chunkOf(t *testing.T, name, text string) Chunk {
	t.Helper()
	for chunk := range Open(t.Context(), []string{"-"}, Options{Stdin: strings.NewReader(text), StdinName: name}) {
		return chunk
	}
	return Chunk{}
}

func TestMentions(t *testing.T) {
	const turns = `,"turns":[{"role":"agent","text":"您好"}]}` + "\n"
	for _, c := range []struct {
		text, id string
		want     bool
	}{
		{`{"id":"C1"` + turns, "C1", true},
		{`{"id":"C1"` + turns, "C2", false},
		{`{"id":"\u00431"` + turns, "C1", true},          // a letter may be escaped
		{`{"id":"C\u002f2"` + turns, "C9", true},         // then any may be
		{`{"id":"2026\/03"` + turns, "2026/03", true},    // as PHP does
		{`{"id":"\u901a\u8bdd"` + turns, "通话", true},     // as Python does
		{`{"id":"\u901a\u8bdd"` + turns, "C1", false},    // none of which is a letter of it
		{`{"id":"通话"` + turns, "会话", false},              // nothing is escaped
		{`{"session":"C1"` + turns, "day", true},         // the name of the file
		{`{"session":"C1"` + turns, "day:1", true},       // and a line of it
		{`{"id":"C1"` + turns + "{\n", "other:2", false}, // of another file
	} {
		chunk := chunkOf(t, "day.jsonl", c.text)
		assert.Equal(t, c.want, chunk.Mentions(c.id), "%s %s", c.text, c.id)
	}
	empty := chunkOf(t, "day.jsonl", "")
	assert.True(t, empty.Mentions("C1"), "a problem is for everybody")
}

func TestReaches(t *testing.T) {
	chunk := chunkOf(t, "day.jsonl", goodLine+"\n"+goodLine+"\n")
	assert.True(t, chunk.Reaches(1))
	assert.True(t, chunk.Reaches(2))
	assert.False(t, chunk.Reaches(4))
	assert.Equal(t, "day.jsonl", chunk.Source())
}
