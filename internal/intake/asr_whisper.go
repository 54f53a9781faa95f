package intake

import (
	"bytes"
	"slices"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// longestWindow is more seconds than Whisper hears at once: a segment that seems to
// take longer is timed in milliseconds.
const longestWindow = 60

// whisperColumns are the fields of a segment of Whisper and its kin.
func whisperColumns() columns {
	return columns{text: "text", speaker: "speaker|speaker_label|speaker_id", channel: "channel", start: "start", end: "end", unit: seconds}
}

// whisper is the JSON of Whisper, of those that write the same (faster-whisper, stable-ts …), and
// the verbose_json and diarized_json of OpenAI's interface, which may have words only.
func whisper() document {
	return document{
		name:  "whisper",
		title: call.Sayf("Whisper、OpenAI verbose_json", "Whisper, OpenAI verbose_json"),
		shape: "segments[].start + text, words[].word",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			return whisperSegments(v) && !alignedByX(v)
		},
		read: readWhisper,
	}
}

// whisperX is the JSON of WhisperX, which aligns words and tells speakers apart.
func whisperX() document {
	return document{
		name:  "whisperx",
		title: call.Sayf("WhisperX", "WhisperX"),
		shape: "segments[].start + word_segments / words[].score",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			return whisperSegments(v) && alignedByX(v)
		},
		rows: func(v *fastjson.Value) bool { // the segments alone, as people store them
			return holds(v, "start", "end", "text") && bytes.HasPrefix(v.GetStringBytes("speaker"), []byte("SPEAKER_")) && !has(v, "no_speech_prob") && !has(v, "avg_logprob") && !has(v, "compression_ratio")
		},
		read: func(d *doc, n node) {
			if n.is(fastjson.TypeArray) {
				whisperCall(d, n, node{})
				return
			}
			readWhisper(d, n)
		},
	}
}

// whisperSegments reports whether v has segments, or words, as Whisper writes them. Others
// have a field of this name too, with other fields in it or beside it.
func whisperSegments(v *fastjson.Value) bool {
	if v.Type() != fastjson.TypeObject || has(v, "audio_duration_s") || has(v, "processing_s") {
		return false
	}
	list := v.Get("segments")
	if first := list.Get("0"); first != nil {
		return has(first, "start") && has(first, "text")
	}
	spoken := has(v, "words", "0", "word") && has(v, "words", "0", "start") && !has(v, "start")
	return spoken || list != nil && (has(v, "language") || has(v, "word_segments")) || has(v, "text") && v.GetStringBytes("task") != nil
}

// alignedByX reports whether WhisperX wrote v.
func alignedByX(v *fastjson.Value) bool {
	return has(v, "word_segments") || has(v, "segments", "0", "words", "0", "score")
}

// fasterWhisper is the list of segments that faster-whisper yields, as people store it.
func fasterWhisper() document {
	return document{
		name:  "faster-whisper",
		title: call.Sayf("faster-whisper 片段数组", "list of segments of faster-whisper"),
		shape: "[].no_speech_prob / avg_logprob + start + text",
		sides: channelsOnly(),
		whole: true,
		claims: func(v *fastjson.Value) bool {
			return has(v, "0", "start") && has(v, "0", "text") && (has(v, "0", "no_speech_prob") || has(v, "0", "avg_logprob") || has(v, "0", "compression_ratio"))
		},
		read: func(d *doc, n node) { whisperCall(d, n, node{}) },
	}
}

func readWhisper(d *doc, n node) { whisperCall(d, n.get("segments"), n.get("words|word_segments")) }

// whisperCall adds the call of segments or, where there are none, of words.
func whisperCall(d *doc, segments, words node) {
	t := d.call("")
	c := whisperColumns()
	list := segments.list()
	if inMillis(list) {
		c.unit = millis
	}
	t.sentences(segments, c)
	for i := range list {
		if i < len(t.pieces) && t.pieces[i].Speaker == "" {
			t.pieces[i].Speaker = mostOften(list[i].get("words"))
		}
	}
	if len(list) == 0 && words.there() {
		t.tokens(wordsOf(words, "word|text", "speaker", "", "start", "end", c.unit))
		t.clock("words[].start", c.unit)
	}
}

// inMillis reports whether half of the segments would take too long in seconds.
func inMillis(segments []node) bool {
	long := 0
	for _, n := range segments {
		start, _ := n.get("start").num()
		if end, ok := n.get("end").num(); ok && end-start > longestWindow {
			long++
		}
	}
	return long*2 > len(segments)
}

// mostOften is the speaker of most words of a segment, "" if none has one.
func mostOften(words node) string {
	var speakers []string
	for _, w := range words.list() {
		if s := w.get("speaker").str(); s != "" {
			speakers = append(speakers, s)
		}
	}
	slices.Sort(speakers)
	best, most := "", 0
	for i, n := 0, 0; i < len(speakers); i++ {
		if n++; i == 0 || speakers[i] != speakers[i-1] {
			n = 1
		}
		if n > most {
			best, most = speakers[i], n
		}
	}
	return best
}

// whisperCPP is the JSON of whisper.cpp (-oj, -ojf, with speakers by -di or -tdrz).
func whisperCPP() document {
	return document{
		name:  "whispercpp",
		title: call.Sayf("whisper.cpp -oj", "whisper.cpp -oj"),
		shape: "transcription[].offsets.from",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			first := v.Get("transcription", "0")
			return has(first, "offsets") || has(first, "timestamps") || first == nil && has(v, "transcription") && (has(v, "systeminfo") || has(v, "model"))
		},
		read: func(d *doc, n node) {
			t := d.call("")
			for _, s := range n.get("transcription").list() {
				p := piece{}
				p.Text, p.Speaker = s.get("text").words(), s.get("speaker").str()
				if p.Speaker == "?" { // both channels were as loud
					p.Speaker = ""
				}
				p.Start, p.End = s.eitherTime("from"), s.eitherTime("to")
				t.say(p)
			}
			t.clock("offsets", millis)
		},
	}
}

// eitherTime is a time of whisper.cpp: milliseconds or, without them, a clock time.
func (n node) eitherTime(key string) call.Millis {
	if at := n.at("offsets", key); at.there() {
		return at.moment(millis)
	}
	return n.at("timestamps", key).moment(millis)
}

// has reports whether v has something under a path of keys.
func has(v *fastjson.Value, path ...string) bool { return peek(v, path...) != nil }

// wordsOf reads a list of words with the fields that are named; "" is one that the source has not.
func wordsOf(list node, text, speaker, channel, start, end string, u unit) []token {
	var words []token
	for _, n := range list.list() {
		w := token{text: n.get(text).words(), start: n.get(start).moment(u), end: n.get(end).moment(u)}
		if speaker != "" {
			w.speaker = n.get(speaker).str()
		}
		if channel != "" {
			w.channel = n.get(channel).str()
		}
		words = append(words, w)
	}
	return words
}
