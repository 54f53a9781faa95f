package report

import (
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// htmlChains is the day of the calls that dropped: by hour, and each with its callbacks.
type htmlChains struct {
	Label  string
	Hours  htmlColumns
	Legend string // how to read a strip
	First  []htmlChain
	Rest   []htmlChain
	Hidden int // beyond those that are listed
}

// htmlChain is a call that dropped with what came of it, on a strip that begins with the drop.
type htmlChain struct {
	Time  string
	Due   string // where the limit is on the strip; empty where it is not known
	Marks []htmlMark
	Steps []htmlStep
	Came  []htmlBadge // what is wrong, or what became of it
}

// htmlBadge is a word in the colour of a class: error, warning, good or none.
type htmlBadge struct{ Text, Class string }

// htmlMark is a call on the strip.
type htmlMark struct{ X, Class string }

// htmlStep is a call of a chain in words.
type htmlStep struct{ Text, Href string }

const (
	stripLength = time.Hour // what comes later stands at the end of the strip
	mostChains  = 500       // that are listed, of those that went well and of the others
	firstChains = 12        // seen at once where all went well
)

// chains are the calls that dropped; nil where none did or nobody looked.
func (h *htmlReport) chains(s *Summary) *htmlChains {
	if s.Followups == nil || len(s.Followups.Drops) == 0 {
		return nil
	}
	drops := slices.Clone(s.Followups.Drops)
	slices.SortStableFunc(drops, func(a, b lint.Drop) int { return a.At.Compare(b.At) })
	days := severalDays(drops)
	out := &htmlChains{Label: h.text.callbacks(s), Hours: h.dropHours(drops), Legend: h.say(
		"每行从断线开始，共一小时；竖线是期限。● 接通 ○ 未接 ◆ 客户自己又打来。", "Each row begins with the drop and is an hour long; the line is the limit. ● answered ○ not answered ◆ the customer called again.")}
	for i := range drops {
		list := &out.Rest
		if len(drops[i].Found) > 0 {
			list = &out.First
		}
		if len(*list) == mostChains {
			out.Hidden++
			continue
		}
		*list = append(*list, h.chain(&drops[i], s.Followups.Within, days))
	}
	if len(out.First) == 0 {
		n := min(firstChains, len(out.Rest))
		out.First, out.Rest = out.Rest[:n], out.Rest[n:]
	}
	return out
}

// severalDays reports whether the drops, which are in order, are not all of one day.
func severalDays(drops []lint.Drop) bool {
	drops = slices.DeleteFunc(slices.Clone(drops), func(d lint.Drop) bool { return d.At.IsZero() })
	return len(drops) > 0 && drops[0].At.Format(time.DateOnly) != drops[len(drops)-1].At.Format(time.DateOnly)
}

// dropHours counts the drops by the hour of the day, with those that broke a rule.
func (h *htmlReport) dropHours(drops []lint.Drop) htmlColumns {
	var data [24]columnData
	for i := range data {
		data[i].label = fmt.Sprint(i)
	}
	for i := range drops {
		if drops[i].At.IsZero() {
			continue
		}
		of := &data[drops[i].At.Hour()]
		of.all++
		if len(drops[i].Found) > 0 {
			of.grave++
		}
	}
	for i := range data {
		data[i].title = h.sayf("%[1]d 时：断线 %[2]d 通，其中没有做到 %[3]d 通", "hour %[1]d: %[4]s, %[3]d of them not handled as required", i, data[i].all, data[i].grave, plural(data[i].all, "dropped call"))
	}
	chart := h.columns(h.say("各时段断线（时）", "Dropped calls by hour of the day"), "", true, data[:])
	for i := range chart.Columns {
		chart.Columns[i].Href = "" // there is no list of them but the one below
	}
	chart.Legend = []string{h.say("没有做到", "not handled as required"), h.say("其余", "others")}
	return chart
}

func (h *htmlReport) chain(d *lint.Drop, within time.Duration, days bool) htmlChain {
	clock := "15:04"
	if days {
		clock = "01-02 15:04"
	}
	out := htmlChain{Time: "–", Came: h.came(d)}
	if !d.At.IsZero() {
		out.Time = d.At.Format(clock)
	}
	if within > 0 && within < stripLength {
		out.Due = onStrip(within)
	}
	out.Steps = append(out.Steps, h.step(d.ID, Clean(d.ID), time.Time{}))
	for _, a := range d.Attempts {
		class, what := "missed", h.say("回拨未接", "not answered")
		if a.Answered {
			class, what = "reached", h.say("回拨接通", "answered")
		}
		out.add(d, a, class, h.step(a.ID, what, a.At.In(d.At.Location())))
	}
	if d.Again != nil {
		out.add(d, *d.Again, "again", h.step(d.Again.ID, h.say("客户又打来", "customer called again"), d.Again.At.In(d.At.Location())))
	}
	if d.Reported {
		out.Steps = append(out.Steps, htmlStep{Text: h.say("已报备", "put on record")})
	}
	return out
}

func (c *htmlChain) add(d *lint.Drop, a lint.Attempt, class string, step htmlStep) {
	c.Steps = append(c.Steps, step)
	if !a.At.IsZero() && !d.At.IsZero() {
		c.Marks = append(c.Marks, htmlMark{onStrip(a.At.Sub(d.At)), class})
	}
}

// onStrip is the place of something so long after the drop. A little room is left at both
// ends, so that marks are seen whole.
func onStrip(after time.Duration) string {
	return percent(3 + 94*float64(min(max(0, after), stripLength))/float64(stripLength))
}

func (h *htmlReport) step(id, what string, at time.Time) htmlStep {
	if !at.IsZero() {
		what = at.Format("15:04") + " " + what
	}
	s := htmlStep{Text: what}
	if !h.o.SummaryOnly {
		s.Href = "#call=" + url.QueryEscape(Clean(id))
	}
	return s
}

// came is what is wrong with a chain; what became of it where nothing is.
func (h *htmlReport) came(d *lint.Drop) []htmlBadge {
	if len(d.Found) == 0 {
		class := map[rule.Fate]string{rule.InTime: "good", rule.Open: "warning"}[d.Fate]
		return []htmlBadge{{d.Fate.In(h.o.Lang), class}}
	}
	var out []htmlBadge
	for _, r := range d.Found {
		out = append(out, htmlBadge{Clean(r.Title.In(h.o.Lang)), r.Severity.String()})
	}
	return out
}
