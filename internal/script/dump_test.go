package script

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// dump is all of a library that users can see, an entry in a paragraph.
func dump(l *Library) string {
	var out strings.Builder
	for _, e := range l.Entries {
		fmt.Fprintf(&out, "%s id=%s scene=%s step=%s trigger=%s", e.At.In(call.EN), e.ID, e.Scene, e.Step, e.Trigger)
		if e.Required {
			out.WriteString(" required")
		}
		if e.Bad {
			out.WriteString(" bad")
		}
		out.WriteString("\n")
		for i := range e.Lines {
			fmt.Fprintf(&out, "  + %s %s\n", e.Lines[i].Place(0).In(call.EN), e.Lines[i].Text)
		}
		for i := range e.Forbidden {
			fmt.Fprintf(&out, "  - %s %s\n", e.Forbidden[i].Place(0).In(call.EN), e.Forbidden[i].Text)
		}
		for _, w := range e.Waivers {
			fmt.Fprintf(&out, "  ~ %s %q %s\n", w.At.In(call.EN), w.Rules, w.Reason)
		}
	}
	for _, n := range l.Notes {
		fmt.Fprintf(&out, "! %s\n", n.In(call.EN))
	}
	return out.String()
}

// read reads a library that has to be readable.
func read(t *testing.T, name, text string) *Library {
	t.Helper()
	l, problem := Read(name, []byte(text))
	if problem != nil {
		t.Fatal(problem.In(call.EN))
	}
	require.NotNil(t, l)
	return l
}
