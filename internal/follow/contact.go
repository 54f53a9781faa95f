package follow

import (
	"strings"
	"time"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Key names a call of the input.
type Key struct {
	Source string
	Line   int
	ID     string
}

// KeyOf is the key of a call.
func KeyOf(c *call.Call) Key { return Key{c.Source, c.Line, c.ID} }

// Contact is what is known of one call and matters to the others of its customer.
type Contact struct {
	Key        Key
	CallbackOf string    // id of the call that it answers; empty where nobody tells
	Start      time.Time // zero where it is not known
	End        time.Time // zero where it is not known
	Direction  call.Direction
	Dropped    bool // the line broke while they talked
	Failed     bool // nobody answered
	Reported   bool // put on record
	Number     bool // it names a number that can be called, masked or not
	Withheld   bool // it says that the caller hid the number

	Same []Key // the same call once more: exports overlap

	order int  // of the input
	used  bool // it is in a chain
	stray bool // calls of its time were forgotten before it came
}

// newContact reads a call. Its strings are copies: those of a call share the memory
// of all that is said in it.
func newContact(c *call.Call, zone *time.Location, order int) *Contact {
	k := &Contact{Key: Key{c.Source, c.Line, strings.Clone(c.ID)}, CallbackOf: strings.Clone(c.CallbackOf), Direction: c.Direction,
		Dropped: c.Hangup == call.Dropped && !c.Failed(), Failed: c.Failed(), Reported: c.Reported, order: order}
	k.Number, k.Withheld = number(c.Customer.Number) != "", withheld(c.Customer.Number)
	k.Start, k.End = ParseTime(c.StartedAt, zone), ParseTime(c.EndedAt, zone)
	if ms, timed := c.Length().Get(); k.End.IsZero() && timed && !k.Start.IsZero() {
		k.End = k.Start.Add(time.Duration(ms) * time.Millisecond)
	}
	if k.Start.IsZero() && !k.End.IsZero() {
		k.Start = k.End // the best that is known, and never late
	}
	return k
}

// Outward reports whether the centre called the customer.
func (k *Contact) Outward() bool {
	return k.Direction == call.Callback || k.Direction == call.Outbound || k.CallbackOf != "" && k.Direction != call.Inbound
}

// promised reports whether the call is a callback by what is known of it, and not just any call out.
func (k *Contact) promised() bool {
	return k.Outward() && (k.Direction == call.Callback || k.CallbackOf != "")
}

// before orders contacts by their start, then as the input has them.
func before(a, b *Contact) int {
	if c := a.Start.Compare(b.Start); c != 0 {
		return c
	}
	return a.order - b.order
}
