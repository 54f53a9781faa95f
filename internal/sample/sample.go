// Package sample chooses the calls that a human should hear: every fatal one, the
// riskiest, and some by chance from every agent, so that nobody is judged by the worst alone.
//
// The choice depends on the calls and the seed only, not on the order in which the
// calls come: chance is a hash of the seed and the id of the call. What is kept while the
// calls go by grows with the size of the sample and the number of fatal calls, not with that of
// all. Of most that chance may choose it is where they stand: every group may get nearly all places.
package sample

import (
	"cmp"
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Plan says what to choose.
type Plan struct {
	Size  int                     // calls; all fatal ones come, even if they are more
	Risky int                     // of them at most so many for their risk; negative: half of what fatal ones leave
	Seed  string                  // another seed is another choice by chance
	By    func(*call.Call) string // what the calls are told apart by, such as the agent
	Noun  call.Say                // what that is; empty where they are not told apart
	Risks []Risk                  // tags that make a call risky

	// Again reports whether a call can be read from its source once more. Of such calls no more is
	// kept than where they stand, until chance has chosen. Nil: none can.
	Again func(*call.Call) bool
}

// Risk is a value of a tag.
type Risk struct{ Tag, Value string }

// Cause says why a call was chosen.
type Cause string

// The causes. A call that is fatal or risky is never chosen by chance.
const (
	Fatal  Cause = "fatal"
	Risky  Cause = "risk"
	Random Cause = "random"
)

// Pick is a call that was chosen.
type Pick struct {
	*lint.Result
	Cause  Cause
	Fatals []*rule.Rule // of a fatal call
	Risk   int          // points, see [Sampler]
	Tags   []rule.Tag   // of a risky call: those of the plan, with their values only
	Group  Group        // of one chosen by chance

	hash uint64
	turn int  // among the calls of its group with the same risk
	own  bool // its texts are its own
	bad  bool // it is among the riskiest so far
	away bool // its call is to be read again
}

// Group is the calls that one was chosen from by chance.
type Group struct {
	Name   string // as Plan.By calls it
	Calls  int    // without fatal and risky ones
	Chosen int
}

// Sampler sees the calls go by. The risk of a call is the points that it lost, and
// riskPoints for every tag of the plan; a call without score loses what the
// findings of each severity cost by default.
type Sampler struct {
	plan   Plan
	total  int
	fatal  []*Pick
	risky  []*Pick // the riskiest so far, and some more
	groups map[string]*group
	kept   int    // calls in groups
	next   int    // kept calls at which to prune
	limit  uint64 // hashes above are never chosen
}

const riskPoints = 20

// New is a sampler that has seen no calls.
func New(p Plan) *Sampler {
	return &Sampler{plan: p, groups: map[string]*group{}, next: pruneAt, limit: ^uint64(0)}
}

// Seen is the number of calls that came by.
func (s *Sampler) Seen() int { return s.total }

// Add looks at a call; it keeps a copy of what it needs.
func (s *Sampler) Add(r *lint.Result) {
	s.total++
	p := &Pick{Result: r, hash: chance(s.plan.Seed, r.Call.ID)}
	if p.Fatals = fatals(r); p.Fatals != nil {
		p.Cause = Fatal
		s.fatal = append(s.fatal, p.hold())
		return
	}
	p.Tags, p.Risk = s.risk(r)
	name := s.plan.By(r.Call)
	if p.Risk > 0 && s.plan.Risky != 0 {
		s.addRisky(p.hold())
	}
	s.addToGroup(name, p)
}

func (s *Sampler) addRisky(p *Pick) {
	p.bad = true
	s.risky = append(s.risky, p)
	if most := s.mostRisky(); len(s.risky) > 2*most+pruneAt {
		s.rank(s.risky)
		for _, p := range s.risky[most:] {
			p.bad = false
			s.leave(p)
		}
		s.risky = slices.Clone(s.risky[:most])
	}
}

// mostRisky is more than are ever chosen for their risk.
func (s *Sampler) mostRisky() int {
	if s.plan.Risky < 0 {
		return (s.plan.Size + 1) / 2
	}
	return min(s.plan.Risky, s.plan.Size)
}

// fatals lists the fatal rules that a call broke.
func fatals(r *lint.Result) []*rule.Rule {
	var out []*rule.Rule
	for _, f := range r.Verdict.Findings {
		if f.Rule.Fatal() && !slices.Contains(out, f.Rule) {
			out = append(out, f.Rule)
		}
	}
	if s := r.Verdict.Score; s != nil { // which counts what is not shown, too
		for _, d := range s.Deductions {
			if d.Fatal && !slices.Contains(out, d.Rule) {
				out = append(out, d.Rule)
			}
		}
	}
	return out
}

// risk finds the risky tags of a call and adds up its risk.
func (s *Sampler) risk(r *lint.Result) (tags []rule.Tag, points int) {
	for _, t := range r.Verdict.Tags {
		risky := rule.Tag{TagKind: t.TagKind}
		for _, v := range t.Values {
			if slices.Contains(s.plan.Risks, Risk{t.ID, v.Value}) {
				risky.Values = append(risky.Values, v)
			}
		}
		if risky.Values != nil {
			tags = append(tags, risky)
			points += riskPoints * len(risky.Values)
		}
	}
	return tags, points + lost(&r.Verdict)
}

// lost is the points that a call lost.
func lost(v *rule.Verdict) int {
	if v.Score != nil {
		return v.Score.Start - v.Score.Points
	}
	points := 0
	for _, f := range v.Findings {
		points += [rule.Error + 1]int{rule.Info: 1, rule.Warning: 4, rule.Error: 10}[f.Rule.Severity]
	}
	return points
}

// rank puts the riskiest calls first, and of equal risk one of every group in turn, so that
// chance does not choose them all of one agent. What comes later only moves a call
// further back, so that those far back can be dropped at any time.
func (s *Sampler) rank(picks []*Pick) {
	slices.SortFunc(picks, byChance)
	type place struct {
		group string
		risk  int
	}
	seen := map[place]int{}
	for _, p := range picks {
		at := place{s.plan.By(p.Call), p.Risk}
		p.turn = seen[at]
		seen[at]++
	}
	slices.SortStableFunc(picks, func(a, b *Pick) int { return cmp.Or(cmp.Compare(b.Risk, a.Risk), cmp.Compare(a.turn, b.turn)) })
}

// byChance orders calls by their hash, and those of one id by their places.
func byChance(a, b *Pick) int {
	return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.Call.ID, b.Call.ID), cmp.Compare(a.Call.Source, b.Call.Source), cmp.Compare(a.Call.Line, b.Call.Line))
}

// Picks is the sample: the fatal calls and the risky ones, the riskiest first, then those
// by chance, group by group. Some of the latter may be [Pick.Away].
func (s *Sampler) Picks() []*Pick {
	for _, p := range s.fatal {
		_, p.Risk = s.risk(p.Result)
	}
	s.rank(s.fatal)
	left := max(0, s.plan.Size-len(s.fatal))
	risky := s.takeRisky(left)
	return slices.Concat(s.fatal, risky, s.takeRandom(left-len(risky), risky))
}

// takeRisky chooses the riskiest calls.
func (s *Sampler) takeRisky(left int) []*Pick {
	n := s.plan.Risky
	if n < 0 {
		n = left / 2
	}
	s.rank(s.risky)
	out := s.risky[:min(n, left, len(s.risky))]
	for _, p := range out {
		p.Cause = Risky
	}
	return out
}
