package cli

import (
	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/report"
)

type rulesListOptions struct {
	format string
	packOptions
	selected []string
	ignored  []string
}

func newRulesList(a *app) *cobra.Command {
	o := &rulesListOptions{format: "table"}
	c := &cobra.Command{
		Use:     a.say("list [选项]", "list [FLAGS]"),
		Short:   a.say("列出规则", "list the rules"),
		Example: "  zhijian rules list --select wording",
		Args:    noArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return o.run(a, c) },
	}
	choice(c, c.Flags(), &o.format, "format", []string{"table", "json"}, a.say("`格式`|table、json", "`FORMAT`|table, json"))
	o.packOptions.addFlags(a, c)
	c.Flags().StringSliceVar(&o.selected, "select", nil, a.say("`规则`|只列这些规则：规则名、类别或通配符，逗号分隔", "`RULES`|only these: ids, families or globs, comma-separated"))
	c.Flags().StringSliceVar(&o.ignored, "ignore", nil, a.say("`规则`|不列这些规则", "`RULES`|leave these out"))
	return c
}

func (o *rulesListOptions) run(a *app, c *cobra.Command) error {
	packs, err := o.load(c)
	if err != nil {
		return err
	}
	chosen, err := choose(packs, o.selected, o.ignored)
	if err != nil {
		return err
	}
	if o.format == "json" {
		return report.RulesJSON(a.stdout, chosen, a.lang)
	}
	return report.Rules(a.stdout, chosen, a.reportOptions())
}
