package rule

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxLiterals bounds the set of literals that stands for one phrase; a larger
// set is worth less than the scan it saves.
const maxLiterals = 64

// literalsOf returns strings of which every match of the expression holds at
// least one, the most selective such set it finds, or nil if there is none.
func literalsOf(re *syntax.Regexp) []string { return shorten(literalsIn(re).best) }

// longEnough is how many characters of a literal are looked for: more of them
// hardly select better, while the many long literals of one phrase share their
// beginnings.
const longEnough = 3

// shorten cuts literals to their first characters and drops those that begin
// with another.
func shorten(set []string) []string {
	if len(set) == 0 {
		return nil
	}
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
	exact []string // all the texts it matches, nil if unknown or too many
	best  []string // every match holds one of these, nil if unknown
}

func literalsIn(re *syntax.Regexp) holds {
	switch re.Op {
	case syntax.OpLiteral:
		return exactly([]string{string(re.Rune)})
	case syntax.OpCharClass:
		return exactly(classMembers(re.Rune))
	case syntax.OpEmptyMatch, syntax.OpBeginText, syntax.OpEndText:
		return holds{exact: []string{""}}
	case syntax.OpCapture:
		return literalsIn(re.Sub[0])
	case syntax.OpQuest:
		if sub := literalsIn(re.Sub[0]); sub.exact != nil && len(sub.exact) < maxLiterals {
			return holds{exact: append([]string{""}, sub.exact...)}
		}
	case syntax.OpPlus:
		return holds{best: literalsIn(re.Sub[0]).best}
	case syntax.OpRepeat:
		if re.Min > 0 {
			return holds{best: literalsIn(re.Sub[0]).best}
		}
	case syntax.OpAlternate:
		return literalsInAny(re.Sub)
	case syntax.OpConcat:
		return literalsInRow(re.Sub)
	}
	return holds{}
}

// exactly is what holds for an expression that matches just these texts.
func exactly(set []string) holds {
	h := holds{exact: set}
	if selectivity(set) > 0 {
		h.best = set
	}
	return h
}

// classMembers lists the runes of a small character class, nil of a large one.
func classMembers(ranges []rune) []string {
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

func literalsInAny(subs []*syntax.Regexp) holds {
	all := holds{exact: make([]string, 0, len(subs)), best: make([]string, 0, len(subs))}
	for _, sub := range subs {
		h := literalsIn(sub)
		all.exact = union(all.exact, h.exact)
		all.best = union(all.best, h.best)
	}
	return all
}

// union adds set b to set a, in place; nil, the unknown set, stays unknown.
func union(a, b []string) []string {
	if a == nil || b == nil || len(a)+len(b) > 4*maxLiterals {
		return nil
	}
	return append(a, b...)
}

// literalsInRow multiplies neighbouring exact parts into longer literals and
// keeps the best set seen anywhere in the row.
func literalsInRow(subs []*syntax.Regexp) holds {
	out := holds{exact: []string{""}}
	run := []string{""}
	for _, sub := range subs {
		h := literalsIn(sub)
		out.exact = product(out.exact, h.exact)
		if longer := product(run, h.exact); longer != nil {
			run = longer
		} else {
			out.best = better(out.best, run)
			out.best = better(out.best, h.best)
			run = []string{""}
			if h.exact != nil {
				run = h.exact
			}
		}
	}
	out.best = better(out.best, run)
	return out
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

// better returns the more selective of two sets.
func better(a, b []string) []string {
	if selectivity(b) > selectivity(a) {
		return b
	}
	return a
}

// selectivity grows with the length of the shortest literal, mostly from one
// character to two, and with fewer of them; 0 means that the set selects nothing.
func selectivity(set []string) int {
	if len(set) == 0 {
		return 0
	}
	shortest := utf8.RuneCountInString(set[0])
	for _, s := range set[1:] {
		shortest = min(shortest, utf8.RuneCountInString(s))
	}
	if shortest == 0 || onlyEdges(set) {
		return 0
	}
	return max(1, 1000*min(shortest, 2)+50*min(shortest, 4)-12*len(set))
}

// onlyEdges reports whether a literal of the set is nothing but clause edges,
// which nearly every turn has.
func onlyEdges(set []string) bool {
	for _, s := range set {
		if len(s) == 1 && isEdge(s[0]) {
			return true
		}
	}
	return false
}
