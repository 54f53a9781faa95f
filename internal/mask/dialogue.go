package mask

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// line is the text of one turn and what is to be hidden in it.
type line struct {
	role   call.Role
	source string
	glance
	unseen bool   // nobody is shown it
	worth  bool   // of reading for numbers: there are enough digits …
	read   bool   // … and enough of them together
	folded []rune // character by character; nil until it is looked at
	hidden []bool // by code point; nil: nothing
}

func newLine(s string) line { return line{source: s} }

// runes are the folded characters of the line.
func (l *line) runes() []rune {
	if l.folded == nil {
		l.folded = make([]rune, 0, utf8.RuneCountInString(l.source))
		for _, r := range l.source {
			l.folded = append(l.folded, text.FoldRune(r))
		}
	}
	return l.folded
}

// hide hides the code points [from, to).
func (l *line) hide(from, to int) {
	if l.unseen {
		return
	}
	if l.hidden == nil {
		l.hidden = make([]bool, len(l.folded))
	}
	for i := from; i < to; i++ {
		l.hidden[i] = true
	}
}

// masked is the text with what is hidden replaced.
func (l *line) masked() string {
	var b strings.Builder
	b.Grow(len(l.source))
	i := 0
	for _, r := range l.source {
		if l.hidden[i] {
			r = star
		}
		b.WriteRune(r)
		i++
	}
	return b.String()
}

// usual is how many turns most calls have at most.
const usual = 48

// dialogue is the lines of a call, which are looked at together: numbers and names
// are asked for in one turn and said in the next.
type dialogue struct {
	lines  []line
	joined []element // of the groups looked at last
	id     bool      // a line is an id or a path, where letters may stand beside numbers
}

// newDialogue finds what to hide in turns, of which only those shown count; nil are all. customer
// is a name known beforehand, or empty. The dialogue is nil where nothing can be hidden.
func newDialogue(turns []call.Turn, customer string, shown []bool) *dialogue {
	var few [usual]glance // on the stack: most calls need no more
	var all survey
	looks := all.look(turns, few[:0])
	if customer == "" && all.dull() {
		return nil
	}
	d := &dialogue{lines: make([]line, len(turns))}
	for i := range turns {
		d.lines[i] = line{role: turns[i].Role, source: turns[i].Text, glance: looks[i], unseen: shown != nil && !shown[i]}
	}
	if all.seen&mail != 0 {
		d.addresses()
	}
	if all.number {
		d.numbers()
	}
	if all.seen&plate != 0 {
		d.plates()
	}
	d.names(customer)
	return d
}

// hides reports whether anything is hidden; of no dialogue nothing is.
func (d *dialogue) hides() bool {
	return d != nil && slices.ContainsFunc(d.lines, func(l line) bool { return l.hidden != nil })
}

// masked is a copy of the turns without what is hidden; no dialogue hides nothing.
func (d *dialogue) masked(turns []call.Turn) []call.Turn {
	out := slices.Clone(turns)
	if d == nil {
		return out
	}
	for i := range d.lines {
		if l := &d.lines[i]; l.hidden != nil {
			out[i].Text = l.masked()
		}
	}
	return out
}

// hideEverywhere hides names wherever they are said, in any script and with spaces or without.
func (d *dialogue) hideEverywhere(known *knownNames) {
	if known.longest == 0 {
		return
	}
	for i := range d.lines {
		if l := &d.lines[i]; !l.unseen && known.mayBeIn(l.source) {
			l.hideNames(known)
		}
	}
}
