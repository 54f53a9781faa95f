package rule

import (
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Explanation tells what one rule makes of one call, and how it came about.
type Explanation struct {
	Rule         *Rule
	Turns        []FoldedTurn
	NotEvaluated call.Say // why the rule could not be judged; empty if it was
	Applies      bool     // the call is of the sorts that the rule asks for
	Notes        []Note   // in the order in which the rule decides
	Findings     []Finding
}

// Fires reports whether the call breaks the rule, as Check says.
func (e *Explanation) Fires() bool { return len(e.Findings) > 0 }

// FoldedTurn is a turn as the rules see it.
type FoldedTurn struct {
	Role   call.Role
	Text   string // as the input has it
	Folded string // what phrases run on
}

// Mark says what a note counts for.
type Mark int

// The marks of notes.
const (
	Neutral Mark = iota // it tells what was looked at
	Holds               // something was found, or a condition holds
	Fails               // something is missing or was ruled out
)

// Cause names what a note is about.
type Cause string

// The causes.
const (
	CauseSort       Cause = "sort"       // whether the call is of a sort
	CauseTurns      Cause = "turns"      // which turns are looked at
	CauseMatch      Cause = "match"      // words that count
	CauseSplit      Cause = "split"      // words that a match would cut in two
	CauseOverlapped Cause = "overlapped" // a match inside a longer one
	CauseShielded   Cause = "shielded"   // an unless holds
	CauseLacking    Cause = "lacking"    // a with does not hold
	CauseElsewhere  Cause = "elsewhere"  // a guard's words are outside its scope
	CauseNear       Cause = "near"       // the fixed words of a phrase are there, the rest is not
	CauseCue        Cause = "cue"        // another cue that counts as this one
	CauseOut        Cause = "out"        // a cue that settings or the turn's length leave out
	CauseStep       Cause = "step"       // a step of the rule's kind
)

// Note is one sentence of an explanation, with what it rests on below it.
type Note struct {
	Cause Cause
	Mark  Mark
	Turn  int // 0-based; -1 where no single turn is meant
	Say   call.Say
	Below []Note
}

// Explain tells what a rule of the pack makes of a call. It decides nothing of
// its own: whether the rule fires is what Check says.
func (p *Pack) Explain(c *call.Call, r *Rule) *Explanation {
	x := &explainer{newView(p, c)}
	e := &Explanation{Rule: r, Turns: x.folded()}
	verdict := p.Check(c, []*Rule{r})
	e.Findings = verdict.Findings
	if len(verdict.NotEvaluated) > 0 {
		e.NotEvaluated = verdict.NotEvaluated[0].Reason
		return e
	}
	if r.Followup() {
		e.NotEvaluated = x.followup()
		return e
	}
	e.Notes, e.Applies = x.sortNotes(r.when)
	if e.Applies {
		notes, _ := x.kind(r.evaluator)
		e.Notes = append(e.Notes, notes...)
	}
	return e
}

// Dialogue reads turns written "客：……" or "坐0-2.5：……", one after another or, with
// " / " between them, in one text. A turn without a mark is the agent's.
func Dialogue(texts ...string) []call.Turn {
	var turns []call.Turn
	for _, text := range texts {
		for part := range strings.SplitSeq(text, " / ") {
			if mark, said, ok := strings.Cut(part, ":"); ok && validMark().MatchString(mark) {
				part = mark + "：" + said
			}
			turns = append(turns, exampleTurn(part))
		}
	}
	return turns
}

// explainer walks over a call as a rule does and notes what it sees.
type explainer struct{ *view }

func (x *explainer) folded() []FoldedTurn {
	out := make([]FoldedTurn, len(x.turns))
	for i := range out {
		t := x.call.Turns[i]
		out[i] = FoldedTurn{t.Role, t.Text, strings.Clone(x.turns[i].fold.Text)}
	}
	return out
}

// noteOf is a note about turn i, -1 for none.
func noteOf(cause Cause, mark Mark, i int, zh, en string, args ...any) Note {
	return Note{Cause: cause, Mark: mark, Turn: i, Say: call.Sayf(zh, en, args...)}
}

// markIf is Holds or Fails.
func markIf(ok bool) Mark {
	if ok {
		return Holds
	}
	return Fails
}

// sortNotes tells of every sort of call that a rule asks for whether the call is
// of it. The first test that fails ends the list.
func (x *explainer) sortNotes(tests []sortTest) (notes []Note, all bool) {
	for _, t := range tests {
		is := x.isSort(t.sort)
		n := noteOf(CauseSort, markIf(is != t.not), -1, "规则要求通话属于“%[1]s”：%[2]s", "the rule asks for calls of sort %[1]s: %[3]s",
			t.sort.name, yesNo(is, "属于", "不属于"), yesNo(is, "it is", "it is not"))
		if t.not {
			n = noteOf(CauseSort, markIf(!is), -1, "规则不看属于“%[1]s”的通话：%[2]s", "the rule leaves out calls of sort %[1]s: %[3]s",
				t.sort.name, yesNo(is, "属于", "不属于"), yesNo(is, "it is one", "it is not one"))
		}
		n.Below = x.wayNotes(t.sort, is)
		notes = append(notes, n)
		if is == t.not {
			return notes, false
		}
	}
	return notes, true
}

func yesNo(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// wayNotes tells of the way that makes the call be of a sort, or of all ways that do not.
func (x *explainer) wayNotes(s *sort, is bool) []Note {
	var notes []Note
	for _, w := range s.ways {
		if !is || x.isWay(w) {
			notes = append(notes, x.wayNote(w))
		}
	}
	return notes
}

// wayNote tells whether a call is of a sort in one of its ways: the first
// condition that fails, or all that holds.
func (x *explainer) wayNote(w sortWay) Note {
	if w.never {
		return noteOf(CauseSort, Fails, -1, "这一条要别的设置", "this way needs another setting")
	}
	var zh, en []string
	for _, f := range x.facts(w) {
		if !f.holds {
			return noteOf(CauseSort, Fails, -1, "%[1]s要是%[2]s，这通是%[3]s", "%[4]s must be %[5]s, this call has %[6]s",
				f.name.ZH, f.wanted(call.ZH), known(f.got, call.ZH), f.name.EN, f.wanted(call.EN), known(f.got, call.EN))
		}
		zh, en = append(zh, f.name.ZH+"是"+known(f.got, call.ZH)), append(en, f.name.EN+" is "+known(f.got, call.EN))
	}
	if below, ok := x.sortNotes(w.is); !ok {
		n := noteOf(CauseSort, Fails, -1, "这一条还要看别的类别", "this way rests on other sorts")
		n.Below = below
		return n
	}
	if w.said != nil {
		return x.saidNote(w)
	}
	return noteOf(CauseSort, Holds, -1, "%[1]s", "%[2]s", orNothing(zh, call.ZH), orNothing(en, call.EN))
}

// orNothing joins what holds; a way that asks for nothing always holds.
func orNothing(facts []string, lang call.Lang) string {
	if len(facts) == 0 {
		return word(lang, "总是成立", "always holds")
	}
	return strings.Join(facts, word(lang, "，", ", "))
}

// known is a value that the input may not tell.
func known(s string, lang call.Lang) string {
	if s == "" {
		s = word(lang, "未知", "unknown")
	}
	return word(lang, "“"+s+"”", s)
}

// fact is a condition on what the input knows of a call.
type fact struct {
	name  call.Say
	want  []string // nil: any value that is known
	got   string
	holds bool
}

func (f fact) wanted(lang call.Lang) string {
	if f.want == nil {
		return word(lang, "已知的", "known")
	}
	out := make([]string, len(f.want))
	for i, w := range f.want {
		out[i] = known(w, lang)
	}
	return strings.Join(out, word(lang, "或", " or "))
}

func (x *explainer) facts(w sortWay) []fact {
	c := x.call
	var out []fact
	if w.direction != nil {
		out = append(out, factOf("呼叫方向", "direction", w.direction, c.Direction))
	}
	if w.reason != nil {
		out = append(out, factOf("回拨原因", "callback reason", w.reason, c.CallbackReason))
	}
	if w.hangup != nil {
		out = append(out, factOf("挂机方", "hangup", w.hangup, c.Hangup))
	}
	if w.callbackOf {
		out = append(out, fact{call.Say{ZH: "所回复的来电", EN: "the call answered"}, nil, c.CallbackOf, c.CallbackOf != ""})
	}
	if w.truncated {
		name := call.Say{ZH: "文字", EN: "text"}
		out = append(out, fact{name, []string{"truncated"}, yesNo(c.Truncated, "truncated", "whole"), c.Truncated})
	}
	return out
}

func factOf[T ~string](zh, en string, want []T, got T) fact {
	texts := make([]string, len(want))
	for i, w := range want {
		texts[i] = string(w)
	}
	return fact{call.Say{ZH: zh, EN: en}, texts, string(got), slices.Contains(want, got)}
}

// saidNote tells whether one of a way's cues is said in its part of the call.
func (x *explainer) saidNote(w sortWay) Note {
	names := make([]string, len(w.said))
	for i, c := range w.said {
		names[i] = c.name
	}
	turns := x.turnsOf(w.in)
	n := noteOf(CauseSort, markIf(x.saidIn(w.in, w.said)), -1, "%[1]s里要说到 %[2]s", "%[3]s must say %[2]s",
		x.listed(turns, call.ZH), strings.Join(names, " / "), x.listed(turns, call.EN))
	for _, i := range turns {
		for _, c := range w.said {
			n.Below = append(n.Below, x.cueIn(i, c)...)
		}
	}
	return n
}
