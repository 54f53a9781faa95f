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
	return len(start) > 0 && start[0] != '{' && start[0] != '[' && !mayBeTable(text)
}

// mayBeTable is a quick look for what parts the cells of a table.
func mayBeTable(text []byte) bool {
	return bytes.ContainsAny(text, commas) && isTable(text)
}

// mayDrop reports whether a line of a text, perhaps one in another encoding, may say in a field
// of its own that the call dropped: no other field of plain text and of subtitles tells anything of
// who called whom.
func mayDrop(text []byte) bool {
	if !utf8.Valid(text) {
		return true
	}
	for _, name := range hangupNames {
		for rest := text; ; {
			at := bytes.Index(rest, []byte(name))
			if at < 0 {
				break
			}
			rest = rest[at+len(name):]
			if line, _, _ := bytes.Cut(rest, []byte{'\n'}); namesDrop(string(line)) {
				return true
			}
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
