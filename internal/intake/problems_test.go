package intake

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/zhijian-qa/zhijian/internal/call"
)

const (
	goodLine = `{"id":"G","turns":[{"role":"agent","text":"您好，请讲。"},{"role":"customer","text":"你好。"}]}`
	goodText = "客服：您好，请讲。\n客户：你好。\n"
)

// read reads standard input under name.
func read(name, text string) ([]*call.Call, []call.Problem) {
	return readAll(Options{Stdin: strings.NewReader(text), StdinName: name}, "-")
}

func TestProblems(t *testing.T) {
	for _, test := range []struct {
		name, file, text string
		calls            int
		want             []string // the English problems; "warning: " if not fatal
	}{
		{"broken line", "a.jsonl", goodLine + "\n{\"id\":\"B\",\"turns\":[{\"role\":\"agent\",\"te\n" + goodLine, 2,
			[]string{"a.jsonl:2: a:2: the JSON is broken: unexpected end of JSON input"}},
		{"broken first line", "a.jsonl", "{\"id\":\n" + goodLine + "\n", 1, []string{"a.jsonl:1: a:1: the JSON is broken"}},
		{"only a broken line", "a.json", `{"id":"B","turns":[}`, 0, []string{`a.json:1: a: the JSON is broken: invalid character '}' looking for beginning of value, character 20, after ":\"B\",\"turns\":[}"`}},
		{"no object", "a.jsonl", goodLine + "\n[1]\n", 1, []string{"a.jsonl:2: a:2: want an object, found [1]"}},
		{"truncated JSON", "a.json", "[\n" + goodLine + ",\n{\"id\":\"T\",\"turns\":[{\"role\":\"agent\",\"text\":\"您", 1, []string{"a.json:3: a#2: the JSON is broken: unexpected end of JSON input"}},
		{"unknown JSON", "a.json", `{"messages":[],"model":"m"}`, 0, []string{"a.json: the JSON is of no known format, its keys are messages, model; zhijian formats lists"}},
		{"deep JSON", "a.jsonl", goodLine + "\n" + strings.Repeat("[", 1000) + strings.Repeat("]", 1000) + "\n", 1, []string{"a.jsonl:2: a:2: the JSON is broken: nested deeper than 300"}},
		{"unknown role", "a.jsonl", strings.Replace(goodLine, `"turns":[`, `"turns":[{"role":"boss","text":"嗯"},`, 1), 1,
			[]string{`a.jsonl:1: G: turns[0].role: unknown role "boss"; want agent, customer, other, unknown`}},
		{"missing role", "a.jsonl", `{"id":"G","turns":[{"text":"好"},{"role":"agent","text":"好"}]}`, 1, []string{"a.jsonl:1: G: turns[0].role is missing", "cannot tell who is the agent"}},
		{"missing text", "a.jsonl", `{"id":"G","turns":[{"role":"customer"},{"role":"agent","text":"好"}]}`, 1, []string{"a.jsonl:1: G: turns[0].text is missing"}},
		{"wrong types", "a.jsonl", `{"id":"G","direction":3,"reported":"no","turns":[{"role":"agent","text":"好","start_ms":"12","end_ms":-1},{"role":"customer","text":7},8]}`, 1, []string{
			"a.jsonl:1: G: direction: want a string, found 3",
			`reported: want true or false, found "no"`,
			`turns[0].start_ms: want milliseconds, 0 or more, found "12"`,
			"turns[0].end_ms: want milliseconds, 0 or more, found -1",
			"turns[1].text: want a string, found 7",
			"turns[2]: want an object, found 8",
		}},
		{"unknown value", "a.jsonl", strings.Replace(goodLine, `"turns"`, `"hangup":"nobody","turns"`, 1), 1, []string{`hangup: unknown value "nobody"; want agent, customer, dropped`}},
		{"wrong time", "a.jsonl", strings.Replace(goodLine, `"turns"`, `"started_at":"noon","turns"`, 1), 1, []string{`started_at: want a time like 2026-03-18T14:05:12+08:00, found "noon"`}},
		{"no turns", "a.jsonl", `{"id":"G","turns":[]}`, 0, []string{"a.jsonl:1: G: the call has no turns"}},
		{"turns of the wrong type", "a.jsonl", `{"id":"G","turns":"您好"}`, 0, []string{"turns: want an array", "the call has no turns"}},
		{"no agent", "a.jsonl", `{"id":"G","turns":[{"role":"customer","text":"喂"}]}`, 1, []string{"a.jsonl:1: G: no turn is an agent's"}},
		{"swapped", "a.jsonl", `{"id":"G","turns":[{"role":"customer","text":"工号8021为您服务"},{"role":"agent","text":"我要投诉"}]}`, 1, []string{"probably swapped"}},
		{"empty", "a.txt", "", 0, []string{"a.txt: the file is empty"}},
		{"only spaces", "a.txt", " \n\r\n", 0, []string{"a.txt: the file is empty"}},
		{"prose", "a.txt", "今天开了一个会，时间：三点。\n下午没有别的事。\n", 0, []string{`a.txt: no speaker labels found, it starts with "今天开了一个会，时间：三点。"`}},
		{"a call in prose", "a.txt", goodText + "-----\n今天开了一个会。\n没有别的事。\n", 1, []string{"a.txt:3: a:3: no speaker labels found: only 0 of 2 lines have one"}},
		{"table of something else", "a.csv", "品名,数量,单价\n茶,1,2\n", 0, []string{`a.csv: the table is of no known format, it starts with "品名,数量,单价"`}},
		{"speakers alike", "a.txt", "A：喂。\nB：喂。\nA：听得到吗。\nB：听得到。\n", 1, []string{"a.txt:1: a: cannot tell who is the agent (speakers: A, B)"}},
		{"both sound like agents", "a.txt", "A：您好，工号6017为您服务。\nB：本次服务我要评价。\nA：好的。\nB：这里是我家，工号6018，帮您查询。\n", 1, []string{"warning: took B"}},
		{"hh:mm or mm:ss", "a.txt", "[14:05] 客服：您好。\n[14:06] 客户：你好。\n", 1, []string{"warning: a.txt:1: a: the times may be mm:ss or hh:mm"}},
		{"zip", "a.xlsx", "PK\x03\x04....", 0, []string{"a.xlsx: the archive is damaged or cut off"}},
		{"old Office", "a.xls", "\xD0\xCF\x11\xE0....", 0, []string{"a.xls: old Office files"}},
		{"binary", "a.txt", "\x00\x01\x02\x00\x00\x00\x07\x00", 0, []string{"a.txt: the text encoding is not known"}},
		{"U+FFFD", "a.txt", goodText + "客服：\uFFFD好\n", 1, []string{"a.txt:3: 1 lines from here on hold damaged characters (read as UTF-8"}},
		{"bytes", "a.txt", goodText + strings.Repeat(goodText, 20) + "客服：\xFF\xFE好\n", 1, []string{"a.txt:43: 1 lines from here on hold damaged characters"}},
		{"JDDC columns", "a.tsv", jddcLine("1", "您好") + jddcLine("0", "你好") + "short\tline\n", 1, []string{"a.tsv:3: short: want 7 columns, found 2"}},
		{"JDDC side", "a.tsv", jddcLine("1", "您好") + jddcLine("2", "你好"), 1, []string{"a.tsv:2: 3fa91c0d77be4e21a5c08d90b1e2f364: column 3: want 1 (agent) or 0 (customer), found \"2\""}},
	} {
		t.Run(test.name, func(t *testing.T) {
			calls, problems := read(test.file, test.text)
			assert.Len(t, calls, test.calls)
			sameProblems(t, test.want, problems)
		})
	}
}

func sameProblems(t *testing.T, want []string, got []call.Problem) {
	t.Helper()
	require.Len(t, got, len(want), "%v", got)
	for i, p := range got {
		text, warning := strings.CutPrefix(want[i], "warning: ")
		assert.Equal(t, warning, !p.Fatal)
		assert.NotEmpty(t, p.What.ZH)
		found := false
		for one := range strings.SplitSeq(text, "|") {
			found = found || strings.Contains(p.In(call.EN), one)
		}
		assert.True(t, found, "want %s\ngot  %s", text, p.In(call.EN))
	}
}

func jddcLine(side, text string) string {
	return "3fa91c0d77be4e21a5c08d90b1e2f364\tUSERID_1\t" + side + "\t0\t0\tnan\t" + text + "\n"
}

func TestMixedEncodings(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("客户：我想问一下我的订单为什么还没有到。\n")
	require.NoError(t, err)
	calls, problems := read("a.txt", strings.Repeat(goodText, 20)+gb)
	sameProblems(t, []string{"warning: a.txt:41: the file is UTF-8, but 1 lines from here on are GB18030"}, problems)
	assert.Equal(t, "我想问一下我的订单为什么还没有到。", calls[0].Turns[40].Text)
}

func TestUnknownRoleIsKept(t *testing.T) {
	calls, _ := read("a.jsonl", strings.Replace(goodLine, `"turns":[`, `"turns":[{"role":"boss","text":"嗯"},`, 1))
	assert.Equal(t, call.Unknown, calls[0].Turns[0].Role)
	assert.False(t, calls[0].RolesUnknown)
}

func TestAgentChannel(t *testing.T) {
	text := "说话人1：喂。\n说话人2：喂。\n说话人1：听得到吗。\n说话人2：听得到。\n"
	for channel, agent := range map[string]int{"1": 0, "2": 1, "first": 0, "second": 1} {
		calls, problems := readAll(Options{Stdin: strings.NewReader(text), AgentChannel: channel}, "-")
		assert.Empty(t, problems)
		assert.Equal(t, call.Agent, calls[0].Turns[agent].Role)
		assert.Equal(t, call.Customer, calls[0].Turns[1-agent].Role)
	}
	calls, problems := readAll(Options{Stdin: strings.NewReader(text), AgentChannel: "0"}, "-")
	sameProblems(t, []string{"-:1: stdin: there is no channel 0; the speakers are 说话人1, 说话人2", "cannot tell"}, problems)
	assert.True(t, calls[0].RolesUnknown)
}

func TestOptions(t *testing.T) {
	_, problems := readAll(Options{Format: "nope"}, "-")
	sameProblems(t, []string{`no format is called "nope"; there are canonical, seretod, jddc, table, label-tab, srt, vtt, lrc, tencent-text, tencent-callback, html-li, plain`}, problems)
	_, problems = readAll(Options{AgentChannel: "7"}, "-")
	sameProblems(t, []string{`agent channel "7" is not known; there are 0, 1, 2, L, R, first, second`}, problems)
	_, problems = readAll(Options{}, "-")
	sameProblems(t, []string{"-: there is no standard input"}, problems)
	_, problems = readAll(Options{Format: "plain", Stdin: strings.NewReader("没有标记。\n")}, "-")
	sameProblems(t, []string{"no speaker labels found"}, problems)
}

func TestPaths(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	write("b.txt", goodText)
	write("a.jsonl", goodLine+"\n")
	write("sub/c.txt", goodText)
	write("sub/notes.txt", "没有说话人。\n")
	write("sub/readme.md", "# x\n")
	write(".hidden/d.txt", goodText)
	write("empty/.keep", "")
	require.NoError(t, os.Symlink(dir, filepath.Join(dir, "sub", "loop")))

	ids := func(paths ...string) (ids []string, problems []call.Problem) {
		for i, p := range paths {
			paths[i] = filepath.Join(dir, p)
		}
		calls, problems := readAll(Options{}, paths...)
		for _, k := range calls {
			ids = append(ids, k.ID)
		}
		return ids, problems
	}
	got, problems := ids(".")
	assert.Equal(t, []string{"G", "b", "c"}, got)
	sameProblems(t, []string{"warning: " + filepath.Join(dir, "sub/notes.txt") + ": no speaker labels found", "warning: " + dir + ": other files skipped: 1 (.md 1)"}, problems)

	got, problems = ids("b.txt", "a.jsonl", "b.txt")
	assert.Equal(t, []string{"b", "G", "b"}, got)
	assert.Empty(t, problems)

	got, problems = ids("**/[bc].txt")
	assert.Equal(t, []string{"b", "c"}, got)
	assert.Empty(t, problems)

	got, problems = ids("none.txt", "none*.txt", "empty", "b.txt")
	assert.Equal(t, []string{"b"}, got)
	sameProblems(t, []string{"none.txt: cannot be read: no such file", "none*.txt: no file matches", "empty: the folder holds no transcript"}, problems)
	assert.Contains(t, problems[0].In(call.ZH), "没有这个文件或文件夹；请检查路径")

	assert.EqualValues(t, len(goodText), Total([]string{filepath.Join(dir, "b.txt")}))
	assert.EqualValues(t, -1, Total([]string{filepath.Join(dir, "b.txt"), "-"}))
}

func TestReadingBreaksOff(t *testing.T) {
	in := &failing{data: []byte(strings.Repeat(goodLine+"\n", 2000))}
	calls, problems := readAll(Options{Stdin: in, StdinName: "a.jsonl"}, "-")
	assert.Len(t, calls, 2000)
	sameProblems(t, []string{"a.jsonl:2001: reading failed: disk on fire; the rest was not checked|reading failed"}, problems)
}

type failing struct{ data []byte }

func (f *failing) Read(p []byte) (int, error) {
	if len(f.data) == 0 {
		return 0, os.ErrDeadlineExceeded
	}
	n := copy(p, f.data)
	f.data = f.data[n:]
	return n, nil
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	in := bytes.NewReader(sampleLines(1000))
	n := 0
	for range Open(ctx, []string{"-"}, Options{Stdin: in}) {
		n++
		cancel()
	}
	assert.Equal(t, 1, n)
}

func TestSizes(t *testing.T) {
	data := sampleLines(1000)
	total := 0
	for c := range Open(t.Context(), []string{"-"}, Options{Stdin: bytes.NewReader(data)}) {
		total += c.Size
	}
	assert.Equal(t, len(data), total)
}

// Where JSON breaks off before its format can be told, that is what is said of it.
func TestJSONThatBreaksOffEarly(t *testing.T) {
	_, problems := readAll(Options{Stdin: strings.NewReader(`{"Result":{"Sentences":[{"BeginTime":1,"Text":"您`), StdinName: "a.json"}, "-")
	require.Len(t, problems, 1)
	assert.Contains(t, problems[0].In(call.EN), `a.json: the JSON breaks off after`)
	assert.True(t, problems[0].Fatal)
}
