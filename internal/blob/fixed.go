package blob

import (
	"encoding/binary"
	"unsafe"
)

const size = 4 // bytes of a fixed number

// Fixed writes a list of numbers of four bytes each, at a place that is a multiple of that.
func (w *Writer) Fixed(list []uint32) {
	w.Num(uint64(len(list)))
	for len(w.data)%size != 0 {
		w.data = append(w.data, 0)
	}
	for _, n := range list {
		w.data = binary.LittleEndian.AppendUint32(w.data, n)
	}
}

// Fixed reads such a list. Where the processor has numbers in the same form, and the blob
// begins at a multiple of four bytes of memory, the list is part of the blob: a large one
// need not be read back number by number.
func (r *Reader) Fixed() []uint32 {
	n := r.Len()
	for (r.whole-len(r.rest))%size != 0 && len(r.rest) > 0 {
		r.rest = r.rest[1:]
	}
	if size*n > len(r.rest) || n == 0 {
		r.broken = r.broken || n > 0
		return nil
	}
	data := r.rest[:size*n]
	r.rest = r.rest[size*n:]
	first := unsafe.SliceData(data)
	if binary.NativeEndian.Uint16([]byte{1, 0}) == 1 && uintptr(unsafe.Pointer(first))%size == 0 {
		return unsafe.Slice((*uint32)(unsafe.Pointer(first)), n)
	}
	out := make([]uint32, n)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(data[size*i:])
	}
	return out
}
