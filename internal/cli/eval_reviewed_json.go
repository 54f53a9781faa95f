package cli

import (
	"github.com/zhijian-qa/zhijian/internal/book"
	"github.com/zhijian-qa/zhijian/internal/eval"
	"github.com/zhijian-qa/zhijian/internal/report"
)

// The structs of this file are the objects of the JSON on reviewed workbooks;
// the order of their fields is the order of the keys.

type reviewsObject struct {
	Version       int               `json:"version"` // of this format
	Tool          string            `json:"tool"`
	Books         []bookObject      `json:"books"`
	All           reviewObject      `json:"all"`
	Rules         []reviewObject    `json:"rules"`
	Agreement     []agreementObject `json:"agreement"`
	MeanKappa     *float64          `json:"mean_kappa"` // null where no kappa is defined
	FalseAlarms   []phraseObject    `json:"false_alarms"`
	Disagreements []judgedObject    `json:"disagreements"`
	Missed        []missedObject    `json:"missed"`
}

type bookObject struct {
	Name     string `json:"book"`
	Findings int    `json:"findings"`
	Judged   int    `json:"judged"`
	Missed   int    `json:"missed"`
}

type reviewObject struct {
	Rule      string   `json:"rule,omitempty"`
	Findings  int      `json:"findings"`
	Right     int      `json:"right"`
	False     int      `json:"false_alarms"`
	Unsure    int      `json:"unsure"`
	Disputed  int      `json:"disputed"`
	Unjudged  int      `json:"unjudged"`
	Precision *float64 `json:"precision"` // null without verdicts
	Low       float64  `json:"precision_low"`
	High      float64  `json:"precision_high"`
	Missed    int      `json:"missed"`
	Recall    *float64 `json:"recall_at_most"` // null where nobody noted a miss in any book
}

type agreementObject struct {
	A     string   `json:"a"`
	B     string   `json:"b"`
	Both  int      `json:"both"`
	Same  int      `json:"same"`
	Share *float64 `json:"share"`
	Kappa *float64 `json:"kappa"` // null where chance alone would make them agree
}

type phraseObject struct {
	Rule  string `json:"rule"`
	Quote string `json:"quote"` // empty where something is missing from the call
	False int    `json:"false_alarms"`
	Right int    `json:"right"`
}

type judgedObject struct {
	ID       string            `json:"id"`
	Turn     string            `json:"turn,omitempty"` // as the book has it, from 1
	Rule     string            `json:"rule"`
	Quote    string            `json:"quote,omitempty"`
	Verdicts map[string]string `json:"verdicts"` // right, false alarm or unsure, by book
}

type missedObject struct {
	Call  string `json:"id"`
	Turn  string `json:"turn,omitempty"`
	Rule  string `json:"rule"`
	Quote string `json:"quote,omitempty"`
}

// json prints what reviewers say for programs, on one line.
func (r *reviewRun) json() error {
	o := reviewsObject{Version: 1, Tool: "zhijian " + versionOf(), Books: []bookObject{}, Rules: []reviewObject{}, Agreement: []agreementObject{},
		FalseAlarms: []phraseObject{}, Disagreements: []judgedObject{}, Missed: []missedObject{}}
	for _, b := range r.reviews.Books {
		o.Books = append(o.Books, bookObject(b))
	}
	o.All = r.reviewObject(r.reviews.All())
	for _, n := range r.reviews.Rules() {
		o.Rules = append(o.Rules, r.reviewObject(n))
	}
	pairs := r.reviews.Agreements()
	for _, p := range pairs {
		o.Agreement = append(o.Agreement, agreementObject{p.A, p.B, p.Both, p.Same, number(p.Share()), number(p.Kappa())})
	}
	o.MeanKappa = number(eval.MeanKappa(pairs))
	for _, p := range r.reviews.FalseAlarms() {
		o.FalseAlarms = append(o.FalseAlarms, phraseObject(p))
	}
	for _, j := range r.reviews.Disagreements() {
		o.Disagreements = append(o.Disagreements, r.judgedObject(j))
	}
	for _, m := range r.reviews.Missed() {
		o.Missed = append(o.Missed, missedObject(m))
	}
	line, err := report.EncodeLine(o)
	if err == nil {
		_, err = r.stdout.Write(line)
	}
	return err
}

func (r *reviewRun) reviewObject(n *eval.RuleReview) reviewObject {
	low, high := n.Interval()
	o := reviewObject{Rule: n.Rule, Findings: n.Findings(), Right: n.Right, False: n.False, Unsure: n.Unsure, Disputed: n.Disputed, Unjudged: n.Unjudged,
		Precision: number(n.Precision()), Low: low, High: high, Missed: n.Missed}
	if len(r.reviews.Missed()) > 0 {
		o.Recall = number(n.Recall())
	}
	return o
}

func (r *reviewRun) judgedObject(j *eval.Judged) judgedObject {
	o := judgedObject{j.Call, j.Turn, j.Rule, j.Quote, map[string]string{}}
	for i, v := range j.By {
		if v != book.Unjudged {
			o.Verdicts[r.reviews.Books[i].Name] = v.In("en")
		}
	}
	return o
}
