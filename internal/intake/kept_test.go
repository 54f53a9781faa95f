package intake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What the first reading saw of a small file is what the second one reads, once.
func TestKept(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a.txt")
	write := func(text string) { require.NoError(t, os.WriteFile(path, []byte(text), 0o600)) }
	read := func(o Options) (texts []string) {
		calls, problems := readAll(o, folder, path)
		require.Empty(t, problems)
		for _, c := range calls {
			texts = append(texts, c.Turns[0].Text)
		}
		return texts
	}
	kept := NewKept()
	write("客服：早先。\n客户：好。\n")
	assert.Empty(t, read(Options{Contacts: true, Kept: kept}))
	write("客服：后来。\n客户：好。\n")
	assert.Equal(t, []string{"早先。", "后来。"}, read(Options{Kept: kept}), "it is named twice, and kept once")
	assert.Equal(t, []string{"后来。", "后来。"}, read(Options{Kept: kept}))
}

func TestKeptIsBounded(t *testing.T) {
	k := NewKept()
	k.room = 1000
	k.put("a", []byte(strings.Repeat("a", 800)))
	k.put("b", []byte(strings.Repeat("b", 800)))
	k.put("c", []byte("c"))
	assert.Len(t, k.take("a"), 800)
	assert.Nil(t, k.take("a"))
	assert.Nil(t, k.take("b"))
	assert.Equal(t, "c", string(k.take("c")))
}

// However large a file is, all of it is read.
func TestFilesAroundTheSizeOfASmallOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt")
	for size := headSize - 2; size <= headSize+2; size++ {
		text := "客服：您好，请讲。\n客户："
		text += strings.Repeat("a", size-len(text))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		calls, problems := readAll(Options{}, path)
		require.Empty(t, problems)
		require.Len(t, calls, 1)
		assert.True(t, strings.HasSuffix(text, calls[0].Turns[1].Text))
		assert.Len(t, calls[0].Turns[1].Text, size-len("客服：您好，请讲。\n客户："))
	}
}
