package cli

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/eval"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// evalOptions are the flags of eval as written.
type evalOptions struct {
	format     string
	reviewed   []string
	calls      []string
	packs      []string
	against    []string
	selected   []string
	ignored    []string
	list       bool
	minF1      float64
	noProgress bool
}

func newEval(a *app) *cobra.Command {
	o := &evalOptions{format: "table"}
	c := &cobra.Command{
		Use:   a.say("eval 标注… [选项]", "eval LABELS… [FLAGS]"),
		Short: a.say("用人工标注衡量规则的准确率和召回率", "measure the rules by labelled turns and calls"),
		Long:  a.say(evalHelpZH, evalHelpEN),
		Example: "  zhijian eval labels.jsonl --list\n  zhijian eval labels.jsonl --calls calls.jsonl --min-f1 0.95\n" +
			"  zhijian eval labels.jsonl --against our-rules.yaml\n  zhijian eval --calls calls.jsonl --against our-rules.yaml\n  zhijian eval --reviewed zhang.xlsx li.xlsx",
		RunE: func(c *cobra.Command, files []string) error { return o.run(a, c, files) },
	}
	o.addFlags(a, c)
	return c
}

const evalHelpZH = `用人工标注衡量规则：每条规则的命中、误报、漏报、准确率、召回率和 F1。
标注文件是 JSONL，每行一条，三种写法可以混用：
  一句坐席的话  {"id":"T1","text":"我也没办法","violates":["wording/helpless"]}
                可加 "direction":"callback"、"allow":["规则"]（命中与否都可以）
  一通电话      {"id":"C1","turns":[…],"expect":[{"rule":"规则","turn":2}]}
                turns 同标准 JSONL，turn 从 0 数；可加 "expect_info":["规则"]
  别处的电话    {"id":"C2","expect":[{"rule":"规则","turn":7,"sure":false}]}
                通话在 --calls 里；sure 为 false 的命中与否都可以
一条规则在一条标注里只计一次。一句话只看能单看一句的规则。提示级的规则只在标注里
写到时才看，但一句话总是看 waiting/。别处的电话只看 --select 的规则，没有 --select
就只看文件里标过的规则。文件第一行可以写明标了哪些规则，那就正好看这些：
  {"labelled":["wording","tone/*"]}
--reviewed 改读人复核过的工作簿（lint --output xlsx=…，在“发现”里填了判定）：每条规则
的准确率和置信区间，几个人是否一致，误报最多的说法，还有“漏报”给出的召回率上限。
退出码：0 正常，1 F1 低于 --min-f1，2 用法或规则包有误，3 标注、通话或工作簿有
问题（结果照样输出）。`

const evalHelpEN = `Measure the rules by labels: hits, false alarms, misses, precision, recall and F1
of each rule. A file of labels is JSON Lines, one item per line, in three shapes:
  an agent turn     {"id":"T1","text":"我也没办法","violates":["wording/helpless"]}
                    perhaps "direction":"callback", "allow":["RULE"] (may fire)
  a call            {"id":"C1","turns":[…],"expect":[{"rule":"RULE","turn":2}]}
                    turns as in canonical JSONL, turn counts from 0;
                    perhaps "expect_info":["RULE"]
  a call elsewhere  {"id":"C2","expect":[{"rule":"RULE","turn":7,"sure":false}]}
                    the call is in --calls; what is not sure may fire or not
A rule counts once per item. On a turn, only rules that judge a turn by itself are
looked at. Rules of severity info are looked at where the item names them; on a
turn, those of waiting/ always. On a call elsewhere, the rules of --select are
looked at, or without it those that the file names. The first line of a file may
say which rules were labelled; then exactly these are looked at:
  {"labelled":["wording","tone/*"]}
--reviewed reads workbooks that people reviewed instead (lint --output xlsx=…, with
verdicts filled in): the precision of each rule with its confidence interval, how
far reviewers agree, the phrases behind most false alarms, and from what they found
missing an upper bound of the recall.
Exit codes: 0 fine, 1 F1 below --min-f1, 2 usage or pack at fault, 3 labels,
calls or books at fault (the results are printed all the same).`

// closedInfo are the rules of severity info that turn items label completely:
// one sees in the turn itself whether they are broken.
func closedInfo() []string { return []string{"waiting"} }

func (o *evalOptions) addFlags(a *app, c *cobra.Command) {
	f := c.Flags()
	f.StringArrayVar(&o.reviewed, "reviewed", nil, a.say("`工作簿`|人复核过的 .xlsx，可写多个、可用通配符", "`BOOK`|reviewed .xlsx workbooks; several and globs will do"))
	f.StringArrayVar(&o.calls, "calls", nil, a.say("`路径`|通话：标注里只有 id 的，或 --against 要比的；可重复", "`PATH`|calls that labels name by id, or that --against compares; repeatable"))
	packsFlag(a, c, &o.packs)
	f.StringArrayVar(&o.against, "against", nil, a.say("`规则包`|与这个规则包比：列出只有一方发现的；可重复", "`PACK`|compare with this pack: what only one of them finds; repeatable"))
	f.StringSliceVar(&o.selected, "select", nil, a.say("`规则`|只看这些规则：规则名、类别或通配符，逗号分隔", "`RULES`|look at these only: ids, families or globs, comma-separated"))
	f.StringSliceVar(&o.ignored, "ignore", nil, a.say("`规则`|不看这些规则", "`RULES`|leave these out"))
	f.BoolVar(&o.list, "list", false, a.say("列出每个误报和漏报的原话", "quote every false alarm and miss"))
	choice(c, f, &o.format, "format", []string{"table", "json"}, a.say("`格式`|table、json", "`FORMAT`|table, json"))
	f.Float64Var(&o.minF1, "min-f1", 0, a.say("`数`|总 F1 低于它时退出码为 1，如 0.95", "`X`|exit code 1 if the micro F1 is lower, e.g. 0.95"))
	f.BoolVar(&o.noProgress, "no-progress", false, a.say("不显示进度", "no progress bar"))
}

func (o *evalOptions) run(a *app, c *cobra.Command, files []string) error {
	if c.Flags().Changed("reviewed") {
		return o.runReviewed(a, c, files)
	}
	if f := o.misuse(files); f != nil {
		f.help = c.CommandPath()
		return f
	}
	r, err := o.settle(a, c, files)
	if err != nil {
		return err
	}
	return r.run(c.Context())
}

// misuse is what is wrong with the flags, nil if nothing is.
func (o *evalOptions) misuse(files []string) *failure {
	isBook := func(name string) bool { return strings.EqualFold(filepath.Ext(name), ".xlsx") }
	switch i := slices.IndexFunc(files, isBook); {
	case i >= 0:
		return failf("%[1]s 是工作簿；人复核过的请加 --reviewed：zhijian eval --reviewed %[1]s", "%[1]s is a workbook; one that people reviewed needs --reviewed: zhijian eval --reviewed %[1]s", files[i])
	case len(files) == 0 && len(o.against) == 0:
		return failf("没有给标注：请写标注文件，例如 zhijian eval labels.jsonl", "no labels: name files of labels, e.g. zhijian eval labels.jsonl")
	case len(files) == 0 && len(o.calls) == 0:
		return failf("没有可比的：请写标注文件，或用 --calls 给通话", "nothing to compare: name files of labels, or calls with --calls")
	case slices.Contains(files, "-") && slices.Contains(o.calls, "-"):
		return failf("标注和 --calls 不能都是标准输入", "labels and --calls cannot both be standard input")
	case len(files) == 0 && o.minF1 != 0:
		return failf("--min-f1 要有标注", "--min-f1 needs labels")
	case !(0 <= o.minF1 && o.minF1 <= 1):
		return failf("--min-f1 是 0 到 1 之间的数，例如 0.95，但给了 %v", "--min-f1 is a number from 0 to 1, e.g. 0.95, but got %v", o.minF1)
	}
	return nil
}

// settle loads the packs and the labels and chooses the rules.
func (o *evalOptions) settle(a *app, c *cobra.Command, names []string) (*evalRun, error) {
	r := &evalRun{app: a, o: o}
	var err error
	if r.packs, err = loadToJudge(o.packs, nil); err != nil {
		return nil, err
	}
	if len(o.against) > 0 {
		if r.others, err = loadToJudge(o.against, nil); err != nil {
			return nil, err
		}
	}
	r.readLabels(c.Context(), names)
	if err := o.needsCalls(c, r.files); err != nil {
		return nil, err
	}
	all := append(rulesOf(r.packs), rulesOf(r.others)...)
	scope, unknown := eval.NewScope(r.files, all, eval.Choice{Select: o.selected, Ignore: o.ignored, Closed: closedInfo()})
	if len(unknown) > 0 {
		return nil, &failure{what: joined(unknown)}
	}
	r.begin(scope, all)
	return r, nil
}

// needsCalls refuses labels of calls that are nowhere, and calls that nobody asked for.
func (o *evalOptions) needsCalls(c *cobra.Command, files []*eval.File) error {
	needed := len(o.against) > 0
	for _, f := range files {
		for _, it := range f.Items {
			needed = needed || it.Shape == eval.Elsewhere
			if it.Shape == eval.Elsewhere && len(o.calls) == 0 {
				return &failure{help: c.CommandPath(), what: noCalls(f.Name, it.Line)}
			}
		}
	}
	if len(o.calls) > 0 && !needed {
		return &failure{help: c.CommandPath(), what: failf("用不到 --calls：标注里已有通话，也没有 --against",
			"--calls is of no use: the labels hold their calls, and there is no --against").what}
	}
	return nil
}

// begin chooses the rules of the packs and starts the sheets.
func (r *evalRun) begin(scope *eval.Scope, all []*rule.Rule) {
	var chosen []*rule.Rule
	for _, one := range all {
		if scope.Chosen(one.ID) {
			chosen = append(chosen, one)
		}
	}
	r.scope, r.sheet, r.otherSheet = scope, eval.NewSheet(scope), eval.NewSheet(scope)
	r.linter = lint.Linter{Checks: append(checks(r.packs, chosen), checks(r.others, chosen)...), Jobs: jobs()}
	r.isOther = map[*rule.Rule]bool{}
	for _, one := range rulesOf(r.others) {
		r.isOther[one] = true
	}
}
