package match

import (
	"slices"

	"github.com/zhijian-qa/zhijian/internal/blob"
)

// Save writes the expression for LoadExpr, which takes a quarter of the time of Compile.
func (e *Expr) Save(w *blob.Writer) {
	if e.nfa == nil {
		w.Num(0)
		return
	}
	w.Num(uint64(len(e.nfa.inst)))
	w.Num(uint64(e.nfa.start))
	for i := range e.nfa.inst {
		w.Num(uint64(e.nfa.inst[i].does))
		for _, field := range e.nfa.inst[i].fields() {
			w.Num(uint64(*field))
		}
	}
	e.nfa.classes.save(w)
	e.nfa.saveSets(w)
}

// LoadExpr reads the expression of a source that Save wrote; nil where that breaks off. What
// else may be wrong with it a checksum must have told before.
func LoadExpr(r *blob.Reader, source func() string) *Expr {
	n := &nfa{inst: make([]inst, r.Len())}
	if len(n.inst) == 0 && !r.Broken() {
		return newExpr(nil, source)
	}
	n.start = uint32(r.Num())
	for i := range n.inst {
		n.inst[i].does = does(r.Num())
		for _, field := range n.inst[i].fields() {
			*field = uint32(r.Num())
		}
	}
	n.classes = loadClasses(r)
	n.loadSets(r)
	if r.Broken() {
		return nil
	}
	return newExpr(n, source)
}

// fields are those that the instruction uses.
func (i *inst) fields() []*uint32 {
	switch i.does {
	case reads:
		return []*uint32{&i.set, &i.out}
	case forks:
		return []*uint32{&i.out, &i.arg}
	case goesOn:
		return []*uint32{&i.out}
	}
	return nil
}

func (c *classes) save(w *blob.Writer) {
	w.Num(uint64(c.count))
	w.Num(uint64(len(c.bounds)))
	for i, b := range c.bounds {
		w.Num(uint64(b - c.bounds[max(0, i-1)]))
		w.Num(uint64(c.class[i]))
	}
}

func loadClasses(r *blob.Reader) *classes {
	c := &classes{count: int(r.Num())}
	n := r.Len()
	c.bounds, c.class = make([]rune, n), make([]uint16, n)
	from := rune(0)
	for i := range n {
		from += rune(r.Num())
		c.bounds[i], c.class[i] = from, uint16(r.Num())
	}
	if n > 0 {
		c.lay()
	}
	return c
}

// saveSets writes the classes that each set holds.
func (n *nfa) saveSets(w *blob.Writer) {
	sets := len(n.in) / n.words
	w.Num(uint64(sets))
	for set := range sets {
		var held []uint32
		for class := range n.classes.count {
			if n.takes(uint32(set), class) {
				held = append(held, uint32(class))
			}
		}
		w.Nums(held)
	}
}

func (n *nfa) loadSets(r *blob.Reader) {
	n.words = (n.classes.count + 63) / 64
	n.in = make([]uint64, r.Len()*n.words)
	for in := range slices.Chunk(n.in, max(1, n.words)) {
		for range r.Len() {
			class := r.Num()
			in[class>>6] |= 1 << (class & 63)
		}
	}
}
