package cli

import (
	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/config"
	"github.com/zhijian-qa/zhijian/internal/report"
	"github.com/zhijian-qa/zhijian/internal/rule"
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

// packOptions are the flags of the commands that show rules: which packs, and
// what the configuration of the working folder makes of them.
type packOptions struct {
	config string
	packs  []string
}

func (o *packOptions) addFlags(a *app, c *cobra.Command) {
	c.Flags().StringVar(&o.config, "config", "", a.say("`文件`|用其中的规则包和设置；none 是不用。不写则从当前文件夹往上找 "+config.Name,
		"`FILE`|use its packs and settings; none: use none. By default "+config.Name+" above the working folder"))
	packsFlag(a, c, &o.packs)
}

// load loads the packs with the settings in force.
func (o *packOptions) load(c *cobra.Command) ([]*rule.Pack, error) {
	_, packs, err := o.configured(c)
	return packs, err
}

// configured is load with the configuration that it went by.
func (o *packOptions) configured(c *cobra.Command) (*configured, []*rule.Pack, error) {
	to, err := openConfig(c, o.config, nil)
	if err != nil {
		return nil, nil, err
	}
	to.list("packs", "rules", &o.packs, to.packs())
	if err := to.missingPacks(o.packs); err != nil {
		return nil, nil, err
	}
	packs, err := loadPacks(o.packs, to.overlay())
	if err == nil {
		err = to.unknownNames(packs)
	}
	return to, packs, err
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
