package script

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	utf16 "golang.org/x/text/encoding/unicode"

	"github.com/zhijian-qa/zhijian/internal/call"
)

var update = flag.Bool("update", false, "write the golden files")

// fixtures are the libraries in testdata, by name.
func fixtures(t testing.TB) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/*.*")
	require.NoError(t, err)
	out := map[string][]byte{}
	for _, file := range files {
		if filepath.Ext(file) == ".golden" {
			continue
		}
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		out[filepath.Base(file)] = data
	}
	require.NotEmpty(t, out)
	return out
}

func TestFixtures(t *testing.T) {
	for name, data := range fixtures(t) {
		t.Run(name, func(t *testing.T) {
			got := dump(read(t, name, string(data)))
			golden := filepath.Join("testdata", name+".golden")
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			assert.Equal(t, string(want), got)
		})
	}
}

// Every wording of every fixture is replaced, by itself and then by other words:
// the file reads back with those, and all else is as it was.
func TestApplyFixtures(t *testing.T) {
	for name, data := range fixtures(t) {
		t.Run(name, func(t *testing.T) {
			l := read(t, name, string(data))
			same, err := l.Apply(nil)
			require.NoError(t, err)
			assert.Equal(t, data, same)
			for i, e := range l.Entries {
				for j := range e.Lines {
					replaced(t, l, name, i, j)
				}
			}
		})
	}
}

// replaced replaces a code point of a wording and compares what is read then.
func replaced(t *testing.T, l *Library, name string, i, j int) {
	t.Helper()
	line := &l.Entries[i].Lines[j]
	runes := []rune(line.Text)
	at := slices.IndexFunc(runes, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	out, err := l.Apply([]Edit{{Line: line, Start: at, End: at + 1, Text: string(runes[at])}})
	require.NoError(t, err)
	assert.Equal(t, dump(l), dump(read(t, name, string(out))), "by itself: %s", line.Text)

	out, err = l.Apply([]Edit{{Line: line, Start: at, End: at + 1, Text: "替换"}})
	require.NoError(t, err)
	again := read(t, name, string(out))
	want := string(runes[:at]) + "替换" + string(runes[at+1:])
	require.Len(t, again.Entries, len(l.Entries))
	assert.Equal(t, want, again.Entries[i].Lines[j].Text)
	again.Entries[i].Lines[j].Text = line.Text
	assert.Equal(t, words(l), words(again))
}

// words are all the words of a library, without where they stand.
func words(l *Library) (out []string) {
	for _, e := range l.Entries {
		out = append(out, e.ID, e.Scene, e.Step)
		out = append(append(out, texts(e.Lines)...), texts(e.Forbidden)...)
	}
	return out
}

func TestApply(t *testing.T) {
	for name, test := range map[string]struct {
		file, before string
		old, new     string
		after        string
	}{
		"CSV":                {"a.csv", "编号,话术\r\n1,\"您好，\"\"请\"\"讲。\"\r\n", "请", "\"您\"", "编号,话术\r\n1,\"您好，\"\"\"\"您\"\"\"\"讲。\"\r\n"},
		"CSV without quotes": {"a.csv", "编号,话术,备注\n1,请稍等,\n", "稍等", "稍候", "编号,话术,备注\n1,请稍候,\n"},
		"CSV needs quotes":   {"a.csv", "编号,话术,备注\n1,请稍等,\n", "稍等", "稍候,\"好\"吗", "编号,话术,备注\n1,\"请稍候,\"\"好\"\"吗\",\n"},
		"semicolons":         {"a.csv", "编号;话术\n1;请稍等\n", "稍等", "稍候,好吗", "编号;话术\n1;请稍候,好吗\n"},
		"TSV":                {"a.tsv", "编号\t话术\n1\t请稍等\n", "稍等", "稍\t候", "编号\t话术\n1\t\"请稍\t候\"\n"},
		"wrapped":            {"a.csv", "编号,话术\n1,\"请您稍微等\n一下。\"\n", "等一下", "候片刻", "编号,话术\n1,\"请您稍微候片刻\n。\"\n"},

		"Markdown":      {"a.md", "# 等待  \n\n*  请**稍等**。  \n", "稍等", "稍候", "# 等待  \n\n*  请**稍候**。  \n"},
		"bold":          {"a.md", "# 等待\n- 请**稍**等。\n", "稍等", "稍候", "# 等待\n- 请**稍候**。\n"},
		"table":         {"a.md", "| 编号 | 话术 |\n|--|--|\n|1| 请稍\\|等 |\n", "稍|等", "a|b", "| 编号 | 话术 |\n|--|--|\n|1| 请a\\|b |\n"},
		"stars":         {"a.md", "# 等待\n- 尾号XX\n", "XX", "***", "# 等待\n- 尾号***\n"},
		"one star":      {"a.md", "# 等待\n- 尾号XX\n", "XX", "*", "# 等待\n- 尾号\\*\n"},
		"quotation":     {"a.md", "# 等待\n> 请\n> 稍等。\n", "请稍", "您稍", "# 等待\n> 您稍\n> 等。\n"},
		"text":          {"a.txt", "请稍等。\n\n再见。", "稍等", "稍候", "请稍候。\n\n再见。"},
		"JSON":          {"a.json", `[ {"话术": "请\"稍\"等"} ]`, `"稍"等`, "\"您\"\t\\", `[ {"话术": "请\"您\"\t\\"} ]`},
		"JSON escapes":  {"a.json", `[{"话术":"\u8bf7\u7a0d\u7b49"}]`, "稍等", "稍😀", `[{"话术":"\u8bf7\u7a0d\ud83d\ude00"}]`},
		"JSON mixed":    {"a.json", `[{"话术":"\u8bf7稍等"}]`, "稍等", "稍候", `[{"话术":"\u8bf7稍候"}]`},
		"YAML plain":    {"a.yaml", "- 话术: 请稍等 # 常用\n", "稍等", "稍候", "- 话术: 请稍候 # 常用\n"},
		"YAML colon":    {"a.yaml", "- 话术: 请稍等 # 常用\n", "稍等", "说: it's #1", "- 话术: '请说: it''s #1' # 常用\n"},
		"YAML start":    {"a.yaml", "- 话术: 请稍等\n", "请稍等", "- a", "- 话术: '- a'\n"},
		"YAML number":   {"a.yaml", "- 话术: 请稍等\n", "请稍等", "12", "- 话术: '12'\n"},
		"YAML flow":     {"a.yaml", "- {话术: 请稍等}\n", "稍等", "a, b", "- {话术: '请a, b'}\n"},
		"YAML brackets": {"a.yaml", "- 话术: 请{姓名}稍等\n", "稍等", "稍候", "- 话术: 请{姓名}稍候\n"},
		"YAML single":   {"a.yaml", "- 话术: '请稍等'\n", "稍等", "it's", "- 话术: '请it''s'\n"},
		"YAML double":   {"a.yaml", "- 话术: \"请\\u7a0d等\"\n", "稍等", "\"您\"", "- 话术: \"请\\\"您\\\"\"\n"},
		"YAML literal":  {"a.yaml", "- 话术: |\n    请稍等\n    好吗。\n  编号: 1\n", "等好", "候可", "- 话术: |\n    请稍候可\n    吗。\n  编号: 1\n"},
		"YAML folded":   {"a.yaml", "- 话术: >-\n    请\n    稍等。\n", "请稍", "您稍", "- 话术: >-\n    您稍\n    等。\n"},
		"YAML lines":    {"a.yaml", "- 话术: 请\n    稍等\n", "稍等", "稍候", "- 话术: 请\n    稍候\n"},
		"CRLF":          {"a.md", "# 等待\r\n- 请您，\r\n  稍等。\r\n", "，稍", "快", "# 等待\r\n- 请您快\r\n  等。\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			l := read(t, test.file, test.before)
			out, err := l.Apply([]Edit{find(t, l, test.old, test.new)})
			require.NoError(t, err)
			assert.Equal(t, test.after, string(out))
		})
	}
}

// find is the edit that replaces the first place of some words.
func find(t *testing.T, l *Library, old, replacement string) Edit {
	t.Helper()
	for _, e := range l.Entries {
		for i := range e.Lines {
			if before, _, ok := strings.Cut(e.Lines[i].Text, old); ok {
				start := len([]rune(before))
				return Edit{&e.Lines[i], start, start + len([]rune(old)), replacement}
			}
		}
	}
	t.Fatal("not found:", old, dump(l))
	return Edit{}
}

func TestApplySeveral(t *testing.T) {
	l := read(t, "a.csv", "编号,话术\n1,请等等等\n2,再见\n")
	first, second := &l.Entries[0].Lines[0], &l.Entries[1].Lines[0]
	out, err := l.Apply([]Edit{{second, 0, 2, "拜拜,"}, {first, 2, 3, ""}, {first, 0, 0, "您，"}, {first, 4, 4, "。"}})
	require.NoError(t, err)
	assert.Equal(t, "编号,话术\n1,您，请等等。\n2,\"拜拜,\"\n", string(out))

	_, err = l.Apply([]Edit{{first, 0, 2, "a"}, {first, 1, 3, "b"}})
	assert.EqualError(t, err, "两处替换互相重叠")
	_, err = l.Apply([]Edit{{first, 3, 9, "a"}})
	assert.Error(t, err)
}

// An alias of YAML is the text it stands for: the same edit of both is one.
func TestApplyAliases(t *testing.T) {
	l := read(t, "a.yaml", "- 话术: &a 请稍等\n- 话术: *a\n")
	out, err := l.Apply([]Edit{{&l.Entries[0].Lines[0], 1, 3, "稍: 候"}, {&l.Entries[1].Lines[0], 1, 3, "稍: 候"}})
	require.NoError(t, err)
	assert.Equal(t, "- 话术: &a '请稍: 候'\n- 话术: *a\n", string(out))
}

func TestRefusedEdits(t *testing.T) {
	for file, text := range map[string]string{"a.md": "# 等待\n- 请稍等\n", "a.txt": "请稍等\n", "a.yaml": "- 话术: '请稍等'\n", "b.yaml": "- 话术: |\n    请稍等\n"} {
		l := read(t, file, text)
		_, err := l.Apply([]Edit{find(t, l, "稍等", "稍\n候")})
		var refusal *WriteError
		require.ErrorAs(t, err, &refusal, file)
		assert.NotEmpty(t, refusal.What.EN)
	}
}

func TestEncodings(t *testing.T) {
	table := "编号,话术\r\n1,麻烦您稍等，我马上为您查询，请不要挂机。\r\n"
	traditional := "編號,話術\r\n話術編號,話術\r\n1,麻煩您稍等，我馬上為您查詢，請不要掛機。\r\n"
	for name, test := range map[string]struct {
		enc        encoding.Encoding
		mark, text string
		old, new   string
	}{
		"UTF-8 mark": {encoding.Nop, "\xEF\xBB\xBF", table, "稍等", "稍候"},
		"GB18030":    {simplifiedchinese.GB18030, "", table, "稍等", "稍候"},
		"GB mark":    {simplifiedchinese.GB18030, "\x84\x31\x95\x33", table, "稍等", "稍候"},
		"UTF-16LE":   {utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM), "\xFF\xFE", table, "稍等", "稍候"},
		"UTF-16BE":   {utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM), "", table, "稍等", "稍候"},
		"Big5":       {traditionalchinese.Big5, "", strings.ReplaceAll(traditional, "話術編號,話術", "code,text"), "稍等", "稍候"},
	} {
		t.Run(name, func(t *testing.T) {
			data, err := test.enc.NewEncoder().Bytes([]byte(test.text))
			require.NoError(t, err)
			l, problem := Read("a.csv", append([]byte(test.mark), data...))
			require.Nil(t, problem)
			out, err := l.Apply([]Edit{find(t, l, test.old, test.new)})
			require.NoError(t, err)
			want, err := test.enc.NewEncoder().Bytes([]byte(strings.Replace(test.text, test.old, test.new, 1)))
			require.NoError(t, err)
			assert.Equal(t, append([]byte(test.mark), want...), out)
		})
	}
}

func TestUnwritableEncodings(t *testing.T) {
	data, err := traditionalchinese.Big5.NewEncoder().Bytes([]byte("code,text\r\n1,麻煩您稍等，我馬上為您查詢，請不要掛機。\r\n"))
	require.NoError(t, err)
	l, problem := Read("a.csv", data)
	require.Nil(t, problem)
	_, err = l.Apply([]Edit{find(t, l, "稍等", "这里")})
	assert.ErrorContains(t, err, "写不出")

}

func TestBrokenCharacters(t *testing.T) {
	text := "code,text\n1,请稍等" + strings.Repeat("，请稍等", 20) + "\xff\n"
	l := read(t, "a.csv", text)
	require.Len(t, l.Notes, 1)
	assert.Equal(t, 2, l.Notes[0].Line)
	out, err := l.Apply([]Edit{find(t, l, "稍等", "稍候")})
	require.NoError(t, err)
	assert.Equal(t, strings.Replace(text, "稍等", "稍候", 1), string(out))
}

func TestRefusedFiles(t *testing.T) {
	for name, test := range map[string]struct{ file, text, want string }{
		"xls":       {"a.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "另存为 .xlsx"},
		"doc":       {"a.csv", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "另存为 .xlsx"},
		"empty":     {"a.md", " \n", "文件是空的"},
		"binary":    {"a.bin", "\x00\x01\x02\x00", "不认识这种文件"},
		"JSON":      {"a.json", "{\"话术\": \"您好\",\n x}", "a.json:2: 不是正确的 JSON，第 2 列"},
		"deep JSON": {"a.json", strings.Repeat("[", 1000), "不是正确的 JSON"},
		"YAML":      {"a.yaml", "- 话术: a: b\n", "a.yaml:1: 不是正确的 YAML"},
		"nothing":   {"a.md", "只是一段话\n\n| a | b |\n|--|--|\n", ""},
		"bomb":      {"a.yaml", bomb(9), "别名（*）展开后过大"},
		"itself":    {"a.yaml", "&a [*a, *a, *a, 请稍等]\n", "别名（*）展开后过大"},
		"no script": {"a.yaml", "version: 1\n", "没有找到话术"},
	} {
		t.Run(name, func(t *testing.T) {
			l, problem := Read(test.file, []byte(test.text))
			if test.want == "" {
				require.NotNil(t, l)
				return
			}
			require.NotNil(t, problem)
			assert.Contains(t, problem.In(call.ZH), test.want)
			assert.True(t, problem.Fatal)
		})
	}
}

// bomb is a file of YAML whose last list stands for ten to the power of n texts.
func bomb(n int) string {
	text := "a0: &a0 请稍等\n"
	for i := range n {
		text += fmt.Sprintf("a%d: &a%[1]d [%s]\n", i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	return text
}

// Files of waivers and of rules lie beside libraries and are none.
func TestOtherFiles(t *testing.T) {
	for text, want := range map[string]string{
		"waivers:\n  - rule: tone.hello\n    script: HS-1\n    reason: 客户要求这样说，已经批准\n": "豁免文件",
		"pack:\n  title: 本公司规则要求这样说\n":                                                 "规则包",
		"pack: ours\nextends: documents\nadd:\n  words: {leader: [行长, 总经理]}\n":         "规则包",
		"pack: ours\nversion: 1.0.0\nrules:\n  - id: a\n    title: {zh: 不要这样说话}\n":     "规则包",
	} {
		_, problem := Read("a.yaml", []byte(text))
		require.NotNil(t, problem, text)
		assert.True(t, problem.Nothing && problem.Fatal)
		assert.Contains(t, problem.What.ZH, want)
	}
	assert.Len(t, read(t, "a.yaml", "waivers: 2\nscripts:\n  - 话术: 请稍等。\n").Entries, 1)
}

func TestContentDecides(t *testing.T) {
	for text, want := range map[string]string{
		"编号,话术\n1,您好\n":            "csv",
		"编号\t话术\n1\t您好\n":          "tsv",
		"[{\"话术\":\"您好\"}]":        "json",
		"## 开场\n- 您好\n":            "markdown",
		"|编号|话术|\n|-|-|\n|1|您好|\n": "markdown",
		"- 话术: 您好\n":               "yaml",
		"您好，请讲。\n再见。\n":            "text",
		"[开场]\n您好\n":               "text",
	} {
		assert.Equal(t, want, read(t, "library", text).Carrier, text)
	}
	assert.Equal(t, "tsv", read(t, "a.txt", "编号\t话术\n1\t您好\n").Carrier)
	assert.Equal(t, "text", read(t, "a.txt", "# 开场\n您好\n").Carrier)
}
