package book

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// written is a workbook of one sheet with some rows of one column.
func written(t *testing.T, most int, values ...any) []byte {
	b := New(call.ZH)
	b.most = most
	defer func() { require.NoError(t, b.Close()) }()
	s, err := b.Sheet("发现", Layout{Columns: []Column{{Head: "原话", Width: 20, Choices: []string{"对", "错"}, Colors: []Style{Good, Bad}}, {Head: "指纹", Width: 8, Screen: true}}})
	require.NoError(t, err)
	last, err := b.Sheet("漏报", Layout{Columns: []Column{{Head: "规则", Width: 20, ChoicesFrom: s}}, Spare: 5})
	require.NoError(t, err)
	for _, v := range values {
		require.NoError(t, s.Row(Cell{v, Wrapped}, Cell{}))
	}
	require.NoError(t, last.Row())
	var out bytes.Buffer
	require.NoError(t, b.Write(&out))
	return out.Bytes()
}

// opened is a workbook of written, and the file it is in.
func opened(t *testing.T, data []byte) *File {
	name := filepath.Join(t.TempDir(), "book.xlsx")
	require.NoError(t, os.WriteFile(name, data, 0o600))
	f, err := Open(name)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, f.Close()) })
	return f
}

// firstColumn are the cells of a sheet's first column without its header.
func firstColumn(t *testing.T, f *File, sheet string) []string {
	var out []string
	require.NoError(t, f.Each(sheet, func(row int, cells []string) bool {
		if row > 1 && len(cells) > 0 {
			out = append(out, cells[0])
		}
		return true
	}))
	return out
}

// part is a part of the zip as it is.
func partOf(t *testing.T, data []byte, name string) string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	r, err := z.Open(name)
	require.NoError(t, err)
	text, err := io.ReadAll(r)
	require.NoError(t, err)
	return string(text)
}

// Whatever a transcript says stays a text.
func TestTextsNeverBecomeFormulas(t *testing.T) {
	said := []any{"=1+1", "@SUM(A1:A9)", "+cmd|' /C calc'!A0", "-2+3", "=HYPERLINK(\"http://x\")", "＝1+1", "12345678901234567890", "1E5", "TRUE", "2026-03-18", "' x", "_x0041_", "<b>&amp;", "一\n二", " 空格 "}
	data := written(t, maxRows, said...)
	sheet := partOf(t, data, "xl/worksheets/sheet1.xml")
	assert.NotContains(t, sheet, "<f>")
	assert.NotContains(t, sheet, "<v>")
	got := firstColumn(t, opened(t, data), "发现")
	require.Len(t, got, len(said))
	for i := range said {
		assert.Equal(t, said[i], got[i])
	}
}

// Runs of several colours are texts as well.
func TestRunsStayText(t *testing.T) {
	data := written(t, maxRows, []Run{{"=1+", false}, {"", true}, {"cmd ", true}, {"\x00_x0041_ <b>", false}})
	assert.NotContains(t, partOf(t, data, "xl/worksheets/sheet1.xml"), "<f>")
	assert.Equal(t, []string{"=1+cmd \uFFFD_x0041_ <b>"}, firstColumn(t, opened(t, data), "发现"))
}

// Characters that XML cannot hold do not break the file.
func TestControlCharactersAreReplaced(t *testing.T) {
	got := firstColumn(t, opened(t, written(t, maxRows, "a\x00b\x1b[31m\x0b\ufffe\xff 完")), "发现")
	assert.Equal(t, []string{"a\uFFFDb\uFFFD[31m\uFFFD\uFFFD\uFFFD 完"}, got)
}

func TestTextsThatNoCellHoldsAreCut(t *testing.T) {
	for _, long := range []string{strings.Repeat("长", longest+1), strings.Repeat("😀", longest/2+1), strings.Repeat("a", 100_000)} {
		got := firstColumn(t, opened(t, written(t, maxRows, long)), "发现")
		require.Len(t, got, 1)
		assert.LessOrEqual(t, units(got[0]), longest)
		assert.Greater(t, units(got[0]), longest-3)
		assert.True(t, strings.HasSuffix(got[0], " 字）"), got[0][len(got[0])-60:])
	}
	whole := strings.Repeat("长", longest)
	assert.Equal(t, []string{whole}, firstColumn(t, opened(t, written(t, maxRows, whole)), "发现"))
}

// What does not fit into a sheet goes on in the next, which stands beside it.
func TestSheetsGoOn(t *testing.T) {
	data := written(t, 3, "一", "二", "三", "四", "五")
	f := opened(t, data)
	assert.Equal(t, []string{"发现", "发现 (2)", "发现 (3)", "漏报"}, f.Sheets)
	assert.Equal(t, []string{"三", "四"}, firstColumn(t, f, "发现 (2)"))
	assert.Equal(t, []string{"五"}, firstColumn(t, f, "发现 (3)"))
	names := partOf(t, data, "xl/workbook.xml")
	assert.Contains(t, names, `<definedName localSheetId="2" name="_xlnm.Print_Titles">&#39;发现 (3)&#39;!$1:$1</definedName>`)
}

// The library hands over sheets in the order of a map.
func TestSameRowsSameBytes(t *testing.T) {
	first := written(t, 2, "一", "二", "三", "四", "五", "六")
	for range 20 {
		require.True(t, bytes.Equal(first, written(t, 2, "一", "二", "三", "四", "五", "六")))
	}
}

func TestTablesCanBeFilteredAndFilledIn(t *testing.T) {
	data := written(t, maxRows, "对", 3, 0.5, time.Date(2026, 3, 18, 9, 0, 0, 0, time.UTC), nil)
	sheet := partOf(t, data, "xl/worksheets/sheet1.xml")
	assert.Contains(t, sheet, `<autoFilter ref="$A$1:$B$6">`)
	assert.Contains(t, sheet, `state="frozen"`)
	assert.Contains(t, sheet, `<formula1>"对,错"</formula1>`)
	assert.Contains(t, sheet, `<conditionalFormatting sqref="A2:A6">`)
	assert.Contains(t, partOf(t, data, "xl/worksheets/sheet2.xml"), `<formula1>'发现'!$A$2:$A$6</formula1>`)
	assert.Contains(t, partOf(t, data, "xl/workbook.xml"), `&#39;发现&#39;!$A$1:$A$6</definedName>`, "the print area leaves out the last column")
	assert.Equal(t, []string{"对", "3", "0.5", "46099.375"}, firstColumn(t, opened(t, data), "发现")[:4])
}

// Rows are as high as their texts need.
func TestHeight(t *testing.T) {
	s := &Sheet{Layout: Layout{Columns: []Column{{Width: 11.5}, {Width: 40}}}}
	assert.InDelta(t, lineHeight, s.height([]Cell{{"五个汉字吧", Wrapped}, {}}), 0.1)
	assert.InDelta(t, 2*lineHeight, s.height([]Cell{{"六个汉字的话", Wrapped}, {}}), 0.1)
	assert.InDelta(t, 3*lineHeight, s.height([]Cell{{}, {[]Run{{"一\n二", false}, {"\n三", true}}, Wrapped}}), 0.1)
	assert.InDelta(t, lineHeight, s.height([]Cell{{strings.Repeat("长", 99), Plain}}), 0.1)
	assert.InDelta(t, float64(excelize.MaxRowHeight), s.height([]Cell{{strings.Repeat("长", 999), Wrapped}}), 0.1)
}

// Temporary files are gone after Close, written or not.
func TestCloseRemovesTemporaryFiles(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	b := New(call.EN)
	s, err := b.Sheet("x", Layout{Columns: []Column{{Head: "x", Width: 9}}})
	require.NoError(t, err)
	for range 700 {
		require.NoError(t, s.Row(Cell{strings.Repeat("x", 30_000), Plain}))
	}
	files, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.NotEmpty(t, files, "rows go to a file when they are many")
	require.NoError(t, b.Write(io.Discard))
	require.NoError(t, b.Close())
	files, err = os.ReadDir(folder)
	require.NoError(t, err)
	assert.Empty(t, files)
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestWriteTellsWhatFailed(t *testing.T) {
	b := New(call.EN)
	_, err := b.Sheet("x", Layout{Columns: []Column{{Head: "x", Width: 9}}})
	require.NoError(t, err)
	assert.ErrorContains(t, b.Write(full{}), "no space left")
	require.NoError(t, b.Close())
}

func TestParseVerdict(t *testing.T) {
	for text, want := range map[string]Verdict{"": Unjudged, " ": Unjudged, "-": Unjudged, "正确": Right, " 正 确 ": Right, "对": Right, "TRUE": Right, "1": Right, "Ｙ": Right, "√": Right, "是。": Right,
		"误报": False, "错": False, "FALSE": False, "0": False, "×": False, "False alarm": False, "存疑": Unsure, "？": Unsure, "存疑？": Unsure, "unsure": Unsure} {
		got, ok := ParseVerdict(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, got, text)
	}
	for _, lang := range []call.Lang{call.ZH, call.EN} {
		for i, word := range Verdicts(lang) {
			got, ok := ParseVerdict(word)
			assert.True(t, ok)
			assert.Equal(t, Verdict(i+1), got)
		}
	}
	_, ok := ParseVerdict("也许吧")
	assert.False(t, ok)
}

func TestOpenTellsWhatIsWrong(t *testing.T) {
	folder := t.TempDir()
	text := filepath.Join(folder, "text.xlsx")
	require.NoError(t, os.WriteFile(text, []byte("规则,判定\n"), 0o600))
	for name, want := range map[string]string{folder: "FOLDER/*.xlsx", filepath.Join(folder, "none.xlsx"): "no such file", text: "saved as .xlsx"} {
		_, err := Open(name)
		var f *Fault
		require.ErrorAs(t, err, &f)
		assert.Contains(t, err.Error(), want)
		assert.NotEmpty(t, f.What.ZH)
	}
}

func TestCellName(t *testing.T) {
	assert.Equal(t, "AB12", CellName(28, 12))
	assert.Empty(t, CellName(0, 1))
}
