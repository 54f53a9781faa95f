package rule

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// kind tells how a rule of any kind decides, and whether it fires by what the
// notes say.
func (x *explainer) kind(e evaluator) (notes []Note, fires bool) {
	switch e := e.(type) {
	case *forbid:
		return x.forbid(e)
	case *require:
		return x.require(e)
	case *reply:
		return x.reply(e)
	case *order:
		return x.order(e)
	case *repeat:
		return x.repeat(e)
	case *timing:
		return x.timing(e)
	}
	return nil, false
}

// holdsIf is Holds or Neutral.
func holdsIf(ok bool) Mark {
	if ok {
		return Holds
	}
	return Neutral
}

// listed names turns, counted from 1.
func (x *explainer) listed(turns []int, lang call.Lang) string {
	if len(turns) == len(x.turns) && len(turns) > 1 {
		return word(lang, "整通电话", "the whole call")
	}
	numbers := make([]string, len(turns))
	for k, i := range turns {
		numbers[k] = strconv.Itoa(i + 1)
	}
	switch list := strings.Join(numbers, word(lang, "、", ", ")); len(numbers) {
	case 0:
		return word(lang, "（没有话）", "(no turns)")
	case 1:
		return word(lang, "第 "+list+" 句", "turn "+list)
	default:
		return word(lang, "第 "+list+" 句", "turns "+list)
	}
}

// cuesIn tells what became of cues in a turn; where none is there, what comes near.
func (x *explainer) cuesIn(i int, cues []*cue) []Note {
	var notes []Note
	for _, c := range cues {
		notes = append(notes, x.cueIn(i, c)...)
	}
	if len(notes) == 0 {
		return x.nearMisses(i, cues)
	}
	return notes
}

func (x *explainer) allTurns() []int { return x.turnsOf(part{anyone: true}) }

// nothing is the note of a rule whose cues are nowhere.
func nothing(zh, en string) Note {
	return Note{Cause: CauseStep, Mark: Fails, Turn: -1, Say: call.Say{ZH: zh, EN: en}}
}

func (x *explainer) forbid(f *forbid) (notes []Note, fires bool) {
	turns := x.allTurns()
	if f.after != nil {
		var opened bool
		notes, turns, opened = x.windows(f)
		if !opened {
			return notes, false
		}
	}
	said := false
	for _, i := range turns {
		below := x.cuesIn(i, []*cue{f.cue})
		notes = append(notes, below...)
		said = said || len(below) > 0
		fires = fires || x.says(i, f.cue)
	}
	if !said {
		notes = append(notes, nothing("没有一条短语对得上", "no phrase matches"))
	}
	return notes, fires
}

// windows tells after which turns a forbid rule looks, and at which.
func (x *explainer) windows(f *forbid) (notes []Note, turns []int, opened bool) {
	looked := map[int]bool{}
	for i := range x.turns {
		if !x.saysAny(i, f.after) {
			continue
		}
		opened = true
		window := x.agentFrom(i+1, f.window(x.view))
		n := noteOf(CauseTurns, Holds, i, "从这里开始看，看坐席的%[1]s", "from here on the agent is watched: %[2]s", x.listed(window, call.ZH), x.listed(window, call.EN))
		n.Below = x.cuesIn(i, f.after)
		notes = append(notes, n)
		for _, a := range window {
			if !looked[a] {
				looked[a] = true
				turns = append(turns, a)
			}
		}
	}
	if !opened {
		notes = []Note{x.unsaid("没有出现规则要等的话，所以什么也不看", "what the rule waits for is not said, so nothing is looked at", f.after)}
	}
	return notes, turns, opened
}

// unsaid is the note of cues that are nowhere, with what comes near below.
func (x *explainer) unsaid(zh, en string, cues []*cue) Note {
	n := nothing(zh, en)
	for i := range x.turns {
		n.Below = append(n.Below, x.cuesIn(i, cues)...)
	}
	return n
}

func (x *explainer) require(r *require) (notes []Note, fires bool) {
	turns := x.turnsOf(r.in)
	name := r.in.say()
	head := noteOf(CauseTurns, Neutral, -1, "规则看%[1]s：%[2]s", "the rule looks at %[3]s: %[4]s",
		name.ZH, x.listed(turns, call.ZH), name.EN, x.listed(turns, call.EN))
	for _, i := range turns {
		below := x.cuesIn(i, []*cue{r.cue})
		if len(below) == 0 && x.call.Turns[i].Role == call.Agent {
			below = []Note{noteOf(CauseStep, Fails, i, "没有一条短语对得上", "no phrase matches")}
		}
		head.Below = append(head.Below, below...)
	}
	found := x.saidIn(r.in, []*cue{r.cue})
	head.Mark = markIf(found)
	return []Note{head}, len(x.agent) > 0 && !found
}

// say names a part of a call.
func (p part) say() call.Say {
	who := call.Say{ZH: "坐席的", EN: "agent "}
	if p.anyone {
		who = call.Say{}
	}
	switch {
	case p.count == 0 && p.anyone:
		return call.Say{ZH: "整通电话", EN: "the whole call"}
	case p.last:
		return call.Sayf("%[1]s最后 %[3]d 句", "the last %[3]d %[2]sturns", who.ZH, who.EN, p.count)
	}
	return call.Sayf("%[1]s头 %[3]d 句", "the first %[3]d %[2]sturns", who.ZH, who.EN, p.count)
}

func (x *explainer) reply(r *reply) (notes []Note, fires bool) {
	closed := false
	for i := range x.turns {
		switch {
		case !x.saysAny(i, r.to):
		case closed:
			return append(notes, noteOf(CauseStep, Neutral, i, "一通电话只看一回，这里起不再看", "one episode per call: from here on nothing is looked at")), fires
		default:
			n, due, answered := x.asked(r, i)
			notes = append(notes, n)
			fires = fires || due
			closed = r.once && (due || answered)
		}
	}
	if notes == nil {
		notes = []Note{x.unsaid("没有一句话需要回应", "nothing asks for a reply", r.to)}
	}
	return notes, fires
}

// asked tells of a turn that asks for a reply whether it gets one.
func (x *explainer) asked(r *reply, i int) (n Note, due, answered bool) {
	answered, window := r.answered(x.view, i)
	due = r.due(x.view, i, answered, window)
	n = noteOf(CauseStep, markIf(!due), i, "这句要有回应：坐席接下来的 %d 句里", "this asks for a reply: within the agent's next %d turns", r.within)
	n.Below = append(x.cuesIn(i, r.to), x.lookedFor(r, i)...)
	switch {
	case due:
		n.Below = append(n.Below, noteOf(CauseStep, Fails, -1, "没有等到回应：看了%[1]s", "no reply came: %[2]s looked at", x.listed(window, call.ZH), x.listed(window, call.EN)))
	case !answered && len(window) > 0:
		ms, _ := x.waitedFor(r, i, window[0])
		n.Below = append(n.Below, noteOf(CauseStep, Neutral, -1, "之间只静默了 %[1]s 秒，不到 %[2]s 秒，不用回应", "nobody spoke for %[1]s s only, less than %[2]s: no reply is due", tenths(seconds(ms)), tenths(r.waited)))
	case !answered:
		n.Below = append(n.Below, noteOf(CauseStep, Neutral, -1, "之后坐席没有机会回应，不算", "the agent had no turn left to reply in, so none is due"))
	}
	return n, due, answered
}

// lookedFor tells turn by turn what counts as a reply to turn i, as reply.answered does.
func (x *explainer) lookedFor(r *reply, i int) []Note {
	if r.same && x.saysAny(i, r.with) {
		return []Note{x.step(i, Holds, "同一句里就有回应", "the turn itself holds the reply", r.with)}
	}
	for _, a := range x.agentBefore(i, r.before) {
		if x.saysAny(a, r.with) {
			return []Note{x.step(a, Holds, "前面已经回应过", "the reply came before", r.with)}
		}
	}
	var notes []Note
	for j, left := i+1, r.within; j < len(x.turns) && left > 0; j++ {
		if x.saysAny(j, r.settle) {
			return append(notes, x.step(j, Holds, "说到这里就不用再回应", "after this no reply is due", r.settle))
		}
		switch {
		case x.call.Turns[j].Role != call.Agent:
		case x.saysAny(j, r.with):
			return append(notes, x.step(j, Holds, "回应了", "replies", r.with))
		case x.saysAny(j, r.skip):
			notes = append(notes, x.step(j, Neutral, "不是回应，也不占次数", "is no reply, and does not count towards the window either", r.skip))
		default:
			notes = append(notes, x.step(j, Fails, "不算回应", "is no reply", r.with))
			left--
		}
	}
	return notes
}

// step is a note about a turn with what became of cues in it below.
func (x *explainer) step(i int, mark Mark, zh, en string, cues []*cue) Note {
	return Note{Cause: CauseStep, Mark: mark, Turn: i, Say: call.Say{ZH: zh, EN: en}, Below: x.cuesIn(i, cues)}
}

func (x *explainer) order(o *order) (notes []Note, fires bool) {
	from := 0
	if o.after != nil {
		for from < len(x.turns) && !x.saysAny(from, o.after) {
			from++
		}
		if from == len(x.turns) {
			return []Note{x.unsaid("没有出现规则要等的话，所以什么也不看", "what the rule waits for is not said, so nothing is looked at", o.after)}, false
		}
		notes = append(notes, x.step(from, Holds, "从这里开始看", "from here on the order counts", o.after))
		from++
	}
	for _, a := range o.window(x.view, from) {
		n, done, bad := x.ordered(o, a)
		notes = append(notes, n)
		if done {
			return notes, bad
		}
	}
	return append(notes, nothing("先后两样都没有说到", "neither of the two is said")), false
}

// ordered tells of an agent turn which of the two things comes first in it;
// done where one of them does.
func (x *explainer) ordered(o *order, a int) (n Note, done, bad bool) {
	first, then := x.placesOf(a, o.first), x.placesOf(a, o.then)
	switch {
	case len(then) > 0 && (len(first) == 0 || then[0].span.start < first[0].span.start):
		return x.step(a, Fails, "应该后说的先说了", "what should come second comes first", o.then), true, true
	case len(first) > 0:
		return x.step(a, Holds, "应该先说的先说了", "what should come first comes first", o.first), true, false
	}
	n = x.step(a, Neutral, "两样都没有说到", "says neither of the two", o.first)
	n.Below = append(n.Below, x.cuesIn(a, o.then)...)
	return n, false, false
}

func (x *explainer) repeat(r *repeat) (notes []Note, fires bool) {
	if r.inARow {
		return x.runs(r)
	}
	for k, a := range x.agent {
		found := x.find(a, r.cue)
		below := x.cueIn(a, r.cue)
		if len(found) == 0 {
			notes = append(notes, below...)
			continue
		}
		earlier := r.sameBefore(x.view, k, found)
		again := len(earlier) >= r.times-1
		n := noteOf(CauseStep, holdsIf(again), a, "同样的话前面有 %d 处，满 %d 处算重复", "said %d times before; %d make it a repetition", len(earlier), r.times-1)
		n.Below = append(below, x.compared(r, k, found)...)
		notes = append(notes, n)
		fires = fires || again
	}
	if notes == nil {
		notes = []Note{nothing("没有一条短语对得上", "no phrase matches")}
	}
	return notes, fires
}

// runs tells how long the runs of consecutive agent turns are.
func (x *explainer) runs(r *repeat) (notes []Note, fires bool) {
	run := 0
	for k, a := range x.agent {
		below := x.cuesIn(a, []*cue{r.cue})
		if !x.says(a, r.cue) {
			run = 0
			n := noteOf(CauseStep, Neutral, a, "不是，连续次数重新算", "no; the count starts again")
			n.Below = below
			notes = append(notes, n)
			continue
		}
		if run > 0 && x.oneBreath(x.agent[k-1], a) {
			notes = append(notes, noteOf(CauseStep, Neutral, a, "和上一句是一口气说的，不另算", "said in one breath with the turn before: it counts as one"))
			continue
		}
		run++
		n := noteOf(CauseStep, holdsIf(run >= r.times), a, "连续第 %d 次，满 %d 次算重复", "%d in a row; %d are too many", run, r.times)
		n.Below = below
		notes = append(notes, n)
		fires = fires || run >= r.times
	}
	return notes, fires
}

// compared tells of every earlier turn with the cue why it is the same as the
// k-th agent turn, or why not.
func (x *explainer) compared(r *repeat, k int, found []span) []Note {
	var notes []Note
	a := x.agent[k]
	for _, b := range x.agent[max(0, k-lookBack):k] {
		for _, s := range x.find(b, r.cue) {
			notes = append(notes, x.alike(r, b, s, a, found))
		}
	}
	for _, p := range r.toldBefore(x.view, a, found) {
		notes = append(notes, noteOf(CauseStep, Holds, p.turn, "客户在这里已经说了“%s”", "the customer has told it here: “%s”", x.quote(p.turn, p.span)))
	}
	return notes
}

// alike tells whether the match s of turn b says the same as turn a.
func (x *explainer) alike(r *repeat, b int, s span, a int, found []span) Note {
	same := r.same(x.view, b, s, a, found)
	why := call.Say{}
	add := func(zh, en string, args ...any) {
		more := call.Sayf(zh, en, args...)
		why.ZH, why.EN = joinSay(why.ZH, more.ZH, "；"), joinSay(why.EN, more.EN, "; ")
	}
	if r.slot {
		add("问的是“%s”，这次是“%s”", "it is about “%s”, this time about “%s”", s.slot, slotsOf(found))
	}
	if r.similar > 0 {
		add("文字相似 %.2f，要 %.2f", "similarity %.2f, %.2f needed", x.turns[a].bigrams().similarity(x.turns[b].bigrams()), r.similar)
	}
	if r.anew && x.takesUpNew(b, a) {
		add("接的是客户刚说的另一件事", "it takes up something else that the customer just said")
	}
	if !r.undisturbed(x.view, b, a) {
		add("中间有理由再说一次", "there is a reason in between to say it again")
	}
	if r.between != nil && !x.saidBetween(b, a, r.between) {
		add("中间没有 %s", "nothing in between of %s", namesOf(r.between))
	}
	if r.slot && r.given != nil && !x.saidBetween(b, a, r.given) {
		add("中间没有 %s", "nothing in between of %s", namesOf(r.given))
	}
	return noteOf(CauseStep, markIf(same), b, "“%[1]s”%[2]s：%[3]s", "“%[1]s” %[4]s: %[5]s", x.quote(b, s),
		yesNo(same, "是同一回事", "不算同一回事"), why.ZH, yesNo(same, "is the same", "is not the same"), why.EN)
}

func slotsOf(found []span) string {
	var out []string
	for _, f := range found {
		if f.slot != "" {
			out = append(out, f.slot)
		}
	}
	return strings.Join(out, " / ")
}

func namesOf(cues []*cue) string {
	out := make([]string, len(cues))
	for i, c := range cues {
		out[i] = fmt.Sprintf("<%s>", c.name)
	}
	return strings.Join(out, " / ")
}

// followup tells that no single call shows anything.
func (x *explainer) followup() call.Say {
	return call.Sayf("规则看同一客户的几通电话，一通看不出来；请用 zhijian lint 检查一批，或用 zhijian show 看其中断线的一通",
		"the rule looks at several calls of one customer, and one shows nothing; check a batch with zhijian lint, or look at the dropped call in it with zhijian show")
}
