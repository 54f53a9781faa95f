//go:build unix

package intake

import "syscall"

// readSmall reads a regular file that buf has room for. ok is false for one that is larger, and
// where anything goes wrong: then it is opened as any other. It asks the system four times, os.Open
// and its like nine times, for fear that the file might be a pipe: half of the time of reading a
// small file.
func readSmall(path string, buf []byte) (n int, ok bool) {
	file, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return 0, false
	}
	defer syscall.Close(file) //nolint:errcheck // only read
	for n < len(buf) {
		got, err := syscall.Read(file, buf[n:])
		if err != nil {
			return 0, false
		}
		if got == 0 {
			return n, true
		}
		n += got
	}
	return 0, false
}
