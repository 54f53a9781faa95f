package cli

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/calltest"
	"github.com/zhijian-qa/zhijian/internal/report"
)

// persons is what tells who the people of testdata/mask/calls.jsonl are.
func persons() []string {
	return []string{"13800138000", "62345678", "110101199003078515", "6222 0212 3456 7890 128", "ouyang.jg", "A12345",
		"幺三九一二三四五六七八", "13912345678", "8765", "欧阳建国"}
}

func maskArgs(command string, more ...string) []string {
	folder := filepath.Join("../../testdata/mask")
	return append([]string{command, "--config", "none", "--rules", filepath.Join(folder, "pack.yaml"), filepath.Join(folder, "calls.jsonl")}, more...)
}

// No format of a report tells who people are, on neither stream, unless it is told to.
func TestNoFormatTellsWhoPeopleAre(t *testing.T) {
	for _, format := range report.Names() {
		for _, lang := range []string{"zh", "en"} {
			file := filepath.Join(t.TempDir(), "report")
			code, stdout, stderr := run("", maskArgs("lint", "--output", format+"="+file, "--lang", lang)...)
			assert.Equal(t, exitInput, code, "the second call cannot be read")
			text := stdout + stderr + readable(t, file)
			assert.Contains(t, text, "138****8000-0318", format)
			for _, who := range persons() {
				assert.NotContains(t, text, who, format)
			}
			for _, other := range []string{"8021", "张敏"} {
				assert.Contains(t, text, other, format)
			}
		}
	}
}

// Nor does any format where words, spaces, turns and paths are of no help to the mask.
func TestNoFormatTellsWhatIsHardToSee(t *testing.T) {
	folder := t.TempDir()
	said := []string{"我没办法，您记一下13800138000千万别打错", "工号8021为您服务，13800138000没办法", "没办法，身份证110101199003078515千万保密", "卡6222021234567890128万一丢了没办法",
		"没办法1380013800013800138000", "没办法138\u00a00013\u200b8000", "没办法OK13800138000", "李雷先生没办法", "李 雷 先 生 我 没 办 法", "没办法139/1234/5678"}
	var turns []string
	for _, text := range said {
		turns = append(turns, `{"role":"agent","text":"`+text+`"},{"role":"customer","text":"嗯"}`)
	}
	for _, digit := range "13912345678" {
		turns = append(turns, `{"role":"customer","text":"`+string(digit)+`"},{"role":"agent","text":"没办法"}`)
	}
	input := filepath.Join(folder, "李雷_13912345678.jsonl")
	require.NoError(t, os.WriteFile(input, []byte(`{"id":"李雷-1","customer":{"name":"李雷"},"turns":[`+strings.Join(turns, ",")+`]}`+"\n"), 0o600))
	for _, format := range report.Names() {
		file := filepath.Join(folder, "report")
		code, stdout, stderr := run("", "lint", "--config", "none", "--rules", packPath(), "--output", format+"="+file, input)
		assert.Equal(t, exitFindings, code, stderr)
		text := stdout + stderr + readable(t, file)
		for _, who := range []string{"13800138000", "110101199003078515", "6222021234567890128", "0013\u200b8000", "李雷", "李 雷", "13912345678", "139/1234/5678"} {
			assert.NotContains(t, text, who, format)
		}
	}
}

// A report is the same whether the run masks only the turns that it shows or, for the one beside
// it, all of them.
func TestFormatsShowNoOtherTurns(t *testing.T) {
	folder := t.TempDir()
	data, err := os.ReadFile("../../testdata/mask/calls.jsonl")
	require.NoError(t, err)
	input := filepath.Join(folder, "calls.jsonl")
	require.NoError(t, os.WriteFile(input, append(data, calltest.JSONL(calltest.Calls(100))...), 0o600))
	alone, beside := filepath.Join(folder, "alone"), filepath.Join(folder, "beside")
	for _, format := range report.Names() {
		for file, others := range map[string][]string{alone: nil, beside: {"--output", "html=" + filepath.Join(folder, "all.html")}} {
			args := append([]string{"lint", "--config", "none", "--rules", "documents", "--rules", "../../testdata/mask/pack.yaml", "--output", format + "=" + file, input}, others...)
			code, _, stderr := run("", args...)
			require.Equal(t, exitInput, code, stderr)
		}
		want := readable(t, beside)
		require.NotEmpty(t, want)
		assert.True(t, want == readable(t, alone), format) // a difference would be as long as the report
	}
}

// readable is the text of a file, of a packed one the texts of its parts.
func readable(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return string(data)
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	var b strings.Builder
	for _, f := range archive.File {
		r, err := f.Open()
		require.NoError(t, err)
		_, err = io.Copy(&b, r)
		require.NoError(t, err)
	}
	return b.String()
}

// Masks change neither positions nor fingerprints; what is not of a person stays.
func TestMaskKeepsEverythingElse(t *testing.T) {
	_, on, _ := run("", maskArgs("lint", "--format", "jsonl")...)
	_, off, stderr := run("", maskArgs("lint", "--format", "jsonl", "--mask", "off")...)
	for _, who := range []string{"13800138000-0318", "110101199003078515", "6222 0212 3456 7890 128", "京A12345", "欧阳建国", "8765"} {
		assert.Contains(t, off, who)
	}
	assert.Contains(t, stderr, "13912345678")
	want, got := []rune(off), []rune(on)
	require.Len(t, got, len(want))
	for i := range got {
		if got[i] != '*' {
			require.Equal(t, string(want[i]), string(got[i]))
		}
	}
	for _, stays := range []string{"转801", "拨95566，办了1380元", `"8021"`} {
		assert.Contains(t, on, stays)
	}
}

// Waivers and baselines know calls by their real ids, whatever is shown.
func TestMaskComesAfterWaiversAndBaseline(t *testing.T) {
	folder := t.TempDir()
	baseline, waivers := filepath.Join(folder, "b.json"), filepath.Join(folder, "w.yaml")
	data, err := os.ReadFile("../../testdata/mask/calls.jsonl")
	require.NoError(t, err)
	whole, _, _ := strings.Cut(string(data), "\n") // the second call is broken, and half a baseline is none
	code, _, stderr := run(whole, "baseline", "--config", "none", "--rules", "../../testdata/mask/pack.yaml", "-", "--in-format", "canonical", "-o", baseline)
	require.Equal(t, exitClean, code, stderr)
	_, out, _ := run("", maskArgs("lint", "--baseline", baseline)...)
	assert.Contains(t, out, "没有发现问题。另有 8 处在基线中")
	text := "waivers:\n  - {rule: persons/*, call: 13800138000-0318, reason: 客户13912345678同意}\n"
	require.NoError(t, os.WriteFile(waivers, []byte(text), 0o600))
	_, out, stderr = run("", maskArgs("lint", "--waivers", waivers, "--format", "jsonl")...)
	assert.Contains(t, out, `"findings":[]`)
	assert.Contains(t, out, `"reason":"客户139****5678同意"`)
	assert.NotContains(t, stderr, "没有用到")
}

func TestMaskInSamples(t *testing.T) {
	for _, format := range []string{asTable, asJSONL, asCalls, asIDs} {
		_, stdout, stderr := run("", maskArgs("sample", "--format", format)...)
		assert.Contains(t, stdout, "138****8000-0318", format)
		for _, who := range persons() {
			assert.NotContains(t, stdout+stderr, who, format)
		}
		_, stdout, _ = run("", maskArgs("sample", "--format", format, "--mask", "off")...)
		assert.Contains(t, stdout, "13800138000-0318", format)
	}
}

// What convert writes is data: it stays as it is, but for what is said about it.
func TestConvertDoesNotMask(t *testing.T) {
	_, stdout, stderr := run("", "convert", "../../testdata/mask/calls.jsonl")
	assert.Contains(t, stdout, "13800138000-0318")
	assert.Contains(t, stdout, "110101199003078515")
	assert.NotContains(t, stderr, "13912345678")
}

// Scripts are masked like calls, what --fix tells too; the file itself is not.
func TestMaskInScripts(t *testing.T) {
	file := filepath.Join(t.TempDir(), "s.md")
	text := "## A1 等待\n- 话术：抱歉让您久等了。\n\n## A2 电话\n- 话术：13800138000我也没办法。\n"
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	_, stdout, stderr := run("", "script", "--config", "none", "--fix", file)
	assert.Contains(t, stdout, "138****8000")
	assert.NotContains(t, stdout+stderr, "13800138000")
	assert.Contains(t, readable(t, file), "13800138000")
	_, stdout, _ = run("", "script", "--config", "none", "--mask", "off", file)
	assert.Contains(t, stdout, "13800138000")
}

// The configuration may turn masks off; a flag wins over it.
func TestMaskOfConfiguration(t *testing.T) {
	file := filepath.Join(t.TempDir(), ".zhijian.yaml")
	require.NoError(t, os.WriteFile(file, []byte("mask: off\n"), 0o600))
	_, stdout, stderr := run("", maskArgs("lint", "--config", file)...)
	assert.Contains(t, stdout, "13800138000-0318")
	assert.Contains(t, stderr, "13912345678")
	_, stdout, stderr = run("", maskArgs("lint", "--config", file, "--mask", "on")...)
	assert.NotContains(t, stdout+stderr, "13800138000")
	require.NoError(t, os.WriteFile(file, []byte("mask: no\n"), 0o600))
	code, _, stderr := run("", maskArgs("lint", "--config", file)...)
	assert.Equal(t, exitUsage, code)
	assert.Contains(t, stderr, "可用：on、off")
}

// One call is shown masked, and found by its id as it is and as reports show it.
func TestMaskInShow(t *testing.T) {
	for _, id := range []string{"13800138000-0318", "138****8000-0318"} {
		code, stdout, stderr := run("", maskArgs("show", "--call", id)...)
		assert.Equal(t, exitFindings, code)
		assert.Contains(t, stdout, "138****8000-0318")
		for _, who := range persons() {
			assert.NotContains(t, stdout+stderr, who, id)
		}
	}
	_, stdout, _ := run("", maskArgs("show", "--call", "138****8000-0318", "--mask", "off")...)
	assert.Contains(t, stdout, "欧阳建国")
	code, _, stderr := run("", maskArgs("show", "--call", "138")...)
	assert.Equal(t, exitInput, code)
	assert.Contains(t, stderr, "138****8000-0318")
	assert.NotContains(t, stderr, "13800138000")
}

// The workbook of a sample has a column for why its calls were chosen.
// Calls that are read again are those that were chosen: the same as of standard input, which
// cannot be.
func TestSampleReadsAgain(t *testing.T) {
	name := largeDay(t, 3000)
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	args := []string{"sample", "--config", "none", "--rules", packPath(), "--format", "jsonl", "--size", "20", "--risky", "3"}
	code, want, stderr := run(string(data), append(args, "-")...)
	require.Zero(t, code, stderr)
	code, got, stderr := run("", append(args, name)...)
	require.Zero(t, code, stderr)
	assert.Equal(t, strings.ReplaceAll(want, `"-"`, `"`+name+`"`), got)
	assert.Equal(t, 17, strings.Count(got, `"cause":"random"`))

	again := rereadable("in.jsonl")
	assert.True(t, again(&call.Call{Source: name, Line: 1}))
	assert.False(t, again(&call.Call{Source: name}))
	assert.False(t, again(&call.Call{Source: "in.jsonl", Line: 1}))
	assert.False(t, again(&call.Call{Source: filepath.Dir(name), Line: 1}))
}

func TestSampleWorkbookSaysWhy(t *testing.T) {
	file := filepath.Join(t.TempDir(), "s.xlsx")
	_, _, _ = run("", maskArgs("sample", "--output", "xlsx="+file)...)
	assert.Contains(t, readable(t, file), "为什么抽中")
	assert.Contains(t, readable(t, file), "风险 50：扣 50 分")
	_, _, _ = run("", maskArgs("lint", "--output", "xlsx="+file)...)
	assert.NotContains(t, readable(t, file), "为什么抽中")
}

// The labels of a call are told with the names that its other turns tell, and with its id and file.
func TestMaskInEval(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		return file
	}
	turns := `"turns":[{"role":"customer","text":"我叫李秀兰"},{"role":"agent","text":"李秀兰您13912345678没有办法"}]`
	labels := write("labels.jsonl", `{"id":"13800138000",`+turns+`,"expect":["tone/sarcasm"]}`+"\n"+`{"id":"T1","text":"我叫李秀兰，我没有办法","violates":[]}`)
	calls := write("13700137000.jsonl", `{"id":"13800138000",`+turns+`}`)
	pack := write("house.yaml", "pack: house\nextends: documents\nchange: {wording/helpless: {off: true}}\n")
	secrets := []string{"李秀兰", "13912345678", "13800138000", "13700137000"}
	for _, args := range [][]string{{labels, "--list"}, {"--calls", calls, "--against", pack}} {
		for _, format := range []string{"table", "json"} {
			_, stdout, stderr := run("", append([]string{"eval", "--format", format}, args...)...)
			assert.Contains(t, stdout, "没有办法")
			assert.Contains(t, stdout, "138****8000")
			for _, secret := range secrets {
				assert.NotContains(t, stdout+stderr, secret)
			}
		}
	}
}

// Why a rule fires is told of what was said, but not of whom; --mask off tells all.
func TestMaskInRulesWhy(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.txt")
	text := "客服：请问您贵姓？\n客户：我叫张伟，13800138000。\n客服：张伟先生，13800138000没有办法。\n"
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	for _, args := range [][]string{{"--call", file}, {"客：我叫张伟，13800138000 / 坐：张伟先生，13800138000没有办法"}} {
		args = append([]string{"rules", "why", "--config", "none", "wording/helpless"}, args...)
		code, stdout, stderr := run("", args...)
		require.Equal(t, exitClean, code, stderr)
		assert.Contains(t, stdout, "命中")
		assert.Contains(t, stdout, "138****8000没有办法")
		assert.NotContains(t, stdout, "张伟")
		assert.NotContains(t, stdout, "13800138000")
		_, stdout, _ = run("", append(args, "--mask", "off")...)
		assert.Contains(t, stdout, "张伟先生")
		assert.Contains(t, stdout, "13800138000")
	}
}
