package rule

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/follow"
)

// followupSpec: what must come of a call that dropped, in later calls of the customer.
// Values may be {settings}.
type followupSpec struct {
	Check    item  `yaml:"check"`    // a name of followupChecks
	Within   item  `yaml:"within"`   // missing, late: the customer must be called back in this time, 15m
	Apart    item  `yaml:"apart"`    // too-close: the least time from one attempt to the next
	Attempts int   `yaml:"attempts"` // not-reported: so many failed ones in one shift must be reported
	Shifts   items `yaml:"shifts"`   // not-reported: 08:00-20:00, 20:00-08:00
	Zone     item  `yaml:"zone"`     // of times without one: Asia/Shanghai, +08:00
}

// followupChecks are what a rule of this kind can look for.
var followupChecks = []string{checkMissing, checkLate, checkTooClose, checkNotReported}

const (
	checkMissing     = "missing"      // nobody called back
	checkLate        = "late"         // the first attempt came after the limit
	checkTooClose    = "too-close"    // two attempts came too soon after each other
	checkNotReported = "not-reported" // the customer was not reached, and nobody put it on record
)

// followup judges chains of calls. Of one call alone it can say nothing.
type followup struct {
	looksFor      string
	within, apart time.Duration
	attempts      int
	shifts        []follow.Shift
	zone          *time.Location
}

func (*followup) idle(*view) bool { return true }

func (*followup) check(*view, func(place)) {}

// Followup reports whether the rule judges the calls of a customer together.
func (r *Rule) Followup() bool {
	_, is := r.evaluator.(*followup)
	return is
}

// Zone is that of times without one, for a rule that judges calls together; nil for others.
func (r *Rule) Zone() *time.Location {
	if f, is := r.evaluator.(*followup); is {
		return f.zone
	}
	return nil
}

// Limit is the time in which a call that dropped must be called back, for a rule that
// asks for it; 0 for others.
func (r *Rule) Limit() time.Duration {
	if f, is := r.evaluator.(*followup); is {
		return f.within
	}
	return 0
}

// Outcome is what a rule says of a chain of calls. Where Of is nil it has nothing to say.
type Outcome struct {
	Of      *follow.Contact // the call that it is about
	Found   bool            // the rule is broken; else it could not be judged, for the Reason
	Reason  call.Say
	Related []string // ids of the other calls that show it

	slots []string // of the message, with their Chinese and English values
}

// Follow judges a chain. The rule must be one of those that judge calls together.
func (r *Rule) Follow(c *follow.Chain) Outcome {
	f := r.evaluator.(*followup)
	if reason := unfollowable(c); reason != (call.Say{}) {
		return Outcome{Of: c.Dropped, Reason: reason}
	}
	switch f.looksFor {
	case checkMissing:
		return f.missing(c)
	case checkLate:
		return f.late(c)
	case checkTooClose:
		return f.tooClose(c)
	}
	return f.notReported(c)
}

// unfollowable tells why nothing can be said of a chain.
func unfollowable(c *follow.Chain) call.Say {
	switch {
	case c.Dropped == nil:
	case !c.Known && !c.Dropped.Withheld: // who hides the number cannot be called, whoever it is
		return call.Say{ZH: "断线的通话没有客户编号和号码，也没有回拨指明它", EN: "the call dropped, but there is no id or number of its customer, and no callback names it"}
	case c.Stray:
		return call.Say{ZH: "通话的时间次序相差超过 --window，之后的通话可能已经放下", EN: "calls are further out of order than --window, so later calls may have been forgotten"}
	}
	return call.Say{}
}

// unsure is the outcome where something that is missing from the input decides.
func unsure(c *follow.Chain, reason call.Say) Outcome { return Outcome{Of: c.Dropped, Reason: reason} }

func noEnd() call.Say {
	return call.Say{ZH: "不知道什么时候断线（没有结束时间）", EN: "nobody knows when the line dropped (no end time)"}
}

func undated() call.Say {
	return call.Say{ZH: "打给客户的电话没有开始时间", EN: "a call out to the customer has no start time"}
}

// lapse is the time from the drop to a later call. It is sure where the end of the
// dropped call is known, or where even its start is no further away than the limit.
func lapse(c *follow.Chain, to *follow.Contact, limit time.Duration) (gap time.Duration, sure bool) {
	if to.Start.IsZero() || c.Dropped.Start.IsZero() {
		return 0, false
	}
	if !c.Dropped.End.IsZero() {
		return max(0, to.Start.Sub(c.Dropped.End)), true
	}
	gap = to.Start.Sub(c.Dropped.Start)
	return gap, gap <= limit
}

func (f *followup) missing(c *follow.Chain) Outcome {
	if c.Dropped == nil || len(c.Attempts) > 0 || c.Reported || c.NoWay() {
		return Outcome{}
	}
	end := c.Dropped.End
	if end.IsZero() {
		end = c.Dropped.Start
	}
	switch {
	case c.Undated || end.IsZero():
		return unsure(c, undated())
	case c.Own != nil:
		return f.again(c, c.Own, end)
	case c.Unclear != nil:
		return f.again(c, c.Unclear, end)
	}
	n, zh, en := newNote(c.Dropped), "", ""
	if c.Until.Before(end.Add(f.within)) {
		until := n.clock(c.Until)
		zh, en = "（输入只到 "+until+"，请连同之后的通话一起检查）", " (the input ends at "+until+"; check it together with the calls after it)"
	}
	n.set("note", zh, en)
	return f.missed(c, n, end)
}

// again is the outcome where the customer was on the line again. In time, there is nothing
// left to call back for; where they had to call after the limit, the callback is missing.
func (f *followup) again(c *follow.Chain, again *follow.Contact, end time.Time) Outcome {
	gap, sure := lapse(c, again, f.within)
	switch {
	case sure && gap <= f.within:
		return Outcome{}
	case !sure:
		return unsure(c, noEnd())
	case c.Own == nil:
		return unsure(c, call.Say{ZH: "之后的通话没有方向，不知道是谁打的", EN: "a later call has no direction, so nobody knows who called"})
	}
	n := newNote(c.Dropped, again)
	n.set("note", "，客户 "+n.clock(again.Start)+" 自己又打来", "; the customer called again at "+n.clock(again.Start))
	return f.missed(c, n, end)
}

// missed is the outcome where nobody called back.
func (f *followup) missed(c *follow.Chain, n *note, end time.Time) Outcome {
	n.set("dropped", n.clock(end), n.clock(end))
	n.set("due", n.clock(end.Add(f.within)), n.clock(end.Add(f.within)))
	return n.found(c.Dropped)
}

func (f *followup) late(c *follow.Chain) Outcome {
	if c.Dropped == nil || len(c.Attempts) == 0 {
		return Outcome{}
	}
	first := c.Attempts[0]
	gap, sure := lapse(c, first, f.within)
	switch {
	case sure && gap <= f.within:
		return Outcome{}
	case first.Start.IsZero(), c.Undated, c.Dropped.Start.IsZero() && !sure:
		return unsure(c, undated())
	case !sure:
		return unsure(c, noEnd())
	}
	n := newNote(c.Dropped, first)
	n.set("dropped", n.clock(c.Dropped.End), n.clock(c.Dropped.End))
	n.set("at", n.clock(first.Start), n.clock(first.Start))
	n.length("gap", gap)
	n.length("limit", f.within)
	return n.found(c.Dropped)
}

// tooClose reports the first two attempts that come too soon after each other, from start to start.
func (f *followup) tooClose(c *follow.Chain) Outcome {
	for i := 1; i < len(c.Attempts); i++ {
		a, b := c.Attempts[i-1], c.Attempts[i]
		gap := b.Start.Sub(a.Start)
		if a.Start.IsZero() || b.Start.IsZero() || gap >= f.apart {
			continue
		}
		n := newNote(about(c, b), a, b)
		n.set("n", strconv.Itoa(i+1), strconv.Itoa(i+1))
		n.set("at", n.clock(b.Start), n.clock(b.Start))
		n.length("gap", gap)
		n.length("limit", f.apart)
		return n.found(about(c, b))
	}
	return Outcome{}
}

// about is the call that a finding is about: the one that dropped, or else the attempt that shows it.
func about(c *follow.Chain, attempt *follow.Contact) *follow.Contact {
	if c.Dropped != nil {
		return c.Dropped
	}
	return attempt
}

func (f *followup) notReported(c *follow.Chain) Outcome {
	switch {
	case c.Reported || c.Reached():
		return Outcome{}
	case c.NoWay():
		n := newNote(c.Dropped)
		n.set("note", "没有可以回拨的号码", "there is no number to call back")
		return n.found(c.Dropped)
	}
	inShift := map[string][]*follow.Contact{}
	dated := 0
	for _, a := range c.Attempts {
		if a.Start.IsZero() {
			continue
		}
		dated++
		shift := follow.ShiftOf(a.Start, f.shifts, f.zone)
		inShift[shift] = append(inShift[shift], a)
		if failed := inShift[shift]; len(failed) == f.attempts {
			return f.unreached(c, failed)
		}
	}
	if len(c.Attempts) >= f.attempts && dated < len(c.Attempts) {
		return Outcome{Of: about(c, c.Attempts[len(c.Attempts)-1]), Reason: undated()}
	}
	return Outcome{}
}

// unreached is the outcome where so many attempts of a shift failed.
func (f *followup) unreached(c *follow.Chain, failed []*follow.Contact) Outcome {
	of := about(c, failed[len(failed)-1])
	n := newNote(of, failed...)
	var times []string
	for _, a := range failed {
		times = append(times, n.clock(a.Start))
	}
	count := strconv.Itoa(len(failed))
	n.set("note", "同一班次内 "+count+" 次回拨（"+strings.Join(times, "、")+"）都没有接通", count+" callbacks of one shift ("+strings.Join(times, ", ")+") were not answered")
	return n.found(of)
}

// note gathers what a message says.
type note struct {
	first   time.Time // by whose day and zone times are told
	related []string
	slots   []string
}

func newNote(of *follow.Contact, related ...*follow.Contact) *note {
	n := &note{first: of.Start}
	if n.first.IsZero() {
		n.first = of.End
	}
	for _, k := range related {
		if k != of {
			n.related = append(n.related, k.Key.ID)
		}
	}
	return n
}

func (n *note) set(slot, zh, en string) { n.slots = append(n.slots, slot, zh, en) }

func (n *note) length(slot string, d time.Duration) {
	say := lengthOf(d)
	n.set(slot, say.ZH, say.EN)
}

func (n *note) found(of *follow.Contact) Outcome {
	return Outcome{Of: of, Found: true, Related: n.related, slots: n.slots}
}

// clock is a time of the day in the zone of the call, with the date where it is another.
func (n *note) clock(t time.Time) string {
	t = t.In(n.first.Location())
	if t.YearDay() != n.first.YearDay() || t.Year() != n.first.Year() {
		return t.Format("01-02 15:04")
	}
	return t.Format("15:04")
}

// lengthOf says how long something took, to the second where it is no whole minute.
func lengthOf(d time.Duration) call.Say {
	d = d.Truncate(time.Second)
	var zh, en []string
	for _, unit := range []struct {
		length time.Duration
		zh, en string
	}{{time.Hour, "小时", "h"}, {time.Minute, "分", "min"}, {time.Second, "秒", "s"}} {
		if n := d / unit.length; n > 0 {
			zh, en = append(zh, strconv.Itoa(int(n))+" "+unit.zh), append(en, strconv.Itoa(int(n))+" "+unit.en)
			d -= n * unit.length
		}
	}
	if zh == nil {
		zh, en = []string{"0 秒"}, []string{"0 s"}
	}
	if last := len(zh) - 1; last == 0 || d == 0 && strings.HasSuffix(zh[last], "分") {
		zh[last] = strings.Replace(zh[last], "分", "分钟", 1)
	}
	return call.Say{ZH: strings.Join(zh, " "), EN: strings.Join(en, " ")}
}

// FollowFinding is what a rule found in a chain, as a finding in the call that it is about.
func (r *Rule) FollowFinding(c *call.Call, o Outcome) Finding {
	say := r.say("", wholeCall())
	for slot := range slices.Chunk(o.slots, 3) {
		say.ZH = strings.ReplaceAll(say.ZH, "{"+slot[0]+"}", slot[1])
		say.EN = strings.ReplaceAll(say.EN, "{"+slot[0]+"}", slot[2])
	}
	return Finding{Rule: r, Message: say, At: Range{Turn: -1}, Role: call.Agent, RelatedCalls: slices.Clone(o.Related), Fingerprint: fingerprintOf(r, c, "")}
}

// Unfollowed tells why a rule that judges calls together cannot be judged on one, as far
// as that call alone shows it; nothing where it can. alone: no other call was looked at.
func Unfollowed(c *call.Call, alone bool) call.Say {
	switch {
	case c.Failed():
	case c.Hangup == "":
		return call.Say{ZH: "不知道是谁挂断的（没有 hangup）", EN: "nobody knows who hung up (no hangup)"}
	case c.Hangup == call.Dropped && alone:
		return call.Say{ZH: "只看了这一通，不知道之后有没有回拨", EN: "this call was looked at alone, so nobody knows whether the customer was called back"}
	}
	return call.Say{}
}
