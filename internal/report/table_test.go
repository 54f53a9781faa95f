package report

import (
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"
	"github.com/stretchr/testify/assert"
)

func TestTable(t *testing.T) {
	var b strings.Builder
	heads, numbers := []string{"规则", "处数", "名称"}, []bool{false, true, false}
	rows := [][]string{{"wording/helpless", "12", "说了\x1b没办法"}, {"a", "3", ""}}
	assert.NoError(t, Table(&b, heads, rows, numbers, 2, Options{Width: 80}))
	assert.Equal(t, " 规则              处数  名称\n"+strings.Repeat("─", 37)+"\n wording/helpless    12  说了␛没办法\n a                    3\n", b.String())
}

// A table too wide for the screen gives way in its flexible column, and then in the widest.
func TestTableGivesWay(t *testing.T) {
	heads, numbers := []string{"name", "n", "what"}, []bool{false, true, false}
	rows := [][]string{{strings.Repeat("长", 30), "1", strings.Repeat("说", 30)}}
	for width := 30; width <= 140; width++ {
		var b strings.Builder
		assert.NoError(t, Table(&b, heads, rows, numbers, 2, Options{Width: width}))
		for line := range strings.Lines(b.String()) {
			assert.LessOrEqual(t, displaywidth.String(strings.TrimRight(line, "\n")), width, "%d columns: %s", width, line)
		}
		assert.Equal(t, 30, strings.Count(b.String(), "长"))
		assert.Equal(t, 30, strings.Count(b.String(), "说"))
	}
}

func TestWrapPrefersHyphens(t *testing.T) {
	assert.Equal(t, []string{"missing-after-", "problem"}, Wrap("missing-after-problem", 20))
	assert.Equal(t, []string{"missi", "ng"}, Wrap("missing", 5))
	assert.Equal(t, []string{"回拨没有", "道别 62"}, Wrap("回拨没有道别\u00a062", 8), "no line ends at a space that says so")
}
