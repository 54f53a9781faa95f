package intake

import (
	"slices"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// huaweiSIS is the result of Huawei Cloud's recognition of recorded files.
func huaweiSIS() document {
	return document{
		name:  "huawei-sis",
		title: call.Sayf("华为云 SIS 录音文件识别", "Huawei Cloud SIS recording file recognition"),
		shape: "segments[].result.text",
		sides: call.Sayf("analysis_info.role 写明 AGENT、USER；没有时按话术推断", "analysis_info.role says AGENT or USER; without it, by what is said"),
		claims: func(v *fastjson.Value) bool {
			states := []string{"WAITING", "FINISHED", "ERROR"}
			return holds(peek(v, "segments", "0"), "result", "start_time") ||
				slices.Contains(states, string(v.GetStringBytes("status"))) && (holds(v, "create_time") || holds(v, "job_id") || holds(v, "segments"))
		},
		read: func(d *doc, n node) {
			list := n.get("segments")
			if !list.filled() {
				d.refuse(jobOf(n, "status", "error_code|code", "error_msg|message").what())
				return
			}
			d.call("").sentences(list, columns{
				text: "result.text", words: "result.word_info", word: "word", role: "result.analysis_info.role",
				start: "start_time", end: "end_time", unit: millis,
			})
		},
	}
}

// huaweiCEC is a call of Huawei Cloud's quality inspection.
func huaweiCEC() document {
	return document{
		name:  "huawei-cec",
		title: call.Sayf("华为云 CEC 质检 appraisecall/detail", "Huawei Cloud CEC quality inspection, appraisecall/detail"),
		shape: "segments[].asr_text",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			return holds(peek(v, "segments", "0"), "asr_text") || holds(v, "left_channel", "right_channel")
		},
		read: func(d *doc, n node) {
			id := n.get("call_id").str()
			if id == "" {
				id = stem(n.get("file_name").str())
			}
			list := n.get("segments")
			if !list.filled() {
				d.refuseCall(id, jobOf(n, "status", "error_code", "error_msg").what())
				return
			}
			t := d.call(id)
			t.Agent = call.Person{ID: n.get("staff_id").str(), Name: n.get("staff_name").str()}
			t.StartedAt = n.get("call_time").date()
			c := columns{text: "asr_text", role: "role", speaker: "speaker", start: "start_time", end: "end_time", unit: millis}
			c.unit = list.unitOf(c.end, n.get("duration"))
			t.sentences(list, c)
			t.huaweiSides(n)
		},
	}
}

// huaweiSides gives roles to speakers that are called left and right.
func (t *talk) huaweiSides(n node) {
	for i := range t.pieces {
		p := &t.pieces[i]
		switch side := p.Speaker; side {
		case "left", "right", "left_channel", "right_channel":
			p.Role, _ = sideOf(n.get(side + "|" + side + "_channel").str())
		default:
			if role, known := sideOf(side); known && side != "" {
				p.Role = role
			}
		}
	}
}

// huaweiAICC is what Huawei Cloud's call centre calls back with after transcription, by a
// recogniser of iFlytek.
func huaweiAICC() document {
	return document{
		name:  "huawei-aicc",
		title: call.Sayf("华为云 AICC 离线转写回调", "Huawei Cloud AICC transcription callback"),
		shape: "body.lattices[].onebest",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			return holds(peek(v, "body", "lattices", "0"), "onebest") || holds(peek(v, "lattices", "0"), "onebest") ||
				holds(peek(v, "body"), "lattices") || holds(v, "state", "body") && holds(peek(v, "state"), "code")
		},
		read: func(d *doc, n node) {
			state := n.get("state")
			if body := n.get("body"); body.there() {
				n = body
			}
			id, list := n.get("aid").str(), n.get("lattices")
			if !list.filled() {
				j := jobOf(state, "status", "code", "desc|message|msg")
				if succeeded(j.code) {
					j.state = "success"
				}
				d.refuseCall(id, j.what())
				return
			}
			d.call(id).onebest(list)
		},
	}
}
