package report

import (
	"slices"

	"github.com/zhijian-qa/zhijian/internal/book"
	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// callColumns are those of the calls, or of the scripts.
func (x *xlsxReport) callColumns() []xlsxColumn[*lint.Result] {
	type result = *lint.Result
	columns := []xlsxColumn[result]{
		xlsxCol(x.idHead(), numbered, func(r result) book.Cell { return textCell(r.Call.ID, book.Wrapped) }),
		xlsxCol(x.say("场景", "scene"), said, func(r result) book.Cell { return textCell(r.Call.Scene, book.Wrapped) }).of(forScripts),
		xlsxCol(x.say("工号", "agent id"), named, func(r result) book.Cell { return textCell(r.Call.Agent.ID, book.Wrapped) }).of(forCalls),
		xlsxCol(x.say("坐席", "agent"), named, func(r result) book.Cell { return textCell(r.Call.Agent.Name, book.Wrapped) }).of(forCalls),
		xlsxCol(x.say("班组", "team"), named, func(r result) book.Cell { return textCell(r.Call.Agent.Team, book.Wrapped) }).of(forCalls),
		xlsxCol(x.say("开始时间", "start"), numbered, func(r result) book.Cell { return momentCell(r.Call.StartedAt) }).of(forCalls),
		xlsxCol(x.say("方向", "direction"), narrow, func(r result) book.Cell { return textCell(x.direction(r.Call.Direction), book.Plain) }).of(forCalls),
		numCol(x.say("得分", "score"), narrow, scoreCell).of(forCalls),
		xlsxCol(x.say("等级", "grade"), narrow, gradeCell).of(forCalls),
		x.severityColumn(rule.Error, book.Error),
		x.severityColumn(rule.Warning, book.Warning),
		x.severityColumn(rule.Info, book.Info),
		numCol(book.ReviewHeads().Accepted.In(x.o.Lang), narrow, func(r result) book.Cell { return countCell(len(r.Verdict.Suppressed)) }),
		numCol(x.say("未能评估的规则", "rules not evaluated"), named, func(r result) book.Cell { return loudCell(len(r.Verdict.NotEvaluated), book.Doubtful) }),
		xlsxCol(x.say("标签", "tags"), said, func(r result) book.Cell { return textCell(x.people().tags(r.Verdict.Tags), book.Wrapped) }).of(forCalls),
		xlsxCol(x.say("文件", "file"), said, func(r result) book.Cell { return textCell(r.Call.Source, book.Dim) }).onScreen(),
		xlsxCol(x.say("行", "line"), narrow, func(r result) book.Cell { return lineCell(r.Call.Line) }).onScreen(),
	}
	if x.o.Sample {
		why := xlsxCol(x.say("为什么抽中", "why chosen"), said, func(r result) book.Cell { return textCell(r.Choice.Why.In(x.o.Lang), book.Wrapped) })
		columns = slices.Insert(columns, 1, why)
	}
	return columns
}

func (x *xlsxReport) idHead() string {
	if x.o.Scripts {
		return book.ReviewHeads().Script.In(x.o.Lang)
	}
	return book.ReviewHeads().Call.In(x.o.Lang)
}

// people is the report whose words for tags, messages and scenes are used here too.
func (x *xlsxReport) people() *textReport { return &textReport{tongue: x.tongue, o: x.o} }

func (x *xlsxReport) severityColumn(s rule.Severity, style book.Style) xlsxColumn[*lint.Result] {
	return numCol(x.severity(s), narrow, func(r *lint.Result) book.Cell {
		n := 0
		for i := range r.Verdict.Findings {
			if r.Verdict.Findings[i].Rule.Severity == s {
				n++
			}
		}
		return loudCell(n, style)
	})
}

func scoreCell(r *lint.Result) book.Cell {
	if r.Verdict.Score == nil {
		return book.Cell{}
	}
	return countCell(r.Verdict.Score.Points)
}

func gradeCell(r *lint.Result) book.Cell {
	if r.Verdict.Score == nil {
		return book.Cell{}
	}
	return textCell(r.Verdict.Score.Grade.Name, book.Plain)
}

// foundIn is a finding with its call.
type foundIn struct {
	call *call.Call
	*rule.Finding
}

// findingColumns are those of the findings. A reviewer reads from the left what
// was said, and judges it right aside it.
func (x *xlsxReport) findingColumns() []xlsxColumn[foundIn] {
	heads, lang := book.ReviewHeads(), x.o.Lang
	verdict := xlsxCol(heads.Verdict.In(lang), named, func(foundIn) book.Cell { return book.Cell{Style: book.Input} })
	verdict.Choices, verdict.Colors = book.Verdicts(lang), []book.Style{book.Good, book.Bad, book.Doubtful}
	return []xlsxColumn[foundIn]{
		xlsxCol(x.idHead(), numbered, func(f foundIn) book.Cell { return textCell(f.call.ID, book.Wrapped) }),
		xlsxCol(x.say("场景", "scene"), numbered, func(f foundIn) book.Cell { return textCell(f.call.Scene, book.Wrapped) }).of(forScripts),
		xlsxCol(x.say("位置", "place"), named, func(f foundIn) book.Cell { return textCell(placeOf(f.call, f.At).In(lang), book.Wrapped) }).of(forScripts),
		xlsxCol(x.say("坐席", "agent"), named, func(f foundIn) book.Cell { return textCell(x.agent(f.call.Agent), book.Wrapped) }).of(forCalls),
		xlsxCol(x.say("班组", "team"), named, func(f foundIn) book.Cell { return textCell(f.call.Agent.Team, book.Wrapped) }).of(forCalls),
		numCol(heads.Turn.In(lang), narrow, x.turnCell).of(forCalls),
		xlsxCol(x.say("时间", "time"), narrow, clockCell).of(forCalls),
		xlsxCol(x.say("说话人", "role"), narrow, func(f foundIn) book.Cell { return textCell(x.role(f.Role), book.Plain) }).of(forCalls),
		xlsxCol(x.say("级别", "severity"), narrow, func(f foundIn) book.Cell { return x.severityCell(f.Rule.Severity) }),
		xlsxCol(heads.Rule.In(lang), ruled, func(f foundIn) book.Cell { return textCell(f.Rule.ID, book.Plain) }),
		xlsxCol(heads.Title.In(lang), numbered, func(f foundIn) book.Cell { return textCell(f.Rule.Title.In(lang), book.Wrapped) }),
		xlsxCol(heads.Quote.In(lang), said, func(f foundIn) book.Cell { return textCell(f.At.Quote, book.Wrapped) }),
		xlsxCol(x.say("上下文", "context"), told, x.contextCell),
		verdict,
		xlsxCol(heads.Note.In(lang), said, func(foundIn) book.Cell { return book.Cell{Style: book.Input} }),
		xlsxCol(x.say("说明", "message"), said, func(f foundIn) book.Cell { return textCell(x.people().gist(f.Finding), book.Wrapped) }),
		xlsxCol(x.say("建议", "advice"), said, func(f foundIn) book.Cell { return textCell(f.Rule.Advice.In(lang), book.Wrapped) }),
		xlsxCol(heads.Fingerprint.In(lang), numbered, func(f foundIn) book.Cell { return textCell(f.Fingerprint, book.Dim) }).onScreen(),
		xlsxCol(x.say("文件", "file"), said, func(f foundIn) book.Cell { return textCell(f.call.Source, book.Dim) }).onScreen(),
		xlsxCol(x.say("行", "line"), narrow, func(f foundIn) book.Cell { return lineCell(placeOf(f.call, f.At).Line) }).onScreen(),
	}
}

// agent is the name and the number of an agent.
func (x *xlsxReport) agent(p call.Person) string {
	p.Team = ""
	return x.person(p)
}

func (x *xlsxReport) turnCell(f foundIn) book.Cell {
	if f.At.Turn < 0 {
		return textCell(x.turn(-1), book.Plain)
	}
	return countCell(f.At.Turn + 1)
}

func clockCell(f foundIn) book.Cell {
	if f.At.Turn < 0 {
		return book.Cell{}
	}
	return textCell(clock(f.call.Turns[f.At.Turn].Start), book.Plain)
}

func (x *xlsxReport) severityCell(s rule.Severity) book.Cell {
	style := map[rule.Severity]book.Style{rule.Error: book.Error, rule.Warning: book.Warning, rule.Info: book.Info}[s]
	return textCell(x.severity(s), style)
}

const (
	aside  = 120 // characters of the turn on either side of the words found
	nearby = 60  // characters of the turns before and after
)

// contextCell is the turn with the words found set off, between what was said
// before and after; of a script the wording alone.
func (x *xlsxReport) contextCell(f foundIn) book.Cell {
	if f.At.Turn < 0 {
		return book.Cell{Style: book.Wrapped}
	}
	turns, i := f.call.Turns, f.At.Turn
	before, found, after := around(turns[i].Text, f.At)
	if !f.call.Script {
		before = x.speaks(turns[i]) + before
		if i > 0 {
			before = x.speaks(turns[i-1]) + beginning(turns[i-1].Text) + "\n" + before
		}
		if i+1 < len(turns) {
			after += "\n" + x.speaks(turns[i+1]) + beginning(turns[i+1].Text)
		}
	}
	return book.Cell{Style: book.Wrapped, Value: []book.Run{{Text: CleanLines(before)}, {Text: CleanLines(found), Strong: true}, {Text: CleanLines(after)}}}
}

func (x *xlsxReport) speaks(t call.Turn) string { return x.role(t.Role) + x.say("：", ": ") }

// around are the words found, and what stands beside them.
func around(turn string, at rule.Range) (before, found, after string) {
	runes := []rune(turn)
	start := min(at.Start, len(runes))
	end := min(max(start, at.End), len(runes))
	before, after = string(runes[:start]), string(runes[end:])
	if start > aside {
		before = "…" + string(runes[start-aside:start])
	}
	if len(runes)-end > aside {
		after = string(runes[end:end+aside]) + "…"
	}
	return before, shorten(runes[start:end]), after
}

// beginning is the first words of a turn.
func beginning(turn string) string {
	if runes := []rune(turn); len(runes) > nearby {
		return string(runes[:nearby]) + "…"
	}
	return turn
}

// spareRows is how many rows with a drop-down wait for what was missed.
const spareRows = 1000

// missedColumns are those of what a reviewer finds and the rules did not. ids
// is the sheet whose first column are the rules.
func (x *xlsxReport) missedColumns(ids *book.Sheet) []xlsxColumn[struct{}] {
	heads, lang := book.ReviewHeads(), x.o.Lang
	empty := func(struct{}) book.Cell { return book.Cell{} }
	broken := xlsxCol(heads.MissedRule.In(lang), ruled, empty)
	broken.ChoicesFrom = ids
	return []xlsxColumn[struct{}]{
		xlsxCol(x.idHead(), numbered, empty),
		xlsxCol(heads.Turn.In(lang), narrow, empty).of(forCalls),
		broken,
		xlsxCol(heads.MissedQuote.In(lang), told, empty),
		xlsxCol(heads.Note.In(lang), said, empty),
	}
}
