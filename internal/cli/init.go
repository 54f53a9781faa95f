package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/config"
	"github.com/zhijian-qa/zhijian/internal/report"
)

func newInit(a *app) *cobra.Command {
	force := false
	c := &cobra.Command{
		Use:   a.say("init [文件夹] [选项]", "init [FOLDER] [FLAGS]"),
		Short: a.say("写一个带说明的配置文件 "+config.Name, "write a configuration "+config.Name+" with comments"),
		Long: a.say("在文件夹里写一个 "+config.Name+"：每一项都有说明和例子，都注释掉了，所以写了也什么都不变。",
			"Write a "+config.Name+" into a folder: every key with what it is for and an example, all commented out,\nso that it changes nothing until you edit it."),
		Example: "  zhijian init\n  zhijian init calls/",
		RunE: func(c *cobra.Command, args []string) error {
			switch len(args) {
			case 0:
				return a.init(".", force)
			case 1:
				return a.init(args[0], force)
			}
			return &failure{help: c.CommandPath(), what: failf("只能写一个文件夹，但给了 %d 个", "name one folder, not %d", len(args)).what}
		},
	}
	c.Flags().BoolVar(&force, "force", false, a.say("换掉已有的文件", "replace a file that is there"))
	return c
}

// init writes the file; one that is there stays, unless force says to replace it.
func (a *app) init(folder string, force bool) error {
	name := filepath.Join(folder, config.Name)
	_, err := os.Lstat(name)
	switch {
	case err == nil && !force:
		return failf("%s 已经有了，没有改动它；要换掉请加 --force", "%s is there already and was left as it is; --force replaces it", name)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return failf("写不了 %[1]s：%[2]v", "cannot write %[1]s: %[2]v", name, cause(err))
	}
	to, err := toFile(name)
	if err != nil {
		return err
	}
	_, err = to.WriteString(config.Starter(a.lang))
	if err == nil {
		err = to.commit()
	}
	if err != nil {
		to.abandon()
		return failf("写不了 %[1]s：%[2]v", "cannot write %[1]s: %[2]v", name, cause(err))
	}
	fmt.Fprintln(a.stdout, report.CleanLines(a.sayf("已写入 %s", "%s is written", name)))
	return nil
}
