package text

import (
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/go-ego/gse"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// reference loads gse once for all tests.
var reference = sync.OnceValue(func() *gse.Segmenter {
	g := &gse.Segmenter{NotLoadHMM: true, SkipLog: true}
	if err := g.LoadDictEmbed("zh_s"); err != nil {
		panic(err)
	}
	return g
})

// wantCut returns the ends of the words as gse cuts text.
func wantCut(text string) []int {
	cut := []int{}
	for _, s := range reference().Segment([]byte(text)) {
		cut = append(cut, s.End())
	}
	return cut
}

// checkCut compares Segmenter with gse on one text and returns its buffer.
func checkCut(t *testing.T, s *Segmenter, text string, cut []int) []int {
	t.Helper()
	cut = s.Cut(text, cut[:0])
	want := wantCut(text)
	if len(want)+len(cut) > 0 {
		require.Equal(t, want, cut, "%q", text)
	}
	return cut
}

func TestCutCorpus(t *testing.T) {
	var s Segmenter
	var cut []int
	for _, line := range corpus(t) {
		cut = checkCut(t, &s, line, cut)
		cut = checkCut(t, &s, Fold(line).Text, cut)
	}
}

// TestCutDictionary: every word of the dictionary by itself.
func TestCutDictionary(t *testing.T) {
	var s Segmenter
	var cut []int
	tokens := reference().Dict.Tokens
	for i := 0; i < len(tokens); i += 7 {
		cut = checkCut(t, &s, tokens[i].Text(), cut)
	}
}

// TestCutRandom glues words and characters together at random, the same each time.
func TestCutRandom(t *testing.T) {
	tokens := reference().Dict.Tokens
	random := rand.New(rand.NewPCG(1, 2))
	piece := func() string {
		switch random.IntN(8) {
		case 0:
			return string(rune(0x4E00 + random.IntN(0x51A6)))
		case 1:
			return []string{"ABC", "x", "12", "，", " ", "é", "𠀀", "c#", "½", "。", "の", "-"}[random.IntN(12)]
		case 2: // half a word
			r := []rune(tokens[random.IntN(len(tokens))].Text())
			return string(r[random.IntN(len(r)):])
		}
		return tokens[random.IntN(len(tokens))].Text()
	}
	var s Segmenter
	var cut []int
	for range 25_000 {
		var b strings.Builder
		for range 1 + random.IntN(6) {
			b.WriteString(piece())
		}
		cut = checkCut(t, &s, b.String(), cut)
	}
}

func TestCutAppends(t *testing.T) {
	var s Segmenter
	assert.Equal(t, []int{7, 9, 15}, s.Cut("有没有办法", []int{7}))
	assert.Empty(t, s.Cut("", nil))
	assert.Equal(t, []int{1, 2, 5}, s.Cut("\xff\xe4好", nil))
}

func TestCutDoesNotAllocate(t *testing.T) {
	lines := corpus(t)
	var s Segmenter
	var cut []int
	run := func() {
		for _, line := range lines {
			cut = s.Cut(line, cut[:0])
		}
	}
	run()
	assert.Zero(t, testing.AllocsPerRun(3, run))
}

// TestWhole records what the dictionary says: 没办法 is no word of it, but 没 and
// 办法 are, so that it is whole wherever neither is part of another word.
func TestWhole(t *testing.T) {
	for _, c := range []struct {
		source, find string
		want         bool
	}{
		{"有没有办法", "没有办法", false}, // 有没有 办法
		{"有没有办法", "办法", true},
		{"看不清楚", "不清楚", false},  // one word
		{"不一定会", "一定会", false},  // 不一 定会
		{"我也没办法", "没办法", true},  // 我 也 没 办法
		{"我們也沒辦法", "没办法", true}, // the same folded
		{"真是大麻烦", "大麻", false},
		{"您好，没办法。好", "没办法", true},
		{"用WiFi上网", "fi", false},
		{"用WiFi上网", "wifi", true},
	} {
		f := Fold(c.source)
		i := strings.Index(f.Text, c.find)
		require.GreaterOrEqual(t, i, 0)
		assert.Equal(t, c.want, f.Whole(i, i+len(c.find)), "%s in %s", c.find, c.source)
	}
}

func TestWholeAcrossClauses(t *testing.T) {
	f := Fold("有没有，办法有没有")
	i := strings.Index(f.Text, "没有,办法")
	assert.False(t, f.Whole(i, i+len("没有,办法")))
	assert.True(t, f.Whole(0, i+len("没有,办法")))
}

// TestWholeInLongClause: the words around a match are the same in a clause that is
// too long to cut.
func TestWholeInLongClause(t *testing.T) {
	long := strings.Repeat("请您稍等马上处理", 100)
	f := Fold(long + "有没有办法" + long + "也没办法" + long)
	i := strings.Index(f.Text, "没有办法")
	assert.False(t, f.Whole(i, i+len("没有办法")))
	i = strings.Index(f.Text, "没办法")
	assert.True(t, f.Whole(i, i+len("没办法")))
	assert.LessOrEqual(t, f.cuts.to-f.cuts.from, longClause*3)
	assert.True(t, f.Whole(0, len(f.Text)))
}

// TestWholeForgets: the words of one text are not those of the next.
func TestWholeForgets(t *testing.T) {
	f := Fold("有没有办法")
	require.False(t, f.Whole(3, 15))
	f.Reset("你确实没有")
	assert.True(t, f.Whole(3, 15))
}

func FuzzCut(f *testing.F) {
	for _, line := range corpus(f)[:100] {
		f.Add(line)
	}
	var s Segmenter
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.ValidString(text) {
			checkCut(t, &s, text, nil)
			return
		}
		last := 0
		for _, end := range s.Cut(text, nil) {
			require.Greater(t, end, last)
			last = end
		}
		require.Equal(t, len(text), last)
	})
}

func BenchmarkCut(b *testing.B) {
	text := strings.Join(corpus(b), "")
	lines := corpus(b)
	var s Segmenter
	var cut []int
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		for _, line := range lines {
			cut = s.Cut(line, cut[:0])
		}
	}
}

// BenchmarkFirstCut is what opening the dictionary costs: nothing but the cut.
func BenchmarkFirstCut(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		var s Segmenter
		s.Cut("有没有办法", nil)
	}
}

func BenchmarkWhole(b *testing.B) {
	const source = "非常抱歉给您带来不便，我这边也没有办法马上为您核实处理，请您稍等一下好吗？"
	for _, c := range []struct {
		name string
		text string
	}{{"turn", source}, {"long clause", strings.Repeat("请您稍等马上处理", 100) + "也没有办法" + strings.Repeat("请您稍等", 100)}} {
		b.Run(c.name, func(b *testing.B) {
			f := Fold(c.text)
			i := strings.Index(f.Text, "没有办法")
			b.ReportAllocs()
			for b.Loop() {
				f.cuts.forget()
				f.Whole(i, i+len("没有办法"))
			}
		})
	}
}
