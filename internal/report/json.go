package report

import (
	"io"
	"math"
	"strconv"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// jsonFormat is one object for the whole run, one line per call. The summary
// comes last because nothing is known of it before: the calls are streamed.
func jsonFormat() format {
	return format{"json", lint.FoundTurns, func(w io.Writer, o Options) Writer { return &jsonReport{w: w, o: o} }}
}

type jsonReport struct {
	w     io.Writer
	o     Options
	begun bool
	line  []byte // the last one; the next takes its place
}

const formatVersion = 1 // of the format json

// headObject is what comes before the calls, without its closing brace.
type headObject struct {
	Version int          `json:"version"` // of this format
	Tool    toolObject   `json:"tool"`
	Packs   []packObject `json:"packs"`
	Choice  *Choice      `json:"choice,omitempty"`
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
	separator := ",\n"
	if !j.begun {
		separator = "\n"
		if err := j.head(); err != nil {
			return err
		}
	}
	j.line = appendCall(append(j.line[:0], separator...), r, j.o.Lang)
	_, err := j.w.Write(j.line)
	return err
}

// head writes everything up to the first call.
func (j *jsonReport) head() error {
	j.begun = true
	h := headObject{Version: formatVersion, Tool: toolObject{"zhijian", j.o.Version}, Packs: packObjects(j.o.Packs), Choice: j.o.Choice}
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
	line, err := EncodeLine(newSummaryObject(s, j.o))
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
	Calls        int              `json:"calls"`
	Findings     int              `json:"findings"`
	BySeverity   severityObject   `json:"by_severity"`
	Suppressed   *suppressedCount `json:"suppressed,omitempty"`
	Skipped      int              `json:"skipped_scripts,omitempty"` // marked as bad examples
	Coverage     []coverageObject `json:"coverage,omitempty"`
	Callbacks    *callbacksObject `json:"callbacks,omitempty"` // absent where no call dropped
	NotEvaluated []reasonObject   `json:"not_evaluated"`
	Problems     int              `json:"input_problems"`        // that lost part of the input
	Notes        int              `json:"input_notes,omitempty"` // problems that lost nothing
	Interrupted  bool             `json:"interrupted,omitempty"`
	ByRule       []ruleObject     `json:"by_rule"`
	Score        *scoreObject     `json:"score,omitempty"` // absent where no call is scored
	ratesObject
	Tags    tagsObject    `json:"tags,omitempty"`
	ByAgent []agentObject `json:"by_agent"`
	ByTeam  []teamObject  `json:"by_team"`
	ByDay   []dayObject   `json:"by_day"`
}

type severityObject struct {
	Error   int `json:"error"`
	Warning int `json:"warning"`
	Info    int `json:"info"`
}

// suppressedCount is how many findings waivers and a baseline accepted.
type suppressedCount struct {
	Waiver   int `json:"waiver,omitempty"`
	Baseline int `json:"baseline,omitempty"`
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
	Agent call.Person `json:"agent"`
	groupObject
}

type teamObject struct {
	Team string `json:"team"`
	groupObject
}

type dayObject struct {
	Day *string `json:"day"` // 2026-03-18 in the zone of each call; null where the input does not tell
	groupObject
}

// groupObject is what was found in the calls of an agent, a team or a day.
type groupObject struct {
	Calls    int `json:"calls"`
	Findings int `json:"findings"`
	Errors   int `json:"errors"`
	ratesObject
	Score      *scoreObject `json:"score,omitempty"` // absent where no call is scored
	WorstRules []costObject `json:"worst_rules"`     // those that cost most, at most three
	Tags       tagsObject   `json:"tags,omitempty"`
}

// scoreObject is the scores of several calls.
type scoreObject struct {
	Calls     int            `json:"calls"`     // that have a score
	Mean      float64        `json:"mean"`      // to one decimal
	Deviation float64        `json:"deviation"` // standard deviation of the scores
	Grades    map[string]int `json:"grades,omitempty"`
}

type costObject struct {
	Rule     string `json:"rule"`
	Findings int    `json:"findings"`
	Points   int    `json:"points"`
}

// tagsObject counts calls by tag and value.
type tagsObject map[string]map[string]int

const worst = 3 // rules named as the worst of an agent or a team

func newGroupObject(g *Group) groupObject {
	o := groupObject{Calls: g.Calls, Findings: g.Findings, Errors: g.Errors, ratesObject: newRatesObject(g),
		Score: newScoreObject(g), WorstRules: []costObject{}, Tags: newTagsObject(g)}
	for _, c := range g.Worst(worst) {
		o.WorstRules = append(o.WorstRules, costObject{c.Rule.ID, c.Findings, c.Points})
	}
	return o
}

func newScoreObject(g *Group) *scoreObject {
	mean, scored := g.Mean()
	if !scored {
		return nil
	}
	o := &scoreObject{Calls: g.Scored, Mean: decimal(mean), Deviation: precise(g.scores.Deviation()), Grades: map[string]int{}}
	for _, n := range g.Grades() {
		o.Grades[n.Name] = n.Calls
	}
	return o
}

func newTagsObject(g *Group) tagsObject {
	o := tagsObject{}
	for _, n := range g.Tags() {
		o[n.Tag.ID] = map[string]int{}
		for _, v := range n.Values {
			o[n.Tag.ID][v.Value] = v.Calls
		}
	}
	return o
}

// decimal is n to one decimal.
func decimal(n float64) float64 { return math.Round(n*10) / 10 }

// oneDecimal is n to one decimal as people read it: every format rounds alike.
func oneDecimal(n float64) string { return strconv.FormatFloat(decimal(n), 'f', 1, 64) }

// textOrNil is a text, nil where it is empty.
func textOrNil(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// precise is n to four decimals.
func precise(n float64) float64 { return math.Round(n*1e4) / 1e4 }

func newSummaryObject(s *Summary, options Options) summaryObject {
	lang := options.Lang
	o := summaryObject{Calls: s.Calls, Findings: s.Findings(), Problems: s.Fatal, Notes: s.Problems - s.Fatal, Interrupted: s.Interrupted,
		BySeverity:   severityObject{s.Count(rule.Error), s.Count(rule.Warning), s.Count(rule.Info)},
		NotEvaluated: []reasonObject{}, ByRule: []ruleObject{}, Score: newScoreObject(s.All()), Tags: newTagsObject(s.All()),
		ratesObject: newRatesObject(s.All()), ByAgent: []agentObject{}, ByTeam: []teamObject{}, ByDay: []dayObject{}}
	o.Callbacks = newCallbacksObject(s.Followups)
	o.Skipped, o.Coverage = s.Skipped, newCoverageObjects(s.Coverage, lang)
	if n := (suppressedCount{s.Suppressed(rule.ByWaiver), s.Suppressed(rule.ByBaseline)}); n != (suppressedCount{}) {
		o.Suppressed = &n
	}
	for _, n := range s.NotEvaluated() {
		o.NotEvaluated = append(o.NotEvaluated, reasonObject{n.Reason.In(lang), n.Calls, n.Rules})
	}
	for _, n := range s.Rules() {
		o.ByRule = append(o.ByRule, ruleObject{n.Rule.ID, n.Rule.Severity.String(), n.Rule.Title.In(lang), n.Findings, n.Calls})
	}
	for _, n := range s.Agents() {
		o.ByAgent = append(o.ByAgent, agentObject{n.Agent, newGroupObject(&n.Group)})
	}
	for _, n := range s.Teams() {
		o.ByTeam = append(o.ByTeam, teamObject{n.Team, newGroupObject(&n.Group)})
	}
	for _, n := range s.Days() {
		o.ByDay = append(o.ByDay, dayObject{textOrNil(n.Day), newGroupObject(&n.Group)})
	}
	o.addChanges(s, options.Previous)
	return o
}
