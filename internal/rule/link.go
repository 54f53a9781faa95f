package rule

import (
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// link notes which cues each phrase can make, by itself and through other cues, so
// that a turn needs looking at for those cues only whose phrases it has literals of.
func (p *Pack) link() {
	users := make([][]int32, len(p.cues)) // the cues that count a cue as theirs
	for _, c := range p.cues {
		for _, other := range c.others {
			users[other.id] = append(users[other.id], c.id)
		}
	}
	p.always, p.unsought = newBitset(len(p.cues)), newBitset(len(p.phrases))
	p.makes = make([][]int32, len(p.phrases))
	p.markContextual()
	p.markSides()
	p.sides = make([]side, len(p.phrases))
	for i, phrase := range p.phrases {
		if !phrase.sought {
			p.unsought.add(int32(i))
		}
	}
	for _, c := range p.cues {
		if len(c.phrases)+len(c.others) == 0 {
			eachUser(users, c.id, p.always.add)
		}
		for _, phrase := range c.phrases {
			p.sides[phrase] |= c.sides
			if !p.phrases[phrase].sought {
				eachUser(users, c.id, p.always.add)
			} else {
				eachUser(users, c.id, func(id int32) { p.makes[phrase] = append(p.makes[phrase], id) })
			}
		}
	}
}

// eachUser calls do for a cue and all that use it, each once.
func eachUser(users [][]int32, cue int32, do func(int32)) {
	seen := map[int32]bool{cue: true}
	for open := []int32{cue}; len(open) > 0; {
		cue, open = open[len(open)-1], open[:len(open)-1]
		do(cue)
		for _, u := range users[cue] {
			if !seen[u] {
				seen[u] = true
				open = append(open, u)
			}
		}
	}
}

// markContextual notes the cues whose guards look at other turns, and all that are
// made of such cues or guarded by them.
func (p *Pack) markContextual() {
	for again := true; again; {
		again = false
		for _, c := range p.cues {
			if !c.contextual && c.looksAround() {
				c.contextual, again = true, true
			}
		}
	}
}

func (c *cue) looksAround() bool {
	guarded := func(g guard) bool { return g.scope == heard || g.scope == previous || g.cue.contextual }
	return slices.ContainsFunc(c.others, func(o *cue) bool { return o.contextual }) ||
		slices.ContainsFunc(c.unless, guarded) || slices.ContainsFunc(c.with, guarded)
}

// side is one of those who speak in a call, or several.
type side uint8

const (
	agentSide side = 1 << iota
	customerSide
	otherSide
	allSides = agentSide | customerSide | otherSide
)

// sideOf is the side of a speaker.
func sideOf(r call.Role) side {
	switch r {
	case call.Agent:
		return agentSide
	case call.Customer:
		return customerSide
	}
	return otherSide
}

// markSides notes for each cue whose turns it can be looked for in: what guards only the
// agent's cues need not be looked for in what customers say, which are most phrases.
func (p *Pack) markSides() {
	for _, c := range p.cues {
		if c.asked {
			c.sides = c.heardFrom()
		}
	}
	for again := true; again; {
		again = false
		for _, c := range p.cues {
			again = c.handOn() || again
		}
	}
}

// heardFrom are the sides whose turns count for the cue.
func (c *cue) heardFrom() side {
	if c.speaker == "" {
		return allSides
	}
	return sideOf(c.speaker)
}

// handOn notes whose turns the cues are looked for in that this one is made of or guarded
// by, and reports whether that is new.
func (c *cue) handOn() (isNew bool) {
	ask := func(other *cue, sides side) {
		sides = other.sides | sides&other.heardFrom()
		isNew = isNew || sides != other.sides
		other.sides = sides
	}
	for _, o := range c.others {
		ask(o, c.sides)
	}
	for _, g := range slices.Concat(c.unless, c.with) {
		if g.scope == heard || g.scope == previous {
			ask(g.cue, allSides)
		} else {
			ask(g.cue, c.sides)
		}
	}
	return isNew
}
