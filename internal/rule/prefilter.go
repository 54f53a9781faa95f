package rule

// prefilter finds in one pass over a text which phrases could match it: an
// Aho–Corasick automaton over the literals of all phrases of a pack.
type prefilter struct {
	next  map[uint64]int32 // state and rune → state; only the trie's own edges
	fail  []int32          // state → the longest proper suffix that is a state
	found [][]int32        // state → phrases with a literal that ends here
	seen  []int32          // state → the nearest state on its chain of suffixes with a literal, itself included; 0 if none
	first map[rune]int32   // the root's edges
}

func stateEdge(state int32, r rune) uint64 { return uint64(state)<<32 | uint64(uint32(r)) }

// newPrefilter builds the automaton. Phrases are known by their index.
func newPrefilter(phrases []*phrase) *prefilter {
	size := 1
	for _, p := range phrases {
		for _, literal := range p.literals {
			size += len(literal) / 3 // mostly Han, three bytes each; neighbours share some
		}
	}
	f := &prefilter{next: make(map[uint64]int32, size), first: map[rune]int32{}}
	f.fail = append(make([]int32, 0, size), 0)
	f.found = append(make([][]int32, 0, size), nil)
	for i, p := range phrases {
		for _, literal := range p.literals {
			f.add(literal, int32(i))
		}
	}
	f.link()
	return f
}

func (f *prefilter) add(literal string, phrase int32) {
	state := int32(0)
	for _, r := range literal {
		to, ok := f.next[stateEdge(state, r)]
		if !ok {
			to = int32(len(f.fail))
			f.next[stateEdge(state, r)] = to
			f.fail = append(f.fail, 0)
			f.found = append(f.found, nil)
			if state == 0 {
				f.first[r] = to
			}
		}
		state = to
	}
	f.found[state] = append(f.found[state], phrase)
}

// link sets the failure links. States are numbered parents first, but not
// breadth first, so edges are visited by depth.
func (f *prefilter) link() {
	children := make([][]uint64, len(f.fail))
	for e := range f.next {
		children[e>>32] = append(children[e>>32], e)
	}
	f.seen = make([]int32, len(f.fail))
	queue := []int32{0}
	for len(queue) > 0 {
		state := queue[0]
		queue = queue[1:]
		for _, e := range children[state] {
			to := f.next[e]
			if state != 0 {
				f.fail[to] = f.step(f.fail[state], rune(uint32(e)))
			}
			f.seen[to] = f.seen[f.fail[to]]
			if len(f.found[to]) > 0 {
				f.seen[to] = to
			}
			queue = append(queue, to)
		}
	}
}

func (f *prefilter) step(state int32, r rune) int32 {
	for state != 0 {
		if to, ok := f.next[stateEdge(state, r)]; ok {
			return to
		}
		state = f.fail[state]
	}
	return f.first[r]
}

// scan calls hit for every phrase with a literal in the text, possibly more
// than once.
func (f *prefilter) scan(text string, hit func(phrase int32)) {
	state := int32(0)
	for _, r := range text {
		state = f.step(state, r)
		for s := f.seen[state]; s != 0; s = f.seen[f.fail[s]] {
			for _, p := range f.found[s] {
				hit(p)
			}
		}
	}
}
