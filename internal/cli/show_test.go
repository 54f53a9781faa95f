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
	"time"

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
// Standard input is searched to its end, though it can be read once only.
func TestShowFindsOneInStandardInput(t *testing.T) {
	data, err := os.ReadFile(largeDay(t, 20_000, `{"id":"C123","turns":[{"role":"agent","text":"另一通"}]}`))
	require.NoError(t, err)
	for id, want := range map[string]string{"C19999": "C19999\n", "C3": "C3\n", "C123": "C123\n"} {
		code, stdout, stderr := run(string(data), "show", "--rules", packPath(), "-", "--call", id)
		assert.Equal(t, exitFindings, code, stderr)
		assert.True(t, strings.HasPrefix(stdout, want), stdout)
		assert.Equal(t, id == "C123", strings.Contains(stderr, "另有 -:20001；"), stderr)
	}
	code, _, stderr := run(string(data), "show", "--rules", packPath(), "-", "--call", "X")
	assert.Equal(t, exitInput, code)
	assert.Contains(t, stderr, "没有编号为")
}

// Of many problems with the input some are told, and a file without a call that can be read
// is read no further than others.
func TestShowBoundsProblems(t *testing.T) {
	name := filepath.Join(t.TempDir(), "day.jsonl")
	require.NoError(t, os.WriteFile(name, []byte(`{"id":"C1","turns":[{"role":"agent","text":"您好"}]}`+"\n"+strings.Repeat(`{"id":"C2","turns":1}`+"\n", 200_000)), 0o600))
	start := time.Now()
	code, _, stderr := run("", "show", "--rules", packPath(), name, "--call", "C3")
	assert.Equal(t, exitInput, code)
	assert.Less(t, time.Since(start), 20*time.Second)
	assert.Equal(t, maxProblems, strings.Count(stderr, "输入问题"))
	assert.Contains(t, stderr, "还有更多问题")

	require.NoError(t, os.WriteFile(name, []byte(strings.Repeat(`{"id":"C2","turns":1,"`+strings.Repeat("x", 1000)+`":0}`+"\n", 40_000)), 0o600))
	s := &search{app: &app{}, ctx: t.Context(), paths: []string{name}, id: "C3"}
	s.survey()
	assert.True(t, s.more)
}

// A line of the header of a call, or within it, is a line of it.
func TestShowFindsLines(t *testing.T) {
	folder := t.TempDir()
	text := "通话编号：A1\n坐席：张敏\n\n客服：您好。\n客户：你好，\n我问一下。\n\n----\n通话编号：A2\n客服：您好。\n客户：再见。\n"
	object := "[\n{\n\"id\": \"J1\",\n\"turns\": [\n{\"role\": \"agent\", \"text\": \"您好\"}\n]\n},\n{\"id\": \"J2\",\n\"turns\": [{\"role\": \"agent\", \"text\": \"您好\"}]}\n]\n"
	for name, content := range map[string]string{"a.txt": text, "a.json": object} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600))
	}
	for place, want := range map[string]string{"a.txt:1": "A1", "a.txt:4": "A1", "a.txt:6": "A1", "a.txt:8": "A2", "a.txt:9": "A2", "a.txt:11": "A2",
		"a.json:2": "J1", "a.json:5": "J1", "a.json:7": "J1", "a.json:8": "J2", "a.json:9": "J2"} {
		_, stdout, stderr := run("", "show", "--rules", packPath(), filepath.Join(folder, place))
		assert.True(t, strings.HasPrefix(stdout, want+"\n"), "%s: %s%s", place, stdout, stderr)
	}
	for _, place := range []string{"a.txt:7", "a.txt:12", "a.json:1", "a.json:10"} {
		code, _, stderr := run("", "show", "--rules", packPath(), filepath.Join(folder, place))
		assert.Equal(t, exitInput, code, place)
		assert.Contains(t, stderr, "行没有通话", place)
	}
}

// What show says of calls holds no number of a person, in ids and paths neither.
func TestShowMasksIDs(t *testing.T) {
	name := filepath.Join(t.TempDir(), "rec_13800138000_1.jsonl")
	call := `{"id":"x13800138000-1","agent":{"id":"A13900139000"},"turns":[{"role":"agent","text":"您好"}]}` + "\n"
	require.NoError(t, os.WriteFile(name, []byte(call+call+strings.ReplaceAll(call, `"id":"x`, `"customer":{"name":"李雷"},"id":"李雷-z`)), 0o600))
	for _, args := range [][]string{{name}, {name, "--call", "x13800138000"}, {name, "--call", "x13800138000-1"}, {name, "--call", "nothing"}, {name + ":9"}, {name, "--call", "**-z138****8000-1"}} {
		_, stdout, stderr := run("", append([]string{"show", "--config", "none", "--rules", packPath()}, args...)...)
		assert.NotContains(t, stdout+stderr, "13800138000", args)
		assert.NotContains(t, stdout+stderr, "13900139000", args)
		assert.NotContains(t, stdout+stderr, "李雷", args)
		_, stdout, stderr = run("", append([]string{"show", "--config", "none", "--mask", "off", "--rules", packPath()}, args...)...)
		assert.Contains(t, stdout+stderr, "13800138000", args)
	}
}

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

// A call that dropped has in show what lint finds of it, which lies in other calls.
func TestShowLooksForCallbacks(t *testing.T) {
	day := filepath.Join("..", "..", "testdata", "callbacks", "day.jsonl")
	for _, c := range []struct {
		args   []string
		code   int
		stdout string
	}{
		{[]string{"--call", "B1"}, exitClean, "callback/late"},
		{[]string{"--call", "D1"}, exitFindings, "callback/missing"},
		{[]string{"--call", "A1"}, exitClean, "没有发现问题"},
		{[]string{"--call", "B1", "--window", "0"}, exitClean, "只看了这一通"},
		{[]string{"--call", "B1", "--window", "1"}, exitUsage, ""},
	} {
		code, stdout, stderr := run("", append([]string{"show", day, "--config", "none"}, c.args...)...)
		assert.Equal(t, c.code, code, stderr)
		assert.Contains(t, stdout, c.stdout, c.args)
		assert.Equal(t, code == exitUsage, stderr != "", stderr)
	}
}
