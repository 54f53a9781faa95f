package rule

import (
	"path"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Choose lists the rules that a pattern of chosen names, all if chosen is
// empty, without those that a pattern of ignored names. A pattern is a rule's
// id, a family such as "wording", or a glob such as "closing/*". A pattern
// that names no rule comes back as unknown with a hint.
func Choose(rules []*Rule, chosen, ignored []string) (list []*Rule, unknown []call.Say) {
	for _, pattern := range slices.Concat(chosen, ignored) {
		if what, no := NamesNothing(rules, pattern); no {
			unknown = append(unknown, what)
		}
	}
	for _, r := range rules {
		if (len(chosen) == 0 || r.namedByAny(chosen)) && !r.namedByAny(ignored) {
			list = append(list, r)
		}
	}
	return list, unknown
}

// NamesNothing says that a pattern names none of the rules, if that is so.
func NamesNothing(rules []*Rule, pattern string) (what call.Say, no bool) {
	if slices.ContainsFunc(rules, func(r *Rule) bool { return r.Named(pattern) }) {
		return call.Say{}, false
	}
	return unknownName("规则", "rule", pattern, Names(rules)).what, true
}

func (r *Rule) namedByAny(patterns []string) bool { return slices.ContainsFunc(patterns, r.Named) }

// Named reports whether a pattern names the rule: its id, its family, or a glob.
func (r *Rule) Named(pattern string) bool {
	family, _, _ := strings.Cut(r.ID, "/")
	matched, err := path.Match(pattern, r.ID)
	return pattern == family || err == nil && matched
}

// Names lists the ids of the rules and their families.
func Names(rules []*Rule) []string {
	var out []string
	for _, r := range rules {
		out = append(out, r.ID)
		if family, _, _ := strings.Cut(r.ID, "/"); !slices.Contains(out, family) {
			out = append(out, family)
		}
	}
	return out
}
