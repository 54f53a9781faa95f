package intake

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// funASR is what FunASR returns, a list of recordings: with sentences, or without speakers
// as text with a time for each token.
func funASR() document {
	return document{
		name:  "funasr",
		title: call.Sayf("FunASR 识别结果（含 SenseVoice）", "FunASR result (SenseVoice too)"),
		shape: "[].sentence_info[].start + spk",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			text := v.GetStringBytes("text")
			return holds(v, "sentence_info") || holds(v, "key", "text") && (holds(v, "timestamp") || bytes.HasPrefix(text, []byte("<|")))
		},
		rows: func(v *fastjson.Value) bool {
			return holds(v, "start", "end", "spk") && (holds(v, "sentence") || holds(v, "text"))
		},
		read: func(d *doc, n node) {
			if n.is(fastjson.TypeArray) {
				d.call("").funASR(n)
				return
			}
			t := d.call(stem(n.get("key").str()))
			if list := n.get("sentence_info"); list.filled() || list.there() && !list.is(fastjson.TypeArray) {
				t.funASR(list)
				return
			}
			t.stamped(n.get("text").lines(), n.get("timestamp"))
		},
	}
}

// funASR adds sentences, which are clauses: a comma ends them, too. Segments of voice
// detection call their text otherwise, and keep the marks of SenseVoice.
func (t *talk) funASR(list node) {
	for _, n := range list.list() {
		p := t.piece(n, columns{speaker: "spk|speaker", start: "start", end: "end", unit: millis})
		p.Text = strings.TrimSpace(dropTags(unsplit(n.get("text|sentence|raw_text").lines())))
		t.say(p)
	}
	t.clock("start", millis)
}

// stamped adds a text whose characters, and words in Latin letters, each have a time.
func (t *talk) stamped(text string, stamps node) {
	text = unsplit(dropTags(text))
	times, words := stamps.list(), splitTokens(text)
	spoken := 0
	for _, w := range words {
		if w.start.IsZero() && isSpoken(w.text) {
			spoken++
		}
	}
	if spoken != len(times) || spoken == 0 { // nobody knows which time is whose
		t.say(piece{Turn: call.Turn{Text: text}})
		return
	}
	next := 0
	for i := range words {
		if isSpoken(words[i].text) {
			at := times[next].list()
			if len(at) == 2 {
				words[i].start, words[i].end = at[0].moment(millis), at[1].moment(millis)
			}
			next++
		}
	}
	t.tokens(words)
}

// splitTokens parts text as FunASR counts: Chinese characters, words in Latin letters, marks.
func splitTokens(text string) []token {
	var words []token
	from := -1 // of a word in Latin letters
	for i, r := range text {
		if latin := r < 0x250 && isSpoken(string(r)); latin && from >= 0 {
			continue
		} else if from >= 0 {
			words = append(words, token{text: text[from:i]})
			from = -1
			if latin {
				from = i
			}
		} else if latin {
			from = i
		}
		if from < 0 && !unicode.IsSpace(r) {
			words = append(words, token{text: string(r)})
		}
	}
	if from >= 0 {
		words = append(words, token{text: text[from:]})
	}
	return words
}

// isSpoken reports whether text is more than a mark.
func isSpoken(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || r == '\'' })
}

// funASRServer is what FunASR's runtime server sends for a recording.
func funASRServer() document {
	return document{
		name:   "funasr-runtime",
		title:  call.Sayf("FunASR 服务端（runtime）", "FunASR runtime server"),
		shape:  "stamp_sents[].text_seg + start",
		sides:  channelsOnly(),
		claims: func(v *fastjson.Value) bool { return v.Exists("stamp_sents") || holds(v, "wav_name", "text") },
		read: func(d *doc, n node) {
			t := d.call(stem(n.get("wav_name").str()))
			list := n.get("stamp_sents")
			if !list.filled() && (!list.there() || list.is(fastjson.TypeArray)) {
				t.stamped(n.get("text").words(), n.get("timestamp"))
				return
			}
			for _, row := range list.list() {
				p := t.piece(row, columns{text: "text_seg", speaker: "spk|speaker", start: "start", end: "end", unit: millis, split: true})
				p.Text += row.get("punc").str()
				t.say(p)
			}
			t.clock("start", millis)
		},
	}
}

// funASRTool is what FunASR's command line writes.
func funASRTool() document {
	return document{
		name:  "funasr-cli",
		title: call.Sayf("FunASR 命令行", "FunASR command line"),
		shape: "segments[].start + audio_duration_s",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			return holds(v, "segments", "audio_duration_s") || holds(v, "audio_duration_s", "text")
		},
		read: func(d *doc, n node) {
			t := d.call(stem(n.get("file").str()))
			list := n.get("segments")
			if !list.filled() && (!list.there() || list.is(fastjson.TypeArray)) {
				t.sentence(n, columns{text: "text", unit: millis})
				return
			}
			c := columns{text: "text|sentence", speaker: "speaker|spk", start: "start", end: "end", unit: millis, split: true}
			c.unit = list.unitOf(c.end, n.get("audio_duration_s"))
			t.sentences(list, c)
		},
	}
}
