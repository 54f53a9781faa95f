package strict

import (
	"reflect"

	"go.yaml.in/yaml/v3"
)

// Position is a place in a YAML file, both 1-based.
type Position struct{ Line, Column int }

// At is the place of a node.
func At(n *yaml.Node) Position { return Position{n.Line, n.Column} }

// Item is a scalar with its place.
type Item struct {
	At   Position
	Text string
}

// UnmarshalYAML reads a scalar and its place.
func (i *Item) UnmarshalYAML(n *yaml.Node) error {
	*i = Item{At(n), n.Value}
	return nil
}

// Shapes is a text.
func (Item) Shapes() []reflect.Type { return []reflect.Type{reflect.TypeFor[string]()} }

// Items is a list of scalars; a single scalar is a list of one.
type Items []Item

// UnmarshalYAML reads a scalar or a list of them.
func (l *Items) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.SequenceNode {
		*l = Items{{At(n), n.Value}}
		return nil
	}
	for _, c := range n.Content {
		*l = append(*l, Item{At(c), c.Value})
	}
	return nil
}

// Shapes are a text and a list of texts.
func (Items) Shapes() []reflect.Type {
	return []reflect.Type{reflect.TypeFor[string](), reflect.TypeFor[[]string]()}
}

// Texts are the scalars without their places.
func (l Items) Texts() []string {
	out := make([]string, len(l))
	for i, it := range l {
		out[i] = it.Text
	}
	return out
}

// First is the place of the first scalar, or the start of the file.
func (l Items) First() Position {
	if len(l) == 0 {
		return Position{1, 1}
	}
	return l[0].At
}

// Pair is a key of a mapping with its value.
type Pair[V any] struct {
	Key   Item
	Value V
}

// Pairs is a mapping in the order of the file, with the places of its keys.
type Pairs[V any] []Pair[V]

// UnmarshalYAML reads a mapping.
func (p *Pairs[V]) UnmarshalYAML(n *yaml.Node) error {
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		pair := Pair[V]{Key: Item{At(key), key.Value}}
		if err := n.Content[i+1].Decode(&pair.Value); err != nil {
			return err
		}
		*p = append(*p, pair)
	}
	return nil
}

// Shapes is a mapping.
func (Pairs[V]) Shapes() []reflect.Type { return []reflect.Type{reflect.TypeFor[map[string]V]()} }

// Names are the keys.
func (p Pairs[V]) Names() []string {
	out := make([]string, len(p))
	for i, pair := range p {
		out[i] = pair.Key.Text
	}
	return out
}
