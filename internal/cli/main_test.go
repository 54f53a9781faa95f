package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/report"
)

// run runs zhijian in this process.
func run(stdin string, args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = Main(args, strings.NewReader(stdin), &out, &err)
	return code, out.String(), err.String()
}

func packPath() string { return filepath.Join(scripts, "pack.yaml") }

// manyCalls writes a folder of calls, some of them broken.
func manyCalls(t *testing.T) string {
	folder := t.TempDir()
	for f := range 40 {
		var b strings.Builder
		for c := range 200 {
			fmt.Fprintf(&b, `{"id":"F%d-%d","agent":{"id":"%d"},"turns":[{"role":"agent","text":"您好"},{"role":"customer","text":"你们扣错了%d"},{"role":"agent","text":"%s"}]}`+"\n",
				f, c, c%7, c, []string{"我也没办法", "非常抱歉", "很抱歉让您久等了"}[c%3])
		}
		if f%9 == 0 {
			b.WriteString("{broken\n")
		}
		require.NoError(t, os.WriteFile(filepath.Join(folder, fmt.Sprintf("%03d.jsonl", f)), []byte(b.String()), 0o600))
	}
	return folder
}

// The same bytes come out, whatever the number of workers.
func TestSameBytesForAnyJobs(t *testing.T) {
	folder := manyCalls(t)
	for _, format := range report.Names() {
		args := []string{"lint", "--rules", packPath(), "--format", format, folder}
		code1, out1, err1 := run("", append(args, "--jobs", "1")...)
		code8, out8, err8 := run("", append(args, "--jobs", "8")...)
		assert.Equal(t, exitInput, code1)
		assert.Equal(t, code1, code8)
		assert.True(t, out1 == out8, "%s: standard output differs", format)
		assert.Equal(t, err1, err8)
	}
}

// A baseline with fewer findings than there are accepts the first of them in the
// order of the input, whatever the number of workers.
func TestSameBytesWithBaseline(t *testing.T) {
	folder := t.TempDir()
	line := `{"id":"same","turns":[{"role":"agent","text":"我没有办法"},{"role":"customer","text":"嗯"}]}` + "\n"
	for f := range 60 {
		require.NoError(t, os.WriteFile(filepath.Join(folder, fmt.Sprintf("%02d.jsonl", f)), []byte(strings.Repeat(line, 50)), 0o600))
	}
	baseline := filepath.Join(t.TempDir(), "b.json")
	code, _, stderr := run("", "baseline", "--rules", packPath(), "-o", baseline, filepath.Join(folder, "0*.jsonl"), filepath.Join(folder, "10.jsonl"))
	require.Equal(t, exitClean, code, stderr)
	args := []string{"lint", "--rules", packPath(), "--select", "wording", "--baseline", baseline, "--format", "jsonl", folder}
	code1, out1, err1 := run("", append(args, "--jobs", "1")...)
	code8, out8, err8 := run("", append(args, "--jobs", "8")...)
	assert.Equal(t, exitFindings, code1)
	assert.Equal(t, code1, code8)
	assert.True(t, out1 == out8, "standard output differs")
	assert.Equal(t, err1, err8)
	var accepted []bool
	for line := range strings.Lines(out1) {
		accepted = append(accepted, strings.Contains(line, `"findings":[],"suppressed":[`))
	}
	require.Len(t, accepted, 60*50)
	assert.NotContains(t, accepted[:11*50], false, "the first 550 are accepted")
	assert.NotContains(t, accepted[11*50:], true)
}

// brokenPipe fails after some bytes, as a pipe into head does.
type brokenPipe struct{ left int }

func (b *brokenPipe) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}

// A closed pipe ends quietly, with the exit code of what was found so far.
func TestClosedPipe(t *testing.T) {
	folder := manyCalls(t)
	for _, args := range [][]string{
		{"lint", "--rules", packPath(), "--format", "jsonl", "--select", "wording", folder + "/001.jsonl", folder + "/002.jsonl"},
		{"convert", folder + "/001.jsonl"},
		{"rules", "list", "--rules", packPath()},
	} {
		var stderr bytes.Buffer
		code := Main(args, nil, &brokenPipe{10}, &stderr)
		assert.Less(t, code, exitUsage, args)
		assert.Empty(t, stderr.String(), args)
	}
}

// A report to a file is complete although nobody reads standard output.
func TestClosedPipeLeavesFilesWhole(t *testing.T) {
	file := filepath.Join(t.TempDir(), "out.json")
	var stderr bytes.Buffer
	code := Main([]string{"lint", "--rules", packPath(), "--output", "json=" + file, manyCalls(t) + "/001.jsonl"}, nil, &brokenPipe{10}, &stderr)
	assert.Equal(t, exitFindings, code)
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	var got struct{ Calls []json.RawMessage }
	require.NoError(t, json.Unmarshal(data, &got))
	assert.Len(t, got.Calls, 200)
}

// fullDisk takes nothing.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestReportThatCannotBeWritten(t *testing.T) {
	for _, command := range [][]string{{"lint", "--rules", packPath()}, {"convert"}} {
		var stderr bytes.Buffer
		code := Main(append(command, filepath.Join(scripts, "calls.jsonl")), nil, fullDisk{}, &stderr)
		assert.Equal(t, exitUsage, code)
		assert.Contains(t, stderr.String(), "no space left on device")
	}
}

// endless is a standard input that gives some lines and then nothing, ever.
type endless struct {
	lines io.Reader
	stop  func()
}

func (e *endless) Read(p []byte) (int, error) {
	if n, err := e.lines.Read(p); err == nil {
		return n, nil
	}
	e.stop()
	select {}
}

// Ctrl-C ends the wait for input; what is finished is written out, and valid.
func TestInterrupted(t *testing.T) {
	lines, err := os.ReadFile(filepath.Join(manyCalls(t), "001.jsonl"))
	require.NoError(t, err)
	lines = bytes.Repeat(lines, 40) // more than one chunk
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var stdout, stderr bytes.Buffer
	input := &endless{bytes.NewReader(lines), func() { time.AfterFunc(200*time.Millisecond, stop) }}
	a := &app{stdin: &interruptible{ctx: ctx, r: input}, stdout: &stdout, stderr: &stderr, lang: call.EN}
	root := newRoot(a)
	root.SetArgs([]string{"lint", "--rules", packPath(), "--format", "json", "-"})
	assert.Equal(t, exitInput, a.exitCode(root.ExecuteContext(ctx)))
	var got struct {
		Calls   []json.RawMessage
		Summary struct{ Interrupted bool }
	}
	require.NoError(t, json.Unmarshal(stdout.Bytes(), &got))
	assert.NotEmpty(t, got.Calls)
	assert.True(t, got.Summary.Interrupted)
	assert.Equal(t, fmt.Sprintf("interrupted: the report holds the %d calls checked so far\n", len(got.Calls)), stderr.String())
}

func TestLangOf(t *testing.T) {
	for args, want := range map[string]call.Lang{
		"":                              call.ZH,
		"lint x":                        call.ZH,
		"--lang en lint":                call.EN,
		"lint --lang=en x":              call.EN,
		"lint x --lang en --lang zh":    call.ZH,
		"lint -- --lang en":             call.ZH,
		"lint --lang":                   call.ZH,
		"lint --lang fr":                call.ZH,
		"lint --lang fr --lang=en -- x": call.EN,
	} {
		assert.Equal(t, want, langOf(strings.Fields(args)), args)
	}
}

func TestInterruptibleReadsWhatThereIs(t *testing.T) {
	r := &interruptible{ctx: t.Context(), r: strings.NewReader(strings.Repeat("通话", 10000))}
	got, err := io.ReadAll(r)
	require.NoError(t, err)
	assert.Equal(t, strings.Repeat("通话", 10000), string(got))
}

// A device is written as it is: it has no name to get in the end.
func TestOutputToDevice(t *testing.T) {
	code, _, stderr := run("", "lint", "--rules", packPath(), "--output", "json="+os.DevNull, "--summary", filepath.Join(scripts, "calls.jsonl"))
	assert.Equal(t, exitFindings, code)
	assert.Empty(t, stderr)
	info, err := os.Stat(os.DevNull)
	require.NoError(t, err)
	assert.False(t, info.Mode().IsRegular())
}

// A report through a link replaces what the link points to, not the link.
func TestOutputThroughLink(t *testing.T) {
	folder := t.TempDir()
	link := filepath.Join(folder, "latest.jsonl")
	require.NoError(t, os.WriteFile(filepath.Join(folder, "real.jsonl"), nil, 0o600))
	require.NoError(t, os.Symlink("real.jsonl", link))
	code, _, _ := run("", "lint", "--rules", packPath(), "--output", "jsonl="+link, filepath.Join(scripts, "calls.jsonl"))
	assert.Equal(t, exitFindings, code)
	info, err := os.Lstat(link)
	require.NoError(t, err)
	assert.NotZero(t, info.Mode()&os.ModeSymlink)
	data, err := os.ReadFile(filepath.Join(folder, "real.jsonl"))
	require.NoError(t, err)
	assert.Equal(t, 3, bytes.Count(data, []byte("\n")))
}

// A folder that takes no files is not called missing.
func TestFoldersThatTakeNoFiles(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("/proc is a folder of Linux")
	}
	code, _, stderr := run("", "lint", "--config", "none", "--output", "html=/proc/x.html", "../../testdata/calls")
	assert.Equal(t, exitUsage, code)
	assert.Contains(t, stderr, "文件夹 /proc 里建不了文件")
	assert.NotContains(t, stderr, "没有文件夹")
}

// A workbook among labels was meant to be reviewed.
func TestBooksAreNoLabels(t *testing.T) {
	code, stdout, stderr := run("", "eval", "zhang.xlsx")
	assert.Equal(t, exitUsage, code)
	assert.Empty(t, stdout)
	assert.Contains(t, stderr, "zhang.xlsx 是工作簿；人复核过的请加 --reviewed：zhijian eval --reviewed zhang.xlsx")
}
