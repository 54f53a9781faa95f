package intake

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// document describes a format whose inputs are JSON values, each of one call or
// several, as speech recognisers, call centres and chat tools export them. What
// one of them writes is told by its claims and its read; everything else (order,
// times, joining, roles) is the same for all: see talk.
type document struct {
	name   string   // for --in-format
	title  call.Say // what it is
	shape  string   // what it is known by, in one line
	sides  call.Say // how it tells the agent from the customer
	whole  bool     // an array at the top is one call, not a list of calls
	spread bool     // the pieces of a call may stand in several values, anywhere in the input
	chat   bool     // its text was typed: nothing is removed from it, and each message is a turn

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
	f := format{name: d.name, title: d.title, shape: d.shape, sides: d.sides, json: true, whole: d.oneCall, verbatim: d.chat, cut: cutJSON}
	f.sniff = func(s *sample) bool { return s.json != nil && d.fits(unwrap(d.first(s))) }
	f.parse = d.parse
	if d.spread {
		f.cut, f.parse = nil, d.gather
	}
	return f
}

// oneCall reports whether an array at the top is one call.
func (d document) oneCall(s *sample) bool {
	return d.whole || s.array && d.rows != nil && d.rows(s.object())
}

// first is the value that tells the format.
func (d document) first(s *sample) *fastjson.Value {
	if d.oneCall(s) {
		return s.json
	}
	return s.object()
}

// fits reports whether v is in this format.
func (d document) fits(v *fastjson.Value) bool {
	return d.claims(v) || d.rows != nil && v.Type() == fastjson.TypeArray && d.rows(v.Get("0"))
}

// unwrap is v without the envelope that some interfaces add.
func unwrap(v *fastjson.Value) *fastjson.Value {
	for _, envelope := range []string{"Response", "JsonStr"} {
		if inner := unquote(v.Get(envelope)); inner != nil && inner.Type() == fastjson.TypeObject {
			return inner
		}
	}
	return v
}

func (d document) parse(c *Chunk, yield func(Item) bool) {
	var p fastjson.Parser
	for rec := range c.records {
		r := &doc{object: newObject(c, rec), kind: d}
		r.value(&p)
		letGo(&p, rec.text)
		if !r.yield(yield) {
			return
		}
	}
}

// gather reads all values before it yields the calls that are spread over them.
func (d document) gather(c *Chunk, yield func(Item) bool) {
	var p fastjson.Parser
	r := &doc{kind: d}
	for rec := range c.records {
		if r.object == nil {
			r.object = newObject(c, rec)
		}
		r.rec = rec
		known := len(r.problems)
		r.value(&p)
		for _, it := range r.problems[known:] { // which of the calls it would be of, nobody knows
			it.Problem.Call = c.recordID(rec)
		}
	}
	if r.object != nil {
		r.yield(yield)
	}
}

// value reads the value of the record that d is at.
func (d *doc) value(p *fastjson.Parser) {
	v, ok := parseJSON(p, d.rec.text)
	if _, whole := valueEnd(d.rec.text); !ok && !whole {
		what := breaksOff(d.rec.text)
		d.breaks("%[1]s；这一条没有检查", "%[2]s; this record was not checked", what.ZH, what.EN)
		return
	}
	if !ok {
		d.breaks("JSON 有误：%s；这一条没有检查", "the JSON is broken: %s; this record was not checked", syntaxError(d.rec.text))
		return
	}
	v = unwrap(v)
	if what, ok := errorIn(v); ok && !d.kind.fits(v) {
		d.refuse(what)
		return
	}
	before, problems := len(d.talks), len(d.problems)
	d.kind.read(d, node{d: d, v: v})
	if len(d.problems) == problems && !d.heard(before) && !d.kind.fits(v) {
		d.talks = d.talks[:before]
		d.misfit(v)
	}
}

// heard reports whether the talks from one on hold any words, or what is wrong with them.
func (d *doc) heard(from int) bool {
	return slices.ContainsFunc(d.talks[from:], func(t *talk) bool { return len(t.pieces)+len(t.problems) > 0 })
}

// misfit reports a value that is not in the format of the others.
func (d *doc) misfit(v *fastjson.Value) {
	d.add("这一条不是 %[1]s（应有 %[2]s），顶层字段有 %[3]s；没有检查", "this record is no %[1]s (which has %[2]s), its keys are %[3]s; it was not checked", d.kind.name, d.kind.shape, keys(v))
}

// yield yields the calls, each after its problems.
func (d *doc) yield(yield func(Item) bool) bool {
	d.end()
	for i, t := range d.talks {
		k := t.settle(d.name(i))
		d.problems = append(d.problems, t.problems...)
		item := Item{Call: k, notes: t.notes}
		if !d.kind.spread { // the lines of one call are not its own otherwise
			item.From, item.To = d.rec.line, d.rec.line+bytes.Count(d.rec.text, []byte{'\n'})
		}
		if !d.flush(k.ID, yield) || len(k.Turns) > 0 && !yield(item) {
			return false
		}
	}
	return d.flush(d.c.recordID(d.rec), yield)
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
	kind  document
	talks []*talk
	byID  map[string]*talk // conversations that are continued
}

// call starts a call, whose id may be empty. Problems met from now on are of this call.
func (d *doc) call(id string) *talk {
	d.handOver()
	t := &talk{doc: d, Call: call.Call{ID: id, Line: d.rec.line}, typed: d.kind.chat}
	d.talks = append(d.talks, t)
	return t
}

// conversation is the talk with an id, which starts with the first of its messages.
func (d *doc) conversation(id string) *talk {
	t := d.byID[id]
	if t == nil {
		t = d.call(id)
		if d.byID == nil {
			d.byID = map[string]*talk{}
		}
		d.byID[id] = t
	}
	return t
}

// handOver gives the problems met to the call that is read.
func (d *doc) handOver() {
	if n := len(d.talks); n > 0 && !d.kind.spread {
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
		id += "#" + strconv.Itoa(i+1)
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
