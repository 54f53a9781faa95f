package intake

import (
	"bytes"
	"errors"
	"io"

	"github.com/zhijian-qa/zhijian/internal/call"
)

const (
	headSize  = 64 << 10  // bytes that encoding and format are detected from
	chunkSize = 256 << 10 // bytes after which a stream is cut where it can be
	maxRecord = 64 << 20  // bytes of the longest line or call that is read
)

// stream is a decoded input that is handed out in pieces.
type stream struct {
	raw     *counter
	r       io.Reader // what is read, decoded
	charset string
	buf     []byte // read but not handed out
	line    int    // 1-based line of buf[0]
	eof     bool
	sound   bool  // all of it is in buf, and is UTF-8
	err     error // what ended the input, other than its end
	spare   spare
}

// spare are buffers of chunks that have been read. Without them the collector would have to
// clear and free as many bytes as are read. A nil spare has none and takes none.
type spare chan []byte

const spareSize = chunkSize + chunkSize/16 // bytes of each

// get is a buffer for n bytes and some more.
func (s spare) get(n int) []byte {
	if headSize < n && n <= chunkSize {
		select {
		case b := <-s:
			return b[:0]
		default:
		}
	}
	return make([]byte, 0, n+n/16)
}

// put takes a buffer that nobody needs any more.
func (s spare) put(b []byte) {
	if cap(b) != spareSize {
		return
	}
	select {
	case s <- b:
	default:
	}
}

// newStream starts to read a text: head, which may be used again, and what r has behind
// it; a nil r has nothing. raw counts what is read.
func newStream(raw *counter, head []byte, r io.Reader, cs charset, spare spare) *stream {
	s := &stream{raw: raw, line: 1, spare: spare, charset: cs.name}
	if cs.enc == nil && r == nil { // a small file is all here
		s.eof, s.sound = true, cs.sound
		s.buf = bytes.Clone(ended(bytes.TrimPrefix(head, []byte(cs.bom))))
		return s
	}
	s.r = cs.decode(rest(head, r))
	s.fill(headSize)
	return s
}

// rest is head, which may be used again, and what r has behind it.
func rest(head []byte, r io.Reader) io.Reader {
	start := bytes.NewReader(bytes.Clone(head))
	if r == nil {
		return start
	}
	return io.MultiReader(start, r)
}

// text is what has been read and not handed out, without the space around it.
func (s *stream) text() []byte { return bytes.TrimSpace(s.buf) }

// ended is a text without the mark that old programs write at its end.
func ended(text []byte) []byte { return bytes.TrimRight(text, "\x1a") }

func (s *stream) done() bool { return s.eof && len(s.buf) == 0 && s.err == nil }

// fill reads until buf has n bytes or the input ends.
func (s *stream) fill(n int) {
	if s.eof || len(s.buf) >= n {
		return
	}
	if cap(s.buf) < n {
		s.buf = append(s.spare.get(n), s.buf...)
	}
	start := len(s.buf)
	got, err := io.ReadAtLeast(s.r, s.buf[start:cap(s.buf)], n-start)
	s.buf = s.buf[:start+got]
	if err != nil {
		s.eof = true
		s.buf = ended(s.buf)
		if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			s.err = err
		}
	}
}

// next hands out some whole calls, and how many JSON values they are where that matters.
func (s *stream) next(f *format, c *Chunk) (data []byte, records int, problem *call.Say) {
	for want := chunkSize; ; want = min(2*len(s.buf), maxRecord) {
		s.fill(want)
		if s.eof {
			return s.take(len(s.buf)), 0, s.broken()
		}
		end, records := 0, 0
		if f.cut != nil {
			end, records = f.cut(c, s.buf)
		}
		if end > 0 {
			return s.take(end), records, nil
		}
		if len(s.buf) >= maxRecord {
			return nil, 0, s.tooLong(f, c)
		}
	}
}

// take removes n bytes from buf. They belong to the caller.
func (s *stream) take(n int) []byte {
	data, rest := s.buf[:n], s.buf[n:]
	s.line += bytes.Count(data, []byte{'\n'})
	s.buf = nil
	if len(rest) > 0 {
		s.buf = append(s.spare.get(max(len(rest), chunkSize)), rest...)
	}
	return data
}

// broken is the problem that the input broke off, nil if it ended well.
func (s *stream) broken() *call.Say {
	if s.err == nil {
		return nil
	}
	why := sayOf(s.err)
	what := call.Say{ZH: "读到一半失败：" + why.ZH + "；后面的内容没有检查", EN: "reading failed: " + why.EN + "; the rest was not checked"}
	s.err = nil
	return &what
}

// tooLong skips a record that is longer than maxRecord: up to the next line
// where lines are records, up to the end of the input where they are not.
func (s *stream) tooLong(f *format, c *Chunk) *call.Say {
	what := call.Sayf("单行或单通超过 %d MB，已跳过；请拆成一通一条再检查", "a line or call is longer than %d MB and was skipped; split it into one record per call", maxRecord>>20)
	byLine := f.cut != nil && (c.lines || !f.json)
	find := bytes.LastIndexByte // a session is left where its last line begins
	for {
		if i := find(s.buf, '\n'); i >= 0 && byLine {
			s.take(i + 1)
			return &what
		}
		s.buf = nil
		if s.eof {
			return &what
		}
		s.fill(chunkSize)
		find = bytes.IndexByte
	}
}

// counter counts the bytes of a file that are read through it.
type counter struct {
	r    io.Reader
	n    int
	told int // bytes that since has told of
}

// Read reads from the counted reader.
func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}

// since is how many bytes were read since it was last asked.
func (c *counter) since() int {
	n := c.n - c.told
	c.told = c.n
	return n
}

// counterAt counts the bytes that are read anywhere in a file.
type counterAt struct {
	r io.ReaderAt
	*counter
}

// ReadAt reads from the counted file.
func (c counterAt) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.r.ReadAt(p, off)
	c.n += n
	return n, err
}
