// Package match runs the expressions of packs over texts, many times faster than
// package regexp does: as automata whose states are made when a text first needs
// them, and kept for all texts that follow.
package match

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
)

// Expr is a regular expression that finds its leftmost-longest match in texts, which
// must be valid UTF-8. Any number of goroutines may use it.
type Expr struct {
	known    bool        // there are automata for it
	open     bool        // most characters begin what could be a match
	anywhere func() *dfa // of the expression with anything before it
	here     func() *dfa // of the expression itself
	slow     func() *regexp.Regexp
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
	e := &Expr{slow: sync.OnceValue(func() *regexp.Regexp {
		re := regexp.MustCompile(source)
		re.Longest()
		return re
	})}
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return nil, err
	}
	if n, ok := newNFA(prog); ok {
		e.known, e.open = true, n.open()
		e.anywhere, e.here = sync.OnceValue(func() *dfa { return newDFA(n, true) }), sync.OnceValue(func() *dfa { return newDFA(n, false) })
	}
	return e, nil
}

// In reports whether a part of the text matches.
func (e *Expr) In(text string) bool {
	if !e.known {
		return e.slow().MatchString(text)
	}
	return e.anywhere().reaches(text)
}

// Next returns the first match of text that starts at byte from or later, the
// longest of those that start there. Without one, ok is false.
func (e *Expr) Next(text string, from int) (start, end int, ok bool) {
	if !e.known {
		m := e.slow().FindStringIndex(text[from:])
		if m == nil {
			return 0, 0, false
		}
		return from + m[0], from + m[1], true
	}
	if (e.open || len(text)-from > near) && !e.anywhere().reaches(text[from:]) {
		return 0, 0, false
	}
	return e.here().next(text, from)
}

// Group returns what the first group of the expression takes of a match.
func (e *Expr) Group(match string) string {
	m := e.slow().FindStringSubmatchIndex(match)
	if len(m) < 4 || m[2] < 0 {
		return ""
	}
	return strings.Clone(match[m[2]:m[3]])
}
