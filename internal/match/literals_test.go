package match

import (
	"regexp/syntax"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestChance(t *testing.T) {
	better := func(a, b []string) { t.Helper(); assert.Less(t, chance(a), chance(b)) }
	better([]string{"没办法"}, []string{"办法"})
	better([]string{"办法"}, []string{"办法", "法子"})
	better([]string{"办法", "法子"}, []string{"没办法", "法"})
	better([]string{"蔼"}, []string{"您"})
	assert.Equal(t, 1.0, chance(nil))
	assert.Less(t, chance([]string{"您", "我", "的", "是", "好", "了", "有", "请", "不", "一"}), 1.0, "common, but not in every text")
	assert.Equal(t, 1.0, chance([]string{"办法", ""}))
	assert.Equal(t, 1.0, chance([]string{",", "\n"}))
}

func TestTexts(t *testing.T) {
	texts := func(source string) []string {
		tree, err := syntax.Parse(source, syntax.Perl)
		require.NoError(t, err)
		return Texts(tree)
	}
	assert.Equal(t, []string{"没办法", "没有办法"}, texts("没有?办法"))
	assert.Nil(t, texts("没.{0,3}办法"))
}
