package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
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
	unsure  int    // suggestions beside them
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
	if err := refuseInputs(s.outputs, paths); err != nil {
		return err
	}
	if err := r.open(); err != nil {
		return err
	}
	if o.coverage {
		r.summary.Coverage = s.linter.NewCoverage()
	}
	err := (&libraries{a, paths, o.stdinName, o.ownFiles(s)}).each(ctx, r.library)
	code := r.end(err)
	r.conclude()
	if !o.diff || code != nil && code != exit(exitFindings) {
		return code
	}
	if r.changes > 0 { // with --diff the question is whether there is anything to change
		return exit(exitFindings)
	}
	return nil
}

// library mends a library if that is wanted, and reports what is left in it.
func (r *scriptRun) library(b *library) error {
	if b.problem == nil && (r.options.fix != "" || r.options.diff) {
		if problem, err := r.mend(b); err != nil {
			return err
		} else if problem != nil {
			b.Notes = append(b.Notes, *problem)
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
// standard output only. The problem is that its file cannot be written.
func (r *scriptRun) mend(b *library) (*call.Problem, error) {
	fixed := r.settings.linter.Fix(b.Library, b.data, r.options.fix == "all")
	r.tellLeft(b.Source, fixed.Left)
	r.unsure += fixed.Unsure
	if len(fixed.Made) == 0 {
		return nil, nil
	}
	if r.options.diff {
		r.changes += len(fixed.Made)
		return nil, r.patch.add(b, fixed)
	}
	if what, ok := replaceFile(b.Source, b.data, fixed.Data); !ok {
		return &call.Problem{File: b.Source, Fatal: true, What: what}, nil
	}
	for _, c := range fixed.Made {
		r.tell(r.sayf("已改 %[1]s %[2]s：%[3]s → %[4]s", "changed %[1]s %[2]s: %[3]s → %[4]s", b.Source, where(&c, r.lang), r.masked(c.Before), r.masked(c.After)))
	}
	r.changes += len(fixed.Made)
	b.Library, b.data = fixed.Library, fixed.Data
	return nil, nil
}

// tellLeft says why changes were not made, each reason once.
func (r *scriptRun) tellLeft(source string, left []lint.Change) {
	places := map[call.Say][]string{}
	var reasons []call.Say
	for _, c := range left {
		if places[c.Why] == nil {
			reasons = append(reasons, c.Why)
		}
		places[c.Why] = append(places[c.Why], where(&c, r.lang))
	}
	for _, why := range reasons {
		r.tell(r.sayf("没有改 %[1]s（%[2]s）：%[3]s", "not changed, %[1]s (%[4]s): %[5]s", source, strings.Join(places[why], "、"), why.ZH,
			strings.Join(places[why], ", "), why.In(call.EN)))
	}
}

// conclude says how much was changed.
func (r *scriptRun) conclude() {
	flag := "--fix"
	if r.options.fix == "all" {
		flag = "--fix=all"
	}
	switch {
	case r.options.diff && r.changes > 0:
		r.tell(r.sayf("可改 %[1]d 处；写 %[2]s、不写 --diff 就会改写文件", "%[1]d to change; %[2]s without --diff writes the files", r.changes, flag))
	case r.options.diff:
		r.tell(r.say("没有可改之处", "nothing to change"))
	case r.options.fix != "":
		r.tell(r.sayf("改了 %d 处", "changed %d", r.changes))
	}
	if r.unsure > 0 {
		r.tell(r.sayf("另有 %d 处建议，要人看过：--fix=all", "suggestions besides, for a human to look at: %d; --fix=all", r.unsure))
	}
}

// replaceFile puts data in the place of a file, all at once, if it still holds what
// was read; what says why it could not.
func replaceFile(name string, read, data []byte) (what call.Say, ok bool) {
	info, err := os.Stat(name)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return call.Sayf("不是普通文件，没有改写；请写文件名", "this is no regular file and was not rewritten; name a file"), false
	case err == nil && info.Mode().Perm()&0o200 == 0:
		return call.Sayf("文件是只读的，没有改写；请先改它的权限", "the file is read-only and was not rewritten; change its mode first"), false
	}
	if err = overwrite(name, read, data); errors.Is(err, errChanged) {
		return call.Sayf("文件刚被别人改过，没有改写；请再运行一次", "somebody has changed the file meanwhile, and it was not rewritten; run again"), false
	} else if err != nil {
		return call.Sayf("改写不了，文件还是原样：%[1]s", "it cannot be rewritten and is as it was: %[2]s", inLang(cause(err), call.ZH), inLang(cause(err), call.EN)), false
	}
	return call.Say{}, true
}

// errChanged says that a file no longer holds what was read from it.
var errChanged = errors.New("the file has changed")

// overwrite writes beside the file, and renames once the file is sure to be as it was read.
func overwrite(name string, read, data []byte) error {
	to, err := toFile(name)
	if err != nil {
		return err
	}
	if _, err = to.Write(data); err == nil {
		now, problem := os.ReadFile(name)
		if err = problem; err == nil && !bytes.Equal(now, read) {
			err = errChanged
		}
	}
	if err == nil {
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
