package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// cueIn tells what became of a cue in a turn: nothing where none of its phrases
// is there.
func (x *explainer) cueIn(i int, c *cue) []Note {
	t := x.turns[i]
	switch {
	case c.speaker != "" && x.call.Turns[i].Role != c.speaker:
		return nil
	case c.never:
		return []Note{noteOf(CauseOut, Fails, i, "设置让线索 %s 不起作用", "the settings leave cue %s out", c.name)}
	case (c.min > 0 || c.max > 0) && !t.lengthIn(c.min, c.max):
		return []Note{noteOf(CauseOut, Fails, i, "这句太短或太长：%s 要 %s 个字", "the turn is too short or too long: %s wants %s characters", c.name, atLeastAtMost(c))}
	}
	notes := x.splitNotes(i, c)
	for _, other := range c.others {
		if below := x.cueIn(i, other); len(below) > 0 {
			n := noteOf(CauseCue, markIf(x.says(i, other)), i, "%[1]s", "%[2]s", labelOf(other).ZH, labelOf(other).EN)
			n.Below = below
			notes = append(notes, n)
		}
	}
	all := x.candidates(i, c)
	kept := longest(slices.Clone(all))
	notes = append(notes, x.overlapNotes(i, all, kept)...)
	for _, s := range kept {
		notes = append(notes, x.judged(i, c, s)...)
	}
	return notes
}

func atLeastAtMost(c *cue) string {
	if c.max == 0 {
		return fmt.Sprintf("≥ %d", c.min)
	}
	return fmt.Sprintf("%d–%d", c.min, c.max)
}

// labelOf names a cue.
func labelOf(c *cue) call.Say {
	title := c.title
	if title.ZH == "" {
		return call.Sayf("线索 %s", "cue %s", c.name)
	}
	return call.Sayf("线索“%[1]s”（%[3]s）", "cue “%[2]s” (%[3]s)", title.ZH, title.In(call.EN), c.name)
}

// quote is the original of a place of a folded turn.
func (x *explainer) quote(i int, s span) string { return x.turns[i].fold.Quote(s.start, s.end) }

// splitNotes tells of the matches that would cut a word in two.
func (x *explainer) splitNotes(i int, c *cue) []Note {
	if c.splits {
		return nil
	}
	var notes []Note
	t := x.turns[i]
	for _, p := range c.phrases {
		for _, s := range x.rawMatches(i, p) {
			phrase := x.pack.phrases[p]
			if !phrase.isWhole(s, t.fold) {
				notes = append(notes, noteOf(CauseSplit, Fails, i, "“%[1]s”不算：它会把词切开（%[2]s），短语 %[3]s",
					"“%[1]s” does not count: it would cut a word in two (%[2]s); phrase %[3]s", x.quote(i, s), x.segmented(i, s), shortened(phrase.source)))
			}
		}
	}
	return notes
}

// rawMatches are the matches of a phrase in a turn whether or not they cut a word in two.
func (x *explainer) rawMatches(i int, p int32) []span {
	t, phrase := x.turns[i], x.pack.phrases[p]
	if !t.hit(p) {
		return nil
	}
	return t.find(phrase, p, anywhere{}, nil)
}

// around is how many characters of a clause are shown on either side of a match.
const around = 12

// shortened is a phrase as far as it takes to know it in the pack.
func shortened(source string) string {
	const most = 48 // characters
	if runes := []rune(source); len(runes) > most {
		return string(runes[:most]) + " …"
	}
	return source
}

// segmented is the clause of a match with | between its words, shortened where it is long.
func (x *explainer) segmented(i int, s span) string {
	fold := x.turns[i].fold
	from, to := fold.Clause(s.start, s.end)
	clause := fold.Text[from:to]
	var b strings.Builder
	start := 0
	for _, end := range new(text.Segmenter).Cut(clause, nil) {
		near := utf8.RuneCountInString(clause[min(end, max(0, s.start-from)):max(0, s.start-from)]) <= around &&
			utf8.RuneCountInString(clause[min(start, s.end-from):start]) <= around
		if near {
			b.WriteString("|" + clause[start:end])
		}
		start = end
	}
	return strings.TrimPrefix(b.String(), "|")
}

// overlapNotes tells of the matches that a longer one swallows.
func (x *explainer) overlapNotes(i int, all, kept []span) []Note {
	var notes []Note
	for _, s := range all {
		k := slices.IndexFunc(kept, s.overlaps)
		if k >= 0 && (kept[k].start != s.start || kept[k].end != s.end) {
			notes = append(notes, noteOf(CauseOverlapped, Neutral, i, "“%s”在更长的“%s”里，只看长的", "“%s” is part of the longer “%s”, which is the one looked at",
				x.quote(i, s), x.quote(i, kept[k])))
		}
	}
	return notes
}

// judged tells of a match whether it counts, and which guards made it so. What
// another cue has found and no guard concerns is told with that cue.
func (x *explainer) judged(i int, c *cue, s span) []Note {
	sources := x.sourcesOf(i, c, s)
	if len(sources) == 0 && len(c.unless)+len(c.with) == 0 && len(c.others) > 0 {
		return nil
	}
	n := noteOf(CauseMatch, Holds, i, "说了“%s”", "says “%s”", x.quote(i, s))
	if len(sources) > 0 {
		n.Say.ZH += "，短语 " + strings.Join(sources, "、")
		n.Say.EN += "; phrase " + strings.Join(sources, ", ")
	}
	for _, g := range c.unless {
		n.Below = append(n.Below, x.shieldNotes(i, g, s)...)
	}
	for _, g := range c.with {
		n.Below = append(n.Below, x.needNote(i, g, s))
	}
	for _, b := range n.Below {
		if b.Mark == Fails {
			n.Mark, n.Cause = Fails, b.Cause
			break
		}
	}
	return []Note{n}
}

// sourcesOf lists the phrases of a cue, as the pack writes them, that match just this.
func (x *explainer) sourcesOf(i int, c *cue, s span) []string {
	var out []string
	for _, p := range c.phrases {
		for _, m := range x.rawMatches(i, p) {
			if m.start == s.start && m.end == s.end {
				out = append(out, shortened(x.pack.phrases[p].source))
				break
			}
		}
	}
	return out
}

// shieldNotes tells of an unless: that it shields the match, or that its words
// are there but not where it looks.
func (x *explainer) shieldNotes(i int, g guard, m span) []Note {
	where := scopeSay(g.scope)
	if found := x.witnesses(g, i, m); len(found) > 0 {
		zh, en := x.wordsOf(g, found)
		return []Note{noteOf(CauseShielded, Fails, i, "被挡住：%[1]s有%[2]s（unless %[3]s）", "shielded: %[5]s there is %[4]s (unless %[3]s)",
			where.ZH, zh, string(g.scope), en, where.EN)}
	}
	if found := x.astray(g, i); len(found) > 0 {
		zh, en := x.wordsOf(g, found)
		return []Note{noteOf(CauseElsewhere, Neutral, i, "挡不住：有%[2]s，但不在它看的地方（unless %[3]s：%[1]s）",
			"not shielded: there is %[4]s, but not where it looks (unless %[3]s: %[5]s)", where.ZH, zh, string(g.scope), en, where.EN)}
	}
	return nil
}

// needNote tells of a with whether what it needs is there.
func (x *explainer) needNote(i int, g guard, m span) Note {
	where := scopeSay(g.scope)
	if found := x.witnesses(g, i, m); len(found) > 0 {
		zh, en := x.wordsOf(g, found)
		return noteOf(CauseMatch, Holds, i, "需要的也有：%[1]s有%[2]s（with %[3]s）", "what it needs is there: %[5]s there is %[4]s (with %[3]s)",
			where.ZH, zh, string(g.scope), en, where.EN)
	}
	need := x.needed(g)
	n := noteOf(CauseLacking, Fails, i, "缺少需要的：%[1]s要有 %[2]s（with %[3]s）", "something needed is missing: %[4]s there must be %[2]s (with %[3]s)",
		where.ZH, need, string(g.scope), where.EN)
	for _, j := range guardTurns(g.scope, i) {
		n.Below = append(n.Below, x.cueIn(j, g.cue)...)
	}
	return n
}

// needed names what a guard looks for: its cues, or its phrases.
func (x *explainer) needed(g guard) string {
	if g.cue.name != "" {
		return "<" + g.cue.name + ">"
	}
	var out []string
	for _, o := range g.cue.others {
		out = append(out, "<"+o.name+">")
	}
	for _, p := range g.cue.phrases {
		out = append(out, shortened(x.pack.phrases[p].source))
	}
	const most = 4
	if len(out) > most {
		out = append(out[:most], "…")
	}
	return strings.Join(out, " / ")
}

// guardTurns lists the turns that a guard of turn i looks at.
func guardTurns(where scope, i int) []int {
	switch where {
	case heard:
		turns := make([]int, i)
		for j := range turns {
			turns[j] = j
		}
		return turns
	case previous:
		if i == 0 {
			return nil
		}
		return []int{i - 1}
	}
	return []int{i}
}

// witnesses are the places that make a guard hold; there are some if and only if
// it does.
func (x *explainer) witnesses(g guard, i int, m span) []place {
	var out []place
	for _, j := range guardTurns(g.scope, i) {
		for _, s := range x.find(j, g.cue) {
			if x.near(g.scope, i, m, s) {
				out = append(out, place{turn: j, span: s})
			}
		}
	}
	return out
}

// near reports whether s, which a guard has found, is where it looks.
func (x *explainer) near(where scope, i int, m, s span) bool {
	switch where {
	case previous:
		return true
	case heard:
		return s.slot == "" || m.slot == "" || sameSlot(s.slot, m.slot)
	case over:
		return s.overlaps(m)
	}
	region := x.region(where, i, m)
	return region.start <= s.start && s.end <= region.end
}

// astray are the places in turns i and before where a guard's words are, though
// not where it looks.
func (x *explainer) astray(g guard, i int) []place {
	var out []place
	for _, j := range append(guardTurns(g.scope, i), i) {
		for _, s := range x.find(j, g.cue) {
			out = append(out, place{turn: j, span: s})
		}
	}
	slices.SortFunc(out, func(a, b place) int { return cmp.Or(a.turn-b.turn, a.span.start-b.span.start) })
	return slices.CompactFunc(out, func(a, b place) bool { return a.turn == b.turn && a.span == b.span })
}

// wordsOf lists what a guard has found, with the phrase or the cue that found it.
func (x *explainer) wordsOf(g guard, found []place) (zh, en string) {
	var inZH, inEN []string
	for _, p := range found {
		by := x.foundBy(p.turn, g.cue, p.span)
		quoted := "“" + x.quote(p.turn, p.span) + "”"
		inZH = append(inZH, quoted+"（"+by.ZH+"）")
		inEN = append(inEN, quoted+" ("+by.EN+")")
	}
	return strings.Join(inZH, "、"), strings.Join(inEN, ", ")
}

// foundBy names the cue, and the phrase of it, that found a place.
func (x *explainer) foundBy(i int, c *cue, s span) call.Say {
	by := call.Say{}
	if c.name != "" {
		by = labelOf(c)
	}
	if sources := x.sourcesOf(i, c, s); len(sources) > 0 {
		more := call.Sayf("短语 %s", "phrase %s", sources[0])
		return call.Say{ZH: joinSay(by.ZH, more.ZH, "，"), EN: joinSay(by.EN, more.EN, ", ")}
	}
	for _, o := range c.others {
		for _, f := range x.find(i, o) {
			if f.start == s.start && f.end == s.end {
				more := x.foundBy(i, o, s)
				return call.Say{ZH: joinSay(by.ZH, more.ZH, "，"), EN: joinSay(by.EN, more.EN, ", ")}
			}
		}
	}
	return by
}

func joinSay(a, b, between string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + between + b
}

// scopeSay says where a scope looks.
func scopeSay(s scope) call.Say {
	switch s {
	case over:
		return call.Say{ZH: "与它重叠处", EN: "overlapping it"}
	case before:
		return call.Say{ZH: "同一分句里它的前面", EN: "before it in the clause"}
	case after:
		return call.Say{ZH: "同一分句里它的后面", EN: "after it in the clause"}
	case clause:
		return call.Say{ZH: "同一分句里", EN: "in the same clause"}
	case sentence:
		return call.Say{ZH: "同一句话里", EN: "in the same sentence"}
	case earlier:
		return call.Say{ZH: "这轮话里它的前面", EN: "earlier in the turn"}
	case later:
		return call.Say{ZH: "这轮话里它的后面", EN: "later in the turn"}
	case heard:
		return call.Say{ZH: "前面的话里", EN: "in an earlier turn"}
	case previous:
		return call.Say{ZH: "上一轮话里", EN: "in the turn just before"}
	}
	return call.Say{ZH: "这轮话里", EN: "in the turn"}
}

// maxNear bounds how many near misses are told of one turn.
const maxNear = 3

// nearMisses tells of phrases whose fixed words are in a turn though the whole
// phrase is not: the longest words first.
func (x *explainer) nearMisses(i int, cues []*cue) []Note {
	type miss struct{ literal, source string }
	var misses []miss
	t := x.turns[i]
	for _, p := range x.phrasesFor(i, cues) {
		if len(x.rawMatches(i, p)) > 0 {
			continue
		}
		if l := longestIn(t.fold.Text, x.pack.phrases[p].literals()); utf8.RuneCountInString(l) > 1 {
			misses = append(misses, miss{l, x.pack.phrases[p].source})
		}
	}
	slices.SortStableFunc(misses, func(a, b miss) int { return len(b.literal) - len(a.literal) })
	var notes []Note
	for _, m := range misses[:min(maxNear, len(misses))] {
		notes = append(notes, noteOf(CauseNear, Neutral, i, "有“%s”，但对不上整条短语 %s", "“%s” is there, but not all of phrase %s", m.literal, shortened(m.source)))
	}
	return notes
}

// phrasesFor lists the phrases by which the speaker of a turn could say the cues.
func (x *explainer) phrasesFor(i int, cues []*cue) []int32 {
	var out []int32
	for _, c := range cues {
		if !c.never && (c.speaker == "" || c.speaker == x.call.Turns[i].Role) {
			out = append(append(out, c.phrases...), x.phrasesFor(i, c.others)...)
		}
	}
	return out
}

// nearEnough is how many characters of a literal are near enough to all of it.
const nearEnough = 3

// longestIn is the longest of the literals that the text holds, or the beginning of one.
func longestIn(text string, literals []string) string {
	best := ""
	for _, l := range literals {
		if runes := []rune(l); len(runes) > nearEnough {
			l = string(runes[:nearEnough])
		}
		if len(l) > len(best) && strings.Contains(text, l) {
			best = l
		}
	}
	return best
}
