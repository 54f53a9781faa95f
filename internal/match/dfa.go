package match

import (
	"regexp/syntax"
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
	start    atomic.Pointer[state]
	dead     *state // no match can follow

	making sync.Mutex
	states map[string]*state // by their places
	stack  []uint32
	seen   []uint32 // by instruction: the round that last visited it
	round  uint32
}

// state is a set of places of the program.
type state struct {
	next   []atomic.Pointer[state] // by class of the next character; nil where no text has led yet
	places []uint32                // instructions that read a character, in order
	match  bool                    // what was read last ends a match
}

// maxStates bounds the states of an automaton: an expression that makes more on some
// texts begins anew, which keeps memory bounded and time linear whatever a pack asks.
const maxStates = 512

func newDFA(n *nfa, floating bool) *dfa {
	d := &dfa{nfa: n, floating: floating, dead: &state{next: make([]atomic.Pointer[state], n.classes.count)}, seen: make([]uint32, len(n.inst))}
	for c := range d.dead.next {
		d.dead.next[c].Store(d.dead)
	}
	d.begin()
	return d
}

// begin forgets all states but the first. Whoever is on another goes on from there.
func (d *dfa) begin() {
	d.states = map[string]*state{}
	d.round++
	var places []uint32
	match := d.follow(d.nfa.start, &places)
	d.start.Store(d.state(places, match))
}

// reaches reports whether a match ends anywhere in the text; the automaton floats.
func (d *dfa) reaches(text string) bool {
	at := d.start.Load()
	if at.match {
		return true
	}
	for i := 0; i < len(text); {
		r, size := runeAt(text, i)
		at = d.step(at, r)
		if at.match {
			return true
		}
		i += size
	}
	return false
}

// longest returns the length of the longest match at the start of the text, -1 if
// there is none.
func (d *dfa) longest(text string) int {
	at, end := d.start.Load(), -1
	if at.match {
		end = 0
	}
	for i := 0; i < len(text); {
		r, size := runeAt(text, i)
		at = d.step(at, r)
		if at == d.dead {
			break
		}
		i += size
		if at.match {
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

func sizeAt(text string, i int) int {
	if i == len(text) {
		return 1
	}
	_, size := runeAt(text, i)
	return size
}

// step is the state after one more character.
func (d *dfa) step(at *state, r rune) *state {
	c := d.classes.of(r)
	if next := at.next[c].Load(); next != nil {
		return next
	}
	return d.grow(at, c)
}

// grow makes the edge of a state for a class.
func (d *dfa) grow(from *state, class uint16) *state {
	d.making.Lock()
	defer d.making.Unlock()
	if len(d.states) >= maxStates {
		d.begin()
	}
	d.round++
	var places []uint32
	match := false
	for _, p := range from.places {
		if d.takes[p][class] {
			match = d.follow(d.inst[p].Out, &places) || match
		}
	}
	if d.floating {
		match = d.follow(d.nfa.start, &places) || match
	}
	to := d.state(places, match)
	from.next[class].Store(to)
	return to
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
		switch i := &d.inst[pc]; i.Op {
		case syntax.InstMatch:
			match = true
		case syntax.InstAlt, syntax.InstAltMatch:
			d.stack = append(d.stack, i.Arg, i.Out)
		case syntax.InstCapture, syntax.InstNop:
			d.stack = append(d.stack, i.Out)
		case syntax.InstFail:
		default:
			*places = append(*places, pc)
		}
	}
	return match
}

// state returns the state of a set of places, made now if it is new.
func (d *dfa) state(places []uint32, match bool) *state {
	if len(places) == 0 && !match {
		return d.dead
	}
	slices.Sort(places)
	key := make([]byte, 0, 4*len(places)+1)
	for _, p := range places {
		key = append(key, byte(p), byte(p>>8), byte(p>>16))
	}
	if match {
		key = append(key, 1)
	}
	s, known := d.states[string(key)]
	if !known {
		s = &state{next: make([]atomic.Pointer[state], d.classes.count), places: places, match: match}
		d.states[string(key)] = s
	}
	return s
}
