package report

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/zhijian-qa/zhijian/internal/rule"
)

// A cursor finds every code point, wherever it was before.
func TestCursor(t *testing.T) {
	const text, other = "您a好😀吗", "另一轮"
	var c cursor
	for _, n := range []int{0, 3, 1, 5, 4, 4, 2} {
		assert.Equal(t, len(string([]rune(text)[:n])), c.seek(text, n), n)
	}
	assert.Equal(t, len("另一"), c.seek(other, 2))
	assert.Equal(t, len(text), c.seek(text, 9), "behind the end")
	assert.Zero(t, c.seek(text, -1))
}

// The words found stand between as many characters as fit, in any order of findings.
func TestQuoted(t *testing.T) {
	turn := strings.Repeat("前", 20) + "没办法" + strings.Repeat("后", 12)
	r := &textReport{}
	show := func(start, end int) string {
		var b strings.Builder
		for _, s := range r.quoted(turn, &rule.Finding{Rule: &rule.Rule{}, At: rule.Range{Start: start, End: end}}) {
			b.WriteString(s.text)
		}
		return b.String()
	}
	want := "…" + strings.Repeat("前", 12) + "【没办法】" + strings.Repeat("后", 12)
	assert.Equal(t, want, show(20, 23))
	assert.Equal(t, "【前】"+strings.Repeat("前", 12)+"…", show(0, 1))
	assert.Equal(t, want, show(20, 23))
	assert.Equal(t, "…"+strings.Repeat("后", 12)+"【】", show(99, 98), "behind the end")
}
