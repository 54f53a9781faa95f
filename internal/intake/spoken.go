package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// The silence that parts sentences which are put together of words.
const (
	afterStop = 100  // ms, where punctuation ends a sentence
	anywhere  = 1000 // ms, elsewhere
)

// token is a word, or a punctuation mark, of a result that lists words only.
type token struct {
	text             string
	speaker, channel string
	start, end       call.Millis
}

// tokens makes sentences of words that follow each other: one ends where the speaker
// changes, where it is silent for long, and where punctuation and a silence say so.
func (t *talk) tokens(words []token) {
	var p *piece
	var text spelling
	for i := range words {
		w := &words[i]
		if p != nil && w.speaker == "" && w.start.IsZero() { // a punctuation mark is nobody's
			w.speaker = p.Speaker
		}
		if p != nil && parts(p, text.last, w) {
			p.Text = text.take()
			t.say(*p)
			p = nil
		}
		if p == nil {
			p = &piece{channel: w.channel}
			p.Speaker, p.Start = w.speaker, w.start
		}
		text.add(w.text)
		if !w.end.IsZero() {
			p.End = w.end
		}
	}
	if p != nil {
		p.Text = text.take()
		t.say(*p)
		t.note("句子由词拼成", "sentences were put together of words")
	}
}

// parts reports whether a sentence has ended before w; last is its last character.
func parts(p *piece, last rune, w *token) bool {
	if w.speaker != p.Speaker || w.channel != p.channel {
		return true
	}
	end, ended := p.End.Get()
	start, starts := w.start.Get()
	silence := int64(0)
	if ended && starts {
		silence = start - end
	}
	return silence > anywhere || silence >= afterStop && strings.ContainsRune("。！？!?.", last)
}

// spelling is a sentence that grows word by word: with a space between words that are
// written with letters and digits of our alphabet, without one in Chinese.
type spelling struct {
	b    strings.Builder
	last rune // the last character; 0 for none
}

func (s *spelling) add(word string) {
	if word = strings.TrimSpace(word); word == "" {
		return
	}
	first, _ := utf8.DecodeRuneInString(word)
	if s.last != 0 && spaced(s.last, first) {
		s.b.WriteByte(' ')
	}
	s.b.WriteString(word)
	s.last = last(word)
}

// take returns the sentence and starts another one.
func (s *spelling) take() string {
	text := s.b.String()
	*s = spelling{}
	return text
}

// spaced reports whether a space belongs between two characters that start and end words.
func spaced(before, after rune) bool {
	if wide(before) || wide(after) || !unicode.IsLetter(after) && !unicode.IsNumber(after) {
		return false
	}
	return unicode.IsLetter(before) || unicode.IsNumber(before) || strings.ContainsRune(",.!?;:", before)
}

// wide reports whether a character is of a script that is written without spaces.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF
}

// unsplit removes the spaces that part words in Chinese, and keeps those around words in Latin letters.
func unsplit(s string) string {
	if !strings.ContainsAny(s, " \u3000\t") {
		return s
	}
	var out strings.Builder
	before := rune(0)
	for word := range strings.FieldsSeq(s) {
		if first, _ := utf8.DecodeRuneInString(word); before != 0 && !wide(before) && !wide(first) {
			out.WriteByte(' ')
		}
		out.WriteString(word)
		before = last(word)
	}
	return out.String()
}
