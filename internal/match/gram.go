package match

import "math/bits"

// A gram is up to three neighbouring characters, known by a hash. A literal is looked
// for by its rarest gram, so that a text asks three questions a character whatever the
// number of literals, and most of them end with one look into a few KB.

// gram is the hash of one. Its upper bits are the best.
type gram uint32

// gramOf is the gram of a character behind two others, 0 for none.
func gramOf(second, last, r rune) gram {
	return gram(mix(uint64(second)<<42|uint64(last)<<21|uint64(r)) >> 32)
}

// bloom tells which grams a text has: it may say so of others, of one in a hundred for a
// turn of usual length.
type bloom [1 << bloomBits / 64]uint64

const bloomBits = 13

func bitOf(g gram) uint32 { return uint32(g >> (32 - bloomBits)) }

func (b *bloom) add(g gram) { i := bitOf(g); b[i>>6] |= 1 << (i & 63) }

// hasAny is 1 if the text has one of the bits, else 0.
func (b *bloom) hasAny(bits []uint32) answer {
	for _, i := range bits {
		if b[i>>6&(uint32(len(b))-1)]&(1<<(i&63)) != 0 {
			return 1
		}
	}
	return 0
}

// sketch has a bit for each hash of a gram that is looked for: most grams of a text are
// none of them, and this tells in one look into 32 KB.
type sketch [1 << sketchBits / 64]uint64

const sketchBits = 18

func (s *sketch) add(g gram) { i := g >> (32 - sketchBits); s[i>>6] |= 1 << (i & 63) }

func (s *sketch) has(g gram) bool {
	i := g >> (32 - sketchBits)
	return s[i>>6]&(1<<(i&63)) != 0
}

// grams are those that are looked for, with the sets that each stands for.
type grams struct {
	likely *sketch
	slots  []slot // a hash table: open addressing, a power of two
	shift  int    // of a gram, for its slot
	sets   []uint32
}

// slot is a gram, and where in sets its sets begin, the last of which has the bit lastOne;
// 0 where nothing is.
type slot struct {
	gram gram
	from uint32
}

const lastOne = 1 << 31

// newGrams is the table of grams, each of which must be there once, with the sets of each.
func newGrams(list []gram, sets lists) grams {
	size := bits.Len(uint(2 * len(list)))
	g := grams{likely: new(sketch), slots: make([]slot, 1<<size), shift: 32 - size, sets: make([]uint32, 1, len(sets.item)+1)}
	for i, gram := range list {
		g.likely.add(gram)
		*g.place(gram) = slot{gram, uint32(len(g.sets))}
		g.sets = append(g.sets, sets.of(uint32(i))...)
		g.sets[len(g.sets)-1] |= lastOne
	}
	return g
}

// of is where in sets the sets of a gram begin, 0 if it is not looked for.
func (g *grams) of(gram gram) uint32 { return g.place(gram).from }

// place is where a gram is, or would be.
func (g *grams) place(gram gram) *slot {
	for i := int(gram >> g.shift); ; i = (i + 1) & (len(g.slots) - 1) {
		if s := &g.slots[i]; s.gram == gram || s.from == 0 {
			return s
		}
	}
}

// rarestGram is the gram of a literal that texts have least often: of three characters,
// if it has as many.
func rarestGram(literal string) (rarest gram) {
	least := 2.0
	var second, last rune
	for _, r := range literal {
		switch c := chanceOf(second) * chanceOf(last) * chanceOf(r); {
		case second == 0:
			rarest = gramOf(0, last, r)
		case c < least:
			least, rarest = c, gramOf(second, last, r)
		}
		second, last = last, r
	}
	return rarest
}

// headOf is the gram that a literal begins with.
func headOf(literal string) gram {
	r := []rune(literal)
	return gramOfRunes(r[:min(3, len(r))])
}

// tailOf is the gram that a literal ends with.
func tailOf(literal string) gram {
	r := []rune(literal)
	return gramOfRunes(r[max(0, len(r)-3):])
}

// gramOfRunes is the gram of up to three characters.
func gramOfRunes(r []rune) gram {
	var three [3]rune
	copy(three[3-len(r):], r)
	return gramOf(three[0], three[1], three[2])
}
