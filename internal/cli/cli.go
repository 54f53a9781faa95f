// Package cli is the command line of zhijian. It is the only place that knows
// exit codes, terminals and signals. Each command is a constructor in a file of
// its own, with its own options; flags as written are resolved to settings
// before anything runs.
package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// The exit codes of every command.
const (
	exitClean    = 0
	exitFindings = 1 // findings at or above --fail-on
	exitUsage    = 2 // the command line, a pack, what accepts findings, or where to write is at fault
	exitInput    = 3 // an input was unreadable, empty or matched nothing; wins over exitFindings
)

// app is what every command needs of the world.
type app struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	lang   call.Lang
	color  string // auto, always or never

	unmasked bool // what goes to standard error may hold numbers and names of people
}

// Main runs zhijian with the arguments after the program's name and returns the
// exit code: 0 clean, 1 findings, 2 usage, 3 input.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	debug.SetGCPercent(briefly) // until a run turns out to be long; see chunks
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)   // a second Ctrl-C ends the program at once
	signal.Ignore(syscall.SIGPIPE) // a closed pipe is an error of Write instead
	a := &app{stdin: &interruptible{ctx: ctx, r: stdin}, stdout: stdout, stderr: stderr, lang: langOf(args), color: "auto"}
	root := newRoot(a)
	root.SetArgs(args)
	return a.exitCode(root.ExecuteContext(ctx))
}

// exit is an exit code on its way through cobra: the command has said all there is to say.
type exit int

// Error is never shown.
func (e exit) Error() string { return "exit" }

// failure is what stops a command; help is the command whose help to look at, if that helps.
type failure struct {
	what call.Say
	help string
}

// Error is the failure in English, without the hint.
func (f *failure) Error() string { return f.what.EN }

// failf is a failure without a hint to the help.
func failf(zh, en string, args ...any) *failure {
	return &failure{what: call.Sayf(zh, en, args...)}
}

// exitCode reports err, if it is not yet said, and returns its exit code.
func (a *app) exitCode(err error) int {
	var code exit
	var f *failure
	switch {
	case err == nil, closedPipe(err):
		return exitClean
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &f):
		a.complain(f.what.In(a.lang))
		if f.help != "" {
			a.tell(a.sayf("用法见：%s --help", "for help: %s --help", f.help))
		}
	default:
		a.complain(inLang(err, a.lang))
	}
	return exitUsage
}

// inLang is the text of an error, in lang if it has it.
func inLang(err error, lang call.Lang) string {
	var both interface{ In(call.Lang) string }
	if errors.As(err, &both) {
		return both.In(lang)
	}
	return err.Error()
}

// closedPipe reports whether err says that nobody reads the output any more.
func closedPipe(err error) bool {
	const brokenPipe, noData = syscall.Errno(109), syscall.Errno(232) // of Windows
	return errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) ||
		os.PathSeparator == '\\' && (errors.Is(err, brokenPipe) || errors.Is(err, noData))
}
