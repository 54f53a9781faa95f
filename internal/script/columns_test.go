package script

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Names in Traditional characters are those in Simplified ones.
func TestTraditionalNames(t *testing.T) {
	l := read(t, "a.csv", "話術編號,場景,標準話術,禁用語,觸發條件,備註\nA1,等待,請稍等。,餵,客戶詢問,常用\n")
	assert.Equal(t, "2:1 id=A1 scene=等待 step= trigger=客戶詢問\n  + 2:7 請稍等。\n  - 2:12 餵\n", dump(l))
	l = read(t, "a.md", "# 等待\n- 話術：請稍等。\n- 禁用：餵\n")
	assert.Equal(t, []string{"請稍等。"}, texts(l.Entries[0].Lines))
	assert.Equal(t, []string{"餵"}, texts(l.Entries[0].Forbidden))
}

// The lists of names are as bareName leaves names, so that they are found.
func TestListedNames(t *testing.T) {
	for name := range columnNames {
		if name != "#" {
			assert.Equal(t, name, bareName(name))
		}
	}
	for _, list := range [][]string{badNames, aboutNames, customers, speeches, nouns} {
		for _, name := range list {
			if name[0] >= 0x80 {
				assert.Equal(t, name, bareName(name))
			}
		}
	}
}
