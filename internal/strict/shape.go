package strict

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Shaped is a type with an UnmarshalYAML that reads something else than its Go
// type looks like.
type Shaped interface {
	// Shapes are types that look like what it reads, each another sort of node.
	Shapes() []reflect.Type
}

// ShapesOf are the types that look like what YAML reads into t.
func ShapesOf(t reflect.Type) []reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if s, ok := reflect.Zero(t).Interface().(Shaped); ok {
		return s.Shapes()
	}
	return []reflect.Type{t}
}

// check reports every key below n that the type t, as YAML decodes it, does not
// have, and every value of another sort than t wants. yaml's own KnownFields
// tells neither the column nor what was meant, and its errors name Go types.
func check(n *yaml.Node, t reflect.Type, report func(*yaml.Node, call.Say)) {
	switch {
	case n.Kind == yaml.DocumentNode:
		check(n.Content[0], t, report)
		return
	case n.Kind == yaml.AliasNode:
		check(n.Alias, t, report)
		return
	case n.Tag == "!!null": // as good as left out
		return
	case t == reflect.TypeFor[yaml.Node](): // its reader looks at it
		return
	}
	shapes := ShapesOf(t)
	i := slices.IndexFunc(shapes, func(s reflect.Type) bool { return fits(n, s) })
	if i < 0 {
		report(n, unfit(n, shapes))
		return
	}
	checkParts(n, shapes[i], report)
}

// checkParts checks what is below a node that fits its type.
func checkParts(n *yaml.Node, t reflect.Type, report func(*yaml.Node, call.Say)) {
	switch t.Kind() {
	case reflect.Slice:
		for _, c := range n.Content {
			check(c, t.Elem(), report)
		}
	case reflect.Map:
		twice(n, report)
		for i := 1; i < len(n.Content); i += 2 {
			check(n.Content[i], t.Elem(), report)
		}
	case reflect.Struct:
		twice(n, report)
		checkFields(n, t, report)
	}
}

func checkFields(n *yaml.Node, t reflect.Type, report func(*yaml.Node, call.Say)) {
	fields := Keys(t)
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i]
		field, known := fields[key.Value]
		if !known {
			report(key, Unknown(call.Say{ZH: "字段", EN: "key"}, key.Value, slices.Sorted(maps.Keys(fields))))
			continue
		}
		check(n.Content[i+1], field, report)
	}
}

// twice reports the keys that a mapping has more than once.
func twice(n *yaml.Node, report func(*yaml.Node, call.Say)) {
	first := map[string]int{}
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i]
		if line, there := first[key.Value]; there {
			report(key, call.Sayf("%q 在第 %d 行已经写过；请合并成一处", "%q stands in line %d already; put both in one place", key.Value, line))
			continue
		}
		first[key.Value] = key.Line
	}
}

// Keys maps the YAML keys of a struct to their types, those of inlined and
// embedded structs included.
func Keys(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case options == "inline" || f.Anonymous:
			maps.Copy(fields, Keys(f.Type))
		case name != "" && name != "-":
			fields[name] = f.Type
		}
	}
	return fields
}

// fits reports whether a node is of the sort that a type wants.
func fits(n *yaml.Node, t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Slice:
		return n.Kind == yaml.SequenceNode
	case reflect.Map, reflect.Struct:
		return n.Kind == yaml.MappingNode
	case reflect.Int:
		return n.Tag == "!!int"
	case reflect.Float64:
		return n.Tag == "!!int" || n.Tag == "!!float"
	case reflect.Bool:
		return n.Tag == "!!bool"
	}
	return n.Kind == yaml.ScalarNode
}

// unfit says which sorts of value are wanted instead of a node.
func unfit(n *yaml.Node, shapes []reflect.Type) call.Say {
	var zh, en []string
	for _, s := range shapes {
		say := sortOf(s)
		zh, en = append(zh, say.ZH), append(en, say.EN)
	}
	is := call.Say{ZH: "“" + n.Value + "”", EN: "“" + n.Value + "”"}
	switch n.Kind {
	case yaml.MappingNode:
		is = sortOf(reflect.TypeFor[map[string]string]())
	case yaml.SequenceNode:
		is = sortOf(reflect.TypeFor[[]string]())
	}
	return call.Sayf("这里要写%[1]s，写的是%[2]s", "%[3]s is needed here, not %[4]s", strings.Join(zh, "或"), is.ZH, strings.Join(en, " or "), is.EN)
}

func sortOf(t reflect.Type) call.Say {
	switch t.Kind() {
	case reflect.Slice:
		return call.Say{ZH: "列表", EN: "a list"}
	case reflect.Map, reflect.Struct:
		return call.Say{ZH: "“键: 值”", EN: "“key: value”"}
	case reflect.Int:
		return call.Say{ZH: "整数", EN: "a whole number"}
	case reflect.Float64:
		return call.Say{ZH: "数", EN: "a number"}
	case reflect.Bool:
		return call.Say{ZH: " true 或 false", EN: "true or false"}
	}
	return call.Say{ZH: "文字", EN: "a text"}
}
