package intake

import (
	"strings"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// connectChat is the transcript of a chat of Amazon Connect. Its events tell when the chat
// started and who left it.
func connectChat() document {
	return document{
		name:  "aws-connect-chat",
		title: call.Sayf("Amazon Connect 在线聊天", "Amazon Connect chat"),
		shape: "Transcript[].AbsoluteTime + ParticipantRole",
		sides: statedSides("ParticipantRole"),
		chat:  true,
		claims: func(v *fastjson.Value) bool {
			return has(v, "Transcript", "0", "AbsoluteTime") || has(v, "InitialContactId") && has(v, "Transcript")
		},
		read: func(d *doc, n node) {
			t := d.call(n.get("ContactId").str())
			if t.ID == "" {
				t.ID = n.at("CustomerMetadata", "ContactId").str()
			}
			for _, row := range n.get("Transcript").list() {
				t.connectRow(row)
			}
			t.clock("AbsoluteTime", millis)
		},
	}
}

// connectRow adds a message, or takes from an event what it tells.
func (t *talk) connectRow(n node) {
	at, kind := n.get("AbsoluteTime"), n.get("ContentType").fold()
	if t.StartedAt == "" {
		t.StartedAt, _ = rfc3339(at.str())
	}
	role, _ := sideOf(n.get("ParticipantRole").str())
	if role == call.Agent && t.Agent.ID == "" {
		t.Agent = call.Person{ID: n.get("ParticipantId").str(), Name: n.get("DisplayName").str()}
	}
	switch text := n.get("Content"); {
	case strings.EqualFold(n.get("Type").str(), "EVENT"):
		t.connectEvent(kind, role, at.str())
	case !text.there() || kind != "" && !strings.HasPrefix(kind, "text/"):
		t.note("丢弃附件和按钮等没有文字的消息", "dropped attachments, buttons and other messages without text")
	default:
		t.Hangup = "" // who left before came back
		p := piece{}
		p.Text, p.Role, p.Speaker = text.words(), role, n.get("DisplayName|ParticipantId").str()
		p.Start = at.moment(millis)
		t.say(p)
	}
}

// connectEvent takes the end of the chat from the first side that leaves it.
func (t *talk) connectEvent(kind string, role call.Role, at string) {
	switch {
	case strings.HasSuffix(kind, "participant.left") && t.Hangup == "" && role == call.Agent:
		t.Hangup = call.ByAgent
	case strings.HasSuffix(kind, "participant.left") && t.Hangup == "" && role == call.Customer:
		t.Hangup = call.ByCustomer
	case strings.HasSuffix(kind, "chat.ended"):
		t.EndedAt, _ = rfc3339(at)
	}
}
