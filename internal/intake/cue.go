package intake

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// cue is what a subtitle, or a line with a time before it, says.
type cue struct {
	line     int // 1-based, of the input
	from, to call.Millis
	text     []cueLine
	speaker  string // that the format itself names; "" where a label in the text may
}

// cueLine is one line of a cue.
type cueLine struct {
	text  string
	line  int
	apart bool // an empty line stands above it
}

// cueVoice is a line of a cue, or a part of one that has a voice of its own.
type cueVoice struct {
	head
	cue int // index of its cue
}

// speak adds what is said in cues. A label names the speaker: 客服：, [SPEAKER_00]:,
// (speaker 0) or <v 客服>. A cue without one goes on with the speaker before.
func (t *talk) speak(cues []cue) {
	voices := voicesOf(cues)
	heads := make([]head, len(voices))
	for i, v := range voices {
		heads[i] = v.head
	}
	accepted := acceptable(heads)
	var who label
	before := -1
	for _, v := range voices {
		labelled, text := v.labelled && accepted(&v.head), strings.TrimSpace(v.line)
		if labelled {
			who, text = v.who, v.text
		} else if v.cue == before { // a further line
			p := &t.pieces[len(t.pieces)-1]
			p.Text = joinLines([]string{p.Text, text})
			continue
		}
		c := &cues[v.cue]
		before = v.cue
		t.say(piece{Turn: call.Turn{Role: who.role, Speaker: who.text, Text: text, Start: c.from, End: c.to, Line: v.at}})
	}
}

func voicesOf(cues []cue) []cueVoice {
	var all []cueVoice
	for i := range cues {
		for _, l := range cues[i].text {
			for _, h := range voiceHeads(l.text, cues[i].speaker) {
				h.at = l.line
				all = append(all, cueVoice{h, i})
			}
		}
	}
	return all
}

var (
	voiceRE   = text.Pattern(`<v(?:\.[^\s>]*)*\s+([^>]*)>`)
	speakerRE = text.Pattern(`^[(（]\s*((?i:speaker)[ _]?(?:\d+|\?))\s*[)）]\s*[:：]?\s*`)
	markupRE  = text.Pattern(`</?[A-Za-z][^<>]*>|<[\d:.]+>|\{\\[^{}]*\}`)
)

// voiceHeads splits a line of a cue where voices change.
func voiceHeads(line, speaker string) []head {
	marks := voiceRE().FindAllStringSubmatchIndex(line, -1)
	var heads []head
	from := 0
	for _, m := range marks {
		heads = addVoice(heads, line[from:m[0]], speaker)
		speaker, from = line[m[2]:m[3]], m[1]
	}
	return addVoice(heads, line[from:], speaker)
}

// addVoice adds what a speaker says; a label in the text names the speaker where nothing else does.
func addVoice(heads []head, text, speaker string) []head {
	text = strings.TrimSpace(unescape(markupRE().ReplaceAllString(text, "")))
	if text == "" {
		return heads
	}
	h := head{line: text}
	if speaker == "" {
		if m := speakerRE().FindStringSubmatch(text); m != nil {
			speaker, text = m[1], text[len(m[0]):]
		}
	}
	if speaker == "" {
		h.labelled = h.read()
		return append(heads, h)
	}
	h.text, h.labelled, h.who = text, true, named(speaker)
	return append(heads, h)
}

// named is the label of a speaker whom the format names, which needs no dictionary.
func named(speaker string) label {
	speaker = strings.TrimSpace(speaker)
	if l, ok := newLabel(speaker); ok {
		l.sure = true
		return l
	}
	return label{text: speaker, key: speaker, role: call.Unknown, sure: true}
}

// unescape replaces the references of HTML that texts with markup need.
func unescape(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&nbsp;", " ", "&quot;", `"`, "&#39;", "'", "&lrm;", "", "&rlm;", "", "&amp;", "&").Replace(s)
}

// talk starts a call that begins in a line of a format that is no JSON.
func (c *Chunk) talk(line int) *talk {
	return &talk{doc: &doc{object: newObject(c, record{line: line})}, Call: call.Call{Line: line}}
}

// hand settles the call, whose id is id unless it has one, and yields it after its
// problems. To is its last line.
func (t *talk) hand(id string, to int, yield func(Item) bool) bool {
	k := t.settle(id)
	for _, it := range t.problems {
		it.Problem.Call = k.ID
		if !yield(it) {
			return false
		}
	}
	return len(k.Turns) == 0 || yield(Item{Call: k, notes: t.notes, From: t.Line, To: max(to, t.Line)})
}

// lastLine is the last line of the chunk that is not empty.
func (c *Chunk) lastLine() int {
	return c.line + strings.Count(strings.TrimSpace(string(c.data)), "\n")
}
