package report

import (
	"io"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Rules writes a table of rules: severity, id, title, kind, and the documents
// that they rest on.
func Rules(w io.Writer, rules []*rule.Rule, o Options) error {
	t := tongue(o.Lang)
	g := grid{color: o.Color, width: o.Width, flex: 2, numbers: make([]bool, 5),
		heads: []string{t.say("级别", "severity"), t.say("规则", "rule"), t.say("名称", "title"), t.say("类型", "kind"), t.say("依据", "source")}}
	for _, r := range rules {
		g.rows = append(g.rows, []span{{t.severity(r.Severity), severityStyle(r.Severity)}, {r.ID, plain}, {r.Title.In(o.Lang), plain},
			{r.Kind, dim}, {strings.Join(documents(r), " "), dim}})
	}
	_, err := io.WriteString(w, g.String())
	return err
}

// ruleEntry is a rule in JSON.
type ruleEntry struct {
	ID       string        `json:"id"`
	Severity string        `json:"severity"`
	Title    string        `json:"title"`
	Kind     string        `json:"kind"`
	OneTurn  bool          `json:"one_turn"` // it judges a turn by itself, so it applies to script lines too
	Waivable bool          `json:"waivable"` // a waiver or a baseline may accept what it finds
	Why      string        `json:"why"`
	Advice   string        `json:"advice"`
	Fix      string        `json:"fix,omitempty"`
	Limits   string        `json:"limits,omitempty"`
	Sources  []sourceEntry `json:"sources"`
}

type sourceEntry struct {
	Doc  string `json:"doc"`
	Says string `json:"says,omitempty"`
}

// RulesJSON writes rules as a JSON array, one rule per line.
func RulesJSON(w io.Writer, rules []*rule.Rule, lang call.Lang) error {
	separator := "["
	for _, r := range rules {
		line, err := EncodeLine(newRuleEntry(r, lang))
		if err != nil {
			return err
		}
		if err := writeAll(w, separator, "\n", string(line[:len(line)-1])); err != nil {
			return err
		}
		separator = ","
	}
	if len(rules) == 0 {
		return writeAll(w, "[]\n")
	}
	return writeAll(w, "\n]\n")
}

func newRuleEntry(r *rule.Rule, lang call.Lang) ruleEntry {
	e := ruleEntry{ID: r.ID, Severity: r.Severity.String(), Title: r.Title.In(lang), Kind: r.Kind, OneTurn: r.OneTurn, Waivable: !r.Binding,
		Why: r.Why.In(lang), Advice: r.Advice.In(lang), Fix: r.Fix.Text, Limits: r.Limits.In(lang), Sources: []sourceEntry{}}
	for _, s := range r.Sources {
		e.Sources = append(e.Sources, sourceEntry(s))
	}
	return e
}

// documents lists the keys of the documents of a rule, each once.
func documents(r *rule.Rule) []string {
	var out []string
	for _, s := range r.Sources {
		if !slices.Contains(out, s.Doc) {
			out = append(out, s.Doc)
		}
	}
	return out
}
