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
		if !slices.ContainsFunc(rules, func(r *Rule) bool { return r.named(pattern) }) {
			unknown = append(unknown, unknownName("规则", "rule", pattern, ids(rules)).what)
		}
	}
	for _, r := range rules {
		if (len(chosen) == 0 || r.namedByAny(chosen)) && !r.namedByAny(ignored) {
			list = append(list, r)
		}
	}
	return list, unknown
}

func (r *Rule) namedByAny(patterns []string) bool { return slices.ContainsFunc(patterns, r.named) }

func (r *Rule) named(pattern string) bool {
	family, _, _ := strings.Cut(r.ID, "/")
	matched, err := path.Match(pattern, r.ID)
	return pattern == family || err == nil && matched
}

// ids lists the ids of the rules and their families.
func ids(rules []*Rule) []string {
	var out []string
	for _, r := range rules {
		out = append(out, r.ID)
		if family, _, _ := strings.Cut(r.ID, "/"); !slices.Contains(out, family) {
			out = append(out, family)
		}
	}
	return out
}
