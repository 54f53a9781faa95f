package intake

import (
	"strings"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// azureSpeech is a result of Azure Speech: of a batch, of the fast transcription, or of Video Indexer, which
// spells the keys with capitals. A batch that failed says so under "properties".
func azureSpeech() document {
	return document{
		name:  "azure-batch",
		title: call.Sayf("Azure 语音 批量转写、快速转写", "Azure Speech batch and fast transcription"),
		shape: "recognizedPhrases[].nBest / phrases[].offsetMilliseconds",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			return has(v, "recognizedPhrases") || has(v, "combinedRecognizedPhrases") || azureFast(v) ||
				has(v, "self") && has(v, "status") && strings.Contains(string(v.GetStringBytes("self")), "transcriptions")
		},
		read: func(d *doc, n node) {
			list := n.get("recognizedPhrases|phrases")
			if !list.there() {
				d.refuse(job{n.get("status").str(), n.at("properties", "error", "code").str(), n.at("properties", "error", "message").str()}.what())
				return
			}
			t := d.call("")
			failed := 0
			for _, s := range list.list() {
				if status := s.get("recognitionStatus").str(); status != "" && !strings.EqualFold(status, "Success") {
					failed++
					continue
				}
				t.azurePhrase(s)
			}
			if failed > 0 {
				t.note("丢弃 %d 条没有识别成功的片段", "dropped %d pieces that were not recognised", failed)
			}
			t.clock("offset", ticks)
		},
	}
}

// azureFast reports whether v is of the fast transcription.
func azureFast(v *fastjson.Value) bool {
	return has(v, "combinedPhrases") || has(v, "phrases", "0", "offsetMilliseconds")
}

// azurePhrase adds one phrase.
func (t *talk) azurePhrase(n node) {
	best := n.at("nBest", "0")
	p := piece{channel: n.get("channel").str()}
	for _, text := range []node{best.get("display"), n.get("text|display"), best.get("itn"), best.get("maskedITN"), best.get("lexical")} {
		if p.Text == "" {
			p.Text = unsplit(text.words())
		}
	}
	if p.Speaker = n.get("speaker|speakerId").str(); p.Speaker == "" {
		p.Speaker = best.get("speaker").str()
	}
	p.Start = n.azureTime("offset")
	p.End = after(p.Start, n.azureTime("duration"))
	t.say(p)
}

// azureTime is an offset or a duration, of which there are up to three spellings.
func (n node) azureTime(name string) call.Millis {
	if v := n.get(name + "InTicks"); v.there() {
		return v.moment(ticks)
	}
	if v := n.get(name + "Milliseconds"); v.there() {
		return v.moment(millis)
	}
	return n.get(name).moment(ticks)
}
