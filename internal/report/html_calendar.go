package report

import (
	"regexp"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/lint"
)

// htmlCalendar counts calls by hour, by day and by score. It grows with the
// number of days.
type htmlCalendar struct {
	clean  int // flawless calls
	hours  [24]Group
	days   map[string]*Group
	scores [10]int // calls by tenths of the points they started with; the last takes full marks too
	start  int     // points that calls start with
}

// started is when a call started, as the clocks of its place showed it.
type started struct {
	day    string // 2026-03-18
	minute string // 09:12; empty where the day only is known
}

var startRE = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)(?:T([01]\d|2[0-3])(:\d\d))?`)

// startOf reads the start of a call; it is empty where it says no day.
func startOf(s string) started {
	m := startRE.FindStringSubmatch(s)
	if m == nil {
		return started{}
	}
	return started{m[1], m[2] + m[3]}
}

// String is 2026-03-18 09:12, the day alone, or nothing.
func (s started) String() string { return strings.TrimSpace(s.day + " " + s.minute) }

// hour is 0 to 23, -1 where it is not known.
func (s started) hour() int {
	if s.minute == "" {
		return -1
	}
	return int(s.minute[0]-'0')*10 + int(s.minute[1]-'0')
}

func (c *htmlCalendar) add(r *lint.Result) {
	if flawless(r) {
		c.clean++
	}
	if s := r.Verdict.Score; s != nil && s.Start > 0 {
		c.scores[min(9, s.Points*10/s.Start)]++
		c.start = s.Start
	}
	at := startOf(r.Call.StartedAt)
	if at.day == "" {
		return
	}
	if c.days == nil {
		c.days = map[string]*Group{}
	}
	entry(c.days, at.day, Group{}).add(r)
	if hour := at.hour(); hour >= 0 {
		c.hours[hour].add(r)
	}
}

// flawless reports whether a call was judged, by some rules at least, and nothing was found.
func flawless(r *lint.Result) bool {
	return len(r.Verdict.Findings) == 0 && evaluated(r)
}

// anyFound reports whether anything was found in the calls of the groups.
func anyFound(groups []Group) bool {
	return slices.ContainsFunc(groups, func(g Group) bool { return g.Findings > 0 })
}

// period is a day, a month or a year with its calls.
type period struct {
	name string // 2026-03-18, 2026-03 or 2026
	*Group
}

const mostPeriods = 62 // that a chart has room for: two months of days

// periods are the days in order; or the months, or the years, where there are too many.
func (c *htmlCalendar) periods() []period {
	for _, length := range []int{len("2026-03-18"), len("2026-03")} {
		if list := c.shortened(length); len(list) <= mostPeriods {
			return list
		}
	}
	list := c.shortened(len("2026"))
	return list[max(0, len(list)-mostPeriods):]
}

// shortened are the days whose names begin alike, taken together.
func (c *htmlCalendar) shortened(length int) []period {
	groups := map[string]*Group{}
	var names []string
	for day, g := range c.days {
		name := day[:length]
		if groups[name] == nil {
			groups[name] = &Group{}
			names = append(names, name)
		}
		groups[name].join(g)
	}
	slices.Sort(names)
	out := make([]period, len(names))
	for i, name := range names {
		out[i] = period{name, groups[name]}
	}
	return out
}

// join adds the numbers of another group, without its rules and tags.
func (g *Group) join(other *Group) {
	g.Calls += other.Calls
	g.Judged += other.Judged
	g.Findings += other.Findings
	g.Errors += other.Errors
	g.Scored += other.Scored
	g.scores.Join(other.scores)
}
