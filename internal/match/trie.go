package match

import "math/bits"

// trie has the literals of a filter. Its states are numbered from 1; 0 is none. All of
// it is small enough to stay in the cache of a processor core.
type trie struct {
	first  []int32 // the state after one character of the plane where Chinese is
	far    map[rune]int32
	slots  []int32 // a hash table of the other states, by parent and character: open addressing, a power of two
	shift  int     // of a hash, for its slot
	likely []uint64
	nodes  []node // by state
}

// node is how a state is reached.
type node struct {
	parent int32
	char   rune
}

const plane = 0x10000

// likely has a bit for each hash of a step that exists. Most characters of a text do
// not go on where the one before began, and this tells in one look into 16 KB.
const likelyBits = 17

func newTrie() trie {
	t := trie{first: make([]int32, plane), far: map[rune]int32{}, likely: make([]uint64, 1<<likelyBits/64), nodes: make([]node, 1)}
	t.resize(10)
	return t
}

// trieOf is the trie of all states, by how they are reached.
func trieOf(nodes []node) trie {
	t := newTrie()
	t.nodes = nodes
	for state, n := range nodes {
		switch {
		case state == 0 || n.parent != 0:
		case n.char < plane:
			t.first[n.char] = int32(state)
		default:
			t.far[n.char] = int32(state)
		}
	}
	t.resize(bits.Len(uint(2 * len(nodes))))
	return t
}

// add makes the states of a literal and returns the last.
func (t *trie) add(literal string) int32 {
	state := int32(0)
	for _, r := range literal {
		state = t.child(state, r)
	}
	return state
}

// child is the state after one more character, made now if there is none.
func (t *trie) child(from int32, r rune) int32 {
	next := t.step
	if from == 0 {
		next = func(_ int32, r rune) int32 { return t.root(r) }
	}
	if to := next(from, r); to != 0 {
		return to
	}
	to := int32(len(t.nodes))
	t.nodes = append(t.nodes, node{from, r})
	switch {
	case from != 0:
		t.put(to)
	case r < plane:
		t.first[r] = to
	default:
		t.far[r] = to
	}
	return to
}

// root is the state after the first character, 0 if no literal begins with it.
func (t *trie) root(r rune) int32 {
	if r < plane {
		return t.first[r]
	}
	return t.far[r]
}

// step is the state after one more character, 0 if no literal goes on so.
func (t *trie) step(from int32, r rune) int32 {
	h := hash(from, r)
	if l := h >> (64 - likelyBits); t.likely[l>>6]&(1<<(l&63)) == 0 {
		return 0
	}
	for i := h >> t.shift; ; i = (i + 1) & uint64(len(t.slots)-1) {
		to := t.slots[i]
		if to == 0 || t.nodes[to] == (node{from, r}) {
			return to
		}
	}
}

func hash(from int32, r rune) uint64 { return mix(uint64(from)<<21 | uint64(r)) }

// put notes a state in the hash table, which doubles once it is half full.
func (t *trie) put(state int32) {
	if 2*len(t.nodes) > len(t.slots) {
		t.resize(64 - t.shift + 1)
		return
	}
	t.insert(state)
}

// resize makes the table anew, with 1<<size slots.
func (t *trie) resize(size int) {
	t.slots, t.shift = make([]int32, 1<<size), 64-size
	for state := range t.nodes {
		if t.nodes[state].parent != 0 {
			t.insert(int32(state))
		}
	}
}

func (t *trie) insert(state int32) {
	h := hash(t.nodes[state].parent, t.nodes[state].char)
	l := h >> (64 - likelyBits)
	t.likely[l>>6] |= 1 << (l & 63)
	i := h >> t.shift
	for t.slots[i] != 0 {
		i = (i + 1) & uint64(len(t.slots)-1)
	}
	t.slots[i] = state
}
