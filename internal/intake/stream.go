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
	r       io.Reader // raw, decoded
	charset string
	buf     []byte // read but not handed out
	line    int    // 1-based line of buf[0]
	eof     bool
	err     error // what ended the input, other than its end
	sized   int   // raw bytes that size has told of
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

// newStream starts to read r, by way of head, which is headSize bytes long and may be used
// again. The problem, if any, is that r holds no text.
func newStream(r io.Reader, head []byte, spare spare) (*stream, *call.Say) {
	n, err := io.ReadFull(r, head)
	head = head[:n]
	s := &stream{raw: &counter{}, line: 1, spare: spare}
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		what := call.Sayf("读取失败：%v", "cannot be read: %v", reason(err))
		return s, &what
	}
	if what := binary(head); what != nil {
		return s, what
	}
	cs, ok := detectCharset(head, n < headSize)
	if !ok {
		what := call.Sayf("认不出文字编码；请另存为 UTF-8（也可读 GB18030、Big5、UTF-16）",
			"the text encoding is not known; save it as UTF-8 (GB18030, Big5 and UTF-16 are read too)")
		return s, &what
	}
	s.charset = cs.name
	if cs.enc == nil && n < headSize { // a small file is all here
		s.raw.n, s.eof = n, true
		s.buf = bytes.Clone(bytes.TrimPrefix(head, []byte(cs.bom)))
		return s, nil
	}
	s.raw.r = io.MultiReader(bytes.NewReader(bytes.Clone(head)), r)
	s.r = cs.decode(s.raw)
	s.fill(headSize)
	return s, nil
}

// text is what has been read and not handed out, without the space around it.
func (s *stream) text() []byte { return bytes.TrimSpace(bytes.Trim(s.buf, "\x1a")) }

func (s *stream) done() bool { return s.eof && len(s.buf) == 0 && s.err == nil }

// size is how many raw bytes were read since it was last asked.
func (s *stream) size() int {
	n := s.raw.n - s.sized
	s.sized = s.raw.n
	return n
}

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
	what := call.Sayf("读到一半失败：%v；后面的内容没有检查", "reading failed: %v; the rest was not checked", reason(s.err))
	s.err = nil
	return &what
}

// tooLong skips a record that is longer than maxRecord: up to the next line
// where lines are records, up to the end of the input where they are not.
func (s *stream) tooLong(f *format, c *Chunk) *call.Say {
	what := call.Sayf("单行或单通超过 %d MB，已跳过", "a line or call is longer than %d MB and was skipped", maxRecord>>20)
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

// counter counts the bytes read through it.
type counter struct {
	r io.Reader
	n int
}

// Read reads from the counted reader.
func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}
