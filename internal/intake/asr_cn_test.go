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

const (
	notDone   = "the recognition is not done yet (%s); fetch the result again when it is; there is nothing to check"
	jobFailed = "the recognition failed (%s); fix what its code says and transcribe again; there is nothing to check"
	silent    = "the recognition succeeded but heard no speech (%s); check that the recording has sound; there is nothing to check"
	noWords   = "the recognition succeeded but has no sentences (%s); check the recording, or fetch the whole result again; there is nothing to check"
)

func saying(message, what string) string {
	return "a.json:1: a: " + strings.Replace(message, "%s", what, 1)
}

// A job that failed, runs, or heard nobody is a problem that says so, and no call.
func TestJobsWithoutTranscript(t *testing.T) {
	for text, want := range map[string]string{
		`{"TaskId":"t","StatusText":"SUCCESS_WITH_NO_VALID_FRAGMENT","StatusCode":21050003}`:                                       saying(silent, "SUCCESS_WITH_NO_VALID_FRAGMENT, 21050003"),
		`{"TaskId":"t","StatusText":"RUNNING","StatusCode":"21050001"}`:                                                            saying(notDone, "RUNNING, 21050001"),
		`{"TaskId":"t","StatusText":"FILE_DOWNLOAD_FAILED","StatusCode":41050002}`:                                                 saying(jobFailed, "FILE_DOWNLOAD_FAILED, 41050002"),
		`{"StatusText":"SUCCESS","StatusCode":21050000,"Result":{"Sentences":[]}}`:                                                 saying(noWords, "SUCCESS, 21050000"),
		`{"task_id":"t","status_text":"QUEUEING","status_code":21050002}`:                                                          saying(notDone, "QUEUEING, 21050002"),
		`[{"callId":"C1","secretNo":"170","statusCode":"21050003"}]`:                                                               strings.Replace(saying(silent, "SUCCESS_WITH_NO_VALID_FRAGMENT, 21050003"), ": a:", ": C1:", 1),
		`{"Data":{"RecordFileText1In":{"Status":"FAILED","StatusCode":41050011,"ErrorMessage":"no file"}}}`:                        "a.json:1: a: Data.RecordFileText1In: the recognition failed (FAILED, 41050011, no file); fix what its code says and transcribe again; there is nothing to check",
		`{"output":{"task_id":"t","task_status":"RUNNING"}}`:                                                                       saying(notDone, "RUNNING"),
		`{"output":{"task_status":"FAILED","results":[{"code":"InvalidFile","message":"bad"}]}}`:                                   saying(jobFailed, "FAILED, InvalidFile, bad"),
		`{"Data":{"TaskId":"t","TaskStatus":"FAILED","ErrorCode":"TSC.Audio","ErrorMessage":"bad"}}`:                               saying(jobFailed, "FAILED, TSC.Audio, bad"),
		`{"Response":{"Data":{"TaskId":4,"Status":3,"StatusStr":"failed","Result":"","ResultDetail":null,"ErrorMsg":"no audio"}}}`: saying(jobFailed, "failed, 3, no audio"),
		`{"Data":{"TaskId":4,"Status":1,"StatusStr":"doing","Result":"","ErrorMsg":""}}`:                                           saying(notDone, "doing, 1"),
		`{"request_id":"r","audio_duration":0,"code":4002,"message":"bad key","flash_result":[]}`:                                  saying(jobFailed, "4002, bad key"),
		`{"Response":{"TelCdrs":[{"SessionId":"s"},{"SessionId":"u"}]}}`:                                                           "a.json:1: a: these are call records (2) without what was said; give them with --cdr, beside the transcripts; there is nothing to check",
		`{"code":"000000","content":{"orderInfo":{"status":3,"failType":0},"orderResult":""}}`:                                     saying(notDone, "status 3 processing, failType 0"),
		`{"code":"000000","content":{"orderInfo":{"status":-1,"failType":6}}}`:                                                     saying(jobFailed, "status -1, failType 6"),
		`{"ok":-1,"err_no":26602,"failed":"no such task","data":null}`:                                                             saying(jobFailed, "26602, no such task"),
		`{"ok":0,"err_no":0,"failed":null,"data":"{\"status\":2,\"desc\":\"merging\"}"}`:                                           saying(notDone, "processing, 0, merging"),
		`{"tasks_info":[{"task_id":"t","task_status":"Running"}]}`:                                                                 saying(notDone, "Running"),
		`{"tasks_info":[{"task_id":"t","task_status":"Failure","task_result":{"err_no":3301,"err_msg":"speech quality"}}]}`:        saying(jobFailed, "Failure, 3301, speech quality"),
		`{"error_code":0,"result":{"session_id":"C1","state":1,"state_desc":"处理中"}}`:                                               strings.Replace(saying(notDone, "running 处理中, 1"), ": a:", ": C1:", 1),
		`{"resp":{"id":"v","code":2000,"message":"Running"}}`:                                                                      saying(notDone, "processing, 2000, Running"),
		`{"resp":{"id":"v","code":1013,"message":"no speech"}}`:                                                                    saying(silent, "silence, 1013, no speech"),
		`{"audio_info":{"duration":9},"result":{"text":""}}`:                                                                       "a.json:1: a: the recognition succeeded but has no sentences; check the recording, or fetch the whole result again; there is nothing to check",
		`{"job_id":"j","status":"WAITING","create_time":"2026-04-17T02:00:00Z"}`:                                                   saying(notDone, "WAITING"),
		`{"job_id":"j","status":"ERROR","create_time":"2026-04-17T02:00:00Z"}`:                                                     saying(jobFailed, "ERROR"),
		`{"state":{"code":"1","success":false,"desc":"no audio"},"body":{"aid":"C1"}}`:                                             strings.Replace(saying(jobFailed, "1, no audio"), ": a:", ": C1:", 1),
		`{"Response":{"Error":{"Code":"AuthFailure","Message":"bad signature"},"RequestId":"r"}}`:                                  "a.json: this is the error that an interface answered (AuthFailure bad signature)",
		`{"error_code":"SIS.0001","error_msg":"no project"}`:                                                                       "a.json: this is the error that an interface answered (SIS.0001 no project)",
		`{"code":"26600","descInfo":"transcription failed"}`:                                                                       "a.json: this is the error that an interface answered (26600 transcription failed)",
	} {
		calls, problems := read("a.json", text)
		assert.Empty(t, calls, text)
		sameProblems(t, []string{want}, problems)
	}
}

// A value of the wrong type is named by its path, and costs what it says.
func TestWrongTypesAreNamedByPath(t *testing.T) {
	for text, want := range map[string]string{
		`{"StatusText":"SUCCESS","StatusCode":1,"Result":{"Sentences":7}}`:                                             `Result.Sentences: want an array, found 7`,
		`{"Result":{"Sentences":[{"BeginTime":0,"EndTime":9,"ChannelId":0,"Text":["喂"]}]}}`:                            `Result.Sentences[0].Text: want a string, found ["喂"]`,
		`{"Response":{"Data":{"StatusStr":"success","TaskId":1,"ResultDetail":[{"FinalSentence":"喂","StartMs":-5}]}}}`: `Data.ResultDetail[0].StartMs: want a time of 0 or more (milliseconds), found -5`,
		`{"content":{"orderInfo":{},"orderResult":"{\"lattice\":["}}`:                                                  `content.orderResult: want JSON in a string, found "{\"lattice\":["`,
		`{"lattice":[{"json_1best":"{\"st\":"}]}`:                                                                      `lattice[0].json_1best: want JSON in a string, found "{\"st\":"`,
		`{"flash_result":[{"channel_id":0,"sentence_list":[{"text":{},"start_time":1,"end_time":2}]}]}`:                `flash_result[0].sentence_list[0].text: want a string, found {}`,
		`[{"key":"k","sentence_info":[{"start":"soon","end":2,"text":"喂","spk":0}]}]`:                                  `sentence_info[0].start: want a time of 0 or more (milliseconds), found "soon"`,
	} {
		_, problems := read("a.json", text)
		require.NotEmpty(t, problems, text)
		assert.Contains(t, problems[0].In(call.EN), want)
	}
}

// A bad result in a file of many costs only itself, even where it stands first.
func TestABadResultCostsOnlyItself(t *testing.T) {
	good := `{"Result":{"Sentences":[{"BeginTime":0,"EndTime":9,"ChannelId":0,"Text":"您好，工号六零一七为您服务。"},{"BeginTime":20,"EndTime":40,"ChannelId":1,"Text":"你们怎么还没来？"}]}}`
	bad := `{"RequestId":"r","Code":"Throttling","Message":"too many requests"}`
	lines := strings.Join([]string{bad, good, `{"Result":`, `{"StatusText":"RUNNING","StatusCode":21050001}`, good}, "\n")
	calls, problems := read("a.jsonl", lines)
	assert.Len(t, calls, 2)
	sameProblems(t, []string{
		"a.jsonl:1: a:1: this is the error that an interface answered (Throttling too many requests)",
		`a.jsonl:3: a:3: the JSON breaks off after "{\"Result\":"; export or download it again; this record was not checked`,
		"a.jsonl:4: a:4: " + strings.Replace(notDone, "%s", "RUNNING, 21050001", 1),
	}, problems)

	calls, problems = read("a.json", "["+bad+","+good+"]")
	assert.Len(t, calls, 1)
	assert.Len(t, problems, 1)
}

// A folder that holds a failed job lacks a call: that is no stray file.
func TestAFailedJobInAFolderIsFatal(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.json"), []byte(`{"Code":"InvalidTask","Message":"no such task"}`), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "b.txt"), []byte(goodText), 0o600))
	_, problems := readAll(Options{}, dir)
	require.Len(t, problems, 1)
	assert.True(t, problems[0].Fatal)
}

// The key of a format may stand behind a long text, and arrays may hold lists.
func TestFormatsAreFoundDeepAndNested(t *testing.T) {
	row := `{"bg":"1","ed":"900","onebest":"您好，工号六零一七为您服务。","speaker":"1"},{"bg":"990","ed":"1900","onebest":"你们怎么还没来？","speaker":"2"}`
	for _, text := range []string{
		`{"pad":"` + strings.Repeat("好", headSize) + `","body":{"lattices":[` + row + `]}}`,
		`[[` + row + `],[` + row + `]]`,
		`[` + row + "]\n[" + row + `]`,
		`{"ok":0,"data":` + strings.ReplaceAll(`"[`+strings.ReplaceAll(row, `"`, `\"`)+`]"`, "\n", "") + `}`,
	} {
		calls, problems := read("a.json", text)
		assert.Empty(t, problems)
		require.NotEmpty(t, calls)
		assert.Equal(t, call.Agent, calls[0].Turns[0].Role)
	}
}

func TestMetadataOfCallCentres(t *testing.T) {
	meta := func(file string) call.Call {
		calls, _ := readAll(Options{}, filepath.Join(samples, file))
		require.NotEmpty(t, calls, file)
		return *calls[0]
	}
	upload := meta("aliyun-sca.json")
	assert.Equal(t, call.Inbound, upload.Direction)
	assert.Equal(t, "u88", upload.Customer.ID)
	assert.Equal(t, "2026-04-17T09:30:05", upload.StartedAt)
	result := meta("aliyun-sca-result.json")
	assert.Equal(t, call.Outbound, result.Direction)
	assert.Equal(t, "2026-04-17T01:30:00Z", result.StartedAt)
	record := meta("tencent-cdr.json")
	assert.Equal(t, call.Outbound, record.Direction)
	assert.Equal(t, call.ByCustomer, record.Hangup)
	assert.Equal(t, "2026-04-17T09:30:05+08:00", record.StartedAt)
	assert.Equal(t, "2026-04-17T09:30:47+08:00", record.EndedAt)
	assert.Equal(t, "2026-04-17T09:30:05+08:00", meta("huawei-cec.json").StartedAt)
}

// A bot of the call centre is no agent.
func TestBotsAreOther(t *testing.T) {
	calls, problems := read("a.json", `{"tickets":[{"tid":"T","dialogue":[
		{"role":"客服","customerServiceType":1,"words":"您好，我是智能助手。","begin":0,"end":900},
		{"role":"客户","words":"转人工。","begin":1000,"end":1900},
		{"role":"客服","customerServiceType":0,"words":"您好，请讲&#128512;","begin":3000,"end":3900}]}]}`)
	assert.Empty(t, problems)
	require.Len(t, calls, 1)
	assert.Equal(t, call.Other, calls[0].Turns[0].Role)
	assert.Equal(t, call.Agent, calls[0].Turns[2].Role)
	assert.Equal(t, "您好，请讲😀", calls[0].Turns[2].Text)
}

// Without speakers FunASR gives a time to each token, and sentences follow from the marks.
func TestTokensWithTimesBecomeSentences(t *testing.T) {
	calls, problems := read("a.json", `[{"key":"k","text":"您好，OK吗？查 一 下。","timestamp":[[0,100],[100,200],[300,500],[500,600],[900,1000],[1000,1100],[1100,1200]]}]`)
	assert.Len(t, problems, 1)
	require.Len(t, calls, 1)
	require.Len(t, calls[0].Turns, 2)
	assert.Equal(t, "您好，OK吗？", calls[0].Turns[0].Text)
	assert.Equal(t, call.At(900), calls[0].Turns[1].Start)
}
