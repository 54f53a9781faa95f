package cli

import (
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/accept"
	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/config"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/report"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// lintSettings are the flags of lint resolved: everything in them exists.
type lintSettings struct {
	linter   lint.Linter
	accepted *accept.Set // what the linter asks
	packs    []*rule.Pack
	choice   *report.Choice // of their rules
	outputs  []outputSetting
	failOn   rule.Severity // graver than Error: never
	scripts  bool          // script libraries are judged, not calls
	sample   bool          // calls are chosen, and only those reported
	progress bool
	summary  bool
	by       string           // what a table tells the calls apart by; empty: nothing
	window   time.Duration    // in which the calls of a customer belong together; 0: each is looked at alone
	previous *report.Previous // run to compare with; nil: none
	input    intake.Options
	explain  explainer // of what was understood of the inputs
}

// outputSetting is a report and where it goes; "-" is standard output.
type outputSetting struct{ format, file string }

func (o *lintOptions) settle(a *app, c *cobra.Command, paths []string) (*lintSettings, error) {
	to, err := o.apply(a, c, paths)
	if err != nil {
		return nil, err
	}
	o.input.apply(to)
	to.word("window", "window", &o.window, to.Window)
	s, err := o.judgeOptions.settle(to, rule.ForCalls)
	if err == nil {
		s.progress, s.input, s.by = !o.noProgress, o.input.settings(a), o.by
		s.input.Explain = o.wanted
		s.previous, err = s.readPrevious(o.previous)
	}
	if err == nil {
		s.window, err = windowOf(o.window, to.named("window"))
	}
	return s, err
}

// readPrevious reads the report of an earlier run that can be compared with; no name is none.
func (s *lintSettings) readPrevious(name string) (*report.Previous, error) {
	if name == "" {
		return nil, nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, failf("上次的报告 %[1]s 读不了：%[2]v；用 zhijian lint --output json=%[1]s 写一份", "the previous report %[1]s cannot be read: %[2]v; write one with zhijian lint --output json=%[1]s", name, cause(err))
	}
	p, err := report.ReadPrevious(name, data)
	if err == nil {
		err = p.Comparable(s.packs, s.choice)
	}
	return p, err
}

// settle resolves the flags of all that judges, for a command that judges by the rules that fit.
func (o *judgeOptions) settle(to *configured, fit func([]*rule.Rule) []*rule.Rule) (*lintSettings, error) {
	s := &lintSettings{summary: o.summary}
	s.linter.Mask = o.mask == config.Masks()[0]
	err := o.settleSeverities(to, s)
	if err != nil {
		return nil, err
	}
	if o.jobs < 1 {
		return nil, failf("--jobs 至少是 1，但给了 %d", "--jobs must be at least 1, but got %d", o.jobs)
	}
	if s.outputs, err = o.settleOutputs(to.given("format")); err != nil {
		return nil, err
	}
	if s.packs, err = loadToJudge(o.packs, to.overlay()); err != nil {
		return nil, err
	}
	rules, err := newChooser(o, to, s.packs, fit)
	if err != nil {
		return nil, err
	}
	if s.accepted, err = o.accept.settle(s.packs, rules.always()); err != nil {
		return nil, err
	}
	s.choice = rules.choice(s.linter.MinSeverity)
	rules.judgeBy(&s.linter)
	s.linter.Jobs, s.linter.Accepter = o.jobs, s.accepted
	return s, nil
}

// settleSeverities refuses to fail on findings that are not shown: nobody
// could tell why.
func (o *judgeOptions) settleSeverities(to *configured, s *lintSettings) error {
	s.linter.MinSeverity, _ = rule.ParseSeverity(o.minSeverity)
	s.failOn = rule.Error + 1
	if o.failOn != "never" {
		s.failOn, _ = rule.ParseSeverity(o.failOn)
	}
	if s.failOn < s.linter.MinSeverity {
		return failf("%[1]s %[2]s 低于 %[3]s %[4]s：不报告的问题不能让检查失败", "%[1]s %[2]s is below %[3]s %[4]s: what is not reported cannot fail the run",
			to.named("fail-on"), o.failOn, to.named("min-severity"), o.minSeverity)
	}
	return nil
}

// settleOutputs lists the reports. Standard output gets --format, unless an
// --output takes it.
func (o *judgeOptions) settleOutputs(formatGiven bool) ([]outputSetting, error) {
	var all []outputSetting
	var files []string
	for _, text := range o.outputs {
		one, err := parseOutput(text)
		if err != nil {
			return nil, err
		}
		if slices.Contains(files, one.file) {
			return nil, failf("--output 两次写到 %s", "--output names %s twice", one.file)
		}
		all, files = append(all, one), append(files, one.file)
	}
	onStdout := slices.Contains(files, "-")
	if onStdout && formatGiven {
		return nil, failf("--format 和 --output …=- 都要写到标准输出；只留一个", "--format and --output …=- both want standard output; keep one of them")
	}
	if !onStdout {
		all = append(all, outputSetting{o.format, "-"})
	}
	return all, nil
}

func parseOutput(text string) (outputSetting, error) {
	name, file, ok := strings.Cut(text, "=")
	if !ok || file == "" {
		return outputSetting{}, failf("--output 要写成 格式=文件，例如 json=report.json，但给了 %q", "--output wants NAME=FILE, e.g. json=report.json, but got %q", text)
	}
	if !slices.Contains(report.Names(), name) {
		f := unknown(call.Say{ZH: "报告格式", EN: "report format"}, name, report.Names())
		return outputSetting{}, failf("--output：%[1]s", "--output: %[2]s", f.what.ZH, f.what.EN)
	}
	return outputSetting{name, file}, nil
}
