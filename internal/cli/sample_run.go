package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/report"
)

// look judges all calls and shows them to the sampler.
func (r *sampleRun) look(ctx context.Context, paths []string) error {
	if r.settings.progress {
		r.progress = newProgress(r.app, func() int64 { return intake.Total(paths) })
	}
	done, err := r.follow(ctx, r.settings, paths)
	defer done()
	if err != nil {
		return err
	}
	return r.progress.judge(ctx, &r.settings.linter, r.chunks(ctx, paths, r.settings.input), r.see)
}

func (r *sampleRun) see(result *lint.Result) {
	if result.Problem == nil {
		r.sampler.Add(result)
		return
	}
	r.progress.hide()
	r.problem(result.Problem)
	r.fatal = r.fatal || result.Problem.Fatal
}

// write writes the sample to standard output and into the reports.
func (r *sampleRun) write(ctx context.Context, paths []string) error {
	picks := r.sampler.Picks()
	if err := r.fetch(ctx, paths, picks); err != nil {
		return err
	}
	chosen := &report.Sample{Calls: r.sampler.Seen(), Seed: r.options.seed}
	for _, p := range picks {
		p.Result.Choice = r.sampler.Choice(p)
		if r.masked {
			p.Result.Mask()
		}
		chosen.Results = append(chosen.Results, p.Result)
	}
	if len(r.outputs) > 0 {
		if err := r.report(chosen); err != nil {
			return err
		}
	}
	return r.print(chosen)
}

// report writes the reports, whose summaries are of the sample.
func (r *sampleRun) report(s *report.Sample) error {
	for _, result := range s.Results {
		r.summary.Add(result)
		err := r.outputs.each(func(o *output) error {
			return o.do(func(w report.Writer) error { return w.Call(result) })
		})
		if err != nil {
			return err
		}
	}
	return r.outputs.finish(&r.summary)
}

// print writes the sample to standard output in the way that is wanted.
func (r *sampleRun) print(s *report.Sample) error {
	o := report.Options{Lang: r.lang, Color: r.colored(r.stdout), Width: width(r.stdout), Version: versionOf(), Packs: r.settings.packs, Choice: r.settings.choice}
	to := toStream(r.stdout)
	var err error
	switch r.options.shown {
	case asTable:
		err = report.WriteSample(to, s, o)
	case asJSONL:
		err = printResults(to, s, o)
	default:
		err = r.printCalls(to, s)
	}
	if err == nil {
		err = to.Flush()
	}
	return err
}

func printResults(to io.Writer, s *report.Sample, o report.Options) error {
	w, err := report.New("jsonl", to, o)
	for _, result := range s.Results {
		if err == nil {
			err = w.Call(result)
		}
	}
	return err
}

// printCalls writes the calls, or no more than their ids.
func (r *sampleRun) printCalls(to *destination, s *report.Sample) error {
	for _, result := range s.Results {
		err := error(nil)
		if r.options.shown == asIDs {
			_, err = fmt.Fprintln(to, report.Clean(result.Call.ID))
		} else {
			err = writeCall(to, result.Call)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
