// Package script reads script libraries (话术库): what agents are told to say,
// kept in tables, documents or structured text. It knows where every code point
// of a wording stands in its file, so that a finding points at what the author
// sees and a replacement changes nothing else.
//
// To add a carrier, write a file with a function that returns its carrier, and
// add that function to the list in carriers. A carrier that holds tables
// gives the cells of each to entriesOf, which knows the names of columns.
package script

//go:generate go run ./gencarriers

import (
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Library is one file of scripts.
type Library struct {
	Source  string         // the file as the user named it, "-" for standard input
	Carrier string         // csv, tsv, xlsx, docx, markdown, yaml, json or text
	Entries []*Entry       // in the order of the file
	Notes   []call.Problem // what was not understood, each with its place

	raw     []byte // the file as it was read
	rewrite func(edits []Edit) ([]byte, error)
}

// Entry is one script: what to say in one situation, in one or several wordings.
type Entry struct {
	ID        string // 话术编号; where the library has none, ""
	Scene     string // 场景, with what stands above it: "投诉"
	Step      string // 环节, or the name of the script
	Trigger   string // 触发条件: when to say it
	Required  bool   // 必说: agents must say it
	Bad       bool   // marked as a bad example (反例、禁用、错误示范): nobody is told to say it
	Lines     []Line // the wordings; none where the author left them out
	Forbidden []Line // 禁用表达: what this script must not say
	Waivers   []InlineWaiver
	At        call.Place // of the entry, for what is missing from it

	span extent // from its first byte to its last
}

// InlineWaiver is a comment in a library that accepts what a rule finds in the
// entry after it: <!-- zhijian:allow RULE… -- reason --> or # zhijian:allow RULE… -- reason.
type InlineWaiver struct {
	Rules  []string // ids, families or globs
	Reason string   // "" is at fault
	At     call.Place
}

// Line is one wording, as its author reads it: unescaped, its runs joined. It is
// a [call.Origin].
type Line struct {
	Text   string
	part   string                       // of an archive; "" for a plain file
	bytes  []extent                     // one for each code point of Text: where it stands in the part
	place  func(at extent) call.Place   // of a code point
	escape func(string) (string, error) // as the file writes a text in this place; the error says that it cannot

	covered bool // the text is that of the cell above, with which this one is merged
}

// extent is a stretch of bytes of a file or a part, half-open, in UTF-8.
type extent struct{ start, end int }

// Place is where the code point at offset stands.
func (l *Line) Place(offset int) call.Place {
	if len(l.bytes) == 0 {
		return l.place(extent{})
	}
	return l.place(l.bytes[max(0, min(offset, len(l.bytes)-1))])
}

// slice is the code points [start,end) of a line as a line.
func (l *Line) slice(start, end int) Line {
	runes := []rune(l.Text)
	out := *l
	out.Text, out.bytes = string(runes[start:end]), l.bytes[start:end]
	return out
}

// length is the number of code points.
func (l *Line) length() int { return utf8.RuneCountInString(l.Text) }

// Edit replaces the code points [Start,End) of a line by Text.
type Edit struct {
	Line       *Line
	Start, End int
	Text       string
}

// Apply returns the file with the edits made and every other byte as it was.
// Edits of one line must not overlap. The error says why the file cannot be
// written, as a [call.Problem]'s What would.
func (l *Library) Apply(edits []Edit) ([]byte, error) { return l.rewrite(edits) }
