package archive

import (
	"bytes"
	"strconv"
	"strings"
)

// Kind is a way to pack files.
type Kind int

// The kinds that are read. None is a file that is not packed.
const (
	None Kind = iota
	Gzip
	Zstd
	Zip
	Tar
)

// Extensions are the ends of the names of packed files, with the dot. What a file is,
// its content says.
func Extensions() []string { return []string{".gz", ".zst", ".zip", ".tar", ".tgz"} }

// Sniff is how a file is packed that starts with head. To know a tar takes 512 bytes.
func Sniff(head []byte) Kind {
	for _, m := range []struct {
		start string
		kind  Kind
	}{
		{"\x1F\x8B", Gzip}, {"\x28\xB5\x2F\xFD", Zstd},
		{"PK\x03\x04", Zip}, {"PK\x05\x06", Zip}, {"PK\x07\x08", Zip}, // the second is empty, the third meant for several disks
	} {
		if bytes.HasPrefix(head, []byte(m.start)) {
			return m.kind
		}
	}
	if isTar(head) {
		return Tar
	}
	return None
}

// isTar reports whether head starts with a header whose checksum is right: the word
// "ustar" is missing from old archives.
func isTar(head []byte) bool {
	const size, from, to = 512, 148, 156 // of a header; of the checksum in it, which counts as spaces
	if len(head) < size {
		return false
	}
	want, err := strconv.ParseInt(strings.Trim(string(head[from:to]), " \x00"), 8, 32)
	if err != nil {
		return false
	}
	sum := int64((to - from) * ' ')
	for i, b := range head[:size] {
		if i < from || i >= to {
			sum += int64(b)
		}
	}
	return sum == want
}
