package intake

import (
	"bytes"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// canonical is the format of this project: call objects, one per line, in an
// array, or alone. The fields of a call may also stand in an object "meta".
func canonical() format {
	return format{
		name:     "canonical",
		title:    call.Sayf("标准 JSON / JSONL", "canonical JSON / JSON Lines"),
		shape:    `{"id":"C1","turns":[{"role":"agent","text":"您好"}]}`,
		sides:    statedSides("turns[].role"),
		json:     true,
		verbatim: true,
		sniff: func(s *sample) bool {
			if s.json == nil { // a broken object is best reported by its line
				return bytes.HasPrefix(bytes.TrimSpace(s.text), []byte("{"))
			}
			return s.object().Exists("turns")
		},
		cut:      cutJSON,
		parse:    parseCanonical,
		contacts: namesCustomer,
	}
}

// namesCustomer reports whether some call of the data may tell who its customer is, or
// which call it answers: most exports have none that does, and need not be parsed for it.
func namesCustomer(data []byte) bool {
	if bytes.Contains(data, []byte(`"callback_of"`)) {
		return true
	}
	const name = "customer" // most of them are roles
	for i := bytes.Index(data, []byte(name)); i >= 0; i = bytes.Index(data, []byte(name)) {
		data = data[i+len(name):]
		if after := bytes.TrimLeft(bytes.TrimPrefix(data, []byte(`"`)), " "); len(data) > 0 && data[0] == '_' || len(after) > 0 && after[0] == ':' {
			return true
		}
	}
	return false
}

func parseCanonical(c *Chunk, yield func(Item) bool) { c.objects((*object).call, yield) }

func (o *object) call(p *fastjson.Parser) *call.Call {
	k := &call.Call{Line: o.rec.line}
	o.fields(p, func(key []byte, v *fastjson.Value) { o.callField(k, key, v) })
	return k
}

// callField reads one field of a call or of its meta object.
func (o *object) callField(k *call.Call, key []byte, v *fastjson.Value) {
	switch string(key) {
	case "id", "call_id":
		k.ID = o.name(key, v)
	case "turns":
		o.turns(k, v)
	case "meta":
		o.visit(key, v, func(key []byte, v *fastjson.Value) { o.callField(k, key, v) })
	case "direction":
		k.Direction = oneOf(o, key, v, directions)
	case "callback_reason":
		k.CallbackReason = oneOf(o, key, v, callbackReasons)
	case "callback_of":
		k.CallbackOf = o.name(key, v)
	case "started_at", "start":
		k.StartedAt = o.time(key, v)
	case "ended_at", "end":
		k.EndedAt = o.time(key, v)
	case "hangup":
		k.Hangup = oneOf(o, key, v, hangups)
	case "answered":
		k.Answered = o.told(key, v)
	case "reported":
		k.Reported = o.flag(key, v)
	case "truncated":
		k.Truncated = o.flag(key, v)
	default:
		o.partyField(k, key, v)
	}
}

// partyField reads a field about the agent or the customer.
func (o *object) partyField(k *call.Call, key []byte, v *fastjson.Value) {
	switch string(key) {
	case "agent":
		o.person(&k.Agent, key, v)
	case "customer":
		o.person(&k.Customer, key, v)
	case "agent_id":
		k.Agent.ID = o.name(key, v)
	case "agent_name":
		k.Agent.Name = o.name(key, v)
	case "agent_team":
		k.Agent.Team = o.name(key, v)
	case "customer_id":
		k.Customer.ID = o.name(key, v)
	case "customer_number":
		k.Customer.Number = o.name(key, v)
	}
}

func (o *object) person(p *call.Person, key []byte, v *fastjson.Value) {
	o.visit(key, v, func(key []byte, v *fastjson.Value) {
		switch string(key) {
		case "id":
			p.ID = o.name(key, v)
		case "number":
			p.Number = o.name(key, v)
		case "name":
			p.Name = o.name(key, v)
		case "team":
			p.Team = o.name(key, v)
		}
	})
}

func (o *object) turns(k *call.Call, v *fastjson.Value) {
	elements := o.elements([]byte("turns"), v)
	k.Turns = make([]call.Turn, 0, len(elements))
	for i, e := range elements {
		o.nth = i
		if o.c.opt.Contacts {
			k.Turns = append(k.Turns, o.times(e))
			continue
		}
		if t, ok := o.turn(e); ok {
			k.Turns = append(k.Turns, t)
		}
	}
	o.nth = -1
}

// times is a turn of which nobody wants to know but when it was.
func (o *object) times(v *fastjson.Value) (t call.Turn) {
	for _, key := range []string{"start_ms", "begin_ms"} {
		if at := v.Get(key); at != nil {
			t.Start = o.millis([]byte(key), at)
		}
	}
	if at := v.Get("end_ms"); at != nil {
		t.End = o.millis([]byte("end_ms"), at)
	}
	return t
}

// turn reads one turn; ok is false if it says nothing.
func (o *object) turn(v *fastjson.Value) (t call.Turn, ok bool) {
	if v.Type() != fastjson.TypeObject {
		o.wrong(nil, v, call.Say{ZH: "对象", EN: "an object"})
		return t, false
	}
	t.Line = o.rec.line
	v.GetObject().Visit(func(key []byte, v *fastjson.Value) {
		switch string(key) {
		case "role":
			t.Role = o.role(key, v, &t)
		case "text":
			t.Text, ok = o.text(key, v)
		case "start_ms", "begin_ms":
			t.Start = o.millis(key, v)
		case "end_ms":
			t.End = o.millis(key, v)
		case "speaker", "channel":
			t.Speaker = o.name(key, v)
		}
	})
	o.complete(v, &t)
	return t, ok
}

// complete reports what a turn must have and has not.
func (o *object) complete(v *fastjson.Value, t *call.Turn) {
	if !v.Exists("text") {
		o.missing("text")
	}
	if t.Role == "" {
		t.Role = call.Unknown
		if t.Speaker == "" {
			o.missing("role")
		}
	}
}
