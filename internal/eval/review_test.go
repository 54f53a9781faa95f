package eval

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

	"github.com/zhijian-qa/zhijian/internal/book"
	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/report"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// lintBook is a workbook of a report: four calls, each with two findings.
func lintBook(t *testing.T, lang call.Lang) *excelize.File {
	rules := []*rule.Rule{{ID: "tone/argue", Severity: rule.Error}, {ID: "wording/helpless", Severity: rule.Warning}}
	var b bytes.Buffer
	var s report.Summary
	w, err := report.New("xlsx", &b, report.Options{Lang: lang, Packs: []*rule.Pack{{Name: "p", Rules: append(rules, &rule.Rule{ID: "waiting/hold-on"})}}})
	require.NoError(t, err)
	for i := range 4 {
		c := &call.Call{ID: fmt.Sprintf("C%d", i+1), Turns: []call.Turn{{Role: call.Agent, Text: "不是这样的，我没办法"}}}
		r := &lint.Result{Call: c}
		for k, one := range rules {
			r.Verdict.Findings = append(r.Verdict.Findings, rule.Finding{Rule: one, Role: call.Agent, At: rule.Range{Start: 6 * k, End: 6*k + 4, Quote: []string{"不是这样", "我没办法"}[k]},
				Fingerprint: fmt.Sprintf("f%d-%d", i, k)})
		}
		s.Add(r)
		require.NoError(t, w.Call(r))
	}
	require.NoError(t, w.Close(&s))
	f, err := excelize.OpenReader(&b)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, f.Close()) })
	return f
}

// fill writes the verdicts of the findings, from the first row on.
func fill(t *testing.T, f *excelize.File, sheet string, verdicts ...any) {
	for i, v := range verdicts {
		require.NoError(t, f.SetCellValue(sheet, fmt.Sprintf("L%d", i+2), v))
	}
}

// miss adds a row to the sheet of what was missed.
func miss(t *testing.T, f *excelize.File, row int, cells ...any) {
	require.NoError(t, f.SetSheetRow("漏报", fmt.Sprintf("A%d", row), &cells))
}

func saved(t *testing.T, f *excelize.File, name string) string {
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, f.SaveAs(path))
	return path
}

// told are the problems without the name of their file.
func told(r *Reviews) []string {
	var out []string
	for _, p := range r.Problems {
		p.File = ""
		out = append(out, p.In(call.ZH))
	}
	return out
}

func TestReviewedBookComesBack(t *testing.T) {
	f := lintBook(t, call.ZH)
	fill(t, f, "发现", "正确", "误报", "正确", "误报", "存疑", "正确", "", "")
	miss(t, f, 2, "C1", 1, "waiting/hold-on", "=稍等")
	r := ReadReviews([]string{saved(t, f, "a.xlsx")})
	assert.Empty(t, told(r))
	assert.Equal(t, []Reviewed{{Name: r.Books[0].Name, Findings: 8, Judged: 6, Missed: 1}}, r.Books)
	rules := r.Rules()
	require.Len(t, rules, 3)
	assert.Equal(t, RuleReview{Rule: "tone/argue", Right: 2, Unsure: 1, Unjudged: 1}, *rules[0])
	assert.Equal(t, RuleReview{Rule: "waiting/hold-on", Missed: 1}, *rules[1])
	assert.Equal(t, RuleReview{Rule: "wording/helpless", Right: 1, False: 2, Unjudged: 1}, *rules[2])
	assert.Equal(t, []Phrase{{"wording/helpless", "我没办法", 2, 1}}, r.FalseAlarms())
	assert.Equal(t, []Missed{{"C1", "1", "waiting/hold-on", "=稍等"}}, r.Missed())
	assert.InDelta(t, 6.0/7, r.All().Recall(), 1e-9, "what is open may be right")
	assert.Empty(t, r.Agreements())
}

// Reviewers move sheets, rename them, add columns and rows, hide rows, and have
// words of their own.
func TestBooksThatPeopleRearranged(t *testing.T) {
	f := lintBook(t, call.ZH)
	require.NoError(t, f.InsertCols("发现", "A", 2))
	require.NoError(t, f.InsertRows("发现", 1, 2))
	require.NoError(t, f.SetCellStr("发现", "A1", "三月第二周，张敏复核"))
	for i, v := range []any{"对", "错", true, false, "？", 1, 0, "√"} {
		require.NoError(t, f.SetCellValue("发现", fmt.Sprintf("N%d", i+4), v))
	}
	require.NoError(t, f.SetCellStr("发现", "N3", " 判 定 "))
	require.NoError(t, f.SetRowVisible("发现", 5, false))
	require.NoError(t, f.SetSheetName("发现", "复核结果"))
	require.NoError(t, f.MoveSheet("漏报", "概览"))
	require.NoError(t, f.MoveSheet("复核结果", "漏报"))
	r := ReadReviews([]string{saved(t, f, "a.xlsx")})
	assert.Empty(t, told(r))
	assert.Equal(t, RuleReview{Right: 4, False: 3, Unsure: 1}, *r.All())
}

func TestEnglishBooks(t *testing.T) {
	f := lintBook(t, call.EN)
	fill(t, f, "Findings", "right", "false alarm", "unsure")
	r := ReadReviews([]string{saved(t, f, "a.xlsx")})
	assert.Empty(t, told(r))
	assert.Equal(t, RuleReview{Right: 1, False: 1, Unsure: 1, Unjudged: 5}, *r.All())
}

func TestReviewersAgreeAndDiffer(t *testing.T) {
	first, second, third := lintBook(t, call.ZH), lintBook(t, call.ZH), lintBook(t, call.EN)
	fill(t, first, "发现", "正确", "误报", "正确", "误报", "正确", "存疑")
	fill(t, second, "发现", "正确", "误报", "误报", "误报", "正确", "正确", "正确")
	fill(t, third, "Findings", "", "", "false alarm")
	miss(t, first, 2, "C4", 1, "waiting/hold-on", "稍等")
	miss(t, second, 2, "C4", "第1轮", "waiting/hold-on", "请稍等")
	r := ReadReviews([]string{saved(t, first, "a.xlsx"), saved(t, second, "b.xlsx"), saved(t, third, "c.xlsx")})
	assert.Empty(t, told(r))
	assert.Equal(t, RuleReview{Right: 4, False: 3, Unjudged: 1, Missed: 1}, *r.All())
	pairs := r.Agreements()
	require.Len(t, pairs, 3)
	assert.Equal(t, []int{6, 4}, []int{pairs[0].Both, pairs[0].Same})
	assert.InDelta(t, 4.0/6, pairs[0].Share(), 1e-9)
	assert.InDelta(t, (4.0/6-15.0/36)/(1-15.0/36), pairs[0].Kappa(), 1e-9)
	assert.Equal(t, []int{1, 0}, []int{pairs[1].Both, pairs[1].Same})
	differ := r.Disagreements()
	require.Len(t, differ, 2)
	assert.Equal(t, []book.Verdict{book.Right, book.False, book.False}, differ[0].By)
	assert.Len(t, r.Missed(), 1, "two heard the same")
}

// The same finding is the same in every language, however its turn is written.
func TestTurnsInBooks(t *testing.T) {
	for cell, want := range map[string]string{"3": "3", "3.0": "3", "第3轮 00:12": "3", "第３轮": "3", "turn 12": "12", "整通": "", "call": "", "": "", "三": "三"} {
		assert.Equal(t, want, turnOf(cell), cell)
	}
	r := &lint.Result{Call: &call.Call{ID: "C1", Turns: []call.Turn{{Role: call.Agent, Text: "您好"}}}}
	r.Verdict.Findings = []rule.Finding{{Rule: &rule.Rule{ID: "closing/thanks"}, At: rule.Range{Turn: -1}, Fingerprint: "f1"}}
	var names []string
	for i, lang := range []call.Lang{call.ZH, call.EN} {
		name := filepath.Join(t.TempDir(), "book.xlsx")
		file, err := os.Create(name)
		require.NoError(t, err)
		w, err := report.New("xlsx", file, report.Options{Lang: lang})
		require.NoError(t, err)
		require.NoError(t, w.Call(r))
		require.NoError(t, w.Close(&report.Summary{}))
		require.NoError(t, file.Close())
		f, err := excelize.OpenFile(name)
		require.NoError(t, err)
		fill(t, f, []string{"发现", "Findings"}[i], "正确")
		require.NoError(t, f.Save())
		require.NoError(t, f.Close())
		names = append(names, name)
	}
	both := ReadReviews(names)
	assert.Empty(t, told(both))
	require.Len(t, both.findings, 1)
	assert.Equal(t, []book.Verdict{book.Right, book.Right}, both.findings[0].By)
}

// Without turns nobody can tell which findings of two books are the same.
func TestBookWithoutTurns(t *testing.T) {
	f := lintBook(t, call.ZH)
	fill(t, f, "发现", "正确")
	column := ""
	for i := range 12 {
		name, err := excelize.ColumnNumberToName(i + 1)
		require.NoError(t, err)
		if head, err := f.GetCellValue("发现", name+"1"); err == nil && head == "轮次" {
			column = name
		}
	}
	require.NoError(t, f.RemoveCol("发现", column))
	r := ReadReviews([]string{saved(t, f, "a.xlsx")})
	assert.Contains(t, strings.Join(told(r), "\n"), "工作表“发现”没有“轮次”这一列")
	assert.Empty(t, r.findings)
}

// Who calls a finding false and notes that the rule missed something in that turn has heard
// something else.
func TestMissedBesideAFalseAlarm(t *testing.T) {
	f := lintBook(t, call.ZH)
	fill(t, f, "发现", "误报", "误报", "正确")
	miss(t, f, 2, "C1", 1, "wording/helpless", "办不了")
	miss(t, f, 3, "C2", 1, "tone/argue", "您错了")
	r := ReadReviews([]string{saved(t, f, "a.xlsx")})
	assert.Equal(t, []Missed{{"C1", "1", "wording/helpless", "办不了"}}, r.Missed())
	assert.Len(t, told(r), 1, "the other is known")
}

// As many who say right as say false settle nothing; who is unsure does not vote.
func TestConsensus(t *testing.T) {
	for _, c := range []struct {
		by       []book.Verdict
		want     book.Verdict
		disputed bool
	}{
		{[]book.Verdict{book.Unjudged, book.Unjudged}, book.Unjudged, false},
		{[]book.Verdict{book.Right, book.Unjudged}, book.Right, false},
		{[]book.Verdict{book.Right, book.False}, book.Unjudged, true},
		{[]book.Verdict{book.Right, book.False, book.False}, book.False, false},
		{[]book.Verdict{book.Unsure, book.Unsure, book.Right}, book.Right, false},
		{[]book.Verdict{book.Unsure, book.Unjudged}, book.Unsure, false},
	} {
		got, disputed := (&Judged{By: c.by}).Consensus()
		assert.Equal(t, c.want, got, c.by)
		assert.Equal(t, c.disputed, disputed, c.by)
	}
}

// What is wrong with a book is told with its cell, and the rest counts.
func TestProblemsOfBooks(t *testing.T) {
	f := lintBook(t, call.ZH)
	fill(t, f, "发现", "正确", "正却", "误报", "正确")
	require.NoError(t, f.SetCellStr("发现", "P5", ""))
	require.NoError(t, f.SetCellStr("发现", "A5", ""))
	miss(t, f, 2, "C1", 1, "waiting/holdon", "稍等")
	miss(t, f, 3, "", 1, "waiting/hold-on", "稍等")
	miss(t, f, 4, "C1", 1, "tone/argue", "不是")
	miss(t, f, 5, "C9", 1, "waiting/hold-on", "稍等")
	miss(t, f, 6, "C2", 1, "", "稍等")
	r := ReadReviews([]string{saved(t, f, "a.xlsx")})
	assert.Equal(t, []string{
		`发现!L3：判定 "正却" 看不懂；请选正确、误报、存疑，这里按没有判定算`,
		`发现!L5：这一行有判定，却没有编号、规则或指纹；没有计入`,
		`漏报!A3：漏报要写通话编号；这一行没有计入`,
		`漏报!C6：漏报要写漏报的规则；这一行没有计入`,
		`漏报!C2：没有叫 "waiting/holdon" 的规则，是不是想写 "waiting/hold-on"？；这一行没有计入`,
		`漏报!C4：tone/argue 在这一轮已经发现了，不算漏报`,
		`漏报!A5：工作簿里没有编号为 "C9" 的通话；这一行没有计入`,
	}, told(r))
	assert.Equal(t, RuleReview{Right: 1, False: 1, Unjudged: 5}, *r.All())
}

// People write rules as they read them: by their titles. One that two rules have is no name.
func TestMissesNameRulesByTitle(t *testing.T) {
	f := lintBook(t, call.ZH)
	fill(t, f, "发现", "正确")
	for i, title := range []string{"争辩", "无能为力", "争辩"} {
		require.NoError(t, f.SetCellStr("规则", fmt.Sprintf("B%d", i+2), title))
	}
	miss(t, f, 2, "C1", 1, " 无能为力。", "没办法")
	miss(t, f, 3, "C2", 3, "争辩", "不是")
	miss(t, f, 4, "C3", 3, "无能为", "不是")
	r := ReadReviews([]string{saved(t, f, "a.xlsx")})
	assert.Equal(t, []string{
		`漏报!C2：wording/helpless 在这一轮已经发现了，不算漏报`,
		`漏报!C3：不止一条规则叫“争辩”：tone/argue、waiting/hold-on；请写规则名，这一行没有计入`,
		`漏报!C4：没有叫 "无能为" 的规则，是不是想写 "无能为力"？；这一行没有计入`,
	}, told(r))
}

func TestManyOddVerdictsAreCounted(t *testing.T) {
	f := lintBook(t, call.ZH)
	for i := range maxBroken + 3 {
		require.NoError(t, f.SetCellStr("发现", fmt.Sprintf("L%d", i+2), "看情况"))
	}
	got := told(ReadReviews([]string{saved(t, f, "a.xlsx")}))
	require.Len(t, got, maxBroken+2)
	assert.Equal(t, "工作表“发现”还有 3 个判定看不懂，按没有判定算", got[maxBroken])
}

// A copy of a sheet in the same book is not another reviewer.
func TestCopiedSheets(t *testing.T) {
	f := lintBook(t, call.ZH)
	fill(t, f, "发现", "正确", "正确")
	index, err := f.NewSheet("备份")
	require.NoError(t, err)
	from, err := f.GetSheetIndex("发现")
	require.NoError(t, err)
	require.NoError(t, f.CopySheet(from, index))
	fill(t, f, "备份", "误报", "正确", "正确")
	r := ReadReviews([]string{saved(t, f, "a.xlsx")})
	assert.Equal(t, []string{"备份!L2：同一个问题在 发现!L2 的判定不同；以那里的为准"}, told(r))
	assert.Equal(t, RuleReview{Right: 3, Unjudged: 5}, *r.All())
	assert.Equal(t, 8, r.Books[0].Findings)
}

func TestBooksThatAreNone(t *testing.T) {
	folder := t.TempDir()
	text := filepath.Join(folder, "text.xlsx")
	require.NoError(t, os.WriteFile(text, []byte("x"), 0o600))
	empty := saved(t, lintBook(t, call.ZH), "empty.xlsx")
	other := excelize.NewFile()
	require.NoError(t, other.SetSheetRow("Sheet1", "A1", &[]any{"通话编号", "轮次", "规则", "判定结果", "指纹"}))
	r := ReadReviews([]string{text, empty, saved(t, other, "other.xlsx"), saved(t, excelize.NewFile(), "blank.xlsx")})
	got := told(r)
	require.Len(t, got, 5)
	assert.Contains(t, got[0], "不是能读的 .xlsx 工作簿")
	assert.Equal(t, "“判定”列还是空的，没有可算的", got[1])
	assert.Equal(t, "工作表“Sheet1”没有“判定”这一列；整张没有计入", got[2])
	assert.Contains(t, got[3], "没有一张工作表有")
	assert.Contains(t, got[4], "没有一张工作表有")
	for _, p := range r.Problems {
		assert.True(t, p.Fatal)
	}
}
