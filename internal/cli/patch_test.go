package cli

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Hunks say where they stand on both sides, also after one that joins two changes
// or is longer than what it replaces.
func TestUnifiedCountsBothSides(t *testing.T) {
	var lines []string
	for i := range 30 {
		lines = append(lines, fmt.Sprintln(i))
	}
	before := strings.Join(lines, "")
	lines[6], lines[12], lines[25] = "b\n", "c\nd\n", "e\n"
	heads := regexp.MustCompile(`(?m)^@@.*$`).FindAllString(unified("x.md", before, strings.Join(lines, "")), -1)
	assert.Equal(t, []string{"@@ -4,13 +4,14 @@", "@@ -23,7 +24,7 @@"}, heads)
	assert.Empty(t, unified("x.md", before, before))
}
