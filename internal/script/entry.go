package script

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Scripts are the entries of a library as rules judge them: an agent turn for
// every wording, whose Origin is its [Line]. Entries marked as bad examples are
// not among them.
func (l *Library) Scripts() []rule.Script {
	var out []rule.Script
	for _, e := range l.Live() {
		out = append(out, e.script(l.Source))
	}
	return out
}

// Live are the entries that agents are told to say, in the order of Scripts.
func (l *Library) Live() []*Entry {
	return slices.DeleteFunc(slices.Clone(l.Entries), func(e *Entry) bool { return e.Bad })
}

// Skipped is the number of entries that are marked as bad examples.
func (l *Library) Skipped() int { return len(l.Entries) - len(l.Live()) }

func (e *Entry) script(source string) rule.Script {
	s := rule.Script{ID: e.ID, Scene: e.Scene, Step: e.Step, Trigger: e.Trigger, Required: e.Required,
		Call: &call.Call{ID: e.name(source), Source: source, Line: e.At.Line, At: e.At, Script: true, Scene: e.scene()}}
	for i := range e.Lines {
		line := &e.Lines[i]
		s.Call.Turns = append(s.Call.Turns, call.Turn{Role: call.Agent, Text: line.Text, Line: line.Place(0).Line, Origin: line})
	}
	for i := range e.Forbidden {
		s.Forbidden = append(s.Forbidden, e.Forbidden[i].Text)
	}
	return s
}

// name is what reports call an entry: its id, else what it is for, else its file.
func (e *Entry) name(source string) string {
	switch {
	case e.ID != "":
		return e.ID
	case e.scene() != "":
		return e.scene()
	}
	return strings.TrimSuffix(filepath.Base(source), filepath.Ext(source))
}

// scene is the scene and the step: 等待 › 等待致谢.
func (e *Entry) scene() string {
	if e.Scene == "" || e.Step == "" || e.Scene == e.Step {
		return strings.TrimSpace(max(e.Scene, e.Step))
	}
	return e.Scene + " › " + e.Step
}
