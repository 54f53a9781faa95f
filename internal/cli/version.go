package cli

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the linker of a release:
// -X github.com/zhijian-qa/zhijian/internal/cli.version=v1.2.3
var version string

// versionOf is the version of this binary: that of the release, else of the module.
func versionOf() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "(devel)" {
		return cmp.Or(version, "dev")
	}
	return cmp.Or(version, info.Main.Version, "dev")
}

// commitOf is the commit that this binary was built from, "" if that is unknown.
func commitOf() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	commit, dirty := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = "+"
		}
	}
	return commit + dirty
}

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: a.say("显示版本和内置的规则包", "show the version and the packs inside"),
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			packs, err := loadPacks(builtIn(), nil)
			if err != nil {
				return err
			}
			fmt.Fprintf(a.stdout, "zhijian %s\n", versionOf())
			if commit := commitOf(); commit != "" {
				fmt.Fprintf(a.stdout, "%s %s\n", a.say("提交", "commit"), commit)
			}
			fmt.Fprintf(a.stdout, "%s %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
			for _, p := range packs {
				fmt.Fprintln(a.stdout, a.sayf("规则包 %s %s（%d 条规则）", "pack %s %s (%d rules)", p.Name, p.Version, len(p.Rules)))
			}
			return nil
		},
	}
}
