package follow

import (
	"slices"
	"strings"
	"time"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Collector sees calls and tells in the end which belong together.
type Collector struct {
	window time.Duration
	zone   *time.Location

	groups  map[string]*group   // by each of their keys
	broken  map[string][]*reply // chains without an answer that were forgotten, by each of their keys
	replies []*reply            // all that were forgotten
	seen    int                 // calls so far
	masked  map[string]bool     // masked numbers by which customers are known

	now, last, swept time.Time // of the calls that come now, of the last call, and when groups were last swept
	from, to         time.Time // between these calls were forgotten; zero: none were
	until            time.Time
	numbers          bool
}

// reply is a chain with the group that it was made of, as far as that is needed
// to make it anew: a callback may come late.
type reply struct {
	*Chain
	group *group
}

// NewCollector collects calls of which those at most a window apart may belong together.
// Times without a zone are of the zone.
func NewCollector(window time.Duration, zone *time.Location) *Collector {
	return &Collector{window: window, zone: zone, groups: map[string]*group{}, broken: map[string][]*reply{}, masked: map[string]bool{}}
}

// Add sees a call.
func (c *Collector) Add(of *call.Call) {
	keys := keysOf(of)
	dropped := of.Hangup == call.Dropped && !of.Failed()
	if len(keys) == 0 && !dropped && of.CallbackOf == "" {
		return // nobody can tell whose it is
	}
	k := newContact(of, c.zone, c.seen)
	k.stray = dropped && c.forgot(k)
	c.seen++
	c.note(k, keys)
	switch {
	case k.CallbackOf != "":
		keys = append(keys, callKey+k.CallbackOf)
	case dropped:
		keys = append(keys, callKey+k.Key.ID)
	}
	g := c.groupOf(keys, of.Customer.ID)
	if same := g.find(k); same != nil {
		same.Same = append(same.Same, k.Key)
		return
	}
	g.contacts = append(g.contacts, k)
	c.reopen(keys, k)
	c.pass(k.Start)
}

// note keeps what is known of all calls together.
func (c *Collector) note(k *Contact, keys []string) {
	c.numbers = c.numbers || k.Number
	if k.Start.After(c.until) {
		c.until = k.Start
	}
	if k.End.After(c.until) {
		c.until = k.End
	}
	for _, key := range keys {
		if strings.HasPrefix(key, maskKey) && len(keys) == 1 {
			c.masked[key] = true
		}
	}
}

// Masked is the number of customers that are known by a masked number alone.
func (c *Collector) Masked() int { return len(c.masked) }

// find is the contact that is the same call as another; nil if there is none.
func (g *group) find(k *Contact) *Contact {
	i := slices.IndexFunc(g.contacts, func(other *Contact) bool {
		return other.Key.ID == k.Key.ID && other.Start.Equal(k.Start) && other.Direction == k.Direction
	})
	if i < 0 {
		return nil
	}
	return g.contacts[i]
}

// groupOf is the group that has all of the keys; groups that turn out to be of one
// customer are joined.
func (c *Collector) groupOf(keys []string, id string) *group {
	var g *group
	for _, key := range keys {
		switch other := c.groups[key]; {
		case other == nil || other == g || !mayJoin(key, id, other.id):
		case g == nil:
			g = other
		default:
			c.join(g, other)
		}
	}
	if g == nil {
		g = &group{}
	}
	if g.id == "" {
		g.id = id
	}
	for _, key := range keys {
		if c.groups[key] == nil {
			c.groups[key] = g
			g.keys = append(g.keys, key)
		}
	}
	return g
}

// mayJoin reports whether a key makes one customer of two, as far as their ids are known: a
// masked number does not where these differ.
func mayJoin(key, id, other string) bool {
	return !strings.HasPrefix(key, maskKey) || id == "" || other == "" || id == other
}

func (c *Collector) join(g, other *group) {
	g.contacts = append(g.contacts, other.contacts...)
	g.keys = append(g.keys, other.keys...)
	if g.id == "" {
		g.id = other.id
	}
	for _, key := range other.keys {
		c.groups[key] = g
	}
}

// reopen gives a call to the chains that waited for it in vain.
func (c *Collector) reopen(keys []string, k *Contact) {
	for _, key := range keys {
		for _, r := range c.broken[key] {
			if within(r.Dropped, k, c.window) && !slices.Contains(r.group.contacts, k) {
				r.group.contacts = append(r.group.contacts, k)
				k.used = k.Outward()
			}
		}
	}
}

// pass notes that calls of a time come now. A single call far from those before and
// after it has a wrong clock and moves nothing.
func (c *Collector) pass(t time.Time) {
	if t.IsZero() {
		return
	}
	if apart(t, c.last) <= c.window {
		c.now = t
	}
	c.last = t
	if !c.now.IsZero() && apart(c.now, c.swept) > c.window/4 {
		c.swept = c.now
		c.sweep(func(k *Contact) bool { return apart(k.Start, c.now) > 2*c.window })
	}
}

func apart(a, b time.Time) time.Duration { return a.Sub(b).Abs() }

// sweep makes chains of the calls that are over and forgets these.
func (c *Collector) sweep(over func(*Contact) bool) {
	done := map[*group]bool{}
	for _, g := range c.groups {
		if done[g] {
			continue
		}
		done[g] = true
		c.close(g, over)
		if len(g.contacts) == 0 {
			for _, key := range g.keys {
				delete(c.groups, key)
			}
		}
	}
}

// close makes the chains of a group that are over.
func (c *Collector) close(g *group, over func(*Contact) bool) {
	if !slices.ContainsFunc(g.contacts, over) {
		return
	}
	slices.SortFunc(g.contacts, before)
	for _, k := range g.contacts {
		if k.Dropped && over(k) {
			c.keep(g, k)
		}
	}
	if !slices.ContainsFunc(g.contacts, func(k *Contact) bool { return !k.used && k.promised() && !over(k) }) {
		for _, chain := range g.others() {
			c.replies = append(c.replies, &reply{chain, nil})
		}
	}
	c.forget(g, over)
}

// keep makes the chain of a call that dropped, and keeps what it was made of where
// nobody was reached.
func (c *Collector) keep(g *group, dropped *Contact) {
	r := &reply{g.chain(dropped, c.window), nil}
	r.Stray = dropped.stray && !r.Reached()
	c.replies = append(c.replies, r)
	if r.Reached() {
		return
	}
	near := func(k *Contact) bool { return k != dropped && !within(dropped, k, c.window) }
	r.group = &group{contacts: slices.DeleteFunc(slices.Clone(g.contacts), near), keys: g.keys, id: g.id}
	for _, key := range g.keys {
		c.broken[key] = append(c.broken[key], r)
	}
}

// forgot reports whether calls that could answer one were forgotten before it came.
func (c *Collector) forgot(dropped *Contact) bool {
	return !c.from.IsZero() && !dropped.Start.IsZero() && !dropped.Start.After(c.to) && !dropped.Start.Add(c.window).Before(c.from)
}

func (c *Collector) forget(g *group, over func(*Contact) bool) {
	g.contacts = slices.DeleteFunc(g.contacts, func(k *Contact) bool {
		if !over(k) || k.promised() && !k.used {
			return false
		}
		if !k.Start.IsZero() && (c.from.IsZero() || k.Start.Before(c.from)) {
			c.from = k.Start
		}
		if k.Start.After(c.to) {
			c.to = k.Start
		}
		return true
	})
}

// Chains are all chains, in the order of the input. Nothing can be added after it.
func (c *Collector) Chains() []*Chain {
	c.sweep(func(*Contact) bool { return true })
	out := make([]*Chain, len(c.replies))
	for i, r := range c.replies {
		if r.group != nil {
			slices.SortFunc(r.group.contacts, before)
			r.Chain = r.group.chain(r.Dropped, c.window)
			r.Stray = r.Dropped.stray && !r.Reached()
		}
		r.Until, r.Numbers = c.until, c.numbers
		out[i] = r.Chain
	}
	slices.SortFunc(out, func(a, b *Chain) int {
		if a.order == b.order && a.Dropped != nil { // a callback that dropped begins one of each kind
			return -1
		}
		return a.order - b.order
	})
	return out
}
