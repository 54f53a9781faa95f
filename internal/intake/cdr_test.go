package intake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

const records1 = "通话明细\n通话ID,呼叫方向,主叫号码,被叫号码,坐席工号,坐席姓名,技能组,开始时间,接听时间,结束时间,通话时长(秒),挂机方,录音文件\n" +
	"C1,呼入,138****2671,4006****00,6017,陈静,二组,2026-03-18 14:04:40,2026-03-18 14:05:12,2026-03-18 14:06:14,62,客户,/rec/a-1.wav\n" +
	"C2,呼出,4006****00,139****0002,6018,王宁,二组,2026-03-18 15:04:40,,,0,系统,\n"

const spoken = `{"id":"C1","turns":[{"role":"agent","text":"您好，请讲。"},{"role":"customer","text":"你好。"}]}` + "\n"

// withRecords reads transcripts with a table of call records.
func withRecords(t *testing.T, table, text string, use RecordUse) ([]*call.Call, []call.Problem) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cdr.csv")
	require.NoError(t, os.WriteFile(path, []byte(table), 0o600))
	calls, problems := readAll(Options{CDR: []string{path}, Records: use, Stdin: strings.NewReader(text), StdinName: "a.jsonl"}, "-")
	for i := range problems {
		problems[i].File = filepath.Base(problems[i].File)
		problems[i].What.EN = strings.ReplaceAll(problems[i].What.EN, path, "cdr.csv")
	}
	return calls, problems
}

func TestRecordsAreJoined(t *testing.T) {
	calls, problems := withRecords(t, records1, spoken, RecordsLeft)
	assert.Empty(t, problems)
	require.Len(t, calls, 1)
	got := *calls[0]
	got.Turns = nil
	answered := true
	assert.Equal(t, call.Call{
		ID: "C1", Direction: call.Inbound, Agent: call.Person{ID: "6017", Name: "陈静", Team: "二组"}, Customer: call.Person{Number: "138****2671"},
		StartedAt: "2026-03-18T14:04:40", EndedAt: "2026-03-18T14:06:14", Hangup: call.ByCustomer, Answered: &answered, Source: "a.jsonl", Line: 1,
	}, got)
}

// A switch knows caller and callee: the direction tells who of them is the agent.
func TestRecordsTellWhichEndReleased(t *testing.T) {
	for row, want := range map[string]call.Hangup{"呼入,主叫": call.ByCustomer, "呼入,被叫释放": call.ByAgent, "呼出,主叫": call.ByAgent, "回呼,被叫": call.ByCustomer} {
		calls, problems := withRecords(t, "话单号,呼叫类别,释放方,摘机时间\nC1,"+row+",2026-03-18 14:05:12\n", spoken, RecordsLeft)
		assert.Empty(t, problems)
		assert.Equal(t, want, calls[0].Hangup, row)
		assert.Equal(t, "2026-03-18T14:05:12", calls[0].StartedAt)
	}
	calls, problems := withRecords(t, "话单号,释放方\nC1,主叫\n", spoken, RecordsLeft)
	assert.Empty(t, calls[0].Hangup)
	require.Len(t, problems, 1)
	assert.Contains(t, problems[0].What.EN, "without the direction")
}

// A cause may name who hung up; one that does not is no mistake.
func TestRecordsTellWhyACallEnded(t *testing.T) {
	for row, want := range map[string]call.Hangup{"用户主动挂断,": call.ByCustomer, "正常结束,": "", "正常结束,坐席": call.ByAgent} {
		calls, problems := withRecords(t, "话单号,挂机原因,Disconnected By\nC1,"+row+"\n", spoken, RecordsLeft)
		assert.Empty(t, problems)
		assert.Equal(t, want, calls[0].Hangup, row)
	}
}

// A recording's name finds its call too.
func TestRecordsAreFoundByRecording(t *testing.T) {
	calls, problems := withRecords(t, records1, strings.Replace(spoken, "C1", "a-1", 1), RecordsLeft)
	assert.Empty(t, problems)
	assert.Equal(t, "陈静", calls[0].Agent.Name)
}

func TestRecordsWithoutTranscript(t *testing.T) {
	_, problems := withRecords(t, records1, spoken, RecordsCounted)
	sameProblems(t, []string{"warning: cdr.csv:4: 1 calls of the records have no transcript (from this line on) and were not checked"}, problems)
	calls, problems := withRecords(t, records1, spoken, RecordsYielded)
	sameProblems(t, []string{"warning: cdr.csv:4: 1 calls of the records have no transcript (from this line on): they count for dropped calls and callbacks alone"}, problems)
	require.Len(t, calls, 2)
	k := calls[1]
	assert.True(t, k.Record)
	assert.True(t, k.Failed())
	assert.Equal(t, "C2", k.ID)
	assert.Equal(t, "139****0002", k.Customer.Number)
	assert.Equal(t, call.Dropped, k.Hangup)
	assert.Equal(t, "2026-03-18T15:04:40", k.StartedAt)
	assert.NotNil(t, k.Turns)
	assert.Equal(t, 4, k.Line)
}

func TestRecordsThatContradict(t *testing.T) {
	told := strings.Replace(spoken, `"id":"C1"`, `"id":"C1","agent":{"id":"9001"},"direction":"outbound","hangup":"agent","started_at":"2026-04-18T14:05:12"`, 1)
	calls, problems := withRecords(t, records1, told, RecordsLeft)
	sameProblems(t, []string{
		`warning: a.jsonl:1: C1: agent: the transcript has "9001", the call record (cdr.csv, line 3) has "6017"; the transcript counts`,
		`warning: a.jsonl:1: C1: hang-up: the transcript has "agent", the call record (cdr.csv, line 3) has "customer"; the transcript counts`,
		`warning: a.jsonl:1: C1: direction: the transcript has "outbound", the call record (cdr.csv, line 3) has "inbound"; the transcript counts`,
		`warning: a.jsonl:1: C1: start: the transcript has "2026-04-18T14:05:12", the call record (cdr.csv, line 3) has "2026-03-18T14:04:40"; the transcript counts`,
	}, problems)
	assert.Equal(t, call.Person{ID: "9001"}, calls[0].Agent)
}

func TestRecordProblems(t *testing.T) {
	head := "通话ID,呼叫方向,开始时间,是否接通\n"
	for _, test := range []struct {
		name, table string
		want        []string
	}{
		{"twice", head + "C1,呼入,2026-03-18 14:04:40,是\nC1,呼出,,\n", []string{"warning: cdr.csv:3: C1: the call is in the records twice, line 2 of cdr.csv counts"}},
		{"no id", head + ",呼入,2026-03-18 14:04:40,是\nC1,,,\n", []string{"warning: cdr.csv:2: the row has no call id and was not used"}},
		{"cells", head + "C1,2,昨天,是\n", []string{`warning: cdr.csv:2: C1: column 呼叫方向: "2" is a code`, `warning: cdr.csv:2: C1: the time "昨天" is not understood`}},
		{"another call", head + "C7,呼入,,\n", []string{"warning: a.jsonl:1: C1: the call records do not have this call"}},
		{"long ids", head + "4.00602E+11,呼入,,\nC1,呼入,,\n", []string{`warning: cdr.csv:2: the call id "4.00602E+11" is a long number`}},
		{"header", "品名,数量\n茶,1\n", []string{"cdr.csv:1: the table of call records has no header that is known"}},
		{"unanswered", head + "C1,呼入,,未接通\n", []string{`warning: a.jsonl:1: C1: answered: the transcript has "true", the call record (cdr.csv, line 2) has "false"`}},
		{"empty", "", []string{"cdr.csv: the file is empty"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			calls, problems := withRecords(t, test.table, spoken, RecordsLeft)
			assert.Len(t, calls, 1)
			sameProblems(t, test.want, problems)
		})
	}
	_, problems := readAll(Options{CDR: []string{"none.csv"}, Stdin: strings.NewReader(spoken)}, "-")
	sameProblems(t, []string{"none.csv: cannot be read: no such file"}, problems)
}

func TestRecordsFromWorkbook(t *testing.T) {
	path := newBook(t, "cdr.xlsx", map[string][][]any{
		"说明": {{"话单"}}, "明细": {{"会话ID", "呼叫方向", "坐席工号", "开始时间", "通话时长"}, {"C1", "来电", 6017, 46099.586944444, 0.000717593}},
	}, "说明", "明细")
	calls, problems := readAll(Options{CDR: []string{path}, Stdin: strings.NewReader(spoken)}, "-")
	assert.Empty(t, problems)
	assert.Equal(t, "6017", calls[0].Agent.ID)
	assert.Equal(t, "2026-03-18T14:05:12", calls[0].StartedAt[:19])
	assert.True(t, *calls[0].Answered)
}

// Platforms have many words for a line that broke.
func TestRecordsTellOfDrops(t *testing.T) {
	for _, word := range []string{"系统", "系统断线", "异常中断", "网络中断", "線路中斷"} {
		calls, problems := withRecords(t, strings.Replace(records1, "客户,/rec", word+",/rec", 1), spoken, RecordsLeft)
		assert.Empty(t, problems, word)
		require.Len(t, calls, 1)
		assert.Equal(t, call.Dropped, calls[0].Hangup, word)
	}
}
