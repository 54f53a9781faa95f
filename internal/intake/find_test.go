package intake

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Small files are put together, but none waits for standard input.
func TestBriefBeforeStandardInput(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"a.txt", "b.txt"} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte("坐席：您好\n"), 0o600))
	}
	brief := map[string]bool{}
	in := Options{Stdin: strings.NewReader("坐席：您好\n")}
	for c := range Open(context.Background(), []string{folder, "-", filepath.Join(folder, "a.txt")}, in) {
		name := filepath.Base(c.source)
		brief[name] = brief[name] || c.Brief()
		if name == "b.txt" || name == "-" {
			assert.False(t, c.Brief(), name)
		}
	}
	assert.Equal(t, map[string]bool{"a.txt": true, "b.txt": false, "-": false}, brief)
}
