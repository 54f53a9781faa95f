package intake

import (
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
// their order, at last in any case: SDKs spell the same field as they like.
func (n node) get(names string) node {
	out := node{d: n.d, up: &n, key: names}
	for name := range strings.SplitSeq(names, "|") {
		if v := n.v.Get(name); v != nil {
			out.key, out.v = name, v
			return out
		}
	}
	n.v.GetObject().Visit(func(key []byte, v *fastjson.Value) {
		for name := range strings.SplitSeq(names, "|") {
			if out.v == nil && strings.EqualFold(string(key), name) {
				out.key, out.v = name, v
			}
		}
	})
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
	if !n.there() {
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
		switch o := n.v.GetObject(); {
		case n.v.Type() == fastjson.TypeString && len(n.v.GetStringBytes()) > 0:
			parsed, err := fastjson.ParseBytes(n.v.GetStringBytes())
			if err != nil {
				n.wrong(call.Say{ZH: "JSON 文本", EN: "JSON in a string"})
				return node{d: n.d}
			}
			n.v = parsed
		case o != nil && o.Len() == 1 && onlyArray(o):
			o.Visit(func(key []byte, v *fastjson.Value) { n = node{d: n.d, up: &n, key: string(key), v: v} })
		default:
			return n
		}
	}
	return n
}

func onlyArray(o *fastjson.Object) bool {
	array := false
	o.Visit(func(_ []byte, v *fastjson.Value) { array = v.Type() == fastjson.TypeArray })
	return array
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

// fold is a string in lower case, for words that a format chooses from.
func (n node) fold() string { return strings.ToLower(n.str()) }

func itoa(n int) string { return strconv.Itoa(n) }
