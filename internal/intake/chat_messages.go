package intake

import (
	"strings"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// chatMessages is a dialogue of a language model, as OpenAI's interfaces and the data
// sets for them have it: the assistant is the agent.
func chatMessages() document {
	return document{
		name:  "chat-messages",
		title: call.Sayf("大模型对话 messages", "messages of a language model"),
		shape: "messages[].role + content, [].role + content, conversations[].from + value",
		sides: call.Sayf("role：assistant 坐席，user 客户，system、tool 其他", "role: assistant agent, user customer, system and tool other"),
		chat:  true,
		claims: func(v *fastjson.Value) bool {
			for _, list := range []node{node{v: v}.get("messages"), node{v: v}.get("conversations")} {
				if isMessage(list.at("0").v) {
					return true
				}
			}
			return false
		},
		rows: isMessage,
		read: func(d *doc, n node) {
			if n.is(fastjson.TypeArray) {
				d.call("").messages(n)
				return
			}
			d.call(n.get("id|conversation_id|session_id").str()).messages(n.get("messages|conversations"))
		},
	}
}

func isMessage(v *fastjson.Value) bool {
	return has(v, "role") && (has(v, "content") || has(v, "tool_calls")) && !has(v, "im_sub_session_id") || has(v, "from") && has(v, "value")
}

func (t *talk) messages(list node) {
	for _, m := range list.list() {
		p := piece{}
		if p.Text = m.get("content|value").inText(); p.Text == "" {
			t.note("丢弃没有文字的消息", "dropped messages without text")
			continue
		}
		p.who(chatRole(m.get("role|from").fold()))
		if name := m.get("name").str(); name != "" {
			p.Speaker = name
		}
		p.Start = m.get("timestamp|created_at|time").moment(guessed)
		t.say(p)
	}
}

// chatRole is the role of a model's name for it.
func chatRole(name string) string {
	switch name {
	case "gpt", "chatgpt", "model", "bot", "ai":
		return "assistant"
	}
	return name
}

// inText is the text of a message: a string, or the parts of it that are text.
func (n node) inText() string {
	if !n.there() || n.v.Type() != fastjson.TypeArray {
		return n.words()
	}
	var parts []string
	for _, part := range n.list() {
		text := part.get("text|input_text|output_text")
		if part.v.Type() == fastjson.TypeString {
			text = part
		}
		if inner := text.get("value"); inner.there() {
			text = inner
		}
		if s := text.words(); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\n")
}
