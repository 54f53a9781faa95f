package rule

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// Example is a call, or an excerpt of one, that shows a rule broken or kept.
type Example struct {
	Text    string       // as the pack writes it
	Call    *call.Call   // its turns, without source
	OneTurn bool         // a single agent turn: only rules that judge one turn apply
	Scripts []Script     // of a library instead of a call
	Calls   []*call.Call // several calls instead of one
	at      position
	file    *packFile
}

// speakers are the marks of turns in an example.
var speakers = map[string]call.Role{"坐": call.Agent, "客": call.Customer, "他": call.Other}

// Bad are the examples that break the rule.
func (r *Rule) Bad() []Example { return r.bothExamples().bad }

// Good are the examples that keep it.
func (r *Rule) Good() []Example { return r.bothExamples().good }

// ruleExamples are those of one rule.
type ruleExamples struct{ bad, good []Example }

// bothExamples are those of the rule, none of one that is of no pack.
func (r *Rule) bothExamples() ruleExamples {
	if r.examples == nil {
		return ruleExamples{}
	}
	return r.examples()
}

// examplesOf are the examples of the rule with an index in the file being compiled. Those
// of a prepared file are read when they are asked for.
func (c *compiler) examplesOf(i int) func() ruleExamples {
	file := c.file
	if file.whole == nil {
		both := c.bothExamples(file.spec.Rules[i].Test)
		return func() ruleExamples { return both }
	}
	return sync.OnceValue(func() ruleExamples {
		own := &compiler{loader: &loader{}, file: file}
		return own.bothExamples(file.whole().Rules[i].Test)
	})
}

func (c *compiler) bothExamples(s testSpec) ruleExamples {
	return ruleExamples{c.examples(s.Bad), c.examples(s.Good)}
}

func (c *compiler) examples(specs []exampleSpec) []Example {
	var out []Example
	for _, s := range specs {
		if s.Scripts != nil {
			out = append(out, c.libraryExample(s))
			continue
		}
		if s.Calls != nil {
			out = append(out, c.callsExample(s))
			continue
		}
		e := Example{Text: s.Says, at: s.at, file: c.file, Call: &call.Call{ID: "example", Direction: call.Direction(s.Direction),
			CallbackReason: s.Reason, Hangup: call.Hangup(s.Hangup), Truncated: !s.Whole}}
		for _, part := range strings.Split(s.Says, " / ") {
			e.Call.Turns = append(e.Call.Turns, exampleTurn(part))
		}
		e.OneTurn = len(e.Call.Turns) == 1 && !s.Whole
		out = append(out, e)
	}
	return out
}

// libraryExample is an example of several scripts, without a call.
func (c *compiler) libraryExample(s exampleSpec) Example {
	e := Example{at: s.at, file: c.file, Call: &call.Call{ID: "example", Truncated: true}}
	var texts []string
	for _, it := range s.Scripts {
		k := &call.Call{ID: it.ID, Scene: it.Scene, Script: true}
		for _, wording := range it.Says.Texts() {
			k.Turns = append(k.Turns, call.Turn{Role: call.Agent, Text: wording})
		}
		e.Scripts = append(e.Scripts, Script{Call: k, ID: it.ID, Scene: it.Scene, Required: it.Required, Forbidden: it.Never.Texts()})
		texts = append(texts, it.text())
	}
	e.Text = strings.Join(texts, " ／ ")
	return e
}

// text is an entry on one line: 编号 场景：话术（禁用：……）.
func (s *scriptSpec) text() string {
	line := strings.TrimSpace(s.ID+" "+s.Scene) + "：" + strings.Join(s.Says.Texts(), " | ")
	if s.Required {
		line += "（必说）"
	}
	if len(s.Never) > 0 {
		line += "（禁用：" + strings.Join(s.Never.Texts(), "、") + "）"
	}
	return line
}

// exampleTurn reads "客：……" or, with its seconds, "客12-14.5：……"; a turn without a
// mark is the agent's.
func exampleTurn(s string) call.Turn {
	if mark, text, ok := strings.Cut(s, "："); ok {
		if t, ok := markedTurn(mark); ok {
			t.Text = text
			return t
		}
	}
	return call.Turn{Role: call.Agent, Text: s}
}

// validMark is who speaks in a turn of an example, and from when to when.
var validMark = text.Pattern(`^(坐|客|他)(?:(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?)?$`)

// markedTurn reads what stands before the words of a turn.
func markedTurn(mark string) (call.Turn, bool) {
	m := validMark().FindStringSubmatch(mark)
	if m == nil {
		return call.Turn{}, false
	}
	return call.Turn{Role: speakers[m[1]], Start: atSecond(m[2]), End: atSecond(m[3])}, true
}

// atSecond is a time that is written in seconds; none where nothing is written.
func atSecond(s string) call.Millis {
	sec, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return call.Millis{}
	}
	return call.At(int64(math.Round(sec * 1000)))
}

// minExamples is how many bad and good examples a rule must have.
const minExamples = 2

// Test checks the pack by its own examples: every rule must have at least two
// bad ones that it fires on and two good ones on which no rule of the pack
// fires. What fails comes back as [strict.Errors].
func (p *Pack) Test() error {
	l := &loader{}
	for _, r := range p.Own() {
		p.testRule(r, l)
	}
	if len(l.errors) == 0 {
		return nil
	}
	return l.sorted()
}

// Own lists the rules that the pack's own files hold: all, unless it extends
// another pack. What it extends is tested by itself, for its examples need not
// hold under the settings of a house.
func (p *Pack) Own() []*Rule {
	house := slices.ContainsFunc(p.made.files, func(f *packFile) bool { return f.house })
	return slices.DeleteFunc(slices.Clone(p.Rules), func(r *Rule) bool { return house && !r.file.house })
}

func (p *Pack) testRule(r *Rule, l *loader) {
	if len(r.Bad()) < minExamples || len(r.Good()) < minExamples {
		l.report(r.file, r.at, faultf("规则 %s 至少要有 %d 个 bad 和 %d 个 good 例子，现有 %d 个和 %d 个",
			"rule %s needs at least %d bad and %d good examples, it has %d and %d", r.ID, minExamples, minExamples, len(r.Bad()), len(r.Good())))
	}
	for _, e := range r.Bad() {
		if !p.firesOn(r, e) {
			l.report(e.file, e.at, faultf("规则 %s 在它的 bad 例子上没有命中：%s", "rule %s does not fire on its bad example: %s", r.ID, e.Text))
		}
	}
	for _, e := range r.Good() {
		if fired := p.fired(e); fired != "" {
			l.report(e.file, e.at, faultf("规则 %s 的 good 例子触发了 %s：%s", "a good example of %s fires %s: %s", r.ID, fired, e.Text))
		}
	}
}

func (p *Pack) firesOn(r *Rule, e Example) bool {
	return len(p.findings(e, []*Rule{r})) > 0
}

// findings are what the rules say of an example.
func (p *Pack) findings(e Example, rules []*Rule) []Finding {
	if e.Calls != nil {
		return FollowCalls(e.Calls, rules)
	}
	if e.Scripts == nil {
		return p.Check(e.Call, rules).Findings
	}
	return slices.Concat(p.CheckLibrary(e.Scripts, rules)...)
}

// fired lists the rules that fire on an example, with the words they fire on.
func (p *Pack) fired(e Example) string {
	rules := p.Rules
	if e.OneTurn {
		rules = p.oneTurn()
	}
	var fired []string
	for _, f := range p.findings(e, rules) {
		fired = append(fired, f.Rule.ID+"（"+f.At.Quote+"）")
	}
	return strings.Join(fired, "、")
}

// oneTurn lists the rules that judge a turn by itself.
func (p *Pack) oneTurn() []*Rule {
	var out []*Rule
	for _, r := range p.Rules {
		if r.OneTurn {
			out = append(out, r)
		}
	}
	return out
}
