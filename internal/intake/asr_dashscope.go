package intake

import (
	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// dashScope is the file that Alibaba Cloud's Model Studio writes for Paraformer, Fun-ASR
// and Qwen-ASR, and what it says of a task that has none.
func dashScope() document {
	return document{
		name:  "aliyun-dashscope",
		title: call.Sayf("阿里云 百炼 Paraformer / Fun-ASR / Qwen-ASR", "Alibaba Cloud DashScope: Paraformer, Fun-ASR, Qwen-ASR"),
		shape: "transcripts[].channel_id + sentences[].begin_time",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			return holds(peek(v, "transcripts", "0"), "channel_id") || holds(peek(v, "transcripts", "0", "sentences", "0"), "begin_time") ||
				holds(v, "transcripts", "file_url") || holds(peek(v, "output"), "task_status")
		},
		read: func(d *doc, n node) {
			if output := n.get("output"); output.there() {
				d.dashScopeTask(output)
				return
			}
			t := d.call(stem(n.get("file_url").str()))
			for _, channel := range n.get("transcripts").list() {
				t.dashScope(channel)
			}
		},
	}
}

// dashScope adds what one channel says.
func (t *talk) dashScope(channel node) {
	id, from := channel.get("channel_id").str(), len(t.pieces)
	list := channel.get("sentences")
	t.sentences(list, columns{text: "text", words: "words", word: "text", mark: "punctuation", speaker: "speaker_id", start: "begin_time", end: "end_time", unit: millis})
	if from == len(t.pieces) && !list.there() {
		t.sentence(channel, columns{text: "text", unit: millis})
	}
	for i := range t.pieces[from:] {
		t.pieces[from+i].channel = id
	}
}

// dashScopeTask says why a task has no transcript: its results are files of their own.
func (d *doc) dashScopeTask(n node) {
	j := jobOf(n, "task_status", "code", "message")
	if first := n.get("results"); first.filled() && j.code == "" {
		r := first.list()[0]
		j.code, j.message = r.get("code").str(), r.get("message").str()
	}
	if j.state == "SUCCEEDED" && j.code == "" {
		j.message = "transcription_url"
	}
	d.refuse(j.what())
}

// tingwu is the transcription of Tongyi Tingwu, which lists words in paragraphs by speaker.
func tingwu() document {
	return document{
		name:  "aliyun-tingwu",
		title: call.Sayf("阿里云 通义听悟", "Alibaba Cloud Tongyi Tingwu"),
		shape: "Transcription.Paragraphs[].Words[].SentenceId",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			return holds(peek(v, "Transcription"), "Paragraphs") || holds(peek(v, "Paragraphs", "0"), "Words") || holds(peek(v, "Data"), "TaskStatus")
		},
		read: func(d *doc, n node) {
			if data := n.get("Data"); data.there() {
				j := jobOf(data, "TaskStatus", "ErrorCode", "ErrorMessage")
				d.refuse(j.what())
				return
			}
			list := n.at("Transcription", "Paragraphs")
			if !list.there() {
				list = n.get("Paragraphs")
			}
			t := d.call("")
			for _, paragraph := range list.list() {
				t.tingwu(paragraph)
			}
			t.clock("Start", millis)
		},
	}
}

// tingwu adds the sentences of one paragraph, which no punctuation may end.
func (t *talk) tingwu(paragraph node) {
	var p *piece
	var text spelling
	sentence := ""
	say := func() {
		if p != nil {
			p.Text = text.take()
			t.say(*p)
		}
	}
	for _, w := range paragraph.get("Words").list() {
		if id := w.get("SentenceId").str(); p == nil || id != sentence {
			say()
			p, sentence = &piece{whole: true}, id
			p.Speaker, p.Start = paragraph.get("SpeakerId").str(), w.get("Start").moment(millis)
		}
		text.add(w.get("Text").words())
		p.End = w.get("End").moment(millis)
	}
	if say(); p != nil {
		return
	}
	if text := paragraph.get("Text").words(); text != "" {
		t.sentence(paragraph, columns{text: "Text", speaker: "SpeakerId", start: "Start|BeginTime", end: "End|EndTime", unit: millis})
	}
}
