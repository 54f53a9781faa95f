package cli

import (
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/config"
)

// judgeOptions are the flags, as written, of the commands that judge and report.
// Those with a key in the configuration hold what it says once it is applied.
type judgeOptions struct {
	config      string
	packs       []string
	selected    []string
	ignored     []string
	failOn      string
	minSeverity string
	jobs        int
	format      string
	outputs     []string
	summary     bool
	mask        string // on or off
	accept      acceptOptions
}

func newJudgeOptions() judgeOptions {
	return judgeOptions{format: config.Formats()[0], failOn: "error", minSeverity: "info", mask: config.Masks()[0]}
}

// addRuleFlags adds the flags that say by which rules is judged.
func (o *judgeOptions) addRuleFlags(a *app, c *cobra.Command) {
	f := c.Flags()
	configFlag(a, c, &o.config)
	packsFlag(a, c, &o.packs)
	f.StringSliceVar(&o.selected, "select", nil, a.say("`规则`|只用这些规则：规则名、类别或通配符，逗号分隔", "`RULES`|use only these: ids, families or globs, comma-separated"))
	f.StringSliceVar(&o.ignored, "ignore", nil, a.say("`规则`|不用这些规则", "`RULES`|leave these out"))
	f.IntVar(&o.jobs, "jobs", runtime.GOMAXPROCS(0), a.say("`个数`|同时检查的个数，默认等于处理器个数；结果与它无关", "`N`|parallel workers, as many as processors by default; the result does not depend on it"))
	f.Lookup("jobs").DefValue = "" // it differs from machine to machine
	o.accept.addWaivers(a, c)
}

// addFailing adds the flags that say what counts, and what fails a run.
func (o *judgeOptions) addFailing(a *app, c *cobra.Command) {
	f := c.Flags()
	choice(c, f, &o.failOn, "fail-on", config.FailOn(), a.say("`级别`|有这个级别及以上的问题时退出码为 1：error、warning、info、never", "`SEVERITY`|exit code 1 if there are findings of this severity or graver: error, warning, info, never"))
	choice(c, f, &o.minSeverity, "min-severity", config.MinSeverity(), a.say("`级别`|只报告这个级别及以上的问题", "`SEVERITY`|report only findings of this severity or graver"))
	o.accept.addBaseline(a, c)
}

// addReportFlags adds the flags about reports.
func (o *judgeOptions) addReportFlags(a *app, c *cobra.Command) {
	f := c.Flags()
	choice(c, f, &o.format, "format", config.Formats(), a.say("`格式`|标准输出的格式："+strings.Join(config.Formats(), "、"), "`FORMAT`|format on standard output: "+strings.Join(config.Formats(), ", ")))
	f.StringArrayVar(&o.outputs, "output", nil, a.say("`格式=文件`|另写一份报告，格式同 --format，如 xlsx=book.xlsx，可重复；- 是标准输出", "`NAME=FILE`|write another report in a format of --format, e.g. xlsx=book.xlsx; repeatable; - is standard output"))
	f.BoolVar(&o.summary, "summary", false, a.say("标准输出只要汇总", "the summary only, on standard output"))
	o.addMask(a, c)
}

// addMask adds the flag that says whether what is shown hides who people are.
func (o *judgeOptions) addMask(a *app, c *cobra.Command) { maskFlag(a, c, &o.mask) }

func maskFlag(a *app, c *cobra.Command, value *string) {
	choice(c, c.Flags(), value, "mask", config.Masks(), a.say("`开关`|遮盖报告里的电话、证件号、卡号、邮箱、车牌和姓名，如 138****8000：on、off",
		"`SWITCH`|hide numbers of phones and cards, addresses, plates and names in reports, such as 138****8000: on, off"))
}

// configFlag adds --config to a command.
func configFlag(a *app, c *cobra.Command, file *string) {
	c.Flags().StringVar(file, "config", "", a.say("`文件`|配置文件；none 是不用。不写则从所查的路径往上找 "+config.Name,
		"`FILE`|configuration; none: use none. By default "+config.Name+" above the paths"))
}
