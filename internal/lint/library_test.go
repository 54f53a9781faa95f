package lint

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/internal/script"
	"github.com/zhijian-qa/zhijian/rules"
)

// libraries are one library of scripts in every carrier.
func libraries(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../testdata/scripts/library*")
	require.NoError(t, err)
	require.Len(t, files, 10)
	return files
}

// documents judges scripts by the pack of that name.
func documents(t *testing.T) *Linter {
	t.Helper()
	p, err := rule.Load(rules.FS, "documents")
	require.NoError(t, err)
	return &Linter{Checks: []Check{{Pack: p, Rules: rule.ForScripts(p.Rules)}}}
}

func readLibrary(t *testing.T, file string) (*script.Library, []byte) {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	lib, problem := script.Read(file, data)
	require.Nil(t, problem)
	return lib, data
}

// faults lists findings as faults.tsv does: entry, rule and quote.
func faults(results []Result) (lines []string) {
	for _, r := range results {
		for _, f := range r.Verdict.Findings {
			lines = append(lines, r.Call.ID+"\t"+f.Rule.ID+"\t"+f.At.Quote)
		}
	}
	return lines
}

// planted is the thirty faults of the library.
func planted(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("../../testdata/scripts/faults.tsv")
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	require.Len(t, lines, 30)
	return lines
}

func TestLibraryHasThePlantedFaults(t *testing.T) {
	l, want := documents(t), planted(t)
	for _, file := range libraries(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			lib, _ := readLibrary(t, file)
			assert.Equal(t, strings.Join(want, "\n"), strings.Join(faults(l.JudgeLibrary(lib)), "\n"))
			assert.Len(t, lib.Scripts(), 73)
			assert.Equal(t, 4, lib.Skipped())
			for _, n := range lib.Notes {
				assert.Contains(t, n.What.ZH, "历史版本", "only the hidden sheet is worth a note")
			}
		})
	}
}

// Both scenes of a correction have no script, and that for an escalation is at fault.
func TestLibraryCoverage(t *testing.T) {
	l := documents(t)
	for _, file := range libraries(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			lib, _ := readLibrary(t, file)
			c := l.NewCoverage()
			for _, r := range l.JudgeLibrary(lib) {
				c.Add(&r)
			}
			var missing []string
			for _, s := range c.Scenes {
				if len(s.Compliant) == 0 {
					missing = append(missing, fmt.Sprint(s.ID, " ", len(s.Flawed)))
				}
			}
			assert.Equal(t, []string{"callback-correction-opening 0", "callback-correction-closing 0", "escalation 1"}, missing)
		})
	}
}

// mended is what the safe replacements do to the wordings.
var mended = [][2]string{
	{"实在不好意思让您等了这么久，师傅", "非常感谢您的耐心等待，师傅"},
	{"先生，让您久等了，", "先生，非常感谢您的耐心等待，"},
	{"很抱歉让您久等了，二线", "非常感谢您的耐心等待，二线"},
	{"讓您久等啦，新的", "非常感謝您的耐心等待，新的"},
	{"不好意思久等了哈，账单", "非常感谢您的耐心等待，账单"},
	{"抱歉让您久等了，____", "非常感谢您的耐心等待，____"},
}

// mendedFaults are those that the replacements take away: one of them ends a conflict.
var mendedFaults = []string{
	"KD-002\twaiting/sorry-for-wait", "KD-015\twaiting/sorry-for-wait", "KD-015\tscript/conflict",
	"KD-027\twaiting/sorry-for-wait", "KD-031\twaiting/sorry-for-wait", "KD-034\twaiting/sorry-for-wait", "KD-063\twaiting/sorry-for-wait",
}

func TestLibraryIsMended(t *testing.T) {
	l := documents(t)
	want := slices.DeleteFunc(planted(t), func(line string) bool {
		return slices.ContainsFunc(mendedFaults, func(gone string) bool { return strings.HasPrefix(line, gone+"\t") })
	})
	require.Len(t, want, 23)
	for _, file := range libraries(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			lib, data := readLibrary(t, file)
			fixed := l.Fix(lib, data, false)
			if lib.Carrier == "docx" {
				assert.Len(t, fixed.Left, len(mended))
				assert.Equal(t, data, fixed.Data, "a Word file is not written")
				return
			}
			assert.Len(t, fixed.Made, len(mended))
			assert.Empty(t, fixed.Left)
			again, problem := script.Read(file, fixed.Data)
			require.Nil(t, problem)
			assert.Equal(t, strings.Join(want, "\n"), strings.Join(faults(l.JudgeLibrary(again)), "\n"))
			second := l.Fix(again, fixed.Data, false)
			assert.Empty(t, second.Made)
			assert.Equal(t, fixed.Data, second.Data)
			sameButMended(t, lib.Carrier, data, fixed.Data)
		})
	}
}

// sameButMended compares a file before and after: nothing but the wordings differs.
func sameButMended(t *testing.T, carrier string, before, after []byte) {
	t.Helper()
	if carrier == "xlsx" {
		sameWorkbook(t, before, after)
		return
	}
	text, encode, ok := intake.Decode(before)
	require.True(t, ok)
	for _, m := range mended {
		count := strings.Count(text, m[0])
		if count == 0 { // written in escapes
			m[0], m[1] = inEscapes(m[0]), inEscapes(m[1])
			count = strings.Count(text, m[0])
		}
		require.Equal(t, 1, count, m[0])
		text = strings.Replace(text, m[0], m[1], 1)
	}
	want, err := encode(text)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(after))
}

func inEscapes(text string) string { return strings.Trim(strconv.QuoteToASCII(text), `"`) }

// sameWorkbook compares two workbooks: but for the strings and the sheet of scripts
// all parts are the same, and of these two all that is not a text. One string is
// used by another sheet too, so that the cell gets a text of its own.
func sameWorkbook(t *testing.T, before, after []byte) {
	t.Helper()
	old, now := parts(t, before), parts(t, after)
	require.Equal(t, len(old), len(now))
	const shared, sheet = "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml"
	want := old[shared]
	for _, m := range mended[:4] {
		require.Equal(t, 1, strings.Count(want, m[0]))
		want = strings.Replace(want, m[0], m[1], 1)
	}
	want = strings.Replace(want, ">不好意思</t>", ">非常感谢您的耐心等待</t>", 1) // the first run; the second lost its part
	want = strings.Replace(want, ">久等了哈，账单", ">，账单", 1)
	assert.Equal(t, want, now[shared])

	own := regexp.MustCompile(`(<c r="E\d+" s="2" t=)"s"><v>\d+</v>`)
	inline := regexp.MustCompile(`"inlineStr"><is><t xml:space="preserve">` + mended[5][1] + `[^<]*</t></is>`)
	cells := own.FindAllString(old[sheet], -1)
	changed := slices.DeleteFunc(slices.Clone(cells), func(c string) bool { return strings.Contains(now[sheet], c) })
	require.Len(t, changed, 1)
	assert.Len(t, inline.FindAllString(now[sheet], -1), 1)
	start, _, _ := strings.Cut(changed[0], `"s"><v>`)
	assert.Equal(t, strings.Replace(old[sheet], changed[0], start, 1), inline.ReplaceAllString(now[sheet], ""))
	for name := range old {
		if name != shared && name != sheet {
			assert.Equal(t, old[name], now[name], name)
		}
	}
}

// parts is the parts of an archive by name.
func parts(t *testing.T, data []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	out := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		require.NoError(t, err)
		content, err := io.ReadAll(r)
		require.NoError(t, err)
		out[f.Name] = string(content)
	}
	return out
}

// A replacement is left where it would contradict another entry, and only that one.
func TestFixLeavesTheChangeThatClashes(t *testing.T) {
	l := documents(t)
	data := []byte("报修:\n- {编号: B1, 标准话术: 让您久等啦，新的光猫已经注册成功。}\n- {编号: B2, 标准话术: 让您等了这么久，今天人多，实在不好意思。}\n" +
		"账单:\n- {编号: B3, 标准话术: 抱歉让您久等了，账单已经发送。}\n")
	lib, problem := script.Read("b.yaml", data)
	require.Nil(t, problem)
	fixed := l.Fix(lib, data, false)
	require.Len(t, fixed.Made, 1)
	assert.Equal(t, "B3", fixed.Made[0].Script)
	require.Len(t, fixed.Left, 1)
	assert.Equal(t, "B1", fixed.Left[0].Script)
	assert.Contains(t, fixed.Left[0].Why.ZH, "script/conflict")
}

// What is accepted is no more written than it is counted.
func TestFixLeavesWhatIsAccepted(t *testing.T) {
	l := documents(t)
	data := []byte("# 等待\n\n<!-- zhijian:allow waiting/* -- 总部要求 -->\n## A1 恢复\n- 话术：抱歉让您久等了。\n\n## A2 恢复\n- 话术：让您久等了。\n")
	lib, problem := script.Read("w.md", data)
	require.Nil(t, problem)
	fixed := l.Fix(lib, data, false)
	require.Len(t, fixed.Made, 1)
	assert.Equal(t, "A2", fixed.Made[0].Script)
}
