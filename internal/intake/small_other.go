//go:build !unix

package intake

import (
	"errors"
	"io"
	"os"
)

// readSmall reads a regular file that buf has room for. ok is false for one that is larger, and
// where anything goes wrong: then it is opened as any other.
func readSmall(path string, buf []byte) (n int, ok bool) {
	file, err := os.Open(path)
	if err != nil {
		return 0, false
	}
	defer file.Close() //nolint:errcheck // only read
	n, err = io.ReadFull(file, buf)
	return n, errors.Is(err, io.ErrUnexpectedEOF)
}
