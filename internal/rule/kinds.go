package rule

import (
	"regexp"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// validID is how a rule is named: family/name in lower case.
var validID = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$`)

func (c *compiler) compileRules(s *packSpec) {
	for i := range s.Rules {
		r := c.rule(&s.Rules[i])
		if r.examples = c.examplesOf(i); !r.off {
			c.pack.Rules = append(c.pack.Rules, r)
		}
	}
}

func (c *compiler) rule(s *ruleSpec) *Rule {
	r := &Rule{ID: s.ID.Text, Title: s.Title.Say, Why: s.Why.Say, Advice: s.Advice.Say, Fix: c.fix(&s.Fix), Limits: s.Limits.Say,
		message: s.Message.Say, when: c.sortTests(s.When), file: c.file, at: s.at}
	c.identify(r, s)
	r.settle()
	r.Severity = c.severity(s.Severity)
	r.Sources = c.sources(s.Source)
	c.kind(r, s)
	c.cost(&r.cost, &s.Cost)
	r.bind(s.Waivable)
	return r
}

// bind reads whether what the rule finds can be accepted; nil leaves it as it is.
func (r *Rule) bind(waivable *bool) {
	if waivable != nil {
		r.Binding = !*waivable
	}
}

// identify checks what every rule must have.
func (c *compiler) identify(r *Rule, s *ruleSpec) {
	if !validID.MatchString(r.ID) {
		c.fault(s.at, faultf("规则名 %q 不合格式，应为 “类别/名称” 的小写英文，例如 wording/helpless",
			"rule id %q is not of the form family/name in lower case, such as wording/helpless", r.ID))
	}
	for _, other := range c.pack.Rules {
		if other.ID == r.ID {
			c.fault(s.ID.At, faultf("规则 %q 定义了两次", "rule %q is defined twice", r.ID))
		}
	}
	needed := []struct{ name, value string }{{"title", r.Title.ZH}, {"why", r.Why.ZH}, {"advice", r.Advice.ZH}}
	if s.Forbid == nil {
		needed = append(needed, struct{ name, value string }{"message", r.message.ZH})
	}
	for _, n := range needed {
		if n.value == "" {
			c.fault(s.at, faultf("规则 %s 缺少 %s", "rule %s has no %s", r.ID, n.name))
		}
	}
}

func (c *compiler) severity(it item) Severity {
	s, ok := ParseSeverity(it.Text)
	if !ok {
		c.fault(it.At, unknownName("级别", "severity", it.Text, []string{"error", "warning", "info"}))
	}
	return s
}

func (c *compiler) sources(list []sourceSpec) []Source {
	var out []Source
	for _, src := range list {
		known := false
		var names []string
		for _, d := range c.pack.Documents {
			known = known || d.Key == src.Doc.Text
			names = append(names, d.Key)
		}
		if !known {
			c.fault(src.Doc.At, unknownName("文件", "document", src.Doc.Text, names))
		}
		out = append(out, Source{src.Doc.Text, src.Says})
	}
	return out
}

// kind compiles the one kind that the rule names.
func (c *compiler) kind(r *Rule, s *ruleSpec) {
	var named []string
	set := func(name string, e evaluator) {
		named = append(named, name)
		r.Kind, r.evaluator = name, e
		r.measuring, _ = e.(measuring)
	}
	if s.Forbid != nil {
		set("forbid", c.forbid(r, s))
	}
	if s.Require != nil {
		set("require", c.require(r, s))
	}
	if s.Reply != nil {
		c.needs(s, map[string]bool{"reply.to": len(s.Reply.To) > 0, "reply.with": len(s.Reply.With) > 0, "reply.within": s.Reply.Within > 0})
		set("reply", c.reply(s))
	}
	if s.Order != nil {
		c.needs(s, map[string]bool{"order.first": len(s.Order.First) > 0, "order.then": len(s.Order.Then) > 0})
		set("order", &order{first: c.cuesAt(s.Order.First), then: c.cuesAt(s.Order.Then),
			after: c.after(s.Order.After), within: s.Order.After.agentTurns(), skip: c.cuesAt(s.Order.Skip)})
	}
	if s.Repeat != nil {
		c.needs(s, map[string]bool{"repeat.slot/similar/in-a-row": s.Repeat.Slot || s.Repeat.Similar > 0 || s.Repeat.InARow})
		set("repeat", c.repeat(r, s))
	}
	if s.Timing != nil {
		set("timing", c.timing(s))
	}
	if s.Library != nil {
		set("library", ofLibrary{c.library(s)})
	}
	if s.Followup != nil {
		set("followup", c.followup(s))
	}
	if len(named) != 1 {
		c.fault(s.at, faultf("规则 %s 要正好写一种：forbid、require、reply、order、repeat、timing、followup、library；这里写了 %d 种",
			"rule %s must name exactly one of forbid, require, reply, order, repeat, timing, followup, library; this names %d", r.ID, len(named)))
	}
}

// needs notes what a kind cannot do without.
func (c *compiler) needs(s *ruleSpec, given map[string]bool) {
	for _, name := range keys(given) {
		if !given[name] {
			c.fault(s.at, faultf("规则 %s 缺少 %s，永远不会命中", "rule %s has no %s, so it can never fire", s.ID.Text, name))
		}
	}
}

// settle drops the tests of the rule's sorts that only settings decide. Where one
// of them can never hold, the house does without the rule.
func (r *Rule) settle() {
	r.when = slices.DeleteFunc(r.when, func(t sortTest) bool {
		holds, fixed := t.sort.fixed()
		r.off = r.off || fixed && holds == t.not
		return fixed
	})
}

func (c *compiler) forbid(r *Rule, s *ruleSpec) *forbid {
	f := s.Forbid
	r.OneTurn = f.After == nil && len(r.when) == 0
	own := c.own(r, s, f.Own, f.Cue)
	if own.speaker == call.Agent {
		own.unless = append(own.unless, c.shields...)
	}
	return &forbid{cue: own, after: c.after(f.After), within: f.After.agentTurns()}
}

func (c *compiler) require(r *Rule, s *ruleSpec) *require {
	return &require{cue: c.own(r, s, s.Require.Own, s.Require.Cue), in: c.part(s.at, s.Require.In)}
}

func (c *compiler) reply(rule *ruleSpec) *reply {
	s, waited := rule.Reply, 0.0
	if s.Waited.Text != "" {
		waited = c.quantity(rule, "reply.waited", s.Waited)
	}
	return &reply{waited: waited, to: c.cuesAt(s.To), with: c.cuesAt(s.With), skip: c.cuesAt(s.Skip), settle: c.cuesAt(s.SettleBy),
		within: s.Within, before: s.Before, same: s.Same, once: s.Once}
}

func (c *compiler) repeat(r *Rule, s *ruleSpec) *repeat {
	p := s.Repeat
	return &repeat{cue: c.own(r, s, p.Own, p.Cue), told: c.cuesAt(p.Told), between: c.cuesAt(p.Between), given: c.cuesAt(p.Given), never: c.cuesAt(p.Never),
		times: max(2, p.Times), inARow: p.InARow, slot: p.Slot, similar: p.Similar, anew: p.Anew}
}

// own compiles the cue that a rule spells out itself, or the named ones it refers to.
func (c *compiler) own(r *Rule, s *ruleSpec, spec cueSpec, named items) *cue {
	for _, it := range named {
		spec.Any = append(spec.Any, item{At: it.At, Text: "<" + it.Text + ">"})
	}
	spec.at = s.at
	r.phrases = spec.Any.Texts()
	out := c.cue(r.ID, spec, call.Agent)
	out.asked = true
	return out
}

func (c *compiler) after(s *afterSpec) []*cue {
	if s == nil {
		return nil
	}
	return c.cuesAt(s.Cue)
}

func (s *afterSpec) agentTurns() int {
	if s == nil {
		return 0
	}
	return s.Within
}

// say fills in a rule's message for a place and adds why it is wrong.
func (r *Rule) say(quote string, at place) call.Say {
	message := r.message
	if message.ZH == "" {
		message = call.Say{ZH: "坐席说了“{quote}”。", EN: "The agent said “{quote}”."}
	}
	return call.Say{
		ZH: fill(message.ZH, quote, at) + r.Why.ZH,
		EN: fill(message.In(call.EN), quote, at) + " " + r.Why.In(call.EN),
	}
}

// fill puts what was found into a message. A quote may have braces of its own.
func fill(message, quote string, at place) string {
	before, rest, found := strings.Cut(message, "{")
	if !found {
		return message
	}
	for _, slot := range [...]struct{ name, value string }{{"quote}", quote}, {"heard}", at.heard}, {"allowed}", at.allowed}} {
		if after, is := strings.CutPrefix(rest, slot.name); is {
			return before + slot.value + fill(after, quote, at)
		}
	}
	return before + "{" + fill(rest, quote, at)
}
