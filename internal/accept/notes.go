package accept

import (
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Note is what people should know of a waiver, at its place, or of a baseline. An
// Error never accepts anything, a Warning does not or no longer; an Info is of a
// baseline that has more than there is.
type Note struct {
	call.Problem
	Level rule.Severity
}

// Notes tells of the waivers that do not do what they say, in the order in which
// they were added, and of the baseline. whole says that the run has read all of its
// input; only then can a waiver be without use, or a finding be gone.
func (s *Set) Notes(whole bool) []Note {
	var out []Note
	for _, w := range s.all {
		note := func(level rule.Severity, what call.Say) {
			out = append(out, Note{call.Problem{File: w.file, Line: w.line, What: what}, level})
		}
		for _, what := range w.unknown {
			note(rule.Warning, what)
		}
		w.faults(note)
		if whole && s.idle(w) {
			note(rule.Warning, call.Sayf("豁免没有用到：它写的地方没有它写的问题；请删掉这一条，或改正它的规则和位置",
				"this waiver matches nothing: no such finding is where it says; remove it, or correct its rule or place"))
		}
	}
	if n := s.corrected(); whole && n > 0 {
		out = append(out, Note{call.Problem{File: s.baseline.name, What: call.Sayf("基线中有 %d 处已经改好；用同样的路径再运行 zhijian baseline（话术库加 --script）可收紧",
			"findings of the baseline that are corrected: %d; run zhijian baseline on the same paths again (--script for libraries) to keep it tight", n)}, rule.Info})
	}
	return out
}

// faults tells why a waiver accepts nothing, or not all that it is for.
func (w *waiver) faults(note func(rule.Severity, call.Say)) {
	if len(w.binding) > 0 {
		note(rule.Error, call.Sayf("规则 %[1]s 不能豁免（规则包写了 waivable: false），它的问题照样算；请改掉问题", "%[2]s cannot be waived (its pack says waivable: false), and what it finds still counts; correct that instead",
			strings.Join(w.binding, "、"), strings.Join(w.binding, ", ")))
	}
	if w.rules != nil && len(w.rules) == 0 && len(w.unknown) == 0 {
		note(rule.Error, call.Sayf("豁免没有写规则，不起作用", "this waiver names no rule, so it accepts nothing"))
	}
	if w.reason == "" {
		note(rule.Error, call.Sayf("豁免没有写理由，不起作用；请在 -- 后面写明", "this waiver gives no reason, so it accepts nothing; write it after --"))
	}
	if w.expired {
		note(rule.Warning, w.lapse())
	}
}

// lapse says that a waiver has expired, and what that means for this run.
func (w *waiver) lapse() call.Say {
	if w.found == 0 {
		return call.Sayf("豁免在 %s 到期，不再起作用；这次也没有它要豁免的问题，请删掉这一条", "this waiver expired after %s, and there is nothing left that it was for; remove it", w.until)
	}
	return call.Sayf("豁免在 %s 到期，不再起作用（这次有 %d 处问题本来由它豁免）；请改掉问题，或另定 until，或删掉这一条",
		"this waiver expired after %s and accepts nothing any more (findings of this run that it was for: %d); correct them, give a new until, or remove it", w.until, w.found)
}

// idle reports whether a waiver is of no use, as far as a whole run can tell: it
// cannot where it did not use all the rules, or was not given the file, or only
// scripts where the waiver is for a call: one file of waivers may serve both.
func (s *Set) idle(w *waiver) bool {
	told := w.expired || w.reason == "" || len(w.unknown) > 0 || len(w.rules) == 0 && w.rules != nil
	if w.where.call != "" && !s.calls || w.where.script != "" && !s.scripts {
		return false
	}
	return w.found == 0 && !told && !w.partial && !w.unsure && (w.met || w.vanished())
}

// vanished reports whether no file has the name that a waiver gives any more.
// One that is there was not part of the run: hooks check only what has changed.
func (w *waiver) vanished() bool {
	if w.where.file == "" {
		return false
	}
	for _, folder := range []string{"", w.folder} {
		files, err := doublestar.FilepathGlob(filepath.Join(folder, filepath.FromSlash(w.where.file)))
		if err != nil || len(files) > 0 {
			return false
		}
	}
	return true
}
