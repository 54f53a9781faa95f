package intake

import (
	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// udesk is the list of messages that Udesk exports, of one chat or several.
func udesk() document {
	return document{
		name:  "udesk",
		title: call.Sayf("Udesk 在线会话消息", "Udesk chat messages"),
		shape: "messages[].im_sub_session_id + data.content",
		sides: call.Sayf("有 agent_id 的是坐席，没有的是客户", "messages with an agent_id are the agent's, others the customer's"),
		chat:  true,
		claims: func(v *fastjson.Value) bool {
			first := v.Get("messages", "0")
			return has(first, "im_sub_session_id") || has(first, "message_created_at") || has(first, "message_id") && has(first, "data")
		},
		read: func(d *doc, n node) {
			for _, m := range n.get("messages").list() {
				d.udeskMessage(m)
			}
		},
	}
}

func (d *doc) udeskMessage(n node) {
	t := d.conversation(n.get("im_sub_session_id").str())
	content := n.at("data", "content")
	if !content.there() {
		content = n.get("content")
	}
	p := piece{}
	if p.Text = content.inText(); p.Text == "" {
		t.note("丢弃没有文字的消息", "dropped messages without text")
		return
	}
	agent := call.Person{ID: n.get("agent_id").str(), Name: n.get("agent_name").str()}
	switch kind := n.get("type").fold(); {
	case agent.ID != "" && agent.ID != "0":
		p.Role, p.Speaker = call.Agent, agent.ID
		if t.Agent.ID == "" {
			t.Agent = agent
		}
	case kind == "sys" || kind == "system" || kind == "robot" || kind == "info":
		p.Role, p.Speaker = call.Other, kind
	default:
		p.Role = call.Customer
	}
	p.Start = n.get("message_created_at|created_at").moment(millis)
	t.say(p)
	t.clock("message_created_at", millis)
}

// qiyu is what NetEase Qiyu pushes after a call: all about it but the words.
func qiyu() document {
	return document{
		name:  "qiyu",
		title: call.Sayf("网易七鱼 通话推送（只有元数据）", "NetEase Qiyu call push (metadata only)"),
		shape: "eventtype + sessionid + staffid",
		sides: call.Sayf("没有转写文字", "it has no transcript"),
		claims: func(v *fastjson.Value) bool {
			return has(v, "sessionid") && (has(v, "eventtype") || has(v, "staffid") && (has(v, "recordurl") || has(v, "connectionbeginetime|connectionbegintime")))
		},
		read: func(d *doc, n node) {
			d.refuse(call.Sayf("这是通话 %[1]s 的推送，只有元数据，没有转写文字；请检查它的转写结果，用 --cdr 补上这里的元数据", "this push about call %[1]s has metadata only, no transcript; check the transcript, and add this metadata to it with --cdr", n.get("sessionid").str()))
		},
	}
}

// csds is the JSON of the CSDS corpus of shop chats, whose spaces part words.
func csds() document {
	return document{
		name:  "csds",
		title: call.Sayf("CSDS 对话语料", "CSDS corpus of dialogues"),
		shape: "[].Dialogue[].speaker + utterance",
		sides: call.Sayf("speaker：A 客服，Q 客户", "speaker: A agent, Q customer"),
		claims: func(v *fastjson.Value) bool {
			return has(v, "Dialogue", "0", "utterance") || has(v, "DialogueID") && has(v, "Dialogue")
		},
		read: func(d *doc, n node) {
			id := n.get("Session_id").str()
			if id == "" {
				id = n.get("DialogueID").str()
			}
			t := d.call(id)
			t.typed = true
			for _, u := range n.get("Dialogue").list() {
				p := piece{}
				p.Text = unsplit(u.get("utterance").words())
				switch speaker := u.get("speaker").str(); speaker {
				case "A", "a":
					p.Role = call.Agent
				case "Q", "q":
					p.Role = call.Customer
				default:
					p.who(speaker)
				}
				t.say(p)
			}
			t.note("去掉汉字之间分词的空格", "removed the spaces that part Chinese words")
		},
	}
}
