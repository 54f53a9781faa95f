package rule

import (
	"fmt"
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// sort is a sort of call that rules ask for, such as "callback" or "cut-short".
// What the input knows of a call comes first; what is said decides the rest.
type sort struct {
	id   int // its place among the pack's sorts
	name string
	ways []sortWay // one of them must hold
}

// sortWay is one way for a call to be of a sort; all that it names must hold.
type sortWay struct {
	direction  []call.Direction // nil: any
	reason     []string
	hangup     []call.Hangup
	callbackOf bool
	truncated  bool
	never      bool // a setting that it needs has another value
	said       []*cue
	in         part
	is         []sortTest
}

// fixed reports whether the settings alone decide the sort, and how.
func (s *sort) fixed() (holds, fixed bool) {
	for _, w := range s.ways {
		switch {
		case w.never:
		case w.bare():
			return true, true
		default:
			return false, false
		}
	}
	return false, true
}

// bare reports whether a way asks for nothing but settings.
func (w *sortWay) bare() bool {
	return w.direction == nil && w.reason == nil && w.hangup == nil && !w.callbackOf && !w.truncated && w.said == nil && w.is == nil
}

// sortTest asks for a sort, or for its absence.
type sortTest struct {
	sort *sort
	not  bool
}

// is reports whether all tests hold for the call.
func (v *view) is(tests []sortTest) bool {
	for _, t := range tests {
		if v.isSort(t.sort) == t.not {
			return false
		}
	}
	return true
}

// answer is what is known of a call and a sort.
type answer uint8

const (
	unasked answer = iota
	no
	yes
)

// isSort reports whether the call is of a sort. It finds that out once.
func (v *view) isSort(s *sort) bool {
	if v.sorts[s.id] == unasked {
		v.sorts[s.id] = no
		if slices.ContainsFunc(s.ways, v.isWay) {
			v.sorts[s.id] = yes
		}
	}
	return v.sorts[s.id] == yes
}

func (v *view) isWay(w sortWay) bool {
	c := v.call
	switch {
	case w.never,
		w.said != nil && !v.mayAny(w.said),
		w.direction != nil && !slices.Contains(w.direction, c.Direction),
		w.reason != nil && !slices.Contains(w.reason, c.CallbackReason),
		w.hangup != nil && !slices.Contains(w.hangup, c.Hangup),
		w.callbackOf && c.CallbackOf == "",
		w.truncated && !c.Truncated:
		return false
	}
	return v.is(w.is) && (w.said == nil || v.saidIn(w.in, w.said))
}

// saidIn reports whether one of the cues is in a turn of the part.
func (v *view) saidIn(p part, cues []*cue) bool {
	return slices.ContainsFunc(v.turnsOf(p), func(i int) bool { return v.saysAny(i, cues) })
}

// part is a part of a call: the first or last so many turns of the agent or of
// anybody, or all of it.
type part struct {
	last   bool
	count  int // 0: the whole call
	anyone bool
}

// part reads a part of a call that stands at a place of a pack.
func (c *compiler) part(at position, text string) part {
	in, ok := parsePart(text)
	if !ok {
		c.fault(at, unknownName("通话部分", "part of a call", text, []string{"opening", "closing", "call", "first 3", "last 2", "last 1 turns"}))
	}
	return in
}

// parsePart reads "opening" (the first 2 agent turns), "closing" (the last 2),
// "call", "first N", "last N" (agent turns), "first N turns" or "last N turns" (of anybody).
func parsePart(s string) (part, bool) {
	switch s {
	case "opening":
		return part{count: 2}, true
	case "closing":
		return part{count: 2, last: true}, true
	case "call", "":
		return part{anyone: true}, true
	}
	var which, unit string
	var n int
	if got, _ := fmt.Sscanf(s, "%s %d %s", &which, &n, &unit); got < 2 || n < 1 {
		return part{}, false
	}
	p := part{last: which == "last", count: n, anyone: unit == "turns"}
	return p, (which == "first" || which == "last") && (unit == "" || p.anyone)
}

// turnsOf lists the turns of a part of the call.
func (v *view) turnsOf(p part) []int {
	switch list := v.all; {
	case p.count == 0 && p.anyone, p.anyone && p.count >= len(list):
		return list
	case p.anyone && p.last:
		return list[len(list)-p.count:]
	case p.anyone:
		return list[:p.count]
	case p.count == 0:
		return v.agent
	case p.last:
		return v.agentRunsBefore(len(v.agent), p.count)
	}
	return v.agentRuns(0, p.count)
}
