package rule

import (
	"slices"
	"strings"
	"unsafe"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/match"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// view is a call as one pack sees it while it checks it: every turn folded,
// with the phrases that could match it and the cues already looked for.
type view struct {
	pack  *Pack
	call  *call.Call
	turns []turnView
	agent []int  // indices of the agent's turns
	all   []int  // indices of all turns
	may   bitset // the cues that some turn may have
	sorts map[*sort]bool

	hits  match.Hits
	marks []match.Hit // of all turns
	bits  []uint64    // of all turns
}

type turnView struct {
	fold   *text.Folded
	framed string      // the folded text between two edges
	marks  []match.Hit // the phrases that it holds literals of
	hits   bitset      // the same, by phrase
	may    bitset      // the cues that those phrases can make: no other needs looking for
	memo   []sighting  // the cues already looked for
	loose  bool        // headings are no sentences: a match may split a word

	frame []byte   // holds framed
	pairs *bigrams // counted when first needed
}

// sighting is where a cue is in a turn.
type sighting struct {
	cue   *cue
	spans []span
}

// bitset is a set of small numbers.
type bitset []uint64

func (b bitset) has(i int32) bool { return b[i>>6]&(1<<(i&63)) != 0 }
func (b bitset) add(i int32)      { b[i>>6] |= 1 << (i & 63) }

// words is how many words a set of n numbers has.
func words(n int) int { return (n + 63) / 64 }

func newView(p *Pack, c *call.Call) *view {
	v := &view{}
	v.reset(p, c)
	return v
}

// view is newView with memory of a view that was freed: a worker that checks one call
// after the other would spend a third of its time on getting new.
func (p *Pack) view(c *call.Call) *view {
	v, _ := p.views.Get().(*view)
	if v == nil {
		v = &view{}
	}
	v.reset(p, c)
	return v
}

// free takes back a view of which nothing is needed any more.
func (p *Pack) free(v *view) {
	v.call = nil
	p.views.Put(v)
}

// reset makes the view one of another call.
func (v *view) reset(p *Pack, c *call.Call) {
	v.pack, v.call = p, c
	if v.sorts == nil {
		v.sorts = map[*sort]bool{}
	}
	clear(v.sorts)
	v.agent, v.all, v.marks = v.agent[:0], v.all[:0], v.marks[:0]
	v.turns = slices.Grow(v.turns[:0], len(c.Turns))[:len(c.Turns)]
	phrases, cues := words(len(p.phrases)), words(len(p.cues))
	v.bits = slices.Grow(v.bits[:0], (phrases+cues)*len(c.Turns)+cues)[:(phrases+cues)*len(c.Turns)+cues]
	clear(v.bits)
	bits := v.bits
	take := func(n int) bitset { b := bits[:n:n]; bits = bits[n:]; return b }
	v.may = take(cues)
	copy(v.may, p.always)
	for i := range c.Turns {
		t := &v.turns[i]
		t.hits, t.may, t.memo, t.pairs, t.loose = take(phrases), take(cues), t.memo[:0], nil, false
		t.read(c, i)
		from := len(v.marks)
		v.marks = p.filter.Scan(t.framed, &v.hits, v.marks)
		t.marks = v.marks[from:] // stays right when marks moves: what it holds is not changed any more
		v.mark(t)
		v.all = append(v.all, i)
		if c.Turns[i].Role == call.Agent {
			v.agent = append(v.agent, i)
		}
	}
}

// mark notes the phrases that a turn holds literals of, and their cues.
func (v *view) mark(t *turnView) {
	copy(t.may, v.pack.always)
	for _, m := range t.marks {
		t.hits.add(m.Expr)
		for _, c := range v.pack.makes[m.Expr] {
			t.may.add(c)
		}
	}
	for i, b := range t.may {
		v.may[i] |= b
	}
}

// read folds a turn. The frame is made in place, as a string made by joining would
// be one allocation for every turn.
func (t *turnView) read(c *call.Call, i int) {
	if c.Script || t.fold == nil {
		t.fold = foldOf(c, i)
	} else {
		t.fold.Reset(c.Turns[i].Text)
	}
	t.frame = append(append(append(t.frame[:0], edge...), t.fold.Text...), edge...)
	t.framed = unsafe.String(unsafe.SliceData(t.frame), len(t.frame))
}

// mayAny reports whether a turn of the call may have one of the cues. What asks it
// first need not go from turn to turn: most calls have few of a pack's cues.
func (v *view) mayAny(cues []*cue) bool {
	for _, c := range cues {
		if v.may.has(c.id) {
			return true
		}
	}
	return false
}

// foldOf folds a turn; the words of a script have placeholders.
func foldOf(c *call.Call, i int) *text.Folded {
	said := c.Turns[i].Text
	if !c.Script {
		return text.Fold(said)
	}
	if f := text.FoldScript(said); f.Text != "" || !strings.ContainsAny(said, "【[<＜［〖〔") {
		return f
	}
	return text.Fold(said) // a wording that is all in brackets is no placeholder
}

func (t *turnView) hit(phrase int32) bool { return t.hits.has(phrase) }

// find appends the matches of a phrase, known by its index, in the part of the
// turn that can hold one.
func (t *turnView) find(p *phrase, index int32, whole func(start, end int) bool, to []span) []span {
	if len(p.need.Sets) == 0 || p.stretch == inTurn {
		return p.find(t.framed, whole, to)
	}
	for _, m := range t.marks {
		if m.Expr == index {
			from, _ := window(t.framed, int(m.First), p.stretch)
			_, end := window(t.framed, int(m.Last), p.stretch)
			return p.findIn(t.framed, from, end, whole, to)
		}
	}
	return to
}

// agentFrom lists up to n agent turns from turn i on.
func (v *view) agentFrom(i, n int) []int {
	for k, a := range v.agent {
		if a >= i {
			return v.agent[k:min(k+n, len(v.agent))]
		}
	}
	return nil
}

// agentBefore lists up to n agent turns before turn i.
func (v *view) agentBefore(i, n int) []int {
	k := 0
	for k < len(v.agent) && v.agent[k] < i {
		k++
	}
	return v.agent[max(0, k-n):k]
}
