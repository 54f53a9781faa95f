package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/report"
)

// lintRun is a run of lint on its way.
type lintRun struct {
	*app
	settings *lintSettings
	outputs  outputs
	summary  report.Summary
	progress *progress
}

// lint judges the inputs and writes the reports.
func (a *app) lint(ctx context.Context, s *lintSettings, paths []string) error {
	r := &lintRun{app: a, settings: s}
	if err := refuseInputs(s.outputs, paths); err != nil {
		return err
	}
	if err := r.open(); err != nil {
		return err
	}
	if s.progress {
		r.progress = newProgress(a, func() int64 { return intake.Total(paths) })
	}
	if s.accepted.Empty() {
		s.linter.Accepter = nil // whoever is not asked in input order holds nobody up
	}
	s.linter.Shows = shown(s.outputs)
	done, err := a.follow(ctx, s, paths)
	defer done()
	if err == nil {
		err = r.note(maskedCustomers(s.linter.Followups))
	}
	if err == nil {
		err = s.linter.Run(ctx, a.chunks(ctx, paths, s.input), r.emit)
	}
	r.summary.Followups = s.linter.Followups
	r.progress.hide()
	return r.end(err)
}

// shown is what the report that shows most of the calls shows.
func shown(outputs []outputSetting) lint.Shown {
	most := lint.FoundTurns
	for _, o := range outputs {
		most = min(most, report.Shows(o.format))
	}
	return most
}

// note tells of a problem that is of no chunk; nil is none.
func (r *lintRun) note(p *call.Problem) error {
	if p == nil {
		return nil
	}
	return r.emit(lint.Outcome{Results: []lint.Result{{Problem: p}}})
}

// refuseInputs refuses to write a report over a file that is to be read.
func refuseInputs(outputs []outputSetting, paths []string) error {
	for _, o := range outputs {
		report, err := os.Stat(o.file)
		if err != nil {
			continue
		}
		for _, path := range paths {
			if input, err := os.Stat(path); err == nil && os.SameFile(report, input) {
				return failf("报告 %[1]s 就是要检查的文件，会盖掉它；请换个名字", "the report %[1]s is a file to be checked, which it would replace; give it another name", o.file)
			}
		}
	}
	return nil
}

// open opens all reports, or none.
func (r *lintRun) open() error {
	for _, o := range r.settings.outputs {
		to, terminal, err := r.destination(o.file)
		if err == nil {
			err = unshowable(o.format, terminal)
		}
		if err != nil {
			r.outputs.abandon()
			return err
		}
		if report.Binary(o.format) {
			debug.SetGCPercent(thrifty) // its buffers are large
		}
		w, err := report.New(o.format, to, report.Options{Lang: r.lang, Color: r.colored(terminal), Width: width(terminal),
			SummaryOnly: r.settings.summary && o.file == "-", Version: versionOf(), Packs: r.settings.packs, Choice: r.settings.choice, Dir: workingDir(), Scripts: r.settings.scripts, Sample: r.settings.sample,
			By: r.settings.by, Previous: r.settings.previous})
		r.outputs = append(r.outputs, &output{to: to, report: w})
		if err != nil {
			r.outputs.abandon()
			return err
		}
	}
	return nil
}

// unshowable refuses to write to a terminal what no terminal can show.
func unshowable(format string, to io.Writer) error {
	if !report.Binary(format) || terminal(to) == nil {
		return nil
	}
	return failf("%[1]s 不是文字，终端显示不了；请写到文件：--output %[1]s=report.%[1]s", "%[1]s is no text, so a terminal cannot show it; write it to a file: --output %[1]s=report.%[1]s", format)
}

// workingDir is what the paths of reports for CI are relative to, empty where
// it is not known: then they stay as they were given.
func workingDir() string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	return dir
}

// destination opens a file, "-" being standard output, and returns with it the
// stream whose colours and width count.
func (a *app) destination(file string) (*destination, io.Writer, error) {
	if file == "-" {
		return toStream(a.stdout), a.stdout, nil
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil { // a fresh checkout has no folder for reports
		return nil, nil, failf("写不了 %[1]s：建不了它的文件夹：%[2]v", "cannot write %[1]s: its folder cannot be made: %[2]v", file, cause(err))
	}
	to, err := toFile(file)
	if err != nil {
		return nil, nil, err
	}
	return to, to.file, nil
}

// emit takes the results of a chunk, or of several.
func (r *lintRun) emit(o lint.Outcome) error {
	if r.progress != nil && terminal(r.stdout) != nil {
		r.progress.hide() // the report may write over it
	}
	for i := range o.Results {
		result := &o.Results[i]
		r.summary.Add(result)
		if result.Problem != nil {
			if err := r.outputs.each((*output).flush); err != nil { // a terminal shows both in their order
				return err
			}
			r.progress.hide()
			r.problem(result.Problem)
		}
		if result.Reading != nil {
			r.progress.hide()
			r.settings.explain.explain(r.app, result.Reading)
		}
		err := r.outputs.each(func(o *output) error {
			return o.do(func(w report.Writer) error { return hand(w, result) })
		})
		if err != nil {
			return err
		}
	}
	r.progress.add(o.Bytes)
	return r.outputs.each((*output).flush)
}

// hand gives a result to a report.
func hand(w report.Writer, r *lint.Result) error {
	if r.Problem != nil {
		return report.Problem(w, r.Problem)
	}
	return w.Call(r)
}

// end completes the reports with what is finished and tells how the run went.
func (r *lintRun) end(err error) error {
	r.summary.Interrupted = errors.Is(err, context.Canceled)
	if err == nil || r.summary.Interrupted || errors.Is(err, errNobodyReads) {
		err = r.outputs.finish(&r.summary)
	}
	if err != nil && !errors.Is(err, errNobodyReads) {
		r.outputs.abandon()
		return failf("报告写不出：%v", "the report cannot be written: %v", err)
	}
	r.notes(r.settings.accepted, !r.summary.Interrupted && r.summary.Fatal == 0)
	if r.summary.Interrupted {
		r.tell(r.interrupted())
	}
	return r.code()
}

// interrupted says how far a run came that was stopped.
func (r *lintRun) interrupted() string {
	if r.settings.scripts {
		return r.sayf("已中断：报告只含已检查的 %d 条话术", "interrupted: the report holds the %d scripts checked so far", r.summary.Calls)
	}
	return r.sayf("已中断：报告只含已检查的 %d 通通话", "interrupted: the report holds the %d calls checked so far", r.summary.Calls)
}

// code is the exit code of a run whose reports are written.
func (r *lintRun) code() error {
	switch {
	case r.summary.Fatal > 0 || r.summary.Interrupted:
		return exit(exitInput)
	case r.summary.AtLeast(r.settings.failOn) > 0:
		return exit(exitFindings)
	}
	return nil
}
