package match

import "github.com/zhijian-qa/zhijian/internal/blob"

// Save writes the filter for LoadFilter.
func (f *Filter) Save(w *blob.Writer) {
	w.Nums(numbers(f.list))
	f.sets.save(w)
	w.Nums(f.from)
	w.Nums(f.needs)
	f.others.save(w)
}

// LoadFilter reads the filter that Save wrote.
func LoadFilter(r *blob.Reader) *Filter {
	f := &Filter{list: gramsOf(r.Nums()), sets: loadLists(r), from: r.Nums(), needs: r.Nums(), others: loadLists(r)}
	f.grams = newGrams(f.list, f.sets)
	return f
}

func numbers(list []gram) []uint32 {
	out := make([]uint32, len(list))
	for i, g := range list {
		out[i] = uint32(g)
	}
	return out
}

func gramsOf(list []uint32) []gram {
	out := make([]gram, len(list))
	for i, n := range list {
		out[i] = gram(n)
	}
	return out
}

func (l *lists) save(w *blob.Writer) {
	lengths := make([]uint32, l.len())
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
