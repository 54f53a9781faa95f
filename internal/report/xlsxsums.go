package report

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/book"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// agentColumns are those of the agents.
func (x *xlsxReport) agentColumns() []xlsxColumn[AgentCount] {
	return []xlsxColumn[AgentCount]{
		xlsxCol(x.say("工号", "agent id"), named, func(a AgentCount) book.Cell { return textCell(a.Agent.ID, book.Wrapped) }),
		xlsxCol(x.say("坐席", "agent"), named, func(a AgentCount) book.Cell { return textCell(a.Agent.Name, book.Wrapped) }),
		xlsxCol(x.say("班组", "team"), named, func(a AgentCount) book.Cell { return textCell(a.Agent.Team, book.Wrapped) }),
		numCol(x.say("通数", "calls"), narrow, func(a AgentCount) book.Cell { return countCell(a.Calls) }),
		numCol(x.say("平均分", "mean score"), narrow, func(a AgentCount) book.Cell { return meanCell(&a.Group) }),
		xlsxCol(x.say("等级", "grades"), named, func(a AgentCount) book.Cell { return textCell(grades(&a.Group), book.Wrapped) }),
		numCol(x.say("问题", "findings"), narrow, func(a AgentCount) book.Cell { return countCell(a.Findings) }),
		numCol(x.severity(rule.Error), narrow, func(a AgentCount) book.Cell { return loudCell(a.Errors, book.Error) }),
		numCol(x.say("每百通问题", "findings per 100 calls"), named, func(a AgentCount) book.Cell { return per100Cell(&a.Group) }),
		xlsxCol(x.say("失分最多的规则", "worst rules"), said, func(a AgentCount) book.Cell { return textCell(x.worstOf(&a.Group), book.Wrapped) }),
	}
}

func per100Cell(g *Group) book.Cell {
	if g.Judged == 0 {
		return book.Cell{}
	}
	return book.Cell{Value: decimal(g.Per100()), Style: book.Decimal}
}

func meanCell(g *Group) book.Cell {
	m, scored := g.Mean()
	if !scored {
		return book.Cell{}
	}
	return book.Cell{Value: decimal(m), Style: book.Decimal}
}

// worstOf are the worst rules of a group with their findings, one on a line.
func (x *xlsxReport) worstOf(g *Group) string {
	var lines []string
	for _, w := range g.Worst(3) {
		lines = append(lines, fmt.Sprintf("%s  %d", w.Rule.Title.In(x.o.Lang), w.Findings))
	}
	return strings.Join(lines, "\n")
}

func (x *xlsxReport) agentRows(s *Summary) error {
	if x.agents == nil {
		return nil
	}
	var errs error
	for _, a := range s.Agents() {
		errs = errors.Join(errs, x.agents.add(a))
	}
	return errs
}

// ruleColumns are those of the rules. The drop-down of what was missed takes the first.
func (x *xlsxReport) ruleColumns() []xlsxColumn[RuleCount] {
	heads, lang := book.ReviewHeads(), x.o.Lang
	return []xlsxColumn[RuleCount]{
		xlsxCol(heads.Rule.In(lang), ruled, func(n RuleCount) book.Cell { return textCell(n.Rule.ID, book.Plain) }),
		xlsxCol(heads.Title.In(lang), numbered, func(n RuleCount) book.Cell { return textCell(n.Rule.Title.In(lang), book.Wrapped) }),
		xlsxCol(x.say("级别", "severity"), narrow, func(n RuleCount) book.Cell { return x.severityCell(n.Rule.Severity) }),
		numCol(x.say("问题", "findings"), narrow, func(n RuleCount) book.Cell { return countCell(n.Findings) }),
		numCol(x.counted(), narrow, func(n RuleCount) book.Cell { return countCell(n.Calls) }),
		xlsxCol(x.say("为什么", "why"), told, func(n RuleCount) book.Cell { return textCell(n.Rule.Why.In(lang), book.Wrapped) }),
		xlsxCol(x.say("建议", "advice"), said, func(n RuleCount) book.Cell { return textCell(n.Rule.Advice.In(lang), book.Wrapped) }),
		xlsxCol(heads.Source.In(lang), told, func(n RuleCount) book.Cell { return textCell(sourceLines(n.Rule), book.Wrapped) }),
	}
}

// counted is the head of a column that counts what was checked.
func (x *xlsxReport) counted() string {
	return x.say(noun(x.o.Scripts).ZH+"数", noun(x.o.Scripts).EN+"s")
}

// sourceLines are the passages that a rule rests on, one on a line.
func sourceLines(r *rule.Rule) string {
	var lines []string
	for _, s := range r.Sources {
		lines = append(lines, strings.TrimSpace(s.Doc+" "+s.Says))
	}
	return strings.Join(lines, "\n")
}

// ruleRows lists the rules that found something, and then those of the packs
// that did not: people name them in the sheet of what was missed.
func (x *xlsxReport) ruleRows(s *Summary) error {
	found := s.Rules()
	seen := map[string]bool{}
	var errs error
	for _, n := range found {
		seen[n.Rule.ID] = true
		errs = errors.Join(errs, x.rules.add(n))
	}
	for _, r := range x.judging() {
		if !seen[r.ID] {
			errs = errors.Join(errs, x.rules.add(RuleCount{Rule: r}))
		}
	}
	return errs
}

// judging lists the rules of the packs that judge what was read, chosen or not.
func (x *xlsxReport) judging() []*rule.Rule {
	var all []*rule.Rule
	for _, p := range x.o.Packs {
		all = append(all, p.Rules...)
	}
	slices.SortStableFunc(all, func(a, b *rule.Rule) int { return strings.Compare(a.ID, b.ID) })
	all = slices.CompactFunc(all, func(a, b *rule.Rule) bool { return a.ID == b.ID })
	if x.o.Scripts {
		return rule.ForScripts(all)
	}
	return rule.ForCalls(all)
}
