package eval

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Label says that a rule is broken.
type Label struct {
	Rule string
	Turn int  // 0-based; -1: the whole call, or not said
	Sure bool // false: it may fire or not
}

// UnmarshalJSON reads "rule" or {"rule","turn","sure"}.
func (l *Label) UnmarshalJSON(b []byte) error {
	*l = Label{Turn: -1, Sure: true}
	if bytes.HasPrefix(b, []byte(`"`)) {
		return json.Unmarshal(b, &l.Rule)
	}
	var o struct {
		Rule string `json:"rule"`
		Turn *int   `json:"turn"`
		Sure *bool  `json:"sure"`
	}
	if err := json.Unmarshal(b, &o); err != nil {
		return err
	}
	if o.Rule == "" {
		return faultf("标注里缺少 rule", "a label has no rule")
	}
	l.Rule = o.Rule
	if o.Turn != nil {
		l.Turn = *o.Turn
	}
	l.Sure = o.Sure == nil || *o.Sure
	return nil
}

// entry is one line of a file of labels as written. A list that is there but
// empty is not nil.
type entry struct {
	ID         name            `json:"id"`
	Text       *string         `json:"text"`
	Direction  string          `json:"direction,omitempty"`
	Violates   []Label         `json:"violates"`
	Allow      []string        `json:"allow"`
	Turns      json.RawMessage `json:"turns"`
	Expect     []Label         `json:"expect"`
	ExpectInfo []Label         `json:"expect_info"`
	Labelled   []string        `json:"labelled"`
}

// name is a string, or a number for one.
type name string

// UnmarshalJSON reads a string or a number.
func (n *name) UnmarshalJSON(b []byte) error {
	if b[0] == '"' || bytes.Equal(b, []byte("null")) {
		return json.Unmarshal(b, (*string)(n))
	}
	var number json.Number
	if err := json.Unmarshal(b, &number); err != nil {
		return faultf("id 应该是字符串或数字，却是 %s", "id: want a string or a number, found %s", b)
	}
	*n = name(number)
	return nil
}

// parse reads one line.
func parse(b []byte) (*entry, *fault) {
	var e entry
	err := json.Unmarshal(b, &e)
	var own *fault
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &own):
		return nil, own
	case errors.As(err, &wrong) && wrong.Field == "":
		return nil, faultf("这里应该是一个 JSON 对象，却是 %s", "want a JSON object, found %s", wrong.Value)
	case errors.As(err, &wrong):
		return nil, faultf("%s 的类型不对，这里写了 %s", "%s cannot be of type %s", wrong.Field, wrong.Value)
	case err != nil:
		return nil, faultf("JSON 有误：%v", "the JSON is broken: %v", err)
	}
	return &e, nil
}

// shape tells which shape the line has, by the keys it has.
func (e *entry) shape() (Shape, *fault) {
	switch {
	case e.Text != nil && e.Violates == nil:
		return 0, faultf("有 text 却缺少 violates；什么都没有违反时写 []", "there is a text but no violates; write [] if it breaks nothing")
	case e.Text != nil:
		return Turn, nil
	case e.Turns != nil && e.Expect == nil:
		return 0, faultf("有 turns 却缺少 expect；什么都没有违反时写 []", "there are turns but no expect; write [] if they break nothing")
	case e.Turns != nil:
		return Call, nil
	case e.Expect != nil && e.ID == "":
		return 0, faultf("缺少 id：不知道标注的是哪一通", "id is missing: nobody can tell which call is labelled")
	case e.Expect != nil:
		return Elsewhere, nil
	}
	return 0, faultf("认不出的标注：要有 text 和 violates、turns 和 expect，或 id 和 expect",
		"not a labelled item: want text and violates, turns and expect, or id and expect")
}

// misspelt lists the keys of the line that were perhaps meant to be others.
func misspelt(b []byte) []call.Say {
	var all map[string]json.RawMessage
	if json.Unmarshal(b, &all) != nil {
		return nil
	}
	known := []string{"violates", "allow", "expect", "expect_info", "labelled"}
	var out []call.Say
	for _, key := range sorted(all) {
		near := call.Nearest(key, known)
		if near != "" && near != key && all[near] == nil {
			out = append(out, call.Sayf("没有用到 %q，是不是想写 %q？", "%q is not used; did you mean %q?", key, near))
		}
	}
	return out
}

// fault is what is wrong with a line, in both languages.
type fault struct{ what call.Say }

// Error is the fault in English.
func (f *fault) Error() string { return f.what.EN }

func faultf(zh, en string, args ...any) *fault { return &fault{call.Sayf(zh, en, args...)} }
