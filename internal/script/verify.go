package script

import (
	"fmt"
	"slices"
	"strings"
)

// verify reads what the edits made of the file: it must say what they say, and
// nothing else in it may have changed. What is written can read as something else,
// such as stars that lost the words between them.
func (l *Library) verify(out []byte, edits []Edit) error {
	again, problem := Read(l.Source, out)
	if problem != nil || again.Carrier != l.Carrier || !slices.Equal(l.words(edits), again.words(nil)) {
		return refused("改写后，这里或别处的话术读起来会与预期不同；请手工修改",
			"after the change, this wording or another would not read as it should; change it by hand")
	}
	return nil
}

// words are what a library says with the edits made, each entry in one text.
func (l *Library) words(edits []Edit) []string {
	at := map[extent][]Edit{}
	for _, e := range edits {
		span := spanOf([]Line{*e.Line})
		at[span] = append(at[span], e)
	}
	edited := func(lines []Line) (out []string) {
		for i := range lines {
			out = append(out, strings.TrimSpace(lines[i].edited(at[spanOf(lines[i:i+1])])))
		}
		return out
	}
	var out []string
	for _, e := range l.Entries {
		out = append(out, fmt.Sprintf("%q %t %q %q", e.ID, e.Bad, edited(e.Lines), edited(e.Forbidden)))
	}
	return out
}

// edited is the text of a line with those edits made that are of it or of another
// line in the same place: an alias of YAML is one, and may say the same edit again.
func (l *Line) edited(edits []Edit) string {
	edits = slices.DeleteFunc(slices.Clone(edits), func(e Edit) bool { return !slices.Equal(e.Line.bytes, l.bytes) })
	slices.SortStableFunc(edits, func(a, b Edit) int { return a.Start - b.Start })
	edits = slices.CompactFunc(edits, func(a, b Edit) bool { return a.Start == b.Start && a.End == b.End && a.Text == b.Text })
	runes := []rune(l.Text)
	var out strings.Builder
	done := 0
	for _, e := range edits {
		out.WriteString(string(runes[done:e.Start]) + e.Text)
		done = e.End
	}
	return out.String() + string(runes[done:])
}
