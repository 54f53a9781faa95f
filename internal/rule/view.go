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
	runs  []int        // by position in agent: the number of the run that the turn is of
	all   []int        // indices of all turns
	may   bitset       // the cues that some turn may have
	here  [][]sighting // by turn: the cues already looked for that other turns have a say in
	sorts []answer     // by sort: whether the call is of it

	known turnCache
	heard map[*cue]*hearing
	able  []*Rule   // those that can be judged on the call, where not all can
	clock *timeline // nil until a rule asks for it
}

// bitset is a set of small numbers.
type bitset []uint64

func (b bitset) has(i int32) bool { return b[i>>6]&(1<<(i&63)) != 0 }
func (b bitset) add(i int32)      { b[i>>6] |= 1 << (i & 63) }

// newBitset makes a set for the numbers below n.
func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func newView(p *Pack, c *call.Call) *view {
	v := &view{pack: p, may: newBitset(len(p.cues)), sorts: make([]answer, p.sorts), known: newTurnCache(p), heard: map[*cue]*hearing{}}
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
	v.turns, v.agent, v.runs, v.all = v.turns[:0], v.agent[:0], v.runs[:0], v.all[:0]
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
			v.addAgent(i)
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

// addAgent notes a turn of the agent. Recognisers write each sentence as a turn of its own;
// where the clock tells that the agent merely went on, it is of the same run as the one
// before, and the next so many turns of a rule are runs.
func (v *view) addAgent(i int) {
	run := 0
	if n := len(v.agent); n > 0 {
		run = v.runs[n-1]
		if v.agent[n-1] != i-1 || !v.goesOn(i-1, i) {
			run++
		}
	}
	v.agent, v.runs = append(v.agent, i), append(v.runs, run)
}

// goesOn reports whether the clock tells that one turn begins where another has just ended.
func (v *view) goesOn(a, b int) bool {
	end, known := v.call.Turns[a].End.Get()
	start, both := v.call.Turns[b].Start.Get()
	return known && both && start-end <= call.Pause
}

// agentRuns lists the turns of up to n runs of the agent, from position k of agent on.
func (v *view) agentRuns(k, n int) []int {
	end := k
	for end < len(v.agent) && v.runs[end]-v.runs[k] < n {
		end++
	}
	return v.agent[k:end]
}

// agentRunsBefore lists the turns of up to n runs of the agent that end before position k of agent.
func (v *view) agentRunsBefore(k, n int) []int {
	from := k
	for from > 0 && v.runs[k-1]-v.runs[from-1] < n {
		from--
	}
	return v.agent[from:k]
}

// agentFrom lists the agent turns from turn i on, up to n runs of them.
func (v *view) agentFrom(i, n int) []int { return v.agentRuns(v.firstAgent(i), n) }

// agentBefore lists the agent turns before turn i, up to n runs of them.
func (v *view) agentBefore(i, n int) []int { return v.agentRunsBefore(v.firstAgent(i), n) }
