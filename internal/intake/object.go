package intake

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// object reads the fields of one JSON object, and keeps what is wrong with them.
type object struct {
	c        *Chunk
	rec      record
	nth      int             // index of the turn that is read, -1 outside
	kept     strings.Builder // every string that outlives the parser, in one piece
	problems []Item
	broken   bool            // it is no object
	unknown  map[string]bool // role names that were reported
}

func newObject(c *Chunk, rec record) *object { return &object{c: c, rec: rec, nth: -1} }

// objects yields the call that read makes of each JSON object of the chunk, after its problems.
func (c *Chunk) objects(read func(*object, *fastjson.Parser) *call.Call, yield func(Item) bool) {
	var p fastjson.Parser
	for rec := range c.records {
		o := newObject(c, rec)
		k := read(o, &p)
		letGo(&p, rec.text)
		if k.ID == "" {
			k.ID = c.recordID(rec)
		}
		for _, it := range o.problems {
			it.Problem.Call = k.ID
			if !yield(it) {
				return
			}
		}
		if !o.broken && !yield(Item{Call: k, From: rec.line, To: rec.line + bytes.Count(rec.text, []byte{'\n'})}) {
			return
		}
	}
}

// fields parses the record and visits its fields in order. If it is no object, o.broken is set.
func (o *object) fields(p *fastjson.Parser, field func(key []byte, v *fastjson.Value)) {
	v, ok := parseJSON(p, o.rec.text)
	switch {
	case !ok:
		o.breaks("JSON 有误：%s；这一通没有检查", "the JSON is broken: %s; this call was not checked", syntaxError(o.rec.text))
	case v.Type() != fastjson.TypeObject:
		o.breaks("这里应该是一个通话对象，却是 %s", "want an object, found %s", excerpt(o.rec.text))
	default:
		v.GetObject().Visit(field)
	}
}

// elements are the elements of an array, none if v is not an array.
func (o *object) elements(key []byte, v *fastjson.Value) []*fastjson.Value {
	if v.Type() != fastjson.TypeArray {
		o.wrong(key, v, call.Say{ZH: "数组", EN: "an array"})
	}
	return v.GetArray()
}

// recordID is the id of a call that has none.
func (c *Chunk) recordID(r record) string {
	switch {
	case c.lines:
		return c.base() + ":" + strconv.Itoa(r.line)
	case c.array || r.nth > 1:
		return c.base() + "#" + strconv.Itoa(r.nth)
	}
	return c.base()
}

// keep copies s, which lives only until the parser reads on.
func (o *object) keep(s []byte) string {
	if o.kept.Cap() == 0 {
		o.kept.Grow(len(o.rec.text))
	}
	start := o.kept.Len()
	o.kept.Write(s)
	return o.kept.String()[start:]
}

// name is a short string; a number is as good, but null is none.
func (o *object) name(key []byte, v *fastjson.Value) string {
	if v.Type() == fastjson.TypeNumber {
		return v.String()
	}
	s, _ := o.text(key, v)
	return s
}

// text is a string; ok is false if v is none.
func (o *object) text(key []byte, v *fastjson.Value) (s string, ok bool) {
	if b, ok := o.bytes(key, v); ok {
		return o.keep(b), true
	}
	return "", false
}

func (o *object) bytes(key []byte, v *fastjson.Value) ([]byte, bool) {
	if v.Type() == fastjson.TypeString {
		return v.GetStringBytes(), true
	}
	o.wrong(key, v, call.Say{ZH: "字符串", EN: "a string"})
	return nil, false
}

func (o *object) flag(key []byte, v *fastjson.Value) bool {
	if t := v.Type(); t != fastjson.TypeTrue && t != fastjson.TypeFalse {
		o.wrong(key, v, call.Say{ZH: "true 或 false", EN: "true or false"})
	}
	return v.GetBool()
}

// told is a flag that matters also where it is false; nil if v tells nothing.
func (o *object) told(key []byte, v *fastjson.Value) *bool {
	told := o.flag(key, v)
	if t := v.Type(); t != fastjson.TypeTrue && t != fastjson.TypeFalse {
		return nil
	}
	return &told
}

// millis is a time since the start of the call, none if v is wrong.
func (o *object) millis(key []byte, v *fastjson.Value) call.Millis {
	if v.Type() == fastjson.TypeNumber {
		if ms, err := v.Float64(); err == nil && ms >= 0 && ms < 1e12 {
			return call.At(int64(math.Round(ms)))
		}
	}
	o.wrong(key, v, call.Say{ZH: "不小于 0 的毫秒数", EN: "milliseconds, 0 or more"})
	return call.Millis{}
}

// time is a date and time as RFC 3339, as far as the zone is known.
func (o *object) time(key []byte, v *fastjson.Value) string {
	if v.Type() == fastjson.TypeString {
		if s, ok := rfc3339(string(v.GetStringBytes())); ok {
			return s
		}
	}
	o.wrong(key, v, call.Say{ZH: "2026-03-18T14:05:12+08:00 这样的时间", EN: "a time like 2026-03-18T14:05:12+08:00"})
	return ""
}

// rfc3339 writes a date and time that people write in several ways in one way.
func rfc3339(s string) (string, bool) {
	if s == "" {
		return "", true
	}
	if _, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return s, true
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-1-2 15:04:05", "2006/1/2 15:04:05", "2006-1-2 15:04", "2006/1/2 15:04", "2006年1月2日 15:04:05"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format("2006-01-02T15:04:05"), true
		}
	}
	return "", false
}

// role is the role that v names; a name that is not known is kept as the speaker.
func (o *object) role(key []byte, v *fastjson.Value, t *call.Turn) call.Role {
	name, ok := o.bytes(key, v)
	if !ok {
		return call.Unknown
	}
	if role, ok := roleOf(string(name)); ok {
		return role
	}
	t.Speaker = o.keep(name)
	if !o.unknown[t.Speaker] {
		o.add("%s：不认识的角色 %q；可用 %s", "%s: unknown role %q; want %s", o.path(key), t.Speaker, roleNames())
		o.unknown = put(o.unknown, t.Speaker)
	}
	return call.Unknown
}

func put(set map[string]bool, s string) map[string]bool {
	if set == nil {
		set = map[string]bool{}
	}
	set[s] = true
	return set
}

// visit reads the fields of an object.
func (o *object) visit(key []byte, v *fastjson.Value, field func(key []byte, v *fastjson.Value)) {
	if v.Type() != fastjson.TypeObject {
		o.wrong(key, v, call.Say{ZH: "对象", EN: "an object"})
		return
	}
	v.GetObject().Visit(field)
}

// oneOf is the value that words gives for v; the empty string is none.
func oneOf[T ~string](o *object, key []byte, v *fastjson.Value, words []word[T]) T {
	s, ok := o.bytes(key, v)
	if !ok || len(s) == 0 {
		return ""
	}
	if value := valueOf(string(s), words); value != "" {
		return value
	}
	var values []string
	for _, w := range words {
		values = append(values, string(w.value))
	}
	o.add("%s：不认识的值 %q；可用 %s", "%s: unknown value %q; want %s", o.path(key), excerpt(s), strings.Join(values, ", "))
	return ""
}

// wrong reports a value of another type than wanted; null is no value at all.
func (o *object) wrong(key []byte, v *fastjson.Value, want call.Say) {
	if v.Type() == fastjson.TypeNull {
		return
	}
	seen := excerpt(v.MarshalTo(nil))
	zh := fmt.Sprintf("%s 应该是%s，却是 %s", o.path(key), want.ZH, seen)
	en := fmt.Sprintf("%s: want %s, found %s", o.path(key), want.EN, seen)
	o.add("%[1]s", "%[2]s", zh, en)
}

func (o *object) missing(name string) {
	o.add("缺少 %s", "%s is missing", o.path([]byte(name)))
}

func (o *object) breaks(zh, en string, args ...any) {
	o.broken = true
	o.add(zh, en, args...)
}

func (o *object) add(zh, en string, args ...any) {
	o.problems = append(o.problems, o.c.fatal(o.rec.line, "", zh, en, args...))
}

// path names a field for messages: "direction", "turns[3].text".
func (o *object) path(key []byte) string {
	if o.nth < 0 {
		return excerpt(key)
	}
	turn := "turns[" + strconv.Itoa(o.nth) + "]"
	if len(key) == 0 {
		return turn
	}
	return turn + "." + excerpt(key)
}
