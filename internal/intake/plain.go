package intake

import (
	"bytes"
	"iter"
	"strconv"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// plain is text in which a label says who speaks: "客服：您好", "[00:01:02] 客服
// 张三: 您好", or a line "张敏(8021) 2026-03-18 14:05:12" above what is said.
func plain() format {
	return format{
		name:  "plain",
		title: call.Sayf("带说话人标记的纯文本", "plain text with speaker labels"),
		shape: "客服：您好，请讲。 ⏎ 客户：你好。",
		sides: call.Sayf("行首的标记：客服、坐席……；说话人 1、A 等按 --agent-channel 或话术", "labels such as 客服; 说话人1 or A by --agent-channel or by what is said"),
		exts:  []string{".txt"},
		sniff: func(s *sample) bool {
			if s.json != nil || csvHeader(s.text) || bytes.Contains(s.text, []byte("-->")) || bytes.HasPrefix(s.text, []byte("WEBVTT")) {
				return false
			}
			for sec := range sections(s.wholeLines(), 1) {
				if sec.read(); sec.talk {
					s.plain = sec
					return true
				}
			}
			return false
		},
		cut:   cutPlain,
		parse: parsePlain, contacts: mayDrop,
	}
}

// wholeLines is the text of the sample; the last line of a long one may be cut and is left out.
func (s *sample) wholeLines() string {
	switch cut := bytes.LastIndexByte(s.text, '\n') + 1; {
	case len(s.text) == len(s.start):
		return s.start
	case len(s.text) == headSize && cut > 1:
		return string(s.text[:cut])
	}
	return string(s.text)
}

func parsePlain(c *Chunk, yield func(Item) bool) {
	for sec := range c.sections {
		if !sec.spoken {
			continue
		}
		k := sec.call()
		if k.ID == "" {
			k.ID = c.sectionID(sec)
		}
		if !sec.talk {
			if !yield(c.fatal(k.Line, k.ID, "找不到说话人标记：%[1]d 行里只有 %[2]d 行有；每句要像“客服：……”“客户：……”",
				"no speaker labels found: only %[2]d of %[1]d lines have one; lines should look like “客服：…” and “客户：…”", sec.lines, len(sec.heads))) {
				return
			}
			continue
		}
		if sec.strays > 0 && !yield(c.warning(k.Line, k.ID, "第一个说话人标记之前有 %d 行话，不知道是谁说的，没有检查；请在行首加“客服：”或“客户：”",
			"%d lines of speech come before the first speaker label and were not checked; begin them with “客服：” or “客户：”", sec.strays)) {
			return
		}
		if sec.clock.ambiguous && !yield(c.warning(k.Line, k.ID, "时间可能是“分:秒”也可能是“时:分”，未采用；请写成“时:分:秒”",
			"the times may be mm:ss or hh:mm and are not used; write hh:mm:ss")) {
			return
		}
		if !yield(Item{Call: k, From: sec.start, To: sec.end()}) {
			return
		}
	}
}

// sections yields the calls of the chunk. Most small files hold one, which was read to detect
// the format: it is all there is to do.
func (c *Chunk) sections(yield func(*section) bool) {
	if s := c.sniffed; s != nil && c.line == s.start && s.text == string(c.data) {
		yield(s)
		return
	}
	for sec := range sections(string(c.data), c.line) {
		if sec.read(); !yield(sec) {
			return
		}
	}
}

// sectionID is the id of a call that has none: the name of the file, with the line for later calls.
func (c *Chunk) sectionID(sec *section) string {
	return c.lineID(sec.start, sec.first)
}

// lineID is the id of a call that has none and starts in a line; first tells the first one of the chunk.
func (c *Chunk) lineID(line int, first bool) string {
	if c.first && first {
		return c.base()
	}
	return c.base() + ":" + strconv.Itoa(line)
}

// cutPlain cuts before the last call of data.
func cutPlain(_ *Chunk, data []byte) (end, records int) {
	text := string(data)
	for start := range callStarts(text) {
		end = start
	}
	return end, 0
}

// sections yields the calls of a text whose first line is number line.
func sections(text string, line int) iter.Seq[*section] {
	return func(yield func(*section) bool) {
		from := 0
		for start := range callStarts(text) {
			if !yield(&section{text: text[from:start], start: line, first: from == 0}) {
				return
			}
			line += strings.Count(text[from:start], "\n")
			from = start
		}
		yield(&section{text: text[from:], start: line, first: from == 0})
	}
}

// callStarts yields the offsets at which a call starts after another: at a line of
// dashes, or at a block of header lines that gives the id of a call.
func callStarts(text string) iter.Seq[int] {
	return func(yield func(int) bool) {
		content, block, offset := false, -1, 0
		for line := range strings.Lines(text) {
			kind := lineKind(line)
			if kind != headerLine {
				block = -1
			} else if block < 0 {
				block = offset
			}
			if content && (kind == ruler || kind == headerLine && namesCall(line)) {
				if kind == ruler {
					block = offset
				}
				if !yield(block) {
					return
				}
				content = false
			}
			content = content || kind == speech
			offset += len(line)
		}
	}
}
