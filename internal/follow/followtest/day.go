// Package followtest makes days of calls for tests of rules that judge calls together,
// and knows what such rules must find in them.
package followtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Day is the calls of a day, not quite in the order of their times.
type Day struct {
	Calls []*call.Call
	Found map[string][]string // rules that must find something, sorted, by the id of the call
	Open  map[string]int      // how many rules cannot be judged, by the id of the call; 0 for most
}

// The ids of the rules, as the pack of documents has them.
const (
	missing     = "callback/missing"
	late        = "callback/late"
	tooClose    = "callback/attempts-too-close"
	notReported = "callback/not-reported"
)

// New makes a day of at least so many calls. The same seed makes the same day.
func New(calls int, seed uint64) *Day {
	m := &maker{Day: &Day{Found: map[string][]string{}, Open: map[string]int{}}, rand: rand.New(rand.NewPCG(seed, seed))}
	plots := plots()
	for len(m.Calls) < calls {
		if m.rand.IntN(5) > 0 {
			m.ordinary()
			continue
		}
		m.begin()
		plots[m.rand.IntN(len(plots))](m)
	}
	// The day ends quietly, so that no limit runs past it.
	m.customer = call.Person{ID: "last"}
	m.call(23*60+50, 5, call.Inbound, func(c *call.Call) { c.Hangup = call.ByAgent })
	m.mix()
	return m.Day
}

// maker makes calls. Each plot is of a customer of its own, and begins at some minute of the day.
type maker struct {
	*Day
	rand     *rand.Rand
	customer call.Person
	start    int // minute of the day
	people   int
}

// begin brings on the next customer, who is known by an id, a number or both.
func (m *maker) begin() {
	m.people++
	m.start = 30 + m.rand.IntN(19*60)
	number := fmt.Sprintf("139%08d", m.people)
	m.customer = call.Person{ID: fmt.Sprint("u", m.people), Number: number}
	switch m.rand.IntN(4) {
	case 0:
		m.customer.ID = ""
	case 1:
		m.customer = call.Person{Number: number[:3] + "-" + number[3:7] + "-" + number[7:]}
	case 2:
		m.customer.Number = "+86" + number
	}
}

// call adds a call that begins at a minute, and takes some. Every other time is of another
// zone, and every fourth names none.
func (m *maker) call(minute, length int, direction call.Direction, tell ...func(*call.Call)) *call.Call {
	at := time.Date(2026, 3, 18, 0, minute, 0, 0, time.FixedZone("", 8*60*60))
	layout := time.RFC3339
	switch len(m.Calls) % 4 {
	case 0:
		layout = "2006-01-02T15:04:05"
	case 1, 3:
		at = at.UTC()
	}
	yes := true
	c := &call.Call{ID: fmt.Sprint("C", len(m.Calls)), Direction: direction, Customer: m.customer, Agent: call.Person{ID: fmt.Sprint(8000 + m.rand.IntN(40))},
		StartedAt: at.Format(layout), EndedAt: at.Add(time.Duration(length) * time.Minute).Format(layout), Hangup: call.ByCustomer, Answered: &yes,
		Turns: []call.Turn{{Role: call.Agent, Text: "您好，请问有什么可以帮您"}, {Role: call.Customer, Text: "我想查一下上个月的积分"}, {Role: call.Agent, Text: "好的，马上为您查询"}}}
	for _, t := range tell {
		t(c)
	}
	m.Calls = append(m.Calls, c)
	return c
}

func (m *maker) ordinary() {
	m.begin()
	m.call(m.start, 3, call.Inbound)
}

// drop is a call that drops at the start of the plot.
func (m *maker) drop(tell ...func(*call.Call)) *call.Call {
	return m.call(m.start-4, 4, call.Inbound, append(tell, func(c *call.Call) { c.Hangup = call.Dropped })...)
}

// back is a callback so many minutes after the drop.
func (m *maker) back(after int, tell ...func(*call.Call)) *call.Call {
	return m.call(m.start+after, 2, call.Callback, tell...)
}

func failed(c *call.Call) {
	no := false
	c.Answered, c.Turns, c.Hangup, c.EndedAt = &no, nil, "", ""
}

func reported(c *call.Call) { c.Reported = true }

// answers names the call that a callback answers, in place of a customer.
func answers(dropped *call.Call) func(*call.Call) {
	return func(c *call.Call) { c.CallbackOf, c.Customer = dropped.ID, call.Person{} }
}

// find notes what the rules must find in a call.
func (m *maker) find(c *call.Call, rules ...string) {
	slices.Sort(rules)
	m.Found[c.ID] = rules
}

// plots are what may happen to a customer. The limits are 15 minutes, and a shift is a day.
func plots() []func(*maker) {
	return []func(*maker){
		func(m *maker) { m.drop(); m.back(m.rand.IntN(16)) },
		func(m *maker) { m.back(3, answers(m.drop())) },
		func(m *maker) { d := m.drop(); m.back(16 + m.rand.IntN(60)); m.find(d, late) },
		func(m *maker) { m.find(m.drop(), missing) },
		func(m *maker) { m.drop(reported) },
		func(m *maker) { d := m.drop(); m.back(5, failed); m.back(12); m.find(d, tooClose) },
		func(m *maker) { m.drop(); m.back(5, failed); m.back(20) },
		func(m *maker) {
			d := m.drop()
			m.back(5, failed)
			m.back(20, failed)
			m.back(40, failed)
			m.find(d, notReported)
		},
		func(m *maker) { m.drop(); m.back(5, failed); m.back(20, failed); m.back(40, failed, reported) },
		func(m *maker) {
			d := m.drop()
			m.back(30, failed)
			m.back(35, failed)
			m.back(55, failed)
			m.find(d, late, tooClose, notReported)
		},
		func(m *maker) { m.drop(); m.call(m.start+10, 3, call.Inbound) },
		func(m *maker) { d := m.drop(); m.call(m.start+40, 3, call.Inbound); m.find(d, missing) },
		func(m *maker) { d := m.drop(); m.call(m.start+5, 1, call.Inbound, failed); m.find(d, missing) },
		func(m *maker) { // known by nothing
			m.customer = call.Person{}
			m.Open[m.drop().ID] = 4
		},
		func(m *maker) { m.Open[m.call(m.start, 3, call.Inbound, func(c *call.Call) { c.Hangup = "" }).ID] = 4 },
		func(m *maker) { // when it dropped is not known, nor that the callback was late
			d := m.drop(func(c *call.Call) { c.EndedAt = "" })
			m.back(20)
			m.Open[d.ID] = 1
		},
		func(m *maker) { // the number is hidden
			m.customer = call.Person{ID: fmt.Sprint("hidden", m.people), Number: "匿名"}
			m.find(m.drop(), notReported)
		},
		func(m *maker) { // two drops, one callback each, the second late
			m.drop()
			m.back(5)
			m.start += 60
			d := m.drop()
			m.back(25)
			m.find(d, late)
		},
	}
}

// mix sorts the calls by their times and then moves each by some hours, as exports do
// that are put together from several.
func (m *maker) mix() {
	type placed struct {
		*call.Call
		at int
	}
	var all []placed
	for _, c := range m.Calls {
		at, err := time.Parse(time.RFC3339, c.StartedAt)
		if err != nil {
			at, _ = time.Parse("2006-01-02T15:04:05-07:00", c.StartedAt+"+08:00") // it was written so above
		}
		all = append(all, placed{c, int(at.Unix()) + m.rand.IntN(6*60*60)})
	}
	slices.SortStableFunc(all, func(a, b placed) int { return a.at - b.at })
	for i := range all {
		m.Calls[i] = all[i].Call
	}
}
