// Package corpus makes up calls to measure with: as many as wanted, the same for
// the same seed. What is said comes from sentences with slots (talk.txt), from
// the examples of the built-in pack and from the sample calls, mixed so that most
// of the text is said once only, one turn in six is as short as 好的, and a call of
// a dozen turns breaks about one rule.
package corpus

import (
	_ "embed"
	"math/rand/v2"
)

//go:embed talk.txt
var talkFile string

// Maker makes calls one after the other. It serves one goroutine.
type Maker struct {
	rng   *rand.Rand
	talk  talk
	seeds *Seeds

	made  int // calls so far
	who   party
	text  []byte // of the turns of the call in hand
	turns []turn
}

// turn is one turn of the call in hand.
type turn struct {
	agent bool
	end   int // of its text; it starts where the one before ends
}

// New makes a maker. Makers with the same seed and seeds make the same calls.
func New(seed uint64, seeds *Seeds) *Maker {
	return &Maker{rng: rand.New(rand.NewPCG(seed, 1)), talk: parseTalk(talkFile), seeds: seeds}
}

// next makes the next call, of so many turns, at least 10; 0 is as many as calls have.
func (m *Maker) next(turns int) {
	m.begin()
	switch {
	case turns == 0 && m.chance(2):
		m.repeat(m.seeds.Calls)
		return
	case turns == 0:
		turns = 9 + m.rng.IntN(8)
	}
	m.opening()
	for len(m.turns) < turns-3 {
		m.exchange()
	}
	m.ending()
}

// begin forgets the call in hand and chooses who speaks in the next one.
func (m *Maker) begin() {
	m.made++
	m.text, m.turns = m.text[:0], m.turns[:0]
	m.who = m.newParty()
}

// chance is true in so many of 100 cases.
func (m *Maker) chance(percent int) bool { return m.rng.IntN(100) < percent }

// opening is the first eight turns: greeting, matter, details, result.
func (m *Maker) opening() {
	m.say(true, m.oneOf(4, "curt", "greeting"))
	if m.chance(40) {
		m.tell("problem")
		m.say(true, m.oneOf(10, "ack", "sorry"))
	} else {
		m.tell("need")
		m.say(true, "ack")
	}
	m.say(false, "detail")
	m.say(true, "hold")
	m.say(false, "short")
	m.say(true, "result")
	m.say(false, "short")
}

// exchange is a few turns in the middle of a call.
func (m *Maker) exchange() {
	switch n := m.rng.IntN(100); {
	case n < 40:
		m.say(false, m.oneOf(30, "short", "question"))
		m.sentence("answer")
		if m.chance(30) {
			m.sentence("answer")
		}
		m.endTurn(true)
		if m.chance(50) {
			m.say(false, "short")
		}
	case n < 55:
		m.say(false, m.oneOf(50, "short", "question"))
		m.vary(m.seeds.Fine)
	case n < 64:
		m.repeat(m.seeds.Kept)
	case n < 88:
		m.say(false, m.oneOf(50, "short", "question"))
		m.vary(m.seeds.Faulty)
	default:
		m.repeat(m.seeds.Broken)
	}
}

// ending is the last three turns.
func (m *Maker) ending() {
	m.say(true, "else")
	m.say(false, "nothing")
	m.say(true, m.oneOf(4, "brusque", "closing"))
}

// oneOf is the first part in so many of 100 cases, else the second.
func (m *Maker) oneOf(percent int, first, second string) string {
	if m.chance(percent) {
		return first
	}
	return second
}

// say adds a turn with a sentence of a part of the call.
func (m *Maker) say(agent bool, part string) {
	m.sentence(part)
	m.endTurn(agent)
}

// tell adds a turn in which the customer says what the matter is, and perhaps more.
func (m *Maker) tell(part string) {
	m.sentence(part)
	if m.chance(50) {
		m.sentence("story")
	}
	m.endTurn(false)
}

// sentence adds a sentence of a part of the call to the turn in hand.
func (m *Maker) sentence(part string) { m.text = m.fill(m.text, pick(m.rng, m.talk.said[part])) }

func (m *Maker) endTurn(agent bool) { m.turns = append(m.turns, turn{agent, len(m.text)}) }

// vary adds a turn of the agent with one of the lines between words of its own.
func (m *Maker) vary(lines []string) {
	if m.chance(70) {
		m.sentence("opener")
	}
	m.text = append(m.text, pick(m.rng, lines)...)
	if m.chance(70) {
		m.sentence("tail")
	}
	m.endTurn(true)
}

// repeat adds one of the dialogues as it is.
func (m *Maker) repeat(dialogues []Dialogue) {
	for _, said := range pick(m.rng, dialogues) {
		m.text = append(m.text, said.Text...)
		m.endTurn(said.Agent)
	}
}
