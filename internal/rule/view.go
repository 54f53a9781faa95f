package rule

import (
	"slices"
	"sync"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// view is a call as one pack sees it while it checks it.
type view struct {
	pack  *Pack
	call  *call.Call
	turns []*turnView
	agent []int        // indices of the agent's turns
	all   []int        // indices of all turns
	may   bitset       // the cues that some turn may have
	here  [][]sighting // by turn: the cues already looked for that other turns have a say in
	sorts map[*sort]bool

	known turnCache
	heard map[*cue]*hearing
	clock *timeline // nil until a rule asks for it
}

// bitset is a set of small numbers.
type bitset []uint64

func (b bitset) has(i int32) bool { return b[i>>6]&(1<<(i&63)) != 0 }
func (b bitset) add(i int32)      { b[i>>6] |= 1 << (i & 63) }

// newBitset makes a set for the numbers below n.
func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func newView(p *Pack, c *call.Call) *view {
	v := &view{pack: p, may: newBitset(len(p.cues)), sorts: map[*sort]bool{}, known: newTurnCache(p), heard: map[*cue]*hearing{}}
	v.reset(c)
	return v
}

// view is newView for a worker that checks one call after the other: it takes a view
// that was freed, with the turns that it knows.
func (p *Pack) view(c *call.Call) *view {
	v := p.views.take()
	if v == nil {
		return newView(p, c)
	}
	v.reset(c)
	return v
}

// free takes back a view of which nothing is needed any more.
func (p *Pack) free(v *view) {
	v.call = nil
	p.views.put(v)
}

// views are those that nobody uses: no more than there were workers at a time. A
// sync.Pool would make a worker that moves to another processor begin anew.
type views struct {
	lock sync.Mutex
	free []*view
}

// take returns the view that was freed last, nil if there is none.
func (f *views) take() *view {
	f.lock.Lock()
	defer f.lock.Unlock()
	n := len(f.free)
	if n == 0 {
		return nil
	}
	v := f.free[n-1]
	f.free = f.free[:n-1]
	return v
}

func (f *views) put(v *view) {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.free = append(f.free, v)
}

// reset makes the view one of a call.
func (v *view) reset(c *call.Call) {
	v.call, v.clock = c, nil
	v.turns, v.agent, v.all = v.turns[:0], v.agent[:0], v.all[:0]
	copy(v.may, v.pack.always)
	clear(v.sorts)
	clear(v.heard)
	v.known.tidy()
	for len(v.here) < len(c.Turns) {
		v.here = append(v.here, nil)
	}
	for i := range c.Turns {
		t := v.known.turn(c, i)
		for k, b := range t.may {
			v.may[k] |= b
		}
		v.turns, v.all, v.here[i] = append(v.turns, t), append(v.all, i), v.here[i][:0]
		if c.Turns[i].Role == call.Agent {
			v.agent = append(v.agent, i)
		}
	}
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

// firstAgent is where in agent the turns from turn i on begin.
func (v *view) firstAgent(i int) int {
	k, _ := slices.BinarySearch(v.agent, i)
	return k
}

// agentFrom lists up to n agent turns from turn i on.
func (v *view) agentFrom(i, n int) []int {
	k := v.firstAgent(i)
	return v.agent[k:min(k+n, len(v.agent))]
}

// agentBefore lists up to n agent turns before turn i.
func (v *view) agentBefore(i, n int) []int {
	k := v.firstAgent(i)
	return v.agent[max(0, k-n):k]
}
