package rule

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/zhijian-qa/zhijian/internal/text"
)

// Fix is what may be written in place of the words that a rule finds.
type Fix struct {
	Text        string // empty: nothing can be
	Traditional string // the same in Traditional characters, for words in them; empty: Text
	Suggestion  bool   // it fits too few sentences to be written without a human

	only   []*cue // the words that may be replaced; none: all that is found
	unsure []*cue // said beside the words found, they make it a suggestion
}

// fixSpec is a text, or a text with what limits it.
type fixSpec struct {
	Text        string `yaml:"text"`
	Traditional string `yaml:"traditional"`
	Suggestion  bool   `yaml:"suggestion"`
	Only        items  `yaml:"only"`
	Unsure      items  `yaml:"unsure"`
}

// UnmarshalYAML reads the text alone, or with what limits it.
func (f *fixSpec) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		f.Text = n.Value
		return nil
	}
	type plain fixSpec
	return n.Decode((*plain)(f))
}

func (c *compiler) fix(s *fixSpec) Fix {
	return Fix{s.Text, s.Traditional, s.Suggestion, c.cuesAt(s.Only), c.cuesAt(s.Unsure)}
}

// In is the text in the characters of the words that it replaces.
func (f *Fix) In(words string) string {
	if f.Traditional != "" && text.Traditional(words) {
		return f.Traditional
	}
	return f.Text
}

// edit is what to write for a finding, nil where nothing can be. It is a suggestion where more
// than particles and the address of the customer stand beside the words in their clauses, or
// where the sentence says what the new words would not fit.
func (v *view) edit(r *Rule, at place, found Range) *Edit {
	if r.Fix.Text == "" || at.turn < 0 {
		return nil
	}
	replaced, ok := v.replaceable(at, r.Fix.only)
	if !ok {
		return nil
	}
	fold := v.turns[at.turn].fold
	start, end := fold.Clause(replaced.start, replaced.end)
	before := withoutAdverbs(fold.Text[start:replaced.start])
	after := strings.TrimLeft(fold.Text[replaced.end:end], particles)
	source := v.call.Turns[at.turn].Text
	from, to := widen(source, replaced, fold)
	first, _ := fold.Origin(at.span.start, at.span.end)
	e := &Edit{Text: r.Fix.In(source[max(0, from-near):min(len(source), to+near)])}
	e.Start = found.Start + runesBetween(source, first, from)
	e.End = e.Start + utf8.RuneCountInString(source[from:to])
	e.Suggestion = r.Fix.Suggestion || after != "" || !isAddress(before) ||
		v.besides(place{turn: at.turn, span: replaced}, r.Fix.unsure) || v.call.Script && text.HasPlaceholder(source[from:to])
	if after != "" {
		e.Text += "，"
	}
	return e
}

// near is how many bytes around the words tell whether they are Traditional: a
// turn may be very long, and have many findings.
const near = 120

// runesBetween is the number of code points from one offset of a text to another,
// negative where that one comes first.
func runesBetween(s string, from, to int) int {
	if to < from {
		return -utf8.RuneCountInString(s[to:from])
	}
	return utf8.RuneCountInString(s[from:to])
}

// replaceable is the part of a place that may be replaced: all of it, or the
// first of the cues in it.
func (v *view) replaceable(at place, only []*cue) (span, bool) {
	if len(only) == 0 {
		return at.span, true
	}
	for _, c := range only {
		for _, s := range v.find(at.turn, c) {
			if s.overlaps(at.span) {
				return s, true
			}
		}
	}
	return span{}, false
}

// adverbs belong to the words after them, particles to those before them.
var adverbs = []string{"非常", "十分", "实在", "實在", "真的", "真是", "万分", "萬分", "特别", "特別", "确实", "確實", "深感", "很", "真", "挺", "太"}

const particles = "了啊呀哦喔哈呢啦嘛吧噢"

// withoutAdverbs is a text without the adverbs at its end.
func withoutAdverbs(s string) string {
	for _, a := range adverbs {
		if rest, cut := strings.CutSuffix(s, a); cut {
			return withoutAdverbs(rest)
		}
	}
	return s
}

// widen is where a folded range stands in its source, in bytes, with the adverbs
// before and the particles after it.
func widen(source string, replaced span, fold *text.Folded) (from, to int) {
	from, to = fold.Origin(replaced.start, replaced.end)
	from -= len(source[:from]) - len(withoutAdverbs(source[:from]))
	return from, len(source) - len(strings.TrimLeft(source[to:], particles))
}

// isAddress reports whether a folded text only calls the customer or begins to speak.
func isAddress(s string) bool {
	for s != "" {
		rest := s
		for _, w := range []string{"尊敬的", "亲爱的", "先生", "女士", "小姐", "客户", "用户", "您好", "你好", "/", "亲", "好的", "那", "您", "嗯", "是的", "好"} {
			rest = strings.TrimPrefix(rest, w)
		}
		if rest == s {
			return false
		}
		s = rest
	}
	return true
}

// besides reports whether one of the cues is in the sentence of a place, outside of it.
func (v *view) besides(at place, cues []*cue) bool {
	start, end := v.turns[at.turn].fold.Sentence(at.span.start, at.span.end)
	for _, c := range cues {
		for _, s := range v.find(at.turn, c) {
			if start <= s.start && s.end <= end && !s.overlaps(at.span) {
				return true
			}
		}
	}
	return false
}
