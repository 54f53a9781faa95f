package intake

import (
	"bytes"
	"cmp"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// document describes a format whose inputs are JSON values, each of one call or
// several, as speech recognisers, call centres and chat tools export them. What
// one of them writes is told by its claims and its read; everything else (order,
// times, joining, roles) is the same for all: see talk.
type document struct {
	name  string   // for --in-format
	title call.Say // what it is
	shape string   // what it is known by, in one line
	sides call.Say // how it tells the agent from the customer
	whole bool     // an array at the top is one call, not a list of calls; rows says it of some arrays
	chat  bool     // its text was typed: nothing is removed from it

	// claims reports whether v, the first value of an input, is in this format. For a
	// whole array, v is the array.
	claims func(v *fastjson.Value) bool
	// rows reports whether v, the first element of an array at the top, is a sentence, so
	// that the array is one call. nil if the format has no such arrays.
	rows func(v *fastjson.Value) bool
	// read adds the calls of one value to d.
	read func(d *doc, n node)
}

// format puts the document behind the seam of all formats.
func (d document) format() format {
	f := format{name: d.name, title: d.title, shape: d.shape, sides: d.sides, json: true, cut: cutJSON, verbatim: d.chat}
	f.whole = d.oneCall
	f.sniff = func(s *sample) bool {
		if s.json == nil || s.array && d.rows != nil && d.rows(s.object()) {
			return s.json != nil
		}
		return d.claims(unwrap(d.first(s)))
	}
	f.parse = func(c *Chunk, yield func(Item) bool) { d.parse(c, yield) }
	return f
}

// oneCall reports whether an array at the top is one call.
func (d document) oneCall(s *sample) bool {
	return d.whole || s.array && d.rows != nil && d.rows(s.object())
}

// first is the value that tells the format.
func (d document) first(s *sample) *fastjson.Value {
	if d.whole {
		return s.json
	}
	return s.object()
}

// unwrap is v without the envelope "Response" that some interfaces add.
func unwrap(v *fastjson.Value) *fastjson.Value {
	if inner := v.Get("Response"); inner != nil && inner.Type() == fastjson.TypeObject {
		return inner
	}
	return v
}

func (d document) parse(c *Chunk, yield func(Item) bool) {
	var p fastjson.Parser
	for rec := range c.records {
		if !d.record(newObject(c, rec), &p, yield) {
			return
		}
	}
}

// record yields the calls of one value, each after its problems.
func (d document) record(o *object, p *fastjson.Parser, yield func(Item) bool) bool {
	v, ok := parseJSON(p, o.rec.text)
	if !ok {
		o.breaks("JSON 有误：%s；这一条没有检查", "the JSON is broken: %s; this record was not checked", syntaxError(o.rec.text))
		return o.flush(o.c.recordID(o.rec), yield)
	}
	r := &doc{object: o}
	d.read(r, node{d: r, v: unwrap(v)})
	r.end()
	for i, t := range r.talks {
		k := t.settle(r.name(i))
		o.problems = append(o.problems, t.problems...)
		item := Item{Call: k, notes: t.notes, From: o.rec.line, To: o.rec.line + bytes.Count(o.rec.text, []byte{'\n'})}
		if !o.flush(k.ID, yield) || len(k.Turns) > 0 && !yield(item) {
			return false
		}
	}
	return o.flush(o.c.recordID(o.rec), yield)
}

// flush yields the problems met so far; those that name no call are of the one with this id.
func (o *object) flush(id string, yield func(Item) bool) bool {
	for _, it := range o.problems {
		it.Problem.Call = cmp.Or(it.Problem.Call, id)
		if !yield(it) {
			return false
		}
	}
	o.problems = nil
	return true
}

// doc is one JSON value that is read, and the calls found in it.
type doc struct {
	*object
	talks []*talk
}

// call starts a call, whose id may be empty. Problems met from now on are of this call.
func (d *doc) call(id string) *talk {
	d.handOver()
	t := &talk{doc: d, Call: call.Call{ID: id, Line: d.rec.line}}
	d.talks = append(d.talks, t)
	return t
}

// handOver gives the problems met to the call that is read.
func (d *doc) handOver() {
	if n := len(d.talks); n > 0 {
		d.talks[n-1].problems = append(d.talks[n-1].problems, d.problems...)
		d.problems = nil
	}
}

// end reports a value that held no call, unless its reader said why.
func (d *doc) end() {
	d.handOver()
	if len(d.talks) == 0 && len(d.problems) == 0 {
		d.add("里面没有任何通话；请检查导出是否完整", "it holds no call; check that the export is complete")
	}
}

// name is the id of the i-th call where it has none.
func (d *doc) name(i int) string {
	id := d.c.recordID(d.rec)
	if len(d.talks) > 1 {
		id += "#" + itoa(i+1)
	}
	return id
}

// refuse reports that the value has no transcript by its own account: its job failed
// or is unfinished, or nobody spoke.
func (d *doc) refuse(what call.Say) { d.refuseCall("", what) }

// refuseCall is refuse for one of several calls, whose id may be empty.
func (d *doc) refuseCall(id string, what call.Say) {
	d.handOver()
	d.add("%[1]s；没有可检查的文字", "%[2]s; there is nothing to check", what.ZH, what.EN)
	d.problems[len(d.problems)-1].Problem.Call = id
	d.handOver()
}
