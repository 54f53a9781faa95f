package call

import (
	"fmt"
	"strconv"
)

// Millis is a time in milliseconds since the start of the call. Its zero value
// means "no time", which is not the same as 0 ms.
type Millis struct {
	ms    int64
	known bool
}

// At is the time ms milliseconds after the start of the call.
func At(ms int64) Millis { return Millis{ms, true} }

// Get returns the milliseconds, and false where there is no time.
func (m Millis) Get() (ms int64, known bool) { return m.ms, m.known }

// IsZero reports whether there is no time, so that omitzero leaves it out of JSON.
func (m Millis) IsZero() bool { return !m.known }

// MarshalJSON writes the milliseconds as a number, null where there is no time.
func (m Millis) MarshalJSON() ([]byte, error) {
	if !m.known {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, m.ms, 10), nil
}

// UnmarshalJSON reads a whole number of milliseconds or null.
func (m *Millis) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*m = Millis{}
		return nil
	}
	ms, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil {
		return fmt.Errorf("time %s: want whole milliseconds", b)
	}
	*m = At(ms)
	return nil
}
