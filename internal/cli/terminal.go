package cli

import (
	"context"
	"io"
	"os"
	"strconv"

	"golang.org/x/term"
)

// terminal is the file of a stream that is a terminal, nil of any other.
func terminal(stream any) *os.File {
	if file, ok := stream.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		return file
	}
	return nil
}

// colored reports whether what goes to w may have colours.
func (a *app) colored(w io.Writer) bool {
	switch a.color {
	case "always":
		return true
	case "never":
		return false
	}
	return terminal(w) != nil && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// width is the number of columns of w: what COLUMNS says, else that of the terminal, else 80.
func width(w io.Writer) int {
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if file := terminal(w); file != nil {
		if n, _, err := term.GetSize(int(file.Fd())); err == nil && n > 0 {
			return n
		}
	}
	return 80
}

// interruptible is a reader whose Read ends when ctx does, so that Ctrl-C also
// stops a program that waits for standard input. The read that it gave up
// goes on in the background; nothing may read r after that.
type interruptible struct {
	ctx context.Context
	r   io.Reader
	buf []byte // what r reads into: the caller's slice is its own again after Read
}

// Read is that of the reader below, or io.EOF once ctx is done.
func (i *interruptible) Read(p []byte) (int, error) {
	type result struct {
		n   int
		err error
	}
	if i.ctx.Err() != nil {
		return 0, io.EOF
	}
	if len(i.buf) < len(p) {
		i.buf = make([]byte, len(p))
	}
	done := make(chan result, 1)
	go func() {
		n, err := i.r.Read(i.buf[:len(p)])
		done <- result{n, err}
	}()
	select {
	case r := <-done:
		return copy(p, i.buf[:r.n]), r.err
	case <-i.ctx.Done():
		return 0, io.EOF
	}
}
