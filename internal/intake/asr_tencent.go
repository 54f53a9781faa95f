package intake

import (
	"strings"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// tencentTask is the result of Tencent Cloud's recognition of recorded files, as it is
// asked for or called back: with details, or as text alone.
func tencentTask() document {
	return document{
		name:  "tencent-asr",
		title: call.Sayf("腾讯云 录音文件识别 DescribeTaskStatus", "Tencent Cloud recording file recognition, DescribeTaskStatus"),
		shape: "Data.ResultDetail[].FinalSentence + StartMs",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			data := peek(v, "Data")
			return tencentData(data) || tencentData(v) || holds(v, "resultDetail", "requestId") || holds(v, "audioTime", "requestId")
		},
		rows: func(v *fastjson.Value) bool { return holds(v, "StartMs", "FinalSentence|SliceSentence") },
		read: func(d *doc, n node) {
			switch data := n.get("Data"); {
			case n.is(fastjson.TypeArray):
				d.call("").tencentDetails(n)
			case data.there():
				d.tencentTask(data)
			default:
				d.tencentTask(n)
			}
		},
	}
}

// tencentData reports whether v is what a task says of itself.
func tencentData(v *fastjson.Value) bool {
	return holds(v, "StatusStr", "TaskId|Status|Result|ResultDetail") || holds(v, "ResultDetail", "Result|AudioDuration|TaskId")
}

// tencentTask adds the call of one task. The id of a task is none of a call: it comes again after a day.
func (d *doc) tencentTask(n node) {
	details, text := n.get("ResultDetail"), n.get("Result|text")
	switch {
	case details.filled():
		d.call("").tencentDetails(details)
	case strings.TrimSpace(text.str()) != "":
		t := d.call("")
		t.tencentText(text.str())
		for i := range t.pieces {
			t.pieces[i].Line = t.Line
		}
		if len(t.pieces) == 0 { // ResTextFormat with neither times nor speakers
			t.sentence(n, columns{text: "Result|text", unit: millis})
		}
		t.note("没有 ResultDetail，句子取自 Result 文本", "there is no ResultDetail, so the sentences are from the text of Result")
	case details.there() && !details.is(fastjson.TypeArray):
		details.list() // says what is wrong with it
	default:
		d.refuse(jobOf(n, "StatusStr|Status", "Status|code", "ErrorMsg|message").what())
	}
}

// tencentDetails adds sentences. A role found by voice print stands above the number of the speaker.
func (t *talk) tencentDetails(list node) {
	c := columns{text: "FinalSentence", words: "Words", word: "Word", role: "SpeakerRoleName", speaker: "SpeakerId", start: "StartMs", end: "EndMs", unit: millis}
	for _, n := range list.list() {
		p := t.piece(n, c)
		if p.Text == "" {
			p.Text = unsplit(n.get("SliceSentence").words())
		}
		if name := n.get("SpeakerRoleName").str(); name != "" && p.Role == call.Unknown {
			p.Speaker = name
		}
		t.say(p)
	}
	t.clock("StartMs", millis)
}

// tencentFlash is the result of Tencent Cloud's quick recognition, channel by channel.
func tencentFlash() document {
	return document{
		name:  "tencent-flash",
		title: call.Sayf("腾讯云 录音文件识别极速版", "Tencent Cloud recording file recognition, flash"),
		shape: "flash_result[].sentence_list[].start_time",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			return holds(v, "flash_result") || holds(v, "request_id", "audio_duration")
		},
		read: func(d *doc, n node) {
			channels := n.get("flash_result")
			if !channels.filled() {
				d.refuse(jobOf(n, "status", "code", "message").what())
				return
			}
			t := d.call("")
			for _, channel := range channels.list() {
				t.tencentFlash(channel)
			}
		},
	}
}

// tencentFlash adds what one channel says.
func (t *talk) tencentFlash(channel node) {
	id, from := channel.get("channel_id").str(), len(t.pieces)
	list := channel.get("sentence_list")
	t.sentences(list, columns{text: "text", words: "word_list", word: "word", speaker: "speaker_id", start: "start_time", end: "end_time", unit: millis})
	if from == len(t.pieces) && !list.there() {
		t.sentence(channel, columns{text: "text", unit: millis})
	}
	for i := range t.pieces[from:] {
		t.pieces[from+i].channel = id
	}
}

// tencentTalk is what Tencent Cloud's contact centre writes of a call: who said what, and when.
func tencentTalk() document {
	return document{
		name:  "tencent-ccc",
		title: call.Sayf("腾讯云 云呼叫中心 AsrData", "Tencent Cloud contact centre, AsrData"),
		shape: "[].User + Message + Start",
		sides: call.Sayf("User 是邮箱的是坐席，是号码的是客户", "a User that is a mail address is the agent, one that is a number the customer"),
		claims: func(v *fastjson.Value) bool {
			return holds(peek(v, "AsrData", "0"), "User", "Message")
		},
		rows: func(v *fastjson.Value) bool { return holds(v, "User", "Message", "Start|End|Timestamp") },
		read: func(d *doc, n node) {
			if n.is(fastjson.TypeArray) {
				d.call("").tencentTalk(n)
				return
			}
			d.tencentCall(n)
		},
	}
}

// tencentTalk adds sentences, whose times are dates.
func (t *talk) tencentTalk(list node) {
	for _, n := range list.list() {
		p := t.piece(n, columns{text: "Message", speaker: "User", start: "Start|Timestamp", end: "End", unit: millis})
		p.Role = seatOrCaller(p.Speaker)
		t.say(p)
	}
	t.clock("Start", millis)
}

// seatOrCaller is the role of a user: seats have mail addresses, callers numbers.
func seatOrCaller(user string) call.Role {
	switch digits := strings.Trim(user, "+*-0123456789xX"); {
	case strings.Contains(user, "@"):
		return call.Agent
	case user != "" && digits == "" && len(user) >= 5:
		return call.Customer
	}
	role, _ := sideOf(user)
	return role
}

// tencentCDR is the list of calls of the same contact centre. Calls may bring what was
// said along; mostly they do not, and then they are for --cdr.
func tencentCDR() document {
	return document{
		name:   "tencent-cdr",
		title:  call.Sayf("腾讯云 云呼叫中心 话单（没有文字，用于 --cdr）", "Tencent Cloud contact centre, call records (no speech: for --cdr)"),
		shape:  "TelCdrs[].SessionId",
		sides:  call.Sayf("话单里没有话", "there is no speech in call records"),
		claims: func(v *fastjson.Value) bool { return holds(v, "TelCdrs") },
		read: func(d *doc, n node) {
			list := n.get("TelCdrs").list()
			silent := 0
			for _, cdr := range list {
				if cdr.get("AsrData").filled() {
					d.tencentCall(cdr)
					continue
				}
				silent++
			}
			if silent > 0 || len(list) == 0 {
				d.refuse(call.Sayf("这是话单（%d 通），里面没有对话内容；请用 --cdr 和通话文字一起给",
					"these are call records (%d) without what was said; give them with --cdr, beside the transcripts", silent))
			}
		},
	}
}

// tencentCall adds the call of one record.
func (d *doc) tencentCall(n node) {
	seat := n.get("SeatUser")
	t := d.call(n.get("SessionId").str())
	if seat.is(fastjson.TypeObject) {
		t.Agent = call.Person{ID: seat.get("StaffNumber|UserId|Mail").str(), Name: seat.get("Name|Nick").str(), Team: n.get("SkillGroup").str()}
	}
	t.Direction = coded(n.get("Direction"), map[string]call.Direction{"0": call.Inbound, "1": call.Outbound}, directions)
	t.Hangup = coded(n.get("HungUpSide"), nil, hangups)
	t.StartedAt, t.EndedAt = n.get("Time|StartTimestamp").date(), n.get("EndedTimestamp").date()
	t.tencentTalk(n.get("AsrData"))
}
