package intake

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// unit is how many milliseconds one step of a format's clock takes.
type unit float64

// The units of formats. Absolute times are milliseconds since 1970 once they are
// read; talk makes them times of the call.
const (
	millis  unit = 1
	seconds unit = 1000
	micros  unit = 0.001
	ticks   unit = 0.0001 // 100 ns
	frames  unit = 10
	guessed unit = 0 // told by how large the number is: see of
)

// of is how many milliseconds f units are. Where the unit is not known, numbers since 1970
// are told apart by their size, and smaller ones are seconds.
func (u unit) of(f float64) float64 {
	if u != guessed {
		return f * float64(u)
	}
	if ms, ok := since1970(f); ok {
		return ms
	}
	return f * float64(seconds)
}

// since1970 is the milliseconds that a number of microseconds, milliseconds or seconds since 1970
// stands for: they are told apart by their size. ok is false for what is too small for a date of our time.
func since1970(f float64) (ms float64, ok bool) {
	switch {
	case f >= 1e14:
		return f / 1000, true
	case f >= 1e11:
		return f, true
	}
	return f * float64(seconds), f >= 1e9
}

// title names the unit for people.
func (u unit) title() call.Say {
	switch u {
	case seconds:
		return call.Say{ZH: "秒", EN: "seconds"}
	case micros:
		return call.Say{ZH: "微秒", EN: "microseconds"}
	case ticks:
		return call.Say{ZH: "100 纳秒", EN: "100 ns ticks"}
	case guessed:
		return call.Say{ZH: "由数值大小判断", EN: "told by their size"}
	case frames:
		return call.Say{ZH: "10 毫秒帧", EN: "frames of 10 ms"}
	}
	return call.Say{ZH: "毫秒", EN: "milliseconds"}
}

// moment is the time that n holds, none if there is none: a number of units, alone or
// in a string; "0.82s"; "PT1M0.82S"; "00:01:02,820"; or a date and time, which is absolute.
func (n node) moment(u unit) call.Millis {
	if !n.there() {
		return call.Millis{}
	}
	if f, ok := n.num(); ok {
		if ms := u.of(f); ms >= 0 && ms < 1e15 {
			return call.At(int64(math.Round(ms)))
		}
	} else if n.v.Type() == fastjson.TypeString {
		s := strings.TrimSpace(string(n.v.GetStringBytes()))
		if s == "" {
			return call.Millis{}
		}
		if at, ok := momentOf(s); ok {
			return at
		}
	}
	n.wrong(call.Say{ZH: "不小于 0 的时间（" + u.title().ZH + "）", EN: "a time of 0 or more (" + u.title().EN + ")"})
	return call.Millis{}
}

// date is the moment that n holds, as RFC 3339; "" if there is none. A number counts
// from 1970, in the unit that makes it a date of our time.
func (n node) date() string {
	if f, ok := n.num(); ok {
		if ms, ok := since1970(f); ok {
			return instant(int64(math.Round(ms)))
		}
		return ""
	}
	s := strings.TrimSpace(n.str())
	if at, ok := rfc3339(s); ok {
		return at
	}
	if at, ok := dateTime(s); ok {
		return at.Format(time.RFC3339)
	}
	n.wrong(call.Say{ZH: "日期和时间", EN: "a date and time"})
	return ""
}

// lasting is the unit of times of which the last is so many steps, in a call that
// lasts so many seconds: millis unless they could not be.
func lasting(last, length float64) unit {
	if length > 0 && last > 0 && last <= 5*length {
		return seconds
	}
	return millis
}

// momentOf reads a time that says its unit itself.
func momentOf(s string) (call.Millis, bool) {
	if ms, ok := isoDuration(s); ok {
		return call.At(ms), true
	}
	if ms, ok := clockTime(s); ok {
		return call.At(ms), true
	}
	if d, err := time.ParseDuration(s); err == nil && d >= 0 {
		return call.At(d.Round(time.Millisecond).Milliseconds()), true
	}
	if t, ok := dateTime(s); ok {
		return call.At(t.UnixMilli()), true
	}
	return call.Millis{}, false
}

var isoShape = text.Pattern(`^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$`)

// isoDuration is the milliseconds of an ISO 8601 duration, "PT1H2M3.5S".
func isoDuration(s string) (ms int64, ok bool) {
	m := isoShape().FindStringSubmatch(s)
	if m == nil || len(s) < 3 {
		return 0, false
	}
	total := 0.0
	for i, scale := range []float64{86400, 3600, 60, 1} {
		f, _ := strconv.ParseFloat(m[i+1], 64)
		total += f * scale
	}
	return int64(math.Round(total * 1000)), true
}

var clockShape = text.Pattern(`^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,9})?)$`)

// clockTime is the milliseconds of "H:MM:SS,mmm" or "M:SS.mmm"; minutes may exceed 59 where there are no hours.
func clockTime(s string) (ms int64, ok bool) {
	m := clockShape().FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	hours, _ := strconv.Atoi(m[1])
	minutes, _ := strconv.Atoi(m[2])
	secs, _ := strconv.ParseFloat(strings.Replace(m[3], ",", ".", 1), 64)
	return int64(hours*60+minutes)*minuteMS + int64(math.Round(secs*1000)), true
}

// dateTime reads a date and time; where it names no zone, it is taken as that of
// China, of which the differences, all that matters, do not depend.
func dateTime(s string) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return t, true
	}
	for _, layout := range []string{"2006-01-02T15:04:05.999Z0700", "2006-01-02T15:04Z07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	if v, ok := writtenDate(s); ok && len(s) > len(time.DateOnly) {
		return time.UnixMilli(v.ms - 8*hourMS).In(beijing()), true
	}
	return time.Time{}, false
}

func beijing() *time.Location { return time.FixedZone("UTC+8", 8*60*60) }
