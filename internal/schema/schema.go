// Package schema writes JSON Schemas of the files that people write by hand, so
// that their editors complete keys and names. Which keys there are and what
// they hold comes from the structs that the files are decoded into: a schema
// cannot say something else than their reader.
package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

// File describes a file.
type File struct {
	Title call.Say
	Root  reflect.Type
	Defs  []Def // of Root and of all structs below it
}

// Def says of the keys of a struct what its Go types do not.
type Def struct {
	Name string // of the definition in the schema
	Type reflect.Type
	Keys []Key
}

// Key says of a key what its Go type does not.
type Key struct {
	Name     string
	What     call.Say
	Values   []string // the only ones that there are, of the key or of its items
	Names    []string // some of those that there are, for completion; of a mapping, of its keys
	Keys     []string // the only keys of the mapping that it holds
	Required bool
	Text     bool // it holds a text, although its type is a node of YAML
	List     bool // it holds a text or a list of them, although its type is a node of YAML
}

// Write returns the schema, in draft 2020-12 and with descriptions in lang. The
// error is that a struct or a key has no description, or a description no key.
func (f *File) Write(lang call.Lang) ([]byte, error) {
	w := &writer{lang: lang, defs: map[reflect.Type]*Def{}, root: &node{Schema: "https://json-schema.org/draft/2020-12/schema",
		Title: f.Title.In(lang), Defs: map[string]*node{}}}
	for i := range f.Defs {
		w.defs[f.Defs[i].Type] = &f.Defs[i]
	}
	w.root.Ref = w.of(f.Root, &Key{}).Ref
	if w.err != nil {
		return nil, w.err
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(w.root)
	return out.Bytes(), err
}

// node is a schema, or a part of one. The order of the fields is that of the keys.
type node struct {
	Schema      string           `json:"$schema,omitempty"`
	Title       string           `json:"title,omitempty"`
	Description string           `json:"description,omitempty"`
	Ref         string           `json:"$ref,omitempty"`
	Type        any              `json:"type,omitempty"` // a text or several
	Enum        []any            `json:"enum,omitempty"`
	AnyOf       []*node          `json:"anyOf,omitempty"`
	Items       *node            `json:"items,omitempty"`
	Properties  map[string]*node `json:"properties,omitempty"`
	Required    []string         `json:"required,omitempty"`
	Names       *node            `json:"propertyNames,omitempty"`
	Others      any              `json:"additionalProperties,omitempty"` // false or a schema
	Defs        map[string]*node `json:"$defs,omitempty"`
}

type writer struct {
	lang call.Lang
	defs map[reflect.Type]*Def
	root *node
	err  error // the first
}

func (w *writer) fail(format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf(format, args...)
	}
}

// of is the schema of what YAML reads into t, under a key.
func (w *writer) of(t reflect.Type, k *Key) *node {
	switch {
	case k.List:
		return w.of(reflect.TypeFor[strict.Items](), &Key{Names: k.Names, Values: k.Values})
	case k.Text:
		t = reflect.TypeFor[string]()
	}
	var any []*node
	for _, shape := range strict.ShapesOf(t) {
		any = append(any, w.shape(shape, k))
	}
	if len(any) == 1 {
		return any[0]
	}
	return &node{AnyOf: any}
}

func (w *writer) shape(t reflect.Type, k *Key) *node {
	switch t.Kind() {
	case reflect.Struct:
		return w.define(t)
	case reflect.Map:
		n := &node{Type: "object", Others: w.of(t.Elem(), &Key{Values: k.Values})}
		switch {
		case len(k.Names) > 0: // those of the keys
			n.Names = text(k.Names, nil)
		case len(k.Keys) > 0:
			n.Names = text(nil, k.Keys)
		}
		return n
	case reflect.Slice:
		return &node{Type: "array", Items: w.of(t.Elem(), k)}
	case reflect.Int:
		return &node{Type: "integer"}
	case reflect.Float64:
		return &node{Type: "number"}
	case reflect.Bool:
		return &node{Type: "boolean"}
	}
	return text(k.Names, k.Values)
}

// text is the schema of a text: one of the values if there are any, else
// whatever one likes, among which the names. YAML reads 1 and true as texts too
// where a text is wanted.
func text(names, values []string) *node {
	if len(values) > 0 {
		return &node{Enum: enum(values)}
	}
	anything := &node{Type: []string{"string", "number", "boolean"}}
	if len(names) == 0 {
		return anything
	}
	return &node{AnyOf: []*node{{Enum: enum(names)}, anything}}
}

// enum lists values as YAML may read them: one that looks like a number is one.
func enum(values []string) []any {
	var out []any
	for _, v := range values {
		out = append(out, v)
		if n, err := strconv.Atoi(v); err == nil {
			out = append(out, n)
		}
	}
	return out
}

// define writes the definition of a struct, once, and refers to it.
func (w *writer) define(t reflect.Type) *node {
	def := w.defs[t]
	if def == nil {
		w.fail("no description of %v", t)
		return &node{}
	}
	if w.root.Defs[def.Name] == nil {
		n := &node{Type: "object", Properties: map[string]*node{}, Others: false}
		w.root.Defs[def.Name] = n
		w.properties(n, t, def)
	}
	return &node{Ref: "#/$defs/" + def.Name}
}

func (w *writer) properties(n *node, t reflect.Type, def *Def) {
	types := strict.Keys(t)
	for i := range def.Keys {
		k := &def.Keys[i]
		keyType := types[k.Name]
		if keyType == nil || n.Properties[k.Name] != nil {
			w.fail("%s: %q is no key, or described twice", def.Name, k.Name)
			continue
		}
		property := w.of(keyType, k)
		property.Description = k.What.In(w.lang)
		n.Properties[k.Name] = property
		if k.Required {
			n.Required = append(n.Required, k.Name)
		}
	}
	for name := range types {
		if n.Properties[name] == nil {
			w.fail("%s: no description of %q", def.Name, name)
		}
	}
}
