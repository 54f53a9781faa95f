package match

import "github.com/zhijian-qa/zhijian/internal/blob"

// Save writes the filter for LoadFilter.
func (f *Filter) Save(w *blob.Writer) {
	for _, table := range f.tables() {
		w.Fixed(*table)
	}
}

// LoadFilter reads the filter that Save wrote. It is used where it lies.
func LoadFilter(r *blob.Reader) *Filter {
	f := &Filter{}
	for _, table := range f.tables() {
		*table = r.Fixed()
	}
	return f
}

func (f *Filter) tables() []*[]uint32 {
	return []*[]uint32{&f.grams.sketch, &f.grams.slots, &f.grams.sets, &f.from, &f.needs, &f.others.from, &f.others.item}
}
