package lint

import (
	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Coverage says for which scenes of the packs there are scripts. It grows with the scripts
// that are for a scene, not with all of them.
type Coverage struct {
	Scenes []*SceneCoverage // in the order of the packs

	packs []*rule.Pack
}

// SceneCoverage is what there is for one scene.
type SceneCoverage struct {
	*rule.Scene
	Compliant []string // names of the scripts that say all that the scene asks for, and nothing wrong
	Flawed    []FlawedScript
}

// FlawedScript is one that is meant for a scene but will not do.
type FlawedScript struct {
	Name     string
	Lacks    []call.Say // what it would have to say
	Findings int        // errors and warnings in it
}

// NewCoverage is the coverage of no scripts yet.
func (l *Linter) NewCoverage() *Coverage {
	c := &Coverage{}
	for _, check := range l.Checks {
		c.packs = append(c.packs, check.Pack)
		for _, s := range check.Pack.Scenes {
			c.Scenes = append(c.Scenes, &SceneCoverage{Scene: s})
		}
	}
	return c
}

// Add counts a script that was judged.
func (c *Coverage) Add(r *Result) {
	var fits []rule.Fit // as the scenes are in order
	for _, p := range c.packs {
		fits = append(fits, p.Covers(r.Script)...)
	}
	flaws := r.Verdict.Flaws
	for i, s := range c.Scenes {
		switch fit := fits[i]; {
		case (fit.Named || s.ByWords) && len(fit.Lacks) == 0 && flaws == 0:
			s.Compliant = append(s.Compliant, r.Call.ID)
		case fit.Named:
			s.Flawed = append(s.Flawed, FlawedScript{r.Call.ID, fit.Lacks, flaws})
		}
	}
}

// Covered is the number of scenes with a compliant script.
func (c *Coverage) Covered() int {
	n := 0
	for _, s := range c.Scenes {
		if len(s.Compliant) > 0 {
			n++
		}
	}
	return n
}
