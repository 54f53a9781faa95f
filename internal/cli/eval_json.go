package cli

import (
	"math"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/eval"
	"github.com/zhijian-qa/zhijian/internal/report"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// The structs of this file are the objects of eval's JSON; the order of their
// fields is the order of the keys.

type evalObject struct {
	Version int            `json:"version"` // of this format
	Tool    string         `json:"tool"`
	Packs   []string       `json:"packs"`
	Items   int            `json:"items"`
	Exact   int            `json:"exact"` // items without false alarms and misses
	Micro   tallyObject    `json:"micro"`
	Rules   []ruleTally    `json:"rules"`
	Wrong   []wrongObject  `json:"wrong,omitempty"`   // with --list
	Against *againstObject `json:"against,omitempty"` // with --against
}

type tallyObject struct {
	TP        int      `json:"tp"`
	FP        int      `json:"fp"`
	FN        int      `json:"fn"`
	Precision *float64 `json:"precision"` // null where nothing was found
	Recall    *float64 `json:"recall"`    // null where nothing was labelled
	F1        *float64 `json:"f1"`
}

type ruleTally struct {
	Rule string `json:"rule"`
	tallyObject
	Unknown bool `json:"unknown,omitempty"` // no pack has the rule
}

type wrongObject struct {
	Kind string `json:"kind"` // "false-alarm" or "miss"
	placeObject
	Note string `json:"note,omitempty"`
}

type placeObject struct {
	Rule    string    `json:"rule"`
	ID      string    `json:"id"`
	File    string    `json:"file"`
	Line    int       `json:"line,omitempty"`
	Turn    *int      `json:"turn"` // 0-based; null for the whole call
	Role    call.Role `json:"role,omitempty"`
	Text    string    `json:"text,omitempty"`
	Start   *int      `json:"start,omitempty"` // code points of text, half-open
	End     *int      `json:"end,omitempty"`
	Message string    `json:"message,omitempty"`
}

type againstObject struct {
	Packs      []string           `json:"packs"`
	Compared   int                `json:"compared"` // items and calls
	Micro      tallyObject        `json:"micro"`
	OnlyRules  []differenceObject `json:"only_rules"`   // what only --rules finds
	OnlyOthers []differenceObject `json:"only_against"` // what only --against finds
}

type differenceObject struct {
	placeObject
	Labels eval.Verdict `json:"labels,omitempty"` // "right" or "false-alarm"
}

// json prints the results for programs, on one line.
func (r *evalRun) json() error {
	s := r.sheet
	o := evalObject{Version: 1, Tool: "zhijian " + versionOf(), Packs: namesOf(r.packs), Items: s.Items, Exact: s.Exact,
		Micro: tallyOf(s.Micro()), Rules: []ruleTally{}}
	for _, id := range s.Rules() {
		o.Rules = append(o.Rules, ruleTally{id, tallyOf(s.Of(id)), !s.Known(id)})
	}
	if r.o.list {
		o.Wrong = r.wrongObjects()
	}
	if r.others != nil {
		o.Against = &againstObject{namesOf(r.others), r.compared, tallyOf(r.otherSheet.Micro()),
			r.differenceObjects(r.onlyThese), r.differenceObjects(r.onlyOthers)}
	}
	line, err := report.EncodeLine(o)
	if err == nil {
		_, err = r.stdout.Write(line)
	}
	return err
}

func (r *evalRun) wrongObjects() []wrongObject {
	var out []wrongObject
	for _, w := range r.sheet.Wrong() {
		o := wrongObject{"false-alarm", r.placeObject(w.Rule, w.Item.ID, w.Item.File.Name, w.Item.Line, w.At), w.Note.In(r.lang)}
		if w.Miss {
			o.Kind = "miss"
		}
		out = append(out, o)
	}
	return out
}

func (r *evalRun) differenceObjects(all []eval.Difference) []differenceObject {
	out := []differenceObject{}
	for _, d := range all {
		out = append(out, differenceObject{r.placeObject(d.Rule, d.ID, d.File, d.Line, d.At), d.Labels})
	}
	return out
}

func (r *evalRun) placeObject(id, item, file string, line int, at eval.Place) placeObject {
	o := placeObject{Rule: id, ID: r.maskedID(item), File: r.maskedID(file), Line: line, Role: at.Role, Text: at.Text, Message: at.Message.In(r.lang)}
	if at.Turn >= 0 {
		o.Turn = &at.Turn
	}
	if at.Start < at.End {
		o.Start, o.End = &at.Start, &at.End
	}
	return o
}

func tallyOf(t eval.Tally) tallyObject {
	return tallyObject{t.TP, t.FP, t.FN, number(t.Precision()), number(t.Recall()), number(t.F1())}
}

// number is x, nil for NaN, which JSON does not have.
func number(x float64) *float64 {
	if math.IsNaN(x) {
		return nil
	}
	return &x
}

func namesOf(packs []*rule.Pack) []string {
	var out []string
	for _, p := range packs {
		out = append(out, p.Name+" "+p.Version)
	}
	return out
}
