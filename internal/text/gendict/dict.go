package main

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/go-ego/gse"
)

// The file has four parts, every number little-endian:
//
//	costs  8,192 float32: what a word costs, log2(total frequency/its frequency);
//	       words share the few thousand different ones, number 0 is no word
//	codes  65,536 uint16: the number of each character of the basic plane,
//	       0 for those in no word, small numbers for frequent characters
//	far    128 pairs of uint32: characters beyond it, and their numbers
//	trie   uint64 slots of a double array: the parent's slot (24 bits, all set in an
//	       empty slot), the base (24 bits), the number of the cost (16 bits)
//
// A node's child for a character is in slot base XOR code. The root is slot 0.
const (
	numCosts = 1 << 13
	numCodes = 1 << 16
	numFar   = 1 << 7
)

// word is a dictionary word as the codes of its characters.
type word struct {
	codes []uint16
	cost  uint16
}

// dictionary returns the file made from the dictionary of gse.
func dictionary() ([]byte, error) {
	segmenter := gse.Segmenter{NotLoadHMM: true, SkipLog: true}
	if err := segmenter.LoadDictEmbed("zh_s"); err != nil {
		return nil, err
	}
	dict := segmenter.Dictionary()
	codes, err := number(dict.Tokens)
	if err != nil {
		return nil, err
	}
	words, costs := encode(dict, codes)
	if len(costs) > numCosts {
		return nil, fmt.Errorf("%d different costs, room for %d", len(costs), numCosts)
	}
	slots := pack(grow(words))
	return file(costs, codes, slots), nil
}

// number gives the characters of the words numbers from 1, the most frequent first:
// small numbers lie close together in the trie.
func number(tokens []gse.Token) (map[rune]uint16, error) {
	count := map[rune]int{}
	for i := range tokens {
		for _, r := range tokens[i].Text() {
			count[r]++
		}
	}
	runes := make([]rune, 0, len(count))
	for r := range count {
		runes = append(runes, r)
	}
	slices.SortFunc(runes, func(a, b rune) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	if len(runes) >= block {
		return nil, fmt.Errorf("%d different characters, room for %d", len(runes), block-1)
	}
	codes := make(map[rune]uint16, len(runes))
	for i, r := range runes {
		codes[r] = uint16(i + 1)
	}
	return codes, nil
}

// encode returns the words in the order of their codes, and the different costs.
func encode(dict *gse.Dictionary, codes map[rune]uint16) ([]word, []float32) {
	total := float32(math.Log2(dict.TotalFreq()))
	costs, seen := []float32{0}, map[float32]uint16{}
	words := make([]word, len(dict.Tokens))
	for i := range dict.Tokens {
		token := &dict.Tokens[i]
		// In gse's order of rounding, so that ties fall the same way.
		cost := total - float32(math.Log2(token.Freq()))
		if seen[cost] == 0 {
			seen[cost] = uint16(len(costs))
			costs = append(costs, cost)
		}
		words[i].cost = seen[cost]
		for _, r := range token.Text() {
			words[i].codes = append(words[i].codes, codes[r])
		}
	}
	slices.SortFunc(words, func(a, b word) int { return slices.Compare(a.codes, b.codes) })
	return words, costs
}

// file puts the parts together.
func file(costs []float32, codes map[rune]uint16, slots []uint64) []byte {
	var low [numCodes]uint16
	var far []rune
	for r, code := range codes {
		if r < numCodes {
			low[r] = code
		} else {
			far = append(far, r)
		}
	}
	slices.Sort(far)
	var b []byte
	for _, c := range append(costs, make([]float32, numCosts-len(costs))...) {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(c))
	}
	for _, code := range low {
		b = binary.LittleEndian.AppendUint16(b, code)
	}
	for _, r := range append(far, make([]rune, numFar-len(far))...) {
		b = binary.LittleEndian.AppendUint32(b, uint32(r))
		b = binary.LittleEndian.AppendUint32(b, uint32(codes[r]))
	}
	for _, s := range slots {
		b = binary.LittleEndian.AppendUint64(b, s)
	}
	return b
}
