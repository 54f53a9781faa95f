package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFilesAreCurrent makes both files anew: they are the committed ones, byte for
// byte, so the generator is deterministic and was run after its last change.
func TestFilesAreCurrent(t *testing.T) {
	source, err := os.ReadFile("../data/TSCharacters.txt")
	require.NoError(t, err)
	current, err := os.ReadFile("../simplified.go")
	require.NoError(t, err)
	assert.Equal(t, string(current), string(table(pairs(string(source)))))

	current, err = os.ReadFile("../data/words.bin")
	require.NoError(t, err)
	made, err := dictionary()
	require.NoError(t, err)
	assert.True(t, string(current) == string(made), "data/words.bin is stale: run go generate in internal/text")
}

func TestPairs(t *testing.T) {
	to := pairs("# comment\n乾\t干 乾\n祇\t祇 只\n嗎\t吗\n㑮\t𫝈\n\n")
	assert.Equal(t, '干', to['乾'], "the first of several")
	assert.Equal(t, '只', to['祇'], "our own choice")
	assert.Equal(t, '吗', to['嗎'])
	assert.Zero(t, to['㑮'], "nothing beyond the basic plane")
}

func TestTableFollowsChains(t *testing.T) {
	var to [tableEnd]rune
	to['薴'], to['苧'] = '苧', '苎'
	assert.Contains(t, string(table(to)), "\t'薴': '苎',\n")
}
