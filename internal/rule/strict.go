package rule

import (
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"
)

// unknownKeys reports every key below n that the type t, as YAML decodes it,
// does not have. yaml's own KnownFields tells neither the column nor what was meant.
func unknownKeys(n *yaml.Node, t reflect.Type, report func(*yaml.Node, *fault)) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case n.Kind == yaml.DocumentNode:
		unknownKeys(n.Content[0], t, report)
	case n.Kind == yaml.AliasNode:
		unknownKeys(n.Alias, t, report)
	case n.Kind == yaml.SequenceNode && t.Kind() == reflect.Slice:
		for _, c := range n.Content {
			unknownKeys(c, t.Elem(), report)
		}
	case n.Kind == yaml.MappingNode && t == reflect.TypeFor[sortSpecs]():
		unknownKeys(n, t.Elem(), report)
	case n.Kind == yaml.MappingNode && t == reflect.TypeFor[say]():
		unknownFields(n, reflect.TypeFor[say]().Field(0).Type, report)
	case n.Kind == yaml.MappingNode && t.Kind() == reflect.Struct:
		unknownFields(n, t, report)
	case n.Kind == yaml.MappingNode && t.Kind() == reflect.Map:
		for i := 1; i < len(n.Content); i += 2 {
			unknownKeys(n.Content[i], t.Elem(), report)
		}
	}
}

func unknownFields(n *yaml.Node, t reflect.Type, report func(*yaml.Node, *fault)) {
	fields := fieldsOf(t)
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i]
		field, known := fields[key.Value]
		if !known {
			report(key, unknownName("字段", "key", key.Value, keys(fields)))
			continue
		}
		unknownKeys(n.Content[i+1], field, report)
	}
}

// fieldsOf maps the YAML keys of a struct to their types, inlined structs included.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case options == "inline":
			for k, v := range fieldsOf(f.Type) {
				fields[k] = v
			}
		case name != "":
			fields[name] = f.Type
		}
	}
	return fields
}
