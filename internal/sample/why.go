package sample

import (
	"fmt"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
)

// Choice says why a pick was chosen.
func (s *Sampler) Choice(p *Pick) lint.Choice {
	why := p.byChance(s.plan.Noun)
	switch p.Cause {
	case Fatal:
		why = both(p.fatal)
	case Risky:
		why = both(p.risk)
	}
	return lint.Choice{Cause: string(p.Cause), Why: why}
}

func both(in func(call.Lang) string) call.Say { return call.Say{ZH: in(call.ZH), EN: in(call.EN)} }

// fatal names the rules that made the call fatal.
func (p *Pick) fatal(lang call.Lang) string {
	var names []string
	for _, r := range p.Fatals {
		names = append(names, r.ID+" "+r.Title.In(lang))
	}
	return call.Say{ZH: "一票否决：", EN: "fatal: "}.In(lang) + strings.Join(names, separator(lang))
}

// risk says what the risk of the call is made of.
func (p *Pick) risk(lang call.Lang) string {
	var parts []string
	for _, t := range p.Tags {
		for _, v := range t.Values {
			parts = append(parts, t.Title.In(lang)+" "+v.Name.In(lang))
		}
	}
	if n := lost(&p.Verdict); n > 0 {
		parts = append(parts, call.Sayf("扣 %d 分", "points lost %d", n).In(lang))
	}
	return call.Sayf("风险 %d：", "risk %d: ", p.Risk).In(lang) + strings.Join(parts, separator(lang))
}

func separator(lang call.Lang) string { return call.Say{ZH: "、", EN: ", "}.In(lang) }

// byChance says from how many calls it was chosen.
func (p *Pick) byChance(noun call.Say) call.Say {
	g := p.Group
	if noun.ZH == "" {
		return call.Sayf("随机：%d 通里抽 %d 通", "by chance: of %d calls, %d", g.Calls, g.Chosen)
	}
	name := call.Say{ZH: noun.ZH + "不明", EN: noun.EN + " unknown"}
	if g.Name != "" {
		name = call.Say{ZH: noun.ZH + " " + g.Name, EN: noun.EN + " " + g.Name}
	}
	return call.Say{ZH: fmt.Sprintf("随机：%s，%d 通里抽 %d 通", name.ZH, g.Calls, g.Chosen),
		EN: fmt.Sprintf("by chance: of %d calls of %s, %d", g.Calls, name.EN, g.Chosen)}
}
