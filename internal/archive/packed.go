package archive

import (
	"compress/gzip"
	"io"

	"github.com/klauspost/compress/zstd"
)

// maxWindow is how far back a Zstandard stream may refer, in bytes, which is what it
// takes in memory: as far as zstd packs without being asked to go further.
const maxWindow = 128 << 20

// Unpack is what is packed in r, which is of the kind Gzip or Zstd. What is wrong with
// it is a Fault, told by the reader. Closing it frees memory.
func (g *Guard) Unpack(kind Kind, r io.Reader) io.ReadCloser {
	in := &counting{r: r}
	u := &unpacked{kind: kind, packed: in}
	u.guarded = guarded{r: &u.lazy, guard: g, packed: func() int64 { return in.n }}
	u.lazy.open = u.start
	return u
}

// unpacked is a gzip or Zstandard stream.
type unpacked struct {
	guarded
	kind   Kind
	packed io.Reader
	lazy   lazy
	zstd   *zstd.Decoder
}

func (u *unpacked) start() (io.Reader, error) {
	if u.kind == Gzip {
		return gzip.NewReader(u.packed)
	}
	d, err := zstd.NewReader(u.packed, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
	u.zstd = d
	return d, err
}

// Close frees the memory that unpacking takes.
func (u *unpacked) Close() error {
	if u.zstd != nil {
		u.zstd.Close()
	}
	return nil
}

// lazy opens a reader when it is first read, so that what is wrong with its start is
// told where all else is.
type lazy struct {
	open func() (io.Reader, error)
	r    io.Reader
	err  error
}

// Read reads from the reader that was opened.
func (l *lazy) Read(p []byte) (int, error) {
	if l.r == nil && l.err == nil {
		l.r, l.err = l.open()
	}
	if l.err != nil {
		return 0, unended(l.err)
	}
	return l.r.Read(p)
}

// unended is an error that does not pass for the end of the input.
func unended(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// counting counts the bytes that are read.
type counting struct {
	r io.Reader
	n int64
}

// Read reads and counts.
func (c *counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
