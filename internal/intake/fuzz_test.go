package intake

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/archive"
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

// FuzzBoxes opens anything that starts like a packed file, and gives the same twice
// within the limits.
func FuzzBoxes(f *testing.F) {
	two := []packed{{"june/b.txt", goodText}, {"a.jsonl", goodLine}}
	for _, data := range []string{gz(goodText), zst(goodText), zipped(two...), tarred(two...), gz(tarred(two...)), zipped(packed{"y.zip", zipped(two...)}), encrypted(zipped(two...))} {
		f.Add([]byte(data))
	}
	limits := archive.Limits{Members: 20, Member: 1 << 20, Total: 4 << 20, Ratio: 50, Free: 256 << 10, Buffered: 1 << 20}
	f.Fuzz(func(t *testing.T, data []byte) {
		read := func() (told []string) {
			o := opener{opt: &Options{Stdin: bytes.NewReader(data)}, formats: formats(), limits: limits, head: make([]byte, headSize)}
			o.yield = func(c Chunk) bool {
				for it := range c.Items {
					if it.Call != nil {
						told = append(told, it.Call.Source)
					} else {
						told = append(told, it.Problem.File)
					}
				}
				return true
			}
			o.open(found{path: "-"})
			return told
		}
		told := read()
		if len(told) == 0 {
			t.Fatal("neither a call nor a problem")
		}
		for _, s := range told {
			if strings.ContainsAny(s, "\x00\x1b\u202e") || strings.Contains(s, "/../") {
				t.Fatalf("cannot be shown: %q", s)
			}
		}
		if !slices.Equal(told, read()) {
			t.Fatal("not the same twice")
		}
	})
}
