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
	for i := range words {
		w := &words[i]
		if p != nil && w.start.IsZero() && w.end.IsZero() { // a mark: it takes no time and has often no speaker
			w.speaker, w.channel = p.Speaker, p.channel
		}
		if p != nil && parts(p, w) {
			t.say(*p)
			p = nil
		}
		if p == nil {
			p = &piece{channel: w.channel}
			p.Speaker, p.Start = w.speaker, w.start
		}
		p.Text = glue(p.Text, w.text)
		if !w.end.IsZero() {
			p.End = w.end
		}
	}
	if p != nil {
		t.say(*p)
		t.note("句子由 %d 个词拼成", "sentences were put together of %d words", len(words))
	}
}

// parts reports whether a sentence has ended before w.
func parts(p *piece, w *token) bool {
	if w.speaker != p.Speaker || w.channel != p.channel {
		return true
	}
	end, ended := p.End.Get()
	start, starts := w.start.Get()
	silence := int64(0)
	if ended && starts {
		silence = start - end
	}
	return silence > anywhere || silence >= afterStop && strings.ContainsRune("。！？!?.", last(p.Text))
}

// glue puts the next word behind text: with a space between words that are written with letters
// and digits of our alphabet, without one in Chinese.
func glue(text, next string) string {
	next = strings.TrimSpace(next)
	text = strings.TrimSpace(text)
	if text == "" || next == "" {
		return text + next
	}
	r, _ := utf8.DecodeRuneInString(next)
	if spaced(last(text), r) {
		return text + " " + next
	}
	return text + next
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
	out := ""
	for word := range strings.FieldsSeq(s) {
		if out != "" && !wide(last(out)) {
			if r, _ := utf8.DecodeRuneInString(word); !wide(r) {
				out += " "
			}
		}
		out += word
	}
	return out
}
