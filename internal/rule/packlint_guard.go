package rule

import (
	"fmt"
	"slices"
	"strings"
)

// guardPart is one phrase or <cue> of an unless, with the examples in which it
// stands against a match.
type guardPart struct {
	file   *packFile
	at     item
	owner  string
	slots  []*guard // the guards that hold it; shields are in many cues
	alone  *cue     // finds what the part finds
	shaded []int    // examples, by index
}

// idleGuards finds every unless without which all examples come out the same. It
// works on a pack of its own, because it takes parts of guards away to see.
func (l *packLinter) idleGuards() {
	t := &guardTrial{pack: compilePack(&loader{files: l.files}), before: map[int]string{}}
	t.collect()
	for _, r := range t.pack.Rules {
		for _, e := range slices.Concat(r.Bad(), r.Good()) {
			t.cases = append(t.cases, exampleOf{e, r})
		}
	}
	for i := range t.cases {
		t.shade(i)
	}
	for _, group := range t.groups {
		l.idleGroup(t, group)
	}
}

// idleGroup reports the parts of one guard that no example needs: all of them at once.
func (l *packLinter) idleGroup(t *guardTrial, group []*guardPart) {
	var idle []*guardPart
	for _, part := range group {
		if !t.needed(part) {
			idle = append(idle, part)
		}
	}
	if len(idle) == len(group) && !slices.ContainsFunc(idle, (*guardPart).shades) {
		first := group[0]
		l.flaw(CheckIdleGuard, Warning, first.file, first.at.At, "%s 的这个 unless 在所有例子里什么也没挡住；补一个需要它的 good 例子，或删掉它",
			"this unless of %s shields nothing in any example; add a good example that needs it, or drop it", first.owner)
		return
	}
	for _, part := range idle {
		zh, en := "%[1]s 的 unless 里 %[2]s 在所有例子里什么也没挡住", "%[2]s of an unless of %[1]s shields nothing in any example"
		if part.shades() {
			zh, en = "%[1]s 的 unless 里 %[2]s 去掉也一样：它挡住的另有别的挡着，或者不影响结果", "without %[2]s of an unless of %[1]s nothing changes: what it shields is shielded by others too, or decides nothing"
		}
		l.flaw(CheckIdleGuard, Info, part.file, part.at.At, zh, en, part.owner, shortened(part.at.Text))
	}
}

// shades reports whether the part stands against a match in any example.
func (p *guardPart) shades() bool { return len(p.shaded) > 0 }

type exampleOf struct {
	Example
	rule *Rule
}

// guardTrial takes guards away and looks whether any example changes.
type guardTrial struct {
	pack   *Pack
	cases  []exampleOf
	groups [][]*guardPart // by guard
	owners []*cue         // cues with guards
	parts  map[*cue][]guardUse
	before map[int]string // what example i gives with all guards
}

// guardUse is a part of a guard of one cue.
type guardUse struct {
	scope scope
	part  *guardPart
}

func (t *guardTrial) collect() {
	t.parts = map[*cue][]guardUse{}
	c := t.pack.made
	judged := t.pack.judged()
	for _, name := range keys(c.cues) {
		n := c.cues[name]
		if !judged[n.cue] {
			continue // only tags use it, and they have no examples
		}
		t.group(n.file, name, n.spec.Unless, []*cue{n.cue})
	}
	for _, f := range c.files {
		for i := range f.spec.Rules {
			s := &f.spec.Rules[i]
			k := slices.IndexFunc(t.pack.Rules, func(r *Rule) bool { return r.ID == s.ID.Text })
			if own := ownSpec(s); own != nil && k >= 0 {
				t.group(f, s.ID.Text, own.Unless, []*cue{ownCue(t.pack.Rules[k])})
			}
		}
	}
	t.shields()
}

// judged are the cues on which what a rule says can rest.
func (p *Pack) judged() map[*cue]bool {
	out := map[*cue]bool{}
	for _, r := range p.Rules {
		for _, c := range r.cues() {
			c.reach(out)
		}
		for _, t := range r.when {
			t.sort.reach(out, 0)
		}
	}
	return out
}

// cues are all that a rule looks for.
func (r *Rule) cues() []*cue {
	switch e := r.evaluator.(type) {
	case *forbid:
		return append([]*cue{e.cue}, e.after...)
	case *require:
		return []*cue{e.cue}
	case *reply:
		return slices.Concat(e.to, e.with, e.skip, e.settle)
	case *order:
		return slices.Concat(e.first, e.then, e.after)
	case *timing:
		return e.cues()
	case *repeat:
		return append(slices.Concat(e.told, e.between, e.given, e.never), e.cue)
	}
	return nil
}

// reach notes a cue and all that it rests on.
func (c *cue) reach(to map[*cue]bool) {
	if to[c] {
		return
	}
	to[c] = true
	for _, o := range c.others {
		o.reach(to)
	}
	for _, g := range slices.Concat(c.unless, c.with) {
		g.cue.reach(to)
	}
}

func (s *sort) reach(to map[*cue]bool, depth int) {
	for _, w := range s.ways {
		for _, c := range w.said {
			c.reach(to)
		}
		for _, t := range w.is {
			if depth < maxSorts {
				t.sort.reach(to, depth+1)
			}
		}
	}
}

// ownCue is the cue that a rule spells out itself.
func ownCue(r *Rule) *cue {
	switch e := r.evaluator.(type) {
	case *forbid:
		return e.cue
	case *require:
		return e.cue
	case *repeat:
		return e.cue
	}
	return nil
}

// group notes the guards of cues that have the same ones, in the order in which
// compiler.guards makes them.
func (t *guardTrial) group(file *packFile, owner string, specs guardSpecs, cues []*cue) {
	k := 0
	for _, name := range keys(specs) {
		if len(specs[name]) > 0 {
			t.guard(file, owner, specs[name], cues, func(c *cue) *guard { return &c.unless[k] })
			k++
		}
	}
}

// shields notes the guards that all forbid rules share; they come last in each.
func (t *guardTrial) shields() {
	var cues []*cue
	for _, r := range t.pack.Rules {
		if f, ok := r.evaluator.(*forbid); ok && rolesOf(f.cue.speaker) == agentRole {
			cues = append(cues, f.cue)
		}
	}
	left := len(t.pack.made.shields)
	for _, f := range t.pack.made.files {
		if len(f.spec.Shields) > 0 {
			t.guard(f, "shields", f.spec.Shields, cues, func(c *cue) *guard { return &c.unless[len(c.unless)-left] })
			left--
		}
	}
}

// guard notes the parts of one guard.
func (t *guardTrial) guard(file *packFile, owner string, list items, cues []*cue, of func(*cue) *guard) {
	var group []*guardPart
	for _, it := range list {
		part := &guardPart{file: file, at: it, owner: owner, alone: t.alone(it)}
		for _, c := range cues {
			if c.never || part.alone == nil {
				continue
			}
			g := of(c)
			part.slots = append(part.slots, g)
			if t.parts[c] == nil {
				t.owners = append(t.owners, c)
			}
			t.parts[c] = append(t.parts[c], guardUse{g.scope, part})
		}
		if len(part.slots) > 0 {
			group = append(group, part)
		}
	}
	if group != nil {
		t.groups = append(t.groups, group)
	}
}

// alone is a cue that finds what one item of a guard finds.
func (t *guardTrial) alone(it item) *cue {
	if name, ok := reference(it.Text); ok {
		return t.pack.made.cues[name].cue
	}
	if p, ok := t.pack.made.index[it.Text]; ok {
		return &cue{phrases: []int32{p}}
	}
	return nil
}

// shade notes which parts of guards stand against a match in example i.
func (t *guardTrial) shade(i int) {
	v := newView(t.pack, t.cases[i].Call)
	for _, c := range t.owners {
		for turn := range v.turns {
			if c.never || c.speaker != "" && v.call.Turns[turn].Role != c.speaker {
				continue
			}
			for _, m := range longest(v.candidates(turn, c)) {
				for _, use := range t.parts[c] {
					if !slices.Contains(use.part.shaded, i) && v.holds(guard{use.scope, use.part.alone}, turn, m) {
						use.part.shaded = append(use.part.shaded, i)
					}
				}
			}
		}
	}
}

// needed reports whether an example comes out differently without the part.
func (t *guardTrial) needed(part *guardPart) bool {
	for _, i := range part.shaded {
		if _, known := t.before[i]; !known {
			t.before[i] = t.outcome(i)
		}
		if restore := part.takeAway(); t.outcomeAnd(i, restore) != t.before[i] {
			return true
		}
	}
	return false
}

func (t *guardTrial) outcomeAnd(i int, restore func()) string {
	defer restore()
	return t.outcome(i)
}

// takeAway leaves the part out of its guards until the function it returns is called.
func (p *guardPart) takeAway() (restore func()) {
	before := make([]*cue, len(p.slots))
	for i, g := range p.slots {
		before[i] = g.cue
		g.cue = without(g.cue, p.alone)
	}
	return func() {
		for i, g := range p.slots {
			g.cue = before[i]
		}
	}
}

// without is a guard's cue less one part.
func without(c, part *cue) *cue {
	if c == part {
		return &cue{never: true}
	}
	less := *c
	less.others = slices.DeleteFunc(slices.Clone(c.others), func(o *cue) bool { return o == part })
	if part.name == "" {
		less.phrases = slices.DeleteFunc(slices.Clone(c.phrases), func(p int32) bool { return p == part.phrases[0] })
	}
	less.never = len(less.phrases)+len(less.others) == 0
	return &less
}

// outcome is what the rules and tags make of example i, as text to compare.
func (t *guardTrial) outcome(i int) string {
	e := t.cases[i]
	v := newView(t.pack, e.Call)
	var b strings.Builder
	for _, r := range t.pack.Rules {
		if e.OneTurn && !r.OneTurn && r.ID != e.rule.ID || !v.is(r.when) {
			continue
		}
		r.evaluator.check(v, func(at place) { fmt.Fprintln(&b, r.ID, at.turn) })
	}
	for _, tag := range v.tags() {
		fmt.Fprintln(&b, tag.ID)
		for _, value := range tag.Values {
			fmt.Fprintln(&b, value.Value)
		}
	}
	return b.String()
}
