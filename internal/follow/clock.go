package follow

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // machines without the data know no zones
)

const naive = "2006-01-02T15:04:05"

// ParseTime reads a time of RFC 3339; one without zone is of the given one. It is zero
// where the text holds none.
func ParseTime(s string, zone *time.Location) time.Time {
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return t
	}
	if t, err := time.ParseInLocation(naive, s, zone); err == nil {
		return t
	}
	return time.Time{}
}

// ParseZone reads a zone: Asia/Shanghai, or +08:00.
func ParseZone(s string) (*time.Location, error) {
	if t, err := time.Parse("-07:00", s); err == nil {
		_, offset := t.Zone()
		return time.FixedZone(s, offset), nil
	}
	if s == "" || s == "Local" { // the same input must give the same anywhere
		return nil, errors.New("no zone")
	}
	return time.LoadLocation(s)
}

// Shift is a part of the day, which may go on after midnight.
type Shift struct {
	from, to int // minutes of the day; to is more than from, and beyond 24:00 after midnight
}

const day = 24 * 60

// ParseShift reads a shift such as 08:00-20:00 or 20:00-08:00.
func ParseShift(s string) (Shift, error) {
	first, last, ok := strings.Cut(s, "-")
	from, err1 := minutes(first)
	to, err2 := minutes(last)
	if err := errors.Join(err1, err2); !ok || err != nil {
		return Shift{}, fmt.Errorf("no shift: %q", s)
	}
	if to <= from {
		to += day
	}
	return Shift{from, to}, nil
}

func minutes(s string) (int, error) {
	h, m, ok := strings.Cut(strings.TrimSpace(s), ":")
	hour, err1 := strconv.Atoi(h)
	minute, err2 := strconv.Atoi(m)
	if err := errors.Join(err1, err2); !ok || err != nil || hour < 0 || minute < 0 || minute > 59 || hour*60+minute > day {
		return 0, fmt.Errorf("no time of the day: %q", s)
	}
	return hour*60 + minute, nil
}

// ShiftOf names the shift that a time falls in, with its day: a shift that goes on after
// midnight is of the day on which it began. What falls in none is of its own day.
func ShiftOf(t time.Time, shifts []Shift, zone *time.Location) string {
	t = t.In(zone)
	minute := t.Hour()*60 + t.Minute()
	for i, s := range shifts {
		if minute >= s.from && minute < s.to {
			return t.Format(time.DateOnly) + " " + strconv.Itoa(i)
		}
		if minute+day < s.to {
			return t.AddDate(0, 0, -1).Format(time.DateOnly) + " " + strconv.Itoa(i)
		}
	}
	return t.Format(time.DateOnly)
}
