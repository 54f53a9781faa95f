package report

import (
	"errors"
	"io"

	"github.com/zhijian-qa/zhijian/internal/book"
	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// xlsxFormat is a workbook for people who review: an overview, the calls, the
// findings with columns for a verdict, the agents, the rules, and a sheet for
// what was missed. The sheets of calls and findings are written as they come.
func xlsxFormat() format {
	return format{"xlsx", lint.NearTurns, func(w io.Writer, o Options) Writer { return &xlsxReport{tongue: tongue(o.Lang), w: w, o: o} }}
}

// Binary reports whether a format is no text, so that a terminal cannot show it.
func Binary(format string) bool { return format == xlsxFormat().name }

// Discard removes what an unfinished report keeps elsewhere. It may be called at
// any time, and is needed only where Close is not.
func Discard(w Writer) {
	if d, ok := w.(interface{ discard() }); ok {
		d.discard()
	}
}

// mostProblems is how many problems of the input the overview lists.
const mostProblems = 1000

type xlsxReport struct {
	tongue
	w io.Writer
	o Options

	book     *book.Book // nil before the first result
	overview *book.Sheet
	calls    *xlsxTable[*lint.Result] // nil with SummaryOnly, so are findings and missed
	findings *xlsxTable[foundIn]
	agents   *xlsxTable[AgentCount] // nil for scripts: nobody has spoken them
	rules    *xlsxTable[RuleCount]
	missed   *xlsxTable[struct{}]

	scores   []int // calls by tens of their score
	full     int   // the most that a call can score
	problems []call.Problem
}

// Call writes a row for the call, and one for every finding.
func (x *xlsxReport) Call(r *lint.Result) error {
	if err := x.begin(); err != nil {
		return err
	}
	if r.Verdict.Score != nil {
		x.countScore(r.Verdict.Score)
	}
	if x.o.SummaryOnly {
		return nil
	}
	if err := x.calls.add(r); err != nil {
		return err
	}
	for i := range r.Verdict.Findings {
		if err := x.findings.add(foundIn{r.Call, &r.Verdict.Findings[i]}); err != nil {
			return err
		}
	}
	return nil
}

// Problem keeps a problem for the overview.
func (x *xlsxReport) Problem(p *call.Problem) error {
	if len(x.problems) < mostProblems {
		x.problems = append(x.problems, *p)
	}
	return nil
}

// Close writes the other sheets, and then the whole workbook.
func (x *xlsxReport) Close(s *Summary) error {
	defer x.discard()
	if err := x.begin(); err != nil {
		return err
	}
	if err := errors.Join(x.ruleRows(s), x.agentRows(s), x.overviewRows(s)); err != nil {
		return err
	}
	return x.book.Write(x.w)
}

func (x *xlsxReport) discard() {
	if x.book != nil {
		_ = x.book.Close() // temporary files that nobody misses
	}
}

// begin adds the sheets, in the order of their tabs.
func (x *xlsxReport) begin() (err error) {
	if x.book != nil {
		return nil
	}
	x.book = book.New(x.o.Lang)
	if x.overview, err = x.book.Sheet(x.say("概览", "Overview"), overviewLayout()); err != nil {
		return err
	}
	if !x.o.SummaryOnly {
		name := x.say("通话", "Calls")
		if x.o.Scripts {
			name = x.say("话术", "Scripts")
		}
		x.calls, err = newTable(x, err, name, x.callColumns(), book.Layout{Frozen: 1})
		x.findings, err = newTable(x, err, x.say("发现", "Findings"), x.findingColumns(), book.Layout{Frozen: 1})
	}
	if !x.o.Scripts {
		x.agents, err = newTable(x, err, x.say("坐席", "Agents"), x.agentColumns(), book.Layout{Frozen: 2})
	}
	x.rules, err = newTable(x, err, x.say("规则", "Rules"), x.ruleColumns(), book.Layout{Frozen: 1})
	if !x.o.SummaryOnly && err == nil {
		x.missed, err = newTable(x, err, x.say("漏报", "Missed"), x.missedColumns(x.rules.sheet), book.Layout{Spare: spareRows})
	}
	return err
}

// countScore counts a score by tens; full marks belong to the highest ten.
func (x *xlsxReport) countScore(s *rule.Score) {
	x.full = max(x.full, s.Start)
	if more := (x.full-1)/10 + 1 - len(x.scores); more > 0 {
		x.scores = append(x.scores, make([]int, more)...)
	}
	x.scores[min(s.Points, s.Start-1)/10]++
}
