package follow

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

var shanghai = time.FixedZone("", 8*60*60)

// callOf reads a call: its id, its time, and words: who the customer is (u1, 138…), what it
// answers (>D), and out, back, drop, failed, reported.
func callOf(t *testing.T, text string) *call.Call {
	t.Helper()
	words := strings.Fields(text)
	c := &call.Call{ID: words[0], Direction: call.Inbound, Hangup: call.ByCustomer}
	if at := words[1]; at != "-" {
		c.StartedAt = "2026-03-" + at[:2] + "T" + at[3:] + ":00"
	}
	for _, w := range words[2:] {
		switch {
		case w == "out":
			c.Direction = call.Outbound
		case w == "back":
			c.Direction = call.Callback
		case w == "?":
			c.Direction = ""
		case w == "drop":
			c.Hangup = call.Dropped
		case w == "failed":
			c.Answered = new(bool)
		case w == "reported":
			c.Reported = true
		case w[0] == '>':
			c.CallbackOf = w[1:]
		case w[0] == 'u':
			c.Customer.ID = w
		default:
			c.Customer.Number = w
		}
	}
	return c
}

// told is a chain on one line: the call that dropped, the attempts, how it ended.
func told(c *Chain) string {
	var out []string
	if c.Dropped != nil {
		out = append(out, c.Dropped.Key.ID)
	}
	for _, a := range c.Attempts {
		if a.Failed {
			out = append(out, "("+a.Key.ID+")")
			continue
		}
		out = append(out, a.Key.ID)
	}
	for word, holds := range map[string]bool{"reported": c.Reported, "unknown": !c.Known, "stray": c.Stray, "undated": c.Undated, "noway": c.NoWay()} {
		if holds {
			out = append(out, word)
		}
	}
	if c.Own != nil {
		out = append(out, "own:"+c.Own.Key.ID)
	}
	if c.Unclear != nil {
		out = append(out, "unclear:"+c.Unclear.Key.ID)
	}
	return strings.Join(out, " ")
}

func chains(t *testing.T, calls []string) []string {
	t.Helper()
	c := NewCollector(24*time.Hour, shanghai)
	for _, text := range calls {
		c.Add(callOf(t, text))
	}
	var out []string
	for _, chain := range c.Chains() {
		out = append(out, told(chain))
	}
	return out
}

func TestChains(t *testing.T) {
	for what, c := range map[string]struct{ calls, want []string }{
		"by id":                              {[]string{"D 18T14:00 u1 drop", "B 18T14:05 u1 back"}, []string{"D B"}},
		"any call out counts":                {[]string{"D 18T14:00 u1 drop", "B 18T14:05 u1 out"}, []string{"D B"}},
		"up to the first answer":             {[]string{"D 18T14:00 u1 drop", "A 18T14:05 u1 back failed", "B 18T14:30 u1 back", "C 18T15:00 u1 out"}, []string{"D (A) B"}},
		"whatever the order":                 {[]string{"B 18T14:30 u1 back", "A 18T14:05 u1 back failed", "D 18T14:00 u1 drop"}, []string{"D (A) B"}},
		"what came before is no answer":      {[]string{"B 18T13:55 u1 out", "D 18T14:00 u1 drop"}, []string{"D"}},
		"another customer":                   {[]string{"D 18T14:00 u1 drop", "B 18T14:05 u2 out"}, []string{"D"}},
		"by number, however it is written":   {[]string{"D 18T14:00 13900001111 drop", "B 18T14:05 +86-139-0000-1111 back"}, []string{"D B"}},
		"a number as an id":                  {[]string{"D 18T14:00 013900001111 drop", "B 18T14:05 139００００1111 back"}, []string{"D B"}},
		"a third call tells who it is":       {[]string{"D 18T14:00 u1 drop", "B 18T14:05 13900001111 back", "X 18T09:00 u1 13900001111"}, []string{"D B"}},
		"by the call it names":               {[]string{"D 18T14:00 drop", "B 18T14:05 >D back"}, []string{"D B"}},
		"by the call it names, without time": {[]string{"D 18T14:00 u1 drop", "B - >D back"}, []string{"D B"}},
		"for another call":                   {[]string{"D 18T14:00 u1 drop", "E 18T14:10 u1 drop", "B 18T14:20 u1 >D back failed", "C 18T14:25 u1 >E back"}, []string{"D own:E", "E C", "(B)"}},
		"for the last that dropped":          {[]string{"D 18T14:00 u1 drop", "E 18T14:10 u1 drop", "B 18T14:20 u1 back"}, []string{"D own:E", "E B"}},
		"inbound is no callback":             {[]string{"D 18T14:00 u1 drop", "B 18T14:05 u1 >D"}, []string{"D own:B"}},
		"the customer was not answered":      {[]string{"D 18T14:00 u1 drop", "B 18T14:05 u1 failed"}, []string{"D"}},
		"nobody tells who called":            {[]string{"D 18T14:00 u1 drop", "B 18T14:05 u1 ?"}, []string{"D unclear:B"}},
		"a callback that dropped":            {[]string{"D 18T14:00 u1 drop", "B 18T14:05 u1 back drop", "C 18T14:10 u1 back"}, []string{"D B", "B C"}},
		"reported later":                     {[]string{"D 18T14:00 u1 drop", "B 18T14:05 u1 back failed reported"}, []string{"D (B) reported"}},
		"nobody":                             {[]string{"D 18T14:00 drop"}, []string{"D unknown"}},
		"no number, where others have one":   {[]string{"D 18T14:00 u1 drop", "B 18T14:05 u2 13900001111"}, []string{"D noway"}},
		"a hidden number":                    {[]string{"D 18T14:00 u1 匿名 drop"}, []string{"D noway"}},
		"masked like itself":                 {[]string{"D 18T14:00 138****2671 drop", "B 18T14:05 138xxxx2671 back"}, []string{"D B"}},
		"masked is not the full number":      {[]string{"D 18T14:00 138****2671 drop", "B 18T14:05 13800002671 back"}, []string{"D", "B"}},
		"two customers masked alike":         {[]string{"D 18T14:00 u1 138****2671 drop", "B 18T14:05 u2 138****2671 back"}, []string{"D", "B"}},
		"a call out without time":            {[]string{"D 18T14:00 u1 drop", "B - u1 out"}, []string{"D undated"}},
		"beyond the window":                  {[]string{"D 18T14:00 u1 drop", "B 19T14:01 u1 back"}, []string{"D", "B"}},
		"over midnight":                      {[]string{"D 18T23:58 u1 drop", "B 19T00:05 u1 back"}, []string{"D B"}},
		"callbacks without a dropped call":   {[]string{"A 18T14:00 u1 >X back failed", "B 18T14:20 u1 >X back", "C 18T14:40 u1 >Y back"}, []string{"(A) B", "C"}},
		"an outbound call is no callback":    {[]string{"A 18T14:00 u1 out failed", "B 18T14:10 u1 out failed"}, nil},
		"the same call twice":                {[]string{"D 18T14:00 u1 drop", "B 18T14:05 u1 back failed", "B 18T14:05 u1 back failed", "D 18T14:00 u1 drop"}, []string{"D (B)"}},
	} {
		t.Run(what, func(t *testing.T) { assert.Equal(t, c.want, chains(t, c.calls)) })
	}
}

// crowd is calls of others, by the hour over some days: it makes the collector forget.
func crowd(from, to int) []string {
	var out []string
	for d := from; d != to; {
		for h := range 24 {
			hour := h
			if to < from {
				hour = 23 - h
			}
			out = append(out, fmt.Sprintf("X%d-%d %02dT%02d:30 u%d-%d", d, h, d, hour, d, h))
		}
		if to < from {
			d--
		} else {
			d++
		}
	}
	return out
}

// What was forgotten is not held against anybody.
func TestFarOutOfOrder(t *testing.T) {
	drop, back := "D 02T14:00 u1 drop", "B 02T14:05 u1 back"
	for what, c := range map[string]struct {
		calls []string
		want  []string
	}{
		"the callback comes days late":  {append(append([]string{drop}, crowd(2, 20)...), back), []string{"D B"}},
		"the drop comes days late":      {append(append([]string{back}, crowd(2, 20)...), drop), []string{"B", "D stray"}},
		"from the last to the first":    {append(append(crowd(20, 2), back, drop), crowd(2, 1)...), []string{"D B"}},
		"in order, with nobody calling": {append(append([]string{drop}, crowd(2, 20)...), "Z 20T10:00 u9"), []string{"D"}},
		"one clock is wrong":            {append([]string{drop, "W 28T14:00 u7", back}, crowd(2, 9)...), []string{"D B"}},
	} {
		t.Run(what, func(t *testing.T) { assert.Equal(t, c.want, chains(t, c.calls)) })
	}
}

func TestForgets(t *testing.T) {
	c := NewCollector(24*time.Hour, shanghai)
	for _, text := range crowd(1, 27) {
		c.Add(callOf(t, text))
	}
	assert.Less(t, len(c.groups), 24*4)
}

func TestMaskedCustomersAreCounted(t *testing.T) {
	c := NewCollector(time.Hour, shanghai)
	for _, text := range []string{"A 18T14:00 138****2671", "B 18T14:01 138****2671", "C 18T14:02 u1 139****1111", "D 18T14:03 13900001111"} {
		c.Add(callOf(t, text))
	}
	assert.Equal(t, 1, c.Masked())
}

func TestTimes(t *testing.T) {
	want := time.Date(2026, 3, 18, 6, 5, 0, 0, time.UTC)
	for _, s := range []string{"2026-03-18T14:05:00", "2026-03-18T14:05:00+08:00", "2026-03-18T06:05:00Z"} {
		assert.True(t, want.Equal(ParseTime(s, shanghai)), s)
	}
	assert.True(t, ParseTime("noon", shanghai).IsZero())
	for name, good := range map[string]bool{"Asia/Shanghai": true, "+08:00": true, "": false, "Local": false, "Mars/Olympus": false} {
		_, err := ParseZone(name)
		assert.Equal(t, good, err == nil, name)
	}
}

func TestShifts(t *testing.T) {
	var shifts []Shift
	for _, s := range []string{"08:00-20:00", "20:00-08:00"} {
		shift, err := ParseShift(s)
		require.NoError(t, err)
		shifts = append(shifts, shift)
	}
	at := func(s string) string { return ShiftOf(ParseTime("2026-03-"+s+":00", shanghai), shifts, shanghai) }
	assert.Equal(t, at("18T08:00"), at("18T19:59"))
	assert.NotEqual(t, at("18T19:59"), at("18T20:00"))
	assert.Equal(t, at("18T23:00"), at("19T07:59"), "a night is one shift")
	assert.NotEqual(t, at("18T07:59"), at("18T23:00"), "two nights are two")
	assert.Equal(t, at("18T09:00"), ShiftOf(ParseTime("2026-03-18T03:00:00Z", shanghai), shifts, shanghai), "in the zone of the centre")
	for _, bad := range []string{"", "08:00", "8-20", "08:00-25:00", "08:60-09:00"} {
		_, err := ParseShift(bad)
		assert.Error(t, err, bad)
	}
}
