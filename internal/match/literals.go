package match

import (
	"cmp"
	"regexp/syntax"
	"slices"
	"strings"
)

// maxLiterals bounds the set of literals that stands for one expression; a larger
// set is worth less than the scan it saves.
const maxLiterals = 256

// Need is what every match of an expression holds: of each set one literal, in this
// order. Without sets nothing is known.
type Need struct {
	Sets   [][]string
	Rarest int // the set that texts hold least often
}

// maxSets bounds how many sets are looked for.
const maxSets = 8

// NeedOf tells what every match of the expression holds.
func NeedOf(re *syntax.Regexp) Need {
	sets := literalsIn(re.Simplify()).all()
	if len(sets) == 0 {
		return Need{}
	}
	least := chance(slices.MinFunc(sets, byChance))
	sets = slices.DeleteFunc(sets, func(set []string) bool { return chance(set) == 1 })
	rarest := slices.IndexFunc(sets, func(set []string) bool { return chance(set) == least })
	if rarest < 0 {
		return Need{}
	}
	from := max(0, rarest-maxSets+1)
	n := Need{Rarest: rarest - from}
	for _, set := range sets[from:min(from+maxSets, len(sets))] {
		n.Sets = append(n.Sets, shorten(set))
	}
	return n
}

func byChance(a, b []string) int { return cmp.Compare(chance(a), chance(b)) }

// Texts lists all that an expression matches, nil where that is too much to list.
func Texts(re *syntax.Regexp) []string { return literalsIn(re.Simplify()).exact }

// longEnough is how many characters of a literal are looked at: more of them
// hardly select better, while the many long literals of one phrase share their
// beginnings. Those behind make no head, no tail and no rarest gram.
const longEnough = 8

// shorten cuts literals to their first characters and drops those that begin
// with another.
func shorten(set []string) []string {
	cut := make([]string, 0, len(set))
	for _, s := range set {
		n, end := 0, len(s)
		for i := range s {
			if n == longEnough {
				end = i
				break
			}
			n++
		}
		cut = append(cut, s[:end])
	}
	slices.Sort(cut)
	kept := cut[:0]
	for _, s := range cut {
		if len(kept) == 0 || !strings.HasPrefix(s, kept[len(kept)-1]) {
			kept = append(kept, s)
		}
	}
	return kept
}

// holds is what is known of the texts that an expression matches.
type holds struct {
	exact []string   // all the texts it matches, nil if unknown or too many
	row   [][]string // where those are not known: every match holds one of each, in this order
}

// all are the sets of which every match holds one.
func (h holds) all() [][]string {
	if h.exact != nil {
		return [][]string{h.exact}
	}
	return h.row
}

func literalsIn(re *syntax.Regexp) holds {
	switch re.Op {
	case syntax.OpLiteral:
		return holds{exact: []string{string(re.Rune)}}
	case syntax.OpCharClass:
		return holds{exact: Members(re.Rune)}
	case syntax.OpEmptyMatch, syntax.OpBeginText, syntax.OpEndText:
		return holds{exact: []string{""}}
	case syntax.OpCapture:
		return literalsIn(re.Sub[0])
	case syntax.OpQuest:
		if sub := literalsIn(re.Sub[0]); sub.exact != nil && len(sub.exact) < maxLiterals {
			return holds{exact: append([]string{""}, sub.exact...)}
		}
	case syntax.OpPlus:
		return holds{row: literalsIn(re.Sub[0]).all()}
	case syntax.OpRepeat:
		if re.Min > 0 {
			return holds{row: literalsIn(re.Sub[0]).all()}
		}
	case syntax.OpAlternate:
		return literalsInAny(re.Sub)
	case syntax.OpConcat:
		return literalsInRow(re.Sub)
	}
	return holds{}
}

// Members lists the runes of a small character class, nil of a large one.
func Members(ranges []rune) []string {
	size := 0
	for i := 0; i < len(ranges); i += 2 {
		size += int(ranges[i+1]-ranges[i]) + 1
	}
	if size > maxLiterals {
		return nil
	}
	out := make([]string, 0, size)
	for i := 0; i < len(ranges); i += 2 {
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			out = append(out, string(r))
		}
	}
	return out
}

// literalsInAny joins what the alternatives match or, where that is unknown, the
// rarest set of each.
func literalsInAny(subs []*syntax.Regexp) holds {
	exact, one := make([]string, 0, len(subs)), make([]string, 0, len(subs))
	for _, sub := range subs {
		h := literalsIn(sub)
		exact = union(exact, h.exact)
		if sets := h.all(); len(sets) > 0 {
			one = union(one, slices.MinFunc(sets, byChance))
		} else {
			one = nil
		}
	}
	if exact != nil || one == nil {
		return holds{exact: exact}
	}
	return holds{row: [][]string{one}}
}

// union adds set b to set a, in place; nil, the unknown set, stays unknown.
func union(a, b []string) []string {
	if a == nil || b == nil || len(a)+len(b) > 4*maxLiterals {
		return nil
	}
	return append(a, b...)
}

// literalsInRow multiplies neighbouring exact parts into longer literals, and lists
// what the other parts need between them.
func literalsInRow(subs []*syntax.Regexp) holds {
	exact, run := []string{""}, []string{""}
	var row [][]string
	for _, sub := range subs {
		h := literalsIn(sub)
		exact = product(exact, h.exact)
		if longer := product(run, h.exact); longer != nil {
			run = longer
			continue
		}
		row = append(row, run)
		run = []string{""}
		if h.exact != nil {
			run = h.exact
		} else {
			row = append(row, h.row...)
		}
	}
	if exact != nil {
		return holds{exact: exact}
	}
	return holds{row: append(row, run)}
}

// product appends every text of b to every text of a; nil if either is
// unknown or the result too large.
func product(a, b []string) []string {
	if a == nil || b == nil || len(a)*len(b) > maxLiterals {
		return nil
	}
	out := make([]string, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			out = append(out, x+y)
		}
	}
	return out
}
