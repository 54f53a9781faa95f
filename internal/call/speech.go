package call

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// Pause is the longest silence, in milliseconds, in which a speaker goes on with a turn.
const Pause = 1500

// Speech is the time in which a turn is spoken, in milliseconds since the start
// of the call. End is never before Start.
type Speech struct {
	Turn       int // 0-based
	Start, End int64
	Guessed    bool // the input does not tell the end: it is as late as slow speech and the next turn allow
}

// slowest is how long a character takes who speaks very slowly, in milliseconds:
// an end that the input does not tell is guessed late, so that no silence is
// taken to be longer than it was.
const slowest = 500

// shortSound is the most characters that a recogniser may give no length: 嗯 and 好的 are points in time.
const shortSound = 2

// Speeches are the turns whose times can be used, in the order of time. A turn that
// ends before it starts has none. One that has no end, or no length but words that
// take time, gets a guessed end.
func (c *Call) Speeches() []Speech {
	var out []Speech
	for i := range c.Turns {
		t := &c.Turns[i]
		start, known := t.Start.Get()
		end, ended := t.End.Get()
		if !known || ended && end < start {
			continue
		}
		length := int64(utf8.RuneCountInString(t.Text))
		s := Speech{i, start, end, !ended || end == start && length > shortSound}
		if s.Guessed {
			s.End = start + slowest*length
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Speech) int { return cmp.Compare(a.Start, b.Start) })
	for k := range out[:max(0, len(out)-1)] {
		if s := &out[k]; s.Guessed {
			s.End = max(s.Start, min(s.End, out[k+1].Start))
		}
	}
	return out
}
