package match

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/blob"
)

// agree wants Expr and package regexp to find the same in a text.
func agree(t *testing.T, source, text string) {
	e, err := Compile(source)
	re, bad := regexp.Compile(source)
	require.Equal(t, bad != nil, err != nil, source)
	if err != nil {
		return
	}
	re.Longest()
	agreeWith(t, re, e, source, text)
	agreeWith(t, re, reloadedExpr(t, e, source), source, text)
}

// reloadedExpr is the expression as it comes back from a blob.
func reloadedExpr(t *testing.T, e *Expr, source string) *Expr {
	var w blob.Writer
	e.Save(&w)
	r := blob.NewReader(w.Bytes())
	again := LoadExpr(r, func() string { return source })
	require.NotNil(t, again, source)
	require.Equal(t, e.nfa, again.nfa, source)
	require.Nil(t, LoadExpr(blob.NewReader(w.Bytes()[:len(w.Bytes())-1]), nil), "%s: it breaks off", source)
	return again
}

func agreeWith(t *testing.T, re *regexp.Regexp, e *Expr, source, text string) {
	assert.Equal(t, re.MatchString(text), e.In(text), "%q in %q", source, text)
	for from := 0; from <= len(text); from += sizeAt(text, from) {
		start, end, ok := e.Next(text, from)
		m := re.FindStringIndex(text[from:])
		require.Equal(t, m != nil, ok, "%q in %q from %d", source, text, from)
		if ok {
			assert.Equal(t, []int{m[0] + from, m[1] + from}, []int{start, end}, "%q in %q from %d", source, text, from)
		}
	}
}

func sizeAt(text string, i int) int {
	if i == len(text) {
		return 1
	}
	_, size := runeAt(text, i)
	return size
}

func TestExprFindsWhatRegexpFinds(t *testing.T) {
	texts := []string{"", "我也没有办法", "没什么办法,真的没办法。", "\n您好,请问有什么可以帮您?\n", "aab您𠮷ok", strings.Repeat("请稍等,", 40)}
	for _, source := range []string{"没有?办法", "没[^,.?!\n]{0,10}?办法", "(?:我|我们|这边)也?没", "[^不]知道", "您(?:好|早)+", "^您", `\b好`, "请[^,]*等|稍等",
		"[一-龥]{2,4}", "a*", "(?:a|b|)您", "𠮷", "(?i)OK", "(?P<slot>请|您)(?:问|好)", ".{3}", "[^\n]*", "x(?:|y)z", "(?:请.{0,3}){2,}等"} {
		for _, text := range texts {
			agree(t, source, text)
		}
	}
}

func TestExprForgetsStatesAndGoesOn(t *testing.T) {
	e, err := Compile("(?:a|b)*a(?:a|b){14}c") // needs more states than are kept
	require.NoError(t, err)
	var b strings.Builder
	random := rand.New(rand.NewPCG(1, 2))
	for range 40000 {
		b.WriteByte("ab"[random.IntN(2)])
	}
	text := b.String()
	assert.False(t, e.In(text))
	assert.True(t, e.In(text+"aaaaaaaaaaaaaaac"))
	assert.LessOrEqual(t, e.anywhere().now.Load().room, maxStates)
	assert.Positive(t, e.anywhere().now.Load().age)
}

func TestGroup(t *testing.T) {
	e, err := Compile("(?:请|麻烦)报(?P<slot>订单号|手机号)?")
	require.NoError(t, err)
	assert.Equal(t, "手机号", e.Group("麻烦报手机号"))
	assert.Empty(t, e.Group("请报"))
}

func FuzzExpr(f *testing.F) {
	for _, source := range []string{"没有?办法", "(?:a|b)*c", "[^,]{0,3}x|y+", `\bz`, "(?s).a"} {
		f.Add(source, "我没有办法,aabc xyz")
	}
	f.Fuzz(func(t *testing.T, source, text string) {
		if len(source) > 60 || len(text) > 200 {
			t.Skip()
		}
		agree(t, source, strings.ToValidUTF8(text, "?"))
	})
}
