package report

import (
	"io"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// sarifFormat is SARIF 2.1.0, which GitHub and most code scanners read. The
// notifications come last because nothing is known of them before.
func sarifFormat() format {
	return format{"sarif", lint.FoundTurns, func(w io.Writer, o Options) Writer {
		return &sarifReport{tongue: tongue(o.Lang), w: w, o: o, index: ruleIndex(o.Packs)}
	}}
}

const (
	sarifSchema = "https://json.schemastore.org/sarif-2.1.0.json"
	homepage    = "https://github.com/zhijian-qa/zhijian"

	mostNotifications = 100 // problems of the input that are named; the rest are counted
)

type sarifReport struct {
	tongue
	w        io.Writer
	o        Options
	index    map[string]int // of the rules by id
	begun    bool           // the head is written
	more     bool           // and a result
	problems []sarifNotification
	unnamed  int // problems beyond mostNotifications
}

// Call writes a result for every finding, accepted ones after the others.
func (s *sarifReport) Call(r *lint.Result) error {
	for i := range r.Verdict.Findings {
		if err := s.write(s.result(r.Call, &r.Verdict.Findings[i])); err != nil {
			return err
		}
	}
	for i := range r.Verdict.Suppressed {
		accepted := &r.Verdict.Suppressed[i]
		result := s.result(r.Call, &accepted.Finding)
		result.Suppressions = append(result.Suppressions, s.suppression(accepted))
		if err := s.write(result); err != nil {
			return err
		}
	}
	return nil
}

// write writes a result on a line of its own.
func (s *sarifReport) write(result sarifResult) error {
	if err := s.head(); err != nil {
		return err
	}
	line, err := EncodeLine(result)
	if err != nil {
		return err
	}
	separator := "\n"
	if s.more {
		separator = ",\n"
	}
	s.more = true
	return writeAll(s.w, separator, string(line[:len(line)-1]))
}

// head writes everything up to the first result.
func (s *sarifReport) head() error {
	if s.begun {
		return nil
	}
	s.begun = true
	driver, err := EncodeLine(s.driver())
	if err != nil {
		return err
	}
	return writeAll(s.w, `{"$schema":"`+sarifSchema+`","version":"2.1.0","runs":[{"tool":{"driver":`, string(driver[:len(driver)-1]),
		`},"language":"`+s.language()+`","columnKind":"unicodeCodePoints","results":[`)
}

func (s *sarifReport) language() string { return s.say("zh-CN", "en-US") }

// Problem keeps a problem of the input for the end.
func (s *sarifReport) Problem(p *call.Problem) error {
	if len(s.problems) == mostNotifications {
		s.unnamed++
		return nil
	}
	n := sarifNotification{Level: "warning", Message: sarifMessage{Text: Clean(p.In(s.o.Lang))}}
	if p.Fatal {
		n.Level = "error"
	}
	if p.File != "" {
		at := sarifLocation{Physical: sarifPhysical{Artifact: s.artifact(p.File)}}
		if p.Line > 0 {
			at.Physical.Region = &sarifRegion{StartLine: p.Line}
		}
		n.Locations = []sarifLocation{at}
	}
	s.problems = append(s.problems, n)
	return nil
}

// Close ends the results and tells how the run went.
func (s *sarifReport) Close(sum *Summary) error {
	if err := s.head(); err != nil {
		return err
	}
	line, err := EncodeLine(sarifInvocation{sum.Fatal == 0 && !sum.Interrupted, s.notifications(sum)})
	if err != nil {
		return err
	}
	return writeAll(s.w, "\n],\"invocations\":[", string(line[:len(line)-1]), "]}]}\n")
}

// notifications are what keeps the results from being the whole truth.
func (s *sarifReport) notifications(sum *Summary) []sarifNotification {
	out := s.problems
	note := func(level, text string) {
		out = append(out, sarifNotification{Level: level, Message: sarifMessage{Text: text}})
	}
	if s.unnamed > 0 {
		note("warning", s.sayf("另有输入问题 %d 处，见标准错误。", "%d more problems with the input, see standard error.", s.unnamed))
	}
	for _, n := range sum.NotEvaluated() {
		note("note", s.sayf("未能评估：%[1]s（%[2]d %[3]s，规则 %[4]d 条次）", "Not evaluated: %[1]s (in %[5]s, %[4]d rules altogether)",
			Clean(n.Reason.In(s.o.Lang)), n.Calls, measure(s.o.Scripts), n.Rules, plural(n.Calls, noun(s.o.Scripts).EN)))
	}
	if sum.Interrupted {
		note("error", s.halfWay(s.o.Scripts))
	}
	if out == nil {
		return []sarifNotification{}
	}
	return out
}

// suppression says why a result counts for nothing.
func (s *sarifReport) suppression(f *rule.Suppressed) sarifSuppression {
	why := f.Reason
	if why == "" {
		why = s.accepted(f)
	}
	kind := "external"
	if f.Inline {
		kind = "inSource"
	}
	return sarifSuppression{Kind: kind, Status: "accepted", Justification: Clean(why)}
}
