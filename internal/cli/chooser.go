package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/config"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/report"
	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

// layer says which rules judge and how grave they are. Of several layers, the
// later ones win: a select starts anew, an ignore leaves out as well.
type layer struct {
	selected   strict.Items
	ignored    strict.Items
	severities config.Severities
	flags      bool // the command line says so, so the items have no places
}

// ruling is what the layers make of a rule.
type ruling struct {
	rule     *rule.Rule // of the pack
	on       bool
	severity rule.Severity
	by       origin // what made it so
}

// chooser chooses the rules that judge the files of each path.
type chooser struct {
	fit       func([]*rule.Rule) []*rule.Rule // those that can judge what the command reads
	config    *config.Config
	packs     []*rule.Pack
	base      layer
	overrides []layer // those of the configuration, in its order
	last      layer   // what flags say whatever the overrides say

	mu      sync.Mutex
	checks  map[string][]lint.Check // by the overrides that hold
	changed map[severityOf]*rule.Rule
}

// severityOf is the key of a rule with another severity: all files share its copy.
type severityOf struct {
	rule     *rule.Rule
	severity rule.Severity
}

// newChooser makes a chooser of flags and configuration. Names that no pack has
// are failures, and so is a choice of no rules at all.
func newChooser(o *judgeOptions, to *configured, packs []*rule.Pack, fit func([]*rule.Rule) []*rule.Rule) (*chooser, error) {
	if err := to.unknownNames(packs); err != nil {
		return nil, err
	}
	c := &chooser{fit: fit, config: to.Config, packs: packs, checks: map[string][]lint.Check{}, changed: map[severityOf]*rule.Rule{}}
	c.base = layer{selected: to.Select, ignored: to.Ignore, severities: to.Severities}
	flags := layer{flags: true}
	for _, over := range to.Overrides {
		c.overrides = append(c.overrides, layer{selected: over.Select, ignored: over.Ignore, severities: over.Severities})
	}
	if to.given("select") {
		flags.selected = itemsOf(o.selected)
		c.each(func(l *layer) { l.selected = nil })
	}
	if to.given("ignore") {
		flags.ignored = itemsOf(o.ignored)
		c.each(func(l *layer) { l.ignored = nil })
	}
	if _, unknown := rule.Choose(rulesOf(packs), flags.selected.Texts(), flags.ignored.Texts()); len(unknown) > 0 {
		return nil, &failure{what: joined(unknown)}
	}
	c.last = flags
	return c, c.nothingLeft()
}

// each runs do on every layer of the configuration.
func (c *chooser) each(do func(*layer)) {
	do(&c.base)
	for i := range c.overrides {
		do(&c.overrides[i])
	}
}

func itemsOf(texts []string) strict.Items {
	var out strict.Items
	for _, t := range texts {
		out = append(out, strict.Item{Text: t})
	}
	return out
}

// nothingLeft refuses to run without any rule, unless overrides choose some.
func (c *chooser) nothingLeft() error {
	on := c.on(nil)
	switch {
	case len(on) > 0 && len(c.fit(on)) == 0:
		return failf("选中的规则都不用于这个命令：看整通电话的规则用 lint，话术库的规则（script/*）用 script",
			"none of the chosen rules is for this command: rules of whole calls are for lint, those of libraries (script/*) for script")
	case len(on) > 0 || len(c.overrides) > 0:
		return nil
	}
	if c.config.File != nil {
		return failf("没有剩下任何规则；请检查 --select 和 --ignore，以及 %s 的 select、ignore 和 severities",
			"no rules are left; check --select and --ignore, and select, ignore and severities of %s", c.config.File.Name)
	}
	return failf("没有剩下任何规则；请检查 --select 和 --ignore", "no rules are left; check --select and --ignore")
}

// rulings judges every rule of the packs by the layers, with the overrides that hold.
func (c *chooser) rulings(holding []int) []ruling {
	layers := []layer{c.base}
	for _, i := range holding {
		layers = append(layers, c.overrides[i])
	}
	layers = append(layers, c.last)
	var out []ruling
	for _, p := range c.packs {
		for _, r := range p.Rules {
			out = append(out, ruleBy(r, origin{pack: p.Name}, layers))
		}
	}
	return out
}

// on lists the rules that the layers choose, whatever they judge.
func (c *chooser) on(holding []int) []*rule.Rule {
	var out []*rule.Rule
	for _, r := range c.rulings(holding) {
		if r.on {
			out = append(out, r.rule)
		}
	}
	return out
}

// ruleBy judges a rule by the layers, above what its pack says.
func ruleBy(r *rule.Rule, pack origin, layers []layer) ruling {
	chosen, chosenBy := true, pack
	severity, off, severityBy := r.Severity, false, pack
	for _, l := range layers {
		if len(l.selected) > 0 {
			named := namedBy(r, l.selected)
			chosen, chosenBy = named != nil, l.origin("select", cmp.Or(named, &l.selected[0]))
		}
		if named := namedBy(r, l.ignored); named != nil {
			chosen, chosenBy = false, l.origin("ignore", named)
		}
		for _, s := range l.severities {
			if r.Named(s.Key.Text) {
				off, severityBy = s.Value.Text == config.Off, origin{place: s.Key.At}
				if !off {
					severity, _ = rule.ParseSeverity(s.Value.Text) // checked when it was read
				}
			}
		}
	}
	out := ruling{rule: r, on: chosen && !off, severity: severity, by: severityBy}
	if !chosen {
		out.by = chosenBy
	}
	return out
}

// origin is where an item of the layer stands.
func (l *layer) origin(flag string, it *strict.Item) origin {
	if l.flags {
		return origin{flag: flag}
	}
	return origin{place: it.At}
}

// namedBy returns the pattern that names the rule, nil if none does.
func namedBy(r *rule.Rule, patterns strict.Items) *strict.Item {
	for i := range patterns {
		if r.Named(patterns[i].Text) {
			return &patterns[i]
		}
	}
	return nil
}

// For returns the checks for the files of a path. Any goroutine may ask.
func (c *chooser) For(source string) []lint.Check {
	holding := c.config.OverridesFor(source)
	key := fmt.Sprint(holding)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.checks[key] == nil {
		c.checks[key] = c.checksBy(holding)
	}
	return c.checks[key]
}

// checksBy pairs every pack with its rules that are on.
func (c *chooser) checksBy(holding []int) []lint.Check {
	rulings := c.rulings(holding)
	out := make([]lint.Check, 0, len(c.packs))
	for _, p := range c.packs {
		check := lint.Check{Pack: p} // even with no rules: its tags and scale count
		for _, r := range rulings[:len(p.Rules)] {
			if r.on {
				check.Rules = append(check.Rules, c.withSeverity(r.rule, r.severity))
			}
		}
		check.Rules = c.fit(check.Rules)
		rulings = rulings[len(p.Rules):]
		out = append(out, check)
	}
	return out
}

func (c *chooser) withSeverity(r *rule.Rule, severity rule.Severity) *rule.Rule {
	if r.Severity == severity {
		return r
	}
	key := severityOf{r, severity}
	if c.changed[key] == nil {
		c.changed[key] = r.WithSeverity(severity)
	}
	return c.changed[key]
}

// always lists the rules that judge all files.
func (c *chooser) always() []*rule.Rule {
	var out []*rule.Rule
	partial := map[*rule.Rule]bool{}
	for i := range c.overrides {
		for _, r := range c.rulings([]int{i}) {
			partial[r.rule] = partial[r.rule] || !r.on
		}
	}
	for _, r := range c.rulings(nil) {
		if r.on && !partial[r.rule] {
			out = append(out, r.rule)
		}
	}
	return c.fit(out)
}

// choice says what is chosen, for files of each override and of none.
func (c *chooser) choice(least rule.Severity) *report.Choice {
	all := [][]lint.Check{c.checksBy(nil)}
	for i := range c.overrides {
		all = append(all, c.checksBy([]int{i}))
	}
	return report.NewChoice(c.fit(rulesOf(c.packs)), least, all...)
}

// judgeBy makes a linter judge by what the chooser says.
func (c *chooser) judgeBy(l *lint.Linter) {
	l.Checks = c.checksBy(nil)
	if len(c.overrides) > 0 {
		l.For = c.For
	}
}

// unknownNames finds the names in the configuration that its packs do not have.
// Where flags chose other packs, the configuration does not speak of them.
func (to *configured) unknownNames(packs []*rule.Pack) error {
	if to.File == nil || to.given("rules") {
		return nil
	}
	errs := to.unknownSettings(packs)
	rules := rulesOf(packs)
	patterns := func(lists ...strict.Items) {
		for _, it := range slices.Concat(lists...) {
			if what, no := rule.NamesNothing(rules, it.Text); no {
				errs = append(errs, to.fault(it.At, what))
			}
		}
	}
	patterns(to.Select, to.Ignore, keysOf(to.Severities))
	for _, o := range to.Overrides {
		patterns(o.Select, o.Ignore, keysOf(o.Severities))
	}
	if len(errs) > 0 {
		errs.Sort()
		return errs
	}
	return nil
}

func keysOf(all config.Severities) strict.Items {
	var out strict.Items
	for _, p := range all {
		out = append(out, p.Key)
	}
	return out
}

func (to *configured) unknownSettings(packs []*rule.Pack) strict.Errors {
	var errs strict.Errors
	there := settingNames(packs)
	for _, s := range to.Settings {
		if !slices.Contains(there, s.Key.Text) {
			errs = append(errs, to.fault(s.Key.At, strict.Unknown(call.Say{ZH: "设置", EN: "setting"}, s.Key.Text, there)))
		}
	}
	return errs
}

// settingNames lists the names of the settings of packs, each once.
func settingNames(packs []*rule.Pack) []string {
	var out []string
	for _, p := range packs {
		out = append(out, p.SettingNames()...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// overlay is what the configuration sets in packs; nil if it sets nothing.
func (to *configured) overlay() *rule.Overlay {
	if len(to.Settings) == 0 {
		return nil
	}
	return &rule.Overlay{File: to.File, Settings: to.Settings}
}

// place is a place of the configuration as "file:line".
func (to *configured) place(at strict.Position) string {
	return to.File.Name + ":" + strconv.Itoa(at.Line)
}
