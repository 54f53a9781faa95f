package book

import (
	"archive/zip"
	"cmp"
	"compress/flate"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"slices"
)

// archive is a zip whose parts are in the order of their names, whatever the
// order they come in: the library hands over the sheets in the order of a map.
// Until then the parts are kept, compressed, in a temporary file.
type archive struct {
	to    io.Writer
	spool *os.File
	parts []*zipped
	flate *flate.Writer
}

// zipped is a part in the temporary file.
type zipped struct {
	zip.FileHeader
	start int64
}

// Create begins a part; what is written goes into it until the next one begins.
func (a *archive) Create(name string) (io.Writer, error) {
	if err := a.finish(); err != nil {
		return nil, err
	}
	if a.spool == nil {
		var err error
		if a.spool, err = os.CreateTemp("", "zhijian-*"); err != nil {
			return nil, err
		}
	}
	start, err := a.spool.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, err
	}
	a.parts = append(a.parts, &zipped{zip.FileHeader{Name: name, Method: zip.Deflate}, start})
	a.flate, err = flate.NewWriter(a.spool, flate.DefaultCompression)
	return a, err
}

// Write adds to the part that was begun last.
func (a *archive) Write(b []byte) (int, error) {
	p := a.parts[len(a.parts)-1]
	p.CRC32 = crc32.Update(p.CRC32, crc32.IEEETable, b)
	p.UncompressedSize64 += uint64(len(b))
	return a.flate.Write(b)
}

// finish ends the part that was begun last.
func (a *archive) finish() error {
	if a.flate == nil {
		return nil
	}
	if err := a.flate.Close(); err != nil {
		return err
	}
	end, err := a.spool.Seek(0, io.SeekCurrent)
	p := a.parts[len(a.parts)-1]
	p.CompressedSize64 = uint64(end - p.start)
	return err
}

// Close writes the zip.
func (a *archive) Close() error {
	if err := a.finish(); err != nil {
		return err
	}
	slices.SortFunc(a.parts, func(x, y *zipped) int { return cmp.Compare(x.Name, y.Name) })
	out := zip.NewWriter(a.to)
	for _, p := range a.parts {
		w, err := out.CreateRaw(&p.FileHeader)
		if err != nil {
			return err
		}
		if _, err := io.Copy(w, io.NewSectionReader(a.spool, p.start, int64(p.CompressedSize64))); err != nil {
			return err
		}
	}
	return out.Close()
}

// remove removes the temporary file.
func (a *archive) remove() error {
	if a == nil || a.spool == nil {
		return nil
	}
	return errors.Join(a.spool.Close(), os.Remove(a.spool.Name()))
}

// AddFS is there because the library's interface has it; nothing calls it.
func (a *archive) AddFS(fs.FS) error { return errors.ErrUnsupported }
