package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/clipperhouse/displaywidth"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/zhijian-qa/zhijian/internal/report"
)

func newHelp(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   a.say("help [命令]", "help [COMMAND]"),
		Short: a.say("显示一个命令的帮助", "show the help of a command"),
		RunE: func(c *cobra.Command, args []string) error {
			target, rest, err := c.Root().Find(args)
			if err == nil {
				err = onlyCommands(target, rest)
			}
			if err != nil {
				return err
			}
			a.help(target, nil)
			return nil
		},
	}
}

// help writes the help of a command to standard output.
func (a *app) help(c *cobra.Command, _ []string) {
	if c.Long != "" {
		fmt.Fprintln(a.stdout, c.Long+"\n")
	} else {
		fmt.Fprintln(a.stdout, c.Short+"\n")
	}
	a.usage(a.stdout, c)
}

// usage writes how to call a command. cobra's own template knows English only.
func (a *app) usage(w io.Writer, c *cobra.Command) {
	fmt.Fprintln(w, a.say("用法：", "Usage:"))
	if len(c.Commands()) > 0 {
		fmt.Fprintln(w, "  "+c.CommandPath()+a.say(" <命令> [选项]", " COMMAND [FLAGS]"))
	} else {
		parent, _, _ := strings.Cut(c.CommandPath(), " "+c.Name())
		fmt.Fprintln(w, "  "+parent+" "+c.Use)
	}
	if c.Example != "" {
		fmt.Fprintln(w, "\n"+a.say("例子：", "Examples:")+"\n"+c.Example)
	}
	a.section(w, a.say("命令：", "Commands:"), commandRows(c))
	a.section(w, a.say("选项：", "Flags:"), a.flagRows(c.LocalNonPersistentFlags()))
	a.section(w, a.say("通用选项：", "Flags of every command:"), a.flagRows(c.Root().PersistentFlags()))
}

// section writes a heading and rows of two columns below it.
func (a *app) section(w io.Writer, heading string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	fmt.Fprintln(w, "\n"+heading)
	widest := 0
	for _, r := range rows {
		widest = max(widest, displaywidth.String(r[0]))
	}
	for _, r := range rows {
		left := "  " + r[0] + strings.Repeat(" ", widest-displaywidth.String(r[0])+2)
		for _, line := range report.Wrap(r[1], max(20, width(w)-widest-4)) {
			fmt.Fprintln(w, left+line)
			left = strings.Repeat(" ", widest+4)
		}
	}
}

func commandRows(c *cobra.Command) [][2]string {
	var rows [][2]string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() || sub.Name() == "help" {
			rows = append(rows, [2]string{sub.Name(), sub.Short})
		}
	}
	return rows
}

// flagRows describes flags. A usage that starts with "`NAME`|" names its value.
func (a *app) flagRows(flags *pflag.FlagSet) [][2]string {
	var rows [][2]string
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		placeholder, usage := pflag.UnquoteUsage(f)
		usage = strings.TrimPrefix(usage, placeholder+"|")
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", --" + f.Name
		}
		if placeholder != "" {
			name += " " + placeholder
		}
		rows = append(rows, [2]string{name, usage + a.defaultOf(f)})
	})
	return rows
}

func (a *app) defaultOf(f *pflag.Flag) string {
	switch f.DefValue {
	case "", "false", "[]", "0":
		return ""
	}
	return a.sayf("（默认 %s）", " (default %s)", strings.Trim(f.DefValue, "[]"))
}
