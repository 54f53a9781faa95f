package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/report"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

type rulesExplainOptions struct{ packOptions }

func newRulesExplain(a *app) *cobra.Command {
	o := &rulesExplainOptions{}
	c := &cobra.Command{
		Use:     a.say("explain 规则 [选项]", "explain RULE [FLAGS]"),
		Short:   a.say("讲清一条规则：为什么、怎么改、依据和例子；给类别则列出该类", "explain a rule: why, what to say instead, source, examples; a family is listed"),
		Example: "  zhijian rules explain wording/helpless\n  zhijian rules explain wording",
		RunE:    func(c *cobra.Command, args []string) error { return o.run(a, c, args) },
		ValidArgsFunction: func(c *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			return o.complete(a, c)
		},
	}
	o.addFlags(a, c)
	return c
}

func (o *rulesExplainOptions) run(a *app, c *cobra.Command, names []string) error {
	if len(names) != 1 {
		return &failure{failf("要写一条规则的名字，例如 wording/helpless", "name one rule, e.g. wording/helpless").what, c.CommandPath()}
	}
	packs, err := o.load(c)
	if err != nil {
		return err
	}
	for _, p := range packs {
		for _, r := range p.Rules {
			if r.ID == names[0] {
				return report.Page(a.stdout, p.Page(r, a.lang), a.reportOptions())
			}
		}
	}
	chosen, err := choose(packs, names, nil)
	if err != nil {
		return a.withHint(err, "zhijian rules list")
	}
	return report.Rules(a.stdout, chosen, a.reportOptions())
}

// withHint adds to an error the command that lists what there is.
func (a *app) withHint(err error, command string) error {
	return failf("%s；全部规则见 %s", "%[1]s; all rules: %[2]s", strings.TrimSuffix(a.textOf(err), "？"), command)
}

func (a *app) textOf(err error) string {
	if f, ok := err.(*failure); ok {
		return f.what.In(a.lang)
	}
	return err.Error()
}

// complete lists the names of rules for a shell.
func (o *packOptions) complete(a *app, c *cobra.Command) ([]string, cobra.ShellCompDirective) {
	packs, err := o.load(c)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	return completions(rulesOf(packs), a), cobra.ShellCompDirectiveNoFileComp
}

func completions(rules []*rule.Rule, a *app) []string {
	var out []string
	for _, r := range rules {
		out = append(out, cobra.CompletionWithDesc(r.ID, r.Title.In(a.lang)))
	}
	return out
}
