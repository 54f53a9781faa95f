package rule

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// timingSpec: what the clock says of an agent's turn must stay within a limit.
type timingSpec struct {
	Measure   item  `yaml:"measure"`   // gap, overlap, hold or rate
	Over      item  `yaml:"over"`      // the limit: seconds, or characters a minute; a number or a {setting}
	AtLeast   item  `yaml:"at-least"`  // overlap: the agent goes on for so many seconds; rate: the turn has so many characters
	Ignore    items `yaml:"ignore"`    // turns that say one of these do not count
	Announced items `yaml:"announced"` // gap: the agent said so before it, no fault; hold: what begins one
	Still     items `yaml:"still"`     // hold: said by the agent, it goes on
	Before    items `yaml:"before"`    // said last before it, no fault
	After     items `yaml:"after"`     // said by the turn that ends it, or interrupts, no fault
	Offered   items `yaml:"offered"`   // hold: said before it ends, no fault
}

// measure is what a rule of the kind timing measures.
type measure string

// The measures.
const (
	measureGap     measure = "gap"     // silence before an agent's turn
	measureOverlap measure = "overlap" // the agent begins before the customer has ended
	measureHold    measure = "hold"    // silence in a wait that the agent announced
	measureRate    measure = "rate"    // characters a minute
)

var measures = []string{string(measureGap), string(measureOverlap), string(measureHold), string(measureRate)}

// timing reports the turns that break the limit of its measure.
type timing struct {
	measure     measure
	over, least float64
	guards      map[string][]*cue // by the key of the pack
	skew        bool              // it compares the clocks of both sides
}

// timingKeys are the keys that have a meaning for each measure, besides measure and over.
func timingKeys(m measure) []string {
	return map[measure][]string{
		measureGap:     {"ignore", "announced", "before", "after"},
		measureOverlap: {"at-least", "ignore", "before", "after"},
		measureHold:    {"ignore", "announced", "still", "before", "offered"},
		measureRate:    {"at-least"},
	}[m]
}

func (c *compiler) timing(s *ruleSpec) *timing {
	p := s.Timing
	if !slices.Contains(measures, p.Measure.Text) {
		c.fault(cmpPosition(p.Measure.At, s.at), unknownName("量法", "measure", p.Measure.Text, measures))
	}
	t := &timing{measure: measure(p.Measure.Text), over: c.quantity(s, "timing.over", p.Over), guards: map[string][]*cue{}}
	t.skew = t.measure != measureRate
	if p.AtLeast.Text != "" {
		t.least = c.quantity(s, "timing.at-least", p.AtLeast)
	}
	given := map[string]items{"ignore": p.Ignore, "announced": p.Announced, "still": p.Still, "before": p.Before, "after": p.After, "offered": p.Offered,
		"at-least": slices.DeleteFunc(items{p.AtLeast}, func(it item) bool { return it.Text == "" })}
	for _, name := range keys(given) {
		if len(given[name]) > 0 && !slices.Contains(timingKeys(t.measure), name) && slices.Contains(measures, p.Measure.Text) {
			c.fault(given[name].First(), faultf("timing 量 %s 时没有 %s 这一项", "timing has no key %[2]s where it measures %[1]s", t.measure, name))
		}
		if name != "at-least" {
			t.guards[name] = c.cuesAt(given[name])
		}
	}
	if t.measure == measureHold {
		c.needs(s, map[string]bool{"timing.announced": len(p.Announced) > 0})
	}
	return t
}

// cmpPosition is the first place that is known.
func cmpPosition(at, otherwise position) position {
	if at.Line == 0 {
		return otherwise
	}
	return at
}

// quantity reads a number above 0, or a {setting} that is one.
func (c *compiler) quantity(s *ruleSpec, key string, it item) float64 {
	text, at := it.Text, cmpPosition(it.At, s.at)
	if name, ok := strings.CutPrefix(text, "{"); ok && strings.HasSuffix(name, "}") {
		name = strings.TrimSuffix(name, "}")
		if len(c.words[name]) != 1 {
			c.fault(at, unknownName("设置", "setting", name, c.settings))
			return 1
		}
		text = c.words[name][0]
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n <= 0 || math.IsInf(n, 0) || math.IsNaN(n) {
		c.fault(at, faultf("规则 %[1]s 的 %[2]s 要是大于 0 的数或 {设置}，这里是 %[3]q", "%[2]s of rule %[1]s must be a number above 0 or a {setting}, this is %[3]q", s.ID.Text, key, text))
		return 1
	}
	return n
}

func (t *timing) idle(v *view) bool { return len(v.timeline().speech) < 2 && t.measure != measureRate }

// unable says why a call cannot be judged by the clock, if so.
func (t *timing) unable(v *view) (call.Say, bool) {
	line := v.timeline()
	switch {
	case len(line.speech) == 0:
		return call.Say{ZH: "通话没有时间", EN: "the call has no times"}, true
	case !line.ended:
		return call.Say{ZH: "只有每句开始的时间，没有结束的时间", EN: "turns have times at which they start and none at which they end"}, true
	case t.skew && line.skewed:
		return call.Say{ZH: "坐席和客户的时钟对不上：几乎每句都抢在对方说完之前", EN: "the clocks of agent and customer differ: nearly every turn begins before the one it answers ends"}, true
	}
	return call.Say{}, false
}

func (t *timing) check(v *view, report func(place)) {
	for _, m := range t.measured(v, t.over) {
		if m.excuse == nil && t.breaks(m.heard) {
			m.place.heard, m.place.allowed = t.said(m.heard), t.said(t.over)
			report(m.place)
		}
	}
}

// breaks reports whether a measure is beyond the limit. An overlap of just the limit is.
func (t *timing) breaks(heard float64) bool {
	return heard > t.over || t.measure == measureOverlap && heard == t.over
}

// said is a measure as messages have it, rounded up so that what is beyond the limit is seen to be.
func (t *timing) said(n float64) string {
	if t.measure == measureRate {
		return strconv.FormatFloat(math.Ceil(n-1e-9), 'f', -1, 64)
	}
	return tenths(n)
}

// tenths writes seconds, rounded up to a tenth.
func tenths(n float64) string { return strconv.FormatFloat(math.Ceil(n*10-1e-9)/10, 'f', -1, 64) }

// measurement is one thing measured, with what excuses it.
type measurement struct {
	place  place
	heard  float64 // seconds, or characters a minute
	excuse *excuse // nil: nothing
}

// excuse is a turn that says why a measure is no fault.
type excuse struct {
	key  string // of the pack
	turn int
}

// measured lists what is at least so much, in the order of time.
func (t *timing) measured(v *view, least float64) []measurement {
	switch t.measure {
	case measureGap:
		return t.gaps(v, least)
	case measureOverlap:
		return t.overlaps(v, least)
	case measureHold:
		return t.holds(v, least)
	}
	return t.rates(v, least)
}

// gaps are the silences that a turn of the agent ends. After an announcement or the
// ringing of another party nobody waits for the agent.
func (t *timing) gaps(v *view, least float64) []measurement {
	var out []measurement
	line := v.timeline()
	for k := 1; k < len(line.speech); k++ {
		turn, before := line.speech[k].Turn, line.speech[line.last[k-1]].Turn
		ms, known := line.silence(k)
		if v.call.Turns[turn].Role != call.Agent || v.call.Turns[before].Role == call.Other || !known || seconds(ms) < least {
			continue
		}
		out = append(out, measurement{v.opening(turn, before), seconds(ms), t.gapExcuse(v, k)})
	}
	return out
}

func seconds(ms int64) float64 { return float64(ms) / 1000 }

// opening is the place of the first words of a turn, with the one before it.
func (v *view) opening(turn, before int) place {
	return place{turn: turn, span: v.firstWords(turn), related: []place{{turn: before, span: span{0, len(v.turns[before].fold.Text), ""}}}}
}

// firstWords are the clauses that a turn opens with, enough to know it by: 好的 alone says nothing.
func (v *view) firstWords(turn int) span {
	const enough = len("感谢您的")
	fold := v.turns[turn].fold
	end := 0
	for end < min(enough, len(fold.Text)) {
		_, to := fold.Clause(end, end+1)
		end = max(end+1, to)
	}
	return span{0, min(end, len(fold.Text)), ""}
}

// gapExcuse is what excuses the silence before the k-th speech.
func (t *timing) gapExcuse(v *view, k int) *excuse {
	turn := v.timeline().speech[k].Turn
	for _, e := range []struct {
		key   string
		turns []int
	}{
		{"announced", t.agentsLast(v, k, call.Pause)},
		{"before", t.saidLast(v, k)},
		{"after", []int{turn}},
	} {
		if found := t.firstSaying(v, e.key, e.turns); found != nil {
			return found
		}
	}
	return nil
}

// firstSaying is the first of some turns with a cue of the key.
func (t *timing) firstSaying(v *view, key string, turns []int) *excuse {
	for _, i := range turns {
		if v.saysAny(i, t.guards[key]) {
			return &excuse{key, i}
		}
	}
	return nil
}

// ignores reports whether a turn does not count: 嗯, 好的.
func (t *timing) ignores(v *view, turn int) bool { return v.saysAny(turn, t.guards["ignore"]) }

// saidLast is the turn before the k-th speech that counts; where that is the agent's, all
// that the agent said in a row.
func (t *timing) saidLast(v *view, k int) []int {
	for least := max(0, k-lookBack); k > least; {
		k--
		turn := v.timeline().speech[k].Turn
		switch {
		case t.ignores(v, turn):
		case v.call.Turns[turn].Role == call.Agent:
			return t.agentsLast(v, k+1, math.MaxInt64)
		default:
			return []int{turn}
		}
	}
	return nil
}

// agentsLast lists what the agent said in a row, with pauses up to a length, when last
// speaking before the k-th speech.
func (t *timing) agentsLast(v *view, k int, most int64) []int {
	var out []int
	next := int64(0) // when the one said after it begins
	for least := max(0, k-lookBack); k > least; {
		k--
		s := v.timeline().speech[k]
		switch {
		case t.ignores(v, s.Turn):
		case v.call.Turns[s.Turn].Role == call.Agent && (out == nil || next-s.End <= most):
			out, next = append(out, s.Turn), s.Start
		case out != nil:
			return out
		}
	}
	return out
}

// utterance is what one side says without a pause, as one or several turns that touch.
type utterance struct {
	first, last int // speeches
	start, end  int64
}

// utterances are those of one side, without the turns that do not count.
func (t *timing) utterances(v *view, role call.Role) []utterance {
	var out []utterance
	for k, s := range v.timeline().speech {
		if v.call.Turns[s.Turn].Role != role || t.ignores(v, s.Turn) {
			continue
		}
		if n := len(out) - 1; n >= 0 && s.Start-out[n].end <= breath {
			if s.End > out[n].end {
				out[n].last, out[n].end = k, s.End
			}
			continue
		}
		out = append(out, utterance{k, k, s.Start, s.End})
	}
	return out
}

// headStart is how long the customer must have been speaking, in milliseconds: who begins
// at the same moment interrupts nobody.
const headStart = 300

// overlaps are where the agent begins while the customer speaks, and goes on.
func (t *timing) overlaps(v *view, least float64) []measurement {
	var out []measurement
	line := v.timeline()
	if seconds(line.overlap()) < least {
		return nil // most calls: nothing need be looked at but the times
	}
	customers, c := t.utterances(v, call.Customer), 0
	for _, a := range t.utterances(v, call.Agent) {
		for c < len(customers) && customers[c].end <= a.start {
			c++
		}
		if c == len(customers) {
			break
		}
		other := customers[c]
		heard := v.meaningfulEnd(other) - a.start
		if line.coarse {
			heard -= 1000 // whole seconds may be rounded either way
		}
		if line.speech[a.first].Guessed || a.start-other.start < headStart || seconds(a.end-a.start) < t.least || seconds(heard) < least {
			continue
		}
		turn, said := line.speech[a.first].Turn, t.saidAt(v, other, a.first)
		m := measurement{v.opening(turn, said), seconds(heard), t.firstSaying(v, "before", []int{said})}
		if m.excuse == nil {
			m.excuse = t.firstSaying(v, "after", []int{turn})
		}
		out = append(out, m)
	}
	return out
}

// saidAt is the turn of the customer's that is being said when the k-th speech begins.
func (t *timing) saidAt(v *view, of utterance, k int) int {
	line := v.timeline()
	for i := min(k, of.last); i > of.first && k-i < lookBack; i-- {
		if turn := line.speech[i].Turn; v.call.Turns[turn].Role == call.Customer && !t.ignores(v, turn) {
			return turn
		}
	}
	return line.speech[of.first].Turn
}

// meaningfulEnd is when a talk ends but for the hums it dies away in: who says “好吧，嗯……”
// has said it all before the 嗯. The time is parted by characters.
func (v *view) meaningfulEnd(of utterance) int64 {
	s := v.timeline().speech[of.last]
	text := []rune(v.call.Turns[s.Turn].Text)
	all, rest := spoken(text), humsAtEnd(text)
	if all == rest {
		return of.end
	}
	return of.end - (s.End-s.Start)*int64(rest)/int64(all)
}

// humsAtEnd counts the hums that a text dies away in. A 啊 that closes a sentence is none,
// nor is 那个 or 就是: whoever says that is looking for words and has more to say.
func humsAtEnd(text []rune) int {
	n, i := 0, len(text)
	for ; i > 0 && (spoken(text[i-1:i]) == 0 || strings.ContainsRune("嗯呃额額啊唔哎唉诶誒", text[i-1])); i-- {
		n += spoken(text[i-1 : i])
	}
	if i > 0 && i < len(text) && text[i] == '啊' {
		n--
	}
	return n
}

// holds are the waits that the agent announced, each as long as nobody spoke in it, until
// the agent is back with anything but more waiting. An offer ends a hold too: made only
// then, it does not excuse what was already too long.
func (t *timing) holds(v *view, least float64) []measurement {
	var out []measurement
	line, from, heard := v.timeline(), -1, int64(0)
	if seconds(line.silences()) < least {
		return nil
	}
	var offered *excuse
	for k, s := range line.speech {
		if ms, known := line.silence(k); from >= 0 && known && t.firstSaying(v, "before", t.saidLast(v, k)) == nil {
			heard += ms
		}
		offers := t.firstSaying(v, "offered", []int{s.Turn})
		if v.call.Turns[s.Turn].Role != call.Agent || t.ignores(v, s.Turn) || from >= 0 && offers == nil && v.saysAny(s.Turn, t.guards["still"]) {
			offered = cmp.Or(offered, offers)
			continue
		}
		if from >= 0 && seconds(heard) >= least {
			out = append(out, measurement{v.opening(s.Turn, from), seconds(heard), offered})
		}
		from, heard, offered = -1, 0, cmp.Or(offered, offers)
		if v.saysAny(s.Turn, t.guards["announced"]) {
			from = s.Turn
		}
	}
	return out
}

// tooFast is a rate that no speaker reaches, in characters a minute: the times are wrong.
const tooFast = 1500

// rates are the characters a minute of the agent's turns that are long enough.
func (t *timing) rates(v *view, least float64) []measurement {
	var out []measurement
	for _, s := range v.timeline().speech {
		turn := &v.call.Turns[s.Turn]
		if turn.Role != call.Agent || s.Guessed || s.End == s.Start {
			continue
		}
		n := float64(spoken([]rune(turn.Text)))
		if rate := n * 60 / seconds(s.End-s.Start); n >= t.least && rate >= least && rate <= tooFast {
			out = append(out, measurement{place: place{turn: s.Turn, span: span{0, len(v.turns[s.Turn].fold.Text), ""}}, heard: rate})
		}
	}
	return out
}

// spoken counts what is said of a text: each Chinese character and each digit, the
// letters of an abbreviation, and every other word as one. Marks are silent.
func spoken(text []rune) int {
	n := 0
	for i := 0; i < len(text); {
		if text[i] >= 0x4E00 && text[i] <= 0x9FFF { // Han, as most are: the tables of package unicode take longer
			n++
			i++
			continue
		}
		end, upper := i, true
		for end < len(text) && unicode.Is(unicode.Latin, text[end]) {
			upper = upper && unicode.IsUpper(text[end])
			end++
		}
		switch {
		case end > i && upper:
			n += end - i
		case end > i, unicode.IsLetter(text[i]), unicode.IsDigit(text[i]):
			n++
		}
		i = max(end, i+1)
	}
	return n
}

// cues are all that the rule looks for.
func (t *timing) cues() []*cue {
	var out []*cue
	for _, key := range keys(t.guards) {
		out = append(out, t.guards[key]...)
	}
	return out
}

// formula tells how the rule measures and where its limits are, for its page.
func (t *timing) formula() call.Say {
	over, least := t.said(t.over), t.said(t.least)
	switch t.measure {
	case measureGap:
		return call.Sayf("坐席一句话开始之前，从最后一个人说完算起无人说话的时间，超过 %[1]s 秒才算。几个人同时说时，从最晚说完的算起。这段时间里有没有时间的话，不算。",
			"Seconds in which nobody speaks before a turn of the agent, counted from the end of whoever spoke last; more than %[1]s count. Where several speak at once, the latest end counts. A silence that a turn without times may lie in is not judged.", over)
	case measureOverlap:
		return call.Sayf("客户说完的时间减去坐席开口的时间，至少 %[1]s 秒，并且坐席接着说了至少 %[2]s 秒才算。同一方相隔不到 0.3 秒的几句连成一段，嗯、好的这类应答不算话，句末拖长的嗯、呃按字数折去；两人前后不到 0.3 秒开口是撞上了，不是打断；时间只精确到秒时少算 1 秒。",
			"The end of the customer's words minus the start of the agent's: at least %[1]s s, where the agent goes on for at least %[2]s s. Turns of one side less than 0.3 s apart are one; backchannels such as 嗯 do not count, hums at the end are taken off by characters; who begins within 0.3 s of the other interrupts nobody; where times are whole seconds, one second is taken off.", over, least)
	case measureHold:
		return call.Sayf("从坐席请客户等待起，到坐席带着别的话回来为止，其中无人说话的时间合计，超过 %[1]s 秒才算。中途回来只是请客户再等的，接着累计；客户说话的时间不计。在这之前提出过回拨的不算；等完了才提的，已经晚了。",
			"Seconds in which nobody speaks from where the agent asks to wait to where the agent is back with other words; more than %[1]s count. Turns that only ask to wait on do not end it; the time in which the customer speaks does not count. A callback offered before excuses it; one offered when the wait is over comes too late.", over)
	}
	return call.Sayf("字数 × 60 ÷ 这句话的秒数，超过每分钟 %[1]s 字才算，不足 %[2]s 字的话不看。一个汉字、一个数字、缩写的一个字母都算一字，一个英文单词算一字，标点不算；快过每分钟 %[3]d 字的是时间有误，不算。",
		"Characters × 60 ÷ the seconds of the turn: more than %[1]s a minute count, in turns of at least %[2]s characters. A Chinese character, a digit and a letter of an abbreviation are one each, any other word is one, punctuation is none; more than %[3]d a minute are wrong times and do not count.", over, least, tooFast)
}
