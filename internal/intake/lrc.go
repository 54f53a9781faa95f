package intake

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// lrc is the time line that players of music read and whisper.cpp writes. It has no ends.
func lrc() format {
	return format{
		name:  "lrc",
		exts:  []string{".lrc"},
		title: call.Sayf("LRC 时间轴文本", "LRC, a time before each line"),
		shape: "[by:whisper.cpp] ⏎ [00:00.82]客服：您好。",
		sides: byLabel(),
		sniff: func(s *sample) bool { return s.json == nil && isLRC(s.start) },
		parse: parseLRC, contacts: toldNothing,
	}
}

var (
	lrcTagRE   = text.Pattern(`^\[(ti|ar|al|au|by|re|ve|offset|length|tool):\s*([^\]]*)\]$`)
	lrcStampRE = text.Pattern(`^\[(\d{1,4}):(\d{1,2})(?:[.:](\d{1,3}))?\]`)
)

// isLRC reports whether text starts with a tag of LRC, or with a time that has a fraction:
// plain text has times like [00:01:02] and [01:02].
func isLRC(text string) bool {
	line, _, _ := strings.Cut(strings.TrimLeft(text, space+"\uFEFF"), "\n")
	if line = trimLine(line); !strings.HasPrefix(line, "[") {
		return false
	}
	m := lrcStampRE().FindStringSubmatch(line)
	return lrcTagRE().MatchString(line) || m != nil && strings.Contains(m[0], ".")
}

func parseLRC(c *Chunk, yield func(Item) bool) {
	t := c.talk(c.line)
	var cues []cue
	var offset int64
	line := c.line
	for s := range strings.SplitSeq(string(c.data), "\n") {
		if s = trimLine(s); s != "" {
			if m := lrcTagRE().FindStringSubmatch(s); m != nil {
				offset += lrcOffset(m)
			} else {
				cues = addLRC(cues, s, line)
			}
		}
		line++
	}
	if len(cues) == 0 {
		yield(c.fatal(c.line, c.base(), "没有找到带时间的行；每行要像“[00:00.82]您好。”", "no line with a time found; lines look like “[00:00.82]您好。”"))
		return
	}
	for i := range cues {
		cues[i].from = earlier(cues[i].from, offset)
	}
	t.Line = cues[0].line
	t.note("LRC 没有结束时间", "LRC has no end times")
	t.speak(cues)
	t.hand(c.base(), c.lastLine(), yield)
}

// addLRC adds a line once for each of its times; one without a time goes on with the line before.
func addLRC(cues []cue, s string, line int) []cue {
	var times []int64
	for m := lrcStampRE().FindStringSubmatch(s); m != nil; m = lrcStampRE().FindStringSubmatch(s) {
		times = append(times, (number(m[1])*60+number(m[2]))*1000+fraction(m[3]))
		s = strings.TrimLeft(s[len(m[0]):], space)
	}
	text := cueLine{text: s, line: line}
	if len(times) == 0 && len(cues) > 0 {
		last := &cues[len(cues)-1]
		last.text = append(last.text, text)
	}
	for _, ms := range times {
		cues = append(cues, cue{line: line, from: call.At(ms), text: []cueLine{text}})
	}
	return cues
}

// lrcOffset is how many milliseconds the lines come earlier than their times say.
func lrcOffset(tag []string) int64 {
	if tag[1] != "offset" {
		return 0
	}
	value, minus := strings.CutPrefix(strings.TrimPrefix(tag[2], "+"), "-")
	if minus {
		return -number(value)
	}
	return number(value)
}

func earlier(at call.Millis, by int64) call.Millis {
	ms, _ := at.Get()
	return call.At(max(0, ms-by))
}
