package intake

// Kept holds small files between two readings of the same inputs, so that each is opened once:
// to open, read and close one took longer than to find out what it is. It holds so many bytes at
// most; what does not fit is read again. A nil Kept holds none.
type Kept struct {
	files map[string][]byte
	room  int    // bytes
	slab  []byte // where the next file goes: one piece of memory for many
}

// NewKept can hold up to 32 MB.
func NewKept() *Kept { return &Kept{files: map[string][]byte{}, room: 32 << 20} }

// put keeps a copy of what is in a file.
func (k *Kept) put(path string, data []byte) {
	const bookkeeping = 64 // bytes of memory for each file
	if k == nil || k.room < len(data)+bookkeeping || k.files[path] != nil {
		return
	}
	k.room -= len(data) + bookkeeping
	if cap(k.slab)-len(k.slab) < len(data) {
		k.slab = make([]byte, 0, 4*headSize)
	}
	from := len(k.slab)
	k.slab = append(k.slab, data...)
	k.files[path] = k.slab[from:len(k.slab):len(k.slab)]
}

// take is what is in a file that is kept, which then is kept no longer; nil if it is not.
func (k *Kept) take(path string) []byte {
	if k == nil {
		return nil
	}
	data := k.files[path]
	delete(k.files, path)
	return data
}
