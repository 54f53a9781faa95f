package rule

import (
	"cmp"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/zhijian-qa/zhijian/internal/strict"
)

// A call is scored by deductions: it starts with so many points, every finding
// costs some by its severity or its rule, and a fatal rule costs them all.

// scoreSpec is how calls are scored, as a pack writes it. What a house pack
// leaves out stays as it is in the pack that it extends.
type scoreSpec struct {
	at     position
	Start  *number           `yaml:"start"`  // points that a call starts with, at least 1
	Points pointsSpec        `yaml:"points"` // what a finding costs
	Cap    *number           `yaml:"cap"`    // findings of one rule that cost points in one call; 0: all of them
	Grades map[string]number `yaml:"grades"` // the least score of each, one of them 0
}

// pointsSpec is what a finding costs by its severity.
type pointsSpec struct {
	Error   *number `yaml:"error"`
	Warning *number `yaml:"warning"`
	Info    *number `yaml:"info"`
}

// costSpec is what a rule says of its own cost.
type costSpec struct {
	Points *number `yaml:"points"` // instead of those of its severity
	Cap    *number `yaml:"cap"`    // instead of that of the pack; 0: no limit
	Fatal  *bool   `yaml:"fatal"`  // one finding makes the score 0
}

// number is a whole number with its place.
type number struct {
	at position
	n  int
}

// UnmarshalYAML reads a number and its place.
func (n *number) UnmarshalYAML(node *yaml.Node) error {
	n.at = strict.At(node)
	return node.Decode(&n.n)
}

// UnmarshalYAML reads the section and its place.
func (s *scoreSpec) UnmarshalYAML(n *yaml.Node) error {
	s.at = strict.At(n)
	type plain scoreSpec
	return n.Decode((*plain)(s))
}

// cost is what the findings of a rule cost where it says so itself.
type cost struct {
	points *int
	cap    *int
	fatal  bool
}

// Scale is how a pack scores calls.
type Scale struct {
	Start  int            // points that a call starts with, at least 1
	Points [Error + 1]int // that a finding costs, by severity; not negative
	Cap    int            // findings of one rule that cost points in one call; 0: all of them
	Grades []Grade        // the highest first, the last from 0; nil: none
}

// Grade is a name for scores from a bound up to the next grade's.
type Grade struct {
	Name string
	From int // the least score, 0 to the start of the scale
}

// Score is the score of a call and how it came about.
type Score struct {
	Points     int         // 0 to the start of the scale
	Grade      Grade       // without a name where the scale has no grades
	Start      int         // points before any deduction
	Deductions []Deduction // the rules that found something: fatal ones, then those that cost most
	Judged     int         // rules that were judged; the others cost nothing
	Skipped    int         // rules that could not be judged
	Rules      int         // rules of the packs, chosen or not
}

// Deduction is what one rule cost.
type Deduction struct {
	Rule    *Rule
	Count   int  // findings
	Counted int  // those that cost points: Count or the cap
	Points  int  // each
	Total   int  // Counted × Points, not limited to what was left
	Fatal   bool // it made the score 0, whatever the points
}

// newScale is a scale that says no more than that calls are scored.
func newScale() *Scale {
	return &Scale{Start: 100, Points: [Error + 1]int{Error: 10, Warning: 4, Info: 1}}
}

// scale reads a file's section score. Only a house pack may change one that is there.
func (c *compiler) scale(s *packSpec) {
	if s.Score == nil {
		return
	}
	if c.pack.Scale == nil {
		c.pack.Scale = newScale()
	} else if !c.file.house {
		c.fault(s.Score.at, faultf("%q 定义了两次", "%q is defined twice", "score"))
	}
	scale := c.pack.Scale
	c.set(&scale.Start, s.Score.Start, 1)
	c.set(&scale.Points[Error], s.Score.Points.Error, 0)
	c.set(&scale.Points[Warning], s.Score.Points.Warning, 0)
	c.set(&scale.Points[Info], s.Score.Points.Info, 0)
	c.set(&scale.Cap, s.Score.Cap, 0)
	if s.Score.Grades != nil {
		scale.Grades = c.grades(s.Score)
	}
	for _, g := range scale.Grades {
		if g.From > scale.Start {
			c.fault(s.Score.at, faultf("等级 %s 从 %d 分起，可是满分只有 %d", "grade %s starts at %d, but calls start with %d", g.Name, g.From, scale.Start))
		}
	}
}

// set sets a number that the pack gives and that must not be below least.
func (c *compiler) set(to *int, n *number, least int) {
	if n == nil {
		return
	}
	if n.n < least {
		c.fault(n.at, faultf("这里要写不小于 %d 的整数，写的是 %d", "a whole number from %d up is needed here, not %d", least, n.n))
	}
	*to = n.n
}

// grades orders the grades from the highest down.
func (c *compiler) grades(s *scoreSpec) []Grade {
	var out []Grade
	for _, name := range keys(s.Grades) {
		g := Grade{Name: name}
		bound := s.Grades[name]
		c.set(&g.From, &bound, 0)
		if slices.ContainsFunc(out, func(other Grade) bool { return other.From == g.From }) {
			c.fault(bound.at, faultf("两个等级都从 %d 分起", "two grades start at %d", g.From))
		}
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b Grade) int { return cmp.Compare(b.From, a.From) })
	if len(out) > 0 && out[len(out)-1].From != 0 {
		c.fault(s.at, faultf("要有一个等级从 0 分起，否则低分没有等级", "one grade must start at 0, or low scores have none"))
	}
	return out
}

// cost reads what a rule, or a change of it, says of its own cost.
func (c *compiler) cost(to *cost, s *costSpec) {
	c.ownNumber(&to.points, s.Points)
	c.ownNumber(&to.cap, s.Cap)
	if s.Fatal != nil {
		to.fatal = *s.Fatal
	}
}

func (c *compiler) ownNumber(to **int, n *number) {
	if n != nil {
		*to = new(int)
		c.set(*to, n, 0)
	}
}

// Fatal reports whether one finding of the rule makes the score of a call 0.
func (r *Rule) Fatal() bool { return r.cost.fatal }

// Score scores a call by its findings. Which rules were judged is for the caller to add.
func (s *Scale) Score(findings []Finding) *Score {
	score := &Score{Points: s.Start, Start: s.Start, Deductions: s.deductions(findings)}
	for _, d := range score.Deductions {
		score.Points = max(0, score.Points-d.Total)
		if d.Fatal {
			score.Points = 0
		}
	}
	for _, g := range s.Grades {
		if score.Grade = g; score.Points >= g.From {
			break
		}
	}
	return score
}

// deductions adds up the findings rule by rule.
func (s *Scale) deductions(findings []Finding) []Deduction {
	var out []Deduction
	place := map[*Rule]int{}
	for i := range findings {
		r := findings[i].Rule
		if _, known := place[r]; !known {
			place[r] = len(out)
			out = append(out, Deduction{Rule: r, Fatal: r.cost.fatal})
		}
		out[place[r]].Count++
	}
	for i := range out {
		s.charge(&out[i])
	}
	slices.SortStableFunc(out, func(a, b Deduction) int {
		if a.Fatal != b.Fatal {
			return first(a.Fatal)
		}
		return cmp.Or(cmp.Compare(b.Total, a.Total), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Rule.ID, b.Rule.ID))
	})
	return out
}

// charge fills in what the findings of a rule cost.
func (s *Scale) charge(d *Deduction) {
	points, limit := s.Cost(d.Rule)
	d.Points, d.Counted = points, d.Count
	if limit > 0 {
		d.Counted = min(limit, d.Count)
	}
	d.Total = d.Counted * d.Points
}

// Cost returns what a finding of the rule costs, and how many of one call cost that; 0 is all of them.
func (s *Scale) Cost(r *Rule) (points, limit int) {
	points, limit = s.Points[r.Severity], s.Cap
	if r.cost.points != nil {
		points = *r.cost.points
	}
	if r.cost.cap != nil {
		limit = *r.cost.cap
	}
	return points, limit
}

// first is the order of two things, the one that is so before the other.
func first(is bool) int {
	if is {
		return -1
	}
	return 1
}
