package script

import (
	"strings"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/text"
)

// inline reads a stretch of one line of Markdown as its reader sees it: without the
// marks of bold, code and links, without comments and tags, escapes resolved.
// Underscores are kept, since they are placeholders far more often than marks, and
// so are three stars or more.
func (m *markdown) inline(b *builder, at extent) {
	s := spanner{markdown: m, out: b, at: at.start, end: at.end}
	s.stars = pairedStars(m.text[at.start:at.end], at.start)
	for s.at < s.end {
		s.one()
	}
}

// spanner reads one stretch of Markdown.
type spanner struct {
	*markdown
	out     *builder
	at, end int
	stars   map[int]int // length of each mark of stars by where it stands
}

var (
	tagPattern    = text.Pattern(`^</?(?i:br|b|i|u|em|strong|span|font|p|div|sub|sup|mark|del|s|code|kbd|small|big|center|a|details|summary|li|ul|ol)(?:\s[^<>]*)?/?>`)
	linkPattern   = text.Pattern(`^\[([^\[\]]*)\]\([^()\s]*(?:\s+"[^"]*")?\)`)
	imagePattern  = text.Pattern(`^!\[[^\[\]]*\]\([^()]*\)`)
	entityPattern = text.Pattern(`^&(?:nbsp|lt|gt|amp|quot);`)
)

// entities are the characters that tables and quoted brackets are written with.
var entities = map[string]rune{"&nbsp;": ' ', "&lt;": '<', "&gt;": '>', "&amp;": '&', "&quot;": '"'}

// one reads what stands here.
func (s *spanner) one() {
	rest := s.text[s.at:s.end]
	if end, ok := s.hidden(s.at); ok {
		s.at = min(end, s.end)
		return
	}
	switch rest[0] {
	case '\\':
		if len(rest) > 1 && strings.IndexByte("\\`*_{}[]()#+-.!|<>~\"'&", rest[1]) >= 0 {
			s.add(rune(rest[1]), 2)
			return
		}
	case '*':
		if n := s.stars[s.at]; n > 0 {
			s.at += n
			return
		}
	case '`':
		if s.code(rest) {
			return
		}
	case '~':
		if s.struck(rest) {
			return
		}
	default:
		if s.construct(rest) {
			return
		}
	}
	r, size := utf8.DecodeRuneInString(rest)
	s.add(r, size)
}

func (s *spanner) add(r rune, size int) {
	s.out.add(r, extent{s.at, s.at + size})
	s.at += size
}

// code reads a span of code: its text as it is.
func (s *spanner) code(rest string) bool {
	ticks := rest[:len(rest)-len(strings.TrimLeft(rest, "`"))]
	length := strings.Index(rest[len(ticks):], ticks)
	if length < 0 {
		return false
	}
	start := s.at + len(ticks)
	s.out.copy(extent{start, start + length})
	s.at = start + length + len(ticks)
	return true
}

// struckPattern is text that is struck out. Tildes that end a sentence, 您好~~, strike nothing.
var struckPattern = text.Pattern(`^~~[^\s~](?:[^~]*[^\s~])?~~(?:[^~]|$)|^<(?i:del|s|strike)>.*?</(?i:del|s|strike)>`)

// struck passes over text that is struck out: nobody is told to say it. It is noted,
// as tildes may be meant as a smile.
func (s *spanner) struck(rest string) bool {
	m := struckPattern().FindString(rest)
	if m == "" {
		return false
	}
	end := s.at + len(m)
	if m[0] == '~' {
		end = s.at + strings.LastIndex(m, "~~") + 2
	}
	first := s.line(extent{s.at, s.at}, verbatim)
	s.doubts = append(s.doubts, doubtAt(&first, "删除线里的文字没有检查：%s", "the text that is struck out is not checked: %s", s.text[s.at:end]))
	s.at = end
	return true
}

// construct reads a tag, an image, a link or an entity.
func (s *spanner) construct(rest string) bool {
	switch rest[0] {
	case '<':
		if s.struck(rest) {
			return true
		}
		tag := tagPattern().FindString(rest)
		if tag != "" && strings.HasPrefix(strings.ToLower(tag), "<br") {
			s.add('\n', len(tag))
			return true
		}
		s.at += len(tag)
		return tag != ""
	case '!':
		image := imagePattern().FindString(rest)
		s.at += len(image)
		return image != ""
	case '[':
		return s.link(rest)
	case '&':
		entity := entityPattern().FindString(rest)
		if entity != "" {
			s.add(entities[entity], len(entity))
		}
		return entity != ""
	}
	return false
}

// link reads the words of a link, not its target.
func (s *spanner) link(rest string) bool {
	at := linkPattern().FindStringSubmatchIndex(rest)
	if at == nil {
		return false
	}
	end := s.at + at[1]
	words := extent{s.at + at[2], s.at + at[3]}
	s.markdown.inline(s.out, words)
	s.at = end
	return true
}

// pairedStars are the marks of emphasis in text: runs of one or two stars that
// open before a character and close after one, in pairs.
func pairedStars(text string, offset int) map[int]int {
	open := map[int]int{}
	out := map[int]int{}
	for i := 0; i < len(text); {
		n := len(text[i:]) - len(strings.TrimLeft(text[i:], "*"))
		if n == 0 {
			i++
			if text[i-1] == '\\' {
				i++
			}
			continue
		}
		if start, ok := open[n]; ok && i > 0 && text[i-1] != ' ' {
			out[offset+start], out[offset+i] = n, n
			delete(open, n)
		} else if n < 3 && i+n < len(text) && text[i+n] != ' ' {
			open[n] = i
		}
		i += n
	}
	return out
}

// lastTag is a tag that a text ends with.
var lastTag = text.Pattern(`<(\w+)(?:\s[^<>]*)?>$`)

// hollowMarks reports whether a pair of marks would stand without words between
// these two texts: stars, ticks, a link or tags.
func hollowMarks(before, after string) bool {
	before, after = strings.TrimRight(before, " \t"), strings.TrimLeft(after, " \t")
	stars := len(before) - len(strings.TrimRight(before, "*"))
	if closing := len(after) - len(strings.TrimLeft(after, "*")); stars > 0 && stars < 3 && closing > 0 && closing < 3 {
		return true
	}
	if tag := lastTag().FindStringSubmatch(before[max(0, strings.LastIndexByte(before, '<')):]); tag != nil {
		return strings.HasPrefix(strings.ToLower(after), "</"+strings.ToLower(tag[1])+">")
	}
	return strings.HasSuffix(before, "[") && strings.HasPrefix(after, "](") ||
		strings.HasSuffix(before, "`") && strings.HasPrefix(after, "`")
}

// markdownText writes a text in Markdown.
func markdownText(text string) (string, error) { return escaped(text, "`") }

// markdownCell writes a text in a cell of a table.
func markdownCell(text string) (string, error) { return escaped(text, "`|") }

func escaped(text, special string) (string, error) {
	text, err := verbatim(text)
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		stars := len(text[i:]) - len(strings.TrimLeft(text[i:], "*"))
		switch {
		case stars > 2:
			out.WriteString(text[i : i+stars])
			i += stars - 1
			continue
		case stars > 0, strings.IndexByte(special, text[i]) >= 0, text[i] == '\\' && i+1 < len(text) && text[i+1] < utf8.RuneSelf:
			out.WriteByte('\\')
		}
		out.WriteByte(text[i])
	}
	return out.String(), err
}
