package corpus

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/rules"
)

// root is the top of the repository.
const root = "../.."

func seeds(t *testing.T) *Seeds {
	s, err := ReadSeeds(root)
	require.NoError(t, err)
	return s
}

// lines is a corpus of so many bytes.
func lines(t *testing.T, seed uint64, size int64) []byte {
	var b bytes.Buffer
	require.NoError(t, New(seed, seeds(t)).WriteLines(&b, size))
	return b.Bytes()
}

// read reads calls and wants no problem with any of them.
func read(t *testing.T, path string, stdin io.Reader) []*call.Call {
	var calls []*call.Call
	for chunk := range intake.Open(context.Background(), []string{path}, intake.Options{Stdin: stdin}) {
		for it := range chunk.Items {
			require.Nil(t, it.Problem)
			calls = append(calls, it.Call)
		}
	}
	return calls
}

func TestSameSeedSameCalls(t *testing.T) {
	all := lines(t, 7, 300_000)
	assert.Equal(t, all, lines(t, 7, 300_000))
	assert.NotEqual(t, all, lines(t, 8, 300_000))
	assert.True(t, bytes.HasPrefix(all, lines(t, 7, 100_000)), "a larger corpus begins with the smaller one")
	assert.True(t, utf8.Valid(all))
	assert.InDelta(t, 300_000, len(all), 5000)
}

// The calls are like those of a call centre in what decides speed: their length,
// short turns, repetitions, and how much is wrong with them.
func TestCallsAreLikely(t *testing.T) {
	all := lines(t, 1, 10_000_000)
	calls := read(t, "-", bytes.NewReader(all))
	assert.InDelta(t, 1400, len(all)/len(calls), 200, "bytes a call")

	turns, short, said := 0, 0, map[string]bool{}
	for _, c := range calls {
		for _, turn := range c.Turns {
			turns++
			said[turn.Text] = true
			if utf8.RuneCountInString(turn.Text) <= 5 {
				short++
			}
		}
	}
	assert.InDelta(t, 13, float64(turns)/float64(len(calls)), 2, "turns a call")
	assert.InDelta(t, 0.16, float64(short)/float64(turns), 0.05, "short turns")
	assert.Greater(t, float64(len(said))/float64(turns), 0.4, "different turns")
}

func TestCallsBreakARule(t *testing.T) {
	pack, err := rule.Load(rules.FS, "documents")
	require.NoError(t, err)
	calls := read(t, "-", bytes.NewReader(lines(t, 1, 300_000)))
	findings, which := 0, map[string]bool{}
	for _, c := range calls {
		v := pack.Check(c, rule.ForCalls(pack.Rules))
		findings += len(v.Findings)
		for _, f := range v.Findings {
			which[f.Rule.ID] = true
		}
	}
	assert.InDelta(t, 1, float64(findings)/float64(len(calls)), 0.5, "findings a call")
	assert.Greater(t, len(which), 30, "rules that are broken")
}

func TestLongCallAndLongTurn(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, New(1, seeds(t)).WriteLongCall(&b, 200_000))
	assert.InDelta(t, 200_000, b.Len(), 6000)
	assert.Len(t, read(t, "-", &b), 1)

	b.Reset()
	require.NoError(t, New(1, seeds(t)).WriteLongTurn(&b, 100_000))
	calls := read(t, "-", &b)
	require.Len(t, calls, 1)
	longest := 0
	for _, turn := range calls[0].Turns {
		longest = max(longest, len(turn.Text))
	}
	assert.InDelta(t, 100_000, longest, 500)

	b.Reset()
	require.NoError(t, New(1, seeds(t)).WriteCall(&b, 30))
	assert.InDelta(t, 30, len(read(t, "-", &b)[0].Turns), 6)
}

func TestFolder(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, New(1, seeds(t)).WriteFolder(folder, 50))
	names, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	require.NoError(t, err)
	assert.Len(t, names, 50)
	for _, c := range read(t, folder, nil) {
		assert.Greater(t, len(c.Turns), 5)
		assert.True(t, strings.HasPrefix(c.ID, "P0"))
		assert.NotEmpty(t, c.Agent.ID)
	}
}

func TestText(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, New(1, seeds(t)).WriteText(&b, 20_000))
	assert.InDelta(t, 20_000, b.Len(), 2000)
	assert.NotContains(t, b.String(), "\n\n")
}

func TestUnknownSlot(t *testing.T) {
	assert.PanicsWithValue(t, "talk.txt: there is no slot {prodct}", func() { parseTalk("[need]\n买{prodct}") })
}
