package strict

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"go.yaml.in/yaml/v3"

	"github.com/zhijian-qa/zhijian/internal/blob"
	"github.com/zhijian-qa/zhijian/internal/call"
)

// file is a type with every shape that what people write can have.
type file struct {
	Name   string           `yaml:"name"`
	Parts  parts            `yaml:"parts"`
	By     map[string]*part `yaml:"by-name"`
	Common `yaml:",inline"`
}

// Common is part of a file by inlining.
type Common struct {
	Note string `yaml:"note"`
}

type part struct {
	Size int `yaml:"size"`
}

// parts is a list of parts or a single one.
type parts []part

func (p *parts) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.SequenceNode {
		return n.Decode((*[]part)(p))
	}
	*p = parts{{}}
	return n.Decode(&(*p)[0])
}

func (parts) Shapes() []reflect.Type {
	return []reflect.Type{reflect.TypeFor[part](), reflect.TypeFor[[]part]()}
}

func TestDecode(t *testing.T) {
	for _, c := range []struct{ yaml, want string }{
		{"name: a\nnote: b\nparts: [{size: 1}]\nby-name: {x: {size: 2}}\n", ""},
		{"parts: {size: 1}\n", ""},
		{"", "f.yaml:1:1: the file is empty; it should have parts"},
		{"naem: a\r\n", `f.yaml:1:1: no key named "naem"; did you mean "name"?` + "\n     1 | naem: a"},
		{"nota: a\n", `f.yaml:1:1: no key named "nota"; did you mean "note"?` + "\n     1 | nota: a"},
		{"parts: {sise: 1}\n", `f.yaml:1:9: no key named "sise"; did you mean "size"?` + "\n     1 | parts: {sise: 1}"},
		{"name: a\nparts:\n  - sise: 1\n", `f.yaml:3:5: no key named "sise"; did you mean "size"?` + "\n     3 |   - sise: 1"},
		{"by-name:\n  x: &x {sise: 1}\n", `f.yaml:2:10: no key named "sise"; did you mean "size"?` + "\n     2 |   x: &x {sise: 1}"},
		{"name: a\n---\nname: b\n", "f.yaml:2:1: one YAML document to a file; move what follows --- to a file of its own\n     2 | ---"},
		{"name: a\nparts:\n  - size: big\n", "f.yaml:3:11: a whole number is needed here, not “big”\n     3 |   - size: big"},
		{"name: a\nname: b\n", "f.yaml:2:1: \"name\" stands in line 1 already; put both in one place\n     2 | name: b"},
		{"name: [\n", "f.yaml:1:1: not proper YAML: did not find expected node content\n     1 | name: ["},
	} {
		var into file
		errs := NewFile("f.yaml", []byte(c.yaml)).Decode(&into, call.Say{ZH: "parts", EN: "parts"})
		assert.Equal(t, c.want, errs.In(call.EN), c.yaml)
	}
}

// What could be read is there beside what is wrong.
func TestDecodeKeepsTheRest(t *testing.T) {
	var into file
	errs := NewFile("f.yaml", []byte("name: a\nparts: [{sise: 1}, {size: 2}]\n")).Decode(&into, call.Say{})
	assert.Equal(t, "f.yaml:2:10: 没有叫 \"sise\" 的字段，是不是想写 \"size\"？\n     2 | parts: [{sise: 1}, {size: 2}]", errs.Error())
	assert.Equal(t, "a", into.Name)
	assert.Equal(t, 2, into.Parts[1].Size)
}

func TestSort(t *testing.T) {
	a, b := NewFile("a", []byte("1\n2")), NewFile("b", nil)
	errs := Errors{b.Error(1, 1, call.Say{}), a.Error(2, 1, call.Say{}), a.Error(1, 5, call.Say{})}
	errs.Sort()
	assert.Equal(t, "a:1:5: \n     1 | 1\na:2:1: \n     2 | 2\nb:1:1: ", errs.In(call.EN))
}

// What was packed comes back, but for what was left out, unless the file was changed.
func TestPacked(t *testing.T) {
	text := "name: n\nparts: [{size: 1}, {size: 2}]\nby-name: {size: {size: 3}, b: {size: 4}}\n"
	var whole, some blob.Writer
	assert.True(t, NewFile("a.yaml", []byte(text)).Pack(&whole, &file{}))
	assert.True(t, NewFile("a.yaml", []byte(text)).Pack(&some, &file{}, "parts", "size"))
	var got file
	assert.True(t, NewFile("a.yaml", []byte(text)).DecodePacked(whole.Bytes(), &got))
	assert.Equal(t, file{Name: "n", Parts: parts{{1}, {2}}, By: map[string]*part{"size": {3}, "b": {4}}}, got)
	got = file{}
	assert.True(t, NewFile("a.yaml", []byte(text)).DecodePacked(some.Bytes(), &got))
	assert.Equal(t, file{Name: "n", Parts: parts{{}, {}}, By: map[string]*part{"size": {3}, "b": {4}}}, got)
	assert.False(t, NewFile("a.yaml", []byte(text+"#")).DecodePacked(whole.Bytes(), &got))
	assert.False(t, NewFile("a.yaml", []byte("nme: n\n")).Pack(&whole, &file{}), "it has errors")
}
