package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/internal/stat"
)

// Group counts the calls of one agent or team, or of all. It grows with the
// number of rules and tags, not with the number of calls.
type Group struct {
	Calls    int
	Judged   int // calls in which a rule was evaluated: in the others nothing can be found
	Findings int
	Errors   int // findings of severity error
	Scored   int // calls that have a score

	scores   stat.Sample // of the calls that have one
	perCall  stat.Sample // findings of each judged call
	grades   map[rule.Grade]int
	costs    map[string]*RuleCost
	families map[string]int // calls with a finding of the family
	tags     map[string]*TagCount
}

// FamilyCount is how many calls have a finding of a family of rules, by which
// the share of all such calls is estimated.
type FamilyCount struct {
	Family    string  // what the ids of its rules begin with
	Calls     int     // with at least one finding
	Share     float64 // of the group's judged calls, 0 to 1
	Low, High float64 // its confidence interval, 95 %
}

// RuleCost is what one rule cost a group of calls.
type RuleCost struct {
	Rule     *rule.Rule
	Findings int
	Points   int // lost by it; 0 where calls are not scored
}

// GradeCount is how many calls got a grade.
type GradeCount struct {
	rule.Grade
	Calls int
}

// TagCount is how many calls have each value of a tag.
type TagCount struct {
	Tag    *rule.TagKind
	Values []ValueCount // the most frequent first
	calls  map[string]*ValueCount
}

// ValueCount is how many calls have a value of a tag.
type ValueCount struct {
	Value string
	Name  call.Say
	Calls int
}

// add counts one call.
func (g *Group) add(r *lint.Result) {
	g.Calls++
	g.Findings += len(r.Verdict.Findings)
	for i := range r.Verdict.Findings {
		if r.Verdict.Findings[i].Rule.Severity == rule.Error {
			g.Errors++
		}
	}
	if evaluated(r) {
		g.Judged++
		g.perCall.Add(float64(len(r.Verdict.Findings)))
	}
	g.addFindings(r.Verdict.Findings)
	if s := r.Verdict.Score; s != nil {
		g.addScore(s)
	}
	for _, t := range r.Verdict.Tags {
		g.addTag(t)
	}
}

// evaluated reports whether any rule was evaluated in a call, or none was to be.
func evaluated(r *lint.Result) bool {
	return r.Verdict.Judged > 0 || len(r.Verdict.Findings) > 0 || len(r.Verdict.NotEvaluated) == 0
}

func (g *Group) addScore(s *rule.Score) {
	g.Scored++
	g.scores.Add(float64(s.Points))
	if s.Grade.Name != "" {
		if g.grades == nil {
			g.grades = map[rule.Grade]int{}
		}
		g.grades[s.Grade]++
	}
	for _, d := range s.Deductions {
		n := g.costs[d.Rule.ID]
		if n == nil { // what is not shown costs points, but no rule is the worst for it
			continue
		}
		n.Points += d.Total
		if d.Fatal {
			n.Points += s.Start
		}
	}
}

func (g *Group) addFindings(findings []rule.Finding) {
	seen := map[string]bool{}
	for i := range findings {
		g.cost(findings[i].Rule).Findings++
		family, _, _ := strings.Cut(findings[i].Rule.ID, "/")
		if !seen[family] {
			seen[family] = true
			g.family(family)
		}
	}
}

func (g *Group) family(name string) {
	if g.families == nil {
		g.families = map[string]int{}
	}
	g.families[name]++
}

// Families lists the families of rules that found something, the most frequent first.
func (g *Group) Families() []FamilyCount {
	out := make([]FamilyCount, 0, len(g.families))
	for name := range g.families {
		out = append(out, g.Family(name))
	}
	slices.SortFunc(out, func(a, b FamilyCount) int {
		return cmp.Or(cmp.Compare(b.Calls, a.Calls), strings.Compare(a.Family, b.Family))
	})
	return out
}

// Family is what one family of rules found in the group.
func (g *Group) Family(name string) FamilyCount {
	n := FamilyCount{Family: name, Calls: g.families[name], Share: float64(g.families[name]) / float64(max(1, g.Judged))}
	n.Low, n.High = stat.Wilson(n.Calls, g.Judged)
	return n
}

func (g *Group) cost(r *rule.Rule) *RuleCost {
	if g.costs == nil {
		g.costs = map[string]*RuleCost{}
	}
	return entry(g.costs, r.ID, RuleCost{Rule: r})
}

func (g *Group) addTag(t rule.Tag) {
	if g.tags == nil {
		g.tags = map[string]*TagCount{}
	}
	n := g.tags[t.ID]
	if n == nil {
		n = entry(g.tags, t.ID, TagCount{Tag: t.TagKind, calls: map[string]*ValueCount{}})
	}
	for _, v := range t.Values {
		entry(n.calls, v.Value, ValueCount{Value: v.Value, Name: v.Name}).Calls++
	}
}

// Mean is the mean score of the calls that have one; ok is false if none has.
func (g *Group) Mean() (mean float64, ok bool) {
	if g.Scored == 0 {
		return 0, false
	}
	return g.scores.Mean(), true
}

// Per100 is the number of findings per 100 judged calls.
func (g *Group) Per100() float64 { return 100 * float64(g.Findings) / float64(max(1, g.Judged)) }

// Grades lists the grades that calls got, the highest first.
func (g *Group) Grades() []GradeCount {
	out := make([]GradeCount, 0, len(g.grades))
	for grade, n := range g.grades {
		out = append(out, GradeCount{grade, n})
	}
	slices.SortFunc(out, func(a, b GradeCount) int {
		return cmp.Or(cmp.Compare(b.From, a.From), strings.Compare(a.Name, b.Name))
	})
	return out
}

// Worst lists the rules that cost most points, at most n of them.
func (g *Group) Worst(n int) []RuleCost {
	all := ordered(g.costs, func(a, b RuleCost) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(b.Findings, a.Findings),
			cmp.Compare(b.Rule.Severity, a.Rule.Severity), strings.Compare(a.Rule.ID, b.Rule.ID))
	})
	return all[:min(n, len(all))]
}

// Tags lists the tags that calls have, in the order of the pack.
func (g *Group) Tags() []TagCount {
	out := ordered(g.tags, func(a, b TagCount) int {
		return cmp.Or(cmp.Compare(a.Tag.Place, b.Tag.Place), strings.Compare(a.Tag.ID, b.Tag.ID))
	})
	for i := range out {
		out[i].Values = ordered(out[i].calls, func(a, b ValueCount) int {
			return cmp.Or(cmp.Compare(b.Calls, a.Calls), strings.Compare(a.Value, b.Value))
		})
	}
	return out
}

// compare puts the group with the lower mean score first, those without one
// last, and among equals the one with more errors and findings first.
func (g *Group) compare(h *Group) int {
	return cmp.Or(cmp.Compare(g.rank(), h.rank()), cmp.Compare(h.Errors, g.Errors), cmp.Compare(h.Findings, g.Findings))
}

// rank is the mean score, more than any score where there is none.
func (g *Group) rank() float64 {
	if mean, scored := g.Mean(); scored {
		return mean
	}
	return math.Inf(1)
}
