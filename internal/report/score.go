package report

import (
	"fmt"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// marks is the score of a call for its header: 74 分（C）. It is empty where the call is not scored.
func (t *textReport) marks(s *rule.Score) string {
	if s == nil {
		return ""
	}
	return t.sayf("%d 分", "score %d", s.Points) + t.inBrackets(s.Grade.Name)
}

// inBrackets is a remark, or nothing where there is none.
func (t *textReport) inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return t.say("（", " (") + s + t.say("）", ")")
}

// tags are the tags of a call on one line: 投诉级别 紧急 · 四步走 安抚→沟通.
func (t *textReport) tags(tags []rule.Tag) string { return t.tagsWith(tags, false) }

// tagsWith lists tags, those in order with the turns that first say each value if asked for.
func (t *textReport) tagsWith(tags []rule.Tag, turns bool) string {
	parts := make([]string, len(tags))
	for i, tag := range tags {
		names := make([]string, len(tag.Values))
		for j, v := range tag.Values {
			names[j] = v.Name.In(t.o.Lang)
			if turns && tag.Ordered && v.Turn >= 0 {
				names[j] += t.inBrackets(t.sayf("第%[1]d轮", "turn %[1]d", v.Turn+1))
			}
		}
		separator := t.say("、", ", ")
		if tag.Ordered {
			separator = "→"
		}
		parts[i] = tag.Title.In(t.o.Lang) + " " + strings.Join(names, separator)
	}
	return strings.Join(parts, " · ")
}

// sum says how a score came about: 得分 76（C）：100 − 错误 2×10 − 警告 1×4.
func (t *textReport) sum(r *lint.Result) []span {
	s := r.Verdict.Score
	head := t.sayf("得分 %d", "score %d", s.Points) + t.inBrackets(s.Grade.Name) + t.say("：", ": ")
	return []span{{head, bold}, {t.formula(s), plain}, {t.remarks(r), dim}}
}

// formula is the deductions, or the rules that made the score 0.
func (t *textReport) formula(s *rule.Score) string {
	var fatal []string
	for _, d := range s.Deductions {
		if d.Fatal {
			fatal = append(fatal, d.Rule.ID+t.inBrackets(d.Rule.Title.In(t.o.Lang)))
		}
	}
	if fatal != nil {
		return t.say("一票否决 ", "fatal: ") + strings.Join(fatal, t.say("、", ", "))
	}
	if lost(s) == 0 {
		return t.say("没有扣分", "nothing lost")
	}
	text := fmt.Sprint(s.Start)
	for _, g := range costGroups(s.Deductions) {
		text += fmt.Sprintf(" − %s %d×%d", t.severity(g.severity), g.counted, g.points)
	}
	if lost(s) > s.Start {
		text += t.say("，扣到 0 为止", ", not below 0")
	}
	return text
}

// costGroup is findings that cost the same.
type costGroup struct {
	severity        rule.Severity
	points, counted int
}

// costGroups adds up deductions of the same severity and points, the gravest first.
func costGroups(list []rule.Deduction) []costGroup {
	groups := map[costGroup]*costGroup{}
	for _, d := range list {
		key := costGroup{severity: d.Rule.Severity, points: d.Points}
		if d.Total > 0 {
			entry(groups, key, key).counted += d.Counted
		}
	}
	return ordered(groups, func(a, b costGroup) int {
		if a.severity != b.severity {
			return int(b.severity - a.severity)
		}
		return b.points - a.points
	})
}

// lost is what all deductions come to.
func lost(s *rule.Score) int {
	n := 0
	for _, d := range s.Deductions {
		n += d.Total
	}
	return n
}

// remarks are what a score does not count, or counts though it is not shown.
func (t *textReport) remarks(r *lint.Result) string {
	s := r.Verdict.Score
	found, capped := 0, 0
	for _, d := range s.Deductions {
		found += d.Count
		capped += d.Count - d.Counted
	}
	var notes []string
	note := func(n int, zh, en string) {
		if n > 0 {
			notes = append(notes, t.sayf(zh, en, n))
		}
	}
	note(capped, "同一规则计次有上限，%d 处不再扣分", "%d beyond the cap of their rule")
	note(found-len(r.Verdict.Findings), "含未显示的 %d 处", "%d of them not shown")
	note(s.Skipped, "%d 条规则未能评估，不扣分", "%d rules not evaluated cost nothing")
	note(s.Rules-s.Judged-s.Skipped, "%d 条规则没有选用", "%d rules not chosen")
	return t.inBrackets(strings.Join(notes, t.say("；", "; ")))
}
