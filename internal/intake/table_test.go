package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// No name stands for two fields, so that the order of a map decides nothing.
func TestColumnNamesAreUnique(t *testing.T) {
	seen := map[string]meaning{}
	for f, names := range columnNames() {
		for name := range strings.FieldsSeq(names) {
			name = strings.ReplaceAll(name, "_", "")
			assert.Empty(t, seen[name], name)
			seen[name] = f
			folded, _ := foldName(name)
			assert.Equal(t, name, folded)
		}
	}
}

func TestColumns(t *testing.T) {
	for cell, want := range map[string]meaning{
		"\uFEFF会话ID": callField, "*通话流水号 ": callField, "session_id": callField, "Session ID": callField, "通話編號": callField, "录音唯一标识": callField,
		"【坐席】工号": agentField, "客服代表工号": agentField, "坐席姓名(必填)": agentName, "客服专员名称": agentName, "所属班组": teamField,
		"客户联系电话": customerNumber, "主叫": callerField, "被叫号": calleeField, "呼叫方向（呼入/呼出）": directionField,
		"开始时间(秒)": beginField, "录音开始时间": beginField, "句子起始时间": fromField, "发言结束": toField, "消息发送时间": timeField, "挂机时间": finishField, "接通时间": answerField,
		"挂断方": hangupField, "先挂机人": hangupField, "通话时长（分钟）": durationField, "等待时长(秒)": otherField, "消息类型": otherField,
		"【说话人】": roleField, "*（会话标识）": callField, "摘机时间": answerField, "呼叫类别": directionField,
		"发言角色": roleField, "录音转写文字内容": textField, "ASR识别文本": textField, "text": textField, "坐席话语内容": agentText,
		"话术内容": "", "知识内容": "", "品名": "", "您好，请问有什么可以帮您？": "", "": "",
	} {
		assert.Equal(t, want, newColumn(cell).field, cell)
	}
	assert.Equal(t, seconds, newColumn("开始时间（秒）").unit)
	assert.Equal(t, millis, newColumn("start_time(ms)").unit)
	assert.Equal(t, seconds, newColumn("结束时间秒").unit)
}

func TestTimes(t *testing.T) {
	const noon = 1773842712_000 // 2026-03-18T14:05:12 as if in UTC
	for text, want := range map[string]timeValue{
		"2026-03-18 14:05:12":       {kind: aDate, ms: noon, exact: true},
		"2026/3/18 14:05":           {kind: aDate, ms: noon - 12_000},
		"2026年3月18日 14时05分12秒":      {kind: aDate, ms: noon, exact: true},
		"2026-03-18T06:05:12.5Z":    {kind: aDate, ms: noon + 500, zoned: true, exact: true},
		"2026-03-18T14:05:12+08:00": {kind: aDate, ms: noon, zoned: true, exact: true},
		"20260318140512":            {kind: aDate, ms: noon, exact: true},
		"20260318":                  {kind: anOffset, ms: 20260318_000},
		"3/18/26 2:05:12 PM":        {kind: aDate, ms: noon, exact: true},
		"2026/3/18 下午 2:05:12":      {kind: aDate, ms: noon, exact: true},
		"46099.58694444444":         {kind: aDate, ms: noon, exact: true},
		"1773813912":                {kind: aDate, ms: noon, zoned: true, exact: true},
		"1773813912000":             {kind: aDate, ms: noon, zoned: true, exact: true},
		"0.586944444":               {kind: aClock, ms: 14*hourMS + 5*minuteMS + 12*secondMS, exact: true},
		"14:05:12":                  {kind: aClock, ms: 14*hourMS + 5*minuteMS + 12*secondMS, exact: true},
		"75:03.20":                  {kind: aShort, ms: 75*minuteMS + 3_200, exact: true},
		"1小时2分3秒":                   {kind: anOffset, ms: hourMS + 2*minuteMS + 3*secondMS},
		"10分":                       {kind: anOffset, ms: 10 * minuteMS},
		"820ms":                     {kind: anOffset, ms: 820},
		"0.82s":                     {kind: anOffset, ms: 820},
		"62":                        {kind: anOffset, ms: 62_000},
		" '62 ":                     {kind: anOffset, ms: 62_000},
		"PT1M0.82S":                 {kind: anOffset, ms: 60_820},
		"NULL":                      {},
		"":                          {},
	} {
		got, ok := readTime(text, seconds)
		assert.True(t, ok, text)
		if want.ms%secondMS == 0 {
			got.ms = (got.ms + 1) / secondMS * secondMS // days of a spreadsheet are rounded
		}
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"中午", "-5", "2026-13-40 10:00:00", "1e400", "12:x"} {
		_, ok := readTime(text, seconds)
		assert.False(t, ok, text)
	}
}

func TestIDs(t *testing.T) {
	for cell, want := range map[string]string{"C-1": "C-1", " '0821\t": "0821", `="0821"`: "0821", "8021.0": "8021", "1.23456789E+8": "123456789", "NULL": "", "400602123456789": "400602123456789"} {
		id, exact := cleanID(cell)
		assert.Equal(t, want, id, cell)
		assert.True(t, exact, cell)
	}
	for _, cell := range []string{"4.00602E+11", "400602123456789000000"} {
		_, exact := cleanID(cell)
		assert.False(t, exact, cell)
	}
}

const tableHead = "通话ID,工号,角色,说话时间,内容\n"

func TestTableProblems(t *testing.T) {
	long := strings.Repeat("好", cellLimit)
	for _, test := range []struct {
		name, text string
		calls      int
		want       []string
	}{
		{"header without rows", tableHead, 0, []string{"a.csv:1: it holds no call"}},
		{"no text", "通话ID,坐席工号,通话时长\nC1,6017,62\n", 0, []string{"a.csv: this is a table of call records without what is said (its columns are 通话ID, 坐席工号, 通话时长); name the transcripts, and this file with --cdr"}},
		{"no text nor id", "角色,时间,满意度\n客服,1,2\n", 0, []string{"a.csv: the table has no column with what is said (its columns are 角色, 时间, 满意度); one must be called 内容"}},
		{"total", tableHead + "C1,6017,客服,1,您好\n合计1条,,,,\n", 1, []string{`warning: a.csv:3: the row holds nothing but "合计1条", which is no call, and was not read`}},
		{"only a total", tableHead + "合计0条,,,,\n", 0, []string{"warning: a.csv:2: the row holds nothing but", "a.csv:1: it holds no call"}},
		{"nobody speaks", tableHead + "C1,6017,客服,1,\n", 0, []string{"a.csv:2: C1: nobody speaks in it"}},
		{"time", tableHead + "C1,6017,客服,中午,您好\nC1,6017,客户,5,喂\n", 1, []string{`warning: a.csv:2: C1: the time "中午" is not understood and not used`}},
		{"short times", tableHead + "C1,6017,客服,14:05,您好\nC1,6017,客户,14:06,喂\n", 1, []string{"warning: a.csv:2: C1: the times may be mm:ss or hh:mm and are not used"}},
		{"long id", tableHead + "4.00602E+11,6017,客服,1,您好\n4.00602E+11,6017,客户,2,喂\n", 1, []string{`warning: a.csv:2: the call id "4.00602E+11" is a long number that a spreadsheet has rounded`}},
		{"lost zeros", tableHead + "C1,821,客服,1,您好\nC2,8021,客服,2,您好\n", 2, []string{`warning: a.csv:2: the staff id "821" is shorter than "8021"`}},
		{"full cell", "通话ID,转写文本\nC1,客服：您好\\n客户：" + long + "\n", 1, []string{"warning: a.csv:2: C1: the text fills a cell (32767 characters)"}},
		{"error of Excel", tableHead + "C1,6017,客服,1,#NAME?\nC1,6017,客服,2,您好\n", 1, []string{"warning: a.csv:2: C1: the text is #NAME?, an error of Excel"}},
		{"quotes", tableHead + "C1,6017,客服,1,\"您好\nC1,6017,客户,2,喂\n", 1, []string{"warning: a.csv:2: a quotation mark is not closed and is read as text"}},
		{"direction", "通话ID,呼叫方向,挂机方,角色,内容\nC1,1,2,客服,您好\nC2,内线,未知,客服,您好\n", 2, []string{
			`warning: a.csv:2: C1: column 呼叫方向: "1" is a code that vendors use differently, it is not used; name the vendor with --cdr-vendor (alibaba, tencent)`,
			`warning: a.csv:2: C1: column 挂机方: "2" does not tell who hung up`,
			`warning: a.csv:3: C2: column 呼叫方向: "内线" does not tell the direction`,
			`warning: a.csv:3: C2: column 挂机方: "未知" does not tell who hung up`,
		}},
		{"no speaker", "通话ID,内容\nC1,您好\nC1,喂\n", 1, []string{"a.csv:2: C1: the transcript does not tell speakers apart"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			calls, problems := read("a.csv", test.text)
			assert.Len(t, calls, test.calls)
			sameProblems(t, test.want, problems)
		})
	}
	_, problems := readAll(Options{Format: "table", Stdin: strings.NewReader("品名,数量\n茶,1\n")}, "-")
	sameProblems(t, []string{"-:1: stdin: the table has no header that is known"}, problems)
}

func TestTextProblems(t *testing.T) {
	for _, test := range []struct {
		format, text string
		want         []string
	}{
		{"srt", "1\n没有时间\n", []string{"a.srt:1: a: no cue with times found"}},
		{"srt", "1\n00:00:05,000 --> 00:00:01,000\n客服：您好\n\n2\n00:00:06,000 --> 00:00:07,000\n客户：喂\n", []string{"warning: a.srt:2: a: this cue ends before it starts"}},
		{"srt", "1\n00:00:05,000 --> 00:00:06,000\n\n", []string{"a.srt:2: a: nobody speaks in it"}},
		{"vtt", "WEBVTT\n\nNOTE nothing else\n", []string{"a.vtt:1: a: no cue with times found"}},
		{"lrc", "[ti:x]\n", []string{"a.lrc:1: a: no line with a time found"}},
		{"html-li", "<li start=x end=900>客服：您好</li><li start=1000>客户：喂</li>", []string{`warning: a.html-li:1: a: the time "x" is not understood and not used; want milliseconds`}},
		{"label-tab", "客服\t您好\n客户\t喂\n\n没有标记\n", []string{`a.label-tab:4: a:4: want a speaker (客服, USER) in the first column, found "没有标记"`}},
		{"tencent-text", "没有时间\n", []string{"a.tencent-text:1: a: nobody speaks in it"}},
		{"tencent-callback", "code=10000&requestId=7&message=decode+failed\n", []string{`a.tencent-callback:1: a: the recognition failed: code=10000, message="decode failed"`}},
		{"tencent-callback", "code=0&text=%zz\n", []string{"a.tencent-callback:1: a: the form of the callback is broken"}},
	} {
		t.Run(test.format, func(t *testing.T) {
			_, problems := readAll(Options{Format: test.format, Stdin: strings.NewReader(test.text), StdinName: "a." + test.format}, "-")
			sameProblems(t, test.want, problems)
		})
	}
}

func TestVoicesOfCues(t *testing.T) {
	calls, problems := read("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 客服><b>您好</b>。</v> <v.loud 客户>喂&amp;你好。\n\n00:03.000 --> 00:04.000\n听得到吗？\n")
	assert.Empty(t, problems)
	var got []string
	for _, turn := range calls[0].Turns {
		start, _ := turn.Start.Get()
		got = append(got, fmt.Sprint(turn.Role, " ", start, " ", turn.Text))
	}
	assert.Equal(t, []string{"agent 1000 您好。", "customer 1000 喂&你好。", "customer 3000 听得到吗？"}, got)
}

func TestLRC(t *testing.T) {
	calls, problems := read("a.lrc", "[offset:+500]\n[00:01.00][75:03.2]客服：您好，请讲。\n[00:05.00]客户：喂。\n")
	assert.Empty(t, problems)
	var got []int64
	for _, turn := range calls[0].Turns {
		start, _ := turn.Start.Get()
		got = append(got, start)
		assert.True(t, turn.End.IsZero())
	}
	assert.Equal(t, []int64{500, 4500, 4502700}, got)
}

// Where nobody is named, what is said is kept apart.
func TestWhisperTSV(t *testing.T) {
	calls, problems := read("a.tsv", "start\tend\ttext\n600\t4200\t您好，请讲。\n4600\t5000\t喂\n")
	sameProblems(t, []string{"a.tsv:2: a: the transcript does not tell speakers apart"}, problems)
	require.Len(t, calls[0].Turns, 2)
	assert.Equal(t, call.At(4200), calls[0].Turns[0].End)
	assert.Equal(t, 3, calls[0].Turns[1].Line)
}

func TestRolesOfTables(t *testing.T) {
	for cell, want := range map[string]call.Role{
		"坐席8021": call.Agent, "客服(张敏)": call.Agent, "坐席侧": call.Agent, "AGENT": call.Agent, "客户端": call.Customer, "USER": call.Customer,
		"被叫": call.Agent, "主叫": call.Customer, "机器人": call.Other, "陈静": call.Agent, "6017": call.Agent, "李先生": call.Customer,
	} {
		calls, problems := read("a.csv", "通话ID,呼叫方向,工号,坐席姓名,客户姓名,角色,内容\nC1,呼入,6017,陈静,李先生,客服,您好\nC1,呼入,6017,陈静,李先生,"+cell+",这句话\n")
		assert.Empty(t, problems)
		assert.Equal(t, want, calls[0].Turns[1].Role, cell)
	}
}

func TestMergedCells(t *testing.T) {
	calls, problems := read("a.csv", "会话ID,角色,内容\nC1,客服,您好。\n,客户,喂。\n,,听得到吗？\nC2,客服,您好。\n,客户,喂。\n")
	assert.Empty(t, problems)
	require.Len(t, calls, 2)
	assert.Equal(t, call.Customer, calls[0].Turns[2].Role)
	assert.Len(t, calls[1].Turns, 2)
}

// Each of some vendors' numbers is one direction, and the same number another for another vendor.
func TestVendors(t *testing.T) {
	text := "通话ID,呼叫方向,角色,内容\nC1,1,客服,您好\nC2,0,客服,您好\nC3,3,客服,您好\n"
	for vendor, want := range map[string][]call.Direction{"tencent": {call.Outbound, call.Inbound, ""}, "alibaba": {call.Outbound, "", call.Inbound}} {
		calls, _ := readAll(Options{Vendor: vendor, Stdin: strings.NewReader(text)}, "-")
		for i, k := range calls {
			assert.Equal(t, want[i], k.Direction)
		}
	}
	_, problems := readAll(Options{Vendor: "nobody"}, "-")
	sameProblems(t, []string{`the vendor "nobody" of call records is not known; there are alibaba, tencent`}, problems)
}

// rows are the rows of n calls with three utterances each, in an order of places.
func rows(n int, place func(call, turn int) int) string {
	all := make([]string, 3*n)
	for i := range n {
		for j, role := range []string{"客服", "客户", "客服"} {
			all[place(i, j)] = fmt.Sprintf("C%d,6017,%s,%d,这是第 %d 通的第 %d 句话，有 \"\"引号\"\"。\n", i, role, j*4000, i, j)
		}
	}
	return tableHead + strings.Join(all, "")
}

// Calls come whole whether their rows stand together or are mixed with those of calls around them.
func TestTableIsCutBetweenCalls(t *testing.T) {
	const n = 20_000
	for name, place := range map[string]func(call, turn int) int{
		"together": func(i, j int) int { return 3*i + j },
		"mixed":    func(i, j int) int { return i/50*150 + j*50 + i%50 },
	} {
		t.Run(name, func(t *testing.T) {
			calls, problems := read("a.csv", rows(n, place))
			assert.Empty(t, problems)
			require.Len(t, calls, n)
			for i, k := range calls {
				require.Equal(t, fmt.Sprintf("C%d", i), k.ID)
				require.Len(t, k.Turns, 3)
			}
		})
	}
}

func TestCallThatComesAgain(t *testing.T) {
	text := rows(100_000, func(i, j int) int { return 3*i + j }) + "C7,6017,客服,1,又来了。\n"
	calls, problems := read("a.csv", text)
	assert.Len(t, calls, 100_001)
	sameProblems(t, []string{"warning: a.csv:300002: C7: rows of this call stand further up as well, too far away"}, problems)
}

// newBook writes a workbook with sheets of rows.
func newBook(t testing.TB, name string, sheets map[string][][]any, order ...string) string {
	t.Helper()
	f := excelize.NewFile()
	for _, sheet := range order {
		_, err := f.NewSheet(sheet)
		require.NoError(t, err)
		for i, row := range sheets[sheet] {
			require.NoError(t, f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row))
		}
	}
	require.NoError(t, f.DeleteSheet("Sheet1"))
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, f.SaveAs(path))
	return path
}

func TestWorkbooks(t *testing.T) {
	head := []any{"会话ID", "角色", "内容"}
	said := func(id, text string) []any { return []any{id, "客服", text} }
	path := newBook(t, "a.xlsx", map[string][][]any{
		"说明": {{"请勿改动表头"}},
		"一月": {head, said("C1", "您好\n请讲\t。"), nil, said("C2", "您\"好\"。")},
		"二月": {{"二月明细"}, head, said("C3", "您好。")},
	}, "说明", "一月", "二月")
	calls, problems := readAll(Options{}, path)
	assert.Empty(t, problems)
	require.Len(t, calls, 3)
	assert.Equal(t, "您好\n请讲\t。", calls[0].Turns[0].Text)
	assert.Equal(t, "您\"好\"。", calls[1].Turns[0].Text)
	assert.Equal(t, 4, calls[1].Line)
	assert.Equal(t, path+"/一月", calls[1].Source)
	assert.Equal(t, path+"/二月", calls[2].Source)

	labels := newBook(t, "b.xlsx", map[string][][]any{"s": {{"客服：您好，请讲。"}, {"客户：喂。"}}}, "s")
	calls, problems = readAll(Options{}, labels)
	assert.Empty(t, problems)
	assert.Len(t, calls[0].Turns, 2)

	_, problems = readAll(Options{}, newBook(t, "c.xlsx", map[string][][]any{"s": nil}, "s"))
	sameProblems(t, []string{"c.xlsx: the workbook is empty; check the export"}, problems)
	_, problems = readAll(Options{}, newBook(t, "d.xlsx", map[string][][]any{"s": {{"通话ID", "坐席工号", "通话时长"}, {"C1", 6017, 62}}}, "s"))
	sameProblems(t, []string{"d.xlsx: this is a table of call records without what is said"}, problems)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	_, problems = read("e.xlsx", string(data[:len(data)/2]))
	sameProblems(t, []string{"e.xlsx: "}, problems)
}
