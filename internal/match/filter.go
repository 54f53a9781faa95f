package match

import (
	"slices"
	"strings"
)

// Filter finds in one pass over a text which expressions could match it, by the
// literals that each of them needs.
//
// Sets of literals are shared: many expressions need one of 您 and 你, and it is
// noted once. Only the rarest set of an expression makes the filter look at the
// others, so that common words cost little.
type Filter struct {
	trie  trie
	sets  lists // state → sets with a literal that ends here
	rare  lists // set → where in needs the expressions are whose rarest it is
	needs []uint32
	count int // of sets
}

// lists are many short lists of numbers in two arrays: the lists of a large pack as
// slices of their own would not fit into the cache of a processor core.
type lists struct {
	from []uint32 // list → its first item; the next list's is the end
	item []uint32
}

func (l *lists) of(i uint32) []uint32 { return l.item[l.from[i]:l.from[i+1]] }

// newLists packs lists.
func newLists(all [][]uint32) (l lists) {
	l.from = make([]uint32, 0, len(all)+1)
	for _, list := range all {
		l.from = append(l.from, uint32(len(l.item)))
		l.item = append(l.item, list...)
	}
	l.from = append(l.from, uint32(len(l.item)))
	return l
}

// NewFilter makes a filter of what expressions need; they are known by their index.
func NewFilter(needs []Need) *Filter {
	m := filterMaker{Filter: &Filter{trie: newTrie()}, known: map[string]uint32{}, ends: make([][]uint32, 1)}
	for i, n := range needs {
		if len(n.Sets) > 0 {
			m.add(uint32(i), n)
		}
	}
	for len(m.ends) < len(m.trie.nodes) {
		m.ends = append(m.ends, nil)
	}
	m.sets, m.rare = newLists(m.ends), newLists(m.rarest)
	return m.Filter
}

// filterMaker is a filter on its way.
type filterMaker struct {
	*Filter
	known  map[string]uint32 // sets
	ends   [][]uint32        // by state
	rarest [][]uint32        // by set
}

// add notes an expression: its number, how many sets it needs before its rarest and
// behind it, and which.
func (m *filterMaker) add(expr uint32, n Need) {
	rarest := m.set(n.Sets[n.Rarest])
	m.rarest[rarest] = append(m.rarest[rarest], uint32(len(m.needs)))
	record := []uint32{expr, uint32(n.Rarest), uint32(len(n.Sets) - 1 - n.Rarest)}
	for i, set := range n.Sets {
		if i != n.Rarest {
			record = append(record, m.set(set))
		}
	}
	m.needs = append(m.needs, record...)
}

// set returns the number of a set of literals.
func (m *filterMaker) set(literals []string) uint32 {
	key := strings.Join(literals, "\x00")
	id, known := m.known[key]
	if known {
		return id
	}
	id = uint32(m.count)
	m.count++
	m.known[key] = id
	m.rarest = append(m.rarest, nil)
	for _, literal := range literals {
		state := m.trie.add(literal)
		for int(state) >= len(m.ends) {
			m.ends = append(m.ends, nil)
		}
		if !slices.Contains(m.ends[state], id) {
			m.ends[state] = append(m.ends[state], id)
		}
	}
	return id
}

// Hit says that a text holds what an expression needs: where the first literal of its
// rarest set begins, and where the last character of the last one does, as bytes.
type Hit struct {
	Expr        int32
	First, Last int32
}

// Hits are those of one text after another. The zero value is ready; it serves one
// goroutine, and keeps its memory.
type Hits struct {
	seen  []seen // by set
	found []uint32
	round uint32
}

// seen is where a text holds literals of a set: nowhere, unless round is that of the text.
type seen struct {
	round       uint32
	first, last int32
}

// Scan appends the hits of a text, of less than 2 GiB, in no order.
func (f *Filter) Scan(text string, h *Hits, to []Hit) []Hit {
	h.begin(f.count)
	f.look(text, h)
	for _, set := range h.found {
		at := h.seen[set]
		for _, i := range f.rare.of(set) {
			if n := f.needs[i:]; h.have(n, at) {
				to = append(to, Hit{int32(n[0]), at.first, at.last})
			}
		}
	}
	return to
}

// look notes the sets that a text has literals of. Every character may begin a
// literal, so it walks the trie from each; literals are short, so that stays linear.
func (f *Filter) look(text string, h *Hits) {
	for i := 0; i < len(text); {
		r, size := runeAt(text, i)
		state := f.trie.root(r)
		for at, next := i, i+size; state != 0; {
			for _, set := range f.sets.of(uint32(state)) {
				h.note(set, i, at)
			}
			if next >= len(text) {
				break
			}
			r, n := runeAt(text, next)
			state = f.trie.step(state, r)
			at, next = next, next+n
		}
		i += size
	}
}

// begin begins a text.
func (h *Hits) begin(count int) {
	h.found = h.found[:0]
	if h.round++; len(h.seen) < count || h.round == 0 {
		h.seen, h.round = make([]seen, count), 1
	}
}

// note notes a literal of a set from byte first to the character at byte last.
func (h *Hits) note(set uint32, first, last int) {
	s := &h.seen[set]
	if s.round == h.round {
		s.last = max(s.last, int32(last))
		return
	}
	*s = seen{h.round, int32(first), int32(last)}
	h.found = append(h.found, set)
}

// have reports whether the text holds the other sets of an expression too, where
// they can be before and behind the rarest.
func (h *Hits) have(need []uint32, rarest seen) bool {
	const head = 3 // the numbers in front of the sets
	before, behind := need[head:head+need[1]], need[head+need[1]:head+need[1]+need[2]]
	for _, set := range before {
		if s := &h.seen[set]; s.round != h.round || s.first > rarest.last {
			return false
		}
	}
	for _, set := range behind {
		if s := &h.seen[set]; s.round != h.round || s.last < rarest.first {
			return false
		}
	}
	return true
}
