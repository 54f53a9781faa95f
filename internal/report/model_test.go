package report

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// The structs of this file are the objects of the JSON formats as encoding/json
// would write them.

// full is a result with all that an object can hold.
func full(text string) *lint.Result {
	due, r := 3, helpless()
	c := &call.Call{ID: text, Source: "a/" + text, Line: 7, Direction: call.Callback, Agent: call.Person{ID: "1", Name: text, Team: "x"},
		Turns: []call.Turn{{Role: call.Agent, Text: text, Line: 8, Start: call.At(1200)}, {Role: call.Customer, Text: text}}}
	at := rule.Range{Turn: 0, Start: 0, End: 1, Quote: text}
	missing := rule.Finding{Rule: r, Message: call.Say{ZH: text}, At: rule.Range{Turn: -1}, Due: &due, Fingerprint: "ff"}
	said := rule.Finding{Rule: r, Message: call.Say{EN: text}, At: at, Role: call.Agent, Fix: &rule.Edit{End: 1, Text: text, Suggestion: true},
		Related: []rule.Range{{Turn: -1}, {Turn: 1, End: 2, Quote: text}, at}, RelatedCalls: []string{text, "C2"}}
	again := said
	again.Fix, again.Related, again.At.Turn = &rule.Edit{}, []rule.Range{{Turn: -1}}, 1
	tag := func(id string, values ...rule.TagValue) rule.Tag {
		return rule.Tag{TagKind: &rule.TagKind{ID: id}, Values: values}
	}
	return &lint.Result{Call: c, Choice: lint.Choice{Cause: "risk", Why: call.Say{ZH: text}}, Verdict: rule.Verdict{
		Findings:     []rule.Finding{missing, said, again},
		Suppressed:   []rule.Suppressed{{Finding: said, By: rule.ByWaiver, Reason: text}, {Finding: missing, By: rule.ByBaseline}},
		NotEvaluated: []rule.NotEvaluated{{Rule: "a/b", Reason: call.Say{ZH: text}}, {Rule: "a/c"}},
		Tags:         []rule.Tag{tag("b", rule.TagValue{Value: text, Turn: 1}, rule.TagValue{Value: "y", Turn: -1}), tag("c"), tag("a", rule.TagValue{Turn: 0}), tag("b", rule.TagValue{Value: "z"})},
		Score: &rule.Score{Grade: rule.Grade{Name: text}, Judged: 1, Skipped: 2, Rules: 3,
			Deductions: []rule.Deduction{{Rule: r, Count: 3, Counted: 2, Points: 5, Total: 10}, {Rule: r, Fatal: true}}}}}
}

// What is written by hand is what encoding/json writes, whatever there is and is not.
func TestCallsAsEncodingJSONWritesThem(t *testing.T) {
	bare := full("")
	bare.Call.Direction, bare.Call.Agent, bare.Call.Line, bare.Choice, bare.Verdict = "", call.Person{}, 0, lint.Choice{}, rule.Verdict{Tags: bare.Verdict.Tags[1:2]}
	scored := full("x")
	scored.Verdict.Score = &rule.Score{Points: 98, Judged: 3, Rules: 3}
	script := full("话术")
	script.Call.Script, script.Call.Scene, script.Call.At = true, "等待 › 等待致谢", call.Place{Line: 4, Column: 2}
	for _, r := range []*lint.Result{bare, scored, script, full("您好“请”—讲"), full("<\u202e&\"\\\b\f\n\r\t\x00\x1f\x7f\xe4\xff\u2028é\U0001F600>")} {
		for _, lang := range []call.Lang{call.ZH, call.EN} {
			want, err := EncodeLine(newCallObject(r, lang))
			require.NoError(t, err)
			assert.Equal(t, string(want), string(appendCall(nil, r, lang))+"\n")
		}
	}
}

func TestTextsAsEncodingJSONWritesThem(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	parts := strings.Split("a,您好,\xe4,\xb8,\xed\xa0\x80,\xf4\x90\x80\x80,\xe2\x80,\u200e,\u2066,\u061c,\u0085,·,“,\x7f,\x00,\n,\",\\,\ufffd,\U0001F600,\ue000,\uac00,\u9fff,\u3000", ",")
	for range 20_000 {
		text := ""
		for range random.IntN(6) {
			text += parts[random.IntN(len(parts))]
		}
		want, err := EncodeLine(text)
		require.NoError(t, err)
		require.Equal(t, string(want), string(appendText(nil, text))+"\n")
	}
}

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
