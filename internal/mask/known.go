package mask

import (
	"github.com/zhijian-qa/zhijian/internal/text"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// knownNames are names, folded and without spaces.
type knownNames struct {
	names   map[string]bool
	first   map[rune]bool // characters that they begin with
	forms   []string      // all forms of these
	longest int           // characters
}

// add adds a name, unless it is too short to be told from a word, or says what somebody is.
func (k *knownNames) add(name []rune) {
	folded := make([]rune, 0, len(name))
	for _, r := range name {
		if r = text.FoldRune(r); r != ' ' {
			folded = append(folded, r)
		}
	}
	if len(folded) < 2 || roles()[string(folded)] {
		return
	}
	if k.names == nil {
		k.names, k.first = map[string]bool{}, map[rune]bool{}
	}
	k.addFirst(folded[0])
	k.names[string(folded)], k.longest = true, max(k.longest, len(folded))
}

// addFirst adds the first character of a name.
func (k *knownNames) addFirst(r rune) {
	switch {
	case k.first[r]:
	case r == utf8.RuneError: // it may stand for any byte
		k.forms = append(k.forms, "")
	default:
		k.forms = append(append(k.forms, string(r)), otherForms()[r]...)
	}
	k.first[r] = true
}

// otherForms are the characters that fold to another one, by that.
var otherForms = sync.OnceValue(func() map[rune][]string {
	out := map[rune][]string{}
	for r := range rune(1 << 16) { // none above folds
		if to := text.FoldRune(r); to != r {
			out[to] = append(out[to], string(r))
		}
	}
	return out
})

const mostForms = 16 // that are looked for one by one: with more, reading is faster

// mayBeIn reports whether a text has a character that a name begins with. Most turns have
// none, and need not be read character by character to see that.
func (k *knownNames) mayBeIn(s string) bool {
	return len(k.forms) > mostForms || slices.ContainsFunc(k.forms, func(form string) bool { return strings.Contains(s, form) })
}

// hideNames hides the names wherever they stand in the line.
func (l *line) hideNames(known *knownNames) {
	for i, r := range l.runes() {
		if !known.first[r] {
			continue
		}
		if to := l.nameAt(i, known); to > 0 {
			l.hideApart(i, to)
		}
	}
}

// nameAt is where the longest name that stands at i ends, 0 if there is none. Latin letters
// are names as whole words only.
func (l *line) nameAt(i int, known *knownNames) (to int) {
	rs := l.folded
	if i > 0 && isLetter(rs[i]) && isLetter(rs[i-1]) {
		return 0
	}
	name := make([]rune, 0, known.longest)
	for at := i; at < len(rs) && len(name) < known.longest; at++ {
		if rs[at] == ' ' {
			continue
		}
		name = append(name, rs[at])
		if known.names[string(name)] && (at+1 == len(rs) || !isLetter(rs[at]) || !isLetter(rs[at+1])) {
			to = at + 1
		}
	}
	return to
}

// hideApart hides the code points [from, to) but for spaces.
func (l *line) hideApart(from, to int) {
	for i := from; i < to; i++ {
		if l.folded[i] != ' ' {
			l.hide(i, i+1)
		}
	}
}

// withoutName is an id or a path in which a name is hidden.
func withoutName(s string, known *knownNames) string {
	if known.longest == 0 {
		return s
	}
	l := newLine(s)
	if l.hideNames(known); l.hidden == nil {
		return s
	}
	return l.masked()
}
