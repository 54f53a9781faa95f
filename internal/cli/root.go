package cli

import (
	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/call"
)

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "zhijian",
		Short: a.say("质检：检查客服通话记录的语言规范", "zhijian: a linter for Chinese call-centre transcripts"),
		Example: a.say("  zhijian lint calls/                  # 检查一个文件夹\n  zhijian rules explain wording/helpless",
			"  zhijian lint calls/                  # check a folder\n  zhijian rules explain wording/helpless"),
		Args:              onlyCommands,
		RunE:              needsCommand(a),
		Version:           versionOf(),
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true}, // ours speaks both languages
	}
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetVersionTemplate("zhijian {{.Version}}\n")
	root.Flags().BoolP("version", "v", false, a.say("显示版本", "show the version"))
	root.SetHelpFunc(a.help)
	root.SetFlagErrorFunc(flagError)
	root.SetHelpCommand(newHelp(a))
	lang := string(a.lang)
	flags := root.PersistentFlags()
	flags.BoolP("help", "h", false, a.say("显示帮助", "show help"))
	choice(root, flags, &lang, "lang", []string{string(call.ZH), string(call.EN)}, a.say("`语言`|界面和报告的语言：zh、en", "`LANG`|language of interface and reports: zh, en"))
	flags.Lookup("lang").DefValue = string(call.ZH)
	choice(root, flags, &a.color, "color", []string{"auto", "always", "never"},
		a.say("`时候`|何时用颜色：auto、always、never", "`WHEN`|when to use colours: auto, always, never"))
	root.AddCommand(newLint(a), newShow(a), newScript(a), newSample(a), newBaseline(a), newEval(a), newRules(a), newConvert(a), newFormats(a), newConfig(a), newInit(a), newSchema(a), newVersion(a), newCompletion(a))
	return root
}

// needsCommand is what a command does that only holds other commands.
func needsCommand(a *app) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, _ []string) error {
		a.usage(a.stderr, c)
		return exit(exitUsage)
	}
}

// onlyCommands refuses what is not the name of a command.
func onlyCommands(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	f := unknown(call.Say{ZH: "命令", EN: "command"}, args[0], names)
	f.help = c.CommandPath()
	return f
}

// noArgs refuses arguments.
func noArgs(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	f := failf("%s 不需要参数，但给了 %q", "%s takes no arguments, but got %q", c.CommandPath(), args[0])
	f.help = c.CommandPath()
	return f
}
