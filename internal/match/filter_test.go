package match

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"

	"github.com/zhijian-qa/zhijian/internal/blob"
)

// hits are the expressions that the filter lets through for a text.
func hits(t *testing.T, literals [][]string, said string) []int32 {
	var h Hits
	var needs []Need
	for _, set := range literals {
		if set == nil {
			needs = append(needs, Need{})
		} else {
			needs = append(needs, Need{Sets: [][]string{set}})
		}
	}
	f := reloaded(t, NewFilter(needs))
	f.Scan("别的话"+said, nil, &h, nil) // leaves nothing behind
	var out []int32
	for _, hit := range f.Scan(said, nil, &h, nil) {
		out = append(out, hit.Expr)
		assert.LessOrEqual(t, hit.First, hit.Last)
		assert.True(t, utf8.RuneStart(said[hit.First]) && utf8.RuneStart(said[hit.Last]))
		for _, l := range literals[hit.Expr] { // all of them have a part between first and last
			for from, i := 0, strings.Index(said, l); i >= 0 && l != ""; i = strings.Index(said[from:], l) {
				assert.Less(t, int(hit.First), from+i+len(l), "%v in %q", hit, said)
				assert.GreaterOrEqual(t, int(hit.Last), from+i, "%v in %q", hit, said)
				from += i + 1
			}
		}
	}
	slices.Sort(out)
	return out
}

// reloaded is a filter saved and loaded.
func reloaded(t *testing.T, f *Filter) *Filter {
	var w blob.Writer
	f.Save(&w)
	r := blob.NewReader(w.Bytes())
	out := LoadFilter(r)
	assert.False(t, r.Broken())
	return out
}

// naive are the expressions whose literals a text holds.
func naive(literals [][]string, said string) []int32 {
	var out []int32
	for i, list := range literals {
		if slices.ContainsFunc(list, func(l string) bool { return l != "" && strings.Contains(said, l) }) {
			out = append(out, int32(i))
		}
	}
	return out
}

func TestFilter(t *testing.T) {
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
		assert.Equal(t, want, hits(t, literals, said), said)
		assert.Equal(t, want, naive(literals, said), said)
	}
}

// What an expression needs must all be there.
func TestFilterOfRows(t *testing.T) {
	needs := []Need{{Sets: [][]string{{"您", "你"}, {"错"}, {"吗"}}, Rarest: 1}, {Sets: [][]string{{"您", "你"}, {"好"}}, Rarest: 0}}
	f, h := NewFilter(needs), Hits{}
	exprs := func(said string) (out []int32) {
		for _, hit := range f.Scan(said, nil, &h, nil) {
			out = append(out, hit.Expr)
		}
		return out
	}
	assert.Equal(t, []int32{0}, exprs("您错了吗"))
	assert.Empty(t, exprs("您错了"))
	assert.Empty(t, exprs("错了吗"))
	assert.Equal(t, []int32{1}, exprs("你不好"))
	assert.Empty(t, exprs("好的"))
	assert.ElementsMatch(t, []int32{0, 1}, exprs("吗,你好,错了吗"))
}

func FuzzFilter(f *testing.F) {
	f.Add("没办法 办法 有办 法", "我也没有办法没办法")
	f.Add("a aa aaa ab ba", "aabaaab")
	f.Add("he she his hers", "ushers")
	f.Fuzz(func(t *testing.T, words, said string) {
		var literals [][]string
		for _, w := range strings.Fields(strings.ToValidUTF8(words, "")) {
			literals = append(literals, []string{w})
		}
		said = strings.ToValidUTF8(said, "")
		assert.Subset(t, hits(t, literals, said), naive(literals, said))
	})
}

// An expression that is not wanted is not reported.
func TestFilterOfSome(t *testing.T) {
	f, h := NewFilter([]Need{{Sets: [][]string{{"好"}}}, {Sets: [][]string{{"好"}}}}), Hits{}
	assert.Equal(t, []Hit{{Expr: 1}}, f.Scan("好", []uint64{1 << 1}, &h, nil))
}
