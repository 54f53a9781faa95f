package cli

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/zhijian-qa/zhijian/internal/script"
)

func readYAML(t *testing.T, name string, into any) {
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(data, into))
}

// The hooks for pre-commit run commands that there are, and leave out no file that
// these read.
func TestHooks(t *testing.T) {
	var hooks []struct{ ID, Entry, Exclude string }
	readYAML(t, "../../.pre-commit-hooks.yaml", &hooks)
	require.Len(t, hooks, 3)
	for _, h := range hooks {
		code, _, stderr := run("", append(strings.Fields(h.Entry)[1:], "--help")...)
		assert.Zero(t, code, "%s: %s", h.ID, stderr)
		ending, ok := strings.CutPrefix(strings.TrimSuffix(h.Exclude, ")"), "(?i)^(?!.*") // Go knows no look-ahead
		require.True(t, ok, h.Exclude)
		read := regexp.MustCompile("(?i)" + ending)
		assert.False(t, read.MatchString("scripts/logo.png"), h.ID)
		extensions := []string{".json", ".jsonl", ".ndjson", ".txt", ".tsv"}
		if h.ID != "zhijian-lint" {
			extensions = append(script.Extensions(), ".xls", ".doc")
		}
		for _, e := range extensions {
			assert.True(t, read.MatchString("话术/a"+e), "%s leaves out %s", h.ID, e)
		}
	}
}

// What users of the action write never becomes a part of its shell scripts, and
// the guides name all its inputs.
func TestAction(t *testing.T) {
	var action struct {
		Inputs map[string]any
		Runs   struct{ Steps []struct{ Run string } }
	}
	readYAML(t, "../../action.yml", &action)
	require.NotEmpty(t, action.Inputs)
	require.NotEmpty(t, action.Runs.Steps)
	for _, step := range action.Runs.Steps {
		assert.NotContains(t, step.Run, "${{")
	}
	for _, name := range []string{"docs/ci.md", "docs/ci.zh-CN.md"} {
		text, _ := guide(t, name)
		for input := range action.Inputs {
			assert.Contains(t, text, "`"+input+"`", name)
		}
	}
}
