package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/accept"
	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/report"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// baselineFile is where the baseline goes if neither a flag nor the configuration says where.
const baselineFile = "zhijian-baseline.json"

func newBaseline(a *app) *cobra.Command {
	o := &baselineOptions{lintOptions: newLintOptions(), file: baselineFile}
	c := &cobra.Command{
		Use:   a.say("baseline 路径… [选项]", "baseline PATH… [FLAGS]"),
		Short: a.say("把现有的问题记为基线，以后只报新的", "record what there is, so that only new findings count"),
		Long: a.say("检查通话记录，把现有的问题记进基线。lint --baseline 不算其中的问题，多出一处就报。\n"+
			"按内容而不按行号认，只记通话编号、不记原话，可以放进代码库；整个文件每次重写。\n规则包写了 waivable: false 的规则不进基线，已豁免的问题也不进。",
			"Check transcripts and record what is found. What the baseline has does not count for lint --baseline; one more of the same does.\n"+
				"Findings are known by content, not by line; ids of calls are kept, their words are not, so it may go into a repository. The file is written anew.\n"+
				"Rules whose pack says waivable: false stay out, and so do waived findings."),
		Example: "  zhijian baseline calls/\n  zhijian lint calls/ --baseline " + baselineFile + "\n  zhijian baseline --script scripts.xlsx",
		RunE: func(c *cobra.Command, paths []string) error {
			if err := needsPaths(c, paths); err != nil {
				return err
			}
			s, err := o.settle(a, c, paths)
			if err != nil {
				return err
			}
			if o.accept.written != "" && !c.Flags().Changed("output") {
				o.file = o.accept.written
			}
			return (&baselineRun{app: a, settings: s, file: o.file}).run(c.Context(), paths)
		},
	}
	c.Flags().BoolVar(&o.scripts, "script", false, a.say("路径是话术库，按 script 检查", "the paths are script libraries, to be checked as script does"))
	c.Flags().StringVarP(&o.file, "output", "o", o.file, a.say("`文件`|写到这个文件；- 是标准输出", "`FILE`|write to this file; - is standard output"))
	o.addJudging(a, c)
	return c
}

// baselineOptions are the flags of baseline as written.
type baselineOptions struct {
	*lintOptions
	scripts bool
	file    string
}

func (o *baselineOptions) settle(a *app, c *cobra.Command, paths []string) (*lintSettings, error) {
	if !o.scripts {
		return o.lintOptions.settle(a, c, paths)
	}
	to, err := o.apply(a, c, paths)
	if err != nil {
		return nil, err
	}
	s, err := o.judgeOptions.settle(to, rule.ForScripts)
	if err == nil {
		s.scripts, s.input = true, o.input.settings(a)
	}
	return s, err
}

// baselineRun is a run of baseline on its way.
type baselineRun struct {
	*app
	settings *lintSettings
	file     string
	baseline accept.Baseline
	progress *progress
	calls    int
	lost     int // findings of the baseline before that this run did not come by
	binding  int // findings that no baseline may have
	fatal    bool
}

func (r *baselineRun) run(ctx context.Context, paths []string) error {
	to, _, err := r.destination(r.file)
	if err != nil {
		return err
	}
	if r.settings.progress {
		r.progress = newProgress(r.app, func() int64 { return intake.Total(paths) })
	}
	err = r.judge(ctx, paths)
	r.progress.hide()
	if err != nil || r.calls == 0 || r.fatal {
		to.abandon()
		return r.nothing(err)
	}
	r.lost = r.lostOf(r.file)
	if err = r.baseline.Write(to, report.EncodeLine); err == nil {
		err = to.commit()
	}
	if err != nil && !closedPipe(err) {
		to.abandon()
		return failf("基线写不出：%v", "the baseline cannot be written: %v", err)
	}
	r.conclude()
	if r.fatal {
		return exit(exitInput)
	}
	return nil
}

// lostOf compares with the baseline that is about to be replaced. One that cannot be read is no loss.
func (r *baselineRun) lostOf(file string) int {
	data, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	older, err := accept.ReadBaseline(file, data)
	if err != nil {
		return 0
	}
	return r.baseline.Lost(older)
}

// judge judges calls or scripts, and counts what is found.
func (r *baselineRun) judge(ctx context.Context, paths []string) error {
	linter := &r.settings.linter
	linter.Mask = false // lint asks the baseline for calls as they are
	if r.settings.scripts {
		return (&libraries{app: r.app, paths: paths, stdinName: r.settings.input.StdinName, own: []string{r.file}}).each(ctx, func(b *library) error { return r.emit(b.judge(linter)) })
	}
	done, err := r.follow(ctx, r.settings, paths)
	defer done()
	if err != nil {
		return err
	}
	return linter.Run(ctx, r.chunks(ctx, paths, r.settings.input), r.emit)
}

// emit counts the findings of one chunk.
func (r *baselineRun) emit(o lint.Outcome) error {
	for i := range o.Results {
		result := &o.Results[i]
		if result.Problem != nil {
			r.progress.hide()
			r.problem(result.Problem)
			r.fatal = r.fatal || result.Problem.Fatal
			continue
		}
		r.calls++
		r.baseline.Meet(result.Call)
		for j := range result.Verdict.Findings {
			if !r.baseline.Add(result.Call, &result.Verdict.Findings[j]) {
				r.binding++
			}
		}
	}
	r.progress.add(o.Bytes)
	return nil
}

// nothing ends a run without a baseline: half of one, or one of nothing, would
// take the place of what is there.
func (r *baselineRun) nothing(err error) error {
	if err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	told := r.say("没有写基线：输入没有全部查完，写了就会丢掉没查到的", "no baseline was written: not all of the input was checked, and what was not would be lost")
	if !r.settings.scripts {
		told += r.say("；话术库要加 --script", "; script libraries need --script")
	}
	r.tell(told)
	return exit(exitInput)
}

// conclude tells what went in.
func (r *baselineRun) conclude() {
	r.notes(r.settings.accepted, !r.fatal)
	findings, rules := r.baseline.Count()
	what := call.Say{ZH: "通通话", EN: "calls"}
	if r.settings.scripts {
		what = call.Say{ZH: "条话术", EN: "scripts"}
	}
	told := r.sayf("已写入 %[1]s：%[2]d 条规则的 %[3]d 处问题（检查了 %[4]d %[5]s）", "%[1]s is written: findings %[3]d, rules %[2]d, %[6]s checked %[4]d",
		r.file, rules, findings, r.calls, what.ZH, what.EN)
	if r.lost > 0 {
		told += r.sayf("\n原来的基线中有 %d 处不在这次检查的范围里，没有留下；要留下请检查全部路径", "\nfindings of the older baseline that this run did not come by, and that are gone: %d; to keep them, name all paths", r.lost)
	}
	if r.binding > 0 {
		told += r.sayf("\n另有 %d 处没有写入：它们的规则不能豁免，要改掉", "\nfindings that stay out, because their rules cannot be waived: %d; correct them", r.binding)
	}
	if r.file == "-" {
		r.tell(told)
		return
	}
	fmt.Fprintln(r.stdout, report.CleanLines(told))
}
