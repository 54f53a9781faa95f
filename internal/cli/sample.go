package cli

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/config"
	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/internal/sample"
)

// sampleOptions are the flags of sample as written.
type sampleOptions struct {
	*lintOptions
	size    int
	risky   int
	seed    string
	by      string
	risks   []string
	shown   string
	reports []string
}

// The ways to show a sample on standard output.
const (
	asTable = "table"
	asJSONL = "jsonl" // results, as of lint
	asCalls = "calls" // canonical JSONL
	asIDs   = "ids"
)

func newSample(a *app) *cobra.Command {
	o := &sampleOptions{lintOptions: newLintOptions(), size: 30, risky: -1, seed: "1", by: "agent", shown: asTable,
		risks: []string{"complaint-level=紧急", "scene=escalation-threat", "complaint-level=重要", "scene=attitude-complaint"}}
	c := &cobra.Command{
		Use:     a.say("sample 路径… [选项]", "sample PATH… [FLAGS]"),
		Short:   a.say("抽出值得人听的通话", "choose the calls that a human should hear"),
		Long:    a.say(sampleHelpZH, sampleHelpEN),
		Example: "  zhijian sample calls/ --size 30\n  zhijian sample calls/ --size 50 --seed 2026-W12 --output json=sample.json\n  zhijian sample calls/ --format calls > sample.jsonl",
		RunE:    func(c *cobra.Command, paths []string) error { return o.run(a, c, paths) },
	}
	o.addFlags(a, c)
	return c
}

const sampleHelpZH = `抽出值得人听的通话，每通都说明为什么抽中：
  一票否决  违反了规则包里写 fatal: true 的规则，全部抽出，超过 --size 也不漏
  风险高    扣分多，或带风险标签（--risk，每个算 20 分）；占余下名额的一半，见 --risky
  随机      余下的名额按坐席分层随机：名额够就每位坐席至少一通，其余按通数分配（最大余数法）；
            名额少于坐席时，抽中的坐席各一通
同样的通话、同样的种子，抽出的总是同样的，与文件次序和 --jobs 无关；换一个 --seed 就换一批随机的。
占用的内存随 --size 和一票否决的通数增长，不随通话总数增长；标准输入不能再读一遍，
其中的通话除外。退出码：0 正常，2 用法、配置或规则包有误，3 有输入读不了。`

const sampleHelpEN = `Choose the calls that a human should hear, and say of each why:
  fatal   breaks a rule whose pack says fatal: true; all of them, even beyond --size
  risky   lost many points or has a risky tag (--risk, 20 points each); half of the
          places that are left, see --risky
  random  the places that are left, by chance, agent by agent: at least one call of each
          while there are places, the others by their numbers of calls (largest
          remainder); with more agents than places, one call of each agent drawn
The same calls and seed give the same sample, whatever the order of the files and --jobs;
another --seed draws others by chance. Memory grows with --size and the number of fatal
calls, not with that of all, but for calls of standard input, which cannot be read
again. Exit codes: 0 fine, 2 usage, configuration or pack at fault,
3 an input could not be read.`

func (o *sampleOptions) addFlags(a *app, c *cobra.Command) {
	f := c.Flags()
	f.IntVar(&o.size, "size", o.size, a.say("`通数`|抽多少通", "`N`|how many calls"))
	f.IntVar(&o.risky, "risky", o.risky, a.say("`通数`|其中因风险高抽的最多几通；不写则是一票否决余下名额的一半", "`N`|of them for their risk, at most; half of what fatal ones leave if not given"))
	f.Lookup("risky").DefValue = ""
	f.StringVar(&o.seed, "seed", o.seed, a.say("`种子`|随机的种子，任意文字，如 2026-W12", "`SEED`|seed of chance, any text, e.g. 2026-W12"))
	choice(c, f, &o.by, "by", []string{"agent", "team", "none"}, a.say("`分层`|随机部分按什么分层：agent、team、none", "`WHAT`|what the calls by chance are told apart by: agent, team, none"))
	f.StringSliceVar(&o.risks, "risk", o.risks, a.say("`标签=值`|哪些标签算风险，逗号分隔", "`TAG=VALUE`|tags that make a call risky, comma-separated"))
	choice(c, f, &o.shown, "format", []string{asTable, asJSONL, asCalls, asIDs}, a.say("`格式`|table；jsonl 是检查结果和原因；calls 是标准 JSONL 的通话；ids 是编号", "`FORMAT`|table; jsonl: results and why; calls: canonical JSONL of the calls; ids"))
	f.StringArrayVar(&o.reports, "output", nil, a.say("`格式=文件`|把抽出的通话另写一份 lint 的报告，如 json=sample.json，可重复", "`NAME=FILE`|write a report of lint of the sample, e.g. json=sample.json; repeatable"))
	o.addMask(a, c)
	o.accept.addBaseline(a, c)
	o.addJudging(a, c)
}

func (o *sampleOptions) run(a *app, c *cobra.Command, paths []string) error {
	if err := needsPaths(c, paths); err != nil {
		return err
	}
	s, err := o.lintOptions.settle(a, c, paths)
	if err != nil {
		return err
	}
	if s.outputs, err = o.settleReports(); err != nil {
		return err
	}
	plan, err := o.plan(c, s)
	if err != nil {
		return err
	}
	plan.Again = rereadable(s.input.StdinName)
	r := &sampleRun{lintRun: &lintRun{app: a, settings: s}, options: o, masked: s.linter.Mask, sampler: sample.New(plan)}
	s.sample = true
	s.linter.Mask = false // chance goes by the real ids; what is chosen is masked
	return r.run(c.Context(), paths)
}

// settleReports lists the reports of --output, none of which is standard output.
func (o *sampleOptions) settleReports() ([]outputSetting, error) {
	all, err := (&judgeOptions{outputs: o.reports, format: config.Formats()[0]}).settleOutputs(true)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(s outputSetting) bool { return s.file == "-" }), nil
}

// plan is the flags resolved.
func (o *sampleOptions) plan(c *cobra.Command, s *lintSettings) (sample.Plan, error) {
	p := sample.Plan{Size: o.size, Risky: o.risky, Seed: o.seed}
	if o.size < 1 {
		return p, failf("--size 至少是 1，但给了 %d", "--size must be at least 1, but got %d", o.size)
	}
	switch o.by {
	case "agent":
		p.By, p.Noun = func(c *call.Call) string { return cmp.Or(c.Agent.ID, c.Agent.Name) }, call.Say{ZH: "坐席", EN: "agent"}
	case "team":
		p.By, p.Noun = func(c *call.Call) string { return c.Agent.Team }, call.Say{ZH: "班组", EN: "team"}
	default:
		p.By = func(*call.Call) string { return "" }
	}
	var err error
	p.Risks, err = parseRisks(o.risks, s.packs, c.Flags().Changed("risk"))
	return p, err
}

// parseRisks reads the tags of --risk. Those that somebody named must be there; those that
// nobody did need not, because packs have tags of their own.
func parseRisks(texts []string, packs []*rule.Pack, strict bool) ([]sample.Risk, error) {
	there := map[string][]string{}
	for _, p := range packs {
		for _, t := range p.Tags {
			there[t.ID] = append(there[t.ID], t.ValueNames()...)
		}
	}
	var out []sample.Risk
	for _, text := range texts {
		tag, value, ok := strings.Cut(text, "=")
		switch {
		case !ok:
			return nil, failf("--risk 要写成 标签=值，例如 complaint-level=紧急，但给了 %q", "--risk wants TAG=VALUE, e.g. complaint-level=紧急, but got %q", text)
		case strict && there[tag] == nil:
			return nil, unknown(call.Say{ZH: "标签", EN: "tag"}, tag, slices.Sorted(maps.Keys(there)))
		case strict && !slices.Contains(there[tag], value):
			return nil, unknown(call.Say{ZH: "取值", EN: "value"}, value, there[tag])
		}
		out = append(out, sample.Risk{Tag: tag, Value: value})
	}
	return out, nil
}

// sampleRun is a run of sample on its way.
type sampleRun struct {
	*lintRun
	options *sampleOptions
	masked  bool
	sampler *sample.Sampler
	fatal   bool
}

func (r *sampleRun) run(ctx context.Context, paths []string) error {
	if err := r.open(); err != nil {
		return err
	}
	err := r.look(ctx, paths)
	if errors.Is(err, context.Canceled) || r.sampler.Seen() == 0 {
		r.outputs.abandon()
		r.tell(r.say("没有抽样：没有检查完输入", "nothing was chosen: the input was not checked to its end"))
		return exit(exitInput)
	}
	if err == nil {
		err = r.write(ctx, paths)
	}
	if err != nil && !closedPipe(err) {
		r.outputs.abandon()
		return failf("抽样写不出：%v", "the sample cannot be written: %v", err)
	}
	r.notes(r.settings.accepted, !r.fatal)
	if r.fatal {
		return exit(exitInput)
	}
	return nil
}
