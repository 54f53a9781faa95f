package lint

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

const tiny = `pack: tiny
rules:
  - {id: wording/helpless, title: 无能为力, severity: error, why: 不好, advice: 换个说法, forbid: {any: [没办法]}}
  - {id: wording/hold, title: 稍等, severity: info, why: 不好, advice: 换个说法, forbid: {any: [稍等]}}
`

func linter(t *testing.T) *Linter {
	t.Helper()
	p, err := rule.Load(fstest.MapFS{"tiny.yaml": {Data: []byte(tiny)}}, "tiny.yaml")
	require.NoError(t, err)
	return &Linter{Checks: []Check{{Pack: p, Rules: p.Rules}}, Jobs: 4}
}

// folder writes so many calls of one file each and returns where they are.
func folder(t *testing.T, calls int) string {
	t.Helper()
	dir := t.TempDir()
	for i := range calls {
		text := fmt.Sprintf("坐席：您好\n客户：在吗\n坐席：您稍等，第%d单我没办法\n", i)
		require.NoError(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("c%04d.txt", i)), []byte(text), 0o600))
	}
	return dir
}

func TestRunKeepsTheInputOrder(t *testing.T) {
	l, dir := linter(t), folder(t, 200)
	var ids []string
	err := l.Run(t.Context(), intake.Open(t.Context(), []string{dir}, intake.Options{}), func(o Outcome) error {
		for _, r := range o.Results {
			ids = append(ids, r.Call.ID)
			assert.Len(t, r.Verdict.Findings, 2)
		}
		return nil
	})
	require.NoError(t, err)
	require.Len(t, ids, 200)
	assert.IsIncreasing(t, ids)
}

// Small files are judged several at a time, but for the last ones; what may come slowly is not.
func TestTogether(t *testing.T) {
	dir := folder(t, 2*taskChunks+3)
	large := filepath.Join(dir, "b.txt") // comes first
	require.NoError(t, os.WriteFile(large, []byte(strings.Repeat("客服：稍等，我没办法\n客户：好\n", taskBytes/40)), 0o600))
	stdin := strings.NewReader("客服：稍等，我没办法\n客户：好\n")
	var sizes []int
	for some := range together(intake.Open(t.Context(), []string{dir, "-", dir}, intake.Options{Stdin: stdin})) {
		sizes = append(sizes, len(some))
	}
	assert.Equal(t, []int{1, taskChunks, taskChunks, 3, 1, 1, taskChunks, taskChunks, 3}, sizes, "none waits for standard input")
}

func TestMinSeverityLeavesOutWhatIsBelow(t *testing.T) {
	l, dir := linter(t), folder(t, 1)
	l.MinSeverity = rule.Error
	err := l.Run(t.Context(), intake.Open(t.Context(), []string{dir}, intake.Options{}), func(o Outcome) error {
		require.Len(t, o.Results[0].Verdict.Findings, 1)
		assert.Equal(t, "wording/helpless", o.Results[0].Verdict.Findings[0].Rule.ID)
		return nil
	})
	require.NoError(t, err)
}

func TestRunStopsWhenTheReportFails(t *testing.T) {
	l, dir := linter(t), folder(t, 100)
	full, emitted := errors.New("disk full"), 0
	err := l.Run(t.Context(), intake.Open(t.Context(), []string{dir}, intake.Options{}), func(Outcome) error {
		emitted++
		return full
	})
	assert.ErrorIs(t, err, full)
	assert.Equal(t, 1, emitted, "nothing is emitted after the failure")
}

func TestRunStopsWhenInterrupted(t *testing.T) {
	l, dir := linter(t), folder(t, 100)
	ctx, interrupt := context.WithCancel(t.Context())
	emitted := 0
	err := l.Run(ctx, intake.Open(ctx, []string{dir}, intake.Options{}), func(Outcome) error {
		emitted++
		interrupt()
		return nil
	})
	assert.ErrorIs(t, err, context.Canceled)
	assert.Less(t, emitted, 100)
}

// firstOnly accepts the first finding of the run.
type firstOnly struct{ done bool }

func (a *firstOnly) Accept(_ *call.Call, v *rule.Verdict) {
	if !a.done && len(v.Findings) > 0 {
		a.done = true
		v.Suppressed = append(v.Suppressed, rule.Suppressed{Finding: v.Findings[0], By: rule.ByBaseline})
		v.Findings = v.Findings[1:]
	}
}

func (a *firstOnly) Inline(*call.Call, []string, string, call.Place) {}

func (a *firstOnly) Knows(*call.Call, *rule.Finding) bool { return false }

// What is accepted is asked in input order, whatever the number of workers.
func TestAcceptsInInputOrder(t *testing.T) {
	dir := folder(t, 100)
	for _, jobs := range []int{1, 8} {
		l, at, accepted := linter(t), 0, []int(nil)
		l.Jobs, l.Accepter = jobs, &firstOnly{}
		err := l.Run(t.Context(), intake.Open(t.Context(), []string{dir}, intake.Options{}), func(o Outcome) error {
			for _, r := range o.Results {
				if len(r.Verdict.Suppressed) > 0 {
					accepted = append(accepted, at)
				}
				assert.Equal(t, 2, len(r.Verdict.Findings)+len(r.Verdict.Suppressed))
				at++
			}
			return nil
		})
		require.NoError(t, err)
		assert.Equal(t, []int{0}, accepted)
	}
}

// What is accepted is hidden as any finding would be.
func TestMinSeverityLeavesOutWhatIsAccepted(t *testing.T) {
	l := linter(t)
	l.MinSeverity, l.Accepter = rule.Error, &firstOnly{}
	v := l.Judge(&call.Call{Turns: []call.Turn{{Role: call.Agent, Text: "稍等，我没办法"}}})
	assert.Empty(t, v.Suppressed)
	assert.Len(t, v.Findings, 1)
}

// The source of a call chooses the rules that judge it.
func TestForSource(t *testing.T) {
	l, dir := linter(t), folder(t, 2)
	all := l.Checks
	l.For = func(source string) []Check {
		if filepath.Base(source) == "c0001.txt" {
			return []Check{{Pack: all[0].Pack, Rules: all[0].Rules[:1]}}
		}
		return all
	}
	var found []int
	err := l.Run(t.Context(), intake.Open(t.Context(), []string{dir}, intake.Options{}), func(o Outcome) error {
		for _, r := range o.Results {
			found = append(found, len(r.Verdict.Findings))
		}
		return nil
	})
	require.NoError(t, err)
	assert.Equal(t, []int{2, 1}, found)
}
