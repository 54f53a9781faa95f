package intake

import (
	"html"
	"strings"
	"time"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// scaUpload is what Alibaba Cloud's conversation analysis is given: tickets with
// dialogues of hotline calls or of chats.
func scaUpload() document {
	return document{
		name:  "aliyun-sca",
		title: call.Sayf("阿里云 智能对话分析 上传数据", "Alibaba Cloud smart conversation analysis, upload"),
		shape: "tickets[].dialogue[].words + role",
		sides: call.Sayf("每句标明角色，customerServiceType 1 是机器人", "each sentence names its role; customerServiceType 1 is a bot"),
		claims: func(v *fastjson.Value) bool {
			return holds(peek(v, "tickets", "0"), "dialogue") || holds(peek(v, "dialogue", "0"), "words", "role")
		},
		read: func(d *doc, n node) {
			tickets := []node{n}
			if list := n.get("tickets"); list.there() {
				tickets = list.list()
			}
			for _, ticket := range tickets {
				d.scaTicket(ticket)
			}
		},
	}
}

// scaTicket adds the call of one ticket.
func (d *doc) scaTicket(n node) {
	id := n.get("tid|callId").str()
	if id == "" {
		id = stem(n.get("fileName").str())
	}
	t := d.call(id)
	t.Agent = call.Person{ID: n.get("customerServiceId").str(), Name: n.get("customerServiceName").str(), Team: n.get("skillGroupName").str()}
	t.Customer = call.Person{ID: n.get("customerId").str(), Name: n.get("customerName").str()}
	t.Direction = scaDirection(n.get("callType"))
	t.StartedAt = n.get("callStartTime").date()
	t.scaDialogue(n.get("dialogue"), n.get("customerServiceType").str())
}

// scaDirection is the direction of a call type, whose numbers are of this service alone.
func scaDirection(n node) call.Direction {
	return coded(n, map[string]call.Direction{"1": call.Outbound, "3": call.Inbound}, directions)
}

// scaDialogue adds sentences, which the upload and the results of the service write
// alike. A service type is of those that name none.
func (t *talk) scaDialogue(list node, service string) {
	rows := list.list()
	clocked := false
	for _, n := range rows {
		clocked = clocked || n.get("begin").nonzero() || n.get("end").nonzero()
	}
	if len(rows) > 0 {
		t.scaClock(rows[0], clocked)
	}
	for _, n := range rows {
		t.scaSentence(n, clocked, service)
	}
}

// nonzero reports whether n is there and not 0; what is no number shall be reported as a time.
func (n node) nonzero() bool {
	f, ok := n.num()
	return n.there() && (f > 0 || !ok && n.v.Type() != fastjson.TypeString)
}

// scaClock says where the times are from, and when the call began. In a chat every begin is 0, and
// only the date of each message is real.
func (t *talk) scaClock(first node, clocked bool) {
	if !clocked {
		t.typed = true
		t.note("begin 都是 0：是文字会话，时间取自 beginTime", "every begin is 0: this is a chat, the times are from beginTime")
		return
	}
	t.clock("begin", millis)
	at, ok := dateTime(first.get("beginTime").str())
	begin, _ := first.get("begin").num()
	if ok && t.StartedAt == "" { // beginTime has whole seconds, so the call began up to one later
		at = at.Add(-time.Duration(begin)*time.Millisecond + time.Second - time.Millisecond).Truncate(time.Second)
		t.StartedAt = at.Format("2006-01-02T15:04:05")
	}
}

func (t *talk) scaSentence(n node, clocked bool, service string) {
	if kind := n.get("type").fold(); kind == "image" || kind == "audio" && strings.Contains(n.get("words").str(), "://") {
		t.note("丢弃没有文字的图片和语音消息", "dropped messages of images and sounds, which have no words")
		return
	}
	c := columns{text: "words|text", role: "role", speaker: "identity", start: "beginTime", unit: millis}
	if clocked {
		c.start, c.end = "begin", "end"
	}
	p := t.piece(n, c)
	if strings.Contains(p.Text, "&#") {
		p.Text = html.UnescapeString(p.Text)
	}
	if s := n.get("customerServiceType").str(); s != "" {
		service = s
	}
	if p.Role == call.Agent && service == "1" {
		p.Role = call.Other
	}
	t.say(p)
}

// scaResult is what the service found: dialogues with what is known of agent and recording.
func scaResult() document {
	return document{
		name:  "aliyun-sca-result",
		title: call.Sayf("阿里云 智能对话分析 质检结果", "Alibaba Cloud smart conversation analysis, results"),
		shape: "Data.ResultInfo[].AsrResult.AsrResult[].Words + Role",
		sides: rolesStated(),
		claims: func(v *fastjson.Value) bool {
			data := peek(v, "Data")
			return holds(data, "ResultInfo") || holds(data, "AsrResult") || holds(data, "Dialogues") || holds(v, "AsrResult") || holds(v, "ResultInfo")
		},
		read: func(d *doc, n node) {
			if data := n.get("Data"); data.there() {
				n = data
			}
			results := []node{n}
			if list := n.get("ResultInfo"); list.there() {
				results = list.list()
			}
			for _, result := range results {
				d.scaCall(result)
			}
		},
	}
}

// scaCall adds the call of one result.
func (d *doc) scaCall(n node) {
	recording, agent := n.get("Recording"), n.get("Agent")
	id := recording.get("CallId").str()
	if id == "" {
		id = stem(recording.get("Name").str())
	}
	if id == "" {
		id = n.get("Tid|CallId|TaskId").str()
	}
	list := n.get("AsrResult|Dialogues|Dialogue")
	if !list.filled() {
		d.refuseCall(id, jobOf(n, "StatusText", "Status|ErrorCode", "ErrorMessage|Message").what())
		return
	}
	t := d.call(id)
	t.Agent = call.Person{ID: agent.get("Id").str(), Name: agent.get("Name").str(), Team: agent.get("SkillGroup|SkillGroupName").str()}
	t.Direction = scaDirection(recording.get("CallType"))
	t.StartedAt = recording.get("CallTime").date()
	t.scaDialogue(list, "")
}

// cccDetail is the conversation of Alibaba Cloud's call centre.
func cccDetail() document {
	return document{
		name:  "aliyun-ccc",
		title: call.Sayf("阿里云 云联络中心 GetConversationDetail", "Alibaba Cloud call centre, GetConversationDetail"),
		shape: "Phrases[].Words + Role",
		sides: rolesStated(),
		claims: func(v *fastjson.Value) bool {
			return (holds(v, "Phrases") || holds(peek(v, "Data"), "Phrases")) && !azureFast(v)
		},
		rows: func(v *fastjson.Value) bool { return holds(v, "Words", "Role", "Begin") },
		read: func(d *doc, n node) {
			list := n
			if !n.is(fastjson.TypeArray) {
				if data := n.get("Data"); data.there() {
					n = data
				}
				list = n.get("Phrases")
			}
			t := d.call(n.get("ContactId|CallId|JobId").str())
			t.scaDialogue(list, "")
		},
	}
}
