package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/rules"
)

func load(t *testing.T) *rule.Pack {
	p, err := rule.Load(rules.FS, "documents")
	require.NoError(t, err)
	return p
}

// Every rule is in the index once, and has one page.
func TestBookHoldsEveryRule(t *testing.T) {
	p := load(t)
	text := book(p)
	for _, r := range p.Rules {
		assert.Equal(t, 1, strings.Count(text, "| ["+r.ID+"]("), r.ID)
		assert.Equal(t, 1, strings.Count(text, "\n### "+r.ID+" "), r.ID)
	}
	for _, d := range p.Documents {
		assert.Contains(t, text, "| "+d.Key+" | ")
	}
}

// A link of the index leads to the heading of a page.
func TestBookLinks(t *testing.T) {
	text := book(load(t))
	headings := map[string]bool{}
	punctuation := regexp.MustCompile(`[^\p{L}\p{N} -]`)
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(text, -1) {
		headings[strings.ReplaceAll(punctuation.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-")] = true
	}
	for _, m := range regexp.MustCompile(`\]\(#([^)]*)\)`).FindAllStringSubmatch(text, -1) {
		assert.True(t, headings[m[1]], m[1])
	}
}

func TestBookIsTheSameEveryTime(t *testing.T) {
	assert.Equal(t, book(load(t)), book(load(t)))
}

func TestDemoted(t *testing.T) {
	assert.Equal(t, "### a\n\n#### b\n- # c\n", demoted("# a\n\n## b\n- # c\n"))
}

func TestCell(t *testing.T) {
	assert.Equal(t, `a\|b`, cell("a|b"))
}
