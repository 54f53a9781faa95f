package rule

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// view is a call as one pack sees it while it checks it: every turn folded,
// with the phrases that could match it and the cues already looked for.
type view struct {
	pack  *Pack
	call  *call.Call
	turns []turnView
	agent []int // indices of the agent's turns
	sorts map[*sort]bool
}

type turnView struct {
	fold  *text.Folded
	hits  []uint64 // bit per phrase of the pack
	at    []hitAt  // where their literals are, in the order of the text
	memo  map[*cue][]span
	loose bool   // headings are no sentences: a match may split a word
	run   string // the folded text between two edges, made when first needed

	pairs *bigrams // counted when first needed
}

func newView(p *Pack, c *call.Call) *view {
	v := &view{pack: p, call: c, turns: make([]turnView, len(c.Turns)), sorts: map[*sort]bool{}}
	words := (len(p.phrases) + 63) / 64
	hits := make([]uint64, words*len(c.Turns))
	for i := range c.Turns {
		t := &v.turns[i]
		t.fold = foldOf(c, i)
		t.hits = hits[i*words : (i+1)*words]
		p.prefilter.scan(t.framed(), t.mark)
		if c.Turns[i].Role == call.Agent {
			v.agent = append(v.agent, i)
		}
	}
	return v
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

// hitAt is a place of the framed text that holds a literal of a phrase.
type hitAt struct {
	phrase int32
	at     int32
}

func (t *turnView) mark(phrase int32, at int) {
	t.hits[phrase>>6] |= 1 << (phrase & 63)
	t.at = append(t.at, hitAt{phrase, int32(at)})
}

func (t *turnView) hit(phrase int32) bool { return t.hits[phrase>>6]&(1<<(phrase&63)) != 0 }

// find appends the matches of a phrase, known by its index, in the parts of the
// turn that can hold one.
func (t *turnView) find(p *phrase, index int32, whole func(start, end int) bool, to []span) []span {
	framed := t.framed()
	if len(p.literals) == 0 || p.stretch == inTurn {
		return p.find(framed, whole, to)
	}
	searched := 0
	for _, h := range t.at {
		if h.phrase != index || int(h.at) < searched {
			continue
		}
		from, end := window(framed, int(h.at), p.stretch)
		to = p.findIn(framed, from, end, whole, to)
		searched = end
	}
	return to
}

// framed is the folded text between two edges.
func (t *turnView) framed() string {
	if t.run == "" {
		t.run = edge + t.fold.Text + edge
	}
	return t.run
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
