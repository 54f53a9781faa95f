package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/internal/stat"
)

// Previous is what an earlier run found, to be compared with.
type Previous struct {
	Name string // of the file

	packs  []packObject
	choice *Choice
	all    *past
	agents map[string]*past
	teams  map[string]*past
	days   map[string]*past
}

// past is a group of calls of an earlier run.
type past struct {
	Calls  int     `json:"calls"`
	Judged *int    `json:"judged_calls"` // nil where that is all
	Per100 float64 `json:"findings_per_100_calls"`
	Score  *struct {
		Calls     int     `json:"calls"`
		Mean      float64 `json:"mean"`
		Deviation float64 `json:"deviation"`
	} `json:"score"`
	Deviation *float64 `json:"findings_deviation"`
	Families  map[string]struct {
		Calls int `json:"calls"`
	} `json:"families"`
}

// judged is the number of calls in which a finding could be.
func (p *past) judged() int {
	if p.Judged != nil {
		return *p.Judged
	}
	return p.Calls
}

// pastRun is a report as far as it is compared.
type pastRun struct {
	Version int          `json:"version"`
	Packs   []packObject `json:"packs"`
	Choice  *Choice      `json:"choice"`
	Summary *struct {
		past
		ByAgent []struct {
			Agent call.Person `json:"agent"`
			past
		} `json:"by_agent"`
		ByTeam []struct {
			Team string `json:"team"`
			past
		} `json:"by_team"`
		ByDay []struct {
			Day *string `json:"day"`
			past
		} `json:"by_day"`
	} `json:"summary"`
}

// unusable is an error that says in both languages why a report cannot be compared with.
type unusable struct{ call.Problem }

// Error is the error in English.
func (u unusable) Error() string { return u.In(call.EN) }

// ReadPrevious reads the report that the format json wrote to a file of that
// name. The error, which has an In for both languages, names the file and says
// why it is no such report.
func ReadPrevious(name string, data []byte) (*Previous, error) {
	fail := func(zh, en string, args ...any) (*Previous, error) {
		return nil, unusable{call.Problem{File: name, What: call.Sayf(zh, en, args...)}}
	}
	var run pastRun
	if err := json.Unmarshal(data, &run); err != nil {
		if lines(data) {
			return fail("这是 JSONL；要的是 zhijian lint --output json=… 写的 JSON 报告，里面有汇总", "this is JSONL; what is wanted is the JSON report of zhijian lint --output json=…, which has a summary")
		}
		return fail("不是 zhijian lint --format json 写的报告：%v", "this is no report that zhijian lint --format json wrote: %v", err)
	}
	switch s := run.Summary; {
	case s == nil:
		return fail("报告里没有 summary；请用 zhijian lint --format json 写一份", "the report has no summary; write one with zhijian lint --format json")
	case run.Version > formatVersion:
		return fail("报告是更新的版本写的（格式 %d）；请升级 zhijian", "a newer version wrote the report (format %d); upgrade zhijian", run.Version)
	case s.Deviation == nil || run.Choice == nil:
		return fail("报告是旧版本写的，没有离散程度和选用的规则；请用这个版本重新检查一遍那批通话", "an older version wrote the report, without deviations and the choice of rules; check those calls again with this one")
	}
	return run.previous(name), nil
}

// lines reports whether every line of a text is JSON by itself, as in the format jsonl.
func lines(data []byte) bool {
	first, rest, more := bytes.Cut(bytes.TrimSpace(data), []byte("\n"))
	second, _, _ := bytes.Cut(rest, []byte("\n"))
	return more && json.Valid(first) && json.Valid(second)
}

func (r *pastRun) previous(name string) *Previous {
	p := &Previous{Name: name, packs: r.Packs, choice: r.Choice, all: &r.Summary.past, agents: map[string]*past{}, teams: map[string]*past{}, days: map[string]*past{}}
	for i := range r.Summary.ByAgent {
		a := &r.Summary.ByAgent[i]
		key := cmp.Or(a.Agent.ID, a.Agent.Name)
		if _, twice := p.agents[key]; twice { // two ids that look the same masked: nobody can tell which is which
			p.agents[key] = nil
		} else {
			p.agents[key] = &a.past
		}
	}
	for i := range r.Summary.ByTeam {
		p.teams[r.Summary.ByTeam[i].Team] = &r.Summary.ByTeam[i].past
	}
	for i := range r.Summary.ByDay {
		day := ""
		if d := r.Summary.ByDay[i].Day; d != nil {
			day = *d
		}
		p.days[day] = &r.Summary.ByDay[i].past
	}
	return p
}

// ofAgents is what the earlier run has of each of the agents; nil where it has nothing, or
// where two of them look the same.
func (p *Previous) ofAgents(list []AgentCount) []*past {
	count := map[string]int{}
	for i := range list {
		count[list[i].key()]++
	}
	out := make([]*past, len(list))
	for i := range list {
		if key := list[i].key(); count[key] == 1 {
			out[i] = p.agents[key]
		}
	}
	return out
}

// OtherPacks are the packs of the earlier run with their versions, where they are not those
// of this one: then what changed may be the rules. Otherwise there are none.
func (p *Previous) OtherPacks(now []*rule.Pack) []string {
	same := len(p.packs) == len(now)
	var out []string
	for i, then := range p.packs {
		same = same && then.Name == now[i].Name && then.Version == now[i].Version
		out = append(out, then.Name+" "+then.Version)
	}
	if same {
		return nil
	}
	return out
}

// Comparable is nil if a run by such a choice of rules of the packs can be compared with the
// earlier one. Else the error, which has an In for both languages, says what differs. Other
// versions of packs do not matter here: reports warn of them.
func (p *Previous) Comparable(packs []*rule.Pack, c *Choice) error {
	differs := c.unlike(p.choice, p.OtherPacks(packs) == nil)
	if differs == nil {
		return nil
	}
	var zh, en []string
	for _, d := range differs {
		zh, en = append(zh, d.ZH), append(en, d.EN)
	}
	return unusable{call.Problem{File: p.Name, What: call.Sayf(
		"和这次不能比：%[1]s；请用同样的选项再检查一遍那批通话", "cannot be compared with this run, which differs in %[2]s; check those calls again with the same options",
		strings.Join(zh, "，"), strings.Join(en, ", "))}}
}

// delta is how a number changed since an earlier run.
type delta struct {
	Before float64 `json:"before"`
	By     float64 `json:"by"`
	Real   bool    `json:"beyond_chance"` // at a confidence of 95 %
}

// newDelta is the change from before to now, both to one decimal.
func newDelta(before, now float64, significant bool) *delta {
	by := decimal(decimal(now) - decimal(before))
	return &delta{decimal(before), by, significant && by != 0}
}

// scoreSince is how the mean score changed; nil where one of both is not known.
func (g *Group) scoreSince(p *past) *delta {
	if p == nil || p.Score == nil || g.Scored == 0 {
		return nil
	}
	then := stat.Of(p.Score.Calls, p.Score.Mean, p.Score.Deviation)
	return newDelta(p.Score.Mean, g.scores.Mean(), stat.MeansDiffer(then, g.scores))
}

// per100Since is how the findings per 100 calls changed.
func (g *Group) per100Since(p *past) *delta {
	if p == nil || p.judged() == 0 || g.Judged == 0 || p.Deviation == nil {
		return nil
	}
	then := stat.Of(p.judged(), p.Per100/100, *p.Deviation)
	return newDelta(p.Per100, g.Per100(), stat.MeansDiffer(then, g.perCall))
}

// familySince is how the percentage of calls with findings of a family changed.
func (g *Group) familySince(p *past, family string) *delta {
	if p == nil || p.judged() == 0 || g.Judged == 0 {
		return nil
	}
	then, now := p.Families[family].Calls, g.families[family]
	return newDelta(100*float64(then)/float64(p.judged()), 100*g.Family(family).Share, stat.SharesDiffer(then, p.judged(), now, g.Judged))
}
