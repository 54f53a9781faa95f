package intake

import (
	"cmp"
	"context"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Options says how to read inputs. Its zero value detects everything.
type Options struct {
	Format       string    // name of a format of [Formats]; "" detects it
	Encoding     string    // one of [Encodings]; "" detects it
	AgentChannel string    // speaker of the agent where the input does not say: "" or one of AgentChannels
	Stdin        io.Reader // what "-" reads
	CDR          []string  // tables of call records that calls are joined with by id: files, folders, globs
	Records      RecordUse // what becomes of records without a transcript
	Vendor       string    // whose numbers stand for the directions of calls, one of [Vendors]; "": only words are understood
	Contacts     bool      // only who called whom and when is wanted: who speaks in a call is not found out, and calls that cannot tell may be left out
	Kept         *Kept     // where a reading for Contacts leaves small files to the next one; nil: nowhere
	StdinName    string    // name under which standard input is reported and detected; "" is "-"
	Explain      bool      // calls come with their Reading
	AnyRole      bool      // a call whose agent nobody can tell is read in full all the same: that problem is not fatal

	// Word is the text of a Word document, or the problem with it; nil reads none. Word
	// documents are known to the package of script libraries, which is built on this one.
	Word func(document []byte) (text string, problem *call.Say)
}

// Item is one call or one problem, never both.
type Item struct {
	Call    *call.Call
	Problem *call.Problem
	Reading *Reading // of a call, if that is wanted: what was understood of it

	notes []call.Say // what a reader understood and dropped

	From, To int // lines of the input that the call takes up, its header among them; 0 where nobody knows
}

// Chunk is a piece of an input that can be read on its own: some calls of a
// stream, or a whole small file.
type Chunk struct {
	Size int // bytes of the input that this chunk stands for, for a progress bar

	problem *call.Problem // instead of data
	format  *format
	opt     *Options
	source  string // the input as the user named it
	name    string // its name, without that of what it was packed in
	charset string
	sound   bool // the data is known to be UTF-8
	data    []byte
	spare   spare    // where data goes once it is read
	sniffed *section // of plain text, what was read already; nil for none
	table   *layout  // of a table, what its header tells; nil for none
	cdr     *records // what calls are joined with; nil for nothing
	rest    bool     // instead of data: the records without a transcript
	again   []uint64 // of a table, calls that earlier chunks have too, by their hash
	line    int      // 1-based line of data[0]
	first   bool     // data starts where the input starts
	only    bool     // … and ends where it ends
	brief   bool     // see Brief
	lines   bool     // one JSON value per line
	array   bool     // the values are elements of one JSON array
	before  int      // JSON values of the input before this chunk
}

// Brief reports whether the chunk is all there is to a small file, and what follows is a file
// too: its chunks come soon, so that several may be put together.
func (c *Chunk) Brief() bool { return c.brief }

// Items yields the calls of the chunk and the problems met with them, in input
// order; the problems of a call come before it. Items may run on any goroutine, once.
func (c *Chunk) Items(yield func(Item) bool) {
	if c.problem != nil {
		yield(Item{Problem: c.problem})
		return
	}
	if c.rest {
		c.cdr.items(yield)
		return
	}
	if c.cdr != nil {
		defer c.cdr.open.Done()
	}
	defer c.spare.put(c.data)
	if c.opt.Contacts && c.cdr == nil && c.format.contacts != nil && !c.format.contacts(c.data) {
		return
	}
	told, wanted := c.read(yield)
	if c.only && wanted && !told {
		yield(c.fatal(c.line, "", "里面没有任何通话；请检查导出是否完整", "it holds no call; check that the export is complete"))
	}
}

// read yields what the chunk holds. It returns whether that was a call, or a problem that lost
// one, and whether more is wanted.
func (c *Chunk) read(yield func(Item) bool) (told, wanted bool) {
	see := func(it Item) bool {
		told = told || it.Call != nil || it.Problem.Fatal
		wanted = yield(it)
		return wanted
	}
	if wanted = true; !c.mend(see) {
		return told, wanted
	}
	c.format.parse(c, func(it Item) bool {
		if it.Call == nil {
			return see(it)
		}
		return c.finish(it, see)
	})
	return told, wanted
}

// finish yields a call as it leaves the package: without the markers of speech
// recognition and with roles.
func (c *Chunk) finish(it Item, yield func(Item) bool) bool {
	k := it.Call
	k.Source = c.source
	if len(k.Turns) == 0 && k.Answered != nil { // an attempt, or a call of which there are only records
		k.Turns = []call.Turn{}
		return c.join(it, yield)
	}
	if len(k.Turns) == 0 {
		return yield(c.fatal(k.Line, k.ID, "通话没有任何话轮；请检查导出是否完整", "the call has no turns; check that the export is complete"))
	}
	if c.opt.Contacts {
		return c.join(it, yield)
	}
	explained := c.explain(k)
	if !c.format.verbatim {
		dropMarkers(k.Turns)
	}
	for _, p := range settleRoles(k, c.opt.AgentChannel, c.format.verbatim) {
		p.Fatal = p.Fatal && !c.opt.AnyRole
		p.File, p.Line, p.Call = c.source, k.Line, k.ID
		if !yield(Item{Problem: &p}) {
			return false
		}
	}
	c.nameAgent(k)
	it.Reading = explained.reading(k, it.notes)
	return c.join(it, yield)
}

// join yields a call with what is on record of it, after where the two differ.
func (c *Chunk) join(it Item, yield func(Item) bool) bool {
	if c.cdr == nil {
		return yield(it)
	}
	for _, p := range c.cdr.join(it.Call) {
		p.File, p.Line, p.Call = c.source, it.Call.Line, it.Call.ID
		if !yield(Item{Problem: &p}) {
			return false
		}
	}
	return yield(it)
}

// nameAgent takes from the agent's label what nothing else told. In JSON, a label that is
// not Chinese is an id or a channel.
func (c *Chunk) nameAgent(k *call.Call) {
	i := slices.IndexFunc(k.Turns, func(t call.Turn) bool { return t.Role == call.Agent })
	if i < 0 || k.Turns[i].Speaker == "" || k.Agent.ID != "" && k.Agent.Name != "" {
		return
	}
	label := k.Turns[i].Speaker
	p := personOf(label)
	switch {
	case strings.Contains(label, "@"):
		p = call.Person{ID: label}
	case c.format.json && !strings.ContainsFunc(label, wide):
		return
	}
	k.Agent.ID, k.Agent.Name = cmp.Or(k.Agent.ID, p.ID), cmp.Or(k.Agent.Name, p.Name)
}

// fatal is a problem that lost part of the input.
func (c *Chunk) fatal(line int, id, zh, en string, args ...any) Item {
	return Item{Problem: &call.Problem{File: c.source, Line: line, Call: id, What: call.Sayf(zh, en, args...), Fatal: true}}
}

// warning is a problem that lost nothing.
func (c *Chunk) warning(line int, id, zh, en string, args ...any) Item {
	it := c.fatal(line, id, zh, en, args...)
	it.Problem.Fatal = false
	return it
}

// base is the name of the input without folder and extension, for calls without id.
func (c *Chunk) base() string {
	if c.name == "-" {
		return "stdin"
	}
	name := filepath.Base(c.name)
	if base := strings.TrimSuffix(name, filepath.Ext(name)); base != "" {
		return base
	}
	return name
}

// Open finds the inputs that paths name and yields their chunks in order. What
// cannot be read (a missing path, a folder or glob that matches nothing, an
// empty file, an unknown format) becomes a chunk with one fatal problem; inside
// a folder, a file that is no transcript is a problem that is not fatal. Open
// stops quietly when ctx is done.
func Open(ctx context.Context, paths []string, opt Options) iter.Seq[Chunk] {
	return func(yield func(Chunk) bool) {
		o := newOpener(&opt, func(c Chunk) bool { return ctx.Err() == nil && yield(c) })
		if p := o.check(); p != nil {
			yield(Chunk{problem: p})
			return
		}
		more := true
		if o.cdr, more = readRecords(ctx, &opt, o.yield); !more {
			return
		}
		for f := range ahead(find(paths, extensions())) {
			if !o.open(f) {
				return
			}
		}
		if o.cdr != nil && o.cdr.use != RecordsLeft {
			yield(Chunk{cdr: o.cdr, rest: true})
		}
	}
}
