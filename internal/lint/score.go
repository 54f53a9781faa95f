package lint

import (
	"slices"

	"github.com/zhijian-qa/zhijian/internal/rule"
)

// score scores a call by the findings of all rules chosen, shown or not, on the
// scale of the first pack that has one. It is nil where no pack has a scale and
// where no rule could be judged: that is not the same as no deductions.
func (l *Linter) score(v *rule.Verdict) *rule.Score {
	var scale *rule.Scale
	all := 0
	for _, check := range l.Checks {
		if scale == nil {
			scale = check.Pack.Scale
		}
		for _, r := range check.Pack.Rules {
			if !r.Library() {
				all++
			}
		}
	}
	if scale == nil || v.Judged == 0 {
		return nil
	}
	score := scale.Score(v.Findings)
	score.Skipped = len(v.NotEvaluated)
	score.Judged = v.Judged
	score.Rules = all
	return score
}

// addTags adds the tags of a further pack; where two packs have the same tag,
// the first to give it a value is believed.
func addTags(all, more []rule.Tag) []rule.Tag {
	for _, t := range more {
		if !slices.ContainsFunc(all, func(known rule.Tag) bool { return known.ID == t.ID }) {
			all = append(all, t)
		}
	}
	return all
}
