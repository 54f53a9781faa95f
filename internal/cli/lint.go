package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/config"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/report"
)

// lintOptions are the flags of lint as written.
type lintOptions struct {
	judgeOptions
	noProgress bool
	by         string
	previous   string
	window     string
	input      inputOptions
	explainer
}

func newLintOptions() *lintOptions {
	return &lintOptions{judgeOptions: newJudgeOptions()}
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
		Example: "  zhijian lint calls/\n  zhijian lint calls/ --output xlsx=book.xlsx --summary\n  cat call.txt | zhijian lint - --stdin-name call.txt",
		RunE:    func(c *cobra.Command, args []string) error { return o.run(a, c, args) },
	}
	o.addJudging(a, c)
	o.addFailing(a, c)
	o.addReportFlags(a, c)
	o.addFlag(a, c)
	f := c.Flags()
	choice(c, f, &o.by, "by", report.By(), a.say("`什么`|表格按坐席、班组或日期分开细看：agent、team、day", "`WHAT`|tell the calls of a table apart in detail: agent, team, day"))
	f.StringVar(&o.previous, "previous", "", a.say("`文件`|和上次的 JSON 报告比较，标出大于偶然的变化", "`FILE`|compare with the JSON report of an earlier run, and mark what changed more than by chance"))
	return c
}

// addJudging adds the flags that say what is judged by which rules.
func (o *lintOptions) addJudging(a *app, c *cobra.Command) {
	o.addRuleFlags(a, c)
	c.Flags().BoolVar(&o.noProgress, "no-progress", false, a.say("不显示进度", "no progress bar"))
	windowFlag(a, c, &o.window)
	o.input.addFlags(a, c)
}

// inputOptions are the flags about inputs, which several commands share.
type inputOptions struct {
	format       string
	encoding     string
	stdinName    string
	agentChannel string
	cdr          []string
	cdrVendor    string
}

func (o *inputOptions) addFlags(a *app, c *cobra.Command) {
	f := c.Flags()
	choice(c, f, &o.format, "in-format", config.InFormats(), a.say("`格式`|输入格式，不写则自动识别：canonical、plain 等，见 zhijian formats", "`FORMAT`|input format, detected if not given: canonical, plain and others, see zhijian formats"))
	choice(c, f, &o.encoding, "encoding", config.Encodings(), a.say("`编码`|输入的文字编码，不写则自动识别："+strings.Join(config.Encodings(), "、"), "`NAME`|text encoding of the input, detected if not given: "+strings.Join(config.Encodings(), ", ")))
	f.StringVar(&o.stdinName, "stdin-name", "", a.say("`名字`|标准输入在报告里的名字", "`NAME`|name of standard input in reports"))
	choice(c, f, &o.agentChannel, "agent-channel", config.AgentChannels(), a.say("`声道`|坐席的声道或说话人编号：0、1、2、L、R；first、second 是第一个、第二个说话的", "`CHANNEL`|channel or speaker number of the agent: 0, 1, 2, L, R; first, second: who speaks first or second"))
	o.addRecordFlags(a, c)
}

// addRecordFlags adds the flags about call records.
func (o *inputOptions) addRecordFlags(a *app, c *cobra.Command) {
	c.Flags().StringArrayVar(&o.cdr, "cdr", nil, a.say("`文件`|话单表格（CSV、XLSX），按通话 ID 补充坐席、方向、时间、挂机方等；可写多次", "`FILE`|table of call records (CSV, XLSX) that adds agent, direction, times, hang-up … by call id; may be repeated"))
	vendors := strings.Join(intake.Vendors(), ", ")
	choice(c, c.Flags(), &o.cdrVendor, "cdr-vendor", intake.Vendors(), a.say("`厂商`|表格里呼叫方向的数字是哪家的编码："+vendors, "`VENDOR`|whose codes the numbers for directions in tables are: "+vendors))
}

// settings are what intake needs.
func (o *inputOptions) settings(a *app) intake.Options {
	return intake.Options{Format: o.format, Encoding: o.encoding, AgentChannel: o.agentChannel, Stdin: a.stdin, StdinName: o.stdinName, CDR: o.cdr, Vendor: o.cdrVendor, Records: intake.RecordsCounted}
}

// apply puts what the configuration says about inputs into the options.
func (o *inputOptions) apply(to *configured) {
	to.word("in-format", "in-format", &o.format, to.InFormat)
	to.word("encoding", "encoding", &o.encoding, to.Encoding)
	to.word("agent-channel", "agent-channel", &o.agentChannel, to.AgentChannel)
}

// needsPaths is the failure of a command without inputs.
func needsPaths(c *cobra.Command, paths []string) error {
	if len(paths) > 0 {
		return nil
	}
	example := "calls/"
	if c.Name() == "script" {
		example = "scripts/"
	}
	return &failure{help: c.CommandPath(), what: failf("没有给输入：请写文件、文件夹或通配符，- 是标准输入，例如 %s %s",
		"no input: name files, folders or globs, or - for standard input, e.g. %s %s", c.CommandPath(), example).what}
}

func (o *lintOptions) run(a *app, c *cobra.Command, paths []string) error {
	if err := needsPaths(c, paths); err != nil {
		return err
	}
	s, err := o.settle(a, c, paths)
	if err != nil {
		return err
	}
	return a.lint(c.Context(), s, paths)
}
