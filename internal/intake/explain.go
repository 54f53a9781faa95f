package intake

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Reading is what was understood of an input and of one call in it, for people who
// want to check it: see Options.Explain.
type Reading struct {
	Source  string // the input as the user named it
	Format  Info
	Named   bool       // the user named the format: it was not detected
	Charset string     // the encoding of the input, "UTF-8"
	Call    string     // id of the call
	Notes   []call.Say // who is who and how that is known, units of time, what was merged, joined and dropped
}

// maxVoices is how many speakers of a call are explained.
const maxVoices = 12

// explainer keeps how a call was before roles were settled. A nil one explains nothing.
type explainer struct {
	c      *Chunk
	before []call.Role
	marked int // turns with markers of speech recognition
}

// explain starts to explain k, if anybody wants that.
func (c *Chunk) explain(k *call.Call) *explainer {
	if !c.opt.Explain {
		return nil
	}
	e := &explainer{c: c}
	for i := range k.Turns {
		e.before = append(e.before, k.Turns[i].Role)
		if text := k.Turns[i].Text; !c.format.verbatim && withoutMarkers(text) != text {
			e.marked++
		}
	}
	return e
}

// reading is what was understood of k; notes are those of its reader.
func (e *explainer) reading(k *call.Call, notes []call.Say) *Reading {
	if e == nil {
		return nil
	}
	r := &Reading{Source: k.Source, Format: e.c.format.info(), Named: e.c.opt.Format != "", Charset: e.c.charset, Call: k.ID}
	r.Notes = append(e.voices(k), notes...)
	if k.Length().IsZero() {
		r.Notes = append(r.Notes, call.Sayf("没有时间：静默、语速等规则不评", "no times: rules about silence and pace are not evaluated"))
	}
	if e.marked > 0 {
		r.Notes = append(r.Notes, call.Sayf("去掉 %d 轮里语音识别的标记", "removed the markers of speech recognition from %d turns", e.marked))
	}
	return r
}

// voice is one speaker in one role.
type voice struct {
	label  string
	role   call.Role
	stated bool // by the input
	turns  int
}

// voices says of each speaker who it is, and why.
func (e *explainer) voices(k *call.Call) []call.Say {
	var list []voice
	index := map[voice]int{}
	for i := range k.Turns {
		v := voice{label: k.Turns[i].Speaker, role: k.Turns[i].Role, stated: e.before[i] != call.Unknown}
		at, known := index[v]
		if !known {
			at = len(list)
			index[v], list = at, append(list, v)
		}
		list[at].turns++
	}
	var says []call.Say
	for _, v := range list[:min(len(list), maxVoices)] {
		who, why := call.Say{}, e.why(k, v)
		if v.label != "" {
			who = call.Sayf("说话人 %s = ", "speaker %s = ", v.label)
		}
		says = append(says, call.Sayf("%[1]s%[2]s（%[3]d 轮）：%[4]s", "%[5]s%[6]s (%[3]d turns): %[7]s",
			who.ZH, v.role.In(call.ZH), v.turns, why.ZH, who.EN, v.role.In(call.EN), why.EN))
	}
	if more := len(list) - maxVoices; more > 0 {
		says = append(says, call.Sayf("另有 %d 个说话人", "%d more speakers", more))
	}
	return says
}

// why says how the role of a speaker is known.
func (e *explainer) why(k *call.Call, v voice) call.Say {
	channel := e.c.opt.AgentChannel
	switch {
	case v.role == call.Unknown:
		return call.Sayf("分不出是谁", "nobody can tell")
	case v.stated:
		return call.Sayf("输入写明", "stated by the input")
	case channel != "" && (channel == "first" || channel == "second" || channelOf(v.label) == channelOf(channel)) && v.role == call.Agent:
		return call.Sayf("--agent-channel %s", "--agent-channel %s", channel)
	case v.role == call.Agent:
		if clause, turn := soundsLikeAgent(k, v.label); turn > 0 {
			return call.Sayf("“%s”（第 %d 轮）", "“%s” (turn %d)", clause, turn)
		}
	}
	return call.Sayf("余下的一方", "the side that is left")
}

// soundsLikeAgent is the clause of a speaker that sounds most like an agent, and the
// 1-based number of its turn, 0 if none does.
func soundsLikeAgent(k *call.Call, label string) (clause string, turn int) {
	best := 0
	for i := range k.Turns {
		if k.Turns[i].Speaker != label || agentWords(k.Turns[i].Text) == 0 {
			continue
		}
		for part := range strings.FieldsFuncSeq(k.Turns[i].Text, func(r rune) bool { return strings.ContainsRune(clauseEnds, r) }) {
			if score := agentWords(part); score > best {
				best, clause, turn = score, strings.TrimSpace(part), i+1
			}
		}
	}
	return excerpt([]byte(clause)), turn
}
