package blob

import "encoding/binary"

// Fixed are numbers of four bytes each, the least byte first, that need no reading back:
// a large table can be used where it lies in the program's file, and only what a run looks
// at is ever loaded.
type Fixed []byte

// FixedOf are numbers in that form.
func FixedOf(list []uint32) Fixed {
	f := make(Fixed, 0, 4*len(list))
	for _, n := range list {
		f = binary.LittleEndian.AppendUint32(f, n)
	}
	return f
}

// Len is how many numbers there are.
func (f Fixed) Len() int { return len(f) / 4 }

// At is the number at an index.
func (f Fixed) At(i uint32) uint32 { return binary.LittleEndian.Uint32(f[4*uint64(i):]) }
