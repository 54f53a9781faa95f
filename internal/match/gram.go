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

// grams are those that are looked for, with the sets that each stands for.
type grams struct {
	sketch []uint32 // a bit for each hash: most grams of a text are none of them, which this tells in one look into 32 KB
	slots  []uint32 // a hash table: open addressing, a power of two; slot → a gram, and where in sets its sets begin, 0 for nothing
	sets   []uint32 // the last of a gram has the bit lastOne
}

const (
	sketchBits = 18
	lastOne    = 1 << 31
)

// newGrams is the table of grams, each of which must be there once, with the sets of each.
func newGrams(list []gram, sets [][]uint32) grams {
	size := uint32(1) << bits.Len(uint(3*len(list)/2))
	sketch, slots, all := make([]uint32, 1<<sketchBits/32), make([]uint32, 2*size), []uint32{0}
	for i, g := range list {
		sketch[g>>(32-sketchBits)>>5] |= 1 << (g >> (32 - sketchBits) & 31)
		at := slotOf(g, size)
		for slots[2*at+1] != 0 {
			at = (at + 1) & (size - 1)
		}
		slots[2*at], slots[2*at+1] = uint32(g), uint32(len(all))
		all = append(all, sets[i]...)
		all[len(all)-1] |= lastOne
	}
	return grams{sketch, slots, all}
}

// slotOf is the first slot that a gram may be in, of so many: its upper bits.
func slotOf(g gram, size uint32) uint32 { return uint32(uint64(g) * uint64(size) >> 32) }

// likely reports whether a gram may be one of those.
func (s *grams) likely(g gram) bool {
	i := uint32(g >> (32 - sketchBits))
	return s.sketch[i>>5]&(1<<(i&31)) != 0
}

// of is where in sets the sets of a gram begin, 0 if it is not looked for.
func (s *grams) of(g gram) uint32 {
	size := uint32(len(s.slots) / 2)
	for i := slotOf(g, size); ; i = (i + 1) & (size - 1) {
		if from := s.slots[2*i+1]; from == 0 || s.slots[2*i] == uint32(g) {
			return from
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
