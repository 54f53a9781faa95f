package rule

import (
	"strings"

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
func (v *view) edit(r *Rule, at place) *Edit {
	if r.Fix.Text == "" || at.turn < 0 {
		return nil
	}
	replaced, ok := v.replaceable(at, r.Fix.only)
	if !ok {
		return nil
	}
	fold := v.turns[at.turn].fold
	source := []rune(v.call.Turns[at.turn].Text)
	start, end := fold.Clause(replaced.start, replaced.end)
	before := withoutAdverbs(fold.Text[start:replaced.start])
	after := strings.TrimLeft(fold.Text[replaced.end:end], particles)
	e := &Edit{Text: r.Fix.In(string(source))}
	e.Start, e.End = fold.Span(replaced.start, replaced.end)
	e.Start, e.End = widen(source, e.Start, e.End)
	e.Suggestion = r.Fix.Suggestion || after != "" || !isAddress(before) ||
		v.besides(place{turn: at.turn, span: replaced}, r.Fix.unsure) ||
		v.call.Script && text.HasPlaceholder(string(source[e.Start:e.End]))
	if after != "" {
		e.Text += "，"
	}
	return e
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

// widen takes in the adverbs before and the particles after a range of a text.
func widen(source []rune, start, end int) (int, int) {
	start = len([]rune(withoutAdverbs(string(source[:start]))))
	for end < len(source) && strings.ContainsRune(particles, source[end]) {
		end++
	}
	return start, end
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
