package sheet

import (
	"errors"
	"io"
)

// table is the shared strings of a workbook, in one piece.
type table struct {
	text []byte
	ends []int // of each string
}

// get is the n-th string; false if there is none.
func (t *table) get(n int) (string, bool) {
	if n < 0 || n >= len(t.ends) {
		return "", false
	}
	from := 0
	if n > 0 {
		from = t.ends[n-1]
	}
	return string(t.text[from:t.ends[n]]), true
}

// read reads the part with the strings. Rich text is put together; how it is read aloud (rPh) is left out.
func (t *table) read(r io.Reader) error {
	s := newScanner(r)
	spoken := false
	for {
		if err := s.next(); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		switch name, closed := s.name(); {
		case name == "rPh":
			spoken = !closed
		case name == "/rPh":
			spoken = false
		case name == "/t" && !spoken:
			t.text = append(t.text, unescape(s.text)...)
		case name == "/si" || name == "si" && closed:
			t.ends = append(t.ends, len(t.text))
		}
	}
}
