package cli

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"
	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the tests see into their golden files")

const scripts = "../../testdata/cli"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"zhijian": func() { os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs testdata/cli/*.txtar. Every script finds pack.yaml and calls.jsonl in its folder.
func TestScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("short: every script starts the program many times")
	}
	testscript.Run(t, testscript.Params{
		Dir:           scripts,
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOSTILE_NAME", "no\x1b[31msuch\u202efile")
			return errors.Join(copyTo(e, "pack.yaml"), copyTo(e, "calls.jsonl"))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":      exits,
			"valid-json": validJSON,
			"fits":       fits,
			"clean":      clean,
			"pack":       pack,
		},
	})
}

func copyTo(e *testscript.Env, name string) error {
	data, err := os.ReadFile(filepath.Join(scripts, name))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(e.WorkDir, name), data, 0o600)
}

// exits CODE PROGRAM ARGS… runs a program that must end with that code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		got = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// valid-json FILE wants one JSON value, or one on every line.
func validJSON(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	if json.Valid([]byte(text)) {
		return
	}
	for line := range strings.Lines(text) {
		if !json.Valid([]byte(line)) {
			ts.Fatalf("not JSON: %s", line)
		}
	}
}

// fits N FILE wants no line of FILE to take more than N columns.
func fits(ts *testscript.TestScript, _ bool, args []string) {
	limit, err := strconv.Atoi(args[0])
	ts.Check(err)
	for s := bufio.NewScanner(strings.NewReader(ts.ReadFile(args[1]))); s.Scan(); {
		if w := displaywidth.String(s.Text()); w > limit {
			ts.Fatalf("%d columns: %s", w, s.Text())
		}
	}
}

// clean FILE wants no character that a terminal could take for a command.
func clean(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	if text == "" {
		ts.Fatalf("%s is empty", args[0])
	}
	if i := strings.IndexAny(text, "\x00\x07\x1b\x7f\u009b\u202e\u2066"); i >= 0 {
		ts.Fatalf("%q", text[max(0, i-20):])
	}
}

// pack ARCHIVE FILE… packs files: into a zip file, or, alone, into a gzip file.
func pack(ts *testscript.TestScript, _ bool, args []string) {
	var b bytes.Buffer
	if strings.HasSuffix(args[0], ".gz") {
		w := gzip.NewWriter(&b)
		_, err := w.Write([]byte(ts.ReadFile(args[1])))
		ts.Check(errors.Join(err, w.Close()))
	} else {
		w := zip.NewWriter(&b)
		for _, name := range args[1:] {
			to, err := w.Create(name)
			ts.Check(err)
			_, err = to.Write([]byte(ts.ReadFile(name)))
			ts.Check(err)
		}
		ts.Check(w.Close())
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o600))
}
