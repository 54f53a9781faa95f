package rule

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// PackError is what is wrong at one place of a pack.
type PackError struct {
	File         string
	Line, Column int    // 1-based
	Quoted       string // the line
	What         call.Say
}

// Error is the error in Chinese.
func (e *PackError) Error() string { return e.In(call.ZH) }

// In is the error as "file:line:column: what" with the line quoted below.
func (e *PackError) In(lang call.Lang) string {
	s := fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.What.In(lang))
	if e.Quoted != "" {
		s += fmt.Sprintf("\n  %4d | %s", e.Line, e.Quoted)
	}
	return s
}

// PackErrors are all the errors found in a pack.
type PackErrors []*PackError

// Error is one line per error, in Chinese.
func (es PackErrors) Error() string { return es.In(call.ZH) }

// In is one paragraph per error.
func (es PackErrors) In(lang call.Lang) string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.In(lang)
	}
	return strings.Join(lines, "\n")
}

// Load reads the pack of a YAML file, or of a folder whose YAML files are its
// parts, that extends no other or one of the same file system. All that is
// wrong with it comes back at once as PackErrors.
func Load(fsys fs.FS, name string) (*Pack, error) {
	lib := Library(func(name string) (fs.FS, string, error) { return fsys, name, nil })
	return lib.Load(name)
}

// compile compiles the files that were read.
func (l *loader) compile() (*Pack, error) {
	if len(l.errors) > 0 {
		return nil, l.sorted()
	}
	pack := compilePack(l)
	if len(l.errors) > 0 {
		return nil, l.sorted()
	}
	return pack, nil
}

// readAll reads the files of a pack, all at once: parsing YAML is a good part of
// the time that a short run takes.
func readAll(fsys fs.FS, files []string) (*loader, error) {
	parts := make([]loader, len(files))
	failed := make([]error, len(files))
	var wait sync.WaitGroup
	for i, f := range files {
		wait.Go(func() { failed[i] = parts[i].read(fsys, f) })
	}
	wait.Wait()
	all := &loader{}
	for i := range parts {
		all.files = append(all.files, parts[i].files...)
		all.errors = append(all.errors, parts[i].errors...)
	}
	return all, errors.Join(failed...)
}

// packFiles lists the files of a pack in the order of their names.
func packFiles(fsys fs.FS, name string) ([]string, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{name}, nil
	}
	files, err := fs.Glob(fsys, path.Join(name, "*.yaml"))
	if err == nil && len(files) == 0 {
		err = errors.New(name + ": 文件夹里没有 *.yaml 规则包 (no *.yaml pack in this folder)")
	}
	return files, err
}

// loader reads the files of one pack and collects what is wrong with them.
type loader struct {
	files    []*packFile
	errors   PackErrors
	prepared map[uint64]prepared // by the hash of the pattern
}

// packFile is one file of a pack; the places in its spec are in this file.
type packFile struct {
	name  string
	lines []string
	spec  packSpec
	house bool // it extends a pack, so it may override settings
}

func (l *loader) read(fsys fs.FS, name string) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	file := &packFile{name: name, lines: strings.Split(string(data), "\n")}
	l.files = append(l.files, file)
	var root, second yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	switch err := decoder.Decode(&root); {
	case errors.Is(err, io.EOF):
		l.report(file, position{1, 1}, faultf("文件是空的，应写 pack、cues 或 rules", "the file is empty; it should have a pack, cues or rules"))
		return nil
	case err != nil:
		l.yamlError(file, err)
		return nil
	}
	if decoder.Decode(&second) == nil {
		l.report(file, at(&second), faultf("一个文件只能写一份 YAML；请去掉 --- 之后的部分或另存一个文件", "one YAML document to a file; move what follows --- to a file of its own"))
	}
	unknownKeys(&root, reflect.TypeFor[packSpec](), func(n *yaml.Node, f *fault) { l.report(file, at(n), f) })
	if err := root.Decode(&file.spec); err != nil {
		l.yamlError(file, err)
	}
	return nil
}

// report notes a fault at a place of a file.
func (l *loader) report(file *packFile, p position, f *fault) {
	e := &PackError{File: file.name, Line: p.line, Column: p.column, What: f.what}
	if 0 < p.line && p.line <= len(file.lines) {
		e.Quoted = strings.TrimRight(file.lines[p.line-1], "\r")
	}
	l.errors = append(l.errors, e)
}

// yamlError notes what the YAML library says; it gives the line in its text.
func (l *loader) yamlError(file *packFile, err error) {
	var several *yaml.TypeError
	texts := []string{err.Error()}
	if errors.As(err, &several) {
		texts = several.Errors
	}
	for _, t := range texts {
		t = strings.TrimPrefix(t, "yaml: ")
		p := position{1, 1}
		if n, _ := fmt.Sscanf(t, "line %d:", &p.line); n == 1 {
			_, t, _ = strings.Cut(t, ": ")
		}
		l.report(file, p, faultf("YAML 写法有误：%s", "not proper YAML: %s", t))
	}
}

func (l *loader) sorted() PackErrors {
	slices.SortStableFunc(l.errors, func(a, b *PackError) int {
		if a.File != b.File {
			return strings.Compare(a.File, b.File)
		}
		return a.Line - b.Line
	})
	return l.errors
}

// keys lists the keys of a map in order.
func keys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
