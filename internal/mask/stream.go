package mask

import "github.com/zhijian-qa/zhijian/internal/call"

// stream is the digits of one speaker, in order. Those of turns that nothing but fillers and
// short remarks of the other separate may be of one number.
func (d *dialogue) stream(role call.Role) []group {
	d.chooseWorth(role)
	d.chooseRead(role)
	var out []group
	follows := false // the line worth reading before was read
	for i := range d.lines {
		l := &d.lines[i]
		if l.role != role || !l.worth {
			continue
		}
		if l.read {
			groups := l.groups(i, d.id)
			if follows && len(groups) > 0 && len(out) > 0 && d.continues(out[len(out)-1].last(), groups[0].first()) {
				groups[0].gap = paused
			}
			out = append(out, groups...)
		}
		follows = l.read
	}
	return out
}

// chooseWorth chooses the lines of a speaker with enough digits for a number, alone or with
// the lines around them.
func (d *dialogue) chooseWorth(role call.Role) {
	var buffer [fewest]int
	near, digits := buffer[:0], 0 // lines not far apart in which a number may be read out
	for i := range d.lines {
		l := &d.lines[i]
		if l.role != role {
			continue
		}
		l.worth = l.worth || l.digits >= shortest || d.id
		begun := len(near) > 0 && i-near[len(near)-1] <= farApart
		if !l.recites(begun) {
			continue
		}
		if !begun {
			near, digits = near[:0], 0
		}
		near, digits = append(near, i), digits+l.digits
		if digits >= fewest {
			for _, k := range near {
				d.lines[k].worth = true
			}
			near = append(near[:0], i)
		}
	}
}

// recital is lines with nothing but digits and pauses from the first to the last of them.
type recital struct {
	from   int  // line
	digits int  // written or spoken, and Xs
	shown  bool // one of the lines is
}

// chooseRead chooses from the lines worth reading those that have the digits of a number with
// nothing but pauses between, alone or with the lines around them. One look tells, so that no
// amount, date and time is read for the sake of another. Those that are left out still part the
// lines around them.
func (d *dialogue) chooseRead(role call.Role) {
	before, r := -1, recital{}
	for i := range d.lines {
		l := &d.lines[i]
		if l.role != role || !l.worth {
			continue
		}
		if before < 0 || i-before > farApart || d.lines[before].tail == 0 || l.head == 0 {
			r = recital{from: i}
		}
		l.read = l.read || d.id || !l.unseen && l.longest >= shortest
		r.digits, r.shown = r.digits+l.head, r.shown || !l.unseen
		if r.digits >= shortest && r.shown {
			d.readAll(role, r.from, i)
			r.from = i // those before are done
		}
		if !l.whole {
			r = recital{i, l.tail, !l.unseen}
		}
		before = i
	}
}

// readAll chooses the lines worth reading from one to another.
func (d *dialogue) readAll(role call.Role, from, to int) {
	for i := from; i <= to; i++ {
		l := &d.lines[i]
		l.read = l.read || l.worth && l.role == role
	}
}
