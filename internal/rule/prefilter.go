package rule

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// prefilter finds in one pass over a text which phrases could match it: an
// Aho–Corasick automaton over the literals of all phrases of a pack.
//
// It is laid out flat, so that building it takes a few milliseconds for tens of
// thousands of literals: the literals are sorted, and a state's edges lie side
// by side.
type prefilter struct {
	first []int32 // the root's edges, by character; 0 for none
	edges []edgeTo
	from  []int32   // state → its first edge; the next state's is the end
	fail  []int32   // state → the longest proper suffix that is a state
	found [][]int32 // state → phrases with a literal that ends here
	seen  []int32   // state → the nearest state on its chain of suffixes with a literal, itself included; 0 if none
}

// edgeTo is an edge of the automaton.
type edgeTo struct {
	char rune
	to   int32
}

// planes is the size of the root's table: characters beyond it, which are rare,
// are looked for among its edges.
const planes = 0x10000

// sought is a literal that a phrase, known by its index, looks for.
type sought struct {
	literal string
	phrase  int32
}

// newPrefilter builds the automaton.
func newPrefilter(phrases []*phrase) *prefilter {
	var all []sought
	for i, p := range phrases {
		for _, literal := range p.literals {
			all = append(all, sought{literal, int32(i)})
		}
	}
	slices.SortFunc(all, func(a, b sought) int {
		return cmp.Or(cmp.Compare(a.literal, b.literal), cmp.Compare(a.phrase, b.phrase))
	})
	f := &prefilter{first: make([]int32, planes)}
	f.grow(all)
	f.link()
	return f
}

// level is the literals below one state, from the offset that the state stands for.
type level struct {
	all []sought
	at  int // bytes of each literal that lead to the state
}

// grow makes the states breadth first, so that parents come before children and
// a state's edges lie side by side.
func (f *prefilter) grow(all []sought) {
	levels := []level{{all, 0}}
	for state := 0; state < len(levels); state++ {
		f.from = append(f.from, int32(len(f.edges)))
		f.found = append(f.found, nil)
		rest, at := levels[state].all, levels[state].at
		for len(rest) > 0 && len(rest[0].literal) == at {
			f.found[state] = append(f.found[state], rest[0].phrase)
			rest = rest[1:]
		}
		for len(rest) > 0 {
			char, size := utf8.DecodeRuneInString(rest[0].literal[at:])
			n := 1
			for n < len(rest) && strings.HasPrefix(rest[n].literal[at:], rest[0].literal[at:at+size]) {
				n++
			}
			f.edges = append(f.edges, edgeTo{char, int32(len(levels))})
			levels = append(levels, level{rest[:n], at + size})
			rest = rest[n:]
		}
	}
	f.from = append(f.from, int32(len(f.edges)))
}

// link sets the failure links, parents first.
func (f *prefilter) link() {
	for _, e := range f.edges[f.from[0]:f.from[1]] {
		if e.char < planes {
			f.first[e.char] = e.to
		}
	}
	states := len(f.found)
	f.fail, f.seen = make([]int32, states), make([]int32, states)
	for state := range states {
		for _, e := range f.edges[f.from[state]:f.from[state+1]] {
			if state != 0 {
				f.fail[e.to] = f.step(f.fail[state], e.char)
			}
			f.seen[e.to] = f.seen[f.fail[e.to]]
			if len(f.found[e.to]) > 0 {
				f.seen[e.to] = e.to
			}
		}
	}
}

// step is the state after one more character.
func (f *prefilter) step(state int32, char rune) int32 {
	for state != 0 {
		if to := f.edge(state, char); to != 0 {
			return to
		}
		state = f.fail[state]
	}
	if char < planes {
		return f.first[char]
	}
	return f.edge(0, char)
}

// edge is where an edge of a state leads, 0 if it has none for the character.
// Most states have one or two.
func (f *prefilter) edge(state int32, char rune) int32 {
	for _, e := range f.edges[f.from[state]:f.from[state+1]] {
		if e.char == char {
			return e.to
		}
	}
	return 0
}

// scan calls hit for every phrase and every place where the text holds one of
// its literals: the offset of the literal's last character.
func (f *prefilter) scan(text string, hit func(phrase int32, at int)) {
	state := int32(0)
	for at, char := range text {
		state = f.step(state, char)
		for s := f.seen[state]; s != 0; s = f.seen[f.fail[s]] {
			for _, p := range f.found[s] {
				hit(p, at)
			}
		}
	}
}
