package intake

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/zhijian-qa/zhijian/internal/text"
)

// timeValue is a time as people and spreadsheets write it.
type timeValue struct {
	kind  timeKind
	ms    int64 // of a date since 1970 as the clocks where it was written show; else since midnight or the start of the call
	zoned bool  // a date that says its zone: it is in the time of China now
	exact bool  // it has seconds
}

type timeKind int

// The kinds of times. A clock may be a time of day or since the start of the call.
const (
	noTime timeKind = iota
	aDate
	aClock   // 14:05:12
	aShort   // 14:05, minutes and seconds or hours and minutes
	anOffset // a number of units, 1分2秒
)

const (
	secondMS = 1000
	minuteMS = 60 * secondMS
	hourMS   = 60 * minuteMS
	dayMS    = 24 * hourMS

	excelEpoch = 25569 // days from which spreadsheets count to 1970
)

// isNull reports whether a cell stands for nothing, as databases and scripts write it.
func isNull(s string) bool {
	if len(s) > 4 { // nearly all
		return false
	}
	switch strings.ToLower(s) {
	case "", "null", "none", "nan", "nat", `\n`, "-", "--", "n/a", "#n/a":
		return true
	}
	return false
}

// readTime reads a time. A number without unit is so many of u, unless it is too large for
// a time of a call: then it is a date, as is the number of days of a spreadsheet.
func readTime(s string, u unit) (timeValue, bool) {
	s = strings.TrimSpace(strings.Trim(s, "'\"\t "))
	if isNull(s) {
		return timeValue{}, true
	}
	if f, err := strconv.ParseFloat(s, 64); err == nil {
		return numberTime(s, f, u)
	}
	for _, read := range [...]func(string) (timeValue, bool){writtenDate, americanDate, writtenClock, writtenDuration} {
		if v, ok := read(s); ok {
			return v, true
		}
	}
	if ms, ok := isoDuration(s); ok {
		return timeValue{kind: anOffset, ms: ms}, true
	}
	return timeValue{}, false
}

// numberTime is the time that a number stands for.
func numberTime(s string, f float64, u unit) (timeValue, bool) {
	_, decimals, _ := strings.Cut(s, ".")
	switch {
	case f < 0 || f >= 1e17 || math.IsNaN(f): // in microseconds, the year 5138
		return timeValue{}, false
	case decimals == "" && strings.HasPrefix(s, "20") && (len(s) == 14 || len(s) == 17):
		return compactDate(s)
	case f > 30000 && f < 80000 && len(decimals) >= 3: // days of a spreadsheet
		return timeValue{kind: aDate, ms: int64(math.Round((f - excelEpoch) * dayMS)), exact: true}, true
	case f > 0 && f < 1 && len(decimals) >= 4: // part of a day
		return timeValue{kind: aClock, ms: int64(math.Round(f * dayMS)), exact: true}, true
	}
	if ms, ok := since1970(f); ok {
		return epoch(int64(math.Round(ms))), true
	}
	return timeValue{kind: anOffset, ms: int64(math.Round(f * float64(u)))}, true
}

// epoch is a date given in milliseconds since 1970.
func epoch(ms int64) timeValue {
	return timeValue{kind: aDate, ms: ms + 8*hourMS, zoned: true, exact: true}
}

func compactDate(s string) (timeValue, bool) {
	t, err := time.Parse("20060102150405", s[:14])
	if err != nil {
		return timeValue{}, false
	}
	return timeValue{kind: aDate, ms: t.UnixMilli() + fraction(s[14:]), exact: true}, true
}

const dayTime = `(?:[ T\x{3000}]*(上午|下午|AM|PM|am|pm)?\s*(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})秒?)?分?(?:[.,:](\d{1,9}))?\s*(AM|PM|am|pm)?)?\s*(Z|[+-]\d{2}:?\d{2})?$`

var (
	dateRE     = text.Pattern(`^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:\s*(?:星期|周).)?` + dayTime)
	americanRE = text.Pattern(`^(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})` + dayTime)
	clockRE    = text.Pattern(`^(\d{1,5})[:：](\d{1,2})(?:[:：](\d{1,2}))?(?:[.,](\d{1,9}))?$`)
	durationRE = text.Pattern(`^(?:(\d{1,9})\s*(?:小时|小時|时|時|h|hours?)\s*)?(?:(\d{1,9})\s*(?:分钟|分鐘|分|m|min|minutes?)\s*)?(?:(\d{1,9}(?:\.\d+)?)\s*(?:秒钟?|s|sec|seconds?)?)?$`)
	millisRE   = text.Pattern(`^(\d{1,15})(?:\.\d+)?\s*(?:毫秒|ms)$`)
)

func writtenDate(s string) (timeValue, bool) {
	m := dateRE().FindStringSubmatch(s)
	if m == nil {
		return timeValue{}, false
	}
	return datedTime(number(m[1]), number(m[2]+m[4]), number(m[3]+m[5]), m[6:])
}

// americanDate reads 3/18/2026 2:05:12 PM, which spreadsheets write by default.
func americanDate(s string) (timeValue, bool) {
	m := americanRE().FindStringSubmatch(s)
	if m == nil {
		return timeValue{}, false
	}
	year, month, day := number(m[3]), number(m[1]), number(m[2])
	if year < 100 {
		year += 2000
	}
	if month > 12 {
		month, day = day, month
	}
	return datedTime(year, month, day, m[4:])
}

// datedTime puts a day and the groups of dayTime together.
func datedTime(year, month, day int64, m []string) (timeValue, bool) {
	hour := number(m[1])
	if late := m[0] + m[5]; late == "下午" || strings.EqualFold(late, "PM") {
		hour = hour%12 + 12
	} else if late != "" {
		hour %= 12
	}
	if month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || number(m[2]) > 59 || number(m[3]) > 60 {
		return timeValue{}, false
	}
	t := time.Date(int(year), time.Month(month), int(day), int(hour), int(number(m[2])), int(number(m[3])), 0, time.UTC)
	v := timeValue{kind: aDate, ms: t.UnixMilli() + fraction(m[4]), exact: m[3] != ""}
	if zone := m[6]; zone != "" {
		v.ms, v.zoned = v.ms+8*hourMS-zoneOffset(zone), true
	}
	return v, true
}

// zoneOffset is how many milliseconds the clocks of a zone are ahead.
func zoneOffset(zone string) int64 {
	if zone == "Z" {
		return 0
	}
	digits := strings.ReplaceAll(zone[1:], ":", "")
	ms := number(digits[:2])*hourMS + number(digits[2:])*minuteMS
	if zone[0] == '-' {
		return -ms
	}
	return ms
}

func writtenClock(s string) (timeValue, bool) {
	m := clockRE().FindStringSubmatch(s)
	if m == nil {
		return timeValue{}, false
	}
	if m[3] == "" {
		return timeValue{kind: aShort, ms: number(m[1])*minuteMS + number(m[2])*secondMS + fraction(m[4]), exact: m[4] != ""}, true
	}
	return timeValue{kind: aClock, ms: number(m[1])*hourMS + number(m[2])*minuteMS + number(m[3])*secondMS + fraction(m[4]), exact: true}, true
}

// writtenDuration reads 1小时2分3秒, 62秒, 820ms.
func writtenDuration(s string) (timeValue, bool) {
	if m := millisRE().FindStringSubmatch(s); m != nil {
		return timeValue{kind: anOffset, ms: number(m[1])}, true
	}
	m := durationRE().FindStringSubmatch(s)
	if m == nil {
		return timeValue{}, false
	}
	secs, _ := strconv.ParseFloat("0"+m[3], 64)
	return timeValue{kind: anOffset, ms: number(m[1])*hourMS + number(m[2])*minuteMS + int64(math.Round(secs*1000))}, true
}

// duration is how many milliseconds something took; a number without unit is so many of u.
func duration(s string, u unit) (ms int64, ok bool) {
	v, ok := readTime(s, u)
	return v.ms, ok && v.kind != noTime && v.kind != aDate
}

// instantOf writes a date as RFC 3339, without a zone where none is known.
func (v timeValue) instantOf() string {
	at := time.UnixMilli(v.ms).UTC()
	layout := "2006-01-02T15:04:05"
	if v.ms%secondMS != 0 {
		layout += ".000"
	}
	if v.zoned {
		return at.Format(layout) + "+08:00"
	}
	return at.Format(layout)
}

// number is the number of some digits, 0 where there are none or too many.
func number(digits string) int64 {
	n, _ := strconv.ParseInt(digits, 10, 64)
	return n
}
