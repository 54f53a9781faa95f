package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/rule"
)

func newRulesTest(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     a.say("test [规则包…]", "test [PACK…]"),
		Short:   a.say("用规则自带的例子测试规则包", "test packs by their own examples"),
		Example: "  zhijian rules test ./our-rules.yaml",
		RunE:    func(_ *cobra.Command, names []string) error { return a.testPacks(names) },
	}
}

func (a *app) testPacks(names []string) error {
	packs, err := loadPacks(names, nil)
	if err != nil {
		return err
	}
	var failed error
	for _, p := range packs {
		if err := p.Test(); err != nil {
			failed = errors.Join(failed, err)
			a.complain(inLang(err, a.lang))
			continue
		}
		own := p.Own()
		bad, good := examples(own)
		fmt.Fprintln(a.stdout, a.sayf("规则包 %s：%d 条规则、%d 个反例和 %d 个正例，全部通过", "pack %s: %d rules, %d bad and %d good examples, all pass",
			p.Name, len(own), bad, good))
	}
	if failed != nil {
		return exit(exitUsage)
	}
	return nil
}

// examples counts the examples of rules.
func examples(rules []*rule.Rule) (bad, good int) {
	for _, r := range rules {
		bad += len(r.Bad())
		good += len(r.Good())
	}
	return bad, good
}
