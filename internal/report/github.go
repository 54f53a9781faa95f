package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// githubFormat is workflow commands, which GitHub Actions turns into
// annotations of the lines of a pull request.
func githubFormat() format {
	return format{"github", lint.FoundTurns, func(w io.Writer, o Options) Writer { return &githubReport{tongue(o.Lang), w, o} }}
}

type githubReport struct {
	tongue
	w io.Writer
	o Options
}

// Call writes a command for every finding.
func (g *githubReport) Call(r *lint.Result) error {
	for i := range r.Verdict.Findings {
		f := &r.Verdict.Findings[i]
		at := placeOf(r.Call, f.At)
		p := g.place(r.Call.Source, lineOf(at), at.Column, endColumn(r.Call, f.At))
		p.text("title", f.Rule.Title.In(g.o.Lang)+" "+f.Rule.ID)
		if err := g.write(githubCommand(f.Rule.Severity), p, g.told(r.Call, f)); err != nil {
			return err
		}
	}
	return nil
}

// Problem writes a command for a problem of the input.
func (g *githubReport) Problem(p *call.Problem) error {
	command := "warning"
	if p.Fatal {
		command = "error"
	}
	properties := g.place(p.File, p.Line, 0, 0)
	properties.text("title", g.inputProblem(p))
	return g.write(command, properties, p.In(g.o.Lang))
}

// Close writes a command only where the run ended before its input did.
func (g *githubReport) Close(s *Summary) error {
	if !s.Interrupted {
		return nil
	}
	return g.write("error", nil, g.halfWay(g.o.Scripts))
}

func (g *githubReport) write(command string, p properties, message string) error {
	lead := "::" + command
	if len(p) > 0 {
		lead += " " + strings.Join(p, ",")
	}
	_, err := io.WriteString(g.w, lead+"::"+githubData(Clean(message))+"\n")
	return err
}

func githubCommand(s rule.Severity) string {
	switch s {
	case rule.Error:
		return "error"
	case rule.Warning:
		return "warning"
	}
	return "notice"
}

// properties of a workflow command, as it writes them.
type properties []string

// place starts the properties with the file, which standard input has none of,
// and with what is known of the place in it: numbers from 1, or 0.
func (g *githubReport) place(source string, line, column, end int) properties {
	if source == "-" || source == "" {
		return nil
	}
	var p properties
	p.text("file", filePath(source, g.o.Dir))
	p.number("line", line)
	p.number("col", column)
	p.number("endColumn", end)
	return p
}

func (p *properties) text(name, value string) {
	value = strings.NewReplacer(":", "%3A", ",", "%2C").Replace(githubData(Clean(value)))
	*p = append(*p, name+"="+value)
}

// number leaves out what is unknown.
func (p *properties) number(name string, value int) {
	if value > 0 {
		*p = append(*p, fmt.Sprintf("%s=%d", name, value))
	}
}

// githubData escapes what would end a command.
func githubData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}
