package rule

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/text"
	"github.com/zhijian-qa/zhijian/rules"
)

func TestLiterals(t *testing.T) {
	for source, want := range map[string][]string{
		"没办法":             {"没办法"},
		"没有?办法":           {"没办法", "没有办法"},
		"(投诉|举报)你":        {"举报你", "投诉你"},
		"[你您]好":           {"你好", "您好"},
		"没…办法":            {"办法"}, // the rarer of two parts
		"(很|非常)*抱歉":       {"抱歉"},
		"(抱歉)+":           {"抱歉"},
		"(抱歉){2,3}":       {"抱歉"},
		"抱歉|[^,]":         nil, // the second alternative matches anything
		"(抱歉)?":           nil,
		"[一-龥]":           nil, // too many
		`[0-9]{1,2}(天|年)`: {"天", "年"},
	} {
		p, f := newPhrase(source, nil)
		must.Nil(t, f, source)
		p.derive()
		if source == "(抱歉){2,3}" || source == `[0-9]{1,2}(天|年)` { // any set will do
			assert.NotEmpty(t, p.literals(), source)
			continue
		}
		assert.Equal(t, want, p.literals(), source)
	}
}

// holdsLiteral wants every match of the phrase in folded texts to hold what it needs, in order.
func holdsLiteral(t *testing.T, p *phrase, folded ...string) {
	p.derive()
	longest := regexp.MustCompile(p.pattern())
	longest.Longest()
	for _, said := range folded {
		for _, found := range longest.FindAllString(edge+said+edge, -1) {
			holdsInOrder(t, p, found)
		}
	}
}

func holdsInOrder(t *testing.T, p *phrase, found string) {
	at := 0
	for _, set := range p.need.Sets {
		from := -1
		for _, l := range set {
			if i := strings.Index(found[at:], l); i >= 0 && (from < 0 || at+i < from) {
				from = at + i
			}
		}
		must.GreaterOrEqual(t, from, 0, "%q matches %q, which holds none of %q in its place", p.source, found, set)
		at = from
	}
}

// Every match of every phrase of the built-in pack in some of its examples holds a literal.
func TestMatchesHoldLiterals(t *testing.T) {
	p, err := Load(rules.FS, "documents")
	must.NoError(t, err)
	var said []string
	for _, r := range p.Rules {
		for _, e := range slices.Concat(r.Bad()[:1], r.Good()[:1]) {
			for _, turn := range e.Call.Turns {
				said = append(said, strings.Clone(text.Fold(turn.Text).Text))
			}
		}
	}
	for _, phrase := range p.phrases {
		holdsLiteral(t, phrase, said...)
	}
}

func FuzzLiterals(f *testing.F) {
	for _, source := range []string{"没有?办法", "^(好|是)的$", "没…办法", "a+b*|c", "[ab]{2,3}c?", "(?P<slot>订单|手机)号", "(|抱歉)您", "x(?:|y)z"} {
		f.Add(source, "我没有办法，好的。aab您 订单号 xz")
	}
	f.Fuzz(func(t *testing.T, source, said string) {
		if strings.Contains(source, "(?") && !strings.Contains(source, "(?P<") && !strings.Contains(source, "(?:") {
			t.Skip("flags change what a literal is")
		}
		if p, fault := newPhrase(source, nil); fault == nil && len(source) < 60 && len(said) < 400 {
			holdsLiteral(t, p, text.Fold(said).Text)
		}
	})
}
