package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// csvFormat is a table for spreadsheets, one row per finding, by RFC 4180. Its
// header speaks the language of the interface, because people open it: programs
// have json and jsonl, whose keys never change. The order of the columns is the
// same in both languages.
func csvFormat() format {
	return format{"csv", lint.FoundTurns, func(w io.Writer, o Options) Writer {
		c := csv.NewWriter(w)
		c.UseCRLF = true
		return &csvReport{tongue: tongue(o.Lang), w: w, rows: c}
	}}
}

type csvReport struct {
	tongue
	w     io.Writer
	rows  *csv.Writer
	begun bool
}

// Call writes a row for every finding.
func (c *csvReport) Call(r *lint.Result) error {
	if err := c.head(); err != nil {
		return err
	}
	for i := range r.Verdict.Findings {
		if err := c.row(c.cells(r, &r.Verdict.Findings[i])); err != nil {
			return err
		}
	}
	c.rows.Flush()
	return c.rows.Error()
}

// Close writes the header of a table without rows.
func (c *csvReport) Close(*Summary) error {
	if err := c.head(); err != nil {
		return err
	}
	c.rows.Flush()
	return c.rows.Error()
}

// head writes the header after a byte order mark, without which Excel takes
// the file for one in the code page of the machine.
func (c *csvReport) head() error {
	if c.begun {
		return nil
	}
	c.begun = true
	if err := writeAll(c.w, "\ufeff"); err != nil {
		return err
	}
	return c.row(strings.Split(c.say("文件,行,列,位置,通话或话术编号,场景,工号,坐席,班组,轮次,时间,说话人,级别,规则,名称,原话,说明,建议,得分",
		"source,line,column,place,id,scene,agent_id,agent,team,turn,time,role,severity,rule,title,quote,message,advice,score"), ","))
}

func (c *csvReport) cells(r *lint.Result, f *rule.Finding) []string {
	lang := call.Lang(c.tongue)
	at := placeOf(r.Call, f.At)
	turn, time, score := "", "", ""
	if f.At.Turn >= 0 && !r.Call.Script {
		turn, time = strconv.Itoa(f.At.Turn+1), clock(r.Call.Turns[f.At.Turn].Start)
	}
	if r.Verdict.Score != nil {
		score = strconv.Itoa(r.Verdict.Score.Points)
	}
	return []string{r.Call.Source, known(at.Line), known(at.Column), cell(at, lang), r.Call.ID, r.Call.Scene,
		r.Call.Agent.ID, r.Call.Agent.Name, r.Call.Agent.Team, turn, time, c.speaker(r.Call, f), c.severity(f.Rule.Severity),
		f.Rule.ID, f.Rule.Title.In(lang), f.At.Quote, f.Message.In(lang), f.Rule.Advice.In(lang), score}
}

// speaker is empty for a script, which nobody has spoken, and for what the whole call lacks.
func (c *csvReport) speaker(of *call.Call, f *rule.Finding) string {
	if of.Script || f.Role == "" {
		return ""
	}
	return c.role(f.Role)
}

// known is a number of 1 or more, empty where it is not known.
func known(n int) string {
	if n < 1 {
		return ""
	}
	return strconv.Itoa(n)
}

func (c *csvReport) row(cells []string) error {
	for i := range cells {
		cells[i] = harmless(cells[i])
	}
	return c.rows.Write(cells)
}

// harmless is a cell that no spreadsheet takes for a formula. Full-width signs
// start one where the keyboard is Chinese.
func harmless(s string) string {
	clean := Clean(s)
	if strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") || strings.HasPrefix(s, "\n") ||
		strings.IndexAny(strings.TrimLeft(clean, " "), "=+-@＝＋－＠") == 0 {
		return "'" + clean
	}
	return clean
}
