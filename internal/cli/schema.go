package cli

import (
	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/accept"
	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/config"
	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/internal/schema"
)

func schemaNames() []string { return []string{"config", "pack", "waivers"} }

func newSchema(a *app) *cobra.Command {
	var packs []string
	c := &cobra.Command{
		Use:   a.say("schema 名字 [选项]", "schema NAME [FLAGS]"),
		Short: a.say("输出 JSON Schema，让编辑器提示字段和规则名", "write a JSON Schema, so that editors complete keys and rule ids"),
		Long: a.say("输出配置（config）、规则包（pack）或豁免文件（waivers）的 JSON Schema（draft 2020-12），编辑器据此提示和检查。\n"+
			"存成文件，在 YAML 文件开头写一行 # yaml-language-server: $schema=文件。规则名来自 --rules 的规则包。",
			"Write the JSON Schema (draft 2020-12) of the configuration (config), a pack or the waivers, by which editors complete and check.\n"+
				"Save it, and start the YAML file with a line # yaml-language-server: $schema=FILE. Rule ids are those of the packs of --rules."),
		Example:   "  zhijian schema config > .zhijian.schema.json\n  zhijian schema pack --lang en",
		ValidArgs: schemaNames(),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &failure{failf("要写一个名字", "name one").with("：", ": ", schemaNames()).what, c.CommandPath()}
			}
			return a.writeSchema(args[0], packs)
		},
	}
	packsFlag(a, c, &packs)
	return c
}

func (a *app) writeSchema(name string, names []string) error {
	packs, err := loadPacks(names, nil)
	if err != nil {
		return err
	}
	var file *schema.File
	switch rules := rule.Names(rulesOf(packs)); name {
	case "config":
		file = config.Schema(config.Names{Rules: rules, Settings: settingNames(packs), Packs: builtIn()})
	case "pack":
		file = rule.Schema()
	case "waivers":
		file = accept.Schema(rules)
	default:
		return unknown(call.Say{ZH: " schema", EN: "schema"}, name, schemaNames())
	}
	text, err := file.Write(a.lang)
	if err == nil {
		_, err = a.stdout.Write(text)
	}
	return err
}
