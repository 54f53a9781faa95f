package rule

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// hits are the phrases whose literals the prefilter sees in a text.
func hits(literals [][]string, said string) []int32 {
	var phrases []*phrase
	for _, l := range literals {
		phrases = append(phrases, &phrase{literals: l})
	}
	var out []int32
	newPrefilter(phrases).scan(said, func(p int32, _ int) { out = append(out, p) })
	slices.Sort(out)
	return slices.Compact(out)
}

// naive is what hits must be.
func naive(literals [][]string, said string) []int32 {
	var out []int32
	for i, list := range literals {
		if slices.ContainsFunc(list, func(l string) bool { return l != "" && strings.Contains(said, l) }) {
			out = append(out, int32(i))
		}
	}
	return out
}

func TestPrefilter(t *testing.T) {
	literals := [][]string{{"没办法"}, {"办法", "法子"}, {"没有办法"}, {"法"}, nil, {"没办法"}, {"\n好"}}
	for said, want := range map[string][]int32{
		"":         nil,
		"好":        nil,
		"\n好\n":    {6},
		"没办法":      {0, 1, 3, 5},
		"没有办法":     {1, 2, 3},
		"没没办办法":    {1, 3},
		"没有法子":     {1, 3},
		"没有没有没有办法": {1, 2, 3},
	} {
		assert.Equal(t, want, hits(literals, said), said)
		assert.Equal(t, want, naive(literals, said), said)
	}
}

func FuzzPrefilter(f *testing.F) {
	f.Add("没办法 办法 有办 法", "我也没有办法没办法")
	f.Add("a aa aaa ab ba", "aabaaab")
	f.Add("he she his hers", "ushers")
	f.Fuzz(func(t *testing.T, words, said string) {
		var literals [][]string
		for _, w := range strings.Fields(strings.ToValidUTF8(words, "")) {
			literals = append(literals, []string{w})
		}
		said = strings.ToValidUTF8(said, "")
		assert.Equal(t, fmt.Sprint(naive(literals, said)), fmt.Sprint(hits(literals, said)))
	})
}
