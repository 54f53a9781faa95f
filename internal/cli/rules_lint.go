package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"github.com/clipperhouse/displaywidth"
	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/report"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

type rulesLintOptions struct {
	on          []string
	minSeverity string
	top         int
	input       inputOptions
}

func newRulesLint(a *app) *cobra.Command {
	o := &rulesLintOptions{minSeverity: "info", top: 20}
	c := &cobra.Command{
		Use:   a.say("lint [规则包…] [选项]", "lint [PACK…] [FLAGS]"),
		Short: a.say("找出规则包里不起作用、重复或太宽的地方", "find what does nothing, is needless or too broad in packs"),
		Long: a.say("找出规则包里的毛病：永远不会命中的规则、对不上任何文字的短语、被另一条包括的短语、太宽的短语、\n"+
			"几处重复的短语、没有用到的名字、什么也没挡住的 unless、例子太少。--on 统计每条规则在语料里的命中。\n"+
			"退出码：0 没有错误，1 有错误（警告不算），2 用法或规则包有误，3 语料读不了。",
			"Find flaws of packs: rules that can never fire, phrases that can match nothing, needless and broad ones,\n"+
				"duplicates, unused names, an unless that shields nothing, too few examples. --on counts the hits of each rule in a corpus.\n"+
				"Exit codes: 0 no errors, 1 errors (warnings do not count), 2 usage or pack at fault, 3 the corpus could not be read."),
		Example: "  zhijian rules lint ./our-rules.yaml\n  zhijian rules lint --on calls/",
		RunE:    func(c *cobra.Command, names []string) error { return o.run(a, c, names) },
	}
	f := c.Flags()
	f.StringArrayVar(&o.on, "on", nil, a.say("`路径`|在这些通话上统计命中，可重复", "`PATH`|count hits in these calls; repeatable"))
	choice(c, f, &o.minSeverity, "min-severity", []string{"error", "warning", "info"}, a.say("`级别`|只报告这个级别及以上的问题", "`SEVERITY`|report only flaws of this severity or graver"))
	f.IntVar(&o.top, "top", o.top, a.say("`条数`|--on 列出命中最多的多少条短语", "`N`|phrases with most hits that --on lists"))
	o.input.addFlags(a, c)
	return c
}

func (o *rulesLintOptions) run(a *app, c *cobra.Command, names []string) error {
	if len(names) == 0 {
		names = []string{defaultPack}
	}
	packs, err := loadPacks(names, nil)
	if err != nil {
		return err
	}
	least, _ := rule.ParseSeverity(o.minSeverity)
	errors := 0
	for i, p := range packs {
		flaws := p.Lint()
		name(flaws, names[i])
		errors += a.writeFlaws(p, flaws, least)
	}
	unread := false
	for _, p := range packs {
		if len(o.on) > 0 {
			census, fatal := o.census(c.Context(), a, p)
			a.writeCensus(census, o.top)
			unread = unread || fatal || c.Context().Err() != nil
		}
	}
	switch {
	case unread:
		return exit(exitInput)
	case errors > 0:
		return exit(exitFindings)
	}
	return nil
}

// name makes the places of flaws name files as the user does.
func name(flaws []rule.Flaw, pack string) {
	folder := pack
	if info, err := os.Stat(pack); err != nil {
		return // inside the binary
	} else if !info.IsDir() {
		folder = filepath.Dir(pack)
	}
	for _, f := range flaws {
		f.File = filepath.Join(folder, f.File)
	}
}

// writeFlaws writes the flaws of a pack and a table of them, and returns the number of errors.
func (a *app) writeFlaws(p *rule.Pack, flaws []rule.Flaw, least rule.Severity) int {
	counts := map[rule.PackCheck]map[rule.Severity]int{}
	totals := map[rule.Severity]int{}
	for _, f := range flaws {
		if counts[f.Check] == nil {
			counts[f.Check] = map[rule.Severity]int{}
		}
		counts[f.Check][f.Level]++
		totals[f.Level]++
		if f.Level >= least {
			fmt.Fprintln(a.stdout, a.flawText(f))
		}
	}
	heads := []string{a.say("检查", "check"), a.say("错误", "errors"), a.say("警告", "warnings"), a.say("提示", "infos"), ""}
	var rows [][]string
	for _, check := range rule.PackChecks() {
		if n := counts[check]; n != nil {
			rows = append(rows, []string{string(check), strconv.Itoa(n[rule.Error]), strconv.Itoa(n[rule.Warning]), strconv.Itoa(n[rule.Info]), a.checkTitle(check)})
		}
	}
	if len(rows) > 0 {
		a.columns(heads, rows)
	}
	fmt.Fprintln(a.stdout, a.sayf("规则包 %s：%d 条规则，%d 个错误、%d 个警告、%d 个提示", "pack %s: %d rules, %d errors, %d warnings, %d infos",
		p.Name, len(p.Rules), totals[rule.Error], totals[rule.Warning], totals[rule.Info]))
	return totals[rule.Error]
}

// flawText is a flaw as "place: severity: what [check]", with the line quoted below.
func (a *app) flawText(f rule.Flaw) string {
	const most = 100 // columns
	quoted := f.Quoted
	if displaywidth.String(quoted) > most {
		quoted = displaywidth.TruncateString(quoted, most, " …")
	}
	return report.CleanLines(fmt.Sprintf("%s:%d:%d: %s%s%s [%s]\n  %4d | %s", f.File, f.Line, f.Column,
		f.Level.In(a.lang), a.say("：", ": "), f.What.In(a.lang), f.Check, f.Line, quoted))
}

func (a *app) checkTitle(check rule.PackCheck) string {
	switch check {
	case rule.CheckNeverFires:
		return a.say("永远不会命中或总会命中", "can never fire, or always does")
	case rule.CheckUnmatchable:
		return a.say("对不上折叠后的文字", "no folded text matches")
	case rule.CheckShadowed:
		return a.say("被同一线索的另一条包括", "another phrase of the cue covers it")
	case rule.CheckBroad:
		return a.say("太宽", "too broad")
	case rule.CheckDuplicate:
		return a.say("几处重复", "in several places")
	case rule.CheckUnused:
		return a.say("没有用到", "unused")
	case rule.CheckIdleGuard:
		return a.say("unless 什么也没挡住", "the unless shields nothing")
	}
	return a.say("例子不够", "too few examples")
}

// columns writes a table whose numbers stand in the middle columns.
func (a *app) columns(heads []string, rows [][]string) {
	numbers := make([]bool, len(heads))
	for i := 1; i < len(heads)-1; i++ {
		numbers[i] = true
	}
	_ = report.Table(a.stdout, heads, rows, numbers, len(heads)-1, a.tableOptions()) // as with every line here, a closed pipe is found out later
}

// tableOptions are how tables look on standard output.
func (a *app) tableOptions() report.Options {
	return report.Options{Lang: a.lang, Color: a.colored(a.stdout), Width: width(a.stdout)}
}

// census counts the hits of a pack in the calls of --on, on all processors. Each
// worker counts for itself, so the sum is the same whatever their number.
func (o *rulesLintOptions) census(ctx context.Context, a *app, p *rule.Pack) (total *rule.Census, fatal bool) {
	chunks := make(chan intake.Chunk)
	total = p.NewCensus()
	var mu sync.Mutex
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			own := p.NewCensus()
			for chunk := range chunks {
				chunk.Items(func(item intake.Item) bool {
					if item.Call != nil {
						own.Add(item.Call)
						return true
					}
					mu.Lock()
					defer mu.Unlock()
					a.problem(item.Problem)
					fatal = fatal || item.Problem.Fatal
					return true
				})
			}
			mu.Lock()
			defer mu.Unlock()
			total.Merge(own)
		})
	}
	for chunk := range a.chunks(ctx, o.on, o.input.settings(a)) {
		chunks <- chunk
	}
	close(chunks)
	workers.Wait()
	return total, fatal
}

// writeCensus writes how often each rule fires, the rules that never do, and the
// phrases with most hits.
func (a *app) writeCensus(c *rule.Census, top int) {
	fmt.Fprintln(a.stdout, "\n"+a.sayf("语料：%d 通电话（%d 通无法判断），坐席的话 %d 句", "corpus: %d calls (%d cannot be judged), %d agent turns", c.Calls, c.Unfit, c.Turns))
	heads := []string{a.say("规则", "rule"), a.say("命中", "hits"), a.say("比率", "rate"), a.say("单位", "unit")}
	var rows [][]string
	var silent []string
	for _, r := range c.Rules() {
		if r.Hits == 0 {
			silent = append(silent, r.Rule.ID)
			continue
		}
		unit := a.say("每百通", "per 100 calls")
		if r.Rule.OneTurn {
			unit = a.say("每千句", "per 1,000 agent turns")
		}
		rows = append(rows, []string{r.Rule.ID, strconv.Itoa(r.Hits), strconv.FormatFloat(r.Rate, 'f', 2, 64), unit})
	}
	a.columns(heads, rows)
	if len(silent) > 0 {
		fmt.Fprintln(a.stdout, a.sayf("\n%d 条规则从不命中：", "\n%d rules never fire:", len(silent)))
		for _, line := range report.Wrap(strings.Join(silent, " "), max(20, width(a.stdout)-2)) {
			fmt.Fprintln(a.stdout, "  "+line)
		}
	}
	a.writePhrases(c.Phrases(), top)
}

func (a *app) writePhrases(phrases []rule.PhraseCount, top int) {
	if len(phrases) == 0 || top <= 0 {
		return
	}
	fmt.Fprintln(a.stdout, a.sayf("\n命中最多的短语（共 %d 条有命中）：", "\nphrases with most hits (%d have any):", len(phrases)))
	heads := []string{a.say("规则", "rule"), a.say("命中", "hits"), a.say("短语", "phrase")}
	var rows [][]string
	for _, p := range phrases[:min(top, len(phrases))] {
		rows = append(rows, []string{p.Rule, strconv.Itoa(p.Hits), displaywidth.TruncateString(p.Phrase, 80, " …")})
	}
	a.columns(heads, rows)
}
