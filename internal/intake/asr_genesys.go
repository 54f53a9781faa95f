package intake

import (
	"strconv"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// genesys is a transcript of Genesys Cloud, stored or as an event of a running call.
func genesys() document {
	return document{
		name:  "genesys",
		title: call.Sayf("Genesys Cloud 转写", "Genesys Cloud transcript"),
		shape: "transcripts[].phrases[].participantPurpose",
		sides: call.Sayf("由 participantPurpose 写明：internal 坐席，external 客户", "stated by participantPurpose: internal agent, external customer"),
		claims: func(v *fastjson.Value) bool {
			list := node{v: v}.at("transcripts")
			if body := (node{v: v}).at("eventBody", "transcripts"); body.there() {
				list = body
			}
			return list.at("0", "phrases").there() || list.at("0", "utteranceId").there() || list.there() && has(v, "communicationId|conversationId")
		},
		read: func(d *doc, n node) {
			if body := n.get("eventBody"); body.there() {
				n = body
			}
			t := d.call(n.get("conversationId").str())
			if start := n.get("conversationStartTime|startTime"); start.there() {
				if ms, ok := start.moment(millis).Get(); ok && ms >= epochFrom {
					t.StartedAt = instant(ms)
				}
			}
			t.genesysPeople(n.get("participants"))
			for _, tr := range n.get("transcripts").list() {
				for _, p := range tr.get("phrases").list() {
					t.genesysPhrase(p, tr.get("startTime"))
				}
				t.genesysUtterance(tr)
			}
			t.clock("startTimeMs / offset.milliseconds", millis)
		},
	}
}

// genesysPeople takes the agent, the customer and the direction from the participants.
func (t *talk) genesysPeople(list node) {
	for i, p := range list.list() {
		role, _ := sideOf(p.get("participantPurpose|purpose").str())
		switch {
		case role == call.Agent && t.Agent.ID == "":
			t.Agent.ID, t.Agent.Team = p.get("userId").str(), p.get("teamId|queueId").str()
		case role == call.Customer && i == 0 && p.get("initialDirection").fold() == "":
			t.Customer.ID = p.get("externalContactId").str()
		}
		if d := valueOf(p.get("initialDirection|direction").fold(), directions); d != "" && t.Direction == "" {
			t.Direction = d
		}
	}
}

// genesysPhrase adds one phrase. Its own start is absolute or of the call; its offset is of the transcript.
func (t *talk) genesysPhrase(n, start node) {
	p := piece{}
	if p.Text = n.get("decoratedText").words(); p.Text == "" {
		p.Text = unsplit(n.get("text").words())
	}
	p.who(n.get("participantPurpose").str())
	p.Start = n.get("startTimeMs").moment(millis)
	if p.Start.IsZero() {
		p.Start = n.at("offset", "milliseconds").moment(millis)
		if ms, ok := start.moment(millis).Get(); ok && ms >= epochFrom {
			p.Start = after(call.At(ms), p.Start)
		}
	}
	p.End = after(p.Start, n.at("duration", "milliseconds").moment(millis))
	t.say(p)
}

// genesysUtterance adds one utterance of an event, once it is final.
func (t *talk) genesysUtterance(n node) {
	best := n.at("alternatives", "0")
	if final := n.get("isFinal"); !best.there() || final.there() && !final.v.GetBool() {
		return
	}
	p := piece{}
	p.Text = unsplit(best.get("decorated|transcript").words())
	if decorated := best.at("decorated", "transcript"); decorated.there() {
		p.Text = decorated.words()
	}
	p.who(n.get("channel").str())
	p.Start = best.get("offsetMs").moment(millis)
	p.End = after(p.Start, best.get("durationMs").moment(millis))
	t.say(p)
}

// twilio is the sentences of a transcript of Twilio Conversational Intelligence, with the
// transcript itself where it was saved too: it says who is on which channel.
func twilio() document {
	return document{
		name:  "twilio",
		title: call.Sayf("Twilio Conversational Intelligence", "Twilio Conversational Intelligence"),
		shape: "sentences[].media_channel + transcript",
		sides: call.Sayf("由 channel.participants 写明；没有则只有声道编号", "stated by channel.participants; else channel numbers only"),
		claims: func(v *fastjson.Value) bool {
			return has(v, "sentences", "0", "media_channel") || has(v, "sentences") && has(v, "meta", "key") || has(v, "service_sid") && has(v, "channel")
		},
		read: func(d *doc, n node) {
			about := n
			if inner := n.get("transcript"); inner.there() {
				about = inner
			}
			if !n.get("sentences").there() {
				d.refuse(jobOf(about, "status", "error_code", "error_message").what())
				return
			}
			t := d.call(about.get("customer_key|sid").str())
			t.StartedAt, _ = rfc3339(about.get("media_start_time").str())
			t.sentences(n.get("sentences"), columns{text: "transcript", channel: "media_channel", start: "start_time", end: "end_time", unit: seconds, split: true})
			t.twilioPeople(about.at("channel", "participants").list())
		},
	}
}

// twilioPeople gives each channel the role of its participant.
func (t *talk) twilioPeople(list []node) {
	for i, person := range list {
		channel := person.get("channel_participant|media_channel").str()
		if channel == "" {
			channel = strconv.Itoa(i + 1)
		}
		role, _ := sideOf(person.get("role|type").str())
		if role == call.Agent {
			t.Agent = call.Person{ID: person.get("user_id").str(), Name: person.get("full_name").str()}
		}
		for j := range t.pieces {
			if p := &t.pieces[j]; p.channel == channel {
				p.Role = role
			}
		}
	}
}
