package rule

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// sceneSpec is a situation for which the documents ask for words of their own.
type sceneSpec struct {
	at      position
	ID      item         `yaml:"id"`
	Title   say          `yaml:"title"`
	Source  []sourceSpec `yaml:"source"`
	Named   cueSpec      `yaml:"named"`    // what the scene, step and trigger of its scripts say
	Says    items        `yaml:"says"`     // cues that its script must say, all of them
	ByWords bool         `yaml:"by-words"` // a script that says them all is one for it, whatever its name
}

// Scene is a situation for which a library should have a script.
type Scene struct {
	ID      string
	Title   call.Say
	Sources []Source

	ByWords bool // a script that says all and nothing wrong is one for it, whatever its name

	named *cue
	says  []*cue
}

func (c *compiler) scenes(s *packSpec) {
	for i := range s.Scenes {
		spec := &s.Scenes[i]
		if !validTag.MatchString(spec.ID.Text) {
			c.fault(spec.at, faultf("场景名 %q 不合格式，应为小写英文，例如 hold", "scene id %q is not in lower case with hyphens, such as hold", spec.ID.Text))
		}
		if spec.Title.ZH == "" || len(spec.Says) == 0 {
			c.fault(spec.at, faultf("场景 %s 要写 title 和 says", "scene %s needs a title and says", spec.ID.Text))
		}
		spec.Named.at = spec.at
		named := c.cue(spec.ID.Text, spec.Named, "")
		named.asked = true
		c.pack.Scenes = append(c.pack.Scenes, &Scene{ID: spec.ID.Text, Title: spec.Title.Say, Sources: c.sources(spec.Source),
			named: named, says: c.cuesAt(spec.Says), ByWords: spec.ByWords})
	}
}

// Fit is how far a script is one for a scene.
type Fit struct {
	Named bool       // its scene, step or trigger say so
	Lacks []call.Say // the titles of the cues that none of its wordings has, and one must
}

// Covers tells how far a script fits each of the pack's scenes, in their order.
func (p *Pack) Covers(s *Script) []Fit {
	c := call.Call{ID: s.Call.ID, Script: true, Turns: []call.Turn{{Role: call.Other, Text: strings.Join([]string{s.Scene, s.Step, s.Trigger}, "\n")}}}
	c.Turns = append(c.Turns, s.Call.Turns...)
	v := newView(p, &c)
	v.turns[0].loose = true
	out := make([]Fit, len(p.Scenes))
	for i, scene := range p.Scenes {
		out[i].Named = v.says(0, scene.named)
		for _, asked := range scene.says {
			if !v.saidIn(part{}, []*cue{asked}) {
				out[i].Lacks = append(out[i].Lacks, asked.title)
			}
		}
	}
	return out
}
