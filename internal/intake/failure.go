package intake

import (
	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// errorIn is what an interface says went wrong, where v is its answer to a request
// that failed; dumps are full of them.
func errorIn(v *fastjson.Value) (what call.Say, ok bool) {
	n := node{v: v}
	if e := n.get("error|errors"); e.there() {
		if e.v.Type() == fastjson.TypeArray {
			e = e.get("0")
		}
		n = e
	}
	if n.v != nil && n.v.Type() == fastjson.TypeString {
		return answered("", string(n.v.GetStringBytes())), true
	}
	code := n.get("code|errorCode|error_code|err_no|status|status_code|type|__type")
	message := n.get("message|errorMessage|error_message|error_msg|err_msg|msg|detail|error_description")
	if message.v == nil || message.v.Type() != fastjson.TypeString || code.v == nil && n.v == v {
		return what, false
	}
	return answered(scalar(code.v), string(message.v.GetStringBytes())), true
}

// answered says what an interface answered.
func answered(code, message string) call.Say {
	if code != "" {
		code += " "
	}
	return call.Sayf("这是接口返回的错误（%s），不是转写结果；请重新获取", "this is the error that an interface answered (%s), no transcript; fetch the result again", excerpt([]byte(code+message)))
}

// scalar is a string or a number as text.
func scalar(v *fastjson.Value) string {
	if v == nil {
		return ""
	}
	if v.Type() == fastjson.TypeString {
		return string(v.GetStringBytes())
	}
	return string(v.MarshalTo(nil))
}
