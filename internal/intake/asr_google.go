package intake

import (
	"slices"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// googleSpeech is a result of Google's Speech-to-Text, version 1 or 2, alone, as the response of an
// operation, or of a batch of files; protobuf dumps spell its keys with underscores.
func googleSpeech() document {
	return document{
		name:  "google-stt",
		title: call.Sayf("Google Speech-to-Text v1、v2", "Google Speech-to-Text v1, v2"),
		shape: "results[].alternatives[].transcript / words",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			if list := googleResults(v); list != nil {
				first := list.Get("0")
				return has(first, "alternatives") || first != nil && (has(first, "resultEndTime|result_end_time") || has(first, "resultEndOffset|result_end_offset")) ||
					first == nil && (has(v, "totalBilledTime|total_billed_time") || has(v, "metadata"))
			}
			return len(googleFiles(node{v: v})) > 0 || has(v, "name") && (has(v, "done") || has(v, "metadata", "progressPercent")) || has(v, "totalBilledTime|total_billed_time")
		},
		read: func(d *doc, n node) {
			if files := googleFiles(n); len(files) > 0 {
				for _, f := range files {
					d.call("").googleResults(f)
				}
				return
			}
			answer := n.get("response")
			switch {
			case answer.there():
				n = answer
			case has(n.v, "error"):
				what, _ := errorIn(n.v)
				d.refuse(what)
				return
			case has(n.v, "metadata") && !n.get("results").there():
				d.refuse(call.Sayf("转写任务还没有完成；请完成后再导出", "the transcription is not done; export it when it is"))
				return
			}
			d.call("").googleResults(n.get("results"))
		},
	}
}

// googleResults is the list of results of v, nil if it has none.
func googleResults(v *fastjson.Value) *fastjson.Value {
	for _, list := range []*fastjson.Value{v.Get("results"), v.Get("response", "results")} {
		if list != nil && list.Type() == fastjson.TypeArray {
			return list
		}
	}
	return nil
}

// googleFiles are the results of each file of a batch, which stand under the names of the files.
func googleFiles(n node) []node {
	var files []node
	for _, all := range []node{n.get("results"), n.at("response", "results")} {
		if all.v == nil || all.v.Type() != fastjson.TypeObject {
			continue
		}
		all.v.GetObject().Visit(func(key []byte, v *fastjson.Value) {
			file := node{d: n.d, up: &all, key: string(key), v: v}
			for _, list := range []node{file.at("transcript", "results"), file.at("inlineResult|inline_result", "transcript", "results")} {
				if list.there() {
					files = append(files, list)
				}
			}
		})
	}
	return files
}

// googleResults adds a list of results. Where speakers are told apart, the last result repeats
// all words with their speakers, and is the only one that knows.
func (t *talk) googleResults(list node) {
	results := list.list()
	t.clock("words[].startTime / startOffset", seconds)
	if n := len(results); n > 1 {
		if all := googleWords(results[n-1]); googleSummary(all, results[:n-1]) {
			t.note("说话人取自最后一条结果，它重复全部词语", "speakers are from the last result, which repeats all words")
			t.tokens(all)
			return
		}
	}
	for _, r := range results {
		t.googleResult(r)
	}
}

// googleSummary reports whether words are those of all results before, with speakers.
func googleSummary(words []token, before []node) bool {
	if len(words) == 0 || words[len(words)-1].speaker == "" {
		return false
	}
	spoken, tagged := 0, false
	for _, r := range before {
		for _, w := range googleWords(r) {
			spoken++
			tagged = tagged || w.speaker != ""
		}
	}
	return !tagged && (spoken == len(words) || spoken == 0)
}

func googleWords(result node) []token {
	return wordsOf(result.at("alternatives", "0", "words"), "word", "speakerLabel|speaker_label|speakerTag|speaker_tag", "",
		"startTime|start_time|startOffset|start_offset", "endTime|end_time|endOffset|end_offset", seconds)
}

// googleResult adds one result, which is one sentence unless its words are of several speakers.
func (t *talk) googleResult(n node) {
	words := googleWords(n)
	channel := n.get("channelTag|channel_tag").str()
	if channel == "0" { // the default of a recording that was not separated
		channel = ""
	}
	if slices.ContainsFunc(words, func(w token) bool { return w.speaker != words[0].speaker }) {
		for i := range words {
			words[i].channel = channel
		}
		t.tokens(words)
		return
	}
	p := piece{channel: channel}
	p.Text = unsplit(n.at("alternatives", "0", "transcript").words())
	p.End = n.get("resultEndTime|result_end_time|resultEndOffset|result_end_offset").moment(seconds)
	if len(words) > 0 {
		p.Speaker = words[0].speaker
		start, end := span(words, p.Text)
		if p.Start = start; !end.IsZero() {
			p.End = end
		}
	}
	t.say(p)
}

// span is from when to when words are said, of which Google leaves out a start of 0. Where there are
// fewer of them than the text has, nobody knows the end.
func span(words []token, text string) (start, end call.Millis) {
	if len(words) == 0 {
		return start, end
	}
	spelled := 0
	for i := range words {
		spelled += len(bare(words[i].text))
	}
	if spelled >= len(bare(text)) {
		end = words[len(words)-1].end
	}
	if start = words[0].start; start.IsZero() && !words[0].end.IsZero() {
		start = call.At(0)
	}
	return start, end
}
