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
	recital, digits := buffer[:0], 0 // lines not far apart in which a number may be read out
	for i := range d.lines {
		l := &d.lines[i]
		if l.role != role {
			continue
		}
		l.worth = l.worth || l.digits >= shortest || d.id
		begun := len(recital) > 0 && i-recital[len(recital)-1] <= farApart
		if !l.recites(begun) {
			continue
		}
		if !begun {
			recital, digits = recital[:0], 0
		}
		recital, digits = append(recital, i), digits+l.digits
		if digits >= fewest {
			for _, k := range recital {
				d.lines[k].worth = true
			}
			recital = append(recital[:0], i)
		}
	}
}

// chooseRead chooses from the lines worth reading those that have the digits of a number with
// nothing but pauses between, alone or with the lines around them. One look tells, so that no
// amount, date and time is read for the sake of another. Those that are left out still part the
// lines around them.
func (d *dialogue) chooseRead(role call.Role) {
	digits, from, before := 0, 0, -1 // of the recital that the line before ends with, and where that begins
	for i := range d.lines {
		l := &d.lines[i]
		if l.role != role || !l.worth {
			continue
		}
		if before < 0 || i-before > farApart || d.lines[before].tail == 0 || l.head == 0 {
			digits, from = 0, i
		}
		l.read = d.id || l.read || l.most(l.longest) >= shortest
		if digits += l.most(l.head); digits >= shortest {
			d.readAll(role, from, i)
		}
		if !l.whole {
			digits, from = l.most(l.tail), i
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

// most is how many digits so many characters may stand for: five are 五个零.
func (g *glance) most(characters int) int {
	if g.times {
		return (5*characters + 1) / 2
	}
	return characters
}
