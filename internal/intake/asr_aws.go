package intake

import (
	"strings"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// awsTranscribe is the result of Amazon Transcribe: sentences in newer ones, words with
// speakers or channels in all, and the answer that a job failed.
func awsTranscribe() document {
	return document{
		name:  "aws-transcribe",
		title: call.Sayf("Amazon Transcribe", "Amazon Transcribe"),
		shape: "results.transcripts + items / channel_labels / audio_segments",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			return v.Exists("results", "transcripts") || v.Exists("results", "audio_segments") || v.Exists("results", "channel_labels") || v.Exists("results", "speaker_labels") || v.Exists("results", "items", "0", "alternatives") ||
				has(v, "TranscriptionJob") || has(v, "jobName") && has(v, "status")
		},
		read: func(d *doc, n node) {
			about := n.get("TranscriptionJob")
			if !about.there() {
				about = n
			}
			results := n.get("results")
			if !results.there() {
				d.refuse(jobOf(about, "status|TranscriptionJobStatus", "error_code", "FailureReason").what())
				return
			}
			t := d.call(about.get("jobName|TranscriptionJobName").str())
			t.awsResults(results)
		},
	}
}

func (t *talk) awsResults(n node) {
	if list := n.get("audio_segments"); len(list.list()) > 0 {
		t.sentences(list, columns{text: "transcript", speaker: "speaker_label", channel: "channel_label", start: "start_time", end: "end_time", unit: seconds, split: true})
		return
	}
	defer t.clock("items[].start_time", seconds)
	if channels := n.at("channel_labels", "channels").list(); len(channels) > 0 {
		for _, c := range channels {
			t.tokens(awsWords(c.get("items"), nil, c.get("channel_label").str()))
		}
		return
	}
	if words := awsWords(n.get("items"), awsSpeakers(n.at("speaker_labels", "segments")), ""); len(words) > 0 {
		t.tokens(words)
		return
	}
	for _, all := range n.get("transcripts").list() { // without words, nobody knows who says it
		t.sentence(all, columns{text: "transcript", start: "start_time", end: "end_time", unit: seconds, split: true})
	}
}

// awsSpeakers maps the start of each word to its speaker, as older results tell it.
func awsSpeakers(segments node) map[call.Millis]string {
	speakers := map[call.Millis]string{}
	for _, s := range segments.list() {
		for _, w := range s.get("items").list() {
			speakers[w.get("start_time").moment(seconds)] = w.get("speaker_label").str()
		}
	}
	return speakers
}

// awsWords reads a list of items.
func awsWords(items node, speakers map[call.Millis]string, channel string) []token {
	words := wordsOf(items, "content", "speaker_label", "channel_label", "start_time", "end_time", seconds)
	for i, n := range items.list() {
		w := &words[i]
		if w.text == "" {
			w.text = n.at("alternatives", "0", "content").words()
		}
		if w.speaker == "" {
			w.speaker = speakers[w.start]
		}
		if w.channel == "" {
			w.channel = channel
		}
	}
	return words
}

// awsAnalytics is the result of Amazon Transcribe Call Analytics.
func awsAnalytics() document {
	return document{
		name:  "aws-call-analytics",
		title: call.Sayf("Amazon Transcribe Call Analytics", "Amazon Transcribe Call Analytics"),
		shape: "Transcript[].BeginOffsetMillis + ParticipantRole",
		sides: statedSides("ParticipantRole"),
		claims: func(v *fastjson.Value) bool {
			return has(v, "CallAnalyticsJob") || awsTurns(v) && !contactLensed(v)
		},
		read: readAnalytics,
	}
}

// contactLens is the analysis of a call by Amazon Connect Contact Lens, as a file or
// as the segments of a running call.
func contactLens() document {
	return document{
		name:  "aws-contact-lens",
		title: call.Sayf("Amazon Connect Contact Lens", "Amazon Connect Contact Lens"),
		shape: "Transcript[].ParticipantId + Participants / Segments[].Transcript",
		sides: statedSides("Participants[].ParticipantRole"),
		claims: func(v *fastjson.Value) bool {
			return awsTurns(v) && contactLensed(v) || has(v, "Segments", "0", "Transcript") || has(v, "Segments", "0", "Utterance")
		},
		read: readAnalytics,
	}
}

// awsTurns reports whether v has the turns of a call, which are timed from its start, or would have them.
func awsTurns(v *fastjson.Value) bool {
	list := v.Get("Transcript")
	if list.Get("0") == nil {
		return has(v, "JobStatus") && !has(v, "results") || list != nil && (has(v, "ConversationCharacteristics") || has(v, "CustomerMetadata") && !has(v, "InitialContactId"))
	}
	return has(list, "0", "BeginOffsetMillis")
}

func contactLensed(v *fastjson.Value) bool {
	return has(v, "CustomerMetadata") || has(v, "Transcript", "0", "ParticipantId") && !has(v, "Transcript", "0", "ParticipantRole")
}

// statedSides says that a field gives the role.
func statedSides(field string) call.Say {
	return call.Sayf("由 %s 写明", "stated by %s", field)
}

func readAnalytics(d *doc, n node) {
	if about := n.get("CallAnalyticsJob"); about.there() {
		d.refuse(jobOf(about, "CallAnalyticsJobStatus", "error_code", "FailureReason").what())
		return
	}
	list, live := n.get("Transcript").list(), n.get("Segments").list()
	if status := n.get("JobStatus").str(); status != "" && len(list) == 0 && !strings.EqualFold(status, "COMPLETED") {
		d.refuse(jobOf(n, "JobStatus", "error_code", "FailureReason").what())
		return
	}
	id := n.at("CustomerMetadata", "ContactId").str()
	for _, names := range []string{"ContactId", "JobName", "SessionId"} {
		if id == "" {
			id = n.get(names).str()
		}
	}
	t := d.call(id)
	sides := participants(n)
	for _, s := range live {
		if said := s.get("Transcript|Utterance"); said.there() {
			list = append(list, said)
		}
	}
	for _, s := range list {
		t.analysed(s, sides)
	}
	t.clock("BeginOffsetMillis", millis)
}

// participants maps the ids of participants to their roles.
func participants(n node) map[string]string {
	roles := map[string]string{}
	for _, p := range n.get("Participants").list() {
		roles[p.get("ParticipantId").str()] = p.get("ParticipantRole").str()
	}
	return roles
}

// analysed adds one turn of an analysed call.
func (t *talk) analysed(n node, sides map[string]string) {
	p := piece{}
	p.Text = unsplit(n.get("Content|PartialContent").words())
	p.Start, p.End = n.get("BeginOffsetMillis").moment(millis), n.get("EndOffsetMillis").moment(millis)
	p.Speaker = n.get("ParticipantId").str()
	role := n.get("ParticipantRole").str()
	if role == "" {
		role = sides[p.Speaker]
	}
	if role == "" { // the id itself may be AGENT or CUSTOMER
		role = p.Speaker
	}
	p.who(role)
	t.say(p)
}
