package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/rule"
)

// finding is what the golden files hold of a finding of the JSONL report.
type finding struct {
	Turn  *int
	Rule  string
	Quote string
}

// String is "turn rule quote" with turns counted from 1, - for the whole call.
func (f finding) String() string {
	turn := "-"
	if f.Turn != nil {
		turn = fmt.Sprint(*f.Turn + 1)
	}
	return strings.TrimSpace(turn + " " + f.Rule + " " + f.Quote)
}

// findings lints a file with the pack inside zhijian, which must be able to judge every rule that needs neither times nor other calls.
func findings(t *testing.T, path string) string {
	code, stdout, stderr := run("", "lint", "--format", "jsonl", "--fail-on", "never", path)
	require.Equal(t, exitClean, code, stderr)
	require.Empty(t, stderr)
	var b strings.Builder
	for line := range strings.Lines(stdout) {
		var c struct {
			Findings     []finding
			NotEvaluated []struct{ Reason string } `json:"not_evaluated"`
		}
		require.NoError(t, json.Unmarshal([]byte(line), &c))
		for _, n := range c.NotEvaluated {
			require.Regexp(t, "时间|挂断", n.Reason)
		}
		for _, f := range c.Findings {
			fmt.Fprintln(&b, f)
		}
	}
	return b.String()
}

// calls lists the calls of a folder of testdata, without golden files.
func calls(t *testing.T, folder string) []string {
	all, err := filepath.Glob(filepath.Join("../../testdata", folder, "*"))
	require.NoError(t, err)
	var list []string
	for _, path := range all {
		if filepath.Ext(path) != ".out" {
			list = append(list, path)
		}
	}
	require.NotEmpty(t, list)
	return list
}

// Good calls stay silent: a false alarm costs more than a miss.
func TestGoodCalls(t *testing.T) {
	for _, path := range calls(t, "ok") {
		t.Run(filepath.Base(path), func(t *testing.T) { assert.Empty(t, findings(t, path)) })
	}
}

// Bad calls give the findings in NAME.out, no less and no more.
func TestBadCalls(t *testing.T) {
	for _, path := range calls(t, "err") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			golden(t, strings.TrimSuffix(path, filepath.Ext(path))+".out", findings(t, path))
		})
	}
}

// golden compares got with a file, or writes it there with -update.
func golden(t *testing.T, path, got string) {
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.NotEmpty(t, string(want))
	assert.Equal(t, string(want), got)
}

// The sample calls, which the README shows first, show every family of rules.
func TestSampleCallsShowEveryFamily(t *testing.T) {
	var got strings.Builder
	for _, path := range append(calls(t, "calls"), "../../testdata/err/clock.jsonl") {
		got.WriteString(findings(t, path))
	}
	packs, err := loadPacks(nil, nil)
	require.NoError(t, err)
	for _, r := range rule.ForCalls(rulesOf(packs)) {
		family, _, _ := strings.Cut(r.ID, "/")
		assert.Contains(t, got.String(), " "+family+"/")
	}
}
