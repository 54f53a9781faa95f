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

func FuzzCanonical(f *testing.F)   { fuzz(f, "canonical", "canonical*") }
func FuzzPlain(f *testing.F)       { fuzz(f, "plain", "plain*") }
func FuzzJDDC(f *testing.F)        { fuzz(f, "jddc", "jddc*") }
func FuzzSereTOD(f *testing.F)     { fuzz(f, "seretod", "seretod*") }
func FuzzTable(f *testing.F)       { fuzz(f, "table", "table-*") }
func FuzzLabelTab(f *testing.F)    { fuzz(f, "label-tab", "label-tab*") }
func FuzzSubRip(f *testing.F)      { fuzz(f, "srt", "*.srt") }
func FuzzWebVTT(f *testing.F)      { fuzz(f, "vtt", "*.vtt") }
func FuzzLRC(f *testing.F)         { fuzz(f, "lrc", "*.lrc") }
func FuzzHTMLList(f *testing.F)    { fuzz(f, "html-li", "html-li*") }
func FuzzTencentText(f *testing.F) { fuzz(f, "tencent-text", "tencent-text*") }
func FuzzTencentForm(f *testing.F) { fuzz(f, "tencent-callback", "tencent-callback*") }

// FuzzTime checks that a time in a cell is understood the same way twice, and never before 0.
func FuzzTime(f *testing.F) {
	for _, s := range []string{"2026-03-18 14:05:12.82", "3/18/26 2:05 PM", "46099.586944", "1小时2分3秒", "75:03.2", "1776389405000", "PT0.82S"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, ok := readTime(s, seconds)
		if b, again := readTime(s, seconds); a != b || ok != again {
			t.Fatal("not the same twice")
		}
		if a.kind != aDate && a.ms < 0 {
			t.Fatalf("%q: %+v", s, a)
		}
	})
}

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
