package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/rule"
)

// scriptOptions are the flags of script as written.
type scriptOptions struct {
	judgeOptions
	fix       string // "", safe or all
	diff      bool
	coverage  bool
	stdinName string
}

func newScript(a *app) *cobra.Command {
	o := &scriptOptions{judgeOptions: newJudgeOptions()}
	c := &cobra.Command{
		Use:   a.say("script [路径… | -] [选项]", "script [PATH… | -] [FLAGS]"),
		Short: a.say("检查话术库", "check script libraries"),
		Long: a.say("检查话术库：CSV、TSV、XLSX、DOCX、Markdown、YAML、JSON、纯文本；- 是标准输入。\n"+
			"每条话术都当作坐席说的话来查，还查话术库自己的毛病：用了自己的禁语、必说是空的、一话两号、互相矛盾。\n"+
			"退出码：0 没有问题，1 有达到 --fail-on 的问题（用 --diff 时：有可改之处），2 用法、配置或规则包有误，3 有文件读不了。",
			"Check script libraries: CSV, TSV, XLSX, DOCX, Markdown, YAML, JSON, plain text; - is standard input.\n"+
				"Every script is judged as what an agent says, and the library for faults of its own.\n"+
				"Exit codes: 0 clean, 1 findings at or above --fail-on (with --diff: something to change), 2 usage, configuration or pack at fault, 3 a file could not be read."),
		Example: "  zhijian script scripts/\n  zhijian script scripts.xlsx --fix\n  zhijian script scripts.md --diff --fix=all\n  zhijian script scripts.xlsx --coverage",
		RunE:    func(c *cobra.Command, args []string) error { return o.run(a, c, args) },
	}
	o.addFlags(a, c)
	return c
}

func (o *scriptOptions) addFlags(a *app, c *cobra.Command) {
	o.addRuleFlags(a, c)
	o.addFailing(a, c)
	o.addReportFlags(a, c)
	f := c.Flags()
	choice(c, f, &o.fix, "fix", []string{"safe", "all"}, a.say("`范围`|改写文件：safe 只改稳妥的（不写范围时就是它），all 连建议也改", "`WHICH`|rewrite the files: safe replacements only (if not given), or all suggestions too"))
	f.Lookup("fix").NoOptDefVal = "safe"
	f.BoolVar(&o.diff, "diff", false, a.say("只显示 --fix 会改什么，不写文件", "only show what --fix would change"))
	f.BoolVar(&o.coverage, "coverage", false, a.say("列出文件要求的场景，哪些还没有合规的话术", "list the scenes that the documents ask for, and which have no compliant script"))
	f.StringVar(&o.stdinName, "stdin-name", "", a.say("`名字`|标准输入在报告里的名字，扩展名决定怎样读", "`NAME`|name of standard input in reports; its extension says how it is read"))
}

func (o *scriptOptions) run(a *app, c *cobra.Command, paths []string) error {
	if err := needsPaths(c, paths); err != nil {
		return err
	}
	to, err := o.apply(a, c, paths)
	if err != nil {
		return err
	}
	if err := o.check(to, paths); err != nil {
		return err
	}
	s, err := o.settle(to, rule.ForScripts)
	if err != nil {
		return err
	}
	return a.script(c.Context(), s, o, paths)
}

// ownFiles are the files of zhijian's own, which are no libraries even where they
// lie among them.
func (o *scriptOptions) ownFiles(s *lintSettings) []string {
	own := append(slices.Clone(o.accept.waivers), o.accept.baseline, o.config)
	for _, out := range s.outputs {
		own = append(own, out.file)
	}
	return own
}

// check refuses what cannot be done together.
func (o *scriptOptions) check(to *configured, paths []string) error {
	switch {
	case o.diff && to.given("format"):
		return failf("--diff 把改动写到标准输出，不能再用 --format；报告请用 --output 格式=文件", "--diff writes to standard output, so --format cannot; use --output NAME=FILE for a report")
	case o.diff && slices.ContainsFunc(o.outputs, func(out string) bool { return strings.HasSuffix(out, "=-") }):
		return failf("--diff 把改动写到标准输出，报告不能也写到那里；请写进文件", "--diff writes to standard output, so a report cannot; write it to a file")
	case o.fix != "" && (slices.Contains(paths, "all") || slices.Contains(paths, "safe")):
		return failf("--fix 的值要用等号：--fix=all", "the value of --fix follows an equals sign: --fix=all")
	case o.fix != "" && !o.diff && slices.Contains(paths, "-"):
		return failf("标准输入不能改写；请写文件，或用 --diff 看改动", "standard input cannot be rewritten; name files, or see the changes with --diff")
	}
	return nil
}
