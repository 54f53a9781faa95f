package cli

import (
	"context"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/eval"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// evalRun is a run of eval on its way.
type evalRun struct {
	*app
	o      *evalOptions
	files  []*eval.File
	packs  []*rule.Pack
	others []*rule.Pack // of --against

	scope      *eval.Scope
	linter     lint.Linter // all packs at once
	isOther    map[*rule.Rule]bool
	elsewhere  map[string][]*eval.Item // items whose call is still to be found, by its id
	sheet      *eval.Sheet
	otherSheet *eval.Sheet
	onlyThese  []eval.Difference // what only --rules finds
	onlyOthers []eval.Difference // what only --against finds
	compared   int               // items and calls
	progress   *progress
	fatal      bool
}

func jobs() int { return runtime.GOMAXPROCS(0) }

func noCalls(file string, line int) call.Say {
	return call.Sayf("%s:%d 标的是别处的通话：请用 --calls 给出", "%s:%d labels a call that is elsewhere: name its file with --calls", file, line)
}

// readLabels reads the files of labels.
func (r *evalRun) readLabels(ctx context.Context, names []string) {
	for _, name := range names {
		data, err := r.readFile(name)
		if err != nil {
			r.note(&call.Problem{File: name, Fatal: true, What: call.Sayf("标注读不了：%[1]v", "the labels cannot be read: %[1]v", err)})
			continue
		}
		r.files = append(r.files, eval.Read(ctx, name, data))
	}
}

func (r *evalRun) readFile(name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(r.stdin)
	}
	data, err := os.ReadFile(name)
	return data, cause(err)
}

// note tells of a problem.
func (r *evalRun) note(p *call.Problem) {
	r.problem(p)
	r.fatal = r.fatal || p.Fatal
}

// run compares everything and prints the results.
func (r *evalRun) run(ctx context.Context) error {
	err := r.compare(ctx)
	for _, f := range r.files {
		slices.SortStableFunc(f.Problems, func(a, b call.Problem) int { return a.Line - b.Line })
		for i := range f.Problems {
			r.note(&f.Problems[i])
		}
	}
	if err != nil {
		r.tell(r.say("已中断：没有结果", "interrupted: there are no results"))
		return exit(exitInput)
	}
	print := r.table
	if r.o.format == "json" {
		print = r.json
	}
	if err := print(); err != nil && !closedPipe(err) {
		return failf("结果写不出：%v", "the results cannot be written: %v", err)
	}
	return r.code()
}

// compare judges the items, then the calls of --calls.
func (r *evalRun) compare(ctx context.Context) error {
	r.elsewhere = map[string][]*eval.Item{}
	var here []*eval.Item
	for _, f := range r.files {
		for _, it := range f.Items {
			if it.Shape == eval.Elsewhere {
				r.elsewhere[it.ID] = append(r.elsewhere[it.ID], it)
			} else {
				here = append(here, it)
			}
		}
	}
	for i, v := range r.judge(ctx, here) {
		shown := lint.Result{Call: here[i].Call, Verdict: v}
		if !r.unmasked {
			shown.Mask()
		}
		here[i].Call = shown.Call
		r.mark(here[i], &shown.Verdict)
	}
	if len(r.o.calls) > 0 {
		if err := r.readCalls(ctx); err != nil {
			return err
		}
	}
	r.noteNotFound()
	return ctx.Err()
}

// judge judges items in parallel; the verdicts are in their order.
func (r *evalRun) judge(ctx context.Context, items []*eval.Item) []rule.Verdict {
	out := make([]rule.Verdict, len(items))
	var workers sync.WaitGroup
	n := jobs()
	for w := range n {
		workers.Go(func() {
			for i := w; i < len(items) && ctx.Err() == nil; i += n {
				out[i] = r.linter.Judge(items[i].Call)
			}
		})
	}
	workers.Wait()
	return out
}

// readCalls judges the calls of --calls: those that labels name, and all others
// where two packs are compared.
func (r *evalRun) readCalls(ctx context.Context) error {
	if !r.o.noProgress {
		r.progress = newProgress(r.app, func() int64 { return intake.Total(r.o.calls) })
	}
	return r.progress.judge(ctx, &r.linter, r.chunks(ctx, r.o.calls, intake.Options{Stdin: r.stdin}), r.result)
}

func (r *evalRun) result(result *lint.Result) {
	if result.Problem != nil {
		r.progress.hide()
		r.note(result.Problem)
		return
	}
	items := r.elsewhere[result.Call.ID]
	delete(r.elsewhere, result.Call.ID) // a call that comes twice counts once
	if !r.unmasked {
		result.Mask() // what is told of it is chosen by now
	}
	for _, it := range items {
		it.Call = result.Call
		it.CheckCall()
		r.mark(it, &result.Verdict)
	}
	if len(items) == 0 && r.others != nil {
		these, others := r.split(result.Verdict.Findings)
		r.differ(eval.BareItem(result.Call), these, others)
	}
}

// mark compares what the packs say of an item with its labels, and with each other.
func (r *evalRun) mark(it *eval.Item, v *rule.Verdict) {
	these, others := r.split(v.Findings)
	r.sheet.Mark(it, these, v.NotEvaluated)
	if r.others != nil {
		r.otherSheet.Mark(it, others, v.NotEvaluated)
		r.differ(it, these, others)
	}
}

func (r *evalRun) differ(it *eval.Item, these, others []rule.Finding) {
	r.compared++
	r.onlyThese = append(r.onlyThese, r.scope.Diff(it, these, others)...)
	r.onlyOthers = append(r.onlyOthers, r.scope.Diff(it, others, these)...)
}

// split parts the findings of --rules from those of --against.
func (r *evalRun) split(all []rule.Finding) (these, others []rule.Finding) {
	for _, f := range all {
		if r.isOther[f.Rule] {
			others = append(others, f)
		} else {
			these = append(these, f)
		}
	}
	return these, others
}

// noteNotFound tells which labels name calls that are not there. It is fatal
// only where no call of a file is.
func (r *evalRun) noteNotFound() {
	for _, f := range r.files {
		var missing []string
		all := 0
		for _, it := range f.Items {
			if it.Shape == eval.Elsewhere {
				all++
			}
			if it.Call == nil {
				missing = append(missing, it.ID)
			}
		}
		if len(missing) > 0 {
			f.Problems = append(f.Problems, call.Problem{File: f.Name, Fatal: len(missing) == all, What: call.Sayf(
				"标注的 %d 通通话里有 %d 通不在 --calls 里，没有计入：%s", "%[2]d of the %[1]d labelled calls not in --calls, so not counted: %[3]s",
				all, len(missing), few(missing))})
		}
	}
}

// few is a list of names, shortened.
func few(names []string) string {
	const most = 5
	if len(names) > most {
		return strings.Join(names[:most], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}

// code is the exit code of a run whose results are printed. Where there was
// nothing to find and nothing was found, F1 is not below anything.
func (r *evalRun) code() error {
	switch {
	case r.fatal:
		return exit(exitInput)
	case r.sheet.Micro().F1() < r.o.minF1:
		return exit(exitFindings)
	}
	return nil
}
