package intake

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// htmlList is a list of HTML whose items carry the times of what is said, as quality
// platforms keep a call in one field.
func htmlList() format {
	return format{
		name:  "html-li",
		exts:  []string{".html", ".htm"},
		title: call.Sayf("带时间的 HTML 列表（<li start= end=>）", "HTML list with times (<li start= end=>)"),
		shape: "<li start=820 end=4310>坐席：您好。</li>",
		sides: byLabel(),
		sniff: func(s *sample) bool { return s.json == nil && isHTMLList(s.start) },
		parse: func(c *Chunk, yield func(Item) bool) {
			t := c.talk(c.line)
			t.htmlItems(string(c.data))
			t.hand(c.base(), c.lastLine(), yield)
		},
	}
}

var (
	itemRE      = text.Pattern(`(?is)<li\b([^>]*)>(.*?)(?:</li\s*>|$|(<li\b))`)
	itemStartRE = text.Pattern(`(?is)^\s*(?:<(?:!doctype|html|body|div|ul|ol|p)\b[^>]*>\s*)*<li\b[^>]*\b(?:start|begin)\s*=`)
	attributeRE = text.Pattern(`(?i)([a-z_-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)
)

func isHTMLList(text string) bool { return itemStartRE().MatchString(text) }

// htmlItems adds the items of a list. Their times are milliseconds.
func (t *talk) htmlItems(text string) {
	var cues []cue
	for _, m := range itemRE().FindAllStringSubmatchIndex(text, -1) {
		c := cue{line: t.Line + strings.Count(text[:m[0]], "\n")}
		t.attributes(&c, text[m[2]:m[3]])
		for s := range strings.SplitSeq(text[m[4]:m[5]], "\n") {
			c.text = append(c.text, cueLine{text: strings.TrimSpace(s), line: c.line})
		}
		cues = append(cues, c)
	}
	t.note("时间取自 start、end，单位毫秒", "times are from start and end, in milliseconds")
	t.speak(cues)
}

// attributes reads the times of an item, and its speaker where an attribute names one.
func (t *talk) attributes(c *cue, attributes string) {
	for _, m := range attributeRE().FindAllStringSubmatch(attributes, -1) {
		value := m[2] + m[3] + m[4]
		switch strings.ToLower(m[1]) {
		case "start", "begin", "start-time", "begin-time", "data-start", "data-begin":
			c.from = t.offset(value, c.line)
		case "end", "stop", "end-time", "data-end":
			c.to = t.offset(value, c.line)
		case "role", "speaker", "spk", "data-role", "data-speaker":
			c.speaker = value
		}
	}
}

// offset is the time that a text gives in milliseconds; what is none is reported.
func (t *talk) offset(value string, line int) call.Millis {
	at, ok := readTime(value, millis)
	if !ok {
		t.problems = append(t.problems, t.doc.c.warning(line, "", "时间 %q 读不懂，未采用；应是毫秒数", "the time %q is not understood and not used; want milliseconds", excerpt([]byte(value))))
	}
	if !ok || at.kind == noTime || at.kind == aDate {
		return call.Millis{}
	}
	return call.At(at.ms)
}
