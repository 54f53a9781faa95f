package intake

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

const samples = "../../testdata/formats"

// theCall is what every sample holds, as far as its format can.
func theCall() []call.Turn {
	at := func(role call.Role, text string, start, end int64) call.Turn {
		return call.Turn{Role: role, Text: text, Start: call.At(start), End: call.At(end)}
	}
	return []call.Turn{
		at(call.Agent, "您好，工号六零一七为您服务，请问有什么可以帮您？", 600, 4200),
		at(call.Customer, "我上周买的热水器，说好昨天上门安装，师傅一直没来。", 4600, 9800),
		at(call.Agent, "实在抱歉让您白等了，麻烦您报一下订单号，我帮您查询。", 10100, 15000),
		at(call.Customer, "订单号：4471，你查吧。", 15400, 18000),
		at(call.Agent, "谢谢，已经查到了，师傅的电话之前没有打通。", 25200, 29900),
		at(call.Agent, "我现在帮您改约到明天上午九点，您看可以吗？", 30300, 34800),
		at(call.Customer, "可以，别再变了。", 35000, 36900),
		at(call.Agent, "好的，感谢您的来电，祝您生活愉快，再见。", 37200, 41000),
	}
}

func traditionalCall() []call.Turn {
	turns := theCall()
	for i, text := range []string{
		"您好，工號六零一七為您服務，請問有什麼可以幫您？", "我上周買的熱水器，說好昨天上門安裝，師傅一直沒來。", "實在抱歉讓您白等了，麻煩您報一下訂單號，我幫您查詢。",
		"訂單號：4471，你查吧。", "謝謝，已經查到了，師傅的電話之前沒有打通。", "我現在幫您改約到明天上午九點，您看可以嗎？", "可以，別再變了。", "好的，感謝您的來電，祝您生活愉快，再見。",
	} {
		turns[i].Text = text
	}
	return turns
}

// The times that a format has.
const (
	noTimes  = iota
	starts   // whole seconds, no ends
	relative // whole seconds since the first stamp
	exact
	exactStarts // no ends
)

func TestFormats(t *testing.T) {
	full := call.Person{ID: "6017", Name: "陈静", Team: "二组"}
	for _, want := range []struct {
		file, format string
		ids          []string
		times        int
		agent        call.Person
	}{
		{"canonical.jsonl", "canonical", []string{"C-0417", "canonical:2"}, exact, full},
		{"canonical-object.json", "canonical", []string{"canonical-object"}, exact, call.Person{}},
		{"canonical-array.json", "canonical", []string{"C-0417", "canonical-array#2"}, exact, full},
		{"canonical-meta.json", "canonical", []string{"C-0417"}, exact, call.Person{ID: "6017", Name: "陈静"}},
		{"canonical-bom-utf16.json", "canonical", []string{"canonical-bom-utf16"}, exact, call.Person{}},
		{"plain-labels.txt", "plain", []string{"plain-labels"}, noTimes, call.Person{}},
		{"plain-ab.txt", "plain", []string{"plain-ab"}, noTimes, call.Person{}},
		{"plain-speakers.txt", "plain", []string{"plain-speakers"}, noTimes, call.Person{}},
		{"plain-bold.txt", "plain", []string{"plain-bold"}, noTimes, call.Person{}},
		{"plain-note.txt", "plain", []string{"plain-note"}, noTimes, call.Person{}},
		{"plain-numbered.txt", "plain", []string{"plain-numbered"}, noTimes, call.Person{}},
		{"plain-bracket-time.txt", "plain", []string{"C-0417"}, starts, call.Person{ID: "6017", Name: "陈静"}},
		{"plain-clock.txt", "plain", []string{"plain-clock"}, relative, call.Person{}},
		{"plain-head-line.txt", "plain", []string{"plain-head-line"}, starts, call.Person{}},
		{"plain-im.txt", "plain", []string{"plain-im"}, relative, call.Person{ID: "6017", Name: "陈静"}},
		{"plain-oneline.txt", "plain", []string{"plain-oneline"}, noTimes, call.Person{}},
		{"plain-escaped.txt", "plain", []string{"plain-escaped"}, noTimes, call.Person{}},
		{"plain-empty-label.txt", "plain", []string{"plain-empty-label"}, noTimes, call.Person{}},
		{"plain-two-calls.txt", "plain", []string{"C-1", "C-2"}, noTimes, call.Person{}},
		{"plain-gb18030-crlf.txt", "plain", []string{"plain-gb18030-crlf"}, noTimes, call.Person{ID: "6017"}},
		{"plain-utf8-bom.txt", "plain", []string{"plain-utf8-bom"}, noTimes, call.Person{}},
		{"plain-utf16le.txt", "plain", []string{"plain-utf16le"}, noTimes, call.Person{}},
		{"plain-utf16be-bom.txt", "plain", []string{"plain-utf16be-bom"}, noTimes, call.Person{}},
		{"plain-big5.txt", "plain", []string{"plain-big5"}, noTimes, call.Person{}},
		{"jddc.tsv", "jddc", []string{"3fa91c0d77be4e21a5c08d90b1e2f364", "77c0ffee0123456789abcdef01234567"}, noTimes, call.Person{}},
		{"seretod.json", "seretod", []string{"ser-1"}, noTimes, call.Person{}},
		{"aliyun-filetrans.json", "aliyun-filetrans", []string{"aliyun-filetrans"}, exact, call.Person{}},
		{"aliyun-filetrans-rows.json", "aliyun-filetrans", []string{"aliyun-filetrans-rows"}, exact, call.Person{}},
		{"aliyun-filetrans-words.json", "aliyun-filetrans", []string{"aliyun-filetrans-words"}, exact, call.Person{}},
		{"aliyun-filetrans-v2.json", "aliyun-filetrans-v2", []string{"aliyun-filetrans-v2"}, exact, call.Person{}},
		{"aliyun-pnp.json", "aliyun-pnp", []string{"C-0417"}, exact, call.Person{}},
		{"aliyun-pnp-object.json", "aliyun-pnp", []string{"C-0417"}, exact, call.Person{}},
		{"aliyun-vms.json", "aliyun-vms", []string{"aliyun-vms"}, exact, call.Person{}},
		{"aliyun-sca.json", "aliyun-sca", []string{"C-0417", "C-0418"}, exact, full},
		{"aliyun-sca-wrapped.json", "aliyun-sca", []string{"C-0417"}, exact, full},
		{"aliyun-sca-chat.json", "aliyun-sca", []string{"C-0417"}, relative, full},
		{"aliyun-sca-result.json", "aliyun-sca-result", []string{"C-0417"}, exact, full},
		{"aliyun-ccc.json", "aliyun-ccc", []string{"aliyun-ccc"}, exact, call.Person{ID: "chenjing@demo"}},
		{"aliyun-dashscope.json", "aliyun-dashscope", []string{"C-0417"}, exact, call.Person{}},
		{"aliyun-dashscope-words.json", "aliyun-dashscope", []string{"aliyun-dashscope-words"}, exact, call.Person{}},
		{"aliyun-tingwu.json", "aliyun-tingwu", []string{"aliyun-tingwu"}, exact, call.Person{}},
		{"tencent-asr.json", "tencent-asr", []string{"tencent-asr"}, exact, call.Person{}},
		{"tencent-asr-text.json", "tencent-asr", []string{"tencent-asr-text"}, exact, call.Person{}},
		{"tencent-asr-callback.json", "tencent-asr", []string{"tencent-asr-callback"}, exact, call.Person{}},
		{"tencent-flash.json", "tencent-flash", []string{"tencent-flash"}, exact, call.Person{}},
		{"tencent-ccc.json", "tencent-ccc", []string{"tencent-ccc"}, exact, call.Person{ID: "chenjing@example.com"}},
		{"tencent-cdr.json", "tencent-cdr", []string{"C-0417"}, exact, full},
		{"xfyun-v2.json", "xfyun-v2", []string{"xfyun-v2"}, exact, call.Person{}},
		{"xfyun-lattice.json", "xfyun-lattice", []string{"xfyun-lattice"}, exact, call.Person{}},
		{"xfyun-v1.json", "xfyun-v1", []string{"xfyun-v1"}, exact, call.Person{}},
		{"xfyun-onebest.json", "xfyun-onebest", []string{"xfyun-onebest"}, exact, call.Person{}},
		{"baidu-aasr.json", "baidu-aasr", []string{"t1", "t2"}, exact, call.Person{}},
		{"baidu-qc.json", "baidu-qc", []string{"C-0417"}, exact, call.Person{}},
		{"volcengine.json", "volcengine", []string{"volcengine"}, exact, call.Person{}},
		{"volcengine-v1.json", "volcengine", []string{"volcengine-v1"}, exact, call.Person{}},
		{"volcengine-words.json", "volcengine", []string{"volcengine-words"}, exact, call.Person{}},
		{"huawei-sis.json", "huawei-sis", []string{"huawei-sis"}, exact, call.Person{}},
		{"huawei-cec.json", "huawei-cec", []string{"C-0417"}, exact, call.Person{ID: "6017", Name: "陈静"}},
		{"huawei-aicc.json", "huawei-aicc", []string{"C-0417"}, exact, call.Person{}},
		{"funasr.json", "funasr", []string{"C-0417"}, exact, call.Person{}},
		{"funasr-sensevoice.json", "funasr", []string{"C-0417"}, exact, call.Person{}},
		{"funasr-runtime.json", "funasr-runtime", []string{"C-0417"}, exact, call.Person{}},
		{"funasr-cli.json", "funasr-cli", []string{"C-0417"}, exact, call.Person{}},
		{"whisper-verbose.json", "whisper", []string{"whisper-verbose"}, exact, call.Person{}},
		{"whisperx.json", "whisperx", []string{"whisperx"}, exact, call.Person{}},
		{"faster-whisper.json", "faster-whisper", []string{"faster-whisper"}, exact, call.Person{}},
		{"whispercpp.json", "whispercpp", []string{"whispercpp"}, exact, call.Person{}},
		{"aws-transcribe-channels.json", "aws-transcribe", []string{"C-0417"}, exact, call.Person{}},
		{"aws-transcribe-speakers.json", "aws-transcribe", []string{"C-0417"}, exact, call.Person{}},
		{"aws-transcribe-segments.json", "aws-transcribe", []string{"C-0417"}, exact, call.Person{}},
		{"aws-call-analytics.json", "aws-call-analytics", []string{"C-0417"}, exact, call.Person{}},
		{"aws-contact-lens.json", "aws-contact-lens", []string{"C-0417"}, exact, call.Person{}},
		{"aws-connect-chat.json", "aws-connect-chat", []string{"C-0417"}, exactStarts, call.Person{ID: "6017", Name: "陈静"}},
		{"azure-batch.json", "azure-batch", []string{"azure-batch"}, exact, call.Person{}},
		{"azure-fast.json", "azure-batch", []string{"azure-fast"}, exact, call.Person{}},
		{"google-stt-v1.json", "google-stt", []string{"google-stt-v1"}, exact, call.Person{}},
		{"google-stt-v2.json", "google-stt", []string{"google-stt-v2"}, exact, call.Person{}},
		{"google-ccai.json", "google-ccai", []string{"C-0417"}, exact, call.Person{ID: "6017"}},
		{"google-ccai-upload.json", "google-ccai-upload", []string{"google-ccai-upload"}, exactStarts, call.Person{}},
		{"deepgram.json", "deepgram", []string{"C-0417"}, exact, call.Person{}},
		{"genesys.json", "genesys", []string{"C-0417"}, exact, call.Person{ID: "6017"}},
		{"twilio.json", "twilio", []string{"C-0417"}, exact, call.Person{ID: "6017", Name: "陈静"}},
		{"vcon-text.json", "vcon", []string{"C-0417"}, exact, call.Person{ID: "6017", Name: "陈静"}},
		{"vcon-analysis.json", "vcon", []string{"C-0417"}, exact, call.Person{ID: "6017", Name: "陈静"}},
		{"wecom.jsonl", "wecom", []string{"ChenJing:wmXy7Q2kTtR81bNvA0sPLe93UuHc5d", "ChenJing:woB4c8Zq1LrV60nMtY7sEe35KkJf2g"}, exactStarts, call.Person{ID: "ChenJing"}},
		{"udesk.json", "udesk", []string{"417"}, relative, call.Person{ID: "6017", Name: "陈静"}},
		{"csds.json", "csds", []string{"C-0417"}, noTimes, call.Person{}},
		{"chat-messages.jsonl", "chat-messages", []string{"C-0417", "chat-messages:2"}, noTimes, call.Person{}},
		{"chat-message-list.json", "chat-messages", []string{"chat-message-list"}, noTimes, call.Person{}},
	} {
		t.Run(want.file, func(t *testing.T) {
			path := filepath.Join(samples, want.file)
			calls, problems := readAll(Options{}, path)
			require.Empty(t, problems)
			require.Len(t, calls, len(want.ids))
			assert.Equal(t, want.format, formatOf(t, path))
			assert.Equal(t, want.agent, calls[0].Agent)
			turns := theCall()
			if want.file == "plain-big5.txt" {
				turns = traditionalCall()
			}
			for i, k := range calls {
				assert.Equal(t, want.ids[i], k.ID)
				assert.Equal(t, path, k.Source)
				assert.False(t, k.RolesUnknown)
				sameTurns(t, turns, k.Turns, want.times)
			}
		})
	}
}

func sameTurns(t *testing.T, want, got []call.Turn, times int) {
	t.Helper()
	require.Len(t, got, len(want))
	for i := range want {
		w, g := want[i], got[i]
		assert.Equal(t, w.Role, g.Role, g.Text)
		assert.Equal(t, w.Text, g.Text)
		assert.Positive(t, g.Line)
		start, _ := w.Start.Get()
		switch times {
		case noTimes:
			w.Start, w.End = call.Millis{}, call.Millis{}
		case starts:
			w.Start, w.End = call.At(start/1000*1000), call.Millis{}
		case relative:
			first, _ := want[0].Start.Get()
			w.Start, w.End = call.At((start/1000-first/1000)*1000), call.Millis{}
		case exactStarts:
			w.End = call.Millis{}
		}
		assert.Equal(t, [2]call.Millis{w.Start, w.End}, [2]call.Millis{g.Start, g.End}, g.Text)
	}
}

func TestCanonicalFields(t *testing.T) {
	calls, _ := readAll(Options{}, filepath.Join(samples, "canonical.jsonl"))
	got := *calls[0]
	got.Turns = nil
	assert.Equal(t, call.Call{
		ID: "C-0417", Direction: call.Inbound, Agent: call.Person{ID: "6017", Name: "陈静", Team: "二组"}, Customer: call.Person{ID: "u88"},
		StartedAt: "2026-04-17T09:30:05+08:00", Hangup: call.ByCustomer, Source: samples + "/canonical.jsonl", Line: 1,
	}, got)
	assert.Equal(t, 2, calls[1].Line)

	calls, _ = readAll(Options{}, filepath.Join(samples, "canonical-meta.json"))
	assert.Equal(t, call.Inbound, calls[0].Direction)
	assert.Equal(t, call.ByCustomer, calls[0].Hangup)
	assert.Equal(t, "2026-04-17T09:30:05", calls[0].StartedAt)
}

// A call that says whether it was answered may have no turns, and leaves as it came.
func TestCallsWithoutTurns(t *testing.T) {
	const attempt = `{"id":"A","direction":"callback","callback_of":"D","customer":{"id":"u1","number":"139****0002"},"started_at":"2026-03-18T14:05:12","answered":false,"turns":[]}`
	file := filepath.Join(t.TempDir(), "a.jsonl")
	require.NoError(t, os.WriteFile(file, []byte(attempt+"\n"+`{"id":"B","answered":true,"customer_number":"13900000002"}`+"\n"), 0o600))
	calls, problems := readAll(Options{}, file)
	assert.Empty(t, problems)
	require.Len(t, calls, 2)
	assert.True(t, calls[0].Failed())
	assert.False(t, calls[1].Failed())
	assert.Equal(t, "13900000002", calls[1].Customer.Number)
	out, err := json.Marshal(calls[0])
	require.NoError(t, err)
	assert.JSONEq(t, attempt, string(out))
}

// Each sample is claimed by the sniff of its own format and by no other.
func TestSniffsAreExclusive(t *testing.T) {
	files, err := filepath.Glob(samples + "/*")
	require.NoError(t, err)
	for _, file := range files {
		if info, err := os.Stat(file); err != nil || info.IsDir() {
			continue
		}
		s := sampleOf(t, file)
		var claims []string
		for _, f := range formats() {
			if f.sniff(s) {
				claims = append(claims, f.name)
			}
		}
		assert.Len(t, claims, 1, file)
	}
}

func TestFormatsAreDescribed(t *testing.T) {
	for _, f := range Formats() {
		assert.NotEmpty(t, f.Name)
		assert.NotEmpty(t, f.Title.ZH)
		assert.NotEmpty(t, f.Title.EN)
		assert.NotEmpty(t, f.Shape)
	}
}

// readAll reads everything that paths name.
func readAll(opt Options, paths ...string) (calls []*call.Call, problems []call.Problem) {
	for c := range Open(context.Background(), paths, opt) {
		for it := range c.Items {
			if it.Call != nil {
				calls = append(calls, it.Call)
			} else {
				problems = append(problems, *it.Problem)
			}
		}
	}
	return calls, problems
}

func formatOf(t *testing.T, path string) string {
	t.Helper()
	for c := range Open(context.Background(), []string{path}, Options{}) {
		require.Nil(t, c.problem)
		return c.format.name
	}
	return ""
}

func sampleOf(t *testing.T, path string) *sample {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close() //nolint:errcheck // only read
	s := textOf(f)
	return newSample(path, s.buf)
}
