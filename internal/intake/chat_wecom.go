package intake

import (
	"strings"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// weCom is the archive of WeCom (企业微信会话存档): one message per line, of many
// conversations. A room is one, and so is whom an employee talks to.
func weCom() document {
	return document{
		name:   "wecom",
		title:  call.Sayf("企业微信会话存档", "WeCom chat archive"),
		shape:  "msgid + msgtype + from + tolist",
		sides:  call.Sayf("from 以 wm、wo 开头是客户，wb 是机器人，其余是员工", "from starting with wm or wo is a customer, wb a bot, others are staff"),
		spread: true,
		chat:   true,
		claims: func(v *fastjson.Value) bool {
			return has(v, "msgid") && (has(v, "msgtype") || has(v, "action")) || has(v, "chatdata", "0", "msgid")
		},
		read: func(d *doc, n node) {
			if list := n.get("chatdata"); list.there() {
				for _, m := range list.list() {
					d.weComMessage(m)
				}
				return
			}
			d.weComMessage(n)
		},
	}
}

// weComMessage adds one message to its conversation.
func (d *doc) weComMessage(n node) {
	if n.get("encrypt_chat_msg").there() && !n.get("msgtype").there() {
		d.refuse(call.Sayf("这是加密的会话存档；请先用 SDK 解密", "this archive is encrypted; decrypt it with the SDK first"))
		return
	}
	from := n.get("from").str()
	if from == "" { // somebody changed companies: nobody says anything
		return
	}
	t := d.conversation(conversationOf(n, from))
	if t.Agent.ID == "" && weComRole(from) == call.Agent {
		t.Agent.ID = from
	}
	if t.Customer.ID == "" && weComRole(from) == call.Customer {
		t.Customer.ID = from
	}
	text, kind := weComText(n), n.get("msgtype").str()
	if text == "" {
		t.note("丢弃没有文字的消息（%s）", "dropped messages without text (%s)", strings.TrimPrefix(n.get("action").str()+" "+kind, "send "))
		return
	}
	p := piece{}
	p.Text, p.Speaker, p.Role = text, from, weComRole(from)
	p.Start = n.get("msgtime").moment(millis)
	t.say(p)
	t.clock("msgtime", millis)
}

// weComText is what a message says: that of a mixed one is in its parts.
func weComText(n node) string {
	if action := n.get("action").str(); action != "" && action != "send" {
		return ""
	}
	switch n.get("msgtype").str() {
	case "text", "markdown":
		return n.at("text|markdown", "content").words()
	case "mixed":
		var parts []string
		for _, part := range n.at("mixed", "item").list() {
			if part.get("type").str() == "text" {
				if s := part.get("content").inside().get("content").words(); s != "" {
					parts = append(parts, s)
				}
			}
		}
		return strings.Join(parts, "\n")
	}
	return ""
}

// conversationOf is the room of a message, or the two who write to each other.
func conversationOf(n node, from string) string {
	if room := n.get("roomid").str(); room != "" {
		return room
	}
	to := ""
	if list := n.get("tolist").list(); len(list) > 0 {
		to = list[0].str()
	}
	if weComRole(from) == call.Customer || weComRole(to) != call.Customer && to < from {
		from, to = to, from
	}
	return from + ":" + to
}

// weComRole is the side of a user: ids of customers and bots have prefixes.
func weComRole(id string) call.Role {
	switch {
	case len(id) > 20 && (strings.HasPrefix(id, "wm") || strings.HasPrefix(id, "wo")):
		return call.Customer
	case len(id) > 20 && strings.HasPrefix(id, "wb"):
		return call.Other
	}
	return call.Agent
}
