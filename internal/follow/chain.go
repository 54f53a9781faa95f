package follow

import (
	"slices"
	"strings"
	"time"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Chain is a call that dropped with what came of it, or callbacks that answer no call
// that dropped.
type Chain struct {
	Dropped  *Contact   // nil where no call dropped
	Attempts []*Contact // callbacks in the order of their start, up to the first that was answered
	Own      *Contact   // the customer was on the line again, before any callback was answered; nil if not
	Unclear  *Contact   // as Own, but nobody tells who called whom; nil if not
	Reported bool       // somebody put on record that the customer was not reached
	Known    bool       // the customer is known by an id or a number, or a callback names the call
	Number   bool       // some call of the customer has a number
	Stray    bool       // calls of its time were forgotten before it came: what is missing may have been among them
	Undated  bool       // a call out to the customer has no time, or the call that dropped has none: which came first is not known
	Until    time.Time  // the latest call of the input
	Numbers  bool       // calls of the input have numbers

	keys  []string
	order int
}

// Reached reports whether the customer was spoken to.
func (c *Chain) Reached() bool {
	return c.Own != nil || c.Unclear != nil || len(c.Attempts) > 0 && !c.Attempts[len(c.Attempts)-1].Failed
}

// NoWay reports whether there is no number to call, though the input has those of others.
func (c *Chain) NoWay() bool {
	return c.Dropped != nil && len(c.Attempts) == 0 && !c.Number && (c.Dropped.Withheld || c.Numbers)
}

// group is the calls of one customer.
type group struct {
	contacts []*Contact
	keys     []string
	id       string // of the customer; empty where it is not known
}

// chain finds what came of a call that dropped, in the window after it.
func (g *group) chain(dropped *Contact, window time.Duration) *Chain {
	c := &Chain{Dropped: dropped, Reported: dropped.Reported, order: dropped.order, keys: g.keys}
	dropped.used = true
	c.Known = slices.ContainsFunc(g.keys, func(k string) bool { return !strings.HasPrefix(k, callKey) })
	over := false // the customer was spoken to: what comes later is another matter
	for _, k := range g.contacts {
		c.Number = c.Number || k.Number
		named := k.Outward() && k.CallbackOf == dropped.Key.ID
		if k == dropped || !within(dropped, k, window) {
			continue
		}
		if !named && (dropped.Start.IsZero() || k.Start.IsZero()) { // nobody knows which came first
			c.Undated = c.Undated || k.Outward()
			continue
		}
		if over && !named || k.Outward() && !named && g.answersAnother(k, dropped) {
			continue
		}
		c.Known = c.Known || named
		c.Reported = c.Reported || k.Reported
		if !over {
			over = c.take(k)
		}
	}
	return c
}

// within reports whether a contact comes after a call that dropped, in the window. Where a
// time is missing it may.
func within(dropped, k *Contact, window time.Duration) bool {
	if dropped.Start.IsZero() || k.Start.IsZero() {
		return true
	}
	return before(dropped, k) < 0 && k.Start.Sub(dropped.Start) <= window
}

// answersAnother reports whether a call out is for another call that dropped: one that
// it names, or a later one.
func (g *group) answersAnother(k, dropped *Contact) bool {
	return slices.ContainsFunc(g.contacts, func(other *Contact) bool {
		if !other.Dropped || other == dropped || other == k {
			return false
		}
		return k.CallbackOf == other.Key.ID || k.CallbackOf == "" && before(dropped, other) < 0 && before(other, k) < 0
	})
}

// take adds a contact after the drop and reports whether the customer was spoken to.
func (c *Chain) take(k *Contact) bool {
	switch {
	case k.Outward():
		k.used = true
		c.Attempts = append(c.Attempts, k)
	case k.Failed:
		return false // nobody answered the customer
	case k.Direction == call.Inbound:
		c.Own = k
	default:
		c.Unclear = k
	}
	return !k.Failed
}

// others are the chains of callbacks that answer no call that dropped: one for each call
// that they name, or for none, and a new one after each that was answered.
func (g *group) others() []*Chain {
	open := map[string]*Chain{}
	var out []*Chain
	for _, k := range g.contacts {
		if k.used || !k.promised() || k.Start.IsZero() {
			continue
		}
		k.used = true
		c := open[k.CallbackOf]
		if c == nil {
			c = &Chain{Known: true, order: k.order, keys: g.keys}
			open[k.CallbackOf] = c
			out = append(out, c)
		}
		c.Attempts = append(c.Attempts, k)
		c.Reported = c.Reported || k.Reported
		if !k.Failed {
			delete(open, k.CallbackOf)
		}
	}
	return out
}
