package report

import (
	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// The structs of this file are the objects of the JSON formats; the order of
// their fields is the order of the keys.

// callObject is one call with what was found in it.
type callObject struct {
	ID           string               `json:"id"`
	Source       string               `json:"source"`
	Line         int                  `json:"line,omitempty"`  // 1-based
	Scene        string               `json:"scene,omitempty"` // of a script
	Direction    call.Direction       `json:"direction,omitempty"`
	Agent        call.Person          `json:"agent,omitzero"`
	Chosen       *choiceObject        `json:"chosen,omitempty"` // only of a sample
	Score        *int                 `json:"score,omitempty"`  // absent where the call is not scored
	Grade        string               `json:"grade,omitempty"`
	Tags         map[string][]string  `json:"tags,omitempty"`      // values by the id of the tag
	TagTurns     map[string][]*int    `json:"tag_turns,omitempty"` // 0-based turns that first say so, null where no turn does
	Findings     []findingObject      `json:"findings"`
	Suppressed   []suppressedObject   `json:"suppressed,omitempty"`
	NotEvaluated []notEvaluatedObject `json:"not_evaluated"`
	Deductions   []deductionObject    `json:"deductions,omitempty"`
	ScoreBasis   *basisObject         `json:"score_basis,omitempty"` // absent where every rule of the packs was judged
}

// choiceObject says why a call is in a sample.
type choiceObject struct {
	Cause string `json:"cause"` // fatal, risk or random
	Why   string `json:"why"`
}

// deductionObject is what one rule cost a call.
type deductionObject struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Findings int    `json:"findings"` // shown or not
	Counted  int    `json:"counted"`  // those that cost points, up to the cap of the rule
	Points   int    `json:"points"`   // each
	Total    int    `json:"total"`
	Fatal    bool   `json:"fatal,omitempty"` // the score is 0 because of it
}

// basisObject says that not every rule counts towards a score.
type basisObject struct {
	Judged       int `json:"judged"`
	NotEvaluated int `json:"not_evaluated"`
	Rules        int `json:"rules"` // of the packs
}

type findingObject struct {
	Rule         string        `json:"rule"`
	Severity     string        `json:"severity"`
	Title        string        `json:"title"`
	Message      string        `json:"message"`
	Turn         *int          `json:"turn"`          // 0-based; null where something is missing from the whole call
	Due          *int          `json:"due,omitempty"` // 0-based turn in which what is missing should have been said
	Role         call.Role     `json:"role"`
	Start        *int          `json:"start,omitempty"` // code points of the turn's text, half-open
	End          *int          `json:"end,omitempty"`
	Quote        string        `json:"quote,omitempty"`
	Line         int           `json:"line,omitempty"`   // 1-based: of the turn, or of the words of a script
	Column       int           `json:"column,omitempty"` // 1-based code points; only where a script knows it
	Place        string        `json:"place,omitempty"`  // the cell or paragraph of a script
	StartMS      call.Millis   `json:"start_ms,omitzero"`
	Advice       string        `json:"advice"`
	Fix          *fixObject    `json:"fix,omitempty"`
	Related      []rangeObject `json:"related,omitempty"`
	RelatedCalls []string      `json:"related_calls,omitempty"` // ids
	Fingerprint  string        `json:"fingerprint"`
}

// suppressedObject is a finding that counts for nothing, and why.
type suppressedObject struct {
	findingObject
	By     rule.Suppression `json:"by"`
	Reason string           `json:"reason,omitempty"`
}

type fixObject struct {
	Start      int    `json:"start"`
	End        int    `json:"end"`
	Text       string `json:"text"`
	Suggestion bool   `json:"suggestion,omitempty"` // a human must look at it
}

type rangeObject struct {
	Turn  int    `json:"turn"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Quote string `json:"quote"`
}

type notEvaluatedObject struct {
	Rule   string `json:"rule"`
	Reason string `json:"reason"`
}

func newCallObject(r *lint.Result, lang call.Lang) callObject {
	c := r.Call
	o := callObject{ID: c.ID, Source: c.Source, Line: c.Line, Scene: c.Scene, Direction: c.Direction, Agent: c.Agent,
		Findings:     make([]findingObject, 0, len(r.Verdict.Findings)),
		NotEvaluated: make([]notEvaluatedObject, 0, len(r.Verdict.NotEvaluated))}
	for i := range r.Verdict.Findings {
		o.Findings = append(o.Findings, newFindingObject(c, &r.Verdict.Findings[i], lang))
	}
	for i := range r.Verdict.Suppressed {
		s := &r.Verdict.Suppressed[i]
		o.Suppressed = append(o.Suppressed, suppressedObject{newFindingObject(c, &s.Finding, lang), s.By, s.Reason})
	}
	for _, n := range r.Verdict.NotEvaluated {
		o.NotEvaluated = append(o.NotEvaluated, notEvaluatedObject{n.Rule, n.Reason.In(lang)})
	}
	if r.Choice.Cause != "" {
		o.Chosen = &choiceObject{r.Choice.Cause, r.Choice.Why.In(lang)}
	}
	o.addTags(r.Verdict.Tags)
	o.addScore(r.Verdict.Score)
	return o
}

func (o *callObject) addTags(tags []rule.Tag) {
	if len(tags) == 0 {
		return
	}
	o.Tags, o.TagTurns = map[string][]string{}, map[string][]*int{}
	for i := range tags {
		t := &tags[i]
		for j := range t.Values {
			var turn *int
			if t.Values[j].Turn >= 0 {
				turn = &t.Values[j].Turn
			}
			o.Tags[t.ID] = append(o.Tags[t.ID], t.Values[j].Value)
			o.TagTurns[t.ID] = append(o.TagTurns[t.ID], turn)
		}
	}
}

func (o *callObject) addScore(s *rule.Score) {
	if s == nil {
		return
	}
	o.Score, o.Grade = &s.Points, s.Grade.Name
	for _, d := range s.Deductions {
		o.Deductions = append(o.Deductions, deductionObject{d.Rule.ID, d.Rule.Severity.String(), d.Count, d.Counted, d.Points, d.Total, d.Fatal})
	}
	if s.Judged < s.Rules {
		o.ScoreBasis = &basisObject{s.Judged, s.Skipped, s.Rules}
	}
}

func newFindingObject(c *call.Call, f *rule.Finding, lang call.Lang) findingObject {
	o := findingObject{Rule: f.Rule.ID, Severity: f.Rule.Severity.String(), Title: f.Rule.Title.In(lang),
		Message: f.Message.In(lang), Due: f.Due, Role: f.Role, Advice: f.Rule.Advice.In(lang), RelatedCalls: f.RelatedCalls, Fingerprint: f.Fingerprint}
	if f.At.Turn >= 0 {
		turn := &c.Turns[f.At.Turn]
		o.Turn, o.Start, o.End, o.Quote = &f.At.Turn, &f.At.Start, &f.At.End, f.At.Quote
		o.StartMS = turn.Start
	}
	if f.At.Turn >= 0 || c.Script {
		at := placeOf(c, f.At)
		o.Line, o.Column, o.Place = at.Line, at.Column, cell(at, lang)
	}
	if f.Fix != nil {
		o.Fix = &fixObject{f.Fix.Start, f.Fix.End, f.Fix.Text, f.Fix.Suggestion}
	}
	for _, r := range f.Related {
		if r.Turn >= 0 {
			o.Related = append(o.Related, rangeObject{r.Turn, r.Start, r.End, r.Quote})
		}
	}
	return o
}
