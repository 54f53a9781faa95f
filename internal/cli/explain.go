package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/intake"
)

// explainer tells on standard error what was understood of the inputs, each input
// once and below it each call.
type explainer struct {
	wanted bool
	source string // the input of the last call
	begun  bool
}

func (e *explainer) addFlag(a *app, c *cobra.Command) {
	c.Flags().BoolVarP(&e.wanted, "explain", "v", false, a.say("在标准错误上说明看懂了什么：格式、编码、角色和依据、时间单位、合并和丢弃了什么",
		"tell on standard error what was understood: format, encoding, roles and why, units of time, what was joined and dropped"))
}

// explain tells what was understood of a call, if anything was kept.
func (e *explainer) explain(a *app, r *intake.Reading) {
	if r == nil {
		return
	}
	if !e.begun || e.source != r.Source {
		e.begun, e.source = true, r.Source
		a.tell(a.masked(a.understood(r)))
	}
	lines := []string{a.sayf("  通话 %s", "  call %s", a.maskedID(r.Call))}
	for _, note := range r.Notes {
		lines = append(lines, "    "+a.masked(strings.ReplaceAll(note.In(a.lang), "\n", " ")))
	}
	a.tell(strings.Join(lines, "\n"))
}

// understood names format and encoding of an input, and how the format is known.
func (a *app) understood(r *intake.Reading) string {
	known := a.sayf("形如 %s", "which looks like %s", r.Format.Shape)
	if r.Named {
		known = a.say("由 --in-format 指定", "named by --in-format")
	}
	return a.sayf("看懂了 %[1]s：%[2]s（%[3]s），%[4]s；编码 %[5]s", "read %[1]s as %[2]s (%[3]s), %[4]s; encoding %[5]s",
		a.maskedID(r.Source), r.Format.Name, r.Format.Title.In(a.lang), known, r.Charset)
}
