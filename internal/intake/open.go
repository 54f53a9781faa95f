package intake

import (
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/archive"
	"github.com/zhijian-qa/zhijian/internal/call"
)

// opener turns found files into chunks.
type opener struct {
	opt     *Options
	yield   func(Chunk) bool
	read    int // transcripts read in the current folder
	failed  int // inputs that were lost, in all
	formats []format
	header  func(headers) bool // of the sheets of a workbook that are read
	cdr     *records           // what calls are joined with; nil for nothing
	limits  archive.Limits
	spare   spare
	head    []byte // the start of one file after the other: allocating it took longer than reading a small one
}

func newOpener(opt *Options, yield func(Chunk) bool) *opener {
	return &opener{opt: opt, formats: formats(), header: headers.transcript, limits: archive.Standard(), spare: make(spare, 8), head: make([]byte, headSize), yield: yield}
}

// check is the problem with the options, nil if there is none.
func (o *opener) check() *call.Problem {
	names := formatNames()
	if o.opt.Format != "" && !slices.Contains(names, o.opt.Format) {
		return &call.Problem{Fatal: true, What: call.Sayf("没有名为 %q 的格式；可用：%s", "no format is called %q; there are %s",
			o.opt.Format, strings.Join(names, ", "))}
	}
	if o.opt.Vendor != "" && !slices.Contains(Vendors(), o.opt.Vendor) {
		return &call.Problem{Fatal: true, What: call.Sayf("不认识话单厂商 %q；可用：%s", "the vendor %q of call records is not known; there are %s",
			o.opt.Vendor, strings.Join(Vendors(), ", "))}
	}
	if all := Encodings(); o.opt.Encoding != "" && !slices.Contains(all, o.opt.Encoding) {
		hint := call.DidYouMean(o.opt.Encoding, all)
		return &call.Problem{Fatal: true, What: call.Sayf("没有名为 %[1]q 的编码%[3]s；可用：%[2]s", "no encoding is called %[1]q%[4]s; there are %[2]s",
			o.opt.Encoding, strings.Join(all, ", "), hint.ZH, hint.EN)}
	}
	if channels := AgentChannels(); o.opt.AgentChannel != "" && !slices.Contains(channels, o.opt.AgentChannel) {
		return &call.Problem{Fatal: true, What: call.Sayf("坐席声道 %q 不对；可用：%s", "agent channel %q is not known; there are %s",
			o.opt.AgentChannel, strings.Join(channels, ", "))}
	}
	return nil
}

// open yields the chunks of one found file. It returns false when nobody wants more.
func (o *opener) open(f found) bool {
	in := &input{found: f, name: f.path}
	switch {
	case f.problem != nil:
		return o.yield(Chunk{problem: f.problem})
	case f.kind == folderStart:
		o.read = 0
		return true
	case f.kind == folderEnd:
		return o.read > 0 || o.fail(in, call.Sayf("文件夹里没有可读的通话记录；可读 %s；话术库请用 zhijian script", "the folder holds no transcript; %s are read; script libraries are for zhijian script", readable()))
	case f.path == "-":
		return o.stdin(in)
	}
	return o.file(in)
}

func (o *opener) stdin(in *input) bool {
	if o.opt.StdinName != "" {
		in.path, in.name = o.opt.StdinName, o.opt.StdinName
	}
	if o.opt.Stdin == nil {
		return o.fail(in, call.Sayf("没有标准输入", "there is no standard input"))
	}
	in.raw = &counter{r: o.opt.Stdin}
	in.r = in.raw
	return o.input(in)
}

func (o *opener) file(in *input) bool {
	if data := o.small(in); data != nil {
		in.raw = &counter{n: len(data)}
		return o.silent(data) || o.text(in, data)
	}
	file, err := os.Open(in.path)
	if err != nil {
		return o.unopened(in, err)
	}
	defer file.Close() //nolint:errcheck // only read
	in.file, in.raw = file, &counter{r: file}
	in.r = in.raw
	return o.input(in)
}

// small is all that is in a small file that is not packed; nil for any other, and for an empty one.
func (o *opener) small(in *input) []byte {
	if !in.regular {
		return nil
	}
	if !o.opt.Contacts {
		if data := o.opt.Kept.take(in.path); data != nil {
			return data
		}
	}
	n, ok := readSmall(in.path, o.head)
	if !ok || n == 0 || archive.Sniff(o.head[:n]) != archive.None {
		return nil
	}
	if o.opt.Contacts {
		o.opt.Kept.put(in.path, o.head[:n])
	}
	return o.head[:n]
}

// unopened reports a file that could not be opened. That one in a folder is not there, or not to be seen, is
// told as the walk would have: it does not ask about each.
func (o *opener) unopened(in *input, err error) bool {
	if _, lost := os.Stat(in.path); in.walked && lost != nil {
		why := whyUnread(lost)
		return o.fail(in, call.Sayf("无法读取：%[1]s", "cannot be read: %[2]s", why.ZH, why.EN))
	}
	why := whyUnread(err)
	return o.fail(in, call.Sayf("无法打开：%[1]s", "cannot open: %[2]s", why.ZH, why.EN))
}

// input yields the chunks of an input, packed or not.
func (o *opener) input(in *input) bool {
	n, err := io.ReadFull(in.r, o.head)
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		in.r = nil
	case err != nil && n == 0:
		return o.unreadable(in, err)
	case err != nil:
		in.r = brokenOff{err}
	}
	kind := archive.Sniff(o.head[:n])
	switch {
	case kind != archive.None:
		return o.unbox(in, kind, o.head[:n])
	case in.member != "":
		return o.fail(in, call.Sayf("不是压缩包，里面没有 %s；请检查路径", "it is no archive and has no %s in it; check the path", in.member))
	}
	return in.r == nil && o.silent(o.head[:n]) || o.text(in, o.head[:n])
}

// brokenOff is the rest of an input that could not be read.
type brokenOff struct{ err error }

// Read tells why.
func (b brokenOff) Read([]byte) (int, error) { return 0, b.err }

// text detects encoding and format of an input that starts with head, and yields its chunks.
func (o *opener) text(in *input, head []byte) bool {
	if what := binary(head); what != nil {
		return o.unknown(in, what)
	}
	cs, ok := o.charset(in, head)
	if o.opt.Encoding != "" && !ok {
		return o.fail(in, misread(o.opt.Encoding, head, in.r == nil))
	}
	if !ok {
		what := call.Sayf("认不出文字编码；请另存为 UTF-8，或用 --encoding 指定（%s）", "the text encoding is not known; save it as UTF-8, or name it with --encoding (%s)", strings.Join(Encodings(), ", "))
		return o.unknown(in, &what)
	}
	s := newStream(in.raw, head, in.r, cs, o.spare)
	if len(s.text()) == 0 {
		return o.fail(in, call.Sayf("文件是空的；请检查导出", "the file is empty; check the export"))
	}
	start := s.buf[:min(len(s.buf), headSize)]
	if !s.sound {
		start = mended(start)
	}
	smp := newSample(in.name, start)
	format := o.format(smp)
	if format == nil && smp.json != nil {
		smp, format = o.lookDeeper(in.name, s, smp)
	}
	if format == nil {
		if what, ok := failedJob(smp); ok {
			return o.fail(in, what)
		}
		what := unknownFormat(smp)
		return o.unknown(in, &what)
	}
	o.read++
	return o.chunks(in, s, format, smp)
}

// charset is the encoding of an input that starts with head: the one that is named, or
// that of its content. ok is false if head is not in it.
func (o *opener) charset(in *input, head []byte) (cs charset, ok bool) {
	switch {
	case in.utf8:
		return charsets()[0], true
	case o.opt.Encoding == "":
		return detectCharset(head, in.r == nil)
	}
	const damaged = 0.1 // characters that are merely damaged are reported by their lines
	cs = namedCharset(o.opt.Encoding, head)
	return cs, cs.misfit(head) < damaged && cs.score(suspicious(head), commonCharacters()) > leastScore
}

// misread says that head is not in the encoding that was named, and what it is in.
func misread(name string, head []byte, whole bool) call.Say {
	cs, ok := detectCharset(head, whole)
	if !ok {
		return call.Sayf("按 --encoding %[1]s 解不出文字；请换一种编码", "it is no text in %[1]s, which --encoding names; name another", name)
	}
	return call.Sayf("按 --encoding %[1]s 解不出文字，看起来是 %[2]s；请去掉 --encoding 或改为 %[2]s", "it is no text in %[1]s, which --encoding names, but looks like %[2]s; leave --encoding out or name that", name, cs.name)
}

func (o *opener) format(smp *sample) *format {
	for i := range o.formats {
		if f := &o.formats[i]; o.opt.Format == f.name || o.opt.Format == "" && f.sniff(smp) {
			return f
		}
	}
	return nil
}

// lookDeeper finds the format of JSON that its start does not tell: where long texts
// stand before the key that it is known by, and where the first value is of no format.
func (o *opener) lookDeeper(name string, s *stream, smp *sample) (*sample, *format) {
	for other := range smp.others {
		if format := o.format(other); format != nil {
			return smp, format
		}
	}
	const limit = 4 << 20
	s.fill(limit)
	if len(s.buf) <= headSize {
		return smp, nil
	}
	deep := sampleUpTo(limit, name, s.buf)
	if deep.json == nil {
		return smp, nil
	}
	return deep, o.format(deep)
}

// chunks yields the input piece by piece.
func (o *opener) chunks(in *input, s *stream, format *format, smp *sample) bool {
	c := Chunk{spare: o.spare, format: format, opt: o.opt, source: in.path, cdr: o.cdr, name: withoutPacking(in.name), charset: s.charset, sound: s.sound, first: true, lines: smp.lines, array: smp.array && !format.takesWhole(smp)}
	for c.sniffed = smp.plain; !s.done(); c.sniffed = nil {
		line := s.line
		data, records, err := s.next(format, &c)
		c.data, c.line, c.Size = data, line, in.size()
		whole := c.first && s.done() && err == nil
		c.only, c.brief = whole && !format.callless, whole && in.regular && in.ready && len(data) <= headSize
		if o.cdr != nil && len(data) > 0 {
			o.cdr.open.Add(1)
		}
		if format.prepare != nil {
			format.prepare(&c)
		}
		if len(data) > 0 && !o.yield(c) {
			return false
		}
		if err != nil && !o.fail(in, *err, line) {
			return false
		}
		c.before += records
		c.first = false
	}
	return true
}

// takesWhole reports whether an array at the top is one value.
func (f *format) takesWhole(smp *sample) bool { return f.whole != nil && f.whole(smp) }

// unknown reports an input that nothing is known of, or the reason for that if it broke off.
func (o *opener) unknown(in *input, what *call.Say) bool {
	if b, ok := in.r.(brokenOff); ok {
		return o.unreadable(in, b.err)
	}
	return o.refuse(in, what)
}

func (o *opener) unreadable(in *input, err error) bool {
	what := sayOf(err)
	return o.fail(in, call.Say{ZH: "读取失败：" + what.ZH, EN: "cannot be read: " + what.EN})
}

// refuse reports an input that is no transcript: fatal unless it merely lay in a folder.
func (o *opener) refuse(in *input, what *call.Say) bool {
	p := call.Problem{File: in.path, What: *what, Fatal: !in.walked}
	return o.yield(Chunk{problem: &p, Size: in.size()})
}

func (o *opener) fail(in *input, what call.Say, line ...int) bool {
	o.failed++
	p := call.Problem{File: in.path, What: what, Fatal: true}
	if len(line) > 0 {
		p.Line = line[0]
	}
	return o.yield(Chunk{problem: &p, Size: in.size()})
}
