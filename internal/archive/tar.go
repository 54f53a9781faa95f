package archive

import (
	"archive/tar"
	"errors"
	"io"
	"iter"
)

// Tar yields the files of a tar in its order. Links, devices and folders are no files.
func (g *Guard) Tar(r io.Reader) iter.Seq[Member] {
	return func(yield func(Member) bool) {
		in := &counting{r: r}
		t := tar.NewReader(in)
		for {
			h, err := t.Next()
			switch {
			case errors.Is(err, io.EOF):
				return
			case err == nil || errors.Is(err, tar.ErrInsecurePath): // names are only names
			default:
				yield(Member{Err: explain(err)})
				return
			}
			if err := g.enter(1); err != nil {
				yield(Member{Err: err})
				return
			}
			if h.Typeflag == tar.TypeReg && !yield(g.tarred(t, h, in)) {
				return
			}
		}
	}
}

func (g *Guard) tarred(t *tar.Reader, h *tar.Header, in *counting) Member {
	m := Member{Name: shownName(h.Name)}
	if h.Size > g.limits.Member {
		m.Err = faultf("有 %d MB，单个文件的上限是 %d MB；请拆成几个文件", "it has %d MB, and one file may have %d MB; split it", h.Size>>20, g.limits.Member>>20)
	}
	start := in.n
	packed := func() int64 { return in.n - start } // less where a file has holes
	m.open = func() (io.ReadCloser, error) {
		return io.NopCloser(&guarded{r: t, guard: g, packed: packed, copied: true}), nil
	}
	return m
}
