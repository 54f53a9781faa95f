// Package mask hides who people are in what they say: numbers of telephones,
// identity cards and bank cards, e-mail addresses, number plates and names. It
// replaces code points by asterisks, one by one, so that every position in a
// text stays where it is.
//
// Whoever compares calls must tell numbers apart, but nobody needs to read one in
// full. So numbers of eleven digits or more keep the first three and the last four
// (138****8000), shorter ones the last two; a plate keeps its place and the last
// two (京A***45), an address its first letter and its host; of a name nothing is left.
//
// What only looks like that stays: amounts, dates, versions, hotlines, staff ids and
// the numbers of orders. In doubt a number is masked, unless it is said to be something else.
package mask

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// star takes the place of what is hidden.
const star = '*'

// Call returns a call with what it says, its ids and its customer masked: a
// copy, or c itself where there is nothing to mask.
func Call(c *call.Call) *call.Call {
	m := maskedNames(c)
	changed := m != namesOf(c)
	texts := newDialogue(c.Turns, c.Customer.Name, nil)
	hides := texts.hides()
	if !changed && !hides {
		return c
	}
	out := *c
	m.put(&out)
	if hides {
		out.Turns = texts.masked(c.Turns)
	}
	return &out
}

// Shown is Call for those who show only some of the turns: what is said in the others is left
// out of the copy, so it need not be looked through.
func Shown(c *call.Call, turns []bool) *call.Call {
	out := *c
	m := maskedNames(c)
	m.put(&out)
	if slices.Contains(turns, true) {
		out.Turns = newDialogue(c.Turns, c.Customer.Name, turns).masked(c.Turns)
	} else {
		out.Turns = slices.Clone(c.Turns)
	}
	for i := range out.Turns {
		if !turns[i] {
			out.Turns[i].Text = ""
		}
	}
	return &out
}

// Names is a copy of a call without its turns: what it and its people are called, masked
// as Call does.
func Names(c *call.Call) *call.Call {
	out := *c
	out.Turns = nil
	m := maskedNames(c)
	m.put(&out)
	return &out
}

// names are what a call and its people are called. They are looked at apart from what is
// said, so that a call with nothing to mask need not be copied to find that out.
type names struct {
	id, callbackOf, source, agent string
	customer                      call.Person
}

func namesOf(c *call.Call) names {
	return names{c.ID, c.CallbackOf, c.Source, c.Agent.ID, c.Customer}
}

func maskedNames(c *call.Call) names {
	customer := call.Person{ID: ID(c.Customer.ID), Number: ID(c.Customer.Number), Name: person(c.Customer.Name), Team: c.Customer.Team}
	known := &knownNames{}
	known.add([]rune(c.Customer.Name))
	id := func(s string) string { return withoutName(ID(s), known) }
	return names{id(c.ID), id(c.CallbackOf), id(c.Source), ID(c.Agent.ID), customer}
}

func (n *names) put(c *call.Call) {
	c.ID, c.CallbackOf, c.Source, c.Agent.ID, c.Customer = n.id, n.callbackOf, n.source, n.agent, n.customer
}

// Text masks a text that stands by itself. It has as many code points as before
// and is valid UTF-8; masking it again changes nothing.
func Text(s string) string {
	if s == "" {
		return "" // without the tables that look needs
	}
	if d := newDialogue([]call.Turn{{Text: s}}, "", nil); d.hides() {
		return d.lines[0].masked()
	}
	if !utf8.ValidString(s) {
		return string([]rune(s)) // one U+FFFD for every byte that is none
	}
	return s
}

// Say is Text for a sentence in both languages.
func Say(s call.Say) call.Say { return call.Say{ZH: Text(s.ZH), EN: Text(s.EN)} }

// ID masks the numbers of telephones and cards in an id or a path, where they may
// stand beside letters.
func ID(s string) string {
	if !mayHoldNumber(s) {
		return s
	}
	d := dialogue{lines: []line{newLine(s)}, id: true}
	d.numbers()
	if d.lines[0].hidden == nil {
		return s
	}
	return d.lines[0].masked()
}

// Problem is a copy of a problem of the input with what it quotes masked.
func Problem(p *call.Problem) *call.Problem {
	out := *p
	out.File, out.Call, out.What = ID(p.File), ID(p.Call), Say(p.What)
	return &out
}

// person masks the name of a customer as a whole.
func person(name string) string {
	return strings.Repeat(string(star), utf8.RuneCountInString(name))
}

// shortest is the number of digits of the shortest number that is masked.
const shortest = 7

// mayHoldNumber reports whether an id has enough digits without a letter between.
func mayHoldNumber(s string) bool {
	n := 0
	for i := range len(s) {
		switch c := rune(s[i]); {
		case isDigit(c):
			if n++; n == fewest {
				return true
			}
		case c >= utf8.RuneSelf || isLetter(c):
			n = 0
		}
	}
	return false
}
