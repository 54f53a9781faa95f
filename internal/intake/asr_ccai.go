package intake

import (
	"path"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// ccai is a conversation of Google's Contact Center AI Insights.
func ccai() document {
	return document{
		name:  "google-ccai",
		title: call.Sayf("Google CCAI 会话", "Google CCAI conversation"),
		shape: "transcript.transcriptSegments",
		sides: call.Sayf("由 segmentParticipant.role 写明，否则由 callMetadata.agentChannel", "stated by segmentParticipant.role, else callMetadata.agentChannel"),
		claims: func(v *fastjson.Value) bool {
			return has(v, "transcript", "transcriptSegments|transcript_segments") || has(v, "callMetadata|call_metadata") && has(v, "medium|name|agentId")
		},
		read: func(d *doc, n node) {
			t := d.call(path.Base("/" + n.get("name").str()))
			if t.ID == "/" {
				t.ID = ""
			}
			agent := n.at("qualityMetadata|quality_metadata", "agentInfo|agent_info", "0")
			t.Agent = call.Person{ID: n.get("agentId|agent_id").str(), Name: agent.get("displayName|display_name").str(), Team: agent.get("team").str()}
			if t.Agent.ID == "" {
				t.Agent.ID = agent.get("agentId|agent_id").str()
			}
			t.StartedAt = n.get("startTime|start_time").str()
			t.typed = n.get("medium").str() == "CHAT"
			sides := n.get("callMetadata|call_metadata")
			for _, s := range n.at("transcript", "transcriptSegments|transcript_segments").list() {
				t.ccaiSegment(s, sides)
			}
			t.clock("words[].startOffset / messageTime", seconds)
		},
	}
}

// ccaiSegment adds one segment, whose side is its participant's or that of its channel.
func (t *talk) ccaiSegment(n, sides node) {
	p := piece{channel: n.get("channelTag|channel_tag").str()}
	p.Text = unsplit(n.get("text").words())
	who := n.get("segmentParticipant|segment_participant")
	role := who.get("role").str()
	switch {
	case role != "" && role != "ROLE_UNSPECIFIED":
	case p.channel == "": // a missing channel is none of those that are named
	case p.channel == sides.get("agentChannel|agent_channel").str():
		role = "agent"
	case p.channel == sides.get("customerChannel|customer_channel").str():
		role = "customer"
	}
	p.Speaker = who.get("userId|user_id|dialogflowParticipantName").str()
	p.who(role)
	words := wordsOf(n.get("words"), "word", "", "", "startOffset|start_offset", "endOffset|end_offset", seconds)
	if p.Start, p.End = span(words, p.Text); p.Start.IsZero() {
		p.Start = n.get("messageTime|message_time").moment(millis)
	}
	t.say(p)
}

// ccaiUpload is the JSON in which conversations are uploaded to it.
func ccaiUpload() document {
	return document{
		name:  "google-ccai-upload",
		title: call.Sayf("Google CCAI 上传格式", "Google CCAI upload"),
		shape: "entries[].text + role + start_timestamp_usec",
		sides: statedSides("entries[].role"),
		claims: func(v *fastjson.Value) bool {
			first := v.Get("entries", "0")
			return has(first, "text") && (has(first, "role") || has(first, "start_timestamp_usec|startTimestampUsec"))
		},
		read: func(d *doc, n node) {
			t := d.call(n.get("conversation_id|conversationId").str())
			t.sentences(n.get("entries"), columns{text: "text", role: "role", speaker: "user_id|userId", start: "start_timestamp_usec|startTimestampUsec", unit: micros})
		},
	}
}
