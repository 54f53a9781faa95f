package report

import (
	"io"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// jsonFormat is one object for the whole run, one line per call. The summary
// comes last because nothing is known of it before: the calls are streamed.
func jsonFormat() format {
	return format{"json", func(w io.Writer, o Options) Writer { return &jsonReport{w: w, o: o} }}
}

type jsonReport struct {
	w     io.Writer
	o     Options
	begun bool
}

// headObject is what comes before the calls, without its closing brace.
type headObject struct {
	Version int          `json:"version"` // of this format
	Tool    toolObject   `json:"tool"`
	Packs   []packObject `json:"packs"`
}

type toolObject struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type packObject struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Call writes one call on a line of its own.
func (j *jsonReport) Call(r *lint.Result) error {
	if j.o.SummaryOnly {
		return nil
	}
	line, err := EncodeLine(newCallObject(r, j.o.Lang))
	if err != nil {
		return err
	}
	separator := ","
	if !j.begun {
		separator = ""
		if err := j.head(); err != nil {
			return err
		}
	}
	return writeAll(j.w, separator, "\n", string(line[:len(line)-1]))
}

// head writes everything up to the first call.
func (j *jsonReport) head() error {
	j.begun = true
	h := headObject{Version: 1, Tool: toolObject{"zhijian", j.o.Version}, Packs: packObjects(j.o.Packs)}
	line, err := EncodeLine(h)
	if err != nil {
		return err
	}
	return writeAll(j.w, string(line[:len(line)-len("}\n")]), `,"calls":[`)
}

// Close ends the list of calls and writes the summary.
func (j *jsonReport) Close(s *Summary) error {
	end := "\n"
	if !j.begun {
		end = ""
		if err := j.head(); err != nil {
			return err
		}
	}
	line, err := EncodeLine(newSummaryObject(s, j.o.Lang))
	if err != nil {
		return err
	}
	return writeAll(j.w, end, `],"summary":`, string(line[:len(line)-1]), "}\n")
}

func packObjects(packs []*rule.Pack) []packObject {
	out := make([]packObject, 0, len(packs))
	for _, p := range packs {
		out = append(out, packObject{p.Name, p.Version})
	}
	return out
}

func writeAll(w io.Writer, parts ...string) error {
	for _, p := range parts {
		if _, err := io.WriteString(w, p); err != nil {
			return err
		}
	}
	return nil
}

// summaryObject is the summary in the JSON formats.
type summaryObject struct {
	Calls        int            `json:"calls"`
	Findings     int            `json:"findings"`
	BySeverity   severityObject `json:"by_severity"`
	NotEvaluated []reasonObject `json:"not_evaluated"`
	Problems     int            `json:"input_problems"`
	Interrupted  bool           `json:"interrupted,omitempty"`
	ByRule       []ruleObject   `json:"by_rule"`
	ByAgent      []agentObject  `json:"by_agent"`
}

type severityObject struct {
	Error   int `json:"error"`
	Warning int `json:"warning"`
	Info    int `json:"info"`
}

type reasonObject struct {
	Reason string `json:"reason"`
	Calls  int    `json:"calls"`
	Rules  int    `json:"rules"` // summed over the calls
}

type ruleObject struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Title    string `json:"title"`
	Findings int    `json:"findings"`
	Calls    int    `json:"calls"`
}

type agentObject struct {
	Agent    call.Person `json:"agent"`
	Calls    int         `json:"calls"`
	Findings int         `json:"findings"`
	Errors   int         `json:"errors"`
}

func newSummaryObject(s *Summary, lang call.Lang) summaryObject {
	o := summaryObject{Calls: s.Calls, Findings: s.Findings(), Problems: s.Problems, Interrupted: s.Interrupted,
		BySeverity:   severityObject{s.Count(rule.Error), s.Count(rule.Warning), s.Count(rule.Info)},
		NotEvaluated: []reasonObject{}, ByRule: []ruleObject{}, ByAgent: []agentObject{}}
	for _, n := range s.NotEvaluated() {
		o.NotEvaluated = append(o.NotEvaluated, reasonObject{n.Reason.In(lang), n.Calls, n.Rules})
	}
	for _, n := range s.Rules() {
		o.ByRule = append(o.ByRule, ruleObject{n.Rule.ID, n.Rule.Severity.String(), n.Rule.Title.In(lang), n.Findings, n.Calls})
	}
	for _, n := range s.Agents() {
		o.ByAgent = append(o.ByAgent, agentObject(n))
	}
	return o
}
