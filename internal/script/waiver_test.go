package script

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

func TestInlineWaivers(t *testing.T) {
	entry := "## HS-1 等待\n- 请稍等。\n"
	dumped := func(place, rules string) string {
		return place + " id=HS-1 scene= step=等待 trigger=\n" + rules
	}
	for name, test := range map[string]struct{ file, text, want string }{
		"before":       {"a.md", "<!-- zhijian:allow waiting/a waiting/* -- 试点 -->\n" + entry, dumped("2:4", "  + 3:3 请稍等。\n  ~ 1:1 [\"waiting/a\" \"waiting/*\"] 试点\n")},
		"at the end":   {"a.md", "## HS-1 等待\n- 请稍等。<!--zhijian:allow a,b——试点-->\n", dumped("1:4", "  + 2:3 请稍等。\n  ~ 2:7 [\"a\" \"b\"] 试点\n")},
		"inside":       {"a.md", "## HS-1 等待\n<!-- zhijian:allow\na\n-- 试点 -->\n- 请稍等。\n", dumped("1:4", "  + 5:3 请稍等。\n  ~ 2:1 [\"a\"] 试点\n")},
		"no reason":    {"a.md", "<!-- zhijian:allow a -->\n" + entry, dumped("2:4", "  + 3:3 请稍等。\n  ~ 1:1 [\"a\"] \n")},
		"no rule":      {"a.md", "<!-- zhijian:allow -->\n" + entry, dumped("2:4", "  + 3:3 请稍等。\n! a.md:1: the waiver names no rule; write zhijian:allow RULE -- reason\n")},
		"other word":   {"a.md", "<!-- zhijian:allows a -- b -->\n" + entry, dumped("2:4", "  + 3:3 请稍等。\n! a.md:1: \"zhijian:allows\" is not known; a waiver is written zhijian:allow RULE -- reason\n")},
		"after all":    {"a.md", entry + "\n<!-- zhijian:allow a -- b -->\n", dumped("1:4", "  + 2:3 请稍等。\n! a.md:4: no script follows the waiver; put it before the script it is for\n")},
		"in code":      {"a.md", entry + "```\n<!-- zhijian:allow a -- b -->\n```\n", dumped("1:4", "  + 2:3 请稍等。\n")},
		"other remark": {"a.md", "<!-- 待定 -->\n" + entry, dumped("2:4", "  + 3:3 请稍等。\n")},
		"open":         {"a.md", entry + "<!-- 待定\n", dumped("1:4", "  + 2:3 请稍等。\n! a.md:3: the comment is not closed: all after it is taken as a comment\n")},
		"YAML before":  {"a.yaml", "# zhijian:allow a -- b\n- 话术: 请稍等。\n", "2:3 id= scene= step= trigger=\n  + 2:7 请稍等。\n  ~ 1:1 [\"a\"] b\n"},
		"YAML end":     {"a.yaml", "- 话术: 请稍等。 # zhijian:allow a -- b\n", "1:3 id= scene= step= trigger=\n  + 1:7 请稍等。\n  ~ 1:12 [\"a\"] b\n"},
		"YAML text":    {"a.yaml", "- 话术: '请 # zhijian:allow a -- b'\n", "1:3 id= scene= step= trigger=\n  + 1:8 请 # zhijian:allow a -- b\n"},
		"YAML block":   {"a.yaml", "- 话术: |\n    # zhijian:allow a -- b\n", "1:3 id= scene= step= trigger=\n  + 2:5 # zhijian:allow a -- b\n"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, test.want, dump(read(t, test.file, test.text)))
		})
	}
	assert.Equal(t, call.Place{Line: 1, Column: 1}, read(t, "a.yaml", "# zhijian:allow a -- b\n- 话术: 请稍等。\n").Entries[0].Waivers[0].At)
}

// Tables hold no waivers: a row that is meant as one is no scene either.
func TestWaiversInTables(t *testing.T) {
	for name, text := range map[string]string{
		"a.csv": "编号,场景,话术\nA1,等待,请稍等。\n# zhijian:allow tone -- 客户要求,,\nA2,,请讲。\n",
		"b.csv": "编号,场景,话术\nA1,等待,请稍等。\n\"#zhijian：allow tone, x\"\nA2,,请讲。\n",
		"a.tsv": "编号\t场景\t话术\nA1\t等待\t请稍等。\n\tzhijian:allow tone\nA2\t\t请讲。\n",
	} {
		l := read(t, name, text)
		require.Len(t, l.Entries, 2, name)
		assert.Equal(t, "等待", l.Entries[1].Scene)
		require.Len(t, l.Notes, 1, name)
		assert.Equal(t, 3, l.Notes[0].Line)
		assert.Contains(t, l.Notes[0].What.ZH, "--waivers")
	}
}
