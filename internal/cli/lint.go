package cli

import (
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/report"
)

// lintOptions are the flags of lint as written.
type lintOptions struct {
	format      string
	outputs     []string
	packs       []string
	selected    []string
	ignored     []string
	failOn      string
	minSeverity string
	jobs        int
	noProgress  bool
	summary     bool
	input       inputOptions
	accept      acceptOptions
}

func newLintOptions() *lintOptions {
	return &lintOptions{format: report.Names()[0], failOn: "error", minSeverity: "info"}
}

func newLint(a *app) *cobra.Command {
	o := newLintOptions()
	c := &cobra.Command{
		Use:   a.say("lint [路径… | -] [选项]", "lint [PATH… | -] [FLAGS]"),
		Short: a.say("检查通话记录", "check transcripts"),
		Long: a.say("检查通话记录：文件、文件夹、通配符；- 是标准输入。每个问题都附原话和建议。\n"+
			"退出码：0 没有问题，1 有达到 --fail-on 的问题，2 用法或规则包有误，3 有输入读不了。",
			"Check transcripts: files, folders, globs; - is standard input. Every finding has its quote and advice.\n"+
				"Exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage or pack at fault, 3 an input could not be read."),
		Example: "  zhijian lint calls/\n  zhijian lint calls/ --output json=report.json --summary\n  cat call.txt | zhijian lint - --stdin-name call.txt",
		RunE:    func(c *cobra.Command, args []string) error { return o.run(a, c, args) },
	}
	o.addFlags(a, c)
	o.addJudging(a, c)
	o.accept.addFlags(a, c)
	return c
}

// addJudging adds the flags that say what is judged by which rules.
func (o *lintOptions) addJudging(a *app, c *cobra.Command) {
	f := c.Flags()
	packsFlag(a, c, &o.packs)
	f.StringSliceVar(&o.selected, "select", nil, a.say("`规则`|只用这些规则：规则名、类别或通配符，逗号分隔", "`RULES`|use only these: ids, families or globs, comma-separated"))
	f.StringSliceVar(&o.ignored, "ignore", nil, a.say("`规则`|不用这些规则", "`RULES`|leave these out"))
	f.IntVar(&o.jobs, "jobs", runtime.GOMAXPROCS(0), a.say("`个数`|同时检查的个数，默认等于处理器个数；结果与它无关", "`N`|parallel workers, as many as processors by default; the result does not depend on it"))
	f.Lookup("jobs").DefValue = "" // it differs from machine to machine
	f.BoolVar(&o.noProgress, "no-progress", false, a.say("不显示进度", "no progress bar"))
	o.input.addFlags(a, c)
}

func (o *lintOptions) addFlags(a *app, c *cobra.Command) {
	f := c.Flags()
	severities := []string{"error", "warning", "info"}
	choice(c, f, &o.format, "format", report.Names(), a.say("`格式`|标准输出的格式："+strings.Join(report.Names(), "、"), "`FORMAT`|format on standard output: "+strings.Join(report.Names(), ", ")))
	f.StringArrayVar(&o.outputs, "output", nil, a.say("`格式=文件`|另写一份报告，格式同 --format，如 sarif=report.sarif，可重复；- 是标准输出", "`NAME=FILE`|write another report in a format of --format, e.g. sarif=report.sarif; repeatable; - is standard output"))
	choice(c, f, &o.failOn, "fail-on", append(severities, "never"), a.say("`级别`|有这个级别及以上的问题时退出码为 1：error、warning、info、never", "`SEVERITY`|exit code 1 if there are findings of this severity or graver: error, warning, info, never"))
	choice(c, f, &o.minSeverity, "min-severity", severities, a.say("`级别`|只报告这个级别及以上的问题", "`SEVERITY`|report only findings of this severity or graver"))
	f.BoolVar(&o.summary, "summary", false, a.say("标准输出只要汇总", "the summary only, on standard output"))
}

// inputOptions are the flags about inputs, which several commands share.
type inputOptions struct {
	format       string
	stdinName    string
	agentChannel string
}

func (o *inputOptions) addFlags(a *app, c *cobra.Command) {
	f := c.Flags()
	choice(c, f, &o.format, "in-format", inputFormats(), a.say("`格式`|输入格式，不写则自动识别："+strings.Join(inputFormats(), "、"), "`FORMAT`|input format, detected if not given: "+strings.Join(inputFormats(), ", ")))
	f.StringVar(&o.stdinName, "stdin-name", "", a.say("`名字`|标准输入在报告里的名字", "`NAME`|name of standard input in reports"))
	choice(c, f, &o.agentChannel, "agent-channel", []string{"0", "1", "L", "R", "first"}, a.say("`声道`|坐席所在的声道：0、1、L、R、first", "`CHANNEL`|channel of the agent: 0, 1, L, R, first"))
}

// settings are what intake needs.
func (o *inputOptions) settings(a *app) intake.Options {
	return intake.Options{Format: o.format, AgentChannel: o.agentChannel, Stdin: a.stdin, StdinName: o.stdinName}
}

func inputFormats() []string {
	var names []string
	for _, f := range intake.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// needsPaths is the failure of a command without inputs.
func needsPaths(c *cobra.Command, paths []string) error {
	if len(paths) > 0 {
		return nil
	}
	return &failure{help: c.CommandPath(), what: failf("没有给输入：请写文件、文件夹或通配符，- 是标准输入，例如 %s calls/",
		"no input: name files, folders or globs, or - for standard input, e.g. %s calls/", c.CommandPath()).what}
}

func (o *lintOptions) run(a *app, c *cobra.Command, paths []string) error {
	if err := needsPaths(c, paths); err != nil {
		return err
	}
	s, err := o.settle(a, c.Flags().Changed("format"))
	if err != nil {
		return err
	}
	return a.lint(c.Context(), s, paths)
}
