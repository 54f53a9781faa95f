package rule

import (
	"bytes"
	"hash/crc32"
	"io"
	"io/fs"

	"github.com/zhijian-qa/zhijian/internal/blob"
)

// drawers are what a run needs little of in a prepared file: each is read by itself, when it
// is needed.
type drawers struct {
	fsys fs.FS
	name string
	from int64 // byte of the file where the first begins
}

// drawer is where one of the drawers lies, and its checksum.
type drawer struct {
	at, size int64
	sum      uint32
}

// drawersWriter writes drawers one behind the other, and where they are to index.
type drawersWriter struct {
	index *blob.Writer
	data  []byte
}

func (w *drawersWriter) add(data []byte) {
	w.index.Num(uint64(len(data)))
	w.index.Num(uint64(crc32.ChecksumIEEE(data)))
	w.data = append(w.data, data...)
}

// drawersReader reads where the drawers are, in the order in which they were written.
type drawersReader struct {
	index *blob.Reader
	at    int64
}

func (r *drawersReader) next() drawer {
	one := drawer{at: r.at, size: int64(r.index.Num()), sum: uint32(r.index.Num())}
	r.at += one.size
	return one
}

// read returns a drawer, nil where the file is not as it was.
func (d *drawers) read(one drawer) []byte {
	file, err := d.fsys.Open(d.name)
	if err != nil {
		return nil
	}
	defer func() { _ = file.Close() }()
	data := make([]byte, one.size)
	if _, err := readerAt(file).ReadAt(data, d.from+one.at); err != nil || crc32.ChecksumIEEE(data) != one.sum {
		return nil
	}
	return data
}

// readerAt reads a file at any place, be it by reading all of it.
func readerAt(file fs.File) io.ReaderAt {
	if r, can := file.(io.ReaderAt); can {
		return r
	}
	data, _ := io.ReadAll(file) // of what is missing the checksum tells
	return bytes.NewReader(data)
}
