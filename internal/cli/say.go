package cli

import (
	"io"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/mask"
	"github.com/zhijian-qa/zhijian/internal/report"
)

func (a *app) say(zh, en string) string { return call.Say{ZH: zh, EN: en}.In(a.lang) }

func (a *app) sayf(zh, en string, args ...any) string { return call.Sayf(zh, en, args...).In(a.lang) }

// tell writes lines to standard error. All that goes there comes through here,
// because names of files and calls may hold anything.
func (a *app) tell(text string) {
	_, _ = io.WriteString(a.stderr, report.CleanLines(text)+"\n") // where else could it be said?
}

// complain tells what stops the command.
func (a *app) complain(text string) {
	a.tell(a.say("错误：", "error: ") + text)
}

// masked is a text of the input without numbers and names of people.
func (a *app) masked(text string) string {
	if a.unmasked {
		return text
	}
	return mask.Text(text)
}

// maskedID is an id or a path without numbers of people.
func (a *app) maskedID(id string) string {
	if a.unmasked {
		return id
	}
	return mask.ID(id)
}

// problem tells of a problem with the input.
func (a *app) problem(p *call.Problem) {
	if !a.unmasked {
		p = mask.Problem(p)
	}
	lead := a.say("输入提醒 ", "input note ")
	if p.Fatal {
		lead = a.say("输入问题 ", "input problem ")
	}
	a.tell(lead + strings.ReplaceAll(p.In(a.lang), "\n", " "))
}

// langOf finds the language in the arguments before they are parsed, so that
// help and errors of parsing speak it too. A language that does not exist is
// found out by the flag itself.
func langOf(args []string) call.Lang {
	lang := call.ZH
	for i, arg := range args {
		value, joined := strings.CutPrefix(arg, "--lang=")
		switch {
		case arg == "--":
			return lang
		case arg == "--lang" && i+1 < len(args):
			value = args[i+1]
		case !joined:
			continue
		}
		if value == string(call.EN) || value == string(call.ZH) {
			lang = call.Lang(value)
		}
	}
	return lang
}
