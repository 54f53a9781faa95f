package script

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// A heading whose script a table below it gives is no script without words.
func TestHeadingsOfTables(t *testing.T) {
	table := "| 编号 | 标准话术 |\n|---|---|\n| HS-001 | 请稍等。 |\n"
	for name, test := range map[string]struct {
		before string
		want   []string
	}{
		"the same id":     {"# 话术\n\n## HS-001 等待\n\n" + table + "\n## HS-002 结束\n\n- 再见。\n", []string{"HS-001", "HS-002"}},
		"another id":      {"# 话术\n\n## HS-009 等待\n\n" + table, []string{"HS-009", "HS-001"}},
		"words besides":   {"# 话术\n\n## HS-001 等待\n\n- 请讲。\n\n" + table, []string{"HS-001", "HS-001"}},
		"another heading": {"# 话术\n\n" + table + "\n## HS-001 等待\n", []string{"HS-001", "HS-001"}},
		"nothing":         {"# 话术\n\n## HS-001 等待\n\n## HS-002 结束\n\n- 再见。\n", []string{"HS-001", "HS-002"}},
	} {
		t.Run(name, func(t *testing.T) {
			var ids []string
			for _, e := range read(t, "a.md", test.before).Entries {
				ids = append(ids, e.ID)
			}
			assert.Equal(t, test.want, ids)
		})
	}
}
