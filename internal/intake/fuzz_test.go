package intake

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"
)

// fuzz checks that a format gives the same valid calls twice for any input, and never panics.
func fuzz(f *testing.F, format, pattern string) {
	files, err := filepath.Glob(filepath.Join(samples, pattern))
	if err != nil || len(files) == 0 {
		f.Fatal("no samples for", pattern, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		opt := Options{Format: format, Stdin: bytes.NewReader(data)}
		calls, problems := readAll(opt, "-")
		for _, k := range calls {
			if k.ID == "" || len(k.Turns) == 0 || k.Line < 1 {
				t.Fatalf("call without id, turns or line: %+v", k)
			}
			for _, turn := range k.Turns {
				if turn.Role == "" || !utf8.ValidString(turn.Text) {
					t.Fatalf("bad turn: %+v", turn)
				}
			}
		}
		opt.Stdin = bytes.NewReader(data)
		again, problemsAgain := readAll(opt, "-")
		if len(again) != len(calls) || len(problemsAgain) != len(problems) {
			t.Fatal("not the same twice")
		}
	})
}

func FuzzCanonical(f *testing.F) { fuzz(f, "canonical", "canonical*") }
func FuzzPlain(f *testing.F)     { fuzz(f, "plain", "plain*") }
func FuzzJDDC(f *testing.F)      { fuzz(f, "jddc", "jddc*") }
func FuzzSereTOD(f *testing.F)   { fuzz(f, "seretod", "seretod*") }

// FuzzDetect reads any input the way a user does who names no format.
func FuzzDetect(f *testing.F) { fuzz(f, "", "*") }
