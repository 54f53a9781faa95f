package intake

import (
	"strings"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// aliyunFile is the result of Alibaba Cloud's recognition of recorded files, as it is
// asked for or called back, and the bare list of sentences that people store.
func aliyunFile() document {
	return document{
		name:  "aliyun-filetrans",
		title: call.Sayf("阿里云 录音文件识别", "Alibaba Cloud recording file recognition"),
		shape: "Result.Sentences[].BeginTime + ChannelId",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			return holds(peek(v, "Result", "Sentences", "0"), "BeginTime", "Text") || holds(peek(v, "Result", "Words", "0"), "BeginTime", "Word") ||
				holds(v, "StatusText", "StatusCode") || holds(v, "StatusText", "BizDuration")
		},
		rows: func(v *fastjson.Value) bool { return holds(v, "BeginTime", "EndTime", "Text") },
		read: func(d *doc, n node) {
			if n.is(fastjson.TypeArray) {
				d.call("").aliyunSentences(n)
				return
			}
			switch list, words := n.at("Result", "Sentences"), n.at("Result", "Words"); {
			case list.filled():
				d.call("").aliyunSentences(list)
			case words.filled():
				d.call("").aliyunWords(words)
			case list.there() && !list.is(fastjson.TypeArray):
				list.list() // says what is wrong with it
			default:
				d.refuse(jobOf(n, "StatusText", "StatusCode", "Message|ErrorMessage").what())
			}
		},
	}
}

// aliyunSentences adds sentences, which all interfaces of Alibaba Cloud's recognition write alike.
func (t *talk) aliyunSentences(list node) {
	t.sentences(list, columns{text: "Text", channel: "ChannelId|channel_id", speaker: "SpeakerId|speaker_id", start: "BeginTime|begin_time", end: "EndTime|end_time", unit: millis})
}

// aliyunWords makes sentences of the words, which stand beside the sentences and may be all there is.
func (t *talk) aliyunWords(list node) {
	var words []token
	for _, w := range list.list() {
		words = append(words, token{w.get("Word").str(), w.get("SpeakerId").str(), w.get("ChannelId").str(), w.get("BeginTime").moment(millis), w.get("EndTime").moment(millis)})
	}
	t.tokens(words)
	t.clock("BeginTime", millis)
}

// aliyunCallback is the older result, version 2.0, that the same service calls back with.
func aliyunCallback() document {
	return document{
		name:  "aliyun-filetrans-v2",
		title: call.Sayf("阿里云 录音文件识别 2.0 回调", "Alibaba Cloud recording file recognition, callback of version 2.0"),
		shape: "result[].begin_time + channel_id",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			return holds(peek(v, "result", "0"), "begin_time", "text") || holds(v, "status_text", "status_code") && (holds(v, "task_id") || holds(v, "biz_duration"))
		},
		rows: func(v *fastjson.Value) bool { return holds(v, "begin_time", "end_time", "channel_id", "text") },
		read: func(d *doc, n node) {
			list := n.get("result")
			if n.is(fastjson.TypeArray) {
				list = n
			}
			if !list.filled() && !n.is(fastjson.TypeArray) {
				d.refuse(jobOf(n, "status_text", "status_code", "message|error_message").what())
				return
			}
			d.call("").aliyunSentences(list)
		},
	}
}

// aliyunSecret is what Alibaba Cloud's secret numbers report of calls: a list of calls, or
// one, and so the content of Result of a recording file recognition.
func aliyunSecret() document {
	return document{
		name:  "aliyun-pnp",
		title: call.Sayf("阿里云 号码隐私 录音识别（SecretAsrReport）", "Alibaba Cloud secret numbers, SecretAsrReport"),
		shape: "[].sentences[].beginTime + channelId",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			return holds(peek(v, "sentences", "0"), "beginTime", "text") || holds(v, "callId", "statusCode") && (holds(v, "secretNo") || holds(v, "bizDuration"))
		},
		read: func(d *doc, n node) {
			id := n.get("callId").str()
			if list := n.get("sentences"); list.there() && (list.filled() || !list.is(fastjson.TypeArray)) {
				d.call(id).aliyunSentences(list)
				return
			}
			d.refuseCall(id, aliyunState(n).what())
		},
	}
}

// aliyunState is the job of an answer that has a code alone.
func aliyunState(n node) job {
	j := jobOf(n, "statusText|status", "statusCode", "message|errorMessage")
	switch j.code {
	case "21050000":
		j.state = "SUCCESS"
	case "21050001":
		j.state = "RUNNING"
	case "21050002":
		j.state = "QUEUEING"
	case "21050003":
		j.state = "SUCCESS_WITH_NO_VALID_FRAGMENT"
	}
	return j
}

// aliyunVoice is the recording text of Alibaba Cloud's voice service, CloudGetAsr: a
// part for each recording, or two for each whose sides were recorded apart.
func aliyunVoice() document {
	return document{
		name:  "aliyun-vms",
		title: call.Sayf("阿里云 语音服务 CloudGetAsr", "Alibaba Cloud voice service, CloudGetAsr"),
		shape: "Data.RecordFileText1In/Out.Result[].BeginTime",
		sides: call.Sayf("分轨录音按对象名 In（第一侧）、Out（第二侧）分说话人，哪一侧是坐席用 --agent-channel 指定或按话术推断",
			"sides recorded apart are the speakers In (first) and Out (second); which is the agent: --agent-channel, else by what is said"),
		claims: func(v *fastjson.Value) bool { return len(recordings(peek(v, "Data"))) > 0 },
		read: func(d *doc, n node) {
			data := n.get("Data")
			for _, sides := range recordings(unquote(data.v)) {
				d.aliyunRecording(data, sides)
			}
		},
	}
}

// recordings are the names of the parts of each recording, "RecordFileText1In" and
// "RecordFileText1Out".
func recordings(data *fastjson.Value) [][]string {
	var all [][]string
	data.GetObject().Visit(func(key []byte, _ *fastjson.Value) {
		name := string(key)
		if !strings.HasPrefix(name, "RecordFileText") {
			return
		}
		for i, sides := range all {
			if recordingOf(sides[0]) == recordingOf(name) {
				all[i] = append(sides, name)
				return
			}
		}
		all = append(all, []string{name})
	})
	return all
}

// recordingOf is the number in the name of a part, whose end names the side.
func recordingOf(name string) string { return strings.TrimSuffix(name, sideOfPart(name)) }

func sideOfPart(name string) string {
	for _, side := range []string{"In", "Out"} {
		if strings.HasSuffix(name, side) {
			return side
		}
	}
	return ""
}

// aliyunRecording adds the call of one recording.
func (d *doc) aliyunRecording(data node, sides []string) {
	var t *talk
	for _, name := range sides {
		part := data.get(name)
		list := part.get("Result")
		if !list.filled() {
			what := jobOf(part, "Status", "StatusCode", "ErrorMessage").what()
			d.refuse(call.Say{ZH: part.path() + "：" + what.ZH, EN: part.path() + ": " + what.EN})
			continue
		}
		if t == nil {
			t = d.call("")
		}
		from := len(t.pieces)
		t.aliyunSentences(list)
		for i := from; i < len(t.pieces) && len(sides) > 1; i++ {
			t.pieces[i].channel = sideOfPart(name)
		}
	}
}
