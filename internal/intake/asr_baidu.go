package intake

import (
	"strings"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// baiduFile is the result of Baidu's transcription of audio files: a list of tasks.
func baiduFile() document {
	return document{
		name:  "baidu-aasr",
		title: call.Sayf("百度 音频文件转写", "Baidu audio file transcription"),
		shape: "tasks_info[].task_result.detailed_result[].res",
		sides: call.Sayf("没有角色；说话人取自 speaker、channel，或 sn 的后缀 _0、_1：用 --agent-channel 指定，否则按话术推断",
			"no roles; speakers are from speaker, channel, or the end of sn, _0 and _1: --agent-channel, else by what is said"),
		claims: func(v *fastjson.Value) bool { return holds(v, "tasks_info") || holds(v, "task_status", "task_id") },
		read: func(d *doc, n node) {
			tasks := []node{n}
			if list := n.get("tasks_info"); list.there() {
				tasks = list.list()
			}
			for _, task := range tasks {
				d.baiduTask(task, len(tasks) > 1)
			}
		},
	}
}

// baiduTask adds the call of one task, whose id is that of the call where there are several.
func (d *doc) baiduTask(n node, several bool) {
	id := ""
	if several {
		id = n.get("task_id").str()
	}
	result := n.get("task_result")
	details, texts := result.get("detailed_result"), result.get("result")
	if !details.filled() && !texts.filled() {
		j := jobOf(n, "task_status", "error_code", "error_msg")
		if code := result.get("err_no").str(); code != "" {
			j.code, j.message = code, result.get("err_msg").str()
		}
		d.refuseCall(id, j.what())
		return
	}
	t := d.call(id)
	if !details.filled() {
		t.say(piece{Turn: call.Turn{Text: texts.lines()}})
		return
	}
	for _, row := range details.list() {
		t.baiduSentence(row)
	}
	t.baiduSpeakers(details.list())
	t.clock("begin_time", millis)
}

// baiduSentence adds one sentence, whose text may come in parts.
func (t *talk) baiduSentence(n node) {
	p := t.piece(n, columns{role: "role", speaker: "speaker|speaker_id|spk", channel: "channel|channel_id", start: "begin_time", end: "end_time", unit: millis})
	p.Text = n.get("res").lines()
	t.say(p)
}

// lines is the text of n, a string or a list of them.
func (n node) lines() string {
	if n.is(fastjson.TypeString) {
		return n.words()
	}
	text := ""
	for _, part := range n.list() {
		text += part.words()
	}
	return text
}

// baiduSpeakers takes the speakers from the ends of the serial numbers, where nothing else
// names them and the ends are two.
func (t *talk) baiduSpeakers(rows []node) {
	ends := map[string]int{}
	for i, n := range rows {
		_, end, _ := strings.Cut(n.get("sn").str(), "_")
		if end == "" || len(end) > 2 || t.pieces[i].Speaker != "" || t.pieces[i].channel != "" {
			return
		}
		ends[end]++
	}
	if len(ends) != 2 {
		return
	}
	for i, n := range rows {
		_, t.pieces[i].Speaker, _ = strings.Cut(n.get("sn").str(), "_")
	}
	t.note("说话人取自 sn 的后缀", "speakers are from the end of sn")
}

// baiduInspection is the answer of Baidu's quality inspection of calls.
func baiduInspection() document {
	return document{
		name:  "baidu-qc",
		title: call.Sayf("百度 智能语音质检", "Baidu speech quality inspection"),
		shape: "result.asr_result[].sentence",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			result := peek(v, "result")
			return holds(peek(result, "asr_result", "0"), "sentence") || holds(peek(result, "asr_result"), "sentence") || holds(result, "session_id", "state")
		},
		read: func(d *doc, n node) {
			result := n.get("result")
			id, list := result.get("session_id").str(), result.get("asr_result")
			one := list.get("sentence").is(fastjson.TypeString)
			if !one && !list.filled() {
				d.refuseCall(id, baiduState(result).what())
				return
			}
			t := d.call(id)
			c := columns{text: "sentence", role: "role", speaker: "speaker_id|speaker", start: "begin_time", end: "end_time", unit: millis}
			if one {
				t.sentence(list, c)
				return
			}
			c.unit = list.unitOf(c.end, result.get("call_duration"))
			t.sentences(list, c)
		},
	}
}

// baiduState is the job of a call that has no sentences.
func baiduState(result node) job {
	j := jobOf(result, "state_desc", "state", "push_status_desc")
	switch j.code {
	case "0":
		j.state = "queued " + j.state
	case "1":
		j.state = "running " + j.state
	case "2":
		j.state = "success " + j.state
	}
	return j
}

// unitOf is the unit of the times of a list: what the length of the call, in seconds, allows.
func (n node) unitOf(end string, length node) unit {
	last := 0.0
	for _, row := range n.list() {
		at, _ := row.within(end).num()
		last = max(last, at)
	}
	whole, _ := length.num()
	return lasting(last, whole)
}
