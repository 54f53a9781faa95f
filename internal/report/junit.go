package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// junitFormat is JUnit XML as Jenkins and GitLab read it: a suite per call or
// script, in which every finding is a test that failed.
func junitFormat() format {
	return format{"junit", lint.FoundTurns, func(w io.Writer, o Options) Writer { return &junitReport{tongue: tongue(o.Lang), w: w, o: o} }}
}

type junitReport struct {
	tongue
	w     io.Writer
	o     Options
	begun bool
}

// junitSuite is a call, a script, or a file that has a problem.
type junitSuite struct {
	XMLName  xml.Name    `xml:"testsuite"`
	Name     string      `xml:"name,attr"`
	File     string      `xml:"file,attr,omitempty"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
	Out      string      `xml:"system-out,omitempty"`
}

type junitCase struct {
	Name    string       `xml:"name,attr"`
	Class   string       `xml:"classname,attr"`
	Failure *junitReason `xml:"failure"`
	Error   *junitReason `xml:"error"`
	Skipped *junitReason `xml:"skipped"`
	Err     string       `xml:"system-err,omitempty"`
}

// junitReason says why a test did not pass.
type junitReason struct {
	Type    string `xml:"type,attr,omitempty"`
	Message string `xml:"message,attr"`
	Body    string `xml:",chardata"`
}

// Call writes the suite of a call.
func (j *junitReport) Call(r *lint.Result) error {
	c := r.Call
	s := junitSuite{Name: j.suiteName(c), File: filePath(c.Source, j.o.Dir), Out: j.notEvaluated(r.Verdict.NotEvaluated)}
	names := map[string]int{}
	for i := range r.Verdict.Findings {
		f := &r.Verdict.Findings[i]
		s.Failures++
		s.add(junitCase{Name: j.caseName(c, f, names), Class: f.Rule.ID, Failure: j.failure(c, f)})
	}
	for i := range r.Verdict.Suppressed {
		f := &r.Verdict.Suppressed[i]
		s.Skipped++
		s.add(junitCase{Name: j.caseName(c, &f.Finding, names), Class: f.Rule.ID, Skipped: &junitReason{Message: Clean(j.accepted(f))}})
	}
	if len(s.Cases) == 0 {
		s.addClean(r, j.tongue)
	}
	return j.suite(s)
}

// suiteName names a call among those of all files. Its place is a part of the
// name only where nothing else is: readers compare runs by names.
func (j *junitReport) suiteName(c *call.Call) string {
	name := j.name(c)
	if name == "" {
		name = placeOf(c, rule.Range{Turn: -1}).In(j.o.Lang)
	}
	return Clean(strings.TrimSpace(filePath(c.Source, j.o.Dir) + " " + name))
}

func (s *junitSuite) add(c junitCase) {
	s.Tests++
	s.Cases = append(s.Cases, c)
}

// addClean adds the one test of a call without findings. What could not be
// judged has not passed.
func (s *junitSuite) addClean(r *lint.Result, t tongue) {
	c := junitCase{Name: s.Name + " " + t.say("没有问题", "clean"), Class: "zhijian"}
	if r.Verdict.Judged == 0 && len(r.Verdict.NotEvaluated) > 0 {
		s.Skipped++
		c.Name = s.Name + " " + t.say("未能评估", "not evaluated")
		c.Skipped = &junitReason{Message: Clean(r.Verdict.NotEvaluated[0].Reason.In(call.Lang(t)))}
	}
	s.add(c)
}

// caseName names the test of a finding. Readers take tests of the same name for
// one, so a rule broken twice in a turn or script is counted.
func (j *junitReport) caseName(c *call.Call, f *rule.Finding, names map[string]int) string {
	name := j.name(c)
	if !c.Script { // whose lines and cells move when others are added
		name += " " + j.where(c, f.At, f.Role)
	}
	name = Clean(strings.TrimSpace(name + " " + f.Rule.Title.In(j.o.Lang)))
	key := f.Rule.ID + "\x00" + name
	if names[key]++; names[key] > 1 {
		name += fmt.Sprintf(" #%d", names[key])
	}
	return name
}

func (j *junitReport) failure(c *call.Call, f *rule.Finding) *junitReason {
	lines := []string{j.at(c, f)}
	if f.At.Quote != "" {
		lines = append(lines, j.say("原话：", "quote: ")+Clean(f.At.Quote))
	}
	lines = append(lines, j.adviceLabel(f.Rule)+Clean(f.Rule.Advice.In(j.o.Lang)), f.Rule.ID)
	return &junitReason{f.Rule.Severity.String(), Clean(f.Message.In(j.o.Lang)), strings.Join(lines, "\n")}
}

// at is the file with the line, and the turn of a call, or with the place of a script.
func (j *junitReport) at(c *call.Call, f *rule.Finding) string {
	s := filePath(c.Source, j.o.Dir)
	if place := placeOf(c, f.At).In(j.o.Lang); place != "" {
		s += ":" + place
	}
	if !c.Script {
		s += " " + j.where(c, f.At, f.Role)
	}
	return Clean(s)
}

// accepted says what accepted a finding, and why.
func (t tongue) accepted(f *rule.Suppressed) string {
	if f.By == rule.ByBaseline {
		return t.say("在基线中", "in the baseline")
	}
	return t.say("已豁免", "waived") + t.say("：", ": ") + f.Reason
}

// notEvaluated lists the rules that could not be judged, with the reason.
func (j *junitReport) notEvaluated(missing []rule.NotEvaluated) string {
	var lines []string
	for _, n := range missing {
		lines = append(lines, j.say("未能评估：", "not evaluated: ")+n.Rule+j.say("：", ": ")+Clean(n.Reason.In(j.o.Lang)))
	}
	return strings.Join(lines, "\n")
}

// Problem writes a suite for a file, or a part of it, that could not be read or
// was not understood as it stands.
func (j *junitReport) Problem(p *call.Problem) error {
	text := Clean(p.In(j.o.Lang))
	c := junitCase{Name: text, Class: "zhijian"}
	s := junitSuite{Name: Clean(strings.TrimSpace(j.inputProblem(p) + " " + p.File)), File: filePath(p.File, j.o.Dir)}
	if p.Fatal {
		s.Errors++
		c.Error = &junitReason{"input", text, ""}
	} else {
		c.Err = text
	}
	s.add(c)
	return j.suite(s)
}

func (j *junitReport) suite(s junitSuite) error {
	if err := j.head(); err != nil {
		return err
	}
	return writeXML(j.w, "  ", s)
}

func (j *junitReport) head() error {
	if j.begun {
		return nil
	}
	j.begun = true
	return writeAll(j.w, xml.Header, "<testsuites name=\"zhijian\">\n")
}

// Close ends the document, with an error where the run ended before its input did.
func (j *junitReport) Close(s *Summary) error {
	if err := j.head(); err != nil {
		return err
	}
	if s.Interrupted {
		text := j.halfWay(j.o.Scripts)
		suite := junitSuite{Name: "zhijian", Errors: 1}
		suite.add(junitCase{Name: text, Class: "zhijian", Error: &junitReason{Type: "interrupted", Message: text}})
		if err := j.suite(suite); err != nil {
			return err
		}
	}
	return writeAll(j.w, "</testsuites>\n")
}
