package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Summary counts the results of a run. It grows with the number of rules and
// agents, not with the number of calls. Its zero value is ready to use.
type Summary struct {
	Calls       int  // calls read
	Unjudged    int  // those of them in which no rule could be evaluated
	Problems    int  // problems of the input, fatal or not
	Fatal       int  // those that lost part of the input
	Interrupted bool // the run ended before the input did
	Skipped     int  // scripts marked as bad examples, which nobody is told to say

	Followups *lint.Followups // what became of calls that dropped; nil where nobody looked

	Coverage *lint.Coverage // of the scenes that the packs ask for; nil where nobody wants to know

	bySeverity [rule.Error + 1]int
	suppressed map[rule.Suppression]int
	rules      map[ruleKey]*RuleCount
	all        Group
	agents     map[string]*AgentCount
	teams      map[string]*TeamCount
	days       map[string]*DayCount
	reasons    map[call.Say]*ReasonCount
}

// RuleCount is what one rule found.
type RuleCount struct {
	Rule     *rule.Rule
	Findings int
	Calls    int // calls with at least one of them
}

// AgentCount is what was found in the calls of one agent.
type AgentCount struct {
	Agent call.Person
	Group
	known string // by which the agent is told from others, even where Agent is masked
}

// key is what an agent is shown by.
func (a *AgentCount) key() string { return cmp.Or(a.Agent.ID, a.Agent.Name) }

// TeamCount is what was found in the calls of one team.
type TeamCount struct {
	Team string
	Group
}

// DayCount is what was found in the calls of one day, in the zone of each call.
type DayCount struct {
	Day string // 2026-03-18; empty for calls of which nobody knows the day
	Group
}

// ReasonCount is a reason for which rules were not evaluated.
type ReasonCount struct {
	Reason call.Say
	Calls  int // calls with at least one such rule
	Rules  int // rules not evaluated, summed over the calls
}

// Add counts one result.
func (s *Summary) Add(r *lint.Result) {
	if r.Problem != nil {
		s.Problems++
		if r.Problem.Fatal {
			s.Fatal++
		}
		return
	}
	s.Calls++
	if !evaluated(r) {
		s.Unjudged++
	}
	s.all.add(r)
	s.addRules(r.Verdict.Findings)
	s.addSuppressed(r.Verdict.Suppressed)
	s.addAgent(r)
	s.addTeam(r)
	s.addDay(r)
	s.addReasons(r.Verdict.NotEvaluated)
}

// ruleKey is a rule as it judges some files: with others it may have another severity.
type ruleKey struct {
	id       string
	severity rule.Severity
}

func (s *Summary) addRules(findings []rule.Finding) {
	if s.rules == nil {
		s.rules = map[ruleKey]*RuleCount{}
	}
	seen := map[ruleKey]bool{}
	for i := range findings {
		r := findings[i].Rule
		s.bySeverity[r.Severity]++
		key := ruleKey{r.ID, r.Severity}
		n := entry(s.rules, key, RuleCount{Rule: r})
		n.Findings++
		if !seen[key] {
			seen[key] = true
			n.Calls++
		}
	}
}

func (s *Summary) addSuppressed(list []rule.Suppressed) {
	for i := range list {
		if s.suppressed == nil {
			s.suppressed = map[rule.Suppression]int{}
		}
		s.suppressed[list[i].By]++
	}
}

func (s *Summary) addAgent(r *lint.Result) {
	agent, known := r.Call.Agent, r.AgentKey()
	if known == "" {
		return
	}
	if s.agents == nil {
		s.agents = map[string]*AgentCount{}
	}
	n := entry(s.agents, known, AgentCount{Agent: agent, known: known})
	n.Agent = call.Person{ID: agent.ID, Name: cmp.Or(n.Agent.Name, agent.Name), Team: cmp.Or(n.Agent.Team, agent.Team)}
	n.add(r)
}

func (s *Summary) addTeam(r *lint.Result) {
	team := r.Call.Agent.Team
	if team == "" {
		return
	}
	if s.teams == nil {
		s.teams = map[string]*TeamCount{}
	}
	entry(s.teams, team, TeamCount{Team: team}).add(r)
}

func (s *Summary) addDay(r *lint.Result) {
	day := dayOf(r.Call.StartedAt)
	if s.days == nil {
		s.days = map[string]*DayCount{}
	}
	entry(s.days, day, DayCount{Day: day}).add(r)
}

// dayOf is the day of a time of RFC 3339, as its own zone has it; "" where there is none.
func dayOf(at string) string {
	day := at[:min(len(at), len(time.DateOnly))]
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return ""
	}
	return day
}

func (s *Summary) addReasons(missing []rule.NotEvaluated) {
	if s.reasons == nil {
		s.reasons = map[call.Say]*ReasonCount{}
	}
	seen := map[call.Say]bool{}
	for _, m := range missing {
		n := entry(s.reasons, m.Reason, ReasonCount{Reason: m.Reason})
		n.Rules++
		if !seen[m.Reason] {
			seen[m.Reason] = true
			n.Calls++
		}
	}
}

// entry is the value of a key, put there first where there is none.
func entry[K comparable, V any](m map[K]*V, key K, first V) *V {
	if v := m[key]; v != nil {
		return v
	}
	v := new(V) // not &first: that would be allocated for every finding
	*v = first
	m[key] = v
	return v
}

// Count is the number of findings of one severity.
func (s *Summary) Count(severity rule.Severity) int { return s.bySeverity[severity] }

// Suppressed is the number of findings accepted by one thing; no other number holds them.
func (s *Summary) Suppressed(by rule.Suppression) int { return s.suppressed[by] }

// AtLeast is the number of findings of a severity or a graver one.
func (s *Summary) AtLeast(severity rule.Severity) int {
	n := 0
	for at := severity; at <= rule.Error; at++ {
		n += s.bySeverity[at]
	}
	return n
}

// Findings is the number of all findings.
func (s *Summary) Findings() int { return s.AtLeast(rule.Info) }

// Rules lists the rules that found something, the gravest and then the most frequent first.
func (s *Summary) Rules() []RuleCount {
	return ordered(s.rules, func(a, b RuleCount) int {
		return cmp.Or(cmp.Compare(b.Rule.Severity, a.Rule.Severity), cmp.Compare(b.Findings, a.Findings),
			strings.Compare(a.Rule.ID, b.Rule.ID))
	})
}

// All is what was found in all calls together.
func (s *Summary) All() *Group { return &s.all }

// Teams lists the teams that the input names, in the order of [Summary.Agents].
func (s *Summary) Teams() []TeamCount {
	return ordered(s.teams, func(a, b TeamCount) int {
		return cmp.Or(a.compare(&b.Group), strings.Compare(a.Team, b.Team))
	})
}

// Agents lists the agents that the input names: those with the lowest mean
// score, or else with the most errors and then the most findings, first.
func (s *Summary) Agents() []AgentCount {
	return ordered(s.agents, func(a, b AgentCount) int {
		return cmp.Or(a.compare(&b.Group),
			strings.Compare(a.Agent.ID, b.Agent.ID), strings.Compare(a.Agent.Name, b.Agent.Name), strings.Compare(a.known, b.known))
	})
}

// Days lists the days of the calls in order, that of the calls without one last.
func (s *Summary) Days() []DayCount {
	return ordered(s.days, func(a, b DayCount) int {
		if (a.Day == "") != (b.Day == "") {
			return strings.Compare(b.Day, a.Day)
		}
		return strings.Compare(a.Day, b.Day)
	})
}

// NotEvaluated lists why rules were not evaluated, the most frequent reason first.
func (s *Summary) NotEvaluated() []ReasonCount {
	return ordered(s.reasons, func(a, b ReasonCount) int {
		return cmp.Or(cmp.Compare(b.Calls, a.Calls), strings.Compare(a.Reason.ZH, b.Reason.ZH))
	})
}

// ordered lists the values of a map; less must order all of them.
func ordered[K comparable, V any](m map[K]*V, compare func(a, b V) int) []V {
	out := make([]V, 0, len(m))
	for _, v := range m {
		out = append(out, *v)
	}
	slices.SortFunc(out, compare)
	return out
}
