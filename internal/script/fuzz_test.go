package script

import (
	"bytes"
	"path/filepath"
	"testing"
)

// fuzz checks that a carrier reads anything without a panic, that wordings stand in
// the file, in order, and that a file without edits, or with each wording replaced by itself, is
// what it was.
func fuzz(f *testing.F, extension string) {
	for name, data := range fixtures(f) {
		if filepath.Ext(name) == extension {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, problem := Read("a"+extension, data)
		if problem != nil {
			return
		}
		if same, err := l.Apply(nil); err != nil || !bytes.Equal(same, data) {
			t.Fatal("not the same", err)
		}
		d, _ := newDocument("a", data)
		for _, e := range l.Entries {
			for _, lines := range [][]Line{e.Lines, e.Forbidden} {
				for i := range lines {
					within(t, d, &lines[i])
				}
			}
		}
	})
}

// within checks that a line stands in the document.
func within(t *testing.T, d *document, l *Line) {
	if l.Text == "" || l.length() != len(l.bytes) {
		t.Fatalf("%q has %d places", l.Text, len(l.bytes))
	}
	for i, at := range l.bytes {
		if at.start < 0 || at.end < at.start || at.end > len(d.text) {
			t.Fatalf("%q stands at %v of %d", l.Text, at, len(d.text))
		}
		if i > 0 && at.start < l.bytes[i-1].end {
			t.Fatalf("%q is out of order: %v", l.Text, l.bytes)
		}
		if p := l.Place(i); p.Line < 1 || p.Column < 1 || p.Line > len(d.starts) {
			t.Fatalf("%q is at %+v", l.Text, p)
		}
	}
}

func FuzzCSV(f *testing.F)      { fuzz(f, ".csv") }
func FuzzTSV(f *testing.F)      { fuzz(f, ".tsv") }
func FuzzMarkdown(f *testing.F) { fuzz(f, ".md") }
func FuzzYAML(f *testing.F)     { fuzz(f, ".yaml") }
func FuzzJSON(f *testing.F)     { fuzz(f, ".json") }
func FuzzText(f *testing.F)     { fuzz(f, ".txt") }
