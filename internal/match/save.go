package match

import "github.com/zhijian-qa/zhijian/internal/blob"

// Save writes the filter for LoadFilter.
func (f *Filter) Save(w *blob.Writer) {
	parents, chars := make([]uint32, 0, len(f.trie.nodes)), make([]uint32, 0, len(f.trie.nodes))
	for i, n := range f.trie.nodes {
		parents = append(parents, uint32(int32(i)-n.parent)) // states are near their parents
		chars = append(chars, uint32(n.char))
	}
	w.Nums(parents)
	w.Nums(chars)
	f.sets.save(w)
	f.rare.save(w)
	w.Nums(f.needs)
	w.Num(uint64(f.count))
}

// LoadFilter reads the filter that Save wrote.
func LoadFilter(r *blob.Reader) *Filter {
	f := &Filter{}
	parents, chars := r.Nums(), r.Nums()
	nodes := make([]node, min(len(parents), len(chars)))
	for i := range nodes {
		nodes[i] = node{int32(i) - int32(parents[i]), rune(chars[i])}
	}
	f.trie = trieOf(nodes)
	f.sets, f.rare = loadLists(r), loadLists(r)
	f.needs = r.Nums()
	f.count = int(r.Num())
	return f
}

func (l *lists) save(w *blob.Writer) {
	lengths := make([]uint32, len(l.from)-1)
	for i := range lengths {
		lengths[i] = l.from[i+1] - l.from[i]
	}
	w.Nums(lengths)
	w.Nums(l.item)
}

func loadLists(r *blob.Reader) (l lists) {
	lengths := r.Nums()
	l.from, l.item = make([]uint32, len(lengths)+1), r.Nums()
	for i, n := range lengths {
		l.from[i+1] = l.from[i] + n
	}
	return l
}
