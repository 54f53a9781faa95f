package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/clipperhouse/displaywidth"
	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/config"
	"github.com/zhijian-qa/zhijian/internal/report"
	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

// configOptions are the flags of config as written: those of lint, to see what
// comes of them, and its own format.
type configOptions struct {
	judgeOptions
	input inputOptions
	shown string
}

func newConfig(a *app) *cobra.Command {
	o := &configOptions{judgeOptions: newJudgeOptions(), shown: "table"}
	c := &cobra.Command{
		Use:   a.say("config [路径…] [选项]", "config [PATH…] [FLAGS]"),
		Short: a.say("列出起作用的配置和每一项的来处", "list the configuration in force and where each value comes from"),
		Long: a.say("列出起作用的每一项配置和它的来处：默认、规则包、配置文件的哪一行、命令行的哪个选项。\n"+
			"选项同 lint，可以试它们会怎样。路径如同 lint 的路径，用来找配置；对每个路径还列出启用几条规则、哪些规则和规则包写的不同。",
			"List every value in force and where it comes from: the default, the pack, a line of the configuration, a flag.\n"+
				"The flags are those of lint, to try what they would do. The paths are as for lint, to find the configuration;\n"+
				"for each of them, how many rules are on and which of them are not as their pack says."),
		Example: "  zhijian config\n  zhijian config calls/a.jsonl --fail-on warning",
		RunE:    func(c *cobra.Command, paths []string) error { return o.run(a, c, paths) },
	}
	o.addRuleFlags(a, c)
	o.addFailing(a, c)
	o.input.addFlags(a, c)
	choice(c, c.Flags(), &o.shown, "format", []string{"table", "json"}, a.say("`格式`|table、json", "`FORMAT`|table, json"))
	return c
}

func (o *configOptions) run(a *app, c *cobra.Command, paths []string) error {
	to, err := o.apply(a, c, paths)
	if err != nil {
		return err
	}
	o.input.apply(to)
	window := config.Window
	to.word("window", "", &window, to.Window)
	packs, err := loadToJudge(o.packs, to.overlay())
	if err != nil {
		return err
	}
	rules, err := newChooser(&o.judgeOptions, to, packs, slices.Clone)
	if err != nil {
		return err
	}
	listing := &configListing{configured: to, values: to.all(packs)}
	for _, path := range paths {
		holding := to.OverridesFor(path)
		listing.paths = append(listing.paths, pathListing{path, holding, rules.rulings(holding)})
	}
	if o.shown == "json" {
		return a.writeConfigJSON(listing)
	}
	return a.writeConfig(listing)
}

// configListing is what config lists.
type configListing struct {
	*configured
	values []value
	paths  []pathListing
}

// pathListing is what holds for a path.
type pathListing struct {
	path    string
	holding []int // overrides
	rulings []ruling
}

// all lists the values in the order of the keys: those that options have, those of
// the packs' settings, and what only the configuration can say.
func (to *configured) all(packs []*rule.Pack) []value {
	var out []value
	for _, key := range config.Keys() {
		switch key.Name {
		case "settings":
			out = append(out, to.settings(packs)...)
		case "severities":
			out = append(out, to.severities("severities", to.Severities)...)
		case "overrides":
			out = append(out, to.overrides()...)
		case "packs":
			v := to.value(key.Name)
			if len(v.text) == 0 {
				v.text = []string{defaultPack}
			}
			out = append(out, v)
		default:
			out = append(out, to.value(key.Name))
		}
	}
	return out
}

func (to *configured) value(key string) value {
	return to.values[slices.IndexFunc(to.values, func(v value) bool { return v.key == key })]
}

// settings lists the settings of all packs; two may have one of the same name.
func (to *configured) settings(packs []*rule.Pack) []value {
	var out []value
	for _, p := range packs {
		all := p.Settings()
		for _, name := range p.SettingNames() {
			v := value{key: "settings." + name, text: all[name], from: origin{pack: p.Name}}
			if i := slices.Index(to.Settings.Names(), name); i >= 0 {
				v.from = origin{place: to.Settings[i].Key.At}
			}
			out = append(out, v)
		}
	}
	return out
}

func (to *configured) severities(key string, all config.Severities) []value {
	var out []value
	for _, s := range all {
		out = append(out, value{key + "." + s.Key.Text, []string{s.Value.Text}, origin{place: s.Key.At}})
	}
	return out
}

// overrides lists the overrides key by key; they count from 1.
func (to *configured) overrides() []value {
	var out []value
	for i, o := range to.Overrides {
		key := fmt.Sprintf("overrides.%d.", i+1)
		for _, part := range []struct {
			name  string
			items strict.Items
		}{{"paths", o.Paths}, {"select", o.Select}, {"ignore", o.Ignore}} {
			if len(part.items) > 0 {
				out = append(out, value{key + part.name, part.items.Texts(), origin{place: part.items.First()}})
			}
		}
		out = append(out, to.severities(key+"severities", o.Severities)...)
	}
	return out
}

// changed lists the rules that are not as their pack says.
func (p *pathListing) changed() []ruling {
	return slices.DeleteFunc(slices.Clone(p.rulings), func(r ruling) bool { return r.on && r.severity == r.rule.Severity })
}

// on is the number of rules that are on for the path.
func (p *pathListing) on() int {
	n := 0
	for _, r := range p.rulings {
		if r.on {
			n++
		}
	}
	return n
}

// originText is an origin for people.
func (a *app) originText(to *configured, by origin) string {
	switch {
	case by.flag != "":
		return a.say("命令行 --", "flag --") + by.flag
	case by.place.Line > 0:
		return to.place(by.place)
	case by.pack != "":
		return a.say("规则包 ", "pack ") + by.pack
	}
	return a.say("默认", "default")
}

// writeConfig writes the listing as tables.
func (a *app) writeConfig(l *configListing) error {
	file := a.say("没有配置文件，也可以用 zhijian init 写一个", "no configuration; zhijian init writes one")
	if l.File != nil {
		file = a.say("配置文件 ", "configuration ") + l.File.Name
	}
	out := &strings.Builder{}
	fmt.Fprintln(out, file)
	var rows [][3]string
	for _, v := range l.values {
		rows = append(rows, [3]string{v.key, a.originText(l.configured, v.from), a.valueText(v)})
	}
	a.columns3(out, rows)
	for i := range l.paths {
		a.writePath(out, l, &l.paths[i])
	}
	_, err := io.WriteString(a.stdout, report.CleanLines(out.String()))
	return err
}

// valueText is a value for people; what is empty has a default that says so.
func (a *app) valueText(v value) string {
	if len(v.text) > 0 {
		return strings.Join(v.text, a.say("、", ", "))
	}
	i := slices.IndexFunc(config.Keys(), func(k config.Key) bool { return k.Name == v.key })
	return config.Keys()[i].Default.In(a.lang)
}

func (a *app) writePath(out *strings.Builder, l *configListing, p *pathListing) {
	held := a.say("没有 overrides 管它", "no overrides for it")
	if len(p.holding) > 0 {
		var names []string
		for _, i := range p.holding {
			names = append(names, fmt.Sprintf("overrides.%d", i+1))
		}
		held = strings.Join(names, a.say("、", ", "))
	}
	fmt.Fprintln(out, "\n"+a.sayf("%s：启用 %d 条规则；%s", "%s: rules that are on %d; %s", p.path, p.on(), held))
	var rows [][3]string
	for _, r := range p.changed() {
		severity := a.say("不用", "off")
		if r.on {
			severity = r.rule.Severity.In(a.lang) + " → " + r.severity.In(a.lang)
		}
		rows = append(rows, [3]string{r.rule.ID, a.originText(l.configured, r.by), severity})
	}
	a.columns3(out, rows)
}

// columns3 writes rows of three columns, the last wrapped to the terminal.
func (a *app) columns3(out *strings.Builder, rows [][3]string) {
	var widest [2]int
	for _, r := range rows {
		widest[0], widest[1] = max(widest[0], displaywidth.String(r[0])), max(widest[1], displaywidth.String(r[1]))
	}
	for _, r := range rows {
		left := "  " + padded(r[0], widest[0]) + "  " + padded(r[1], widest[1]) + "  "
		for _, line := range report.Wrap(r[2], max(20, width(a.stdout)-displaywidth.String(left))) {
			fmt.Fprintln(out, strings.TrimRight(left+line, " "))
			left = strings.Repeat(" ", displaywidth.String(left))
		}
	}
}

func padded(s string, columns int) string {
	return s + strings.Repeat(" ", max(0, columns-displaywidth.String(s)))
}
