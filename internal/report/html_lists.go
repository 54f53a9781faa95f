package report

import (
	"cmp"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// htmlLists are the things that calls have in common; rows and details name
// them by their place in these lists. They grow with rules, agents and tags.
type htmlLists struct {
	rules  htmlList[ruleKey, htmlRule]
	agents htmlList[call.Person, htmlAgent]
	grades htmlList[string, string]
	tags   htmlList[[2]string, htmlTag]
}

// htmlList is values in the order in which they were first seen.
type htmlList[K comparable, V any] struct {
	values []V
	places map[K]int
}

// place is where the value of a key stands, put there first by make where it is new.
func (l *htmlList[K, V]) place(key K, value func() V) int {
	if i, known := l.places[key]; known {
		return i
	}
	if l.places == nil {
		l.places = map[K]int{}
	}
	l.places[key] = len(l.values)
	l.values = append(l.values, value())
	return len(l.values) - 1
}

type htmlRule struct {
	ID       string        `json:"id"`
	Severity rule.Severity `json:"severity"` // 1 to 3
	Title    string        `json:"title"`
	Why      string        `json:"why"`
	Advice   string        `json:"advice"`
	Label    string        `json:"label"`  // before the advice
	Quotes   bool          `json:"quotes"` // the words found say all that a message would
}

type htmlAgent struct {
	Key  string `json:"key"` // that tells agents apart
	Name string `json:"name"`
	Team string `json:"team,omitempty"`
}

type htmlTag struct {
	ID    string `json:"id"`
	Value string `json:"value"`
	Title string `json:"title"`
	Name  string `json:"name"`
}

// htmlListsObject is the lists and what else the program of the page must know.
type htmlListsObject struct {
	Scripts bool        `json:"scripts"`
	Calls   int         `json:"calls"`
	Rows    int         `json:"rows"`    // blocks
	Details int         `json:"details"` // blocks
	Rules   []htmlRule  `json:"rules"`
	Agents  []htmlAgent `json:"agents"`
	Grades  []string    `json:"grades"`
	Tags    []htmlTag   `json:"tags"`
}

func (h *htmlReport) listsObject() htmlListsObject {
	return htmlListsObject{h.o.Scripts, h.row, h.rows.full, h.details.full,
		h.lists.rules.values, h.lists.agents.values, h.lists.grades.values, h.lists.tags.values}
}

func (h *htmlReport) rulePlace(r *rule.Rule) int {
	return h.lists.rules.place(ruleKey{r.ID, r.Severity}, func() htmlRule {
		lang := h.o.Lang
		return htmlRule{Clean(r.ID), r.Severity, Clean(r.Title.In(lang)), Clean(r.Why.In(lang)), Clean(r.Advice.In(lang)), h.adviceLabel(r), r.Kind == "forbid"}
	})
}

// agentPlace is -1 for a call without an agent.
func (h *htmlReport) agentPlace(p call.Person) int {
	if p == (call.Person{}) {
		return -1
	}
	return h.lists.agents.place(p, func() htmlAgent {
		return htmlAgent{Clean(cmp.Or(p.ID, p.Name)), Clean(h.person(call.Person{ID: p.ID, Name: p.Name})), Clean(p.Team)}
	})
}

// gradePlace is -1 where there is no grade.
func (h *htmlReport) gradePlace(s *rule.Score) int {
	if s == nil || s.Grade.Name == "" {
		return -1
	}
	name := Clean(s.Grade.Name)
	return h.lists.grades.place(name, func() string { return name })
}

func (h *htmlReport) tagPlace(t *rule.TagKind, v *rule.TagValue) int {
	return h.lists.tags.place([2]string{t.ID, v.Value}, func() htmlTag {
		return htmlTag{Clean(t.ID), Clean(v.Value), Clean(t.Title.In(h.o.Lang)), Clean(v.Name.In(h.o.Lang))}
	})
}
