package eval

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
)

// Shape says how an item is labelled.
type Shape int

// The shapes of items; see the package comment. A Bare item is a call without labels.
const (
	Bare Shape = iota
	Turn
	Call
	Elsewhere
)

// Item is a turn or a call with its labels.
type Item struct {
	ID    string
	File  *File // nil for a Bare item
	Line  int   // 1-based line of File
	Shape Shape
	Call  *call.Call // nil for an Elsewhere item until its call is found
	Want  []Label    // what must fire, and what may if it is not sure
	Allow []string   // rules that may fire or not
}

// names reports whether a label of the item names the rule.
func (it *Item) names(rule string) bool {
	return slices.ContainsFunc(it.Want, func(l Label) bool { return l.Rule == rule })
}

// File is what a file of labels holds.
type File struct {
	Name     string
	Items    []*Item
	Labelled []string // patterns of the rules that were labelled, nil where the file does not say
	Problems []call.Problem

	header int // line of Labelled
}

// problem notes what is wrong with a line. A fatal one makes the figures doubtful.
func (f *File) problem(line int, id string, fatal bool, what call.Say) {
	f.Problems = append(f.Problems, call.Problem{File: f.Name, Line: line, Call: id, What: what, Fatal: fatal})
}

// Read reads a file of labels; name is how the user calls it. What is wrong
// with it is in Problems; a line that makes no sense is no item.
func Read(ctx context.Context, name string, data []byte) *File {
	r := &reader{file: &File{Name: name}, seen: map[string]int{}}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) {
		r.file.problem(0, "", true, call.Sayf("不是 UTF-8；请另存为 UTF-8", "it is not UTF-8; save it as UTF-8"))
		return r.file
	}
	for line := range bytes.Lines(data) {
		r.line++
		if line = bytes.TrimSpace(line); len(line) > 0 && r.broken <= maxBroken {
			r.read(line)
		}
		r.calls.WriteByte('\n')
	}
	r.attach(ctx)
	if len(r.file.Items) == 0 && r.broken == 0 {
		r.file.problem(0, "", true, call.Sayf("没有标注", "there are no labels"))
	}
	return r.file
}

// maxBroken is after how many broken lines a file is given up.
const maxBroken = 20

// reader reads one file. calls are the calls of its items in the canonical
// format, each on the line that it has in the file.
type reader struct {
	file   *File
	line   int
	broken int
	calls  bytes.Buffer
	inline bool           // calls holds one
	seen   map[string]int // line by id
}

func (r *reader) read(line []byte) {
	e, f := parse(line)
	if f == nil && e.Labelled != nil {
		f = r.header(e)
	} else if f == nil {
		f = r.item(e, line)
	}
	if f != nil {
		r.fail(f)
		return
	}
	for _, what := range misspelt(line) {
		r.file.problem(r.line, "", false, what)
	}
}

// fail notes that the line is broken.
func (r *reader) fail(f *fault) {
	r.broken++
	if r.broken > maxBroken {
		r.file.problem(r.line, "", true, call.Sayf("出错的行太多，后面的不再看", "too many broken lines; the rest is not read"))
		return
	}
	what := f.what
	what.ZH += "；这一行没有计入"
	what.EN += "; this line does not count"
	r.file.problem(r.line, "", true, what)
}

// header reads the line that says which rules were labelled.
func (r *reader) header(e *entry) *fault {
	if r.file.Labelled != nil || len(r.file.Items) > 0 {
		return faultf("labelled 只能写在第一行", "labelled belongs on the first line")
	}
	r.file.Labelled, r.file.header = e.Labelled, r.line
	return nil
}

func (r *reader) item(e *entry, line []byte) *fault {
	shape, f := e.shape()
	if f != nil {
		return f
	}
	id := string(cmp.Or(e.ID, name(fmt.Sprintf("#%d", r.line))))
	if first := r.seen[id]; first > 0 {
		return faultf("%q 在第 %d 行已经有了", "%q is on line %d already", id, first)
	}
	it := &Item{ID: id, File: r.file, Line: r.line, Shape: shape, Want: slices.Concat(e.Violates, e.Expect, e.ExpectInfo), Allow: e.Allow}
	for _, rule := range it.Allow {
		if it.names(rule) {
			return faultf("%s 既是标注又在 allow 里", "%s is both labelled and allowed", rule)
		}
	}
	r.seen[id] = r.line
	r.file.Items = append(r.file.Items, it)
	switch shape {
	case Turn:
		r.inline = true
		r.calls.Write(oneTurn(id, e))
	case Call:
		r.inline = true
		r.calls.Write(line)
	}
	return nil
}

// oneTurn is a call of one agent turn in the canonical format.
func oneTurn(id string, e *entry) []byte {
	type turn struct {
		Role call.Role `json:"role"`
		Text string    `json:"text"`
	}
	line, _ := json.Marshal(struct { // strings always are JSON
		ID        string `json:"id"`
		Direction string `json:"direction,omitempty"`
		Turns     []turn `json:"turns"`
	}{id, e.Direction, []turn{{call.Agent, *e.Text}}})
	return line
}

// attach reads the calls as any other input and gives them to their items. An
// item whose call cannot be read is dropped: intake tells why.
func (r *reader) attach(ctx context.Context) {
	if !r.inline {
		return
	}
	byLine := map[int]*call.Call{}
	opt := intake.Options{Format: "canonical", Stdin: &r.calls, StdinName: r.file.Name}
	for chunk := range intake.Open(ctx, []string{"-"}, opt) {
		chunk.Items(func(i intake.Item) bool {
			if i.Problem != nil {
				r.file.Problems = append(r.file.Problems, *i.Problem)
			} else {
				byLine[i.Call.Line] = i.Call
			}
			return true
		})
	}
	for _, it := range r.file.Items {
		it.Call = byLine[it.Line]
	}
	r.file.Items = slices.DeleteFunc(r.file.Items, func(it *Item) bool { return it.Shape != Elsewhere && it.Call == nil })
	for _, it := range r.file.Items {
		if it.Call != nil {
			it.CheckCall()
		}
	}
}

// CheckCall adds problems to the item's file where its call cannot be judged,
// and where it does not have a turn that is labelled.
func (it *Item) CheckCall() {
	if it.Call.RolesUnknown || !it.Call.Has(call.Agent) {
		it.File.problem(it.Line, it.ID, false, call.Sayf("没有坐席的话，这一条没法检查", "there are no agent turns, so nothing can be found here"))
	}
	for _, l := range it.Want {
		if l.Turn >= len(it.Call.Turns) {
			it.File.problem(it.Line, it.ID, true, call.Sayf("%s 标在第 %d 个话轮（从 0 数），这一通只有 %d 个",
				"%s is labelled at turn %d, counted from 0; the call has %d", l.Rule, l.Turn, len(it.Call.Turns)))
		}
	}
}

// sorted lists the keys of a map in order.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
