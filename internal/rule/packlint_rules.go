package rule

import (
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// neverFires finds rules that no call can break, and those that every call of
// their sort does.
func (l *packLinter) neverFires() {
	for _, r := range l.pack.Rules {
		now, anyhow := l.able(r, true), l.able(r, false)
		switch {
		case !l.possible(r.when):
			l.flaw(CheckNeverFires, Error, r.file, r.at, "规则 %s 永远不会命中：没有一通电话能同时满足它的 when", "rule %s can never fire: no call is of all the sorts in its when", r.ID)
		case anyhow != (call.Say{}):
			l.flaw(CheckNeverFires, Error, r.file, r.at, "规则 %[1]s %[2]s", "rule %[1]s %[3]s", r.ID, anyhow.ZH, anyhow.EN)
		case now != (call.Say{}):
			l.flaw(CheckNeverFires, Info, r.file, r.at, "按现在的设置，规则 %[1]s %[2]s", "with the settings as they are, rule %[1]s %[3]s", r.ID, now.ZH, now.EN)
		}
	}
	for _, f := range l.files {
		for _, name := range keys(f.spec.Calls) {
			l.neverOfSort(f, name)
		}
	}
}

// neverOfSort finds the ways of a sort that no call can have.
func (l *packLinter) neverOfSort(f *packFile, name string) {
	s := l.sorts[name].sort
	for i, w := range s.ways {
		if !w.never && !l.anyWorld(func(at world) bool { return l.mayBe(at, sortTest{sort: &sort{ways: []sortWay{w}}}, 0) }) {
			l.flaw(CheckNeverFires, Warning, f, f.spec.Calls[name][i].at, "通话类别 %s 的这一条永远不成立", "this way to be of sort %s can never hold", name)
		}
	}
}

// roles is a set of speakers.
type roles uint8

const (
	agentRole roles = 1 << iota
	customerRole
	otherRole
	anyRole = agentRole | customerRole | otherRole
)

func rolesOf(r call.Role) roles {
	switch r {
	case call.Agent:
		return agentRole
	case call.Customer:
		return customerRole
	case call.Other:
		return otherRole
	}
	return anyRole
}

// speakersOf is who could say a cue; nobody if it can never be found. settings
// says whether what they leave out counts as that.
func (l *packLinter) speakersOf(c *cue, settings bool) roles {
	if c.never && settings {
		return 0
	}
	var may roles
	if c.never || slices.ContainsFunc(c.phrases, func(p int32) bool { return !l.dead[l.pack.phrases[p].source] }) || len(c.phrases)+len(c.others) == 0 {
		may = anyRole
	}
	for _, o := range c.others {
		may |= l.speakersOf(o, settings)
	}
	may &= rolesOf(c.speaker)
	for _, g := range c.with {
		who := l.speakersOf(g.cue, settings)
		if g.scope != heard && g.scope != previous {
			may &= who
		} else if who == 0 {
			return 0
		}
	}
	return may
}

func (l *packLinter) anyone(cues []*cue, settings bool) bool {
	return slices.ContainsFunc(cues, func(c *cue) bool { return l.speakersOf(c, settings) != 0 })
}

// able says why a rule can never fire, or always does; nothing if neither.
func (l *packLinter) able(r *Rule, settings bool) call.Say {
	never := call.Say{ZH: "永远不会命中：它要找的话谁也不会说（短语、说话人或 with 对不上）", EN: "can never fire: nobody can say what it looks for (phrases, speaker or with do not fit)"}
	always := call.Say{ZH: "总会命中：它要求的话谁也不会说", EN: "always fires: nobody can say what it asks for"}
	said := func(cues ...*cue) bool { return l.anyone(cues, settings) }
	switch e := r.evaluator.(type) {
	case *forbid:
		if !said(e.cue) || e.after != nil && !said(e.after...) {
			return never
		}
	case *require:
		if !said(e.cue) {
			return always
		}
	case *reply:
		if !said(e.to...) {
			return never
		}
		if !said(e.with...) {
			return always
		}
	case *order:
		if !said(e.then...) || e.after != nil && !said(e.after...) {
			return never
		}
	case *timing:
		if e.measure == measureHold && !said(e.guards["announced"]...) {
			return never
		}
	case *repeat:
		if !said(e.cue) || !e.inARow && e.similar == 0 && !l.hasSlot(e.cue) {
			return never
		}
	}
	return call.Say{}
}

// hasSlot reports whether a phrase of a cue has a named group.
func (l *packLinter) hasSlot(c *cue) bool {
	return slices.ContainsFunc(c.phrases, func(p int32) bool { return l.pack.phrases[p].expression().MaxCap() > 0 }) || slices.ContainsFunc(c.others, l.hasSlot)
}

// world is what an input may know of a call.
type world struct {
	direction             call.Direction
	reason                string
	hangup                call.Hangup
	callbackOf, truncated bool
}

// anyWorld reports whether something may be so of a call, whatever the input knows.
func (l *packLinter) anyWorld(may func(world) bool) bool {
	for _, d := range []call.Direction{"", call.Inbound, call.Outbound, call.Callback} {
		for _, r := range l.reasons() {
			for _, h := range []call.Hangup{"", call.ByAgent, call.ByCustomer, call.Dropped} {
				for flags := range 4 {
					if may(world{d, r, h, flags&1 > 0, flags&2 > 0}) {
						return true
					}
				}
			}
		}
	}
	return false
}

// reasons are the callback reasons that the pack names, none, and one that it does not name.
func (l *packLinter) reasons() []string {
	out := []string{"", "\x00"}
	for _, name := range keys(l.sorts) {
		for _, w := range l.sorts[name].sort.ways {
			out = append(out, w.reason...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// possible reports whether a call could be of all the sorts. Words count as said
// or not as it suits, so a true may be wrong, a false is not.
func (l *packLinter) possible(tests []sortTest) bool {
	for _, t := range tests {
		if slices.Contains(tests, sortTest{t.sort, !t.not}) {
			return false
		}
	}
	return l.anyWorld(func(at world) bool {
		return !slices.ContainsFunc(tests, func(t sortTest) bool { return !l.mayBe(at, t, 0) })
	})
}

// maxSorts bounds how deep sorts that name each other are followed.
const maxSorts = 16

// mayBe reports whether a test may hold in a world.
func (l *packLinter) mayBe(at world, t sortTest, depth int) bool {
	if depth > maxSorts {
		return true
	}
	if !t.not {
		return slices.ContainsFunc(t.sort.ways, func(w sortWay) bool { return l.wayMay(at, w, depth) })
	}
	return !slices.ContainsFunc(t.sort.ways, func(w sortWay) bool { return !l.wayMayNot(at, w, depth) })
}

// wayMay reports whether all that a way asks for may hold.
func (l *packLinter) wayMay(at world, w sortWay, depth int) bool {
	return at.fits(w) && (w.said == nil || l.anyone(w.said, true)) &&
		!slices.ContainsFunc(w.is, func(t sortTest) bool { return !l.mayBe(at, t, depth+1) })
}

// wayMayNot reports whether something that a way asks for may not hold.
func (l *packLinter) wayMayNot(at world, w sortWay, depth int) bool {
	return !at.fits(w) || w.said != nil ||
		slices.ContainsFunc(w.is, func(t sortTest) bool { return l.mayBe(at, sortTest{t.sort, !t.not}, depth+1) })
}

// fits reports whether what a way asks of the input is so.
func (at world) fits(w sortWay) bool {
	return !w.never && (w.direction == nil || slices.Contains(w.direction, at.direction)) &&
		(w.reason == nil || slices.Contains(w.reason, at.reason)) &&
		(w.hangup == nil || slices.Contains(w.hangup, at.hangup)) &&
		(!w.callbackOf || at.callbackOf) && (!w.truncated || at.truncated)
}
