package rule

import "slices"

// link notes which cues each phrase can make, by itself and through other cues, so
// that a turn needs looking at for those cues only whose phrases it has literals of.
func (p *Pack) link() {
	users := make([][]int32, len(p.cues)) // the cues that count a cue as theirs
	for _, c := range p.cues {
		for _, other := range c.others {
			users[other.id] = append(users[other.id], c.id)
		}
	}
	p.always = newBitset(len(p.cues))
	p.makes = make([][]int32, len(p.phrases))
	p.markContextual()
	for _, c := range p.cues {
		if len(c.phrases)+len(c.others) == 0 {
			eachUser(users, c.id, p.always.add)
		}
		for _, phrase := range c.phrases {
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
