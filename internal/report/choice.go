package report

import (
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Choice says by what a run judged. Only what was judged by the same can be compared.
type Choice struct {
	Rules       []string     `json:"rules"`              // ids of those that judge some file or other, in order
	LeftOut     []string     `json:"left_out,omitempty"` // ids of the other rules of the packs, in order
	MinSeverity string       `json:"min_severity"`       // below which findings are not reported
	Scale       *scaleObject `json:"scale,omitempty"`    // absent where calls are not scored
	Digest      string       `json:"digest"`             // of the settings of the packs, and of which rules judge which files and what they cost
}

// scaleObject is what a finding costs, as far as its rule does not say.
type scaleObject struct {
	Start   int `json:"start"`
	Error   int `json:"error"`
	Warning int `json:"warning"`
	Info    int `json:"info"`
	Cap     int `json:"cap"` // findings of one rule that cost points in one call; 0: all of them
}

// NewChoice is the choice of the rules of there. The first checks judge files of which the
// configuration says nothing in particular, the others those of which it does.
func NewChoice(there []*rule.Rule, least rule.Severity, checks ...[]lint.Check) *Choice {
	c := &Choice{MinSeverity: least.String(), Scale: newScaleObject(checks[0])}
	chosen, rest := map[string]bool{}, map[string]bool{}
	digest := sha256.New()
	for _, some := range checks {
		for _, r := range digested(digest, some) {
			chosen[r.ID] = true
		}
	}
	for _, r := range there {
		if !chosen[r.ID] {
			rest[r.ID] = true
		}
	}
	c.Rules, c.LeftOut = slices.Sorted(maps.Keys(chosen)), slices.Sorted(maps.Keys(rest))
	c.Digest = fmt.Sprintf("%x", digest.Sum(nil)[:8])
	return c
}

// digested adds to a digest what checks judge by, and lists their rules.
func digested(digest io.Writer, checks []lint.Check) (all []*rule.Rule) {
	scale := scaleOf(checks)
	for _, check := range checks {
		fmt.Fprintf(digest, "%s %q\n", check.Pack.Name, check.Pack.Settings()) // fmt orders the keys of maps
		for _, r := range check.Rules {
			points, limit := scale.Cost(r)
			fmt.Fprintln(digest, r.ID, r.Severity, points, limit, r.Fatal())
		}
		all = append(all, check.Rules...)
	}
	fmt.Fprintln(digest)
	return all
}

// scaleOf is the scale of the first pack that has one.
func scaleOf(checks []lint.Check) *rule.Scale {
	for _, c := range checks {
		if c.Pack.Scale != nil {
			return c.Pack.Scale
		}
	}
	return &rule.Scale{}
}

func newScaleObject(checks []lint.Check) *scaleObject {
	s := scaleOf(checks)
	if s.Start == 0 {
		return nil
	}
	return &scaleObject{s.Start, s.Points[rule.Error], s.Points[rule.Warning], s.Points[rule.Info], s.Cap}
}

// partial says what a report does not show or count; it is empty where it is all there is.
func (t tongue) partial(c *Choice) string {
	if c == nil {
		return ""
	}
	text := ""
	if all := len(c.Rules) + len(c.LeftOut); len(c.LeftOut) > 0 {
		text = t.sayf("只用了 %[2]d 条规则中的 %[1]d 条，得分和比例只按它们算。", "Only %[1]d of %[2]d rules judged; scores and shares are theirs alone.", len(c.Rules), all)
	}
	if least, _ := rule.ParseSeverity(c.MinSeverity); least > rule.Info {
		if text != "" {
			text += t.say("", " ")
		}
		text += t.sayf("只报告%[1]s及以上的问题，得分按全部算。", "Only findings of severity %[1]s or graver are reported; scores count all.", t.severity(least))
	}
	return text
}

// unlike says how the choice of an earlier run differs, where that is more than another
// version of a pack; it is empty where the figures of both can be compared.
func (c *Choice) unlike(then *Choice, samePacks bool) []call.Say {
	var out []call.Say
	differs := func(is bool, zh, en string, args ...any) {
		if is {
			out = append(out, call.Sayf(zh, en, args...))
		}
	}
	rules := append(inBoth(then.Rules, c.LeftOut), inBoth(then.LeftOut, c.Rules)...)
	differs(rules != nil, "选用的规则不同（%[1]s）", "the choice of rules (%[1]s)", someOf(rules))
	differs(then.MinSeverity != c.MinSeverity, "--min-severity 不同（上次 %[1]s，这次 %[2]s）", "--min-severity (%[1]s then, %[2]s now)", then.MinSeverity, c.MinSeverity)
	differs(!sameScale(then.Scale, c.Scale), "计分不同（上次 %[1]s，这次 %[2]s）", "the scale (%[1]s then, %[2]s now)", then.Scale, c.Scale)
	differs(out == nil && samePacks && then.Digest != c.Digest, "规则的级别、分值、设置或适用的文件不同", "the severities, points or settings of the rules, or the files that they judge")
	return out
}

func sameScale(a, b *scaleObject) bool { return a == b || a != nil && b != nil && *a == *b }

// String is the scale in short: 100 − 10/4/1 ×2.
func (s *scaleObject) String() string {
	if s == nil {
		return "–"
	}
	text := fmt.Sprintf("%d − %d/%d/%d", s.Start, s.Error, s.Warning, s.Info)
	if s.Cap > 0 {
		text += fmt.Sprintf(" ×%d", s.Cap)
	}
	return text
}

// inBoth lists what two lists have in common; nil where that is nothing.
func inBoth(a, b []string) (out []string) {
	for _, id := range a {
		if slices.Contains(b, id) {
			out = append(out, id)
		}
	}
	return out
}

// someOf is the first of a list, and how many more there are.
func someOf(list []string) string {
	const few = 3
	text := fmt.Sprint(len(list))
	for i, id := range list[:min(few, len(list))] {
		text += []string{": ", ", ", ", "}[i] + id
	}
	if len(list) > few {
		text += " …"
	}
	return text
}
