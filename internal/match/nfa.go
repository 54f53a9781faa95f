package match

import (
	"math/bits"
	"regexp/syntax"
	"slices"
	"unicode/utf8"
)

// nfa is an expression as a program, with the characters sorted into classes: all
// characters of a class are the same to every instruction.
type nfa struct {
	inst    []inst
	start   uint32
	classes *classes
	in      []uint64 // set × class, a bit each: whether the set holds the class
	words   int      // of in for a set
}

// inst is an instruction of a program.
type inst struct {
	does     does
	set      uint32 // of the characters that it reads
	out, arg uint32 // where it leads, and where else
}

// does is what an instruction does.
type does uint8

const (
	fails does = iota
	matches
	forks  // leads to two places
	goesOn // leads to one, and reads nothing
	reads  // a character
)

// newNFA reads a program; ok is false where it asks for more than characters.
func newNFA(p *syntax.Prog) (n *nfa, ok bool) {
	n = &nfa{inst: make([]inst, len(p.Inst)), start: uint32(p.Start)}
	var sets [][]rune // each once: most instructions read one of few characters
	one, many := map[rune]int{}, map[string]int{}
	for i := range p.Inst {
		set, ok := runesOf(&p.Inst[i])
		to := &n.inst[i]
		*to = inst{does: doesOf(p.Inst[i].Op), out: p.Inst[i].Out}
		if to.does == forks {
			to.arg = p.Inst[i].Arg
		}
		switch {
		case !ok:
			return nil, false
		case set == nil:
		case len(set) == 2 && set[0] == set[1]:
			to.set = uint32(numbered(one, set[0], set, &sets))
		default:
			to.set = uint32(numbered(many, string(set), set, &sets))
		}
	}
	n.classes = newClasses(sets)
	n.words = (n.classes.count + 63) / 64
	n.in = make([]uint64, len(sets)*n.words)
	for i, set := range sets {
		n.classes.eachIn(set, func(b int) {
			c := n.classes.class[b]
			n.in[i*n.words+int(c>>6)] |= 1 << (c & 63)
		})
	}
	return n, true
}

func doesOf(op syntax.InstOp) does {
	switch op {
	case syntax.InstMatch:
		return matches
	case syntax.InstAlt, syntax.InstAltMatch:
		return forks
	case syntax.InstCapture, syntax.InstNop:
		return goesOn
	case syntax.InstFail:
		return fails
	}
	return reads
}

// takes reports whether a set holds a class.
func (n *nfa) takes(set uint32, class int) bool {
	return n.in[int(set)*n.words+class>>6]&(1<<(class&63)) != 0
}

// firsts are the characters that a match may begin with, and some others.
type firsts struct {
	ascii [2]uint64
	hash  [4]uint64 // of others
}

func (f *firsts) has(r rune) bool {
	if r < utf8.RuneSelf {
		return f.ascii[r>>6]&(1<<(r&63)) != 0
	}
	h := mix(uint64(r)) >> 56
	return f.hash[h>>6]&(1<<(h&63)) != 0
}

// firsts are those of the program. open says that most characters are among them: those
// that it does not name, or all because nothing is a match.
func (n *nfa) firsts() (f firsts, open bool) {
	sets, empty := n.beginnings()
	takes := func(class int) bool {
		return slices.ContainsFunc(sets, func(set uint32) bool { return n.takes(set, class) })
	}
	if empty || n.classes.rest < 0 || takes(int(n.classes.rest)) {
		return firsts{[2]uint64{^uint64(0), ^uint64(0)}, [4]uint64{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}}, true
	}
	for r, class := range n.classes.ascii {
		if takes(int(class)) {
			f.ascii[r>>6] |= 1 << (r & 63)
		}
	}
	n.classes.eachNamed(func(r rune, class uint16) {
		if takes(int(class)) {
			h := mix(uint64(r)) >> 56
			f.hash[h>>6] |= 1 << (h & 63)
		}
	})
	return f, false
}

// beginnings are the sets of characters that a match may begin with, and whether it may be
// empty.
func (n *nfa) beginnings() (sets []uint32, empty bool) {
	seen := make([]bool, len(n.inst))
	var visit func(pc uint32)
	visit = func(pc uint32) {
		if seen[pc] {
			return
		}
		seen[pc] = true
		switch i := &n.inst[pc]; i.does {
		case forks:
			visit(i.arg)
			visit(i.out)
		case goesOn:
			visit(i.out)
		case reads:
			sets = append(sets, i.set)
		case matches:
			empty = true
		}
	}
	visit(n.start)
	return sets, empty
}

// numbered is the number of a set of characters, known by key.
func numbered[K comparable](known map[K]int, key K, set []rune, sets *[][]rune) int {
	i, ok := known[key]
	if !ok {
		i = len(*sets)
		known[key] = i
		*sets = append(*sets, set)
	}
	return i
}

// runesOf lists the ranges of characters that an instruction reads, nil if it reads
// none. ok is false where it looks at more than the character.
func runesOf(i *syntax.Inst) (ranges []rune, ok bool) {
	switch i.Op {
	case syntax.InstRuneAny:
		return []rune{0, utf8.MaxRune}, true
	case syntax.InstRuneAnyNotNL:
		return []rune{0, '\n' - 1, '\n' + 1, utf8.MaxRune}, true
	case syntax.InstRune1, syntax.InstRune:
		if syntax.Flags(i.Arg)&syntax.FoldCase != 0 {
			return nil, false
		}
		if len(i.Rune) == 1 {
			return []rune{i.Rune[0], i.Rune[0]}, true
		}
		return i.Rune, true
	}
	return nil, i.Op != syntax.InstEmptyWidth
}

// classes tells the class of each character. An expression names some dozens of
// characters, which a small hash table holds, and all others are of one or two
// classes: so it is small enough for those of a whole pack to stay in the cache.
type classes struct {
	bounds []rune   // where another class begins, in order, from 0 on
	class  []uint16 // of the characters from that bound to the next
	count  int

	named []named // open addressing, a power of two; char 0 in an empty slot
	shift int
	rest  int32     // the class of all that are not named, -1 if there are several
	mask  [4]uint64 // a bit for the hash of each named character: most of a text are not named
	ascii [128]uint16
	wide  []int // the stretches that are not in the table, neighbours of one class as one: indices of bounds
}

// named is a character of the table with its class.
type named struct{ char, class uint16 }

// short is the longest stretch that goes into the table character by character.
const short = 16

// newClasses sorts the characters by the sets that they are in.
func newClasses(sets [][]rune) *classes {
	c := &classes{bounds: []rune{0}}
	for _, set := range sets {
		for i := 0; i < len(set); i += 2 {
			c.bounds = append(c.bounds, set[i])
			if set[i+1] < utf8.MaxRune { // behind it is no character, and so no class of its own
				c.bounds = append(c.bounds, set[i+1]+1)
			}
		}
	}
	slices.Sort(c.bounds)
	c.bounds = slices.Compact(c.bounds)
	c.number(sets)
	c.lay()
	return c
}

// number gives stretches between two bounds the same class where the same sets hold
// them: where the numbers of those sets mix to the same hash.
func (c *classes) number(sets [][]rune) {
	held := make([]uint64, len(c.bounds))
	for i, set := range sets {
		c.eachIn(set, func(b int) { held[b] = mix(held[b] ^ uint64(i+1)) })
	}
	known := make(map[uint64]uint16, len(held))
	c.class = make([]uint16, len(c.bounds))
	for b, key := range held {
		n, ok := known[key]
		if !ok {
			n = uint16(len(known))
			known[key] = n
		}
		c.class[b] = n
	}
	c.count = len(known)
}

// eachIn calls do for the stretches that a set holds.
func (c *classes) eachIn(set []rune, do func(bound int)) {
	for i := 0; i < len(set); i += 2 {
		b, _ := slices.BinarySearch(c.bounds, set[i])
		for ; b < len(c.bounds) && c.bounds[b] <= set[i+1]; b++ {
			do(b)
		}
	}
}

// lay fills the tables.
func (c *classes) lay() {
	for r := range c.ascii {
		c.ascii[r] = c.find(rune(r))
	}
	size := 2
	c.eachNamed(func(rune, uint16) { size++ })
	c.shift = 64 - bits.Len(uint(2*size))
	c.named = make([]named, 1<<(64-c.shift))
	c.rest = -1
	if len(c.wide) == 1 {
		c.rest = int32(c.class[c.wide[0]])
	}
	c.eachNamed(func(r rune, class uint16) {
		h := mix(uint64(r)) >> 56
		c.mask[h>>6] |= 1 << (h & 63)
		i := c.slot(r)
		for c.named[i].char != 0 {
			i = (i + 1) & uint64(len(c.named)-1)
		}
		c.named[i] = named{uint16(r), class}
	})
}

// eachNamed calls do for the characters beyond ASCII that stand in short stretches, and
// notes the others in wide.
func (c *classes) eachNamed(do func(rune, uint16)) {
	c.wide = c.wide[:0]
	for b, from := range c.bounds {
		end := rune(utf8.MaxRune + 1)
		if b+1 < len(c.bounds) {
			end = c.bounds[b+1]
		}
		if end-from > short || end > plane {
			if n := len(c.wide); n == 0 || c.class[c.wide[n-1]] != c.class[b] {
				c.wide = append(c.wide, b)
			}
			continue
		}
		for r := max(from, utf8.RuneSelf); r < end; r++ {
			do(r, c.class[b])
		}
	}
}

// plane is behind the characters of the plane where Chinese is.
const plane = 0x10000

func (c *classes) slot(r rune) uint64 { return mix(uint64(r)) >> c.shift }

// mix is Fibonacci hashing: the upper bits are the good ones.
func mix(n uint64) uint64 { return n * 0x9E3779B97F4A7C15 }

// of returns the class of a character.
func (c *classes) of(r rune) uint16 {
	if r < utf8.RuneSelf {
		return c.ascii[r]
	}
	if h := mix(uint64(r)) >> 56; c.rest >= 0 && c.mask[h>>6]&(1<<(h&63)) == 0 {
		return uint16(c.rest)
	}
	if r < plane {
		for i := c.slot(r); ; i = (i + 1) & uint64(len(c.named)-1) {
			switch n := c.named[i]; n.char {
			case uint16(r):
				return n.class
			case 0:
				return c.other(r)
			}
		}
	}
	return c.other(r)
}

// other is the class of a character that is not in the table.
func (c *classes) other(r rune) uint16 {
	w := len(c.wide) - 1
	for w > 0 && c.bounds[c.wide[w]] > r {
		w--
	}
	return c.class[c.wide[w]]
}

// find is of without the tables.
func (c *classes) find(r rune) uint16 {
	b, exact := slices.BinarySearch(c.bounds, r)
	if !exact {
		b--
	}
	return c.class[b]
}
