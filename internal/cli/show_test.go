package cli

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// largeDay writes a JSONL of so many calls, C0 and on, and more lines after them.
func largeDay(t *testing.T, calls int, more ...string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "day.jsonl")
	file, err := os.Create(name)
	require.NoError(t, err)
	w := bufio.NewWriter(file)
	padding := strings.Repeat("请问还有其他可以帮您的吗", 60)
	for i := range calls {
		fmt.Fprintf(w, `{"id":"C%d","turns":[{"role":"agent","text":"您好"},{"role":"customer","text":"%s"},{"role":"agent","text":"我没办法"}]}`+"\n", i, padding)
	}
	for _, line := range more {
		fmt.Fprintln(w, line)
	}
	require.NoError(t, w.Flush())
	require.NoError(t, file.Close())
	return name
}

// A call is found in a file that is larger than what is surveyed, whether it is
// there once, twice, or not at all.
func TestShowFindsOneOfMany(t *testing.T) {
	name := largeDay(t, 20_000, `{"id":"C123","turns":[{"role":"agent","text":"另一通"}]}`)
	info, err := os.Stat(name)
	require.NoError(t, err)
	require.Greater(t, info.Size(), int64(lookBack))
	for _, c := range []struct {
		args           []string
		code           int
		stdout, stderr string
	}{
		{[]string{name, "--call", "C19999"}, exitFindings, "C19999\n", ""},
		{[]string{name + ":19999"}, exitFindings, "C19998\n", ""},
		{[]string{name, "--call", "C123"}, exitFindings, "C123\n", "另有 " + name + ":20001；"},
		{[]string{name, "--call", "C12X"}, exitInput, "", `没有编号为 "C12X" 的通话，是不是想写 "C12"；有：`},
		{[]string{name}, exitUsage, "", "……还有更多"},
	} {
		code, stdout, stderr := run("", append([]string{"show", "--rules", packPath()}, c.args...)...)
		assert.Equal(t, c.code, code, stderr)
		assert.True(t, strings.HasPrefix(stdout, c.stdout) && (stdout != "") == (c.stdout != ""), stdout)
		assert.Contains(t, stderr, c.stderr)
	}
}

// The pager is what PAGER names; empty and cat are none.
func TestNewPager(t *testing.T) {
	for name, want := range map[string][]string{"less -R": {"less", "-R"}, "most": {"most"}, "": nil, "cat": nil, " ": nil} {
		t.Setenv("PAGER", name)
		p := newPager(nil, nil)
		if want == nil {
			assert.Nil(t, p, name)
			continue
		}
		assert.Equal(t, want, p.command)
	}
	require.NoError(t, os.Unsetenv("PAGER"))
	assert.Equal(t, []string{"less", "-R"}, newPager(nil, nil).command)
}

// A pager gets the text, and colours and Chinese unless the user says otherwise.
func TestPager(t *testing.T) {
	t.Setenv("LESS", "-X")
	t.Setenv("LESSCHARSET", "") // is put back in the end
	require.NoError(t, os.Unsetenv("LESSCHARSET"))
	assert.Equal(t, []string{"A=1", "LESSCHARSET=utf-8"}, pagerEnv([]string{"A=1"}))
	screen, err := os.Create(filepath.Join(t.TempDir(), "screen"))
	require.NoError(t, err)
	defer screen.Close() //nolint:errcheck // of a test
	var stderr bytes.Buffer
	assert.Error(t, (&pager{[]string{"/no/such/pager"}, screen, &stderr}).show(t.Context(), []byte("通话")))
	if runtime.GOOS == "windows" {
		t.Skip("there is no cat")
	}
	require.NoError(t, (&pager{[]string{"cat"}, screen, &stderr}).show(t.Context(), []byte("通话")))
	got, err := os.ReadFile(screen.Name())
	require.NoError(t, err)
	assert.Equal(t, "通话", string(got))
}
