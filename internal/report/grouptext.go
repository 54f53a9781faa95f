package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/rule"
)

const slimBelow = 60 // columns below which tables name only what tells most

const roomyFrom = 100 // columns from which the table by agent counts findings and errors too

// agents are the names and the groups of agents.
func (t *textReport) agents(list []AgentCount) (names []string, groups []*Group) {
	for i := range list {
		names = append(names, t.person(list[i].Agent))
		groups = append(groups, &list[i].Group)
	}
	return names, groups
}

func byTeam(list []TeamCount) (names []string, groups []*Group) {
	for i := range list {
		names = append(names, list[i].Team)
		groups = append(groups, &list[i].Group)
	}
	return names, groups
}

// anyScored reports whether a call of the groups has a score.
func anyScored(groups []*Group) bool {
	return slices.ContainsFunc(groups, func(g *Group) bool { return g.Scored > 0 })
}

// byScore is a table of agents or teams with their scores and worst rules, as
// many columns as fit.
func (t *textReport) byScore(head string, names []string, groups []*Group) string {
	g := &grid{color: t.o.Color, width: t.o.Width}
	g.add(false, head, func(i int) span { return span{names[i], plain} }, groups)
	g.add(true, t.say("通数", "calls"), func(i int) span { return number(groups[i].Calls) }, groups)
	g.add(true, t.say("均分", "score"), func(i int) span { return mean(groups[i]) }, groups)
	if t.o.Width >= roomyFrom {
		g.add(true, t.say("处数", "findings"), func(i int) span { return number(groups[i].Findings) }, groups)
		g.add(true, t.say("错误", "errors"), func(i int) span { return errorCount(groups[i]) }, groups)
	}
	g.add(true, t.say("每百通", "per 100"), func(i int) span { return per100(groups[i]) }, groups)
	if t.o.Width < slimBelow {
		return g.String()
	}
	g.add(false, t.say("等级", "grades"), func(i int) span { return span{grades(groups[i]), plain} }, groups)
	if t.o.Width >= wideFrom {
		t.addTags(g, groups)
	}
	g.flex = len(g.heads)
	g.add(false, t.say("最差规则", "worst rules"), func(i int) span { return t.worst(groups[i], 0) }, groups)
	g.more = t.furtherWorst(groups)
	return g.String()
}

// add adds a column.
func (g *grid) add(number bool, head string, cell func(i int) span, groups []*Group) {
	g.begin(head, number)
	for i := range groups {
		if i == len(g.rows) {
			g.rows = append(g.rows, nil)
		}
		g.rows[i] = append(g.rows[i], cell(i))
	}
}

// addTags adds a column for every tag that has one value a call.
func (t *textReport) addTags(g *grid, groups []*Group) {
	for _, tag := range singleTags(groups) {
		g.add(false, tag.Title.In(t.o.Lang), func(i int) span {
			for _, n := range groups[i].Tags() {
				if n.Tag.ID == tag.ID {
					return span{t.values(n, " "), plain}
				}
			}
			return span{}
		}, groups)
	}
}

// singleTags lists the tags of the groups that have one value a call.
func singleTags(groups []*Group) []rule.TagKind {
	found := map[string]*rule.TagKind{}
	for _, g := range groups {
		for _, n := range g.Tags() {
			if n.Tag.One {
				found[n.Tag.ID] = n.Tag
			}
		}
	}
	return ordered(found, func(a, b rule.TagKind) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), strings.Compare(a.ID, b.ID))
	})
}

// values are the values of a tag with the calls that have them.
func (t *textReport) values(n TagCount, separator string) string {
	parts := make([]string, len(n.Values))
	for i, v := range n.Values {
		parts[i] = fmt.Sprintf("%s\u00a0%d", v.Name.In(t.o.Lang), v.Calls)
	}
	return strings.Join(parts, separator)
}

// worst is the k-th worst rule of a group with its findings.
func (t *textReport) worst(g *Group, k int) span {
	list := g.Worst(worst)
	if k >= len(list) {
		return span{}
	}
	return span{fmt.Sprintf("%s\u00a0%d", list[k].Rule.Title.In(t.o.Lang), list[k].Findings), plain} // no line ends before the number
}

func mean(g *Group) span {
	if m, scored := g.Mean(); scored {
		return span{oneDecimal(m), bold}
	}
	return span{"–", dim}
}

func per100(g *Group) span {
	if g.Judged == 0 {
		return span{"–", dim}
	}
	return span{fmt.Sprintf("%.0f", math.Round(g.Per100())), plain}
}

func errorCount(g *Group) span {
	n := number(g.Errors)
	if g.Errors > 0 {
		n.style = red
	}
	return n
}

// grades are the grades with the calls that got them: A3 C1.
func grades(g *Group) string {
	var parts []string
	for _, n := range g.Grades() {
		parts = append(parts, fmt.Sprintf("%s%d", n.Name, n.Calls))
	}
	return strings.Join(parts, " ")
}

// scores says what the calls scored on average.
func (t *textReport) scores(g *Group) [][]span {
	m, scored := g.Mean()
	if !scored {
		return nil
	}
	text := t.sayf("平均得分 %s", "Mean score %s", oneDecimal(m))
	if list := grades(g); list != "" {
		text += t.say("：", ": ") + list
	}
	if missing := g.Calls - g.Scored; missing > 0 {
		text += t.sayf("；%d 通没有得分", "; %d without a score", missing)
	}
	return [][]span{{{text + t.say("。", "."), plain}}}
}

// tagCounts says for each tag how many calls have its values.
func (t *textReport) tagCounts(b *strings.Builder, g *Group) {
	tags, widest := g.Tags(), 0
	for _, n := range tags {
		widest = max(widest, widthOf(glyphs(span{n.Tag.Title.In(t.o.Lang), plain})))
	}
	for _, n := range tags {
		row(1, []column{{width: widest, paras: [][]span{{{n.Tag.Title.In(t.o.Lang), dim}}}},
			{width: t.o.Width - widest - gap - 1, paras: [][]span{{{t.values(n, t.say("，", ", ")), plain}}}}}, t.to(b))
	}
}
