package cli

import (
	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/report"
)

func newRules(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "rules",
		Short: a.say("查看和测试规则", "look at rules and test them"),
		Args:  onlyCommands,
		RunE:  needsCommand(a),
	}
	c.AddCommand(newRulesList(a), newRulesExplain(a), newRulesWhy(a), newRulesTest(a), newRulesLint(a))
	return c
}

// packsFlag adds --rules to a command that reads packs.
func packsFlag(a *app, c *cobra.Command, packs *[]string) {
	c.Flags().StringArrayVar(packs, "rules", nil, a.say("`规则包`|文件、文件夹或内置包名，可重复（默认 documents）",
		"`PACK`|rules: a file, a folder or a built-in name; repeatable (default documents)"))
}

// reportOptions are those of a report on standard output.
func (a *app) reportOptions() report.Options {
	return report.Options{Lang: a.lang, Color: a.colored(a.stdout), Width: width(a.stdout), Version: versionOf()}
}
