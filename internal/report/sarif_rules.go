package report

import (
	"strings"
	"unicode"

	"github.com/zhijian-qa/zhijian/internal/rule"
)

// ruleIndex is the position of every rule among those of all packs.
func ruleIndex(packs []*rule.Pack) map[string]int {
	index := map[string]int{}
	for _, p := range packs {
		for _, r := range p.Rules {
			if _, twice := index[r.ID]; !twice {
				index[r.ID] = len(index)
			}
		}
	}
	return index
}

// driver is zhijian with all rules of the packs.
func (s *sarifReport) driver() sarifDriver {
	d := sarifDriver{Name: "zhijian", Version: numeric(s.o.Version), InformationURI: homepage, Language: s.language(), Rules: []sarifRule{}}
	for _, p := range s.o.Packs {
		for _, r := range p.Rules {
			if s.index[r.ID] == len(d.Rules) {
				d.Rules = append(d.Rules, s.rule(p, r))
			}
		}
	}
	return d
}

// numeric is a version that starts with a number, so that readers can compare it.
func numeric(version string) string {
	version = strings.TrimPrefix(version, "v")
	if version != "" && !unicode.IsDigit([]rune(version)[0]) {
		return "0.0.0-" + version
	}
	return version
}

func (s *sarifReport) rule(p *rule.Pack, r *rule.Rule) sarifRule {
	page := p.Page(r, s.o.Lang)
	family, _, _ := strings.Cut(r.ID, "/")
	return sarifRule{ID: r.ID, Name: pascalCase(r.ID), Short: sarifMessage{Text: r.Title.In(s.o.Lang)},
		Full: sarifMessage{Text: r.Why.In(s.o.Lang)}, Help: sarifMessage{Text: plainPage(page), Markdown: page},
		Configuration: sarifLevel{sarifLevelOf(r.Severity)},
		Properties:    sarifRuleProperty{[]string{family}, githubSeverity(r.Severity)}}
}

// pascalCase is an id as SARIF wants the names of rules: WordingHelpless.
func pascalCase(id string) string {
	var b strings.Builder
	for _, part := range strings.FieldsFunc(id, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		first := []rune(part)
		b.WriteString(string(unicode.ToUpper(first[0])) + string(first[1:]))
	}
	return b.String()
}

// plainPage is a rule's page without its Markdown.
func plainPage(page string) string {
	lines := strings.Split(strings.TrimSpace(page), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimPrefix(strings.TrimLeft(l, "# "), "> ")
	}
	return strings.Join(lines, "\n")
}

func sarifLevelOf(s rule.Severity) string {
	if s == rule.Info {
		return "note"
	}
	return s.String()
}

// githubSeverity is the severity in the words of GitHub's code scanning.
func githubSeverity(s rule.Severity) string {
	if s == rule.Info {
		return "recommendation"
	}
	return s.String()
}
