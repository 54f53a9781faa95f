package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
)

// scriptRun is a run of script on its way.
type scriptRun struct {
	*lintRun
	options *scriptOptions
	changes int    // that were made, or would be
	patch   *patch // what --diff writes; nil without it
}

// script judges libraries, mends them if that is wanted, and writes the reports.
func (a *app) script(ctx context.Context, s *lintSettings, o *scriptOptions, paths []string) error {
	s.scripts = true
	r := &scriptRun{lintRun: &lintRun{app: a, settings: s}, options: o}
	if o.diff {
		s.outputs = slices.DeleteFunc(s.outputs, func(one outputSetting) bool { return one.file == "-" })
		r.patch = &patch{to: a.stdout, color: a.colored(a.stdout)}
	}
	if err := r.open(); err != nil {
		return err
	}
	if o.coverage {
		r.summary.Coverage = s.linter.NewCoverage()
	}
	err := (&libraries{a, paths, o.stdinName}).each(ctx, r.library)
	code := r.end(err)
	r.conclude()
	if o.diff && code == nil && r.changes > 0 {
		return exit(exitFindings)
	}
	return code
}

// library mends a library if that is wanted, and reports what is left in it.
func (r *scriptRun) library(b *library) error {
	if b.problem == nil && (r.options.fix != "" || r.options.diff) {
		if err := r.mend(b); err != nil {
			return err
		}
	}
	outcome := b.judge(&r.settings.linter)
	if b.problem == nil {
		r.summary.Skipped += b.Skipped()
	}
	for i := range outcome.Results {
		if result := &outcome.Results[i]; r.summary.Coverage != nil && result.Problem == nil {
			r.summary.Coverage.Add(result)
		}
	}
	return r.emit(outcome)
}

// mend makes the replacements in a library: in its file, or with --diff on
// standard output only.
func (r *scriptRun) mend(b *library) error {
	fixed := r.settings.linter.Fix(b.Library, b.data, r.options.fix == "all")
	for _, c := range fixed.Left {
		r.tell(r.sayf("没有改 %[1]s %[2]s：%[3]s", "not changed, %[1]s %[2]s: %[4]s", b.Source, where(&c, r.lang), c.Why.ZH, c.Why.In(call.EN)))
	}
	if len(fixed.Made) == 0 {
		return nil
	}
	r.changes += len(fixed.Made)
	if r.options.diff {
		return r.patch.add(b, fixed)
	}
	if err := replaceFile(b.Source, fixed.Data); err != nil {
		return failf("%[1]s 改写不了：%[2]v；文件还是原样", "%[1]s cannot be rewritten: %[2]v; it is as it was", b.Source, cause(err))
	}
	for _, c := range fixed.Made {
		r.tell(r.sayf("已改 %[1]s %[2]s：%[3]s → %[4]s", "changed %[1]s %[2]s: %[3]s → %[4]s", b.Source, where(&c, r.lang), r.masked(c.Before), r.masked(c.After)))
	}
	b.Library, b.data = fixed.Library, fixed.Data
	return nil
}

// conclude says how much was changed.
func (r *scriptRun) conclude() {
	switch {
	case r.options.diff && r.changes > 0:
		r.tell(r.sayf("可改 %d 处；去掉 --diff、写 --fix 就会改写文件", "%d to change; --fix without --diff writes the files", r.changes))
	case r.options.diff:
		r.tell(r.say("没有可改之处", "nothing to change"))
	case r.options.fix != "":
		r.tell(r.sayf("改了 %d 处", "changed %d", r.changes))
	}
}

// replaceFile puts data in the place of a file, all at once.
func replaceFile(name string, data []byte) error {
	to, err := toFile(name)
	if err != nil {
		return err
	}
	if _, err = to.Write(data); err == nil {
		err = to.commit()
	}
	if err != nil {
		to.abandon()
	}
	return err
}

// where names the place of a change: its entry and where it stands.
func where(c *lint.Change, lang call.Lang) string {
	return strings.TrimSpace(fmt.Sprintf("%s %s", c.At.In(lang), c.Script))
}
