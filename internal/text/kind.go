package text

import "unicode"

// kind says what Fold does with a character. The zero kind, plain, is kept as it is.
type kind uint8

const (
	plain     kind = iota
	upper          // A-Z, written in lower case
	gap            // white space: a pause, unless the whole text is spaced out
	underline      // _, the pause mark of speech recognisers
	drop           // invisible: leaves nothing behind
	comma          // the breaks, by rising strength, up to ask; see breakOf
	dot
	newline
	bang
	ask
	colon      // ASCII : , a break unless it stands inside a word or number
	thousands  // ASCII , , a break unless it groups digits
	quote      // every quotation mark but the next
	apostrophe // ’, a quotation mark unless it stands inside a Latin word
	open       // brackets, unified by bracketOf
	particle   // closes what was said: a pause after it is a soft break
	hum        // a filler wherever it stands
	ah         // 啊, both hum and particle
	sigh       // a filler when it stands alone
	ng         // 唔, a filler or the Cantonese not
	head       // may begin 那个 这个 就是
	shen       // 甚, of 甚麼
	hai        // 係, the Cantonese 是 or the 系 of 关系
)

// kinds has the characters below U+A000 that need more than copying, after width
// and Traditional forms are folded. A literal, so that the linker lays it out.
var kinds = [tableEnd]kind{
	' ': gap, '\t': gap, '\u00a0': gap, '\u1680': gap, '\u3000': gap, '\u202f': gap, '\u205f': gap,
	'\u2000': gap, '\u2001': gap, '\u2002': gap, '\u2003': gap, '\u2004': gap, '\u2005': gap,
	'\u2006': gap, '\u2007': gap, '\u2008': gap, '\u2009': gap, '\u200a': gap, '_': underline,

	'\n': newline, '\r': newline, '\u0085': newline, '\u2028': newline, '\u2029': newline,
	',': thousands, ':': colon, ';': comma, '~': comma, '、': comma, '—': comma, '–': comma, '―': comma,
	'…': comma, '⋯': comma, '〜': comma, '.': dot, '。': dot, '!': bang, '?': ask,

	'"': quote, '“': quote, '”': quote, '„': quote, '‟': quote, '‘': quote, '’': apostrophe,
	'「': quote, '」': quote, '『': quote, '』': quote, '〝': quote, '〞': quote, '〟': quote,
	'【': open, '】': open, '〔': open, '〕': open, '〖': open, '〗': open, '《': open, '》': open, '〈': open, '〉': open,

	'吗': particle, '呢': particle, '吧': particle, '了': particle, '么': particle, '嘛': particle,
	'呀': particle, '啦': particle,
	'嗯': hum, '呃': hum, '啊': ah, '额': sigh, '哎': sigh, '唉': sigh, '诶': sigh, '唔': ng,
	'那': head, '这': head, '就': head, '甚': shen, '係': hai,

	'A': upper, 'B': upper, 'C': upper, 'D': upper, 'E': upper, 'F': upper, 'G': upper, 'H': upper, 'I': upper,
	'J': upper, 'K': upper, 'L': upper, 'M': upper, 'N': upper, 'O': upper, 'P': upper, 'Q': upper, 'R': upper,
	'S': upper, 'T': upper, 'U': upper, 'V': upper, 'W': upper, 'X': upper, 'Y': upper, 'Z': upper,
}

// The tables of characters end where Yi begins: what is folded above it, full-width
// forms and invisible characters, comes in ranges.
const (
	tableEnd  = 0xA000
	wideShift = '！' - '!' // from a full-width form to its ASCII character
)

// kindOf returns the kind of a character and the character that it is folded to.
// Breaks, quotes and brackets are left for the caller to unify.
func kindOf(r rune) (kind, rune) {
	if '！' <= r && r <= '～' {
		r -= wideShift
		if r == ',' || r == ':' {
			return comma, r // only the ASCII forms stand inside numbers
		}
	}
	switch {
	case r >= tableEnd:
		return highKind(r)
	case invisible(r):
		return drop, r
	}
	if s := simplified[r]; s != 0 {
		r = rune(s)
	}
	if kinds[r] == upper {
		return upper, r + 'a' - 'A'
	}
	return kinds[r], r
}

// highKind is kindOf for the characters above the tables.
func highKind(r rune) (kind, rune) {
	switch r {
	case '｡':
		return dot, '.'
	case '､':
		return comma, ','
	case '｢', '｣', '﹁', '﹂', '﹃', '﹄':
		return quote, '"'
	}
	if invisible(r) {
		return drop, r
	}
	return plain, r
}

// invisible reports whether r is a control character, a zero-width character, a
// byte order mark or a variation selector; white space and line ends are not.
func invisible(r rune) bool {
	switch {
	case r < 0x20:
		return r != '\t' && r != '\n' && r != '\r'
	case r < 0x7F:
		return false
	case r < 0x200B:
		return r <= 0x9F && r != 0x85 || r == 0xAD || r == 0x180E
	case r <= 0x206F:
		return r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060
	}
	return r >= 0xFE00 && r <= 0xFE0F || r == 0xFEFF || r >= 0xE0000 && r <= 0xE01EF
}

// bracketOf returns the one form that Fold writes for a kind of bracket.
func bracketOf(r rune) rune {
	switch r {
	case '【', '〔', '〖':
		return '['
	case '】', '〕', '〗':
		return ']'
	case '《', '〈':
		return '<'
	}
	return '>'
}

// isHan reports whether r is a Chinese character.
func isHan(r rune) bool {
	return r >= 0x3400 && r < tableEnd || r >= 0x20000 && r < 0x40000 || r >= 0xF900 && r < 0xFB00 || r == '〇'
}

// isWord reports whether r belongs to a Latin word or a number.
func isWord(r rune) bool {
	if r < 0x80 {
		return isDigit(r) || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return r < 0x2000 && (unicode.IsLetter(r) || unicode.IsNumber(r))
}

// isDigit reports whether r is an ASCII digit.
func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// isBreak reports whether r is one of the four break characters of folded text.
func isBreak(r rune) bool { return r == ',' || r == '.' || r == '!' || r == '?' }

// FoldRune folds the width, case and script of one character as Fold does:
// full-width ASCII letters and digits become half-width, ASCII letters lower case,
// Traditional characters Simplified. Everything else, punctuation too, is returned
// as it is. FoldRune(FoldRune(r)) is FoldRune(r).
func FoldRune(r rune) rune {
	switch {
	case r < 0x80:
		return lower(r)
	case r >= tableEnd:
		if w := r - wideShift; w >= 0 && w < 0x80 && isWord(w) {
			return lower(w)
		}
	case simplified[r] != 0:
		return rune(simplified[r])
	case r == '唔':
		return '不' // what Fold writes for these two wherever they are no filler
	case r == '係':
		return '是'
	}
	return r
}

// lower folds the case of an ASCII letter.
func lower(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}
