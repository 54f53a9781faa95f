package intake

import (
	"strconv"
	"strings"
	"time"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// A stamp is [hh:]mm:ss[.mmm], perhaps after a date and in brackets; or two of them, "from - to".
var (
	stampRE     = text.Pattern(`[\[(（【<]?` + stampPattern + `[\])）】>]?`)
	leadStampRE = text.Pattern(`^[\[(（【<]?` + stampPattern + `(?:\s*(?:-->|[-–—~～至])\s*` + stampPattern + `)?[\])）】>]?[\s\x{3000}]*`)
)

const stampPattern = `(?:(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T\x{3000}]*)?(\d{1,3})[:：](\d{2})(?:[:：](\d{2}))?(?:[.,](\d{1,3}))?`

// stamp is a time as a line of text writes it.
type stamp struct {
	ok      bool
	date    bool  // ms counts from 1970, otherwise from midnight or from the start of the call
	seconds bool  // the seconds of a date are written
	short   bool  // two numbers: mm:ss
	ms      int64 // milliseconds
}

// newStamp makes a stamp of the seven groups of stampPattern.
func newStamp(groups []string) stamp {
	if groups[3] == "" {
		return stamp{}
	}
	n := make([]int64, 7)
	for i, g := range groups[:7] {
		n[i], _ = strconv.ParseInt(g, 10, 64) // digits only, or empty
	}
	s := stamp{ok: true, date: groups[0] != "", seconds: groups[5] != "", short: groups[5] == ""}
	hour, minute, second := n[3], n[4], n[5]
	if s.short && !s.date {
		hour, minute, second = 0, n[3], n[4]
	}
	s.ms = ((hour*60+minute)*60+second)*1000 + fraction(groups[6])
	if s.date {
		s.ms += time.Date(int(n[0]), time.Month(n[1]), int(n[2]), 0, 0, 0, 0, time.UTC).UnixMilli()
	}
	return s
}

// fraction is the milliseconds of the digits after the point.
func fraction(digits string) int64 {
	ms, _ := strconv.ParseInt((digits + "000")[:3], 10, 64)
	return ms
}

// cutStamp splits the stamps off the start of a line.
func cutStamp(s string) (from, to stamp, rest string) {
	m := leadStampRE().FindStringSubmatch(s[:min(len(s), maxHead)])
	if m == nil {
		return from, to, s
	}
	return newStamp(m[1:8]), newStamp(m[8:15]), s[len(m[0]):]
}

// cutClock is cutStamp for a time of day in ASCII, "[00:01:02] ", which most lines with a
// time have; ok is false where only the expression tells what it is.
func cutClock(s string) (at stamp, rest string, ok bool) {
	inner := s
	if s[0] == '[' || s[0] == '(' {
		inner = s[1:]
	}
	n := [3]int64{}
	parts := 0
	for ; parts < len(n); parts++ {
		size := digits(inner)
		if size == 0 || size > 3 || parts > 0 && size != 2 {
			return at, s, false
		}
		n[parts], _ = strconv.ParseInt(inner[:size], 10, 64)
		if inner = inner[size:]; parts == 2 || !strings.HasPrefix(inner, ":") {
			parts++
			break
		}
		inner = inner[1:]
	}
	if parts < 2 || inner == "" || inner[0] != ']' && inner[0] != ')' {
		return at, s, false
	}
	rest = strings.TrimLeft(inner[1:], " ")
	if strings.HasPrefix(rest, "\u3000") || rest != "" && rest[0] < ' ' || len(s)-len(rest) > maxHead { // further space
		return at, s, false
	}
	if parts == 2 {
		n = [3]int64{0, n[0], n[1]}
	}
	at = stamp{ok: true, seconds: parts == 3, short: parts == 2, ms: ((n[0]*60+n[1])*60 + n[2]) * 1000}
	return at, rest, true
}

// digits is how many digits s starts with.
func digits(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// clock turns stamps into times since the start of the call.
type clock struct {
	base      int64 // stamp of the start of the call
	last      int64
	usable    bool
	ambiguous bool // mm:ss or hh:mm
}

// newClock reads the first stamp of a call: a date or a time of day starts the
// call, anything below an hour counts from its start. hh:mm looks like mm:ss, so a
// call that starts minutes late has no times; nor has one with dates without seconds.
func newClock(first stamp) clock {
	c := clock{usable: first.ok, last: first.ms}
	switch {
	case first.date:
		c.base, c.usable = first.ms, first.seconds
	case first.short && first.ms >= 5*minuteMS:
		c.usable, c.ambiguous = false, true
	case first.ms >= hourMS:
		c.base = first.ms
	}
	return c
}

// at is the time of s, none if s goes back.
func (c *clock) at(s stamp) call.Millis {
	if !s.ok || !c.usable {
		return call.Millis{}
	}
	if !s.date && c.base > 0 && s.ms < c.last-dayMS/2 { // past midnight
		s.ms += dayMS
	}
	if s.ms < c.last {
		return call.Millis{}
	}
	c.last = s.ms
	return call.At(s.ms - c.base)
}

// span is the times of a turn. The next one may start before it ends: people interrupt each other.
func (c *clock) span(from, to stamp) (start, end call.Millis) {
	start = c.at(from)
	if start.IsZero() {
		return start, end
	}
	began := c.last
	end = c.at(to)
	c.last = began
	return start, end
}

// startedAt is the date and time of s without zone, "" if it has no date.
func (s stamp) startedAt() string {
	if !s.date {
		return ""
	}
	return strings.TrimSuffix(time.UnixMilli(s.ms).UTC().Format(time.RFC3339), "Z")
}
