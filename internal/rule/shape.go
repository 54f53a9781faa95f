package rule

import (
	"reflect"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// The methods of this file say what the types look like that YAML may write in
// several ways; see strict.Shaped.

// Shapes are Chinese alone and both languages.
func (say) Shapes() []reflect.Type {
	return []reflect.Type{reflect.TypeFor[string](), reflect.TypeFor[call.Say]()}
}

// Shapes are a list for the scope "over" and lists by scope.
func (guardSpecs) Shapes() []reflect.Type {
	return append(items{}.Shapes(), reflect.TypeFor[map[string]items]())
}

// Shapes are one way and a list of ways.
func (sortSpecs) Shapes() []reflect.Type {
	return []reflect.Type{reflect.TypeFor[sortSpec](), reflect.TypeFor[[]sortSpec]()}
}

// Shapes are the words alone and with what is known of the call.
func (exampleSpec) Shapes() []reflect.Type {
	type plain exampleSpec
	return []reflect.Type{reflect.TypeFor[string](), reflect.TypeFor[plain]()}
}

// Shapes are the text alone and with what limits it.
func (fixSpec) Shapes() []reflect.Type {
	type plain fixSpec
	return []reflect.Type{reflect.TypeFor[string](), reflect.TypeFor[plain]()}
}

// Shapes is a whole number.
func (number) Shapes() []reflect.Type { return []reflect.Type{reflect.TypeFor[int]()} }
