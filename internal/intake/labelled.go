package intake

import (
	"bytes"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// labelTab is a dialogue corpus: in each line the side, a tab and what it says; further
// columns are annotations. An empty line ends a call. Its SYSTEM is the one who answers:
// the agent, where no other label is one.
func labelTab() format {
	return format{
		name:  "label-tab",
		exts:  []string{".tsv", ".txt"},
		title: call.Sayf("说话人 ⇥ 文字，空行分隔通话", "label ⇥ text, calls parted by empty lines"),
		shape: "SYSTEM ⇥ 您好，请讲。 ⇥ … ⏎ USER ⇥ 你好。",
		sides: call.Sayf("第一列；SYSTEM 是坐席", "the first column; SYSTEM is the agent"),
		sniff: func(s *sample) bool { return s.json == nil && isLabelTab(s.start) && !isTable(s.text) },
		cut:   cutBlank,
		parse: parseLabelTab, contacts: toldNothing,
	}
}

// isLabelTab reports whether most of the first lines start with a label of the dictionary and a tab.
func isLabelTab(text string) bool {
	lines, labelled := 0, 0
	for s := range strings.Lines(text) {
		if s = trimLine(s); s == "" {
			continue
		}
		if lines++; lines > 20 {
			break
		}
		if _, _, ok := cutLabelTab(s); ok {
			labelled++
		}
	}
	return labelled > 0 && labelled*2 > lines
}

// cutLabelTab splits "label ⇥ text ⇥ …".
func cutLabelTab(line string) (who label, text string, ok bool) {
	name, rest, ok := strings.Cut(line, "\t")
	if !ok || strings.ContainsAny(name, ":：") {
		return who, "", false
	}
	who, ok = newLabel(name)
	text, _, _ = strings.Cut(rest, "\t")
	return who, strings.TrimSpace(text), ok && who.sure
}

// cutBlank cuts after the last empty line.
func cutBlank(_ *Chunk, data []byte) (end, records int) {
	for _, gap := range []string{"\n\n", "\n\r\n"} {
		if i := bytes.LastIndex(data, []byte(gap)); i >= 0 {
			end = max(end, i+len(gap))
		}
	}
	return end, 0
}

func parseLabelTab(c *Chunk, yield func(Item) bool) {
	var t *talk
	line, first := c.line, true
	for s := range strings.Lines(string(c.data)) {
		s = trimLine(s)
		switch {
		case s == "" && t != nil:
			if !c.endLabelTab(t, first, line-1, yield) {
				return
			}
			t, first = nil, false
		case s != "":
			if t == nil {
				t = c.talk(line)
			}
			t.labelTab(s, line)
		}
		line++
	}
	if t != nil {
		c.endLabelTab(t, first, line-1, yield)
	}
}

// labelTab adds one line; one without a label goes on with the line before.
func (t *talk) labelTab(s string, line int) {
	who, text, ok := cutLabelTab(s)
	switch n := len(t.pieces); {
	case ok && text == "OVERALL": // the satisfaction with the whole call, in one corpus
	case ok:
		t.say(piece{Turn: call.Turn{Role: who.role, Speaker: who.text, Text: text, Line: line}})
	case n > 0:
		t.pieces[n-1].Text = joinLines([]string{t.pieces[n-1].Text, s})
	default:
		t.problems = append(t.problems, t.doc.c.fatal(line, "", "第一列应是说话人（如“客服”“USER”），却是 %q；这一行没有检查",
			"want a speaker (客服, USER) in the first column, found %q; the line was not checked", excerpt([]byte(s))))
	}
}

func (c *Chunk) endLabelTab(t *talk, first bool, to int, yield func(Item) bool) bool {
	answers := true
	for _, p := range t.pieces {
		answers = answers && p.Role != call.Agent
	}
	for i := range t.pieces {
		if p := &t.pieces[i]; answers && strings.EqualFold(p.Speaker, "system") {
			p.Role = call.Agent
		}
	}
	return t.hand(c.lineID(t.Line, first), to, yield)
}
