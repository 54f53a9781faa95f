package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// appendCall appends one call with what was found in it: an object of the JSON formats. It writes
// by hand what encoding/json would, in a third of the time: one goroutine writes the calls that all
// others judge.
func appendCall(b []byte, r *lint.Result, lang call.Lang) []byte {
	c, v, o := r.Call, &r.Verdict, object{append(b, '{')}
	o.text("id", c.ID)
	o.text("source", c.Source)
	o.someNumber("line", c.Line) // 1-based
	o.someText("scene", c.Scene) // of a script
	o.someText("direction", string(c.Direction))
	o.agent(c.Agent)
	if r.Choice.Cause != "" { // only of a sample
		o.open("chosen", '{')
		o.text("cause", r.Choice.Cause) // fatal, risk or random
		o.text("why", r.Choice.Why.In(lang))
		o.close('}')
	}
	if v.Score != nil { // absent where the call is not scored
		o.number("score", v.Score.Points)
		o.someText("grade", v.Score.Grade.Name)
	}
	o.tags(v.Tags)
	o.open("findings", '[')
	for i := range v.Findings {
		o.element()
		o.finding(c, &v.Findings[i], lang)
		o.close('}')
	}
	o.close(']')
	o.suppressed(c, v.Suppressed, lang)
	o.notEvaluated(v.NotEvaluated, lang)
	o.score(v.Score)
	return append(o.b, '}')
}

func (o *object) agent(p call.Person) {
	if p == (call.Person{}) {
		return
	}
	o.open("agent", '{')
	o.someText("id", p.ID)
	o.someText("number", p.Number)
	o.someText("name", p.Name)
	o.someText("team", p.Team)
	o.close('}')
}

// tags adds the values of each tag by its id, and the 0-based turns that first say so, null where
// no turn does.
func (o *object) tags(tags []rule.Tag) {
	tags = slices.DeleteFunc(slices.Clone(tags), func(t rule.Tag) bool { return len(t.Values) == 0 })
	if len(tags) == 0 {
		return
	}
	slices.SortStableFunc(tags, func(a, b rule.Tag) int { return strings.Compare(a.ID, b.ID) })
	o.eachTag("tags", tags, func(v *rule.TagValue) { o.item(v.Value) })
	o.eachTag("tag_turns", tags, func(v *rule.TagValue) {
		o.next()
		o.index(v.Turn)
	})
}

// eachTag adds an object with an array for every tag; tags of one id, which follow each other,
// share one.
func (o *object) eachTag(name string, tags []rule.Tag, value func(*rule.TagValue)) {
	o.open(name, '{')
	for i := range tags {
		if i == 0 || tags[i].ID != tags[i-1].ID {
			o.open(tags[i].ID, '[')
		}
		for j := range tags[i].Values {
			value(&tags[i].Values[j])
		}
		if i+1 == len(tags) || tags[i].ID != tags[i+1].ID {
			o.close(']')
		}
	}
	o.close('}')
}

// finding adds the members of a finding.
func (o *object) finding(c *call.Call, f *rule.Finding, lang call.Lang) {
	said := f.At.Turn >= 0
	o.text("rule", f.Rule.ID)
	o.text("severity", f.Rule.Severity.String())
	o.text("title", f.Rule.Title.In(lang))
	o.text("message", f.Message.In(lang))
	o.key("turn")
	o.index(f.At.Turn) // 0-based; null where something is missing from the whole call
	if f.Due != nil {
		o.number("due", *f.Due) // 0-based turn in which what is missing should have been said
	}
	o.text("role", string(f.Role))
	if said {
		o.number("start", f.At.Start) // code points of the turn's text, half-open
		o.number("end", f.At.End)
		o.someText("quote", f.At.Quote)
	}
	if said || c.Script {
		at := placeOf(c, f.At)
		o.someNumber("line", at.Line)       // 1-based: of the turn, or of the words of a script
		o.someNumber("column", at.Column)   // 1-based code points; only where a script knows it
		o.someText("place", cell(at, lang)) // the cell or paragraph of a script
	}
	if said {
		if ms, known := c.Turns[f.At.Turn].Start.Get(); known {
			o.key("start_ms")
			o.b = strconv.AppendInt(o.b, ms, 10)
		}
	}
	o.text("advice", f.Rule.Advice.In(lang))
	o.fix(f.Fix)
	o.related(f)
	o.text("fingerprint", f.Fingerprint)
}

func (o *object) fix(e *rule.Edit) {
	if e == nil {
		return
	}
	o.open("fix", '{')
	o.number("start", e.Start)
	o.number("end", e.End)
	o.text("text", e.Text)
	o.someTruth("suggestion", e.Suggestion) // a human must look at it
	o.close('}')
}

// related adds the other places that belong to a finding.
func (o *object) related(f *rule.Finding) {
	if slices.ContainsFunc(f.Related, func(r rule.Range) bool { return r.Turn >= 0 }) {
		o.open("related", '[')
		for _, r := range f.Related {
			if r.Turn >= 0 {
				o.element()
				o.number("turn", r.Turn)
				o.number("start", r.Start)
				o.number("end", r.End)
				o.text("quote", r.Quote)
				o.close('}')
			}
		}
		o.close(']')
	}
	if len(f.RelatedCalls) > 0 { // ids
		o.open("related_calls", '[')
		for _, id := range f.RelatedCalls {
			o.item(id)
		}
		o.close(']')
	}
}

// suppressed adds the findings that count for nothing, and why.
func (o *object) suppressed(c *call.Call, all []rule.Suppressed, lang call.Lang) {
	if len(all) == 0 {
		return
	}
	o.open("suppressed", '[')
	for i := range all {
		o.element()
		o.finding(c, &all[i].Finding, lang)
		o.text("by", string(all[i].By))
		o.someText("reason", all[i].Reason)
		o.close('}')
	}
	o.close(']')
}

func (o *object) notEvaluated(all []rule.NotEvaluated, lang call.Lang) {
	o.open("not_evaluated", '[')
	for _, n := range all {
		o.element()
		o.text("rule", n.Rule)
		o.text("reason", n.Reason.In(lang))
		o.close('}')
	}
	o.close(']')
}

// score adds what the rules cost a call, and whether all of them count.
func (o *object) score(s *rule.Score) {
	if s == nil {
		return
	}
	if len(s.Deductions) > 0 {
		o.open("deductions", '[')
		for _, d := range s.Deductions {
			o.element()
			o.text("rule", d.Rule.ID)
			o.text("severity", d.Rule.Severity.String())
			o.number("findings", d.Count)  // shown or not
			o.number("counted", d.Counted) // those that cost points, up to the cap of the rule
			o.number("points", d.Points)   // each
			o.number("total", d.Total)
			o.someTruth("fatal", d.Fatal) // the score is 0 because of it
			o.close('}')
		}
		o.close(']')
	}
	if s.Judged < s.Rules { // not every rule of the packs counts
		o.open("score_basis", '{')
		o.number("judged", s.Judged)
		o.number("not_evaluated", s.Skipped)
		o.number("rules", s.Rules)
		o.close('}')
	}
}
