package archive

import (
	"archive/zip"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// Member is one file of an archive, or a problem: with that member, or with the archive
// where Name is empty.
type Member struct {
	Name   string // that can be shown, with slashes
	Locked bool   // it needs a password: Err says so
	Err    error  // why it cannot be read
	Packed int64  // bytes that it takes in the archive; 0 if unknown

	open func() (io.ReadCloser, error)
}

// Open starts to read the member. It must be closed before the next member is asked for.
func (m *Member) Open() (io.ReadCloser, error) {
	if m.Err != nil {
		return nil, m.Err
	}
	r, err := m.open()
	return r, explain(unended(err))
}

// ZipFile is a zip file whose list of members was read.
type ZipFile struct {
	zip   *zip.Reader
	guard *Guard
}

// Zip reads the list of members of a zip file, which is size bytes long.
func (g *Guard) Zip(r io.ReaderAt, size int64) (*ZipFile, error) {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are only names
		return nil, explain(unended(err))
	}
	if err := g.enter(len(z.File)); err != nil {
		return nil, err
	}
	z.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor(zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow)))
	return &ZipFile{z, g}, nil
}

// Has reports whether there is a member of that name, written just so.
func (z *ZipFile) Has(name string) bool {
	return slices.ContainsFunc(z.zip.File, func(f *zip.File) bool { return f.Name == name })
}

// Members yields the files of the archive in its order.
func (z *ZipFile) Members() iter.Seq[Member] {
	return func(yield func(Member) bool) {
		for _, f := range z.zip.File {
			if over := z.guard.over; over != nil {
				yield(Member{Err: over})
				return
			}
			if !strings.HasSuffix(f.Name, "/") && !strings.HasSuffix(f.Name, `\`) && !yield(z.member(f)) {
				return
			}
		}
	}
}

func (z *ZipFile) member(f *zip.File) Member {
	const encrypted = 1 // of the flags
	m := Member{Name: shownName(f.Name), Packed: int64(f.CompressedSize64)}
	l := &z.guard.limits
	switch size, packed := int64(f.UncompressedSize64), m.Packed; {
	case f.Flags&encrypted != 0:
		m.Locked = true
		m.Err = faultf("有密码，读不了；请先用密码解压", "it needs a password; unpack it with the password first")
	case size < 0 || packed < 0 || size > l.Member:
		m.Err = faultf("解压后有 %d MB，单个文件的上限是 %d MB；请拆成几个文件", "it unpacks to %d MB, and one file may have %d MB; split it", f.UncompressedSize64>>20, l.Member>>20)
	case l.excessive(size, packed):
		m.Err = l.bomb(size, packed)
	}
	m.open = func() (io.ReadCloser, error) {
		r, err := f.Open()
		return &opened{guarded{r: r, guard: z.guard, packed: func() int64 { return m.Packed }}, r}, err
	}
	return m
}

// opened is a member that is read.
type opened struct {
	guarded
	closer io.Closer
}

// Close ends the reading of the member.
func (o *opened) Close() error { return o.closer.Close() }
