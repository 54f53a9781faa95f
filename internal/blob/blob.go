// Package blob writes numbers and texts one behind the other and reads them back:
// the form of what is prepared when zhijian is built, so that a run need not make it.
package blob

import "encoding/binary"

// Writer collects a blob. The zero value is an empty one.
type Writer struct{ data []byte }

// Num writes a number.
func (w *Writer) Num(n uint64) { w.data = binary.AppendUvarint(w.data, n) }

// Nums writes a list of numbers.
func (w *Writer) Nums(list []uint32) {
	w.Num(uint64(len(list)))
	for _, n := range list {
		w.Num(uint64(n))
	}
}

// Text writes a text.
func (w *Writer) Text(s string) {
	w.Num(uint64(len(s)))
	w.data = append(w.data, s...)
}

// Blob writes another blob.
func (w *Writer) Blob(b []byte) {
	w.Num(uint64(len(b)))
	w.data = append(w.data, b...)
}

// Bytes is what was written. It is the writer's own.
func (w *Writer) Bytes() []byte { return w.data }

// Reader reads a blob back. What is read past its end, or where it is broken, is zero.
type Reader struct {
	rest   []byte
	whole  int // bytes of the blob
	broken bool
}

// NewReader reads a blob, which is not to be changed meanwhile.
func NewReader(data []byte) *Reader { return &Reader{rest: data, whole: len(data)} }

// Broken reports whether the blob was not as a Writer leaves it, as far as it was read.
func (r *Reader) Broken() bool { return r.broken }

// Num reads a number.
func (r *Reader) Num() uint64 {
	n, shift := uint64(0), 0
	for i := 0; i < len(r.rest) && shift < 64; i++ {
		b := r.rest[i]
		n |= uint64(b&0x7F) << shift
		if b < 0x80 {
			r.rest = r.rest[i+1:]
			return n
		}
		shift += 7
	}
	r.fail()
	return 0
}

// Len reads a number of things of at least one byte each, as a length that can be true.
func (r *Reader) Len() int {
	n := r.Num()
	if n > uint64(len(r.rest)) {
		r.fail()
		return 0
	}
	return int(n)
}

// Nums reads a list of numbers.
func (r *Reader) Nums() []uint32 {
	out := make([]uint32, r.Len())
	for i := range out {
		out[i] = uint32(r.Num())
	}
	return out
}

// Text reads a text.
func (r *Reader) Text() string { return string(r.Blob()) }

// Blob reads a blob, which is part of this one.
func (r *Reader) Blob() []byte {
	n := r.Len()
	b := r.rest[:n:n]
	r.rest = r.rest[n:]
	return b
}

func (r *Reader) fail() { r.rest, r.broken = nil, true }
