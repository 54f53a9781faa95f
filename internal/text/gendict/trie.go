package main

import (
	"cmp"
	"slices"
)

// vertex is a node of the trie before it has a slot.
type vertex struct {
	codes    []uint16 // of the edges to the children
	children []int    // their numbers
	cost     uint16
	slot     uint32
	base     uint32
}

// grow makes the trie of words, which are in order. The root is number 0.
func grow(words []word) []vertex {
	tree := []vertex{{}}
	type part struct{ node, lo, hi, depth int }
	for todo := []part{{0, 0, len(words), 0}}; len(todo) > 0; {
		p := todo[0]
		todo = todo[1:]
		for lo := p.lo; lo < p.hi; {
			if len(words[lo].codes) == p.depth {
				tree[p.node].cost = words[lo].cost
				lo++
				continue
			}
			code, hi := words[lo].codes[p.depth], lo
			for hi < p.hi && words[hi].codes[p.depth] == code {
				hi++
			}
			child := len(tree)
			tree = append(tree, vertex{})
			tree[p.node].codes = append(tree[p.node].codes, code)
			tree[p.node].children = append(tree[p.node].children, child)
			todo = append(todo, part{child, lo, hi, p.depth + 1})
			lo = hi
		}
	}
	return tree
}

// pack gives every vertex a slot and returns the slots. Large families go first:
// they need most room, and those of one child fit anywhere.
func pack(tree []vertex) []uint64 {
	order := make([]int, 0, len(tree))
	for i := range tree {
		if len(tree[i].children) > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(len(tree[b].children), len(tree[a].children))
	})
	room := slots{used: make([]bool, block)}
	room.used[0] = true // the root
	for _, i := range order {
		v := &tree[i]
		v.base = room.find(v.codes)
		for j, child := range v.children {
			tree[child].slot = v.base ^ uint32(v.codes[j])
			room.used[tree[child].slot] = true
		}
	}
	return room.fill(tree)
}

// block is how many slots are added at a time. It is a power of two above every
// code, so that base XOR code never leaves the array.
const block = 1 << 14

// slots knows which slots are taken.
type slots struct {
	used []bool
	size int // of the family placed last
	from int // where it found its place
}

// find returns a base under which all codes have free slots. A family looks from
// where the last one of its size was placed: what lies before was tried in vain.
func (s *slots) find(codes []uint16) uint32 {
	if len(codes) != s.size {
		s.size, s.from = len(codes), 0
	}
	for ; ; s.from++ {
		if s.from == len(s.used) {
			s.used = append(s.used, make([]bool, block)...)
		}
		base := uint32(s.from) ^ uint32(codes[0])
		if !s.used[s.from] && s.fits(base, codes) {
			return base
		}
	}
}

// none is the parent that marks an empty slot in the file.
const none = 0xFFFFFF

// fits reports whether all codes have free slots under base.
func (s *slots) fits(base uint32, codes []uint16) bool {
	for _, c := range codes {
		if s.used[base^uint32(c)] {
			return false
		}
	}
	return true
}

// fill returns the slots as they go into the file.
func (s *slots) fill(tree []vertex) []uint64 {
	out := make([]uint64, len(s.used))
	for i := range out {
		out[i] = none << 40
	}
	for i := range tree {
		v := &tree[i]
		out[v.slot] |= uint64(v.base)<<16 | uint64(v.cost)
		for _, child := range v.children {
			slot := tree[child].slot
			out[slot] = uint64(v.slot)<<40 | out[slot]&(1<<40-1)
		}
	}
	return out
}
