package cli

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The pack inside zhijian is right on the sample labels, which show all shapes.
func TestSampleLabels(t *testing.T) {
	files, err := filepath.Glob("../../testdata/labels/*.jsonl")
	require.NoError(t, err)
	require.Len(t, files, 3)
	code, stdout, stderr := run("", append([]string{"eval", "--calls", "../../testdata/calls/day.jsonl", "--list", "--min-f1", "1"}, files...)...)
	assert.Equal(t, exitClean, code, stdout)
	assert.Empty(t, stderr)
	assert.Contains(t, stdout, "promise/unauthorised", "of two shapes")
}

// Two packs compared on many calls: only what differs, in the order of the input.
func TestAgainstManyCalls(t *testing.T) {
	folder := manyCalls(t)
	args := []string{"eval", "--rules", packPath(), "--against", packPath(), "--calls", folder + "/001.jsonl"}
	code, stdout, _ := run("", append(args, "--format", "json")...)
	assert.Equal(t, exitClean, code)
	var got struct {
		Against struct {
			Compared int
			Only     []json.RawMessage `json:"only_rules"`
		}
		Micro struct{ F1 *float64 }
	}
	require.NoError(t, json.Unmarshal([]byte(stdout), &got))
	assert.Equal(t, 200, got.Against.Compared)
	assert.Empty(t, got.Against.Only, "a pack and itself")
	assert.Nil(t, got.Micro.F1, "there are no labels")
	code, _, stderr := run("", "eval", "--rules", packPath(), "--against", packPath(), "--calls", folder+"/000.jsonl")
	assert.Equal(t, exitInput, code)
	assert.Contains(t, stderr, "000.jsonl:201: ")
}

// A call that comes twice counts once.
func TestCallsNamedTwice(t *testing.T) {
	labels := `{"id":"C20260318-0007","expect":["wording/helpless"]}`
	path := filepath.Join(scripts, "calls.jsonl")
	code, stdout, stderr := run(labels, "eval", "--rules", packPath(), "-", "--calls", path, "--calls", path, "--lang", "en")
	assert.Equal(t, exitClean, code, stderr)
	assert.Contains(t, stdout, "1 labelled items, 1 of them exactly right")
}

func TestEvalOutputThatCannotBeWritten(t *testing.T) {
	args := []string{"eval", "--rules", packPath(), "-"}
	stdin := strings.NewReader(`{"text":"好","violates":["wording/helpless"]}`)
	var stderr bytes.Buffer
	assert.Equal(t, exitUsage, Main(args, stdin, fullDisk{}, &stderr))
	assert.Contains(t, stderr.String(), "no space left on device")
	stderr.Reset()
	stdin.Reset(`{"text":"好","violates":["wording/helpless"]}`)
	assert.Equal(t, exitFindings, Main(append(args, "--min-f1", "0.5"), stdin, &brokenPipe{10}, &stderr), "nobody reads it, but it has failed")
	assert.Empty(t, stderr.String())
}
