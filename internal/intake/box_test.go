package intake

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/zhijian-qa/zhijian/internal/archive"
	"github.com/zhijian-qa/zhijian/internal/call"
)

// packed is one file of an archive.
type packed struct{ name, text string }

func gz(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return b.String()
}

func zst(text string) string {
	w, _ := zstd.NewWriter(nil)
	return string(w.EncodeAll([]byte(text), nil))
}

func zipped(files ...packed) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		to, _ := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, NonUTF8: true})
		_, _ = to.Write([]byte(f.text))
	}
	_ = w.Close()
	return b.String()
}

func tarred(files ...packed) string {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, f := range files {
		_ = w.WriteHeader(&tar.Header{Name: f.name, Size: int64(len(f.text)), Mode: 0o600, Typeflag: tar.TypeReg, Format: tar.FormatGNU})
		_, _ = w.Write([]byte(f.text))
	}
	_ = w.Close()
	return b.String()
}

// encrypted sets the flag of a password on every member of a zip.
func encrypted(data string) string {
	data = strings.ReplaceAll(data, "PK\x03\x04\x14\x00\x08", "PK\x03\x04\x14\x00\x09")
	return strings.ReplaceAll(data, "PK\x01\x02\x14\x00\x14\x00\x08", "PK\x01\x02\x14\x00\x14\x00\x09")
}

// broken changes a byte of the first text of a zip.
func broken(data string) string {
	b := []byte(data)
	b[45] ^= 0xFF
	return string(b)
}

func TestBoxes(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("六月/投诉.txt")
	require.NoError(t, err)
	two := []packed{{"june/b.txt", goodText}, {"a.jsonl", goodLine}}
	for _, test := range []struct {
		name, file, data string
		calls            []string // "source id"
		want             []string // problems
	}{
		{"gz", "c.txt.gz", gz(goodText), []string{"c.txt.gz c"}, nil},
		{"zst", "c.jsonl.zst", zst(goodLine + "\n" + strings.Replace(goodLine, `"id":"G",`, "", 1)), []string{"c.jsonl.zst G", "c.jsonl.zst c:2"}, nil},
		{"wrong extension", "c.txt", gz(goodText), []string{"c.txt c"}, nil},
		{"zip", "x.zip", zipped(two...), []string{"x.zip/june/b.txt b", "x.zip/a.jsonl G"}, nil},
		{"tar", "x.tar", tarred(two...), []string{"x.tar/june/b.txt b", "x.tar/a.jsonl G"}, nil},
		{"tar.gz", "x.tar.gz", gz(tarred(two...)), []string{"x.tar.gz/june/b.txt b", "x.tar.gz/a.jsonl G"}, nil},
		{"tgz", "x.tgz", gz(tarred(two...)), []string{"x.tgz/june/b.txt b", "x.tgz/a.jsonl G"}, nil},
		{"tar.zst", "x.tar.zst", zst(tarred(two...)), []string{"x.tar.zst/june/b.txt b", "x.tar.zst/a.jsonl G"}, nil},
		{"standard input", "-", zipped(two...), []string{"-/june/b.txt b", "-/a.jsonl G"}, nil},
		{"gz in zip", "x.zip", zipped(packed{"c.txt.gz", gz(goodText)}), []string{"x.zip/c.txt.gz c"}, nil},
		{"zip in zip", "x.zip", zipped(packed{"y.zip", zipped(two...)}), []string{"x.zip/y.zip/june/b.txt b", "x.zip/y.zip/a.jsonl G"}, nil},
		{"tar.gz in zip", "x.zip", zipped(packed{"y.tar.gz", gz(tarred(two...))}), []string{"x.zip/y.tar.gz/june/b.txt b", "x.zip/y.tar.gz/a.jsonl G"}, nil},
		{"zip in zip in zip", "x.zip", zipped(packed{"y.zip", zipped(packed{"z.zip", zipped(two...)}, two[0])}), []string{"x.zip/y.zip/june/b.txt b"},
			[]string{"x.zip/y.zip/z.zip: it is packed more than 2 times and was not read; unpack it once"}},
		{"gz in gz in gz", "x.gz", gz(gz(gz(goodText))), nil, []string{"x.gz: it is packed more than 2 times"}},
		{"names", "x.zip", zipped(packed{gb, goodText}, packed{`..\..\etc\a.txt`, goodText}, packed{"/root/../b\x1b[31m.txt", goodText}, packed{`C:\c.txt`, goodText}),
			[]string{"x.zip/六月/投诉.txt 投诉", "x.zip/etc/a.txt a", "x.zip/root/b\uFFFD[31m.txt b\uFFFD[31m", "x.zip/c.txt c"}, nil},
		{"junk", "x.zip", zipped(packed{"__MACOSX/a.txt", "\x00"}, packed{".DS_Store", "\x00"}, packed{"a/Thumbs.db", "\x00"}, packed{"a/.b.txt", "\x00"}, two[0]), []string{"x.zip/june/b.txt b"}, nil},
		{"other files", "x.zip", zipped(two[0], packed{"a.wav", "RIFF"}, packed{"n.txt", "随便写写，没有人说话。"}), []string{"x.zip/june/b.txt b"},
			[]string{"warning: x.zip/n.txt: no speaker labels found", "warning: x.zip: other files skipped: 1 (.wav 1)"}},
		{"nothing in it", "x.zip", zipped(packed{"a.wav", "RIFF"}), nil, []string{"warning: x.zip: other files skipped", "x.zip: the archive holds no transcript; .json"}},
		{"empty zip", "x.zip", zipped(), nil, []string{"x.zip: the archive holds no transcript"}},
		{"encrypted", "x.zip", encrypted(zipped(two...)), nil, []string{"x.zip: files in it that need a password, not read: 2 (the first is x.zip/june/b.txt)"}},
		{"a broken member", "x.zip", broken(zipped(two...)), []string{"x.zip/a.jsonl G"}, []string{"x.zip/june/b.txt: cannot be read: the "}},
		{"cut zip", "x.zip", zipped(two...)[:150], nil, []string{"x.zip: the archive is damaged or cut off; transfer it again"}},
		{"cut gz", "c.jsonl.gz", cut(gz(goodLine + "\n" + noise())), []string{"c.jsonl.gz G"}, []string{"c.jsonl.gz:2: c:2: the JSON is broken", "c.jsonl.gz:1: reading failed: the packed data is cut off; transfer it again; the rest was not checked"}},
		{"cut tar", "x.tar", tarred(two...)[:1024+600], []string{"x.tar/june/b.txt b"}, []string{"x.tar/a.jsonl:1: a:1: the JSON is broken", "x.tar/a.jsonl:1: reading failed: the packed data is cut off", "x.tar: the packed data is cut off"}},
		{"wrong checksum", "c.txt.gz", gz(goodText)[:len(gz(goodText))-5] + "12345", []string{"c.txt.gz c"}, []string{"c.txt.gz:1: reading failed: the checksum"}},
		{"gz of nothing", "c.txt.gz", gz(""), nil, []string{"c.txt.gz: the file is empty"}},
		{"no gz", "c.txt.gz", "\x1f\x8bnot packed at all", nil, []string{"c.txt.gz: cannot be read: the packed data is damaged (gzip: invalid header)"}},
		{"workbook", "x.zip", zipped(packed{"xl/workbook.xml", "<workbook/>"}), nil, []string{"x.zip: .xlsx is not read; export it"}},
		{"open document", "x.ods", zipped(packed{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, packed{"content.xml", "<x/>"}), nil, []string{"x.ods: .odt/.ods is not read; export it"}},
		{"7z", "x.7z", "7z\xBC\xAF\x27\x1C....", nil, []string{"x.7z: compressed files of this kind are not read"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			calls, problems := read(test.file, test.data)
			assert.Equal(t, test.calls, sources(calls))
			sameProblems(t, test.want, problems)
			if test.file == "-" {
				return
			}
			t.Chdir(t.TempDir())
			require.NoError(t, os.WriteFile(test.file, []byte(test.data), 0o600))
			calls, problems = readAll(Options{}, test.file)
			assert.Equal(t, test.calls, sources(calls))
			sameProblems(t, test.want, problems)
			left, err := os.ReadDir(".")
			require.NoError(t, err)
			assert.Len(t, left, 1, "something was written")
		})
	}
}

func sources(calls []*call.Call) (out []string) {
	for _, k := range calls {
		out = append(out, k.Source+" "+k.ID)
	}
	return out
}

// noise is a line of JSON that hardly shrinks.
func noise() string {
	var b strings.Builder
	x := uint32(1)
	for b.Len() < 300_000 {
		x = x*1664525 + 1013904223
		b.WriteByte('a' + byte(x>>24)%26)
	}
	return `{"id":"` + b.String() + `","turns":[]}`
}

func cut(s string) string { return s[:len(s)/2] }

// A member can be named as a path, the way reports name it.
func TestPathsInArchives(t *testing.T) {
	t.Chdir(t.TempDir())
	data := zipped(packed{"june/b.txt", goodText}, packed{"june/c.txt", goodText}, packed{"a.md", goodText}, packed{"y.zip", zipped(packed{"july/d.txt", goodText})})
	require.NoError(t, os.Mkdir("in", 0o700))
	require.NoError(t, os.WriteFile("in/x.zip", []byte(data), 0o600))
	require.NoError(t, os.WriteFile("in/e.txt", []byte(goodText), 0o600))
	for path, want := range map[string][]string{
		"in/x.zip/june/b.txt":       {"in/x.zip/june/b.txt b"},
		"in/x.zip/june":             {"in/x.zip/june/b.txt b", "in/x.zip/june/c.txt c"},
		"in/x.zip/a.md":             {"in/x.zip/a.md a"},
		"in/x.zip/y.zip":            {"in/x.zip/y.zip/july/d.txt d"},
		"in/x.zip/y.zip/july/d.txt": {"in/x.zip/y.zip/july/d.txt d"},
		"in":                        {"in/e.txt e", "in/x.zip/june/b.txt b", "in/x.zip/june/c.txt c", "in/x.zip/y.zip/july/d.txt d"},
	} {
		calls, problems := readAll(Options{}, path)
		assert.Equal(t, want, sources(calls), path)
		problems = slices.DeleteFunc(problems, func(p call.Problem) bool { return strings.Contains(p.What.EN, ".md 1") })
		assert.Empty(t, problems, path)
	}
	for path, want := range map[string]string{
		"in/x.zip/may/b.txt":         "in/x.zip: there is no may/b.txt in it; check the path",
		"in/x.zip/y.zip/july/e.txt":  "in/x.zip/y.zip: there is no july/e.txt in it; check the path",
		"in/e.txt/b.txt":             "in/e.txt: it is no archive and has no b.txt in it; check the path",
		"in/x.zip/june/b.txt/or.txt": "in/x.zip/june/b.txt: it is no archive and has no or.txt in it",
	} {
		_, problems := readAll(Options{}, path)
		sameProblems(t, []string{want}, problems)
	}
}

func TestInside(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "x.zip")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	got, member, ok := Inside(filepath.Join(file, "june", "b.txt"))
	assert.True(t, ok)
	assert.Equal(t, file, got)
	assert.Equal(t, "june/b.txt", member)
	for _, path := range []string{folder, filepath.Join(folder, "y.zip", "b.txt"), "x.zip", "-"} {
		_, _, ok := Inside(path)
		assert.False(t, ok, path)
	}
}

// Limits are those of what is unpacked, whatever an archive says of itself.
func TestBombs(t *testing.T) {
	limits := archive.Limits{Members: 3, Member: 1 << 20, Total: 3 << 20, Ratio: 20, Free: 100 << 10, Buffered: 64 << 10}
	bomb := strings.Repeat(goodText, 1<<19/len(goodText))
	fair := goodLine + "\n" + noise()
	for name, test := range map[string]struct{ data, want string }{
		"gz":            {gz(bomb), "bytes unpack to 0 MB, more than 20 times as many"},
		"zst":           {zst(bomb), "more than 20 times as many"},
		"zip":           {zipped(packed{"a.txt", bomb}), "more than 20 times as many"},
		"gz in zip":     {zipped(packed{"a.gz", gz(bomb)}), "more than 20 times as many"},
		"long gz":       {gz(strings.Repeat(fair, 4)), "more than 1 MB were unpacked, the limit for one file"},
		"long in tar":   {tarred(packed{"a.jsonl", strings.Repeat(fair, 4)}), "it has 1 MB, and one file may have 1 MB"},
		"many":          {zipped(packed{"a", ""}, packed{"b", ""}, packed{"c", ""}, packed{"d", ""}), "the archive has 4 files or more, and may have 3"},
		"many in tar":   {tarred(packed{"a", ""}, packed{"b", ""}, packed{"c", ""}, packed{"d", ""}), "the archive has 4 files or more, and may have 3"},
		"long zip":      {zipped(packed{"a.jsonl", fair}), "a .zip inside another file or on standard input may have 0 MB"},
		"many, in two":  {zipped(packed{"y.zip", zipped(packed{"a.txt", goodText}, packed{"b.txt", goodText}, packed{"c.txt", goodText})}), "the archive has 4 files or more"},
		"small members": {gz(tarred(packed{"a.txt", bomb[:1<<17]}, packed{"b.txt", bomb[:1<<17]})), "more than 20 times as many"},
	} {
		t.Run(name, func(t *testing.T) {
			o := opener{opt: &Options{Stdin: strings.NewReader(test.data)}, formats: formats(), limits: limits, head: make([]byte, headSize)}
			var told []string
			o.yield = func(c Chunk) bool {
				for it := range c.Items {
					if it.Problem != nil && it.Problem.Fatal {
						told = append(told, it.Problem.What.EN)
					}
				}
				return true
			}
			o.open(found{path: "-"})
			assert.Contains(t, strings.Join(told, "\n"), test.want)
		})
	}
}

// A gzip file of any length is read in the memory of a small one.
func TestLongGzipIsStreamed(t *testing.T) {
	const perText, times = 1000, 40
	text := sampleLines(perText)
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	for range times {
		_, _ = w.Write(text)
	}
	require.NoError(t, w.Close())
	file := filepath.Join(t.TempDir(), "c.jsonl.gz")
	require.NoError(t, os.WriteFile(file, b.Bytes(), 0o600))
	chunks, calls, size := 0, 0, 0
	for c := range Open(context.Background(), []string{file}, Options{}) {
		assert.LessOrEqual(t, len(c.data), spareSize)
		chunks++
		size += c.Size
		for it := range c.Items {
			require.NotNil(t, it.Call)
			calls++
		}
	}
	assert.Equal(t, perText*times, calls)
	assert.Greater(t, chunks, 10)
	assert.Equal(t, b.Len(), size, "for the progress bar")
}
