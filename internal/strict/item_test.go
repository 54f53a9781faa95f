package strict

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

type scalars struct {
	Name    Item         `yaml:"name"`
	Names   Items        `yaml:"names"`
	Count   int          `yaml:"count"`
	Ordered Pairs[Items] `yaml:"ordered"`
}

func TestItemsKeepTheirPlaces(t *testing.T) {
	var s scalars
	errs := NewFile("f", []byte("name: a\nnames:\n  - b\n  - c\nordered: {z: 1, a: 2}\n")).Decode(&s, call.Say{})
	require.Empty(t, errs)
	assert.Equal(t, Item{Position{1, 7}, "a"}, s.Name)
	assert.Equal(t, []string{"b", "c"}, s.Names.Texts())
	assert.Equal(t, Position{3, 5}, s.Names.First())
	assert.Equal(t, Position{1, 1}, Items(nil).First())
	assert.Equal(t, Pairs[Items]{{Item{Position{5, 11}, "z"}, Items{{Position{5, 14}, "1"}}}, {Item{Position{5, 17}, "a"}, Items{{Position{5, 20}, "2"}}}}, s.Ordered)
	assert.Equal(t, []string{"z", "a"}, s.Ordered.Names())
}

// What a value should have been is said in words, not in types of Go.
func TestShapes(t *testing.T) {
	for yaml, want := range map[string]string{
		"name: [a]\ncount: many\nnames: {a: b}\n": "f:1:7: a text is needed here, not a list\n     1 | name: [a]\n" +
			"f:2:8: a whole number is needed here, not “many”\n     2 | count: many\n" +
			"f:3:8: a text or a list is needed here, not “key: value”\n     3 | names: {a: b}",
		"ordered: {x: [a], x: [b]}\n": "f:1:19: \"x\" stands in line 1 already; put both in one place\n     1 | ordered: {x: [a], x: [b]}",
		"name:\ncount: ~\n":           "",
		"# a comment only\n":          "",
	} {
		errs := NewFile("f", []byte(yaml)).Decode(&scalars{}, call.Say{})
		assert.Equal(t, want, errs.In(call.EN), yaml)
	}
}
