package rule

import (
	"regexp/syntax"
	"strings"
)

// stretch says how far a match of a phrase can stretch. Most phrases stay within
// a clause, so they need be run only on the clauses that hold one of their
// literals, which is most of what a large pack costs.
type stretch byte

const (
	inTurn     stretch = iota // anywhere
	inSentence                // it may cross a comma
	inClause                  // it takes breaks only as the clause edges ^ and $
)

// breaks reports whether no match of the stretch holds b, except at its ends.
func (s stretch) breaks(b byte) bool {
	switch b {
	case '.', '?', '!', edge[0]:
		return s != inTurn
	case ',':
		return s == inClause
	}
	return false
}

// stretchOf tells how far a match of an expression can stretch. first and last
// say whether the expression stands at the start and end of the whole pattern,
// where an edge is no crossing.
func stretchOf(re *syntax.Regexp, first, last bool) stretch {
	switch re.Op {
	case syntax.OpLiteral:
		return crossing(func(r rune) bool { return strings.ContainsRune(string(re.Rune), r) })
	case syntax.OpCharClass:
		if (first || last) && isEdgeClass(re.Rune) {
			return inClause
		}
		return crossing(func(r rune) bool { return inRanges(re.Rune, r) })
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return inTurn
	case syntax.OpConcat:
		far := inClause
		for i, sub := range re.Sub {
			far = min(far, stretchOf(sub, first && i == 0, last && i == len(re.Sub)-1))
		}
		return far
	case syntax.OpStar, syntax.OpPlus, syntax.OpRepeat:
		return stretchOf(re.Sub[0], false, false) // an edge that repeats crosses
	}
	far := inClause
	for _, sub := range re.Sub {
		far = min(far, stretchOf(sub, first, last))
	}
	return far
}

// crossing is the stretch of something that matches the characters that has tells.
// The edge counts for nothing: it stands only at the ends of a text.
func crossing(has func(rune) bool) stretch {
	switch {
	case has('.'), has('?'), has('!'):
		return inTurn
	case has(','):
		return inSentence
	}
	return inClause
}

// isEdgeClass reports whether a class is what ^ and $ stand for.
func isEdgeClass(ranges []rune) bool {
	for i := 0; i < len(ranges); i += 2 {
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			if r > '~' || !isEdge(byte(r)) {
				return false
			}
		}
	}
	return len(ranges) > 0
}

func inRanges(ranges []rune, r rune) bool {
	for i := 0; i < len(ranges); i += 2 {
		if ranges[i] <= r && r <= ranges[i+1] {
			return true
		}
	}
	return false
}

// window is the part of a framed text that a match of the given stretch lies in,
// if it holds the byte at offset at: from the break before to the break behind,
// both included.
func window(framed string, at int, s stretch) (from, to int) {
	if s == inTurn {
		return 0, len(framed)
	}
	for from = max(0, at-1); from > 0 && (framed[from] > '?' || !s.breaks(framed[from])); from-- {
	}
	for to = at; to < len(framed) && (framed[to] > '?' || !s.breaks(framed[to])); to++ {
	}
	return from, min(to+1, len(framed))
}
