package strict

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// unknownKeys reports every key below n that the type t, as YAML decodes it,
// does not have, with those that it has. yaml's own KnownFields tells neither
// the column nor what was meant. A type may have a method UnmarshalYAML that
// takes one thing for a list of one, or a scalar for a struct.
func unknownKeys(n *yaml.Node, t reflect.Type, report func(key *yaml.Node, known []string)) {
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
	case n.Kind == yaml.MappingNode && t.Kind() == reflect.Slice:
		unknownKeys(n, t.Elem(), report)
	case n.Kind == yaml.MappingNode && t.Kind() == reflect.Struct:
		unknownFields(n, t, report)
	case n.Kind == yaml.MappingNode && t.Kind() == reflect.Map:
		for i := 1; i < len(n.Content); i += 2 {
			unknownKeys(n.Content[i], t.Elem(), report)
		}
	}
}

func unknownFields(n *yaml.Node, t reflect.Type, report func(key *yaml.Node, known []string)) {
	fields := fieldsOf(t)
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i]
		field, known := fields[key.Value]
		if !known {
			report(key, slices.Sorted(maps.Keys(fields)))
			continue
		}
		unknownKeys(n.Content[i+1], field, report)
	}
}

// fieldsOf maps the YAML keys of a struct to their types, inlined and embedded
// structs included.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case options == "inline" || f.Anonymous:
			maps.Copy(fields, fieldsOf(f.Type))
		case name != "":
			fields[name] = f.Type
		}
	}
	return fields
}
