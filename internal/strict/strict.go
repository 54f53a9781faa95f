// Package strict reads what people write by hand: whatever is wrong with a file
// is told all at once, each with its place, its line and what was perhaps meant.
package strict

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unsafe"

	"go.yaml.in/yaml/v3"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Error is what is wrong at one place of a file.
type Error struct {
	File         string
	Line, Column int    // 1-based
	Quoted       string // the line
	What         call.Say
}

// Error is the error in Chinese.
func (e *Error) Error() string { return e.In(call.ZH) }

// In is the error as "file:line:column: what" with the line quoted below.
func (e *Error) In(lang call.Lang) string {
	s := fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.What.In(lang))
	if e.Quoted != "" {
		s += fmt.Sprintf("\n  %4d | %s", e.Line, e.Quoted)
	}
	return s
}

// Errors are all the errors found in one or more files.
type Errors []*Error

// Error is one line per error, in Chinese.
func (es Errors) Error() string { return es.In(call.ZH) }

// In is one paragraph per error.
func (es Errors) In(lang call.Lang) string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.In(lang)
	}
	return strings.Join(lines, "\n")
}

// Sort puts the errors in the order of the files' names and of the places.
func (es Errors) Sort() {
	slices.SortStableFunc(es, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

// File is a file whose errors quote its lines.
type File struct {
	Name  string
	Lines []string // without line feeds; they may end in a carriage return
	data  []byte
	text  string // data
}

// NewFile is a file with the data that was read from it, which nobody changes any more.
func NewFile(name string, data []byte) *File {
	text := unsafe.String(unsafe.SliceData(data), len(data)) // most of a short run is loading: no copies of packs
	return &File{Name: name, Lines: strings.Split(text, "\n"), data: data, text: text}
}

// Error is an error at a place of the file, both 1-based.
func (f *File) Error(line, column int, what call.Say) *Error {
	e := &Error{File: f.Name, Line: line, Column: column, What: what}
	if 0 < line && line <= len(f.Lines) {
		e.Quoted = strings.TrimRight(f.Lines[line-1], "\r")
	}
	return e
}

// ErrorAt is an error at the place of a node of the file.
func (f *File) ErrorAt(n *yaml.Node, what call.Say) *Error { return f.Error(n.Line, n.Column, what) }

// Decode reads the file, which must hold one YAML document, into what into
// points to. Keys that its type does not have, and values of another sort than it
// wants, are errors. missing is what an empty file should have, such as "rules";
// if it is empty, the file may be too. What could be read is read.
func (f *File) Decode(into any, missing call.Say) Errors {
	var root, second yaml.Node
	decoder := yaml.NewDecoder(strings.NewReader(f.text))
	switch err := decoder.Decode(&root); {
	case errors.Is(err, io.EOF) && missing == call.Say{}:
		return nil
	case errors.Is(err, io.EOF):
		return Errors{f.Error(1, 1, call.Sayf("文件是空的，应写 %[1]s", "the file is empty; it should have %[2]s", missing.ZH, missing.EN))}
	case err != nil:
		return f.yamlErrors(err)
	}
	var found Errors
	if decoder.Decode(&second) == nil {
		found = append(found, f.ErrorAt(&second, call.Sayf("一个文件只能写一份 YAML；请去掉 --- 之后的部分或另存一个文件", "one YAML document to a file; move what follows --- to a file of its own")))
	}
	check(&root, reflect.TypeOf(into), func(n *yaml.Node, what call.Say) { found = append(found, f.ErrorAt(n, what)) })
	if err := root.Decode(into); err != nil && len(found) == 0 { // else it is told already
		found = f.yamlErrors(err)
	}
	return found
}

// yamlErrors is what the YAML library says; it gives the line in its text.
func (f *File) yamlErrors(err error) Errors {
	var several *yaml.TypeError
	texts := []string{err.Error()}
	if errors.As(err, &several) {
		texts = several.Errors
	}
	var found Errors
	for _, t := range texts {
		t = strings.TrimPrefix(t, "yaml: ")
		line := 1
		if n, _ := fmt.Sscanf(t, "line %d:", &line); n == 1 {
			_, t, _ = strings.Cut(t, ": ")
		}
		found = append(found, f.Error(line, 1, call.Sayf("YAML 写法有误：%s", "not proper YAML: %s", t)))
	}
	return found
}

// Unknown says that no thing of a kind has a name, and which name was perhaps meant.
func Unknown(kind call.Say, name string, candidates []string) call.Say {
	hint := call.DidYouMean(name, candidates)
	return call.Say{
		ZH: "没有叫 " + strconv.Quote(name) + " 的" + kind.ZH + hint.ZH,
		EN: "no " + kind.EN + " named \"" + name + "\"" + hint.EN,
	}
}
