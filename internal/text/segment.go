package text

import (
	_ "embed" // for the dictionary
	"encoding/binary"
	"math"
	"unicode"
	"unicode/utf8"
)

//go:generate go run ./gendict

// words is the dictionary that gendict made; the format is described there.
//
//go:embed data/words.bin
var words []byte

// The dictionary file: costs, codes, far codes and trie follow each other, every
// number in little-endian order. See gendict for what they mean.
const (
	numCosts = 1 << 13
	numCodes = 1 << 16
	numFar   = 1 << 7

	costsAt = 0
	codesAt = costsAt + 4*numCosts
	farAt   = codesAt + 2*numCodes
	trieAt  = farAt + 8*numFar
)

// Segmenter cuts text into words. The zero value is ready; one Segmenter serves one
// goroutine and keeps its buffers from call to call.
type Segmenter struct {
	units []unit
}

// unit is what a word is made of: one character, or a run of Latin letters and
// digits. It also holds the best way to cut the text that ends with it.
type unit struct {
	end  int32   // byte offset
	code uint16  // in the dictionary; latin for a run, 0 when unknown
	cost float32 // of the best way; 0 when there is none yet
	back int32   // how many units the last word of the best way has
}

// latin is the code of a run of Latin letters and digits: it has none of its own.
const latin = math.MaxUint16

// strange is the cost of a unit that is no word, as in gse.
const strange = 32

// Cut appends the byte offsets in text where words end to cut, the last of them
// len(text), and returns it. It finds the cut of the lowest cost, which is the
// boundaries that Segment of gse has with its dictionary zh_s. For invalid UTF-8
// the offsets are in order and in range.
func (s *Segmenter) Cut(text string, cut []int) []int {
	s.split(text)
	for i := range s.units {
		s.extend(text, i)
	}
	return s.collect(cut)
}

// split fills units with those of text.
func (s *Segmenter) split(text string) {
	s.units = s.units[:0]
	run := false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		joins := size <= 2 && isLatin(r)
		if joins && run {
			s.units[len(s.units)-1].end = int32(i)
			continue
		}
		u := unit{end: int32(i), code: latin}
		if !joins {
			u.code = codeOf(r)
		}
		s.units = append(s.units, u)
		run = joins
	}
}

// isLatin reports whether gse joins r, of at most two bytes, to its neighbours.
func isLatin(r rune) bool {
	if r < 0x80 {
		return isASCIIWord(r)
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// extend tries every word that begins with unit i.
func (s *Segmenter) extend(text string, i int) {
	base, start := float32(0), int32(0)
	if i > 0 {
		base, start = s.units[i-1].cost, s.units[i-1].end
	}
	at, alone := root(), false
	for j := i; j < len(s.units); j++ {
		u := &s.units[j]
		ok := false
		if u.code == latin {
			at, ok = at.run(text[start:u.end])
		} else {
			at, ok = at.next(u.code)
		}
		if !ok {
			break
		}
		if cost := at.cost(); cost > 0 {
			u.reach(base+cost, j-i+1)
			alone = alone || i == j
		}
		start = u.end
	}
	if !alone {
		s.units[i].reach(base+strange, 1)
	}
}

// reach notes a way to cut the text up to u whose last word has n units. The first
// of equals stays, as in gse.
func (u *unit) reach(cost float32, n int) {
	if u.cost == 0 || u.cost > cost {
		u.cost, u.back = cost, int32(n)
	}
}

// collect appends the ends of the words of the best way.
func (s *Segmenter) collect(cut []int) []int {
	n := 0
	for i := len(s.units); i > 0; i -= int(s.units[i-1].back) {
		n++
	}
	for range n {
		cut = append(cut, 0)
	}
	to := len(cut)
	for i := len(s.units); i > 0; i -= int(s.units[i-1].back) {
		to--
		cut[to] = int(s.units[i-1].end)
	}
	return cut
}

// node is a place in the trie: which slot, and what the slot holds.
type node struct {
	slot  uint32
	value uint64 // parent slot, 24 bits; base, 24 bits; number of the cost, 16 bits
}

// root returns the node where every word begins.
func root() node { return node{0, slot(0)} }

// slot returns what a slot of the trie holds.
func slot(i uint32) uint64 { return binary.LittleEndian.Uint64(words[trieAt+8*int(i):]) }

// next follows the edge for a character's code and reports whether there is one.
// The generator rounds the trie up, so that no code leads out of it.
func (n node) next(code uint16) (node, bool) {
	i := uint32(n.value>>16)&0xFFFFFF ^ uint32(code)
	v := slot(i)
	return node{i, v}, code != 0 && uint32(v>>40) == n.slot
}

// run follows the characters of a Latin run, in lower case.
func (n node) run(s string) (node, bool) {
	for _, r := range s {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		ok := false
		if n, ok = n.next(codeOf(r)); !ok {
			return n, false
		}
	}
	return n, true
}

// cost returns the cost of the word that ends here, 0 when none does.
func (n node) cost() float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32(words[costsAt+4*int(n.value&0xFFFF):]))
}

// codeOf returns the number of a character in the dictionary, 0 when no word has it.
func codeOf(r rune) uint16 {
	if r < numCodes {
		return binary.LittleEndian.Uint16(words[codesAt+2*int(r):])
	}
	for i := range numFar {
		pair := words[farAt+8*i:]
		if rune(binary.LittleEndian.Uint32(pair)) == r {
			return uint16(binary.LittleEndian.Uint32(pair[4:]))
		}
	}
	return 0
}
