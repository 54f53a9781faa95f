package intake

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// byLabel is how text tells the sides apart: by the labels of the speakers in it.
func byLabel() call.Say {
	return call.Sayf("文字里的说话人标记；编号用 --agent-channel 指定，否则按话术推断", "labels in the text; of numbered speakers --agent-channel, else by what is said")
}

// subRip is the .srt that Whisper, WhisperX and subtitle editors write.
func subRip() format {
	return format{
		name:  "srt",
		exts:  []string{".srt"},
		title: call.Sayf("SRT 字幕", "SubRip subtitles (.srt)"),
		shape: "1 ⏎ 00:00:00,820 --> 00:00:04,310 ⏎ 客服：您好。",
		sides: byLabel(),
		sniff: func(s *sample) bool { return s.json == nil && startsCue(s.start) },
		parse: parseSubtitle, contacts: mayDrop,
	}
}

// webVTT is WebVTT, also as whisper.cpp writes it.
func webVTT() format {
	return format{
		name:  "vtt",
		exts:  []string{".vtt"},
		title: call.Sayf("WebVTT 字幕", "WebVTT subtitles (.vtt)"),
		shape: "WEBVTT ⏎ 00:00.820 --> 00:04.310 ⏎ <v 客服>您好。",
		sides: byLabel(),
		sniff: func(s *sample) bool {
			return strings.HasPrefix(strings.TrimLeft(s.start, space+"\uFEFF"), "WEBVTT")
		},
		parse: parseSubtitle, contacts: mayDrop,
	}
}

// startsCue reports whether text starts with the times of a cue, perhaps after its number.
func startsCue(text string) bool {
	text = strings.TrimLeft(text, space+"\uFEFF")
	first, rest, _ := strings.Cut(text, "\n")
	if _, ok := cueTimes(first); ok {
		return true
	}
	second, _, _ := strings.Cut(strings.TrimLeft(rest, space), "\n")
	_, ok := cueTimes(second)
	return ok && len(first) <= maxHead && !strings.HasPrefix(first, "WEBVTT")
}

func parseSubtitle(c *Chunk, yield func(Item) bool) {
	t := c.talk(c.line)
	cues := t.subtitles(string(c.data))
	if len(cues) == 0 {
		yield(c.fatal(c.line, c.base(), "没有找到字幕的时间行；每条字幕要像“00:00:00,820 --> 00:00:04,310”，下一行是文字",
			"no cue with times found; a cue looks like “00:00:00,820 --> 00:00:04,310” with its text below"))
		return
	}
	t.Line = cues[0].line
	t.speak(cues)
	t.hand(c.base(), c.lastLine(), yield)
}

// subtitles reads the cues of SubRip and of WebVTT. What stands before the first one
// and in notes may tell of the call: 通话ID: C1.
func (t *talk) subtitles(text string) []cue {
	var cues []cue
	line, apart, note := t.Line, true, false
	for s := range strings.SplitSeq(text, "\n") {
		s = trimLine(s)
		switch times, ok := cueTimes(s); {
		case ok:
			cues = append(dropCueName(cues, apart), t.cue(times, line))
			note = false
		case s == "":
			note = false
		case note || len(cues) == 0 || apart && noteRE().MatchString(s):
			note = true
			readMeta(&t.Call, noteRE().ReplaceAllString(s, ""))
		default:
			last := &cues[len(cues)-1]
			last.text = append(last.text, cueLine{s, line, apart})
		}
		line, apart = line+1, s == ""
	}
	return cues
}

var noteRE = text.Pattern(`^(?:NOTE|STYLE|REGION)(?:\s+|$)`)

// cue starts a cue; one that ends before it starts has no end.
func (t *talk) cue(times [2]int64, line int) cue {
	c := cue{line: line, from: call.At(times[0]), to: call.At(times[1])}
	if times[1] < times[0] {
		c.to = call.Millis{}
		t.problems = append(t.problems, t.doc.c.warning(line, "", "这条字幕的结束早于开始，结束时间未采用；请检查导出", "this cue ends before it starts, its end is not used; check the export"))
	}
	return c
}

// dropCueName drops the last line of the last cue where it is the number or the name of the
// next: it stands right above the times of that.
func dropCueName(cues []cue, apart bool) []cue {
	if len(cues) == 0 || apart {
		return cues
	}
	last := &cues[len(cues)-1]
	if n := len(last.text); n > 0 && (last.text[n-1].apart || digits(last.text[n-1].text) == len(last.text[n-1].text)) {
		last.text = last.text[:n-1]
	}
	return cues
}

const cueTime = `(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?`

var cueTimesRE = text.Pattern(`^` + cueTime + `\s*--+>\s*` + cueTime + `(?:\s.*)?$`)

// cueTimes are the times of the line above a cue, in milliseconds.
func cueTimes(line string) (times [2]int64, ok bool) {
	if !strings.Contains(line, "->") {
		return times, false
	}
	m := cueTimesRE().FindStringSubmatch(strings.TrimSpace(line))
	if m == nil {
		return times, false
	}
	for i := range times {
		g := m[1+4*i:]
		times[i] = ((number(g[0])*60+number(g[1]))*60+number(g[2]))*1000 + fraction(g[3])
	}
	return times, true
}
