package match

import (
	"slices"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// dfa runs a program over texts one character a step. A state stands for all the
// places of the program where the text read so far may have led. States are made
// when a text first leads there, and shared by all goroutines: following an edge
// that is there takes no lock.
type dfa struct {
	*nfa
	floating bool // a match may start at every character
	now      atomic.Pointer[table]

	making sync.Mutex
	stack  []uint32
	seen   []uint32 // by instruction: the round that last visited it
	round  uint32
}

// edge is where a state leads: the number of the next state, doubled, and 1 more where
// what was read ends a match. 0 is an edge that no text has taken yet.
type edge uint32

const dead edge = 2 // of the state that no match can follow, number 1

func (e edge) match() bool { return e&1 != 0 }

// table is the states of an automaton, in arrays without pointers: they lie side by side, and
// the collector need not look at them. A full table is left as it is, for those who still
// read it, and a larger copy takes its place.
type table struct {
	edges   []uint32 // state × class → edge; written under the lock, read without
	classes *classes
	room    int // states that there is room for
	age     int // of two tables of the same age the states have the same numbers
	start   edge

	// Only under the lock:
	from   []uint32          // state → its first place; the next state's is the end
	places []uint32          // instructions that read a character, in order
	known  map[uint64]uint32 // states by the hash of their places; equal hashes follow each other
}

const (
	// maxStates bounds the states of an automaton: an expression that makes more on some
	// texts begins anew, which keeps memory bounded and time linear whatever a pack asks.
	maxStates   = 512
	firstStates = 16
)

func newDFA(n *nfa, floating bool) *dfa {
	d := &dfa{nfa: n, floating: floating, seen: make([]uint32, len(n.inst))}
	d.begin()
	return d
}

// begin makes a table of nothing but the first state. Whoever reads another goes on from there.
func (d *dfa) begin() *table {
	t := &table{classes: d.classes, room: firstStates, age: d.age(), from: []uint32{0, 0, 0}, known: map[uint64]uint32{}}
	t.edges = make([]uint32, t.room*t.classes.count)
	for c := range t.classes.count {
		t.edges[int(dead>>1)*t.classes.count+c] = uint32(dead)
	}
	d.round++
	var places []uint32
	match := d.follow(d.nfa.start, &places)
	t.start = t.state(places, match)
	d.now.Store(t)
	return t
}

// age is that of the next table that begins anew.
func (d *dfa) age() int {
	if t := d.now.Load(); t != nil {
		return t.age + 1
	}
	return 0
}

// reaches reports whether a match ends anywhere in the text; the automaton floats.
func (d *dfa) reaches(text string) bool {
	t := d.now.Load()
	at := t.start
	if at.match() {
		return true
	}
	for i := 0; i < len(text); {
		r, size := runeAt(text, i)
		c := int(t.classes.of(r))
		next := edge(atomic.LoadUint32(&t.edges[int(at>>1)*t.classes.count+c]))
		if next == 0 {
			t, next = d.grow(t, at, c)
		}
		if at = next; at.match() {
			return true
		}
		i += size
	}
	return false
}

// empty reports whether nothing at all is a match.
func (d *dfa) empty() bool { return d.now.Load().start.match() }

// longest returns the length of the longest match at the start of the text, -1 if
// there is none.
func (d *dfa) longest(text string) int {
	t := d.now.Load()
	at, end := t.start, -1
	if at.match() {
		end = 0
	}
	for i := 0; i < len(text); {
		r, size := runeAt(text, i)
		c := int(t.classes.of(r))
		next := edge(atomic.LoadUint32(&t.edges[int(at>>1)*t.classes.count+c]))
		if next == 0 {
			t, next = d.grow(t, at, c)
		}
		if at = next; at == dead {
			break
		}
		i += size
		if at.match() {
			end = i
		}
	}
	return end
}

// runeAt decodes the character at byte i. Text of packs is mostly of three bytes a
// character, which utf8 leaves to a function that is not inlined.
func runeAt(text string, i int) (rune, int) {
	b := text[i]
	switch {
	case b < utf8.RuneSelf:
		return rune(b), 1
	case b&0xF0 == 0xE0 && i+2 < len(text):
		return rune(b&0xF)<<12 | rune(text[i+1]&0x3F)<<6 | rune(text[i+2]&0x3F), 3
	}
	return utf8.DecodeRuneInString(text[i:])
}

// grow makes the edge of a state of a table for a class.
func (d *dfa) grow(t *table, at edge, class int) (*table, edge) {
	d.making.Lock()
	defer d.making.Unlock()
	d.round++
	var places []uint32
	match := false
	for _, p := range t.placesOf(at) {
		if i := &d.inst[p]; d.takes(i.set, class) {
			match = d.follow(i.out, &places) || match
		}
	}
	if d.floating {
		match = d.follow(d.nfa.start, &places) || match
	}
	now := d.now.Load()
	if now.full() {
		now = d.enlarge(now)
	}
	to := now.state(places, match)
	if now.age == t.age {
		atomic.StoreUint32(&now.edges[int(at>>1)*now.classes.count+class], uint32(to))
	}
	return now, to
}

// enlarge puts a larger copy of a table in its place, or a new one where it may not grow.
func (d *dfa) enlarge(t *table) *table {
	if t.room >= maxStates {
		return d.begin()
	}
	more := *t
	more.room *= 2
	more.edges = make([]uint32, more.room*more.classes.count)
	copy(more.edges, t.edges)
	d.now.Store(&more)
	return &more
}

// follow adds the places that are reached from an instruction without reading, and
// reports whether the end is among them.
func (d *dfa) follow(pc uint32, places *[]uint32) (match bool) {
	d.stack = append(d.stack[:0], pc)
	for len(d.stack) > 0 {
		pc = d.stack[len(d.stack)-1]
		d.stack = d.stack[:len(d.stack)-1]
		if d.seen[pc] == d.round {
			continue
		}
		d.seen[pc] = d.round
		switch i := &d.inst[pc]; i.does {
		case matches:
			match = true
		case forks:
			d.stack = append(d.stack, i.arg, i.out)
		case goesOn:
			d.stack = append(d.stack, i.out)
		case reads:
			*places = append(*places, pc)
		}
	}
	return match
}

// full reports whether a table has no room for one more state.
func (t *table) full() bool { return len(t.from)-1 >= t.room }

// placesOf are the places of a state.
func (t *table) placesOf(at edge) []uint32 { return t.places[t.from[at>>1]:t.from[at>>1+1]] }

// state returns the state of a set of places, made now if it is new.
func (t *table) state(places []uint32, match bool) edge {
	var end edge
	if match {
		end = 1
	}
	if len(places) == 0 {
		return dead | end
	}
	slices.Sort(places)
	hash := uint64(len(places))
	for _, p := range places {
		hash = mix(hash ^ uint64(p))
		hash ^= hash >> 32
	}
	for n, known := t.known[hash]; known; n, known = t.known[hash] {
		if slices.Equal(t.placesOf(edge(n)<<1), places) {
			return edge(n)<<1 | end
		}
		hash++
	}
	n := uint32(len(t.from) - 1)
	t.known[hash] = n
	t.places = append(t.places, places...)
	t.from = append(t.from, uint32(len(t.places)))
	return edge(n)<<1 | end
}
