package intake

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/archive"
	"github.com/zhijian-qa/zhijian/internal/call"
)

// maxDepth is how many packings may be around a transcript: a .gz in a .zip is in two.
const maxDepth = 2

// input is a file, or a member of one that is packed, before anything is known of it.
type input struct {
	found
	name  string         // that its format is told by: without .gz
	raw   *counter       // the file: how much of it was read
	r     io.Reader      // what is in it
	file  *os.File       // the file, if r is one that is not packed
	guard *archive.Guard // nil outside of what is packed
	depth int            // packings around it
	utf8  bool           // r is in UTF-8, whatever encoding is named
	whole bool           // r is what one stream was packed from: a tar in it is the same packing
}

// size is how many bytes of the file were read since it was last asked.
func (in *input) size() int {
	if in.raw == nil {
		return 0
	}
	return in.raw.since()
}

// unbox reads what is packed in an input that starts with head.
func (o *opener) unbox(in *input, kind archive.Kind, head []byte) bool {
	in.r = rest(head, in.r)
	in.guarded(o.limits)
	sameBox := in.whole && kind == archive.Tar
	if kind == archive.Zip {
		return o.zip(in)
	}
	if !sameBox && !o.deeper(in) {
		return true
	}
	if kind == archive.Tar {
		return o.members(in, in.guard.Tar(in.r))
	}
	r := in.guard.Unpack(kind, in.r)
	defer r.Close() //nolint:errcheck // only read
	in.r, in.file, in.name, in.whole = r, nil, withoutPacking(in.name), true
	return o.input(in)
}

// deeper notes one more packing; it reports an input that has too many and returns false.
func (o *opener) deeper(in *input) bool {
	in.depth++
	return in.depth <= maxDepth || o.fail(in, call.Sayf("压缩了 %d 层以上，没有读；请先解压一层", "it is packed more than %d times and was not read; unpack it once", maxDepth)) && false
}

// guarded sets limits to what is unpacked from the file.
func (in *input) guarded(limits archive.Limits) {
	if in.guard == nil {
		in.guard = archive.NewGuard(limits, in.bytes)
	}
}

// bytes is the size of the file, or how much of it was read where it is no file.
func (in *input) bytes() int64 {
	if in.file != nil {
		if info, err := in.file.Stat(); err == nil && info.Mode().IsRegular() {
			return info.Size()
		}
	}
	return int64(in.raw.n)
}

// zip reads a zip file: an Office document as a file, anything else as a folder.
func (o *opener) zip(in *input) bool {
	at, size, err := in.random()
	if err != nil {
		return o.fail(in, sayOf(err))
	}
	z, err := in.guard.Zip(at, size)
	if err != nil {
		return o.fail(in, sayOf(err))
	}
	for _, d := range offices() {
		if z.Has(d.part) {
			return o.office(in, d, at, size)
		}
	}
	return !o.deeper(in) || o.members(in, z.Members())
}

// random is the input for reading anywhere in it: the file, or all of it in memory.
func (in *input) random() (io.ReaderAt, int64, error) {
	if in.file != nil {
		if info, err := in.file.Stat(); err == nil && info.Mode().IsRegular() {
			return counterAt{in.file, in.raw}, info.Size(), nil
		}
	}
	data, err := in.guard.Buffer(in.r)
	return bytes.NewReader(data), int64(len(data)), err
}

// boxed counts what is seen while an archive is read.
type boxed struct {
	read    int // transcripts read before
	met     bool
	failed  int // inputs that were lost before
	skipped skips
	locked  int    // members that need a password
	first   string // of them
}

// members reads the files of an archive as those of a folder are.
func (o *opener) members(in *input, members func(yield func(archive.Member) bool)) bool {
	b := boxed{read: o.read, failed: o.failed, skipped: skips{}}
	for m := range members {
		if !o.member(in, &m, &b) {
			return false
		}
	}
	return o.tellBox(in, &b)
}

// member reads one file of an archive if it is one that is looked at.
func (o *opener) member(in *input, m *archive.Member, b *boxed) bool {
	if m.Name == "" {
		b.met = true
		return o.fail(in, sayOf(m.Err))
	}
	inner, asked := in.inner(m)
	if !asked {
		return true
	}
	b.met = true
	switch {
	case inner.walked && archive.Junk(m.Name):
		return true
	case inner.walked && !slices.Contains(extensions(), extension(m.Name)):
		b.skipped.add(m.Name)
		return true
	case m.Locked:
		if b.locked++; b.locked == 1 {
			b.first = inner.path
		}
		return true
	}
	r, err := m.Open()
	if err != nil {
		return o.fail(inner, sayOf(err))
	}
	defer r.Close() //nolint:errcheck // only read
	inner.r = r
	return o.input(inner)
}

// inner is the input that a member of in is. asked is false where something else in the
// archive is wanted.
func (in *input) inner(m *archive.Member) (inner *input, asked bool) {
	out := *in
	out.file, out.whole, out.name = nil, false, m.Name
	out.path = in.path + "/" + m.Name
	rest, through := strings.CutPrefix(in.member, m.Name+"/") // it is an archive in which something is wanted
	out.member = rest
	exact := in.member == m.Name
	if !through {
		out.member = ""
	}
	out.walked = in.walked || !through && !exact
	return &out, in.member == "" || through || exact || strings.HasPrefix(m.Name, in.member+"/")
}

// tellBox tells what was not read of an archive.
func (o *opener) tellBox(in *input, b *boxed) bool {
	if note := b.skipped.note(in.path, extensions()); note != nil && !o.yield(Chunk{problem: note}) {
		return false
	}
	switch {
	case b.locked > 0:
		return o.fail(in, call.Sayf("里面有 %[1]d 个文件有密码，没有读（第一个是 %[2]s）；请先用密码解压", "files in it that need a password, not read: %[1]d (the first is %[2]s); unpack it with the password first", b.locked, b.first))
	case o.failed > b.failed || o.read > b.read:
		return true
	case in.member != "" && !b.met:
		return o.fail(in, call.Sayf("里面没有 %s；请检查路径", "there is no %s in it; check the path", in.member))
	}
	what := call.Sayf("压缩包里没有可读的通话记录；可读 %s；话术库请先解压，用 zhijian script", "the archive holds no transcript; %s are read; unpack script libraries for zhijian script", readable())
	return o.refuse(in, &what)
}

// office reads an Office document by way of its text.
func (o *opener) office(in *input, d office, at io.ReaderAt, size int64) bool {
	if d.text == nil || d.extension == ".docx" && o.opt.Word == nil {
		what := call.Sayf("不读 %s；请另存为 UTF-8 文本或 JSONL", "%s is not read; export it as UTF-8 text or JSONL", d.extension)
		return o.refuse(in, &what)
	}
	r, err := d.text(o, at, size)
	if err != nil {
		return o.fail(in, sayOf(err))
	}
	in.r, in.file, in.utf8 = r, nil, true
	return o.input(in)
}

// word is the text of a Word document.
func (o *opener) word(at io.ReaderAt, size int64) (io.Reader, error) {
	data := make([]byte, min(size, o.limits.Buffered))
	if size > o.limits.Buffered {
		return nil, archive.Fault{Say: call.Sayf("文档有 %d MB，上限是 %d MB；请分成几个", "the document has %d MB, and may have %d MB; split it", size>>20, o.limits.Buffered>>20)}
	}
	if _, err := at.ReadAt(data, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	text, problem := o.opt.Word(data)
	if problem != nil {
		return nil, archive.Fault{Say: *problem}
	}
	return strings.NewReader(text), nil
}

// office is a kind of document of Word or Excel, or of a program like them: a zip file
// that holds a certain part.
type office struct {
	part      string
	extension string
	// text is the document as text that the formats know: lines of a document, rows of
	// a workbook with a tab between cells. What is wrong with it is an archive.Fault.
	text func(o *opener, r io.ReaderAt, size int64) (io.Reader, error)
}

func offices() []office {
	return []office{
		{part: "word/document.xml", extension: ".docx", text: (*opener).word},
		{part: "xl/workbook.xml", extension: ".xlsx"},
		{part: "xl/workbook.bin", extension: ".xlsb"},
		{part: "ppt/presentation.xml", extension: ".pptx"},
		{part: "mimetype", extension: ".odt/.ods"},
	}
}

// withoutPacking is the name of what is packed in a file: call.txt in call.txt.gz.
func withoutPacking(name string) string {
	if slices.Contains(archive.Extensions(), extension(name)) {
		return name[:len(name)-len(filepath.Ext(name))]
	}
	return name
}

func extension(name string) string { return strings.ToLower(filepath.Ext(name)) }

// sayOf is an error of reading in both languages.
func sayOf(err error) call.Say {
	if f := (archive.Fault{}); errors.As(err, &f) {
		return f.Say
	}
	return call.Sayf("%v", "%v", reason(err))
}
