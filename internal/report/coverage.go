package report

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
)

// coverage is a table of the scenes that the documents ask for, and one sentence on them.
func (t *textReport) coverage(c *lint.Coverage) string {
	g := grid{color: t.o.Color, width: t.o.Width, flex: 2, numbers: make([]bool, 4),
		heads: []string{t.say("场景", "scene"), t.say("话术", "scripts"), t.say("缺什么", "what is missing"), t.say("依据", "source")}}
	for _, s := range c.Scenes {
		var sources []string
		for _, source := range s.Sources {
			sources = append(sources, source.Doc)
		}
		g.rows = append(g.rows, []span{{s.Title.In(t.o.Lang), plain}, t.covered(s), {t.missing(s), plain}, {strings.Join(sources, " "), dim}})
	}
	return g.String()
}

// covered says whether a scene has a script: its name, or that it has none.
func (t *textReport) covered(s *lint.SceneCoverage) span {
	switch n := len(s.Compliant); {
	case n > 3:
		return span{t.sayf("有 %d 条", "%d", n), green}
	case n > 0:
		return span{strings.Join(s.Compliant, " "), green}
	case len(s.Flawed) > 0:
		return span{t.say("不合规", "flawed"), yellow}
	}
	return span{t.say("没有", "none"), red}
}

// missing says what the flawed scripts of a scene without a compliant one lack, at
// most of three.
func (t *textReport) missing(s *lint.SceneCoverage) string {
	if len(s.Compliant) > 0 {
		return ""
	}
	var parts []string
	for _, f := range s.Flawed[:min(3, len(s.Flawed))] {
		var lacks []string
		for _, l := range f.Lacks {
			lacks = append(lacks, "“"+l.In(t.o.Lang)+"”")
		}
		part := f.Name + t.say("：", ": ")
		if len(lacks) > 0 {
			part += t.say("缺", "lacks ") + strings.Join(lacks, t.separator())
		}
		if f.Findings > 0 && len(lacks) > 0 {
			part += t.say("，", ", ")
		}
		if f.Findings > 0 {
			part += t.sayf("有 %[1]d 处问题", "%[2]s", f.Findings, plural(f.Findings, "finding"))
		}
		parts = append(parts, part)
	}
	if rest := len(s.Flawed) - len(parts); rest > 0 {
		parts = append(parts, t.sayf("另有 %d 条", "and %d more", rest))
	}
	return strings.Join(parts, t.say("；", "; "))
}

// separator stands between quoted things: Chinese quotes need none.
func (t *textReport) separator() string {
	if t.o.Lang == call.EN {
		return ", "
	}
	return ""
}

// coverageObject is a scene in JSON.
type coverageObject struct {
	Scene   string         `json:"scene"`
	Title   string         `json:"title"`
	Covered bool           `json:"covered"`
	Scripts []string       `json:"scripts"` // that say all and nothing wrong
	Flawed  []flawedObject `json:"flawed,omitempty"`
	Sources []sourceEntry  `json:"sources"`
}

type flawedObject struct {
	Script   string   `json:"script"`
	Lacks    []string `json:"lacks,omitempty"`
	Findings int      `json:"findings,omitempty"` // errors and warnings
}

func newCoverageObjects(c *lint.Coverage, lang call.Lang) []coverageObject {
	if c == nil {
		return nil
	}
	out := []coverageObject{}
	for _, s := range c.Scenes {
		o := coverageObject{Scene: s.ID, Title: s.Title.In(lang), Covered: len(s.Compliant) > 0, Scripts: append([]string{}, s.Compliant...), Sources: []sourceEntry{}}
		for _, f := range s.Flawed {
			flawed := flawedObject{Script: f.Name, Findings: f.Findings}
			for _, l := range f.Lacks {
				flawed.Lacks = append(flawed.Lacks, l.In(lang))
			}
			o.Flawed = append(o.Flawed, flawed)
		}
		for _, source := range s.Sources {
			o.Sources = append(o.Sources, sourceEntry(source))
		}
		out = append(out, o)
	}
	return out
}
