package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/script"
)

// largestLibrary is how many bytes of a script library are read: they are
// judged as a whole.
const largestLibrary = 256 << 20

// libraries are the script libraries that paths name.
type libraries struct {
	*app
	paths     []string
	stdinName string
	own       []string // files that are no libraries, though they lie among them
}

// library is one of them, or the problem because of which there is none.
type library struct {
	*script.Library
	data    []byte
	problem *call.Problem
}

// each hands the libraries to do, one after the other.
func (l *libraries) each(ctx context.Context, do func(*library) error) error {
	for f := range intake.Files(l.paths, script.Extensions()) {
		if f.Walked && l.isOwn(f.Path) {
			continue
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := do(l.read(f)); err != nil {
			return err
		}
	}
	return nil
}

// isOwn reports whether a file is one of the run's own.
func (l *libraries) isOwn(path string) bool {
	info, err := os.Stat(path)
	return err == nil && slices.ContainsFunc(l.own, func(name string) bool {
		other, err := os.Stat(name)
		return name != "" && err == nil && os.SameFile(info, other)
	})
}

func (l *libraries) read(f intake.File) *library {
	if f.Problem != nil {
		return &library{problem: f.Problem}
	}
	name, data, err := l.load(f.Path)
	switch {
	case err != nil:
		return &library{problem: &call.Problem{File: name, Fatal: true, What: call.Sayf("无法读取：%v", "cannot be read: %v", cause(err))}}
	case len(data) > largestLibrary:
		return &library{problem: &call.Problem{File: name, Fatal: true, What: call.Sayf("文件超过 %d MB，不像话术库；请拆开", "the file is over %d MB, which no script library is; split it", largestLibrary>>20)}}
	}
	if f.Walked && written(data) {
		return &library{problem: &call.Problem{File: name, What: call.Sayf("这是 zhijian 自己写的文件，不是话术库，跳过", "this is a file that zhijian wrote and no library; skipped")}}
	}
	lib, problem := script.Read(name, data)
	if problem != nil && f.Walked && problem.Nothing {
		problem.Fatal = false // the user did not name it
	}
	return &library{lib, data, problem}
}

// load reads a file, or standard input, and returns the name that it has in reports.
func (l *libraries) load(path string) (string, []byte, error) {
	if path == "-" {
		name := path
		if l.stdinName != "" {
			name = l.stdinName
		}
		data, err := io.ReadAll(io.LimitReader(l.stdin, largestLibrary+1))
		return name, data, err
	}
	file, err := os.Open(path)
	if err != nil {
		return path, nil, err
	}
	defer file.Close() //nolint:errcheck // only read
	data, err := io.ReadAll(io.LimitReader(file, largestLibrary+1))
	return path, data, err
}

// written reports whether a file is a report or a baseline: such files are left lying about.
func written(data []byte) bool {
	for _, start := range []string{`{"version":1,"tool":{"name":"zhijian"`, `{"version": 1, "findings": [`, `{"$schema":"https://json.schemastore.org/sarif`} {
		if bytes.HasPrefix(data, []byte(start)) {
			return true
		}
	}
	return false
}

// judge is a library with what the rules say of its scripts.
func (b *library) judge(linter *lint.Linter) lint.Outcome {
	if b.problem != nil {
		return lint.Outcome{Results: []lint.Result{{Problem: b.problem}}}
	}
	out := lint.Outcome{Bytes: int64(len(b.data))}
	for i := range b.Notes {
		out.Results = append(out.Results, lint.Result{Problem: &b.Notes[i]})
	}
	out.Results = append(out.Results, linter.JudgeLibrary(b.Library)...)
	return out
}
