package schema

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

type outer struct {
	Names strict.Items               `yaml:"names"`
	Level strict.Item                `yaml:"level"`
	By    strict.Pairs[strict.Items] `yaml:"by"`
	Parts []inner                    `yaml:"parts"`
}

type inner struct {
	Count int `yaml:"count"`
}

func described(keys ...Key) *File {
	return &File{Title: call.Say{ZH: "题", EN: "title"}, Root: reflect.TypeFor[outer](), Defs: []Def{
		{Name: "outer", Type: reflect.TypeFor[outer](), Keys: keys},
		{Name: "inner", Type: reflect.TypeFor[inner](), Keys: []Key{{Name: "count", What: call.Say{ZH: "数", EN: "number"}}}},
	}}
}

func TestWrite(t *testing.T) {
	f := described(Key{Name: "names", Names: []string{"a"}}, Key{Name: "level", Values: []string{"low", "1"}, Required: true},
		Key{Name: "by", Keys: []string{"x"}}, Key{Name: "parts", What: call.Say{ZH: "部分", EN: "parts"}})
	got, err := f.Write(call.EN)
	require.NoError(t, err)
	text := `{"type": ["string", "number", "boolean"]}`
	name := `{"anyOf": [{"enum": ["a"]}, ` + text + `]}`
	assert.JSONEq(t, `{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "title", "$ref": "#/$defs/outer", "$defs": {
		"inner": {"type": "object", "properties": {"count": {"type": "integer", "description": "number"}}, "additionalProperties": false},
		"outer": {"type": "object", "additionalProperties": false, "required": ["level"], "properties": {
			"names": {"anyOf": [`+name+`, {"type": "array", "items": `+name+`}]},
			"level": {"enum": ["low", "1", 1]},
			"by": {"type": "object", "propertyNames": {"enum": ["x"]}, "additionalProperties": {"anyOf": [`+text+`, {"type": "array", "items": `+text+`}]}},
			"parts": {"description": "parts", "type": "array", "items": {"$ref": "#/$defs/inner"}}}}}}`, string(got))
}

// A struct that has changed without its description is found out.
func TestUndescribed(t *testing.T) {
	all := []Key{{Name: "names"}, {Name: "level"}, {Name: "by"}, {Name: "parts"}}
	_, err := described(all...).Write(call.ZH)
	require.NoError(t, err)
	_, err = described(all[:3]...).Write(call.ZH)
	assert.ErrorContains(t, err, `no description of "parts"`)
	_, err = described(append(all, Key{Name: "more"})...).Write(call.ZH)
	assert.ErrorContains(t, err, `"more" is no key`)
	f := described(all...)
	f.Defs = f.Defs[:1]
	_, err = f.Write(call.ZH)
	assert.ErrorContains(t, err, "no description of schema.inner")
}
