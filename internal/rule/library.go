package rule

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// Script is an entry of a script library, as the rules of libraries see it.
type Script struct {
	Call      *call.Call // with Script set: one agent turn per wording
	ID        string     // as the library has it; empty where it has none
	Scene     string     // the situation that it is for, without the step
	Step      string     // of the situation, or the title of the script
	Trigger   string     // when to say it
	Required  bool       // agents must say it
	Forbidden []string   // what the library itself says that this script must not say
}

// librarySpec: what the scripts of one library must not be.
type librarySpec struct {
	Check   item  `yaml:"check"`   // a name of libraryChecks
	Between items `yaml:"between"` // conflict: two cues that must not both be in the scripts of one scene
}

// libraryChecks are what a rule of this kind can look for.
var libraryChecks = []string{ownForbidden, requiredEmpty, sameWording, conflict}

const (
	ownForbidden  = "own-forbidden"  // a wording has what its own entry forbids
	requiredEmpty = "required-empty" // agents must say it, and there is nothing to say
	sameWording   = "same-wording"   // two entries of different ids have one wording
	conflict      = "conflict"       // two entries of one scene contradict each other
)

// libraryRule reports where scripts break a rule, with the entry that it clashes with.
type libraryRule interface {
	checkLibrary(scripts []scriptView, report func(script int, at place, clash string))
}

// scriptView is a script as one pack sees it.
type scriptView struct {
	*Script
	*view
}

// CheckLibrary judges the scripts of one library together by those of the rules
// that are of this kind. The findings come back by script, in order.
func (p *Pack) CheckLibrary(scripts []Script, rules []*Rule) [][]Finding {
	out := make([][]Finding, len(scripts))
	if !slices.ContainsFunc(rules, (*Rule).Library) {
		return out
	}
	views := make([]scriptView, len(scripts))
	for i := range scripts {
		views[i] = scriptView{&scripts[i], newView(p, scripts[i].Call)}
	}
	for _, r := range rules {
		if !r.Library() {
			continue
		}
		r.evaluator.(ofLibrary).checkLibrary(views, func(script int, at place, clash string) {
			f := views[script].finding(r, at)
			views[script].takeWhole(&f, at)
			f.Message.ZH = strings.ReplaceAll(f.Message.ZH, "{other}", clash)
			f.Message.EN = strings.ReplaceAll(f.Message.EN, "{other}", clash)
			out[script] = append(out[script], f)
		})
	}
	return out
}

// Library reports whether the rule judges the scripts of a library together, and
// no call.
func (r *Rule) Library() bool {
	_, is := r.evaluator.(ofLibrary)
	return is
}

// ofLibrary is the evaluator of such a rule.
type ofLibrary struct{ libraryRule }

func (ofLibrary) idle(*view) bool { return true }

// check reports nothing: a call is no library.
func (ofLibrary) check(*view, func(place)) {}

// ForCalls lists the rules that judge calls.
func ForCalls(rules []*Rule) []*Rule {
	return slices.DeleteFunc(slices.Clone(rules), (*Rule).Library)
}

// ForScripts lists the rules that judge script libraries.
func ForScripts(rules []*Rule) []*Rule {
	return slices.DeleteFunc(slices.Clone(rules), func(r *Rule) bool { return !r.OneTurn && !r.Library() })
}

func (c *compiler) library(s *ruleSpec) libraryRule {
	l := s.Library
	if name := l.Check.Text; name != conflict && len(l.Between) > 0 {
		c.fault(l.Between.First(), faultf("between 只用于 check: conflict", "between is for check: conflict only"))
	}
	switch l.Check.Text {
	case ownForbidden:
		return saysForbidden{}
	case requiredEmpty:
		return saysNothing{}
	case sameWording:
		return saysTheSame{}
	case conflict:
		cues := c.cuesAt(l.Between)
		if len(cues) != 2 {
			c.fault(s.at, faultf("规则 %s 的 between 要写两个线索，这里有 %d 个", "rule %s needs two cues in between, it has %d", s.ID.Text, len(cues)))
			return nil
		}
		return contradicts{cues[0], cues[1]}
	}
	c.fault(l.Check.At, unknownName("检查", "check", l.Check.Text, libraryChecks))
	return nil
}

// saysForbidden reports what an entry says although it forbids it.
type saysForbidden struct{}

func (saysForbidden) checkLibrary(scripts []scriptView, report func(int, place, string)) {
	for i, s := range scripts {
		for _, phrase := range s.Forbidden {
			never := strings.TrimRight(text.Fold(phrase).Text, ",.?!")
			for t := range s.turns {
				if at, found := s.turns[t].says(never); found {
					report(i, place{turn: t, span: at}, phrase)
				}
			}
		}
	}
}

// says finds a folded phrase in a turn, as words of its own.
func (t *turnView) says(phrase string) (span, bool) {
	for from := 0; phrase != ""; {
		i := strings.Index(t.fold.Text[from:], phrase)
		if i < 0 {
			break
		}
		from += i
		if t.fold.Whole(from, from+len(phrase)) {
			return span{from, from + len(phrase), ""}, true
		}
		from += len(phrase)
	}
	return span{}, false
}

// saysNothing reports entries that agents must say and that have no words.
type saysNothing struct{}

func (saysNothing) checkLibrary(scripts []scriptView, report func(int, place, string)) {
	for i, s := range scripts {
		if s.Required && !slices.ContainsFunc(s.Call.Turns, func(t call.Turn) bool { return !isBlank(text.FoldScript(t.Text).Text) }) {
			report(i, wholeCall(), "")
		}
	}
}

// isBlank reports whether a folded wording is none yet.
func isBlank(folded string) bool {
	blank := []string{"", "无", "略", "空", "待定", "待补充", "待完善", "待编写", "待更新", "暂无", "暂缺", "同上", "todo", "tbd", "n/a", "na", "/", "-"}
	return slices.Contains(blank, strings.Trim(folded, ",.?!()[]<>\""))
}

// saysTheSame reports a wording that an entry of another id has too: the second of the two.
type saysTheSame struct{}

func (saysTheSame) checkLibrary(scripts []scriptView, report func(int, place, string)) {
	first := map[string]string{} // id by wording
	for i, s := range scripts {
		for t := range s.turns {
			id, wording := s.ID, sayable(s.Call.Turns[t].Text)
			if wording == "" || id == "" {
				continue
			}
			other, known := first[wording]
			switch {
			case !known:
				first[wording] = id
			case other != id:
				report(i, s.whole(t), other)
			}
		}
	}
}

// sayable is a wording without what is not said, its placeholders by name: 您的{话费}到账
// and 您的{流量}到账 are two wordings. It is empty where too little is said to count.
func sayable(wording string) string {
	folded := strings.Map(func(r rune) rune {
		if strings.ContainsRune(",.?!\"", r) {
			return -1
		}
		return r
	}, text.Fold(wording).Text)
	if len([]rune(folded)) < 4 || isBlank(folded) {
		return ""
	}
	return folded
}

// takeWhole quotes all of a wording where all of it was found: folding leaves out
// fillers at its ends.
func (v *view) takeWhole(f *Finding, at place) {
	if at.turn < 0 || at.span.start > 0 || at.span.end < len(v.turns[at.turn].fold.Text) {
		return
	}
	quote := f.At.Quote
	f.At.Quote = v.call.Turns[at.turn].Text
	f.At.Start, f.At.End = 0, utf8.RuneCountInString(f.At.Quote)
	f.Message.ZH = strings.ReplaceAll(f.Message.ZH, quote, f.At.Quote)
	f.Message.EN = strings.ReplaceAll(f.Message.EN, quote, f.At.Quote)
}

// whole is all of a turn.
func (v *view) whole(turn int) place {
	return place{turn: turn, span: span{0, len(v.turns[turn].fold.Text), ""}}
}

// contradicts reports, of two cues that one scene must not have both, the second.
type contradicts struct{ one, other *cue }

func (c contradicts) checkLibrary(scripts []scriptView, report func(int, place, string)) {
	says := map[string][]int{} // the entries that say the first cue, by scene
	for i, s := range scripts {
		if _, at := s.saysInAny(c.one); at >= 0 && s.Scene != "" {
			says[s.Scene] = append(says[s.Scene], i)
		}
	}
	for i, s := range scripts {
		others := slices.DeleteFunc(slices.Clone(says[s.Scene]), func(other int) bool { return other == i })
		if found, at := s.saysInAny(c.other); at >= 0 && len(others) > 0 {
			report(i, place{turn: at, span: found}, scripts[others[0]].name())
		}
	}
}

// saysInAny finds the first wording with a cue; its turn is -1 where there is none.
func (s scriptView) saysInAny(c *cue) (span, int) {
	for t := range s.turns {
		if found := s.find(t, c); len(found) > 0 {
			return found[0], t
		}
	}
	return span{}, -1
}

// name is what people call an entry.
func (s *Script) name() string {
	if s.ID != "" {
		return s.ID
	}
	return s.Call.Scene
}
