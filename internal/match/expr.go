// Package match runs the expressions of packs over texts, many times faster than
// package regexp does: as automata whose states are made when a text first needs
// them, and kept for all texts that follow.
package match

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
	"sync/atomic"
)

// Expr is a regular expression that finds its leftmost-longest match in texts, which
// must be valid UTF-8. Any number of goroutines may use it.
type Expr struct {
	firsts firsts // here, so that most texts are done with after a look at one place of memory
	open   bool   // most characters begin what could be a match
	nfa    *nfa   // nil: package regexp has to do it

	fromHere, fromAnywhere atomic.Pointer[dfa] // of the expression itself, and with anything before it; made when needed
	slow                   func() *regexp.Regexp
}

// near is how many bytes of text an expression that few characters begin tries from each
// place at once: in most clauses that is done before an automaton that floats has read
// them, and needs no states of that. Longer texts are read by that first: it takes time in
// proportion to the text whatever the expression.
const near = 256

// Compile makes an expression of the syntax of package regexp. What an automaton
// does not know, such as \b, is left to that package.
func Compile(source string) (*Expr, error) {
	tree, err := syntax.Parse(source, syntax.Perl)
	if err != nil {
		return nil, err
	}
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return nil, err
	}
	n, _ := newNFA(prog)
	return newExpr(n, func() string { return source }), nil
}

// newExpr is the expression of a source with its program, nil where package regexp has to do it.
func newExpr(n *nfa, source func() string) *Expr {
	e := &Expr{nfa: n, slow: sync.OnceValue(func() *regexp.Regexp {
		re := regexp.MustCompile(source())
		re.Longest()
		return re
	})}
	if n != nil {
		e.firsts, e.open = n.firsts()
	}
	return e
}

func (e *Expr) anywhere() *dfa { return made(&e.fromAnywhere, e.nfa, true) }

func (e *Expr) here() *dfa { return made(&e.fromHere, e.nfa, false) }

// made is the automaton at a place, made now if there is none. Of two that are made at the
// same time, one stays.
func made(at *atomic.Pointer[dfa], n *nfa, floating bool) *dfa {
	if d := at.Load(); d != nil {
		return d
	}
	at.CompareAndSwap(nil, newDFA(n, floating))
	return at.Load()
}

// In reports whether a part of the text matches.
func (e *Expr) In(text string) bool {
	if e.nfa == nil {
		return e.slow().MatchString(text)
	}
	return e.anywhere().reaches(text)
}

// Next returns the first match of text that starts at byte from or later, the
// longest of those that start there. Without one, ok is false.
func (e *Expr) Next(text string, from int) (start, end int, ok bool) {
	if e.nfa == nil {
		m := e.slow().FindStringIndex(text[from:])
		if m == nil {
			return 0, 0, false
		}
		return from + m[0], from + m[1], true
	}
	if (e.open || len(text)-from > near) && !e.anywhere().reaches(text[from:]) {
		return 0, 0, false
	}
	for start = from; start < len(text); {
		r, size := runeAt(text, start)
		if e.firsts.has(r) {
			if n := e.here().longest(text[start:]); n >= 0 {
				return start, start + n, true
			}
		}
		start += size
	}
	return start, start, start == len(text) && e.here().empty()
}

// Group returns what the first group of the expression takes of a match.
func (e *Expr) Group(match string) string {
	m := e.slow().FindStringSubmatchIndex(match)
	if len(m) < 4 || m[2] < 0 {
		return ""
	}
	return strings.Clone(match[m[2]:m[3]])
}
