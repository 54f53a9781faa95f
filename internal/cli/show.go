package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/report"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// showOptions are the flags of show as written.
type showOptions struct {
	judgeOptions
	input        inputOptions
	call         string
	window       string
	onlyFindings bool
	noPager      bool
}

func newShow(a *app) *cobra.Command {
	o := &showOptions{judgeOptions: newJudgeOptions()}
	c := &cobra.Command{
		Use:   a.say("show 路径… [--call 编号] [选项]", "show PATH… [--call ID] [FLAGS]"),
		Short: a.say("看一通通话：原话、问题、得分", "look at one call: words, findings, score"),
		Long: a.say("看一通通话：谁在什么时候说了什么，哪里不妥、该怎么说，该说而没说的是什么，得分怎么来的。\n"+
			"输入里有多通时用 --call 选一通，也可以写 文件#编号 或 文件:行号；大文件找到就停，断线或没有接通的一通除外：要看完输入才知道有没有回拨。话术库里的一条也可以看。\n"+
			"退出码：0 没有问题，1 有达到 --fail-on 的问题，2 用法有误或没说清看哪一通，3 找不到这一通或它读不了。",
			"Look at one call: who said what and when, what is wrong with it and what to say instead, what is missing, how its score came about.\n"+
				"Where the input has several, choose one with --call, or as FILE#ID or FILE:LINE; a large file is read no further than needed, unless the call dropped or nobody took it: the rest of the input tells of callbacks. An entry of a script library can be looked at too.\n"+
				"Exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage, or it is not clear which call, 3 there is no such call or it could not be read."),
		Example: "  zhijian show call.txt\n  zhijian show calls/ --call BK-0318-01 --only-findings\n  zhijian show calls.jsonl:12\n  zhijian show scripts.xlsx#HS-014",
		RunE:    func(c *cobra.Command, args []string) error { return o.run(a, c, args) },
	}
	o.addRuleFlags(a, c)
	o.addFailing(a, c)
	o.addMask(a, c)
	o.input.addFlags(a, c)
	windowFlag(a, c, &o.window)
	f := c.Flags()
	f.StringVar(&o.call, "call", "", a.say("`编号`|看哪一通：通话编号或话术编号", "`ID`|which call: its id, or that of a script"))
	f.BoolVar(&o.onlyFindings, "only-findings", false, a.say("只看有问题的话轮，其余折叠", "fold the turns that nothing is wrong with"))
	f.BoolVar(&o.noPager, "no-pager", false, a.say("不分页；默认屏幕放不下时交给 $PAGER（less -R）", "no pager; by default what the screen cannot hold goes to $PAGER (less -R)"))
	return c
}

func (o *showOptions) run(a *app, c *cobra.Command, paths []string) error {
	if err := needsPaths(c, paths); err != nil {
		return err
	}
	s := &search{app: a, ctx: c.Context(), paths: paths, id: o.call}
	s.shorthand()
	if f := s.idAsPath(); f != nil {
		return f
	}
	to, err := o.apply(a, c, s.paths)
	if err != nil {
		return err
	}
	o.input.apply(to)
	s.input = o.input.settings(a)
	s.input.Records = intake.RecordsLeft // not all of the input is read
	if err = s.run(); err != nil {
		return err
	}
	fit := rule.ForCalls
	if s.library != nil {
		fit = rule.ForScripts
	}
	settings, err := o.settle(to, fit)
	if err != nil {
		return err
	}
	to.word("window", "window", &o.window, to.Window)
	if settings.window, err = windowOf(o.window, to.named("window")); err != nil {
		return err
	}
	settings.input = s.input
	if err = s.together(settings); err != nil {
		return err
	}
	s.tellAbout()
	return o.show(a, s, settings)
}

// together looks for the calls that belong to one that dropped or that nobody took, so
// that what the rules say of it is what lint says. Standard input is read by now.
func (s *search) together(settings *lintSettings) error {
	if s.library != nil || s.once() || s.found.Hangup != call.Dropped && !s.found.Failed() {
		return nil
	}
	done, err := s.follow(s.ctx, settings, s.paths)
	defer done()
	return err
}

// shorthand takes FILE#ID and FILE:LINE apart, unless there is a file of that name.
func (s *search) shorthand() {
	if len(s.paths) != 1 || s.id != "" || onDisk(s.paths[0]) {
		return
	}
	path := s.paths[0]
	if i := strings.LastIndexByte(path, '#'); i > 0 && i < len(path)-1 && exists(path[:i]) {
		s.paths, s.id = []string{path[:i]}, path[i+1:]
		return
	}
	if m := lineAfter.FindStringSubmatch(path); m != nil && exists(m[1]) {
		s.paths = []string{m[1]}
		s.line, _ = strconv.Atoi(m[2]) // at most nine digits
	}
}

// idAsPath is the failure of a path that is none, and looks like the id of a call.
func (s *search) idAsPath() error {
	if s.id != "" || s.line > 0 {
		return nil
	}
	in := "calls/"
	for _, p := range s.paths {
		if exists(p) {
			in = p
		}
	}
	for _, p := range s.paths {
		if p == "-" || exists(p) || filepath.Ext(p) != "" || strings.ContainsAny(p, `/\*?[{`) {
			continue
		}
		return failf("没有文件或文件夹 %[1]s；要是它是通话编号，请用 --call：zhijian show %[2]s --call %[1]s", "there is no file or folder %[1]s; if it is the id of a call, use --call: zhijian show %[2]s --call %[1]s", p, in)
	}
	return nil
}

// lineAfter is a place as reports write it; a column may follow.
var lineAfter = regexp.MustCompile(`^(.+?):([1-9]\d{0,8})(?::\d+)?$`)

// exists reports whether there is a file or folder, or an archive that a path leads into.
func exists(path string) bool {
	_, _, inside := intake.Inside(path)
	return inside || onDisk(path)
}

func onDisk(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// show judges what was found and writes it.
func (o *showOptions) show(a *app, s *search, settings *lintSettings) error {
	r := s.judge(&settings.linter)
	var b bytes.Buffer
	err := report.Show(&b, r, report.Options{Lang: a.lang, Color: a.colored(a.stdout), Width: width(a.stdout)}, o.onlyFindings)
	if err == nil {
		err = a.page(b.Bytes(), !o.noPager)
	}
	if err != nil && !closedPipe(err) {
		return failf("写不出：%v", "cannot write: %v", err)
	}
	a.notes(settings.accepted, false)
	return showCode(s, r, settings.failOn)
}

// showCode is the exit code, as lint has it for a call.
func showCode(s *search, r *lint.Result, failOn rule.Severity) error {
	sum := report.Summary{}
	sum.Add(r)
	switch {
	case s.fatal():
		return exit(exitInput)
	case sum.AtLeast(failOn) > 0:
		return exit(exitFindings)
	}
	return nil
}

// judge is what the rules say of what was found. A script is judged with its
// library: some rules compare scripts.
func (s *search) judge(l *lint.Linter) *lint.Result {
	if s.library == nil {
		r := l.JudgeOne(s.found)
		return &r
	}
	results := l.JudgeLibrary(s.library.Library)
	return &results[s.entry]
}

// page writes text, through the pager where the screen cannot hold it.
func (a *app) page(text []byte, wanted bool) error {
	if screen := terminal(a.stdout); wanted && screen != nil && tooTall(text, screen) {
		if p := newPager(screen, a.stderr); p != nil && p.show(context.Background(), text) == nil {
			return nil
		}
	}
	_, err := a.stdout.Write(text)
	return err
}
