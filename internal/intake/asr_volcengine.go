package intake

import (
	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// volcengine is the result of Volcengine's recognition of recorded files, of both versions
// and of its data lake.
func volcengine() document {
	return document{
		name:  "volcengine",
		title: call.Sayf("火山引擎 / 豆包 录音文件识别", "Volcengine (Doubao) recording file recognition"),
		shape: "result.utterances[].start_time, resp.utterances[].start_time",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			for _, path := range [][]string{{"result"}, {"resp"}, {"data", "result"}, {"result", "0"}, {}} {
				if holds(peek(v, append(path, "utterances", "0")...), "start_time") {
					return true
				}
			}
			return holds(v, "audio_info", "result") || holds(peek(v, "resp"), "code", "id")
		},
		rows: func(v *fastjson.Value) bool { return holds(v, "utterances") },
		read: func(d *doc, n node) { d.volcengine(volcResult(n), n) },
	}
}

// volcResult is the part of an answer that holds the utterances.
func volcResult(n node) node {
	for _, path := range [][]string{{"resp"}, {"data", "result"}, {"result"}} {
		if part := n.at(path...); part.there() {
			return part
		}
	}
	return n
}

// volcengine adds the call of a result, or of the list of them that a stream ends with.
func (d *doc) volcengine(result, answer node) {
	parts := []node{result}
	if result.inside().is(fastjson.TypeArray) && !result.get("utterances").there() {
		parts = result.list()
	}
	var t *talk
	for _, part := range parts {
		list, text := part.get("utterances"), part.get("text")
		if !list.there() && (!text.there() || text.str() == "") {
			continue
		}
		if t == nil {
			t = d.call("")
		}
		t.volcengine(list, part)
	}
	if t != nil {
		return
	}
	d.refuse(volcState(result, answer).what())
}

// volcengine adds utterances, or the text where there are none.
func (t *talk) volcengine(list, part node) {
	if !list.filled() && (!list.there() || list.is(fastjson.TypeArray)) {
		t.sentence(part, columns{text: "text", unit: millis})
		return
	}
	t.sentences(list, columns{
		text: "text", words: "words", word: "text", start: "start_time", end: "end_time", unit: millis,
		speaker: "additions.speaker|attribute.speaker|speaker", channel: "additions.channel_id|attribute.channel_id|channel_id",
	})
}

// volcState is the job of an answer without utterances.
func volcState(result, answer node) job {
	j := jobOf(result, "status", "code", "message")
	if j.code == "" {
		j = jobOf(answer, "status", "code", "message")
	}
	switch j.code {
	case "1000", "20000000":
		j.state = "success"
	case "2000", "20000001":
		j.state = "processing"
	case "2001", "20000002":
		j.state = "queueing"
	case "1013", "20000003":
		j.state = "silence"
	}
	return j
}
