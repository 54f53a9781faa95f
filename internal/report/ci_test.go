package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

var update = flag.Bool("update", false, "write what the tests see into their golden files")

// at is an origin whose code points stand beside each other.
type at call.Place

func (a at) Place(offset int) call.Place {
	p := call.Place(a)
	if p.Column > 0 {
		p.Column += offset
	}
	return p
}

// scripted is a script that breaks a rule at a place.
func scripted(id, source string, place call.Place) *lint.Result {
	r := result("这个我也没办法", 2, 7)
	r.Call.ID, r.Call.Source, r.Call.Agent = id, source, call.Person{}
	r.Call.Script, r.Call.Scene = true, "等待 › 等待致谢"
	r.Call.Turns[0].Origin = at(place)
	r.Verdict.Findings[0].Fix = &rule.Edit{Start: 2, End: 7, Text: "我来为您处理"}
	return r
}

// spoken is a call with all that a transcript can know.
func spoken() *lint.Result {
	r := result("这个我也没办法", 2, 7)
	r.Call.Source, r.Call.Line = "通话 记录/a#1.jsonl", 3
	r.Call.Agent = call.Person{ID: "8021", Name: "张敏", Team: "一组"}
	r.Call.Turns[0].Start, r.Call.Turns[0].Line = call.At(65_000), 3
	f := &r.Verdict.Findings[0]
	f.Related = []rule.Range{{Turn: 0, Start: 0, End: 2, Quote: "这个"}, {Turn: -1}}
	f.Fix = &rule.Edit{Start: 2, End: 7, Text: "我来为您处理"}
	whole := *f
	whole.At, whole.Role, whole.Rule, whole.Related, whole.Fix = rule.Range{Turn: -1}, call.Agent, thanks(), nil, nil
	r.Verdict.Findings = append(r.Verdict.Findings, whole, *f)
	r.Verdict.Score = &rule.Score{Points: 76}
	return r
}

func thanks() *rule.Rule {
	return &rule.Rule{ID: "closing/thanks", Severity: rule.Info, Kind: "require", Title: call.Say{ZH: "没有感谢来电", EN: "No thanks"},
		Why: call.Say{ZH: "收尾要完整。", EN: "A call wants an end."}, Advice: call.Say{ZH: "感谢您的来电", EN: "Thank you for calling"}}
}

// warned is a call with a finding of the severity between.
func warned() *lint.Result {
	r := result("没办法", 0, 3)
	gentle := *r.Verdict.Findings[0].Rule
	gentle.Severity = rule.Warning
	r.Verdict.Findings[0].Rule = &gentle
	return r
}

// hostileCall is a call all of whose words try to break out.
func hostileCall() *lint.Result {
	evil := "=1+1\x00\x1b[31m]]></a>&\"'\r\n::error::x,%0A\u202e\ufffe\xff"
	r := result("没办法", 0, 3)
	r.Call.ID, r.Call.Source, r.Call.Agent = evil, evil, call.Person{ID: "+86", Name: "@SUM(A1)", Team: "\t-1"}
	f := &r.Verdict.Findings[0]
	f.Message, f.At.Quote = call.Say{ZH: evil}, evil
	return r
}

func accepted() *lint.Result {
	r := result("这个我也没办法", 2, 7)
	r.Call.Agent = call.Person{}
	f := r.Verdict.Findings[0]
	r.Verdict.Findings = nil
	r.Verdict.Suppressed = []rule.Suppressed{{Finding: f, By: rule.ByWaiver, Reason: "法务要求的原话"}, {Finding: f, By: rule.ByBaseline}}
	return r
}

// runs are the runs that every format must be able to tell of.
func runs() map[string][]*lint.Result {
	clean := &lint.Result{Call: &call.Call{ID: "C0", Source: "-"}, Verdict: rule.Verdict{Judged: 1}}
	unjudged := &lint.Result{Call: &call.Call{ID: "C9", Source: `./b/../c.txt`, Line: 1},
		Verdict: rule.Verdict{NotEvaluated: []rule.NotEvaluated{{Rule: "listening/dead-air", Reason: call.Say{ZH: "没有时间", EN: "no times"}}}}}
	lost := &lint.Result{Problem: &call.Problem{File: "坏.json", Line: 7, What: call.Say{ZH: "读不了：100%", EN: "cannot be read: 100%"}, Fatal: true}}
	note := &lint.Result{Problem: &call.Problem{What: call.Say{ZH: "说话人不明", EN: "no speakers"}}}
	scripts := []*lint.Result{scripted("HS01", "话术.csv", call.Place{Line: 12, Column: 5}),
		scripted("HS02", "话术.csv", call.Place{Line: 14, Column: 5}),
		scripted("HS03", "话术.xlsx", call.Place{Sheet: "话术", Cell: "E3"}), scripted("", "话术.docx", call.Place{Para: 14})}
	return map[string][]*lint.Result{"nothing": nil, "clean": {clean}, "calls": {spoken(), warned(), clean}, "scripts": scripts,
		"suppressed": {accepted()}, "problems": {lost, unjudged, note}, "hostile": {hostileCall()}}
}

func demo() []*rule.Pack {
	return []*rule.Pack{{Name: "demo", Rules: []*rule.Rule{helpless(), thanks()}}, {Name: "more", Rules: []*rule.Rule{helpless()}}}
}

// valid says for every format how to tell that a report is one.
func valid(t *testing.T) map[string]func(t *testing.T, text string) {
	return map[string]func(*testing.T, string){
		"sarif":      schema(t, "sarif-2.1.0-rtm.5.json"),
		"gitlab":     schema(t, "gitlab-code-quality.json"),
		"junit":      func(t *testing.T, text string) { follows(t, junitGrammar(), text) },
		"checkstyle": func(t *testing.T, text string) { follows(t, checkstyleGrammar(), text) },
		"github":     areCommands,
		"csv":        isTable,
	}
}

func schema(t *testing.T, name string) func(*testing.T, string) {
	s, err := jsonschema.NewCompiler().Compile("testdata/schemas/" + name)
	require.NoError(t, err)
	return func(t *testing.T, text string) {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		require.NoError(t, err, text)
		assert.NoError(t, s.Validate(v), text)
	}
}

// areCommands wants a workflow command on every line, and nothing else.
func areCommands(t *testing.T, text string) {
	command := regexp.MustCompile(`^::(error|warning|notice)( [a-zA-Z]+=[^,:\r\n]*(,[a-zA-Z]+=[^,:\r\n]*)*)?::[^\r\n]+\n$`)
	for line := range strings.Lines(text) {
		assert.Regexp(t, command, line)
	}
}

// isTable wants rows of one length, without formulas.
func isTable(t *testing.T, text string) {
	text, marked := strings.CutPrefix(text, "\ufeff")
	require.True(t, marked)
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err, text)
	for _, row := range rows {
		assert.Len(t, row, 19)
		for _, cell := range row {
			assert.NotRegexp(t, `^[\s=+\-@＝＋－＠]`, cell)
		}
	}
	assert.Equal(t, strings.Count(text, "\n"), strings.Count(text, "\r\n"))
}

// Every report of every run is what its format says it is, and what it was before.
func TestReportsForCI(t *testing.T) {
	for format, check := range valid(t) {
		for name, results := range runs() {
			t.Run(format+"/"+name, func(t *testing.T) {
				text := written(t, format, Options{Version: "v1.2.3", Packs: demo(), Scripts: name == "scripts"}, results...)
				check(t, text)
				assert.NotContains(t, text, "\x1b")
				golden(t, filepath.Join("testdata/ci", name+"."+format), text)
			})
		}
	}
	for format, check := range valid(t) {
		check(t, written(t, format, Options{Lang: call.EN, SummaryOnly: true}, runs()["calls"]...))
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}

// longPlace is a script in a sheet with a long name, with two faults.
func longPlace() *lint.Result {
	r := scripted("HS05", "客服部/2026 年/标准话术总表.xlsx", call.Place{Sheet: "投诉与升级处理（2026 年修订）", Cell: "AE128"})
	r.Call.Turns[0].Text = "非常抱歉，这个我也没办法，您可以登录我们的网站自己查一下，或者等系统恢复了再打过来，谢谢您的理解和支持。"
	f := &r.Verdict.Findings[0]
	f.At.Start, f.At.End = 7, 12
	second := *f
	second.Rule, second.Related = thanks(), []rule.Range{{Turn: 0, Start: 0, End: 4, Quote: "非常抱歉"}}
	second.Message = call.Say{ZH: "没有感谢。", EN: "No thanks."}
	r.Verdict.Findings = append(r.Verdict.Findings, second)
	return r
}

// Tables of scripts speak of scripts, at any width.
func TestTableOfScripts(t *testing.T) {
	for _, width := range []int{80, 160} {
		for _, lang := range []call.Lang{call.ZH, call.EN} {
			text := written(t, "table", Options{Lang: lang, Width: width, Scripts: true}, append(runs()["scripts"], longPlace(), accepted())...)
			golden(t, fmt.Sprintf("testdata/scripts-%d-%s.txt", width, lang), text)
			assert.NotRegexp(t, `轮|通话|坐席 +|\bturn|\bcalls?\b|\bagent`, strings.ReplaceAll(text, "坐席说了", ""))
		}
	}
}

func TestPaths(t *testing.T) {
	for source, want := range map[string][2]string{
		"a.txt":             {"a.txt", "a.txt"},
		"./通话/a b.txt":      {"通话/a b.txt", "%E9%80%9A%E8%AF%9D/a%20b.txt"},
		"a:b#c?d%.txt":      {"a:b#c?d%.txt", "./a:b%23c%3Fd%25.txt"},
		"../x/./y.txt":      {"../x/y.txt", "../x/y.txt"},
		"/work/repo/a.txt":  {"a.txt", "a.txt"},
		"/work/other/a.txt": {"/work/other/a.txt", "file:///work/other/a.txt"},
		"-":                 {"stdin", "stdin"},
	} {
		assert.Equal(t, want[0], filePath(source, "/work/repo"))
		assert.Equal(t, want[1], fileURI(source, "/work/repo"))
	}
	assert.Equal(t, "/work/repo/a.txt", filePath("/work/repo/a.txt", ""))
	if runtime.GOOS == "windows" {
		assert.Equal(t, "calls/a.txt", filePath(`calls\a.txt`, ""))
		assert.Equal(t, "file:///C:/a.txt", fileURI(`C:\a.txt`, ""))
	}
}

func TestHarmless(t *testing.T) {
	for cell, want := range map[string]string{"": "", "没办法": "没办法", "a=1": "a=1", "=1": "'=1", "+86": "'+86", "-": "'-", "@x": "'@x",
		"\t=1": "' =1", "\r=1": "' =1", "\ta": "' a", " =1": "' =1", "＝1": "'＝1", "a\nb": "a b"} {
		assert.Equal(t, want, harmless(cell), cell)
	}
}

func TestPascalCase(t *testing.T) {
	assert.Equal(t, "WordingItsTheRule", pascalCase("wording/its-the-rule"))
	assert.Equal(t, "催收A1", pascalCase("/催收//a1-"))
}

func TestSarifVersion(t *testing.T) {
	for version, want := range map[string]string{"v1.2.3": "1.2.3", "1.0": "1.0", "dev": "0.0.0-dev", "": ""} {
		assert.Equal(t, want, numeric(version))
	}
}

// GitLab drops all but one issue of a fingerprint.
func TestGitlabFingerprintsDiffer(t *testing.T) {
	again := func(of *lint.Result, source string) *lint.Result {
		of.Call.Source = source
		of.Verdict.Findings = append(of.Verdict.Findings, of.Verdict.Findings[0])
		return of
	}
	text := written(t, "gitlab", Options{}, again(result("没办法", 0, 3), "a"), again(result("没办法", 0, 3), "b"), again(result("没办法", 0, 3), "a"))
	var issues []gitlabIssue
	require.NoError(t, json.Unmarshal([]byte(text), &issues))
	seen := map[string]bool{}
	for _, i := range issues {
		seen[i.Fingerprint] = true
	}
	assert.Len(t, seen, 6)
}

// fixesOf is how many fixes SARIF has for a finding.
func fixesOf(t *testing.T, r *lint.Result) int {
	return strings.Count(written(t, "sarif", Options{}, r), `"replacements"`)
}

// escaped is an origin one of whose code points takes two columns.
type escaped struct{ at }

func (e escaped) Place(offset int) call.Place {
	p := e.at.Place(offset)
	if offset > 3 {
		p.Column++
	}
	return p
}

// A tool that knows lines and columns only must not break a file.
func TestSarifFixesOnlyWhatIsSafe(t *testing.T) {
	here := call.Place{Line: 12, Column: 5}
	fixable := func() *lint.Result { return scripted("HS01", "a.csv", here) }
	assert.Equal(t, 1, fixesOf(t, fixable()))
	for name, change := range map[string]func(*lint.Result){
		"transcript": func(r *lint.Result) { r.Call.Script = false },
		"cell":       func(r *lint.Result) { r.Call.Turns[0].Origin = at{Sheet: "a", Cell: "B2"} },
		"escape":     func(r *lint.Result) { r.Call.Turns[0].Origin = escaped{at(here)} },
		"old quotes": func(r *lint.Result) { r.Call.Turns[0].Text = `这个我也没"法` },
		"quotes":     func(r *lint.Result) { r.Verdict.Findings[0].Fix.Text = `说"好"` },
		"lines":      func(r *lint.Result) { r.Verdict.Findings[0].Fix.Text = "好\n的" },
	} {
		r := fixable()
		change(r)
		assert.Zero(t, fixesOf(t, r), name)
	}
	r := fixable()
	r.Verdict.Findings[0].Fix.Suggestion = true
	assert.Contains(t, written(t, "sarif", Options{}, r), "（请人工核对）")
}

// A run that stopped half-way is not told as a whole one.
func TestInterrupted(t *testing.T) {
	for _, format := range []string{"sarif", "junit", "github", "json", "table"} {
		var b bytes.Buffer
		w, err := New(format, &b, Options{})
		require.NoError(t, err)
		require.NoError(t, w.Close(&Summary{Calls: 1, Interrupted: true}))
		assert.Regexp(t, "中途停止，只含已检查的通话|\"interrupted\":true", b.String(), format)
		if check := valid(t)[format]; check != nil {
			check(t, b.String())
		}
	}
}

// Problems of the input are named up to a limit, and the rest counted.
func TestSarifBoundsNotifications(t *testing.T) {
	var many []*lint.Result
	for range mostNotifications + 5 {
		many = append(many, &lint.Result{Problem: &call.Problem{File: "a", What: call.Say{ZH: "坏了"}}})
	}
	text := written(t, "sarif", Options{}, many...)
	assert.Equal(t, mostNotifications, strings.Count(text, "坏了"))
	assert.Contains(t, text, "另有输入问题 5 处")
	assert.Contains(t, text, `"executionSuccessful":true`)
	assert.Contains(t, written(t, "sarif", Options{}, runs()["problems"]...), `"executionSuccessful":false`)
}

// Ten thousand findings are written when they come, and not kept.
func TestReportsStream(t *testing.T) {
	for _, name := range Names() {
		if name == "html" || Binary(name) {
			continue // html writes blocks of many calls, see TestHTMLKeepsNoCall; a zip comes at the end, its rows from temporary files
		}
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			w, err := New(name, &b, Options{})
			require.NoError(t, err)
			for range 10_000 {
				before := b.Len()
				require.NoError(t, w.Call(result("没办法", 0, 3)))
				require.Greater(t, b.Len(), before)
				b.Reset()
			}
			require.NoError(t, w.Close(&Summary{}))
			assert.Less(t, b.Len(), 1000)
		})
	}
}

// What was accepted is counted apart and listed with its reason.
func TestSuppressed(t *testing.T) {
	text := written(t, "jsonl", Options{}, accepted())
	assert.Contains(t, text, `"findings":[],"suppressed":[{"rule":"wording/helpless",`)
	assert.Contains(t, text, `"by":"waiver","reason":"法务要求的原话"},{"rule"`)
	assert.Contains(t, text, `"by":"baseline"}],"not_evaluated"`)
	assert.Contains(t, written(t, "json", Options{}, accepted()), `"findings":0,"by_severity":{"error":0,"warning":0,"info":0},"suppressed":{"waiver":1,"baseline":1},`)
	assert.NotContains(t, written(t, "json", Options{}, result("没办法", 0, 3)), "suppressed")
	assert.Equal(t, "检查了 1 通通话，没有发现问题。另有 1 处已豁免，1 处在基线中。\n", written(t, "table", Options{}, accepted()))
	assert.Equal(t, "1 call checked, nothing found. Besides, 1 waived, 1 in the baseline.\n", written(t, "table", Options{Lang: call.EN}, accepted()))
}

// JSON says where the words of a script stand.
func TestPlacesInJSON(t *testing.T) {
	text := written(t, "jsonl", Options{}, runs()["scripts"]...)
	assert.Contains(t, text, `"scene":"等待 › 等待致谢"`)
	assert.Contains(t, text, `"line":12,"column":7,"advice"`)
	assert.Contains(t, text, `"place":"话术!E3","advice"`)
	assert.Contains(t, text, `"place":"第 14 段","advice"`)
	assert.Contains(t, text, `"fix":{"start":2,"end":7,"text":"我来为您处理"}`)
}
