package mask

import "github.com/zhijian-qa/zhijian/internal/call"

// survey tells from a look at each turn whether a call may have anything to mask. It
// rules out nearly all that has not, and costs no more than the looks: without it,
// masking would take longer than judging.
type survey struct {
	seen   trait
	number bool // there may be a number
	recent [4]recent
	roles  int // of recent
}

// recent is how many digits a speaker may be reading out, over several turns.
type recent struct {
	role   call.Role
	digits int
}

// add adds a turn.
func (s *survey) add(role call.Role, g glance) {
	s.seen |= g.seen
	if s.number || !g.recites(false) {
		return
	}
	r := s.recentOf(role)
	if r == nil {
		s.number = true // more roles than there are: look closer
		return
	}
	if !g.recites(r.digits > 0) {
		return
	}
	s.number = max(g.longest, r.digits+g.head) >= shortest
	if g.whole {
		r.digits += g.tail
	} else {
		r.digits = g.tail
	}
}

// recites reports whether a turn may be of a number. One with a single digit is where that is all
// it says, or where it begins a number: people say 一下 all the time.
func (g *glance) recites(begun bool) bool {
	return g.digits > 1 || g.digits == 1 && (g.whole || g.tail > 0 && !begun)
}

// recentOf is the entry of a role, nil where there is no room for another one.
func (s *survey) recentOf(role call.Role) *recent {
	for i := range s.recent[:s.roles] {
		if s.recent[i].role == role {
			return &s.recent[i]
		}
	}
	if s.roles == len(s.recent) {
		return nil
	}
	s.roles++
	s.recent[s.roles-1].role = role
	return &s.recent[s.roles-1]
}

// isDull reports whether nothing in turns can be masked.
func isDull(turns []call.Turn) bool {
	known := traits()
	var all survey
	var before glance
	for i := range turns {
		g := look(turns[i].Text, known)
		all.add(turns[i].Role, g)
		if all.number || all.seen&(mail|plate) != 0 || g.mayName() ||
			i > 0 && asks(turns[i-1].Role, turns[i].Role, before) && asksName(turns[i-1].Text) {
			return false
		}
		before = g
	}
	return true
}

// asks reports whether a turn may ask for a name that the next one answers.
func asks(role, next call.Role, g glance) bool { return g.seen&naming != 0 && role != next }
