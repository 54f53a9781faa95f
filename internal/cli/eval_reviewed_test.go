package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// workbooks are those of the sample calls in a folder, with what reviewers said
// of the findings, from the first on.
func workbooks(t *testing.T, reviewers map[string][]string) {
	calls, err := filepath.Abs(filepath.Join(scripts, "calls.jsonl"))
	require.NoError(t, err)
	pack, err := filepath.Abs(packPath())
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	code, _, stderr := run("", "lint", "--rules", pack, "--output", "xlsx=all.xlsx", "--summary", calls)
	require.Equal(t, exitFindings, code, stderr)
	require.Empty(t, stderr)
	for name, verdicts := range reviewers {
		f, err := excelize.OpenFile("all.xlsx")
		require.NoError(t, err)
		for i, v := range verdicts {
			require.NoError(t, f.SetCellStr("发现", fmt.Sprintf("L%d", i+2), v))
		}
		require.NoError(t, f.SetSheetRow("漏报", "A2", &[]any{"C20260318-0009", 1, "wording/helpless", "没法"}))
		require.NoError(t, f.SaveAs(name))
		require.NoError(t, f.Close())
	}
}

func TestEvalReviewed(t *testing.T) {
	want, err := filepath.Abs(filepath.Join(scripts, "reviewed.out"))
	require.NoError(t, err)
	workbooks(t, map[string][]string{"zhang.xlsx": {"正确", "误报", "正确", "", "误报"}, "li.xlsx": {"正确", "误报", "误报", "", "存疑"}})
	require.NoError(t, os.WriteFile("~$li.xlsx", nil, 0o600))
	code, stdout, stderr := run("", "eval", "--reviewed", "zhang.xlsx", "l*.xlsx", "./li.xlsx")
	assert.Equal(t, exitClean, code)
	assert.Empty(t, stderr)
	golden(t, want, stdout)

	code, _, stderr = run("", "eval", "--reviewed", "*.xlsx", "--lang", "en")
	assert.Equal(t, exitInput, code, "all.xlsx has no verdicts")
	assert.Contains(t, stderr, "input note ~$li.xlsx: this is what Excel leaves")
	assert.Contains(t, stderr, "input problem all.xlsx: the column verdict is still empty")
}

func TestEvalReviewedJSON(t *testing.T) {
	workbooks(t, map[string][]string{"a.xlsx": {"正确", "误报"}, "b.xlsx": {"正确", "正确"}})
	code, stdout, stderr := run("", "eval", "--reviewed", "a.xlsx", "--reviewed", "b.xlsx", "--format", "json")
	assert.Equal(t, exitClean, code, stderr)
	var got reviewsObject
	require.NoError(t, json.Unmarshal([]byte(stdout), &got))
	assert.Equal(t, []bookObject{{"a.xlsx", 5, 2, 1}, {"b.xlsx", 5, 2, 1}}, got.Books)
	assert.Equal(t, []int{1, 0, 0, 1, 3, 1}, []int{got.All.Right, got.All.False, got.All.Unsure, got.All.Disputed, got.All.Unjudged, got.All.Missed})
	assert.InDelta(t, 5.0/6, *got.All.Recall, 1e-9)
	require.Len(t, got.Agreement, 1)
	assert.InDelta(t, 0.5, *got.Agreement[0].Share, 1e-9)
	require.Len(t, got.Disagreements, 1)
	assert.Equal(t, map[string]string{"a.xlsx": "false alarm", "b.xlsx": "right"}, got.Disagreements[0].Verdicts)
	assert.Equal(t, []missedObject{{"C20260318-0009", "1", "wording/helpless", "没法"}}, got.Missed)
}

func TestEvalReviewedMisused(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"--reviewed", "a.xlsx", "labels.jsonl"}, exitUsage, "labels.jsonl 不是"},
		{[]string{"--reviewed", "a.xlsx", "--calls", "x"}, exitUsage, "--calls 和 --reviewed 不能同用"},
		{[]string{"--reviewed", "a.xlsx", "--min-f1", "0.5"}, exitUsage, "--min-f1 和 --reviewed"},
		{[]string{"--reviewed", "none.xlsx"}, exitInput, "输入问题 none.xlsx: 读不了"},
		{[]string{"--reviewed", "none*.xlsx"}, exitInput, "输入问题 none*.xlsx: 没有匹配的文件"},
		{[]string{"--reviewed", "."}, exitInput, "文件夹/*.xlsx"},
	} {
		code, stdout, stderr := run("", append([]string{"eval"}, c.args...)...)
		assert.Equal(t, c.code, code, c.args)
		assert.Contains(t, stderr, c.want)
		assert.Empty(t, stdout)
	}
}

// Standard output takes a workbook as well; only a terminal does not.
func TestWorkbookOnStandardOutput(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.xlsx")
	args := []string{"lint", "--rules", packPath(), filepath.Join(scripts, "calls.jsonl")}
	code, _, stderr := run("", append(args, "--output", "xlsx="+file)...)
	require.Equal(t, exitFindings, code, stderr)
	_, stdout, _ := run("", append(args, "--format", "xlsx")...)
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.True(t, stdout == string(data))
	assert.NoError(t, unshowable("xlsx", io.Discard))
}
