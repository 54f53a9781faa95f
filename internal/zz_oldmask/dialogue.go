package zz_oldmask

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// line is the text of one turn and what is to be hidden in it.
type line struct {
	role   call.Role
	source string
	seen   trait
	digits int
	said   []rune // nil until it is looked at
	folded []rune // character by character
	hidden []bool // by code point; nil: nothing
}

func newLine(s string) line { return line{source: s} }

// runes are the folded characters of the line.
func (l *line) runes() []rune {
	if l.folded == nil {
		l.said = []rune(l.source)
		l.folded = make([]rune, len(l.said))
		for i, r := range l.said {
			l.folded[i] = text.FoldRune(r)
		}
	}
	return l.folded
}

// hide hides the code points [from, to).
func (l *line) hide(from, to int) {
	if l.hidden == nil {
		l.hidden = make([]bool, len(l.folded))
	}
	for i := from; i < to; i++ {
		l.hidden[i] = true
	}
}

// masked is the text with what is hidden replaced.
func (l *line) masked() string {
	for i, hidden := range l.hidden {
		if hidden {
			l.said[i] = star
		}
	}
	return string(l.said)
}

// dialogue is the lines of a call, which are looked at together: numbers and names
// are asked for in one turn and said in the next.
type dialogue struct {
	lines []line
	id    bool // a line is an id or a path, where letters may stand beside numbers
}

// newDialogue finds what to hide in turns; customer is a name known beforehand, or empty.
func newDialogue(turns []call.Turn, customer string) *dialogue {
	d := &dialogue{lines: make([]line, len(turns))}
	known := traits()
	digits, all := 0, trait(0)
	for i := range turns {
		l := &d.lines[i]
		l.role, l.source = turns[i].Role, turns[i].Text
		l.seen, l.digits = look(l.source, known)
		all |= l.seen
		if l.digits > 1 {
			digits += l.digits
		}
	}
	d.addresses()
	if digits >= shortest {
		d.numbers()
	}
	if all&plate != 0 {
		d.plates()
	}
	d.names(customer)
	return d
}

// hideEverywhere hides the words wherever they are said.
func (d *dialogue) hideEverywhere(words string) {
	for i := range d.lines {
		l := &d.lines[i]
		if !strings.Contains(l.source, words) {
			continue
		}
		l.runes()
		want := []rune(words)
		for at := 0; at+len(want) <= len(l.folded); at++ {
			if string(l.said[at:at+len(want)]) == words {
				l.hide(at, at+len(want))
			}
		}
	}
}
