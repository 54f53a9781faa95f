package cli

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/mask"
	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/internal/script"
)

// search looks for one call, or one script, in inputs of any size. It reads a
// call only where its text may be, and keeps no more than it has found.
type search struct {
	*app
	ctx   context.Context
	paths []string
	input intake.Options
	id    string // "": the only call
	line  int    // 1-based line of the call; 0: any

	found    *call.Call
	library  *library              // that holds it, if it is a script
	entry    int                   // index among the scripts of the library
	notes    []call.Problem        // of the call that was found
	also     []string              // places of other calls with its id
	problems []call.Problem        // fatal ones of the inputs, at most maxProblems
	told     map[call.Problem]bool // those of them that are in problems
	untold   bool                  // there are more
	seen     []*call.Call          // calls to choose from, if none was found
	more     bool                  // there are more to choose from than seen
	read     map[string]bool
}

const (
	lookOn   = 256 << 20 // bytes that are searched for a second call of the id after the first
	lookBack = 32 << 20  // bytes whose calls are listed where the id is not found
	choices  = 20        // calls that are listed to choose from

	maxProblems = 20 // of the inputs that are told where the call is not found
)

// run finds the call; the error says why there is none, or which there are.
func (s *search) run() error {
	if s.id == "" && s.line == 0 || s.once() {
		s.survey()
	} else {
		s.scan()
		if s.found == nil && s.ctx.Err() == nil {
			s.survey()
		}
	}
	if s.ctx.Err() != nil {
		s.tell(s.say("已中断", "interrupted"))
		return exit(exitInput)
	}
	if s.found == nil {
		s.searchLibraries()
	}
	if s.found == nil {
		return s.nothing()
	}
	return nil
}

// once reports whether standard input is among the paths, which cannot be read again.
func (s *search) once() bool { return slices.Contains(s.paths, "-") }

// scan looks at nothing but chunks that may hold the call. After it was found, it
// looks on for others with the same id, but not without end.
func (s *search) scan() {
	left := lookOn
	for chunk := range s.chunks(s.ctx, s.paths, s.input) {
		if s.found != nil {
			if left -= chunk.Size; left < 0 || s.line > 0 {
				return
			}
		}
		if s.mayHold(&chunk) {
			s.items(&chunk, s.consider)
		}
	}
}

// mayHold reports whether the call that is wanted may be in a chunk.
func (s *search) mayHold(chunk *intake.Chunk) bool {
	if s.line > 0 {
		return chunk.Reaches(s.line)
	}
	shown, _, _ := strings.Cut(s.id, "*") // what a report leaves of an id that it masks
	return chunk.Mentions(shown)
}

// items hands the calls of a chunk to do, each with the problems met with it.
func (s *search) items(chunk *intake.Chunk, do func(intake.Item, []call.Problem)) {
	var before []call.Problem
	chunk.Items(func(it intake.Item) bool {
		if it.Call != nil {
			do(it, before)
			before = nil
			return true
		}
		if before = append(before, *it.Problem); s.found == nil && it.Problem.Fatal {
			s.note(*it.Problem)
		}
		return true
	})
}

// note keeps a problem of the inputs once: what is scanned may be surveyed again.
func (s *search) note(p call.Problem) {
	switch {
	case s.told[p]:
	case len(s.problems) == maxProblems:
		s.untold = true
	default:
		if s.told == nil {
			s.told = map[call.Problem]bool{}
		}
		s.told[p] = true
		s.problems = append(s.problems, p)
	}
}

// consider takes the first call that is wanted, and notes where others are.
func (s *search) consider(it intake.Item, before []call.Problem) {
	switch c := it.Call; {
	case !s.wants(it):
	case s.found != nil:
		s.also = append(s.also, s.placeOf(c))
	default:
		s.found = c
		for _, p := range before {
			if p.Call == c.ID {
				s.notes = append(s.notes, p)
			}
		}
	}
}

func (s *search) wants(it intake.Item) bool {
	if s.line > 0 {
		return it.From <= s.line && s.line <= it.To
	}
	return s.named(it.Call)
}

// named reports whether a call has the id that is wanted, or is shown with it in
// reports that mask it.
func (s *search) named(c *call.Call) bool {
	return c.ID == s.id || strings.Contains(s.id, "*") && mask.Names(c).ID == s.id
}

// survey reads the calls to choose from: all of them up to a bound, and beyond it the first
// chunk of every input, so that what is no transcript may be a library of scripts. What cannot be
// read again is scanned beyond it.
func (s *search) survey() {
	s.read = map[string]bool{}
	looked := map[string]bool{} // inputs, whether there is a call in them or not
	bytes, left := 0, lookOn
	var only *call.Call
	var notes []call.Problem
	for chunk := range s.chunks(s.ctx, s.paths, s.input) {
		bytes += chunk.Size
		if bytes > lookBack && looked[chunk.Source()] {
			if s.more = true; s.id != "" && s.once() && s.mayHold(&chunk) {
				s.items(&chunk, s.consider)
			}
			if s.found != nil {
				left -= chunk.Size
			}
			if left < 0 {
				return
			}
			continue
		}
		looked[chunk.Source()] = true
		s.items(&chunk, func(it intake.Item, before []call.Problem) {
			c := it.Call
			if s.read[c.Source] = true; s.id != "" {
				s.consider(it, before)
			}
			if len(s.seen) == 0 {
				only, notes = c, before
			}
			s.seen = append(s.seen, withoutTurns(c))
		})
		if s.id == "" && s.line == 0 && len(s.seen) > choices {
			s.more = true
			return
		}
	}
	if s.id == "" && s.line == 0 && len(s.seen) == 1 {
		s.found, s.notes = only, notes
	}
}

// withoutTurns is what a call is told from others by, cut off from the text that it was read from.
func withoutTurns(c *call.Call) *call.Call {
	agent := call.Person{ID: strings.Clone(c.Agent.ID), Name: strings.Clone(c.Agent.Name)}
	customer := call.Person{Name: strings.Clone(c.Customer.Name)}
	return &call.Call{ID: strings.Clone(c.ID), Agent: agent, Customer: customer, StartedAt: strings.Clone(c.StartedAt), Source: c.Source, Line: c.Line}
}

// searchLibraries looks for a script in the files in which there is no call.
func (s *search) searchLibraries() {
	l := &libraries{app: s.app, paths: s.paths, stdinName: s.input.StdinName}
	for f := range intake.Files(s.paths, script.Extensions()) {
		if f.Problem != nil || f.Path == "-" || s.read[f.Path] || s.ctx.Err() != nil {
			continue
		}
		if b := l.read(f); b.problem == nil {
			s.scripts(b)
		}
	}
}

// scripts looks for the script that is wanted in a library.
func (s *search) scripts(b *library) {
	all := b.Scripts()
	if s.id == "" && s.line == 0 && isProse(b, all) {
		return // that it is no transcript is all that is known of it
	}
	if len(all) > 0 {
		s.problems = slices.DeleteFunc(s.problems, func(p call.Problem) bool { return p.File == b.Source }) // it is no transcript
	}
	for i := range all {
		c := all[i].Call
		switch {
		case s.id == "" && s.line == 0 && len(all) > 1 || !s.wantsScript(c):
			s.seen = append(s.seen, c)
		case s.found != nil:
			s.also = append(s.also, s.placeOf(c))
		default:
			s.found, s.library, s.entry = c, b, i
		}
	}
}

// isProse reports whether a library is any text: one in which nothing is numbered.
func isProse(b *library, all []rule.Script) bool {
	switch strings.ToLower(filepath.Ext(b.Source)) {
	case ".md", ".markdown", ".txt":
		return !slices.ContainsFunc(all, func(s rule.Script) bool { return s.ID != "" })
	}
	return false
}

func (s *search) wantsScript(c *call.Call) bool {
	if s.line == 0 {
		return s.id == "" || s.named(c)
	}
	last := c.At.Line
	for i := range c.Turns {
		last = max(last, c.Turns[i].Place(0).Line)
	}
	return c.At.Line > 0 && c.At.Line <= s.line && s.line <= last
}

// shown is what a call and its people are called in messages.
func (s *search) shown(c *call.Call) *call.Call {
	if s.unmasked {
		return c
	}
	return mask.Names(c)
}

// placeOf is where a call stands, as show takes it, without numbers of people.
func (s *search) placeOf(c *call.Call) string {
	source := s.shown(c).Source
	at := call.Place{Line: c.Line}
	if c.Script {
		at = c.At
	}
	if at := at.In(call.EN); at != "" {
		return source + ":" + at
	}
	return source
}

// tellAbout tells what the input has of the call besides it.
func (s *search) tellAbout() {
	for i := range s.notes {
		s.problem(&s.notes[i])
	}
	if s.library != nil {
		for i := range s.library.Notes {
			s.problem(&s.library.Notes[i])
		}
	}
	if len(s.also) > 0 {
		s.tell(s.sayf("编号 %[1]s 不止一通：这里是 %[2]s，另有 %[3]s；要看另一通请写 文件:行号", "more than one has the id %[1]s: this is %[2]s, there is also %[4]s; name another as FILE:LINE",
			s.shown(s.found).ID, s.placeOf(s.found), firstFew(s.also, "、"), firstFew(s.also, ", ")))
	}
}

// fatal reports whether part of the call was lost or could not be judged.
func (s *search) fatal() bool {
	return slices.ContainsFunc(s.notes, func(p call.Problem) bool { return p.Fatal })
}

// nothing says that there is no such call, or which there are to choose from.
func (s *search) nothing() error {
	for i := range s.problems {
		s.problem(&s.problems[i])
	}
	if s.untold {
		s.tell(s.say("……输入里还有更多问题；用 zhijian lint 看全部", "… there are more problems with the input; zhijian lint tells all"))
	}
	switch {
	case len(s.seen) == 0:
		s.complain(s.say("没有可看的通话", "there is no call to look at"))
		return exit(exitInput)
	case s.line > 0:
		s.complain(s.sayf("%[1]s 的第 %[2]d 行没有通话%[3]s", "line %[2]d of %[1]s has no call%[4]s", s.maskedID(s.paths[0]), s.line, s.toChoose("；有：", ""), s.toChoose("", "; there are:")))
		return exit(exitInput)
	case s.id != "":
		hint := call.DidYouMean(s.id, s.ids())
		s.complain(s.sayf("没有编号为 %[1]q 的通话%[2]s", "no call has the id %[1]q%[3]s", s.maskedID(s.id),
			strings.TrimSuffix(hint.ZH, "？")+s.toChoose("；有：", ""), strings.TrimSuffix(hint.EN, "?")+s.toChoose("", "; there are:")))
		return exit(exitInput)
	}
	return failf("这里不止一通，请用 --call 选一通%[1]s", "there is more than one; choose with --call%[2]s", s.toChoose("：", ""), s.toChoose("", ":"))
}

func (s *search) ids() []string {
	var out []string
	for _, c := range s.seen {
		out = append(out, s.shown(c).ID)
	}
	return out
}

// toChoose lists the calls that there are, after one of the leads.
func (s *search) toChoose(zh, en string) string {
	var b strings.Builder
	b.WriteString(cmp.Or(zh, en))
	list := s.seen[:min(choices, len(s.seen))]
	for _, c := range list {
		fmt.Fprintf(&b, "\n  %s", strings.Join(s.facts(c), "  "))
	}
	if rest := len(s.seen) - len(list); s.more {
		b.WriteString("\n  " + s.say("……还有更多", "… and more"))
	} else if rest > 0 {
		b.WriteString("\n  " + s.sayf("……还有 %d 通", "… and %d more", rest))
	}
	return b.String()
}

// facts are what a call can be told from others by, without numbers of people.
func (s *search) facts(c *call.Call) []string {
	who := s.shown(c)
	out := []string{who.ID, s.masked(c.Scene), s.masked(c.Agent.Name), who.Agent.ID, moment(c.StartedAt), s.placeOf(c)}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// moment is a time of RFC 3339 to the minute, as people write it.
func moment(at string) string {
	const toTheMinute = len("2006-01-02T15:04")
	return strings.Replace(at[:min(len(at), toTheMinute)], "T", " ", 1)
}

// firstFew joins the first of a list.
func firstFew(list []string, separator string) string {
	const few = 5
	if len(list) <= few {
		return strings.Join(list, separator)
	}
	return strings.Join(list[:few], separator) + fmt.Sprintf(" … (+%d)", len(list)-few)
}
