package lint

import (
	"iter"
	"slices"
	"time"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/follow"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/mask"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Followups is what the rules that judge the calls of a customer together say of a whole
// input. Because a finding on a call may rest on a call that comes later, the input is
// looked through once before it is judged: every finding then stands with its call, in
// every report, whatever the order of the calls, and no result waits for another. It grows
// with the calls that dropped, not with all calls.
type Followups struct {
	Drops  []Drop        // in the order of the input
	Within time.Duration // in which a call that dropped must be called back; 0 where no rule says
	Masked int           // customers that are known by a masked number alone

	outcomes map[follow.Key][]outcome
}

// outcome is what one rule says of one call.
type outcome struct {
	rule string
	rule.Outcome
}

// Drop is a call that dropped, with what came of it.
type Drop struct {
	ID       string
	At       time.Time // the drop, or the start of the call where its end is not known; zero where neither is
	Fate     rule.Fate
	Found    []*rule.Rule // that are broken
	Attempts []Attempt
	Again    *Attempt // the customer called again; nil if not
	Reported bool
}

// Attempt is a call after a drop.
type Attempt struct {
	ID       string
	At       time.Time // zero where it is not known
	Answered bool
}

// Follows reports whether any rule judges calls together, so that Follow is worth its time.
func (l *Linter) Follows() bool {
	return slices.ContainsFunc(l.Checks, func(c Check) bool {
		rules := c.Rules
		if l.For != nil {
			rules = c.Pack.Rules
		}
		return slices.ContainsFunc(rules, (*rule.Rule).Followup)
	})
}

// Follow looks through the calls of all chunks, of which those at most a window apart may
// belong together, for the rules that judge calls together.
func (l *Linter) Follow(chunks iter.Seq[intake.Chunk], window time.Duration) *Followups {
	rules := l.followRules()
	c := follow.NewCollector(window, rules[0].Zone())
	for chunk := range chunks {
		chunk.Items(func(it intake.Item) bool {
			if it.Call != nil {
				c.Add(it.Call)
			}
			return true
		})
	}
	f := &Followups{outcomes: map[follow.Key][]outcome{}}
	for _, r := range rules {
		f.Within = max(f.Within, r.Limit())
	}
	for _, chain := range c.Chains() {
		found := f.judge(chain, rules)
		if chain.Dropped != nil {
			d := l.dropOf(chain, rules)
			d.Found = l.chosen(found)
			f.Drops = append(f.Drops, d)
		}
	}
	f.Masked = c.Masked()
	return f
}

// followRules are the rules that judge calls together, each once: an override may choose
// other rules for some files, so those that are not chosen are judged too.
func (l *Linter) followRules() []*rule.Rule {
	var out []*rule.Rule
	for _, check := range l.Checks {
		for _, r := range check.Pack.Rules {
			if r.Followup() && !slices.ContainsFunc(out, func(o *rule.Rule) bool { return o.ID == r.ID }) {
				out = append(out, r)
			}
		}
	}
	return out
}

// chosen are those of the rules that judge calls, as they do.
func (l *Linter) chosen(rules []*rule.Rule) (out []*rule.Rule) {
	for _, check := range l.Checks {
		for _, r := range check.Rules {
			if slices.ContainsFunc(rules, func(o *rule.Rule) bool { return o.ID == r.ID }) {
				out = append(out, r)
			}
		}
	}
	return out
}

// judge notes what the rules say of a chain, and lists those that are broken.
func (f *Followups) judge(chain *follow.Chain, rules []*rule.Rule) (found []*rule.Rule) {
	for _, r := range rules {
		o := r.Follow(chain)
		if o.Of == nil {
			continue
		}
		for _, key := range append([]follow.Key{o.Of.Key}, o.Of.Same...) {
			f.outcomes[key] = append(f.outcomes[key], outcome{r.ID, o})
		}
		if o.Found {
			found = append(found, r)
		}
	}
	return found
}

func (l *Linter) dropOf(c *follow.Chain, rules []*rule.Rule) Drop {
	id := func(k *follow.Contact) string {
		if l.Mask {
			return mask.ID(k.Key.ID)
		}
		return k.Key.ID
	}
	d := Drop{ID: id(c.Dropped), At: c.Dropped.End, Fate: rule.FateOf(c, rules), Reported: c.Reported}
	if d.At.IsZero() {
		d.At = c.Dropped.Start
	}
	for _, a := range c.Attempts {
		d.Attempts = append(d.Attempts, Attempt{id(a), a.Start, !a.Failed})
	}
	for _, again := range []*follow.Contact{c.Unclear, c.Own} {
		if again != nil {
			d.Again = &Attempt{id(again), again.Start, true}
		}
	}
	return d
}

// followUp adds what the rules of a check say that judge calls together.
func (l *Linter) followUp(c *call.Call, rules []*rule.Rule, v *rule.Verdict) {
	unfit := v.Judged == 0 && len(v.NotEvaluated) > 0 // then it is not judged because of these rules alone
	for _, r := range rules {
		if !r.Followup() {
			continue
		}
		o, known := l.Followups.of(c, r)
		reason := o.Reason
		if !known {
			reason = rule.Unfollowed(c, l.Followups == nil)
		}
		switch {
		case reason != (call.Say{}):
			v.NotEvaluated = append(v.NotEvaluated, rule.NotEvaluated{Rule: r.ID, Reason: reason})
			continue
		case o.Found:
			v.Findings = append(v.Findings, r.FollowFinding(c, o))
		}
		if !unfit {
			v.Judged++
		}
	}
}

// of is what a rule says of a call, if anything.
func (f *Followups) of(c *call.Call, r *rule.Rule) (rule.Outcome, bool) {
	if f == nil {
		return rule.Outcome{}, false
	}
	for _, o := range f.outcomes[follow.KeyOf(c)] {
		if o.rule == r.ID {
			return o.Outcome, true
		}
	}
	return rule.Outcome{}, false
}
