package intake

import (
	"github.com/valyala/fastjson"
	"strconv"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// deepgram is the result of Deepgram for recorded files, the example that the
// vCon draft gives of a transcript.
func deepgram() document {
	return document{
		name:  "deepgram",
		title: call.Sayf("Deepgram 录音转写", "Deepgram pre-recorded audio"),
		shape: "results.channels[].alternatives / results.utterances",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			return has(v, "results", "channels") || has(v, "results", "utterances")
		},
		read: func(d *doc, n node) {
			t := d.call(n.at("metadata", "request_id").str())
			if said := n.at("results", "utterances"); len(said.list()) > 0 {
				t.sentences(said, columns{text: "transcript", speaker: "speaker", channel: "channel", start: "start", end: "end", unit: seconds, split: true})
				return
			}
			for _, c := range n.at("results", "channels").list() {
				t.deepgramChannel(c.at("alternatives", "0"), strconv.Itoa(c.index))
			}
			t.clock("words[].start", seconds)
		},
	}
}

// deepgramChannel adds what is said on one channel: by words, which have speakers and times, else as one text.
func (t *talk) deepgramChannel(best node, channel string) {
	words := wordsOf(best.get("words"), "punctuated_word|word", "speaker", "", "start", "end", seconds)
	for i := range words {
		words[i].channel = channel
	}
	if t.tokens(words); len(words) == 0 {
		p := piece{channel: channel}
		p.Text = unsplit(best.get("transcript").words())
		t.say(p)
	}
}
