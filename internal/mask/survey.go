package mask

import "github.com/zhijian-qa/zhijian/internal/call"

// survey tells from a look at each turn whether a call may have anything to mask. It
// rules out nearly all that has not, and costs no more than the looks: without it,
// masking would take longer than judging.
type survey struct {
	seen   trait
	number bool // there may be a number
	names  bool // there may be a name
	recent [4]recent
	roles  int // of recent
}

// recent is how many digits a speaker may be reading out, over several turns.
type recent struct {
	role   call.Role
	digits int
}

// add adds a turn.
func (s *survey) add(role call.Role, g *glance) {
	s.seen |= g.seen
	s.names = s.names || g.mayName() || g.answers
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

// look looks at turns and adds what it sees to looks.
func (s *survey) look(turns []call.Turn, looks []glance) []glance {
	known := traits()
	for i := range turns {
		g := look(turns[i].Text, known)
		g.answers = i > 0 && looks[i-1].seen&naming != 0 && turns[i-1].Role != turns[i].Role && asksName(turns[i-1].Text)
		s.add(turns[i].Role, &g)
		looks = append(looks, g)
	}
	return looks
}

// dull reports whether nothing in the turns can be masked.
func (s *survey) dull() bool { return !s.number && !s.names && s.seen&(mail|plate) == 0 }
