package intake

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// What holds no transcript says why, and what to do.
func TestResultsWithoutWords(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"failed job", `{"jobName":"x","status":"FAILED"}`, "a.json:1: a: the recognition failed (FAILED); fix what its code says and transcribe again; there is nothing to check"},
		{"job with a reason", `{"TranscriptionJob":{"TranscriptionJobStatus":"FAILED","FailureReason":"bad media"}}`, "a.json:1: a: the recognition failed (FAILED, bad media); fix what its code says and transcribe again; there is nothing to check"},
		{"running job", `{"TranscriptionJob":{"TranscriptionJobStatus":"IN_PROGRESS"}}`, "a.json:1: a: the recognition is not done yet (IN_PROGRESS); fetch the result again when it is; there is nothing to check"},
		{"failed analytics", `{"JobStatus":"FAILED","JobName":"j"}`, "a.json:1: a: the recognition failed (FAILED); fix what its code says and transcribe again; there is nothing to check"},
		{"failed batch", `{"self":"https://x/transcriptions/1","status":"Failed","properties":{"error":{"code":"InvalidData","message":"bad"}}}`, "a.json:1: a: the recognition failed (Failed, InvalidData, bad); fix what its code says and transcribe again; there is nothing to check"},
		{"operation on its way", `{"name":"1","metadata":{"progressPercent":40}}`, "a.json:1: a: the transcription is not done; export it when it is; there is nothing to check"},
		{"queued", `{"sid":"GT1","service_sid":"GA1","status":"queued","channel":{}}`, "a.json:1: a: the recognition is not done yet (queued); fetch the result again when it is; there is nothing to check"},
		{"silence", `{"text":"","segments":[],"language":"zh"}`, "a.json:1: a: nobody speaks in it (0 pieces without words); there is nothing to check"},
		{"words of nobody", `{"transcription":[{"offsets":{"from":0,"to":9},"text":" "}]}`, "a.json:1: a: nobody speaks in it (1 pieces without words); there is nothing to check"},
		{"signed", `{"payload":"x","signatures":[]}`, "a.json:1: a: this vCon is signed (JWS); verify it and check the payload; there is nothing to check"},
		{"encrypted", `{"ciphertext":"x","recipients":[]}`, "a.json:1: a: this vCon is encrypted (JWE); decrypt it first; there is nothing to check"},
		{"recording only", `{"vcon":"0.0.2","uuid":"u","dialog":[{"type":"recording"}]}`, "a.json:1: a: this vCon has a recording but no transcript that can be read; transcribe it first; there is nothing to check"},
		{"not completed", `{"vcon":"0.0.2","uuid":"u","dialog":[{"type":"incomplete","disposition":"busy"}]}`, "a.json:1: a: the call was not completed (busy); there is nothing to check"},
		{"encrypted archive", `{"errcode":0,"chatdata":[{"msgid":"m","encrypt_chat_msg":"x"}]}`, "a.json:1: a: this archive is encrypted; decrypt it with the SDK first; there is nothing to check"},
		{"metadata", `{"eventtype":5,"sessionid":88,"staffid":6017}`, "a.json:1: a: this push about call 88 has metadata only, no transcript; check the transcript, and add this metadata to it with --cdr; there is nothing to check"},
		{"error", `{"error":{"code":400,"message":"no audio"}}`, "a.json: this is the error that an interface answered (400 no audio), no transcript; fetch the result again"},
	} {
		t.Run(test.name, func(t *testing.T) {
			calls, problems := read("a.json", test.text)
			assert.Empty(t, calls)
			require.Len(t, problems, 1)
			assert.True(t, problems[0].Fatal)
			assert.Equal(t, test.want, problems[0].In(call.EN))
			assert.NotEmpty(t, problems[0].What.ZH)
		})
	}
}

// Wrong types name their path, and leave the rest of the call.
func TestWrongTypesInDocuments(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`{"segments":[{"start":0,"end":1,"text":"您好，工号6017。","speaker":"A"},{"start":"soon","end":2,"text":7,"speaker":"B"}]}`,
			"a.json:1: a: segments[1].text: want a string, found 7|segments[1].start: want a time of 0 or more (seconds), found \"soon\""},
		{`{"results":{"audio_segments":{"id":0}}}`, "results.audio_segments: want an array"},
		{`{"Transcript":[{"BeginOffsetMillis":-5,"Content":"您好","ParticipantRole":"AGENT"}]}`, "Transcript[0].BeginOffsetMillis: want a time of 0 or more (milliseconds), found -5"},
		{`{"vcon":"1","uuid":"u","dialog":[{"type":"text","encoding":"base64url","body":"?"}]}`, "dialog[0].body: want base64url, found \"?\""},
	} {
		_, problems := read("a.json", test.text)
		require.NotEmpty(t, problems)
		var all strings.Builder
		for _, p := range problems {
			all.WriteString(p.In(call.EN) + "\n")
		}
		for want := range strings.SplitSeq(test.want, "|") {
			assert.Contains(t, all.String(), want)
		}
	}
}

// One bad value among good ones costs only itself.
func TestBadValuesCostOnlyThemselves(t *testing.T) {
	good, err := os.ReadFile(filepath.Join(samples, "aws-call-analytics.json"))
	require.NoError(t, err)
	line := strings.ReplaceAll(string(good), "\n", " ") + "\n"
	calls, problems := read("a.jsonl", line+`{"error":{"code":1,"message":"boom"}}`+"\n"+`{"Transcript":[`+"\n"+`{"other":1}`+"\n"+line)
	assert.Len(t, calls, 2)
	sameProblems(t, []string{
		"a.jsonl:2: a:2: this is the error that an interface answered (1 boom)",
		"a.jsonl:3: a:3: the JSON breaks off after",
		"a.jsonl:4: a:4: this record is no aws-call-analytics (which has Transcript[].BeginOffsetMillis + ParticipantRole), its keys are other",
	}, problems)
}

func TestMetadataOfDocuments(t *testing.T) {
	meta := func(file string) call.Call {
		calls, _ := readAll(Options{}, filepath.Join(samples, file))
		k := *calls[0]
		k.Turns, k.Source, k.Line = nil, "", 0
		return k
	}
	const started = "2026-04-17T01:30:05.000Z"
	assert.Equal(t, call.Call{ID: "C-0417", Agent: call.Person{ID: "6017", Name: "陈静"}, StartedAt: started, EndedAt: "2026-04-17T01:30:47.500Z", Hangup: call.ByCustomer}, meta("aws-connect-chat.json"))
	assert.Equal(t, call.Call{ID: "C-0417", Agent: call.Person{ID: "6017", Name: "陈静"}, StartedAt: started, Direction: call.Inbound, Hangup: call.ByCustomer}, meta("vcon-analysis.json"))
	assert.Equal(t, call.Call{ID: "C-0417", Agent: call.Person{ID: "6017"}, StartedAt: "2026-04-17T09:30:05+08:00", Direction: call.Inbound}, meta("genesys.json"))
}

func TestUnsplit(t *testing.T) {
	for text, want := range map[string]string{
		"您好 工号 六零 一七": "您好工号六零一七", "用 Face ID 登录": "用Face ID登录", "a b": "a b", " 好 的 ": "好的", "": "",
	} {
		assert.Equal(t, want, unsplit(text))
	}
}

// Sentences of words end at a speaker, at a long silence, and at a mark before a short one.
func TestSentencesOfWords(t *testing.T) {
	at := func(text, speaker string, from, to int64) token {
		return token{text: text, speaker: speaker, start: call.At(from), end: call.At(to)}
	}
	k := &talk{doc: &doc{object: &object{c: &Chunk{opt: &Options{}}}}}
	k.tokens([]token{
		at("好的", "1", 0, 200), {text: "。"}, at("请", "1", 200, 300), at("讲", "1", 350, 400), {text: "。"},
		at("你们", "1", 600, 700), at("App", "1", 700, 800), at("Store", "1", 800, 900), at("不行", "2", 900, 1000), at("了", "2", 2500, 2600),
	})
	var got []string
	for _, p := range k.pieces {
		got = append(got, p.Speaker+p.Text)
	}
	assert.Equal(t, []string{"1好的。请讲。", "1你们App Store", "2不行", "2了"}, got)
}

func TestReadings(t *testing.T) {
	explain := func(file, channel string) *Reading {
		for c := range Open(t.Context(), []string{filepath.Join(samples, file)}, Options{Explain: true, AgentChannel: channel}) {
			for it := range c.Items {
				if it.Reading != nil {
					return it.Reading
				}
			}
		}
		return nil
	}
	notes := func(r *Reading, lang call.Lang) (all []string) {
		for _, n := range r.Notes {
			all = append(all, n.In(lang))
		}
		return all
	}
	r := explain("aws-transcribe-channels.json", "")
	assert.Equal(t, "aws-transcribe", r.Format.Name)
	assert.Equal(t, "UTF-8", r.Charset)
	assert.Equal(t, []string{
		"说话人 ch_0 = 坐席（5 轮）：“工号六零一七为您服务”（第 1 轮）", "说话人 ch_1 = 客户（3 轮）：余下的一方",
		"句子由词拼成", "时间取自 items[].start_time，单位秒", "各声道的句子已按时间合并",
	}, notes(r, call.ZH))
	assert.Equal(t, "speaker ch_0 = agent (5 turns): “工号六零一七为您服务” (turn 1)", notes(r, call.EN)[0])
	assert.Equal(t, "说话人 A = 坐席（5 轮）：--agent-channel 0", notes(explain("whisper-verbose.json", "0"), call.ZH)[0])
	assert.Equal(t, "说话人 ch_0 = 不明（5 轮）：分不出是谁", notes(explain("aws-transcribe-channels.json", "1"), call.ZH)[0])
	assert.Equal(t, []string{"坐席（5 轮）：输入写明", "客户（3 轮）：输入写明", "没有时间：静默、语速等规则不评"}, notes(explain("jddc.tsv", ""), call.ZH))
	for c := range Open(t.Context(), []string{filepath.Join(samples, "jddc.tsv")}, Options{}) {
		for it := range c.Items {
			assert.Nil(t, it.Reading)
		}
	}
}

// A recording that was mixed down has all speakers on the channel of its first party.
func TestVConOfOneChannel(t *testing.T) {
	calls, problems := read("a.json", `{"vcon":"0.0.2","uuid":"u","parties":[{"role":"customer"},{"role":"agent"}],"dialog":[{"type":"recording","parties":[1,0]}],
		"analysis":[{"type":"transcript","dialog":0,"encoding":"json","body":{"results":{"utterances":[
		{"channel":0,"speaker":1,"transcript":"喂？","start":0.5,"end":1},{"channel":0,"speaker":0,"transcript":"您好，工号六零一七为您服务。","start":1.5,"end":4}]}}}]}`)
	assert.Empty(t, problems)
	require.Len(t, calls, 1)
	assert.Equal(t, call.Customer, calls[0].Turns[0].Role)
	assert.Equal(t, call.Agent, calls[0].Turns[1].Role)
}

// Lines may be arrays, as where each recording was dumped as the interface returned it.
func TestLinesOfArrays(t *testing.T) {
	line := func(id string) string {
		return `[{"key":"` + id + `","text":"x","sentence_info":[{"text":"您好，请讲。","start":0,"end":900,"spk":0},{"text":"你好。","start":1000,"end":1500,"spk":1}]}]` + "\n"
	}
	calls, problems := readAll(Options{AgentChannel: "0", Stdin: strings.NewReader(line("a") + line("b") + "\n" + line("c")), StdinName: "a.jsonl"}, "-")
	assert.Empty(t, problems)
	var got []string
	for _, k := range calls {
		got = append(got, k.ID+" "+strconv.Itoa(len(k.Turns)))
	}
	assert.Equal(t, []string{"a 2", "b 2", "c 2"}, got)
}

// The segments of WhisperX may stand alone.
func TestWhisperXSegments(t *testing.T) {
	calls, problems := read("a.json", `[{"start":0.5,"end":3,"text":"您好，工号六零一七为您服务。","speaker":"SPEAKER_00"},{"start":3.2,"end":4,"text":"你好。","speaker":"SPEAKER_01"}]`)
	assert.Empty(t, problems)
	require.Len(t, calls, 1)
	assert.Equal(t, call.At(3200), calls[0].Turns[1].Start)
	assert.Equal(t, call.Customer, calls[0].Turns[1].Role)
}

func TestNoSpeechWithoutJob(t *testing.T) {
	for text, want := range map[string]string{
		`{"status":"FINISHED","segments":[]}`:                                                "the recognition succeeded but has no sentences (FINISHED)",
		`{"conversationId":"c","transcripts":[]}`:                                            "there is nothing to check",
		`{"vcon":"0.0.2","uuid":"u","dialog":[{"type":"text","body":{"a":1}}]}`:              "dialog[0].body: want a string, found {\"a\":1}",
		`{"RequestId":"q","Phrases":[{"Role":"客服","Words":"您好","Begin":{"v":1},"End":900}]}`: "Begin: want a time of 0 or more (milliseconds), found {\"v\":1}",
	} {
		_, problems := read("a.json", text)
		require.NotEmpty(t, problems, text)
		assert.Contains(t, problems[0].What.EN, want)
		assert.True(t, problems[0].Fatal, text)
	}
}
