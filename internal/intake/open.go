package intake

import (
	"io"
	"os"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// opener turns found files into chunks.
type opener struct {
	opt     *Options
	yield   func(Chunk) bool
	read    int // transcripts read in the current folder
	formats []format
	spare   spare
	head    []byte // the start of one file after the other: allocating it took longer than reading a small one
}

// check is the problem with the options, nil if there is none.
func (o *opener) check() *call.Problem {
	names := formatNames()
	if o.opt.Format != "" && !slices.Contains(names, o.opt.Format) {
		return &call.Problem{Fatal: true, What: call.Sayf("没有名为 %q 的格式；可用：%s", "no format is called %q; there are %s",
			o.opt.Format, strings.Join(names, ", "))}
	}
	if channels := []string{"", "0", "1", "L", "R", "first"}; !slices.Contains(channels, o.opt.AgentChannel) {
		return &call.Problem{Fatal: true, What: call.Sayf("坐席声道 %q 不对；可用：%s", "agent channel %q is not known; there are %s",
			o.opt.AgentChannel, strings.Join(channels[1:], ", "))}
	}
	return nil
}

// open yields the chunks of one found file. It returns false when nobody wants more.
func (o *opener) open(f found) bool {
	switch {
	case f.problem != nil:
		return o.yield(Chunk{problem: f.problem})
	case f.kind == folderStart:
		o.read = 0
		return true
	case f.kind == folderEnd:
		return o.read > 0 || o.fail(f, 0, call.Sayf("文件夹里没有可读的通话记录；可读 %s；话术库请用 zhijian script", "the folder holds no transcript; %s are read; script libraries are for zhijian script", readable()))
	case f.path == "-":
		return o.stdin(f)
	}
	return o.file(f)
}

func (o *opener) stdin(f found) bool {
	if o.opt.StdinName != "" {
		f.path = o.opt.StdinName
	}
	if o.opt.Stdin == nil {
		return o.fail(f, 0, call.Sayf("没有标准输入", "there is no standard input"))
	}
	return o.input(f, o.opt.Stdin)
}

func (o *opener) file(f found) bool {
	file, err := os.Open(f.path)
	if err != nil {
		return o.fail(f, 0, call.Sayf("无法打开：%v", "cannot open: %v", reason(err)))
	}
	defer file.Close() //nolint:errcheck // only read
	return o.input(f, file)
}

// input detects encoding and format of r and yields its chunks.
func (o *opener) input(f found, r io.Reader) bool {
	s, problem := newStream(r, o.head, o.spare)
	if problem != nil {
		return o.refuse(f, s, problem)
	}
	if len(s.text()) == 0 {
		return o.fail(f, s.size(), call.Sayf("文件是空的；请检查导出", "the file is empty; check the export"))
	}
	smp := newSample(f.path, s.buf)
	format := o.format(smp)
	if format == nil {
		what := unknownFormat(smp)
		return o.refuse(f, s, &what)
	}
	o.read++
	return o.chunks(f, s, format, smp)
}

func (o *opener) format(smp *sample) *format {
	for i := range o.formats {
		if f := &o.formats[i]; o.opt.Format == f.name || o.opt.Format == "" && f.sniff(smp) {
			return f
		}
	}
	return nil
}

// chunks yields the input piece by piece.
func (o *opener) chunks(f found, s *stream, format *format, smp *sample) bool {
	c := Chunk{spare: o.spare, format: format, opt: o.opt, source: f.path, charset: s.charset, first: true, lines: smp.lines, array: smp.array}
	for c.sniffed = smp.plain; !s.done(); c.sniffed = nil {
		line := s.line
		data, records, err := s.next(format, &c)
		c.data, c.line, c.Size = data, line, s.size()
		if format.prepare != nil {
			format.prepare(&c)
		}
		if len(data) > 0 && !o.yield(c) {
			return false
		}
		if err != nil && !o.fail(f, s.size(), *err, line) {
			return false
		}
		c.before += records
		c.first = false
	}
	return true
}

// refuse reports an input that is no transcript: fatal unless it merely lay in a folder.
func (o *opener) refuse(f found, s *stream, what *call.Say) bool {
	p := call.Problem{File: f.path, What: *what, Fatal: !f.walked}
	return o.yield(Chunk{problem: &p, Size: s.size()})
}

func (o *opener) fail(f found, size int, what call.Say, line ...int) bool {
	p := call.Problem{File: f.path, What: what, Fatal: true}
	if len(line) > 0 {
		p.Line = line[0]
	}
	return o.yield(Chunk{problem: &p, Size: size})
}
