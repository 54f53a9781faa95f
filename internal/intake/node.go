package intake

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// node is a value inside a JSON document that knows the way to it, for messages.
// A node may stand for a value that is not there.
type node struct {
	d     *doc
	up    *node
	key   string
	index int // of the element where key is ""
	v     *fastjson.Value
}

// there reports whether the value exists and is not null.
func (n node) there() bool { return n.v != nil && n.v.Type() != fastjson.TypeNull }

// get is the field with one of the names, which are parted by "|" and tried in
// their order, at last in any case: SDKs spell the same field as they like. A null is
// as good as none, and an object may stand in a string, as JSON. Of an array, it is the
// element with that index.
func (n node) get(names string) node {
	if v := unquote(n.v); v != nil && v.Type() == fastjson.TypeArray {
		i, _ := strconv.Atoi(names)
		return node{d: n.d, up: &n, index: i, v: v.Get(names)}
	}
	out := node{d: n.d, up: &n, key: names}
	if out.key, out.v = field(unquote(n.v), names); out.v == nil {
		out.key = names
	}
	return out
}

// peek is the value under a path, each step as node.get has it or the index of an
// element; nil if there is none. It looks without a word, as claims do.
func peek(v *fastjson.Value, path ...string) *fastjson.Value {
	for _, step := range path {
		_, v = field(unquote(v), step)
	}
	return unquote(v)
}

// holds reports whether an object has all of the fields.
func holds(v *fastjson.Value, fields ...string) bool {
	for _, names := range fields {
		if _, found := field(v, names); found == nil {
			return false
		}
	}
	return true
}

// field is the field of an object with one of the names, and that name; or the element
// of an array whose index is the name.
func field(v *fastjson.Value, names string) (name string, value *fastjson.Value) {
	if v != nil && v.Type() == fastjson.TypeArray {
		return names, v.Get(names)
	}
	object := v.GetObject()
	if object == nil {
		return "", nil
	}
	for name := range strings.SplitSeq(names, "|") {
		if v := object.Get(name); v != nil && v.Type() != fastjson.TypeNull {
			return name, v
		}
	}
	object.Visit(func(key []byte, v *fastjson.Value) {
		for one := range strings.SplitSeq(names, "|") {
			if value == nil && v.Type() != fastjson.TypeNull && strings.EqualFold(string(key), one) {
				name, value = string(key), v
			}
		}
	})
	return name, value
}

// unquote is v, or the object or array that v holds as JSON in a string.
func unquote(v *fastjson.Value) *fastjson.Value {
	for v != nil && v.Type() == fastjson.TypeString {
		text := bytes.TrimSpace(v.GetStringBytes())
		if len(text) == 0 || text[0] != '{' && text[0] != '[' && text[0] != '"' {
			return v
		}
		inner, err := fastjson.ParseBytes(text)
		if err != nil {
			return v
		}
		v = inner
	}
	return v
}

// within is get where names may be paths, "result.text|text".
func (n node) within(names string) node {
	if !strings.Contains(names, ".") {
		return n.get(names)
	}
	out := n
	for path := range strings.SplitSeq(names, "|") {
		if out = n.at(strings.Split(path, ".")...); out.there() {
			break
		}
	}
	return out
}

// at is the field under a path of fields, each as get has it.
func (n node) at(path ...string) node {
	for _, names := range path {
		n = n.get(names)
	}
	return n
}

// list is the elements of an array. An object around a single array is looked
// into, and so is a string that holds JSON: both are how interfaces wrap lists.
// What is none of these is reported, nothing at all is not.
func (n node) list() []node {
	n = n.inside()
	if !n.there() || n.is(fastjson.TypeString) {
		return nil
	}
	if n.v.Type() != fastjson.TypeArray {
		n.wrong(call.Say{ZH: "数组", EN: "an array"})
		return nil
	}
	var elements []node
	for i, v := range n.v.GetArray() {
		elements = append(elements, node{d: n.d, up: &n, index: i, v: v})
	}
	return elements
}

// inside is what is wrapped in a string or, if it is an array, in an object.
func (n node) inside() node {
	for n.there() {
		switch {
		case n.v.Type() == fastjson.TypeString && len(n.v.GetStringBytes()) > 0:
			inner := unquote(n.v)
			if inner.Type() == fastjson.TypeString {
				n.wrong(call.Say{ZH: "JSON 文本", EN: "JSON in a string"})
				return node{d: n.d}
			}
			n.v = inner
		case n.v.Type() == fastjson.TypeObject:
			key, array := wrapped(n.v.GetObject())
			if array == nil {
				return n
			}
			up := n
			return node{d: n.d, up: &up, key: key, v: array}
		default:
			return n
		}
	}
	return n
}

// wrapped is the array inside an object, and its key, if the object has exactly one.
func wrapped(o *fastjson.Object) (key string, array *fastjson.Value) {
	arrays := 0
	o.Visit(func(k []byte, v *fastjson.Value) {
		if v.Type() == fastjson.TypeArray {
			key, array = string(k), v
			arrays++
		}
	})
	if arrays != 1 {
		return "", nil
	}
	return key, array
}

// str is a string, or a number as it is written; "" if there is none.
func (n node) str() string {
	switch {
	case !n.there():
		return ""
	case n.v.Type() == fastjson.TypeString:
		return n.d.keep(n.v.GetStringBytes())
	case n.v.Type() == fastjson.TypeNumber:
		return n.v.String()
	}
	n.wrong(call.Say{ZH: "字符串", EN: "a string"})
	return ""
}

// words is a string that somebody said: a number is none.
func (n node) words() string {
	if n.there() && n.v.Type() != fastjson.TypeString {
		n.wrong(call.Say{ZH: "字符串", EN: "a string"})
		return ""
	}
	return n.str()
}

// num is a number, also one that is written as a string.
func (n node) num() (float64, bool) {
	if !n.there() {
		return 0, false
	}
	if n.v.Type() == fastjson.TypeNumber {
		f, err := n.v.Float64()
		return f, err == nil
	}
	if s := string(n.v.GetStringBytes()); s != "" {
		if f, err := strconv.ParseFloat(strings.TrimSpace(s), 64); err == nil {
			return f, true
		}
	}
	return 0, false
}

// wrong reports that the value is not what was wanted.
func (n node) wrong(want call.Say) {
	n.d.add("%[1]s 应该是%[2]s，却是 %[4]s", "%[1]s: want %[3]s, found %[4]s", n.path(), want.ZH, want.EN, excerpt(n.v.MarshalTo(nil)))
}

// path is the way to the value: "Result.Sentences[3].BeginTime".
func (n node) path() string {
	switch {
	case n.up == nil:
		return ""
	case n.key == "":
		return n.up.path() + "[" + strconv.Itoa(n.index) + "]"
	case n.up.path() == "":
		return n.key
	}
	return n.up.path() + "." + n.key
}

// filled reports whether n is a list with something in it, however it is wrapped.
func (n node) filled() bool {
	v := unquote(n.v)
	if o := v.GetObject(); o != nil {
		_, v = wrapped(o)
	}
	return len(v.GetArray()) > 0
}

// is reports whether the value is of a type.
func (n node) is(t fastjson.Type) bool { return n.v != nil && n.v.Type() == t }

// fold is a string in lower case, for words that a format chooses from.
func (n node) fold() string { return strings.ToLower(n.str()) }
