package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// result is a finding, not accepted by anything.
func (s *sarifReport) result(c *call.Call, f *rule.Finding) sarifResult {
	r := sarifResult{RuleID: f.Rule.ID, Level: sarifLevelOf(f.Rule.Severity), Message: sarifMessage{Text: s.told(c, f)},
		Locations: []sarifLocation{s.location(c, f.At)}, Fingerprints: map[string]string{"zhijian/v1": f.Fingerprint},
		Suppressions: []sarifSuppression{}, Properties: s.properties(c, f)}
	if i, known := s.index[f.Rule.ID]; known {
		r.RuleIndex = &i
	}
	for _, at := range f.Related {
		if at.Turn >= 0 {
			r.Related = append(r.Related, s.related(c, at, len(r.Related)+1))
		}
	}
	if fix, ok := s.fix(c, f); ok {
		r.Fixes = []sarifFix{fix}
	}
	return r
}

func (s *sarifReport) properties(c *call.Call, f *rule.Finding) sarifResultProperties {
	p := sarifResultProperties{Call: c.ID, Scene: c.Scene, Quote: f.At.Quote}
	if c.Script {
		return p
	}
	p.Role = string(f.Role)
	if f.At.Turn >= 0 {
		p.Turn, p.Time = &f.At.Turn, clock(c.Turns[f.At.Turn].Start)
	}
	return p
}

func (s *sarifReport) artifact(source string) sarifArtifact {
	return sarifArtifact{fileURI(source, s.o.Dir)}
}

// location is where a range stands. A cell or a paragraph is a logical
// location; GitHub wants a line all the same.
func (s *sarifReport) location(c *call.Call, at rule.Range) sarifLocation {
	place := placeOf(c, at)
	region := sarifRegion{StartLine: lineOf(place), StartColumn: place.Column, EndColumn: endColumn(c, at)}
	if region.EndColumn > region.StartColumn {
		region.Snippet = &sarifMessage{Text: at.Quote}
	}
	l := sarifLocation{Physical: sarifPhysical{s.artifact(c.Source), &region}}
	if name := cell(place, s.o.Lang); name != "" {
		l.Logical = []sarifLogical{{Name: name, Full: filePath(c.Source, s.o.Dir) + "!" + name, Kind: cellKind(place)}}
	}
	return l
}

func cellKind(p call.Place) string {
	if p.Cell != "" {
		return "cell"
	}
	return "paragraph"
}

func (s *sarifReport) related(c *call.Call, at rule.Range, id int) sarifLocation {
	l := s.location(c, at)
	l.ID = id
	l.Message = &sarifMessage{Text: Clean(s.where(c, at, c.Turns[at.Turn].Role) + s.say("：", ": ") + at.Quote)}
	return l
}

// fix is the replacement of the words found. Only where every code point has a
// column of its own, and neither text needs an escape in any kind of file, can
// a tool that knows lines and columns make it.
func (s *sarifReport) fix(c *call.Call, f *rule.Finding) (fix sarifFix, ok bool) {
	if f.Fix == nil || !c.Script || f.At.Turn < 0 {
		return fix, false
	}
	at := rule.Range{Turn: f.At.Turn, Start: f.Fix.Start, End: f.Fix.End}
	old := string([]rune(c.Turns[at.Turn].Text)[at.Start:at.End])
	start, end := placeOf(c, at), endColumn(c, at)
	if end == 0 || end-start.Column != at.End-at.Start || mayNeedEscape(old) || mayNeedEscape(f.Fix.Text) {
		return fix, false
	}
	text := s.sayf("改成“%s”", "replace by “%s”", f.Fix.Text)
	if f.Fix.Suggestion {
		text += s.say("（请人工核对）", " (look at it first)")
	}
	return sarifFix{sarifMessage{Text: text}, []sarifChange{{s.artifact(c.Source), []sarifReplacement{{
		sarifRegion{StartLine: start.Line, StartColumn: start.Column, EndColumn: end}, sarifMessage{Text: f.Fix.Text}}}}}}, true
}

// mayNeedEscape reports whether a kind of file could write s in another way:
// its quotes, separators and marks are all ASCII.
func mayNeedEscape(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r < utf8.RuneSelf && r != ' ' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}
