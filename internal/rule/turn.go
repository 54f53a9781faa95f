package rule

import (
	"hash/maphash"
	"runtime"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/match"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// turnView is a turn as a pack sees it, whatever call it stands in: folded, with the
// phrases that could match it and the cues already looked for.
type turnView struct {
	turnKey
	fold    *text.Folded
	framed  string      // the folded text between two edges
	marks   []match.Hit // the phrases that it holds what they need of, equal ones side by side
	hits    bitset      // the same, by phrase, with those that need nothing
	may     bitset      // the cues that those phrases can make: no other needs looking for
	memo    []sighting  // the cues already looked for that no other turn has a say in
	matched []sighting  // what the phrases of the others match
	pairs   bigrams     // if counted, those of the text
	counted bool
	length  int  // in characters without breaks, -1 where they were not counted
	loose   bool // headings are no sentences: a match may split a word
}

// turnKey is what all that is known of a turn by itself depends on.
type turnKey struct {
	role call.Role
	text string
}

// sighting is where a cue is in a turn.
type sighting struct {
	cue   *cue
	spans []span
}

// turnCache has the turns that a worker saw lately. People say the same things all day,
// 好的 as well as the sentences of their script: what is known of a turn by itself is found
// out once. A turn is kept when it comes a second time, so that those that never do, which
// are the most, all use the same memory; and turns not seen again for long make room.
type turnCache struct {
	pack       *Pack
	young, old map[turnKey]*turnView
	most       int         // turns in young
	once       []*turnView // of the call at hand, not kept
	free       []*turnView
	seen       [][4]uint64 // hashes of turns that came once, the latest four of each remainder
	seed       maphash.Seed
	hits       []match.Hits // of the parts of the pack's sieve
}

const (
	turnsKept = 4096    // in the young halves of all workers together: about 2 KB each
	longTurn  = 512     // bytes: longer ones are hardly said twice
	seenOnce  = 1 << 13 // sets of turns remembered as seen once
)

func newTurnCache(p *Pack) turnCache {
	return turnCache{pack: p, young: map[turnKey]*turnView{}, old: map[turnKey]*turnView{}, most: turnsKept / runtime.GOMAXPROCS(0),
		seed: maphash.MakeSeed(), hits: make([]match.Hits, len(p.sieve))}
}

// tidy makes room; no turn of the call before is needed any more.
func (c *turnCache) tidy() {
	c.free = append(c.free, c.once...)
	c.once = c.once[:0]
	if len(c.young) < c.most {
		return
	}
	for _, t := range c.old {
		c.free = append(c.free, t)
	}
	clear(c.old)
	c.young, c.old = c.old, c.young
}

// turn is a turn of a call.
func (c *turnCache) turn(k *call.Call, i int) *turnView {
	key := turnKey{k.Turns[i].Role, k.Turns[i].Text}
	if t := c.young[key]; t != nil {
		return t
	}
	t := c.old[key]
	switch {
	case t != nil:
		delete(c.old, key)
	case k.Script || len(key.text) > longTurn || !c.seenBefore(key):
		t = c.read(k, i, key.text)
		c.once = append(c.once, t)
		return t
	default:
		t = c.read(k, i, strings.Clone(key.text)) // the text may be part of a file
	}
	c.young[t.turnKey] = t
	return t
}

// seenBefore reports whether a turn came before, and remembers it for some time.
func (c *turnCache) seenBefore(key turnKey) bool {
	if c.seen == nil {
		c.seen = make([][4]uint64, seenOnce)
	}
	h := maphash.Comparable(c.seed, key)
	set := &c.seen[h%seenOnce]
	if slices.Contains(set[:], h) {
		return true
	}
	copy(set[1:], set[:])
	set[0] = h
	return false
}

// read folds a turn and finds the phrases and cues that it could have.
func (c *turnCache) read(k *call.Call, i int, said string) *turnView {
	t := c.blank()
	t.turnKey = turnKey{k.Turns[i].Role, said}
	if k.Script {
		t.fold = foldScript(said)
	} else {
		t.fold.Reset(said)
	}
	t.framed, t.length = edge+t.fold.Text+edge, -1
	t.marks = c.marks(t.framed, t.role, t.marks[:0])
	for _, m := range t.marks {
		t.hits.add(m.Expr)
		for _, cue := range c.pack.makes[m.Expr] {
			t.may.add(cue)
		}
	}
	return t
}

// blank is a turn of which nothing is known yet.
func (c *turnCache) blank() *turnView {
	n := len(c.free)
	if n == 0 {
		return &turnView{fold: new(text.Folded), may: slices.Clone(c.pack.always), hits: slices.Clone(c.pack.unsought)}
	}
	t := c.free[n-1]
	c.free = c.free[:n-1]
	copy(t.may, c.pack.always)
	copy(t.hits, c.pack.unsought)
	t.memo, t.matched, t.counted, t.loose = t.memo[:0], t.matched[:0], false, false
	return t
}

// foldScript folds a wording of a script, which has placeholders.
func foldScript(said string) *text.Folded {
	if f := text.FoldScript(said); f.Text != "" || !strings.ContainsAny(said, "【[<＜［〖〔") {
		return f
	}
	return text.Fold(said) // a wording that is all in brackets is no placeholder
}

// hit reports whether the turn holds what a phrase needs, if anything.
func (t *turnView) hit(phrase int32) bool { return t.hits.has(phrase) }

// find appends the matches of a phrase, known by its index, in the part of the
// turn that can hold one.
func (t *turnView) find(p *phrase, index int32, in wording, to []span) []span {
	if !p.sought {
		return p.find(t.framed, in, to)
	}
	first := slices.IndexFunc(t.marks, func(m match.Hit) bool { return m.Expr == index })
	for i := first; i >= 0 && i < len(t.marks) && t.marks[i].Expr == index; i++ {
		m := t.marks[i]
		from, _ := window(t.framed, int(m.First), p.stretch)
		_, end := window(t.framed, int(m.Last), p.stretch)
		to = p.findIn(t.framed, from, int(m.Last), end, in, to)
	}
	return to
}
