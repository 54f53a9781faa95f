package report

import (
	"maps"
	"slices"
)

// ratesObject is what is common of a group of calls, and how it changed.
type ratesObject struct {
	Judged    *int                    `json:"judged_calls,omitempty"` // in which a rule was evaluated, of which the rates are; absent where that is all
	Per100    float64                 `json:"findings_per_100_calls"` // to one decimal
	Deviation float64                 `json:"findings_deviation"`     // standard deviation of the findings of a call
	Families  map[string]familyObject `json:"families"`               // by what the ids of rules begin with
	Change    *changeObject           `json:"change,omitempty"`       // absent where there is nothing to compare with
}

// familyObject is how many calls have findings of a family of rules. The interval
// is that of 95 % by Wilson; shares are of 0 to 1.
type familyObject struct {
	Calls int     `json:"calls"`
	Share float64 `json:"share"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// changeObject is how a group changed since an earlier run.
type changeObject struct {
	Score    *delta            `json:"score,omitempty"`
	Per100   *delta            `json:"findings_per_100_calls,omitempty"`
	Families map[string]*delta `json:"families"` // in percent of the calls
}

func newRatesObject(g *Group) ratesObject {
	o := ratesObject{Per100: decimal(g.Per100()), Deviation: precise(g.perCall.Deviation()), Families: map[string]familyObject{}}
	for _, n := range g.Families() {
		o.Families[n.Family] = familyObject{n.Calls, precise(n.Share), precise(n.Low), precise(n.High)}
	}
	if g.Judged != g.Calls {
		o.Judged = &g.Judged
	}
	return o
}

// since adds how a group changed.
func (o *ratesObject) since(g *Group, p *past) {
	if p == nil {
		return
	}
	o.Change = &changeObject{Score: g.scoreSince(p), Per100: g.per100Since(p), Families: map[string]*delta{}}
	for _, name := range familiesOf(g, p) {
		o.Change.Families[name] = g.familySince(p, name)
	}
}

// familiesOf lists the families that found something now or then, the most frequent first.
func familiesOf(g *Group, p *past) []string {
	var out []string
	for _, n := range g.Families() {
		out = append(out, n.Family)
	}
	if p == nil {
		return out
	}
	for _, name := range slices.Sorted(maps.Keys(p.Families)) {
		if g.families[name] == 0 {
			out = append(out, name)
		}
	}
	return out
}

// addChanges adds to a summary how it changed since an earlier run.
func (o *summaryObject) addChanges(s *Summary, p *Previous) {
	if p == nil {
		return
	}
	o.since(s.All(), p.all)
	agents := s.Agents()
	for i, then := range p.ofAgents(agents) {
		o.ByAgent[i].since(&agents[i].Group, then)
	}
	for i, n := range s.Teams() {
		o.ByTeam[i].since(&n.Group, p.teams[n.Team])
	}
	for i, n := range s.Days() {
		o.ByDay[i].since(&n.Group, p.days[n.Day])
	}
}
