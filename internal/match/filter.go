package match

// Filter finds in one pass over a text which expressions could match it, by the
// literals that each of them needs: it reports all that do, and few others.
//
// Each literal is looked for by its rarest gram alone, which takes a tenth of the memory
// that the literals do, so that it stays near the processor. Sets are shared: many
// expressions need one of 您 and 你, and it is looked for once. Only the rarest set of an
// expression is looked for in the text; whether the text has its other sets is asked
// where it has that, and answered by the grams of the text.
type Filter struct {
	grams  grams
	needs  []uint32 // of a set: how many expressions have it as the rarest; of each how many other sets it needs, its number, and those sets
	from   []uint32 // set → where in needs
	others lists    // of the sets that are not the rarest: set → the bits of its grams
}

// lists are many short lists of numbers in two arrays: the lists of a large pack as
// slices of their own would not fit into the cache of a processor core.
type lists struct {
	from []uint32 // list → its first item; the next list's is the end
	item []uint32
}

func (l *lists) of(i uint32) []uint32 { return l.item[l.from[i]:l.from[i+1]] }

func (l *lists) len() int { return len(l.from) - 1 }

// newLists packs lists.
func newLists(all [][]uint32) lists {
	from, item := make([]uint32, 0, len(all)+1), []uint32(nil)
	for _, list := range all {
		from = append(from, uint32(len(item)))
		item = append(item, list...)
	}
	return lists{append(from, uint32(len(item))), item}
}

// Hit says that a text holds what an expression needs: where the first gram of its
// rarest set begins, and where the last character of the last one does, as bytes.
type Hit struct {
	Expr        int32
	First, Last int32
}

// Hits are those of one text after another. The zero value is ready; it serves one
// goroutine and one filter, and keeps its memory.
type Hits struct {
	seen  []seen // by rarest set
	found []uint32
	has   []answer // by other set
	round uint32
	text  bloom
}

// seen is where a text holds literals of a set: nowhere, unless round is that of the text.
type seen struct {
	round       uint32
	first, last int32
}

// answer is whether a text has a set: twice the round of the text, and 1 more if so.
type answer uint32

// Scan appends the hits of a text, of less than 2 GiB, in no order: those of the
// expressions that wanted has a bit for, all if it is nil.
func (f *Filter) Scan(text string, wanted []uint64, h *Hits, to []Hit) []Hit {
	h.begin(f)
	f.look(text, h)
	for _, set := range h.found {
		needs := f.needs[f.from[set]:]
		for range needs[0] {
			n := needs[1]
			expr, others := needs[2], needs[3:3+n]
			if (wanted == nil || wanted[expr>>6]&(1<<(expr&63)) != 0) && f.has(others, h) {
				at := &h.seen[set]
				to = append(to, Hit{int32(expr), at.first, at.last})
			}
			needs = needs[2+n:]
		}
	}
	return to
}

// begin begins a text.
func (h *Hits) begin(f *Filter) {
	h.found = h.found[:0]
	h.text = bloom{}
	if h.round++; h.seen == nil || h.round == 1<<31 {
		h.seen, h.has, h.round = make([]seen, len(f.from)), make([]answer, f.others.len()), 1
	}
}

// look notes the grams of a text, and the rarest sets that they stand for.
func (f *Filter) look(text string, h *Hits) {
	var last, second rune // the two characters before, and where they are
	var lastAt, secondAt int
	for i := 0; i < len(text); {
		r, size := runeAt(text, i)
		f.lookFor(gramOf(0, 0, r), i, i, h)
		if last != 0 {
			f.lookFor(gramOf(0, last, r), lastAt, i, h)
		}
		if second != 0 {
			f.lookFor(gramOf(second, last, r), secondAt, i, h)
		}
		second, secondAt, last, lastAt = last, lastAt, r, i
		i += size
	}
}

// lookFor notes a gram that begins at byte first and whose last character is at byte last.
func (f *Filter) lookFor(g gram, first, last int, h *Hits) {
	h.text.add(g)
	if !f.grams.likely(g) {
		return
	}
	for i := f.grams.of(g); i != 0; i++ {
		set := f.grams.sets[i]
		h.note(set&^lastOne, first, last)
		if set&lastOne != 0 {
			return
		}
	}
}

// note notes a gram of a set.
func (h *Hits) note(set uint32, first, last int) {
	s := &h.seen[set]
	if s.round == h.round {
		s.first, s.last = min(s.first, int32(first)), max(s.last, int32(last))
		return
	}
	*s = seen{h.round, int32(first), int32(last)}
	h.found = append(h.found, set)
}

// has reports whether the text could have one literal of each of some sets.
func (f *Filter) has(sets []uint32, h *Hits) bool {
	for _, set := range sets {
		a := &h.has[set]
		if uint32(*a>>1) != h.round {
			*a = answer(h.round<<1) | h.text.hasAny(f.others.of(set))
		}
		if *a&1 == 0 {
			return false
		}
	}
	return true
}
