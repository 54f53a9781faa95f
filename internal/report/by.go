package report

import (
	"fmt"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/rule"
)

// By lists what the calls of a table can be told apart by.
func By() []string { return []string{"agent", "team", "day"} }

// byGroup is a group of calls that is told from others, with what an earlier run has of it.
type byGroup struct {
	name string
	*Group
	past *past
}

// detailed are the tables of the calls told apart: first what they come to, then
// the share of calls with findings of each family of rules.
func (t *textReport) detailed(s *Summary) string {
	head, groups := t.groups(s)
	if len(groups) == 0 {
		return ""
	}
	return t.figures(head, groups) + "\n" + t.shares(head, groups) + t.legend(s, groups) + "\n"
}

// groups are the groups that are wanted, after all calls together.
func (t *textReport) groups(s *Summary) (head string, out []byGroup) {
	was := t.o.Previous
	if was == nil {
		was = &Previous{}
	}
	if s.Calls > 0 {
		out = append(out, byGroup{t.say("全部", "all"), s.All(), was.all})
	}
	switch t.o.By {
	case "team":
		for _, n := range s.Teams() {
			out = append(out, byGroup{n.Team, &n.Group, was.teams[n.Team]})
		}
		return t.say("班组", "team"), out
	case "day":
		for _, n := range s.Days() {
			name := n.Day
			if name == "" {
				name = t.say("时间不明", "no date")
			}
			out = append(out, byGroup{name, &n.Group, was.days[n.Day]})
		}
		return t.say("日期", "day"), out
	case "agent":
		agents := s.Agents()
		for i, then := range was.ofAgents(agents) {
			out = append(out, byGroup{t.person(agents[i].Agent), &agents[i].Group, then})
		}
	}
	if t.o.By == "" {
		return t.say("范围", "scope"), out
	}
	return t.say("坐席", "agent"), out
}

// figures is the table of calls, scores and findings, with the worst rules.
func (t *textReport) figures(head string, list []byGroup) string {
	groups := make([]*Group, len(list))
	for i := range list {
		groups[i] = list[i].Group
	}
	g := &grid{color: t.o.Color, width: t.o.Width}
	g.add(false, head, func(i int) span { return span{list[i].name, plain} }, groups)
	g.add(true, t.say("通数", "calls"), func(i int) span { return number(list[i].Calls) }, groups)
	if anyScored(groups) {
		g.add(true, t.say("均分", "score"), func(i int) span { return mean(groups[i]) }, groups)
		t.addDeltas(g, groups, func(i int) span { return t.delta(groups[i].scoreSince(list[i].past), list[i].past != nil, green, red) })
	}
	g.add(true, t.say("每百通", "per 100"), func(i int) span { return per100(groups[i]) }, groups)
	t.addDeltas(g, groups, func(i int) span { return t.delta(groups[i].per100Since(list[i].past), list[i].past != nil, red, green) })
	if t.o.Width < slimBelow {
		return g.String()
	}
	g.flex = len(g.heads)
	g.add(false, t.say("最差规则", "worst rules"), func(i int) span { return t.worst(groups[i], 0) }, groups)
	g.more = t.furtherWorst(groups)
	return g.String()
}

// furtherWorst are the worst rules of each group but for the first.
func (t *textReport) furtherWorst(groups []*Group) [][]span {
	out := make([][]span, len(groups))
	for i, n := range groups {
		for k := 1; k < len(n.Worst(worst)); k++ {
			out[i] = append(out[i], t.worst(n, k))
		}
	}
	return out
}

// addDeltas adds a column of changes, if there is a run to compare with.
func (t *textReport) addDeltas(g *grid, groups []*Group, cell func(i int) span) {
	if t.o.Previous != nil {
		g.add(true, t.say("较上次", "change"), cell, groups)
	}
}

// delta is a change, in the colour for rising or falling if it is more than chance.
func (t *textReport) delta(d *delta, known bool, rising, falling style) span {
	switch {
	case d == nil && known: // but not what is compared
		return span{"–", dim}
	case d == nil:
		return span{t.say("新", "new"), dim}
	case !d.Real:
		return span{"≈", dim}
	case d.By > 0:
		return span{fmt.Sprintf("▲%.1f", d.By), rising}
	}
	return span{fmt.Sprintf("▼%.1f", -d.By), falling}
}

// shares are tables of groups and families, as many families side by side as fit.
func (t *textReport) shares(head string, list []byGroup) string {
	families := familiesOf(list[0].Group, list[0].past)
	nameWidth := widthOf(glyphs(span{head, plain}))
	for _, n := range list {
		nameWidth = max(nameWidth, widthOf(glyphs(span{n.name, plain})))
	}
	var b strings.Builder
	for len(families) > 0 {
		n := t.fitting(families, nameWidth)
		b.WriteString(t.panel(head, list, families[:n]) + "\n")
		families = families[n:]
	}
	return b.String()
}

// fitting is how many families fit beside a column of names, at least one.
func (t *textReport) fitting(families []string, nameWidth int) int {
	cell := len("100% 00–00")
	if t.o.Previous != nil {
		cell += len(" +00")
	}
	left := t.o.Width - nameWidth - gap
	for i, n := range families {
		left -= max(cell, widthOf(glyphs(span{t.family(n), plain}))+1) + gap
		if left < 0 {
			return max(1, i)
		}
	}
	return len(families)
}

func (t *textReport) panel(head string, list []byGroup, families []string) string {
	g := &grid{color: t.o.Color, width: t.o.Width, heads: []string{head}, numbers: []bool{false}}
	for _, n := range list {
		g.rows = append(g.rows, []span{{n.name, plain}})
	}
	for _, f := range families {
		g.begin(" "+t.family(f), false) // as the percentages stand
		for i, n := range list {
			g.rows[i] = append(g.rows[i], t.share(n, f))
		}
	}
	return g.String()
}

// share is the percentage of calls with findings of a family, its confidence
// interval, and how it changed: 63% 47–77 ▲12.
func (t *textReport) share(n byGroup, family string) span {
	if n.Judged == 0 {
		return span{"   –", dim}
	}
	f := n.Family(family)
	s := span{fmt.Sprintf("%3.0f%% %2.0f–%2.0f", 100*f.Share, 100*f.Low, 100*f.High), plain}
	switch d := n.familySince(n.past, family); {
	case d == nil:
	case !d.Real:
		s.text += " ≈"
	case d.By > 0:
		s.text, s.style = s.text+fmt.Sprintf(" ▲%.0f", d.By), red
	default:
		s.text, s.style = s.text+fmt.Sprintf(" ▼%.0f", -d.By), green
	}
	return s
}

// legend says how the tables are to be read, and which calls are not in them.
func (t *textReport) legend(s *Summary, list []byGroup) string {
	var b strings.Builder
	say := func(look style, zh, en string, args ...any) { t.line(&b, 0, span{t.sayf(zh, en, args...), look}) }
	say(dim, "类别各列：有这一类问题的通话的比例，后面是 95%% 置信区间（Wilson），通数越少越宽。",
		"Columns of families: percentage of calls with such a finding and its 95%% confidence interval (Wilson), wider for fewer calls.")
	if s.Unjudged > 0 {
		say(yellow, "有 %[1]d 通一条规则也没能评估，不在每百通和类别的比例里。", "In %[2]s no rule could be evaluated; the findings per 100 and the percentages are of the others.", s.Unjudged, plural(s.Unjudged, "call"))
	}
	if t.o.Previous != nil {
		say(dim, "▲▼ 是比 %[1]s 高、低多少，只在差别大于偶然时标（95%%）；≈ 是分不出差别。", "▲▼ is how much higher or lower than in %[1]s, where that is more than chance (95%%); ≈ where it is not.", t.o.Previous.Name)
		say(dim, "每格各算各的：其实没变的格子，约 20 格里也会标出 1 格。", "Every cell is judged by itself: of those that did not change, about 1 in 20 is marked too.")
		t.otherPacks(say)
	}
	rest := s.Calls
	for _, n := range list[1:] {
		rest -= n.Calls
	}
	if rest > 0 && t.o.By != "" {
		say(yellow, "另有 %[1]d 通不知道是哪个%[2]s的，只在“全部”里。", "Not told apart, only in “all”: %[3]s.", rest, map[string]string{"agent": "坐席", "team": "班组"}[t.o.By], plural(rest, "call"))
	}
	return b.String()
}

// otherPacks warns of changes that may come from other rules.
func (t *textReport) otherPacks(say func(style, string, string, ...any)) {
	then := t.o.Previous.OtherPacks(t.o.Packs)
	if then == nil {
		return
	}
	say(yellow, "上次用的规则包是 %[1]s，这次是 %[2]s：变化可能来自规则。", "The earlier run used %[1]s, this one %[2]s: what changed may be the rules.",
		strings.Join(then, ", "), strings.Join(versions(t.o.Packs), ", "))
}

func versions(packs []*rule.Pack) []string {
	out := make([]string, len(packs))
	for i, p := range packs {
		out[i] = p.Name + " " + p.Version
	}
	return out
}
