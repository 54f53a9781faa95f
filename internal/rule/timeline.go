package rule

import (
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// timeline is a call by the clock: what rules of the kind timing measure on.
type timeline struct {
	speech  []call.Speech
	last    []int // by speech: which of it and those before ends last
	of      []int // by turn: its speech, -1 if its times cannot be used; nil where no turn has times
	untimed []int // the turns whose times cannot be used
	ended   bool  // some ends are known, not only guessed
	skewed  bool  // the clocks of the two sides differ
	coarse  bool  // the times are whole seconds
}

// breath is the longest pause, in milliseconds, after which a speaker still
// talks on: recognisers cut one utterance into sentences that touch.
const breath = 300

// timeline is made when a rule first asks for it.
func (v *view) timeline() *timeline {
	if v.clock == nil {
		v.clock = newTimeline(v.call)
	}
	return v.clock
}

func newTimeline(c *call.Call) *timeline {
	t := &timeline{speech: c.Speeches(), coarse: true}
	if len(t.speech) == 0 {
		return t
	}
	t.of = slices.Repeat([]int{-1}, len(c.Turns))
	for k, s := range t.speech {
		t.of[s.Turn] = k
		t.ended = t.ended || !s.Guessed
		t.coarse = t.coarse && s.Start%1000 == 0 && (s.Guessed || s.End%1000 == 0)
		if k == 0 || s.End > t.speech[t.last[k-1]].End {
			t.last = append(t.last, k)
		} else {
			t.last = append(t.last, t.last[k-1])
		}
	}
	for i, k := range t.of {
		if k < 0 {
			t.untimed = append(t.untimed, i)
		}
	}
	t.skewed = t.skewBetween(c)
	return t
}

// silence is the time before a speech in which nobody speaks, in milliseconds. It is not
// known where a turn without times may lie in it, nor before the first speech.
func (t *timeline) silence(k int) (ms int64, known bool) {
	if k == 0 {
		return 0, false
	}
	before := t.speech[t.last[k-1]]
	from, to := min(before.Turn, t.speech[k].Turn), max(before.Turn, t.speech[k].Turn)
	i, _ := slices.BinarySearch(t.untimed, from)
	if i < len(t.untimed) && t.untimed[i] < to {
		return 0, false
	}
	return max(0, t.speech[k].Start-before.End), true
}

// overlap is the longest time, in milliseconds, by which a turn begins before another ends.
func (t *timeline) overlap() int64 {
	most := int64(0)
	for k := 1; k < len(t.speech); k++ {
		most = max(most, t.speech[t.last[k-1]].End-t.speech[k].Start)
	}
	return most
}

// silences is the time in which nobody speaks between the first turn and the last, in milliseconds.
func (t *timeline) silences() int64 {
	sum := int64(0)
	for k := range t.speech {
		ms, _ := t.silence(k)
		sum += ms
	}
	return sum
}

const (
	leastExchanges = 4   // in each direction, to judge the clocks by
	plainSkew      = 500 // milliseconds by which they must differ
)

// skewBetween reports whether the clocks of agent and customer plainly differ: nearly
// every answer of one side begins before the question ends, and the other side seems
// to wait as much longer. A side that merely interrupts is not waited for like that.
func (t *timeline) skewBetween(c *call.Call) bool {
	toAgent, toCustomer := t.exchanges(c)
	if len(toAgent) < leastExchanges || len(toCustomer) < leastExchanges {
		return false
	}
	slices.Sort(toAgent)
	slices.Sort(toCustomer)
	return ahead(toAgent, toCustomer) || ahead(toCustomer, toAgent)
}

// exchanges are the times between the turns of customer and agent, either way, in
// milliseconds; negative where they overlap.
func (t *timeline) exchanges(c *call.Call) (toAgent, toCustomer []int64) {
	for k := 1; k < len(t.speech); k++ {
		a, b := t.speech[k-1], t.speech[k]
		if a.Guessed || b.Guessed || b.End <= a.End {
			continue
		}
		switch from, to := c.Turns[a.Turn].Role, c.Turns[b.Turn].Role; {
		case from == call.Customer && to == call.Agent:
			toAgent = append(toAgent, b.Start-a.End)
		case from == call.Agent && to == call.Customer:
			toCustomer = append(toCustomer, b.Start-a.End)
		}
	}
	return toAgent, toCustomer
}

// ahead reports whether three of four sorted times are overlaps while the median of
// the others is as far on the other side.
func ahead(overlaps, waits []int64) bool {
	shift := -overlaps[len(overlaps)/2]
	return overlaps[len(overlaps)*3/4] < 0 && shift >= plainSkew && waits[len(waits)/2] >= shift
}

// silenceBetween is the time in which nobody speaks between two turns, in
// milliseconds; known where both have times.
func (v *view) silenceBetween(from, to int) (ms int64, known bool) {
	t := v.timeline()
	if len(t.speech) == 0 {
		return 0, false
	}
	a, b := t.of[from], t.of[to]
	if a < 0 || b < a {
		return 0, false
	}
	for k := a + 1; k <= b; k++ {
		gap, known := t.silence(k)
		if !known {
			return 0, false
		}
		ms += gap
	}
	return ms, true
}

// oneBreath reports whether two turns that follow each other are one utterance of one
// speaker that a recogniser cut in two, or wrote down twice.
func (v *view) oneBreath(from, to int) bool {
	turns := v.call.Turns
	for i := from; i < to; i++ {
		if turns[i].Role != turns[to].Role {
			return false
		}
	}
	end, ended := turns[from].End.Get()
	start, known := turns[to].Start.Get()
	return ended && known && start-end <= breath
}

// talkedOver reports whether an agent spoke through at least half of a turn.
func (v *view) talkedOver(turn int) bool {
	t := v.timeline()
	if len(t.speech) == 0 {
		return false
	}
	k := t.of[turn]
	if k < 0 || t.speech[k].Guessed || t.skewed {
		return false
	}
	s, over := t.speech[k], int64(0)
	for _, o := range t.speech[max(0, k-lookBack):min(len(t.speech), k+lookBack)] {
		if !o.Guessed && v.call.Turns[o.Turn].Role == call.Agent {
			over += max(0, min(o.End, s.End)-max(o.Start, s.Start))
		}
	}
	return s.End > s.Start && 2*over >= s.End-s.Start
}
