package intake

import (
	"bytes"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// tencentText is the field Result of Tencent Cloud's recognition: one sentence in a
// line, with the speaker or the channel as a third number where they are told apart.
func tencentText() format {
	return format{
		name:  "tencent-text",
		exts:  []string{".txt"},
		title: call.Sayf("腾讯云 识别结果文本（Result）", "Tencent Cloud recognition, text of Result"),
		shape: "[0:0.820,0:4.310,0]  您好。",
		sides: channelsOnly(),
		sniff: func(s *sample) bool { return s.json == nil && isTencentText(s.start) },
		parse: func(c *Chunk, yield func(Item) bool) {
			t := c.talk(c.line)
			t.tencentText(string(c.data), c.line)
			t.hand(c.base(), c.lastLine(), yield)
		},
	}
}

var tencentLineRE = text.Pattern(`^\[(\d+):(\d+)(?:\.(\d+))?,\s*(\d+):(\d+)(?:\.(\d+))?(?:,\s*(-?\w+))?\]\s*(.*)$`)

func isTencentText(text string) bool {
	line, _, _ := strings.Cut(strings.TrimLeft(text, space+"\uFEFF"), "\n")
	line = trimLine(line)
	return strings.HasPrefix(line, "[") && tencentLineRE().MatchString(line)
}

// tencentText adds the sentences of a Result whose first line is number line of the input, or
// 0 where it stands in a field. A line without times goes on with the one before.
func (t *talk) tencentText(text string, line int) {
	for s := range strings.SplitSeq(text, "\n") {
		s = trimLine(s)
		m := tencentLineRE().FindStringSubmatch(s)
		switch n := len(t.pieces); {
		case m != nil:
			p := piece{Turn: call.Turn{Text: m[8], Speaker: m[7], Line: line}}
			p.Start, p.End = call.At(minutes(m[1:4])), call.At(minutes(m[4:7]))
			t.say(p)
		case s != "" && n > 0:
			t.pieces[n-1].Text = joinLines([]string{t.pieces[n-1].Text, s})
		}
		if line > 0 {
			line++
		}
	}
}

// minutes is the milliseconds of minutes, which may exceed 59, seconds and a fraction.
func minutes(m []string) int64 { return (number(m[0])*60+number(m[1]))*1000 + fraction(m[2]) }

// tencentForm is what Tencent Cloud's recognition posts when it is done: a form whose
// fields hold the Result and, as JSON, its details. A dump may hold one in each line.
func tencentForm() format {
	return format{
		name:  "tencent-callback",
		exts:  []string{".txt"},
		title: call.Sayf("腾讯云 录音识别回调（表单）", "Tencent Cloud recognition callback (form)"),
		shape: "code=0&requestId=…&text=%5B0%3A0.820%2C0%3A4.310…&resultDetail=…",
		sides: channelsOnly(),
		sniff: func(s *sample) bool { return s.json == nil && tencentFormRE().MatchString(s.start) },
		cut:   func(_ *Chunk, data []byte) (end, records int) { return bytes.LastIndexByte(data, '\n') + 1, 0 },
		parse: parseTencentForm, contacts: toldNothing,
	}
}

var tencentFormRE = text.Pattern(`^\s*(?:[A-Za-z]+=[^&\s]*&)*(?:code|requestId|text|resultDetail|audioTime|audioUrl)=[^&\s]*(?:&|\s|$)`)

func parseTencentForm(c *Chunk, yield func(Item) bool) {
	line := c.line
	for s := range strings.Lines(string(c.data)) {
		if s = trimLine(s); s != "" && !c.tencentCallback(s, line, yield) {
			return
		}
		line++
	}
}

// tencentCallback reads one form. Its call is named by the file: the number of the
// request comes again on other days.
func (c *Chunk) tencentCallback(body string, line int, yield func(Item) bool) bool {
	id := c.lineID(line, line == 1)
	form, err := url.ParseQuery(body)
	switch code := form.Get("code"); {
	case err != nil && form.Get("text") == "":
		return yield(c.fatal(line, id, "回调表单有误：%v；请检查是否完整", "the form of the callback is broken: %v; check that it is complete", err))
	case code != "" && code != "0":
		return yield(c.fatal(line, id, "识别失败：code=%s，message=%q；没有可检查的文字", "the recognition failed: code=%s, message=%q; there is nothing to check", code, excerpt([]byte(form.Get("message")))))
	}
	text, detail := form.Get("text"), form.Get("resultDetail")
	if !utf8.ValidString(text) || !utf8.ValidString(detail) {
		return yield(c.fatal(line, id, "回调里的文字不是 UTF-8；请检查转存时的编码", "the text in the form is not UTF-8; check how it was stored"))
	}
	t, detailed := c.talk(line), c.talk(line)
	t.tencentText(text, 0)
	if detailed.tencentDetail(detail); len(detailed.pieces) >= len(t.pieces) { // it tells speakers apart
		t = detailed
	}
	return t.hand(id, line, yield)
}

// tencentDetail adds the sentences of a resultDetail, if it is one.
func (t *talk) tencentDetail(text string) {
	v, err := fastjson.Parse(text)
	if err != nil || v.Type() != fastjson.TypeArray {
		return
	}
	t.sentences(node{d: t.doc, key: "resultDetail", v: v},
		columns{text: "FinalSentence", speaker: "SpeakerId", start: "StartMs", end: "EndMs", unit: millis})
}
