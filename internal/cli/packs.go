package cli

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/internal/strict"
	"github.com/zhijian-qa/zhijian/rules"
)

// defaultPack is the pack that is used where none is named.
const defaultPack = "documents"

// builtIn lists the packs inside the binary.
func builtIn() []string { return []string{defaultPack} }

// loadPacks loads packs in the order of their names, each once; no name means the default pack.
// overlay overrides their settings; nil overrides none.
func loadPacks(names []string, overlay *rule.Overlay) ([]*rule.Pack, error) {
	if len(names) == 0 {
		names = []string{defaultPack}
	}
	var packs []*rule.Pack
	var seen []string
	for _, name := range names {
		if slices.Contains(seen, filepath.Clean(name)) {
			continue
		}
		seen = append(seen, filepath.Clean(name))
		p, err := loadPack(name, overlay)
		if err != nil {
			return nil, err
		}
		packs = append(packs, p)
	}
	return packs, nil
}

// loadToJudge loads packs to judge calls by: without those that another of them
// extends, whose rules would find everything twice.
func loadToJudge(names []string, overlay *rule.Overlay) ([]*rule.Pack, error) {
	packs, err := loadPacks(names, overlay)
	extended := func(p *rule.Pack) bool {
		return slices.ContainsFunc(packs, func(q *rule.Pack) bool { return slices.Contains(q.Extends, p.Name) })
	}
	var out []*rule.Pack
	for _, p := range packs {
		if !extended(p) {
			out = append(out, p)
		}
	}
	return out, err
}

// loadPack loads a pack inside the binary by its name, or one from a file or a
// folder. A name wins over a folder, which ./name still reaches. What a pack
// extends is a name, or a path seen from the folder of the pack.
func loadPack(name string, overlay *rule.Overlay) (*rule.Pack, error) {
	if slices.Contains(builtIn(), name) {
		return loadAt(".", name, overlay)
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		hint := call.DidYouMean(name, builtIn())
		return nil, failf("没有规则包 %[1]q%[2]s", "there is no pack %[1]q%[3]s", name, hint.ZH, hint.EN).
			with("；要写文件或文件夹的路径，或内置的包名：", "; name a file or a folder, or a pack inside zhijian: ", builtIn())
	case err != nil:
		return nil, failf("规则包读不了：%v", "cannot read the pack: %v", err)
	case info.IsDir():
		return loadAt(name, ".", overlay)
	}
	return loadAt(filepath.Dir(name), filepath.Base(name), overlay)
}

// loadAt loads a pack of a folder, whose errors name files as the user does.
func loadAt(folder, name string, overlay *rule.Overlay) (*rule.Pack, error) {
	library := rule.Library(func(name string) (fs.FS, string, error) {
		if slices.Contains(builtIn(), name) {
			return rules.FS, name, nil
		}
		return os.DirFS(folder), path.Clean(filepath.ToSlash(name)), nil
	})
	p, err := library.LoadWith(name, overlay)
	var several strict.Errors
	if errors.As(err, &several) {
		for _, e := range several {
			if _, inside := fs.Stat(rules.FS, e.File); inside != nil && !overlay.Holds(e) {
				e.File = filepath.Join(folder, e.File)
			}
		}
	}
	return p, err
}

// rulesOf lists the rules of packs.
func rulesOf(packs []*rule.Pack) []*rule.Rule {
	var all []*rule.Rule
	for _, p := range packs {
		all = append(all, p.Rules...)
	}
	return all
}

// choose lists the rules that the patterns choose. A pattern that names no
// rule is a failure, and so is a choice of none.
func choose(packs []*rule.Pack, selected, ignored []string) ([]*rule.Rule, error) {
	list, unknown := rule.Choose(rulesOf(packs), selected, ignored)
	if len(unknown) > 0 {
		return nil, &failure{what: joined(unknown)}
	}
	if len(list) == 0 {
		return nil, failf("没有剩下任何规则；请检查 --select 和 --ignore", "no rules are left; check --select and --ignore")
	}
	return list, nil
}

// joined is several sentences on lines of their own.
func joined(all []call.Say) call.Say {
	out := all[0]
	for _, s := range all[1:] {
		out.ZH += "\n" + s.ZH
		out.EN += "\n" + s.EN
	}
	return out
}

// checks pairs every pack with its part of the chosen rules.
func checks(packs []*rule.Pack, chosen []*rule.Rule) []lint.Check {
	var out []lint.Check
	for _, p := range packs {
		var own []*rule.Rule
		for _, r := range p.Rules {
			if slices.Contains(chosen, r) {
				own = append(own, r)
			}
		}
		out = append(out, lint.Check{Pack: p, Rules: own}) // even with no rules: its tags and scale count
	}
	return out
}
