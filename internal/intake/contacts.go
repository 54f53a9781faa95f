package intake

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// silent reports whether a small file surely tells nothing of who called whom, where that alone
// is wanted: it is neither JSON nor a table, and no line of it may say that the call dropped. Its
// format need not be found out for that, which took nearly all the time of a folder of plain text.
func (o *opener) silent(text []byte) bool {
	if !o.opt.Contacts || o.cdr != nil || o.opt.Format != "" || o.opt.Encoding != "" {
		return false
	}
	if bytes.IndexByte(text, 0) >= 0 || accidental(text) || mayDrop(text) {
		return false
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	start := bytes.TrimSpace(text)
	if len(start) == 0 || start[0] == '{' || start[0] == '[' || mayBeTable(text) {
		return false
	}
	o.read++ // as far as anybody asks
	return true
}

// mayBeTable reports whether a text is a table, which without what parts cells it is not.
func mayBeTable(text []byte) bool {
	parted := slices.ContainsFunc([]byte(commas), func(comma byte) bool { return bytes.IndexByte(text, comma) >= 0 })
	return parted && isTable(text)
}

// mayDrop reports whether a line of a text, perhaps one in another encoding, may say in a field
// of its own that the call dropped: no other field of plain text and of subtitles tells anything of
// who called whom.
func mayDrop(text []byte) bool {
	if !utf8.Valid(text) {
		return true
	}
	const last = '\xB9' // byte of all names, which is rarer in Chinese text than the first
	for {
		at := bytes.IndexByte(text, last)
		if at < 0 {
			return false
		}
		before, after := text[:at+1], text[at+1:]
		if namesHangup(before) {
			if line, _, _ := bytes.Cut(after, []byte{'\n'}); namesDrop(string(line)) {
				return true
			}
		}
		text = after
	}
}

// namesHangup reports whether a text ends in the name of a field that says who hung up.
func namesHangup(text []byte) bool {
	for _, name := range hangupNames {
		if bytes.HasSuffix(text, []byte(name)) {
			return true
		}
	}
	return false
}

// namesDrop reports whether a line has any of the words for a call that dropped.
func namesDrop(line string) bool {
	line = strings.ToLower(line)
	return slices.ContainsFunc(hangups, func(w word[call.Hangup]) bool {
		return w.value == call.Dropped && containsAny(line, w.names)
	})
}
