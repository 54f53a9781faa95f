package match

import (
	"cmp"
	"fmt"
	"slices"
)

// filterMaker is a filter on its way.
type filterMaker struct {
	number  map[gram]uint32
	list    []gram
	rarests map[string]uint32 // rarest sets
	sets    [][]uint32        // by gram
	rarest  [][]uint32        // by set: how many expressions, and their needs
	known   map[string]uint32 // other sets
	bits    [][]uint32        // by other set
}

// NewFilter makes a filter of what expressions need; they are known by their index.
func NewFilter(needs []Need) *Filter {
	m := filterMaker{number: map[gram]uint32{}, rarests: map[string]uint32{}, known: map[string]uint32{}}
	for i, n := range needs {
		if len(n.Sets) > 0 {
			m.add(uint32(i), n)
		}
	}
	rarest := newLists(m.rarest)
	return &Filter{grams: newGrams(m.list, m.sets), from: rarest.from[:len(m.rarest)], needs: rarest.item, others: newLists(m.bits)}
}

// add notes an expression: how many sets it needs besides the rarest, its number, and those
// sets. A text with a literal has its head and its tail too, so these are sets as well.
func (m *filterMaker) add(expr uint32, n Need) {
	rarest := gramsIn(n.Sets[n.Rarest], rarestGram)
	var others [][]gram
	for _, set := range n.Sets {
		for _, part := range []func(string) gram{rarestGram, headOf, tailOf} {
			if list := gramsIn(set, part); len(list) <= fewGrams && !slices.Equal(list, rarest) {
				others = append(others, list)
			}
		}
	}
	slices.SortFunc(others, func(a, b []gram) int { return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b)) }) // those that few texts have are asked for first
	others = slices.CompactFunc(others, slices.Equal)
	to := &m.rarest[m.rarestSet(rarest)]
	(*to)[0]++
	*to = append(*to, uint32(len(others)), expr)
	for _, list := range others {
		*to = append(*to, m.otherSet(list))
	}
}

// fewGrams is how many grams a set may have that is asked for: of more, a text has one
// most of the time, and it takes long to find out.
const fewGrams = 24

// rarestSet returns the number of a set that is looked for.
func (m *filterMaker) rarestSet(list []gram) uint32 {
	id, isNew := numberOf(m.rarests, list)
	if isNew {
		m.rarest = append(m.rarest, []uint32{0})
		for _, g := range list {
			n := m.numberOfGram(g)
			m.sets[n] = append(m.sets[n], id)
		}
	}
	return id
}

// otherSet returns the number of a set that is asked for.
func (m *filterMaker) otherSet(list []gram) uint32 {
	id, isNew := numberOf(m.known, list)
	if isNew {
		places := make([]uint32, len(list))
		for i, g := range list {
			places[i] = bitOf(g)
		}
		m.bits = append(m.bits, places)
	}
	return id
}

// gramsIn are a part of each of some literals, each once and in order.
func gramsIn(literals []string, part func(string) gram) []gram {
	list := make([]gram, len(literals))
	for i, l := range literals {
		list[i] = part(l)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// numberOf returns the number of a set of grams, and whether it is new.
func numberOf(known map[string]uint32, set []gram) (id uint32, isNew bool) {
	key := fmt.Sprint(set)
	id, old := known[key]
	if !old {
		id = uint32(len(known))
		known[key] = id
	}
	return id, !old
}

// numberOfGram returns the number of a gram.
func (m *filterMaker) numberOfGram(g gram) uint32 {
	if n, known := m.number[g]; known {
		return n
	}
	n := uint32(len(m.sets))
	m.number[g] = n
	m.list = append(m.list, g)
	m.sets = append(m.sets, nil)
	return n
}
