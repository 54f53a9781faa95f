package intake

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// What a folder holds besides transcripts is counted and told once, and is no fault.
func TestSkippedFilesAreTold(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "sub"), 0o700))
	for _, name := range []string{"a.txt", "b.wav", "sub/c.WAV", "sub/d.pdf", "Makefile", ".hidden.wav"} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(goodText), 0o600))
	}
	calls, problems := readAll(Options{}, folder)
	assert.Len(t, calls, 1)
	require.Len(t, problems, 1)
	assert.False(t, problems[0].Fatal)
	assert.Contains(t, problems[0].In(call.EN), folder+": other files skipped: 4 (- 1, .pdf 1, .wav 2); of a folder only .json .jsonl")
	assert.Contains(t, problems[0].In(call.ZH), "跳过 4 个别的文件（- 1, .pdf 1, .wav 2）")
	calls, problems = readAll(Options{}, filepath.Join(folder, "a.txt"))
	assert.Len(t, calls, 1)
	assert.Empty(t, problems, "who names a file is told nothing of others")
}

// A note is no file: a folder with nothing else to read has no file.
func TestFilesOfAFolderWithoutAny(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "b.wav"), nil, 0o600))
	var fatal []bool
	for f := range Files([]string{folder}, []string{".txt"}) {
		require.NotNil(t, f.Problem)
		fatal = append(fatal, f.Problem.Fatal)
	}
	assert.Equal(t, []bool{false, true}, fatal)
}

// A folder is searched for the files of every format. Pages are not: most are no
// transcripts, and whoever has some can name them.
func TestFoldersAreSearchedForEveryFormat(t *testing.T) {
	for _, f := range Formats() {
		assert.NotEmpty(t, f.Extensions, f.Name)
		for _, e := range f.Extensions {
			if e != ".html" && e != ".htm" {
				assert.Contains(t, Extensions(), e, f.Name)
			}
		}
	}
	folder := t.TempDir()
	const cues = "1\n00:00:00,000 --> 00:00:01,000\n客服：您好\n\n2\n00:00:02,000 --> 00:00:03,000\n客户：喂\n"
	require.NoError(t, os.WriteFile(filepath.Join(folder, "a.srt"), []byte(cues), 0o600))
	calls, problems := readAll(Options{}, folder)
	assert.Len(t, calls, 1)
	assert.Empty(t, problems)
}
