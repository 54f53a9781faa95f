package intake

import (
	"slices"
	"strings"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// errorIn is what an interface says went wrong, where v is its answer to a request
// that failed; dumps are full of them.
func errorIn(v *fastjson.Value) (what call.Say, ok bool) {
	n := node{v: v}
	if e := n.get("error|errors|header|state|resp"); e.there() {
		if e.v.Type() == fastjson.TypeArray {
			e.v = e.v.Get("0")
		}
		if e.v != nil {
			n = e
		}
	}
	if n.v != nil && n.v.Type() == fastjson.TypeString {
		return answered("", string(n.v.GetStringBytes())), true
	}
	code := n.get("code|errorCode|error_code|err_code|err_no|errno|status_code|status|ret|type|__type")
	message := n.get("message|errorMessage|error_message|errorMsg|error_msg|err_msg|failed|descInfo|desc|msg|detail|error_description")
	if message.v == nil || message.v.Type() != fastjson.TypeString || code.v == nil && n.v == v || succeeded(scalar(code.v)) {
		return what, false
	}
	return answered(scalar(code.v), string(message.v.GetStringBytes())), true
}

// failedJob is errorIn for an input of no known format: a call is missing, even
// where the input merely lay in a folder.
func failedJob(s *sample) (what call.Say, ok bool) {
	if s.json == nil {
		return what, false
	}
	return errorIn(unwrap(s.object()))
}

// answered says what an interface answered.
func answered(code, message string) call.Say {
	if code != "" {
		code += " "
	}
	return call.Sayf("这是接口返回的错误（%s），不是转写结果；请重新获取", "this is the error that an interface answered (%s), no transcript; fetch the result again", excerpt([]byte(code+message)))
}

// succeeded reports whether the code of an answer says that all went well.
func succeeded(code string) bool {
	return code != "" && (strings.Trim(code, "0") == "" || slices.Contains([]string{"ok", "success", "true", "200", "1000", "20000000", "21050000"}, strings.ToLower(code)))
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
