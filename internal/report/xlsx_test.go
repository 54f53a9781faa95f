package report

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// workbook is the report of results as it is read back.
func workbook(t *testing.T, o Options, results ...*lint.Result) *excelize.File {
	f, err := excelize.OpenReader(strings.NewReader(written(t, "xlsx", o, results...)))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, f.Close()) })
	return f
}

// record is a row of a sheet by the heads of its columns, row 2 being the first.
func record(t *testing.T, f *excelize.File, sheet string, row int) map[string]string {
	rows, err := f.GetRows(sheet)
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(rows), row)
	out := map[string]string{}
	for i, cell := range rows[row-1] {
		out[rows[0][i]] = cell
	}
	return out
}

// all is every cell of a sheet in one string.
func all(t *testing.T, f *excelize.File, sheet string) string {
	rows, err := f.GetRows(sheet)
	require.NoError(t, err)
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join(r, "|") + "\n")
	}
	return b.String()
}

func reviewed() *lint.Result {
	r := result("这个我也没办法，=1+1", 2, 7)
	r.Call.Agent, r.Call.StartedAt, r.Call.Direction, r.Call.Line = call.Person{ID: "8021", Name: "张敏", Team: "一组"}, "2026-03-18T14:05:12+08:00", call.Callback, 12
	r.Call.Turns = append([]call.Turn{{Role: call.Customer, Text: "你们扣错了"}}, r.Call.Turns[0], call.Turn{Role: call.Customer, Text: strings.Repeat("长", 99)})
	f := &r.Verdict.Findings[0]
	f.At.Turn, f.Fingerprint = 1, "f1"
	r.Call.Turns[1].Start = call.At(62_000)
	whole := *f
	whole.At, whole.Fingerprint = rule.Range{Turn: -1}, "f2"
	r.Verdict.Findings = append(r.Verdict.Findings, whole)
	r.Verdict.Suppressed = []rule.Suppressed{{Finding: *f, By: rule.ByWaiver, Reason: "说好的"}}
	r.Verdict.NotEvaluated = []rule.NotEvaluated{{Rule: "a/b", Reason: call.Say{ZH: "没有时间"}}}
	r.Verdict.Score = &rule.Score{Points: 74, Start: 100, Grade: rule.Grade{Name: "C"}}
	return r
}

func TestWorkbookSheets(t *testing.T) {
	assert.Equal(t, []string{"概览", "通话", "发现", "坐席", "规则", "漏报"}, workbook(t, Options{}).GetSheetList())
	assert.Equal(t, []string{"Overview", "Calls", "Findings", "Agents", "Rules", "Missed"}, workbook(t, Options{Lang: call.EN}).GetSheetList())
	assert.Equal(t, []string{"概览", "话术", "发现", "规则", "漏报"}, workbook(t, Options{Scripts: true}).GetSheetList())
	assert.Equal(t, []string{"概览", "坐席", "规则"}, workbook(t, Options{SummaryOnly: true}, reviewed()).GetSheetList())
}

func TestWorkbookOfACall(t *testing.T) {
	f := workbook(t, Options{}, reviewed())
	assert.Equal(t, map[string]string{"通话编号": "C1", "工号": "8021", "坐席": "张敏", "班组": "一组", "开始时间": "2026-03-18 14:05:12", "方向": "回拨", "得分": "74", "等级": "C",
		"错误": "2", "警告": "0", "提示": "0", "已接受": "1", "未能评估的规则": "1", "标签": "", "文件": "a.jsonl", "行": "12"}, record(t, f, "通话", 2))
	got := record(t, f, "发现", 2)
	assert.Equal(t, map[string]string{"通话编号": "C1", "坐席": "张敏 8021", "班组": "一组", "轮次": "2", "时间": "01:02", "说话人": "坐席", "级别": "错误", "规则": "wording/helpless", "名称": "无能为力",
		"原话": "我也没办法", "上下文": "客户：你们扣错了\n坐席：这个我也没办法，=1+1\n客户：" + strings.Repeat("长", 60) + "…", "判定": "", "备注": "", "说明": "坐席说了“我也没办法”。",
		"建议": "我能为您做的是……", "指纹": "f1", "文件": "a.jsonl"}, got)
	assert.Equal(t, "整通", record(t, f, "发现", 3)["轮次"])
	runs, err := f.GetCellRichText("发现", "K2")
	require.NoError(t, err)
	require.Len(t, runs, 3)
	assert.Equal(t, "我也没办法", runs[1].Text)
	assert.True(t, runs[1].Font.Bold)
	assert.Equal(t, map[string]string{"工号": "8021", "坐席": "张敏", "班组": "一组", "通数": "1", "平均分": "74.0", "等级": "C1", "问题": "2", "错误": "2", "每百通问题": "200.0", "失分最多的规则": "无能为力  2"}, record(t, f, "坐席", 2))
	lists, err := f.GetDataValidations("发现")
	require.NoError(t, err)
	require.Len(t, lists, 1)
	assert.Equal(t, []string{"L2:L3", `"正确,误报,存疑"`}, []string{lists[0].Sqref, lists[0].Formula1})
}

// What keeps a run from being the whole truth stands on the first sheet.
func TestWorkbookOverview(t *testing.T) {
	problem := &lint.Result{Problem: &call.Problem{File: "b.jsonl", Line: 3, What: call.Say{ZH: "JSON 有误"}}}
	text := all(t, workbook(t, Options{Version: "1.2.3"}, reviewed(), problem), "概览")
	for _, want := range []string{"zhijian 1.2.3", "检查的通话|1", "发现的问题|2", "平均分|74.0", "等级|C1", "已豁免的问题（不计入）|1", "70–79|1|100.0%|█", "90–100|0|0.0%", "错误|2|100.0%|█",
		"无能为力\nwording/helpless|2|", "没有时间|1|1", "b.jsonl|3||JSON 有误", "一组|1|74.0", "zhijian eval --reviewed"} {
		assert.Contains(t, text, want)
	}
}

// Of a flood of problems the first are listed, and the rest is counted.
func TestWorkbookCountsProblemsLeftOut(t *testing.T) {
	var results []*lint.Result
	for i := range mostProblems + 7 {
		results = append(results, &lint.Result{Problem: &call.Problem{File: "x", Line: i + 1, What: call.Say{ZH: "坏"}}})
	}
	text := all(t, workbook(t, Options{}, results...), "概览")
	assert.Contains(t, text, fmt.Sprintf("x|%d||坏", mostProblems))
	assert.NotContains(t, text, fmt.Sprintf("x|%d||坏", mostProblems+1))
	assert.Contains(t, text, "另有 7 处没有列出")
}

func TestWorkbookOfScripts(t *testing.T) {
	r := result("这个我也没办法", 2, 7)
	r.Call.Script, r.Call.Scene, r.Call.Turns[0].Line = true, "等待 › 致谢", 9
	f := workbook(t, Options{Scripts: true}, r)
	got := record(t, f, "发现", 2)
	assert.Equal(t, []string{"C1", "等待 › 致谢", "9", "这个我也没办法"}, []string{got["话术编号"], got["场景"], got["位置"], got["上下文"]})
	assert.NotContains(t, got, "轮次")
	assert.NotContains(t, got, "说话人")
	assert.Equal(t, "等待 › 致谢", record(t, f, "话术", 2)["场景"])
	assert.Equal(t, "话术编号|漏报的规则|漏报的原话|备注\n", all(t, f, "漏报"))
}

// Nothing that a transcript holds reaches the workbook as a formula or a command.
func TestWorkbookOfHostileWords(t *testing.T) {
	hostile := "=1+1\x00\x1b[31m\u202e\ufffe@SUM"
	r := result(hostile, 0, 4)
	r.Call.ID, r.Call.Source, r.Call.Agent = hostile, hostile, call.Person{ID: hostile, Name: "+cmd", Team: "@x"}
	f := workbook(t, Options{}, r)
	for _, sheet := range f.GetSheetList() {
		text := all(t, f, sheet)
		assert.NotContains(t, text, "\x1b")
		assert.NotContains(t, text, "\u202e")
	}
	formula, err := f.GetCellFormula("发现", "A2")
	require.NoError(t, err)
	assert.Empty(t, formula)
	assert.Equal(t, "=1+1", record(t, f, "发现", 2)["原话"])
	assert.Equal(t, "=1+1␀␛[31m��@SUM", record(t, f, "通话", 2)["通话编号"])
}

// The rules without findings are there too: people choose from them what was missed.
func TestWorkbookListsAllRules(t *testing.T) {
	other := &rule.Rule{ID: "tone/argue", Severity: rule.Warning, Title: call.Say{ZH: "争辩"}, Sources: []rule.Source{{Doc: "UNI", Says: "不与客户争辩"}}}
	f := workbook(t, Options{Packs: []*rule.Pack{{Name: "p", Rules: []*rule.Rule{helpless(), other}}}}, reviewed())
	assert.Equal(t, []string{"wording/helpless", "2", "1"}, []string{record(t, f, "规则", 2)["规则"], record(t, f, "规则", 2)["问题"], record(t, f, "规则", 2)["通话数"]})
	assert.Equal(t, []string{"tone/argue", "0", "UNI 不与客户争辩"}, []string{record(t, f, "规则", 3)["规则"], record(t, f, "规则", 3)["问题"], record(t, f, "规则", 3)["依据"]})
	rows, err := f.GetRows("规则")
	require.NoError(t, err)
	assert.Len(t, rows, 3)
	lists, err := f.GetDataValidations("漏报")
	require.NoError(t, err)
	require.Len(t, lists, 1)
	assert.Equal(t, []string{"C2:C1001", "'规则'!$A$2:$A$3"}, []string{lists[0].Sqref, lists[0].Formula1})
}

// A time that is none stays as the input has it.
func TestWorkbookTimes(t *testing.T) {
	for in, want := range map[string]string{"": "", "昨天": "昨天", "2026-03-18": "2026-03-18 00:00:00", "2026-03-18T14:05:12": "2026-03-18 14:05:12", "2026-03-18T23:05:12-05:00": "2026-03-18 23:05:12"} {
		r := result("没办法", 0, 3)
		r.Call.StartedAt = in
		assert.Equal(t, want, record(t, workbook(t, Options{}, r), "通话", 2)["开始时间"], in)
	}
}

// A report that is given up leaves nothing behind.
func TestDiscardRemovesTemporaryFiles(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	var out bytes.Buffer
	w, err := New("xlsx", &out, Options{})
	require.NoError(t, err)
	Discard(w) // before anything came
	for range 10_000 {
		require.NoError(t, w.Call(reviewed()))
	}
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	Discard(w)
	left, err := os.ReadDir(folder)
	require.NoError(t, err)
	assert.Empty(t, left)
	assert.Zero(t, out.Len())
}
