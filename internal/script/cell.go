package script

import (
	"strings"
	"unicode"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// trim is the line without space around it.
func (l *Line) trim() Line {
	runes := []rune(l.Text)
	start, end := 0, len(runes)
	for start < end && unicode.IsSpace(runes[start]) {
		start++
	}
	for end > start && unicode.IsSpace(runes[end-1]) {
		end--
	}
	if start == end && len(l.bytes) > 0 { // an empty line stands where it began
		at := l.bytes[0]
		place := l.place
		return Line{part: l.part, place: func(extent) call.Place { return place(at) }, escape: l.escape}
	}
	return l.slice(start, end)
}

// blank reports whether the line has no text.
func (l *Line) blank() bool { return strings.TrimSpace(l.Text) == "" }

// from is the line from a code point on, trimmed.
func (l *Line) from(start int) Line {
	rest := l.slice(start, l.length())
	return rest.trim()
}

// split cuts the line wherever cut says so of the code points and an index; the
// code points that drop says so of are left out. The parts are trimmed, empty ones kept.
func (l *Line) split(separator func(runes []rune, i int) bool) []Line {
	runes := []rune(l.Text)
	var out []Line
	start := 0
	for i := range runes {
		if separator(runes, i) {
			part := l.slice(start, i)
			out = append(out, part.trim())
			start = i + 1
		}
	}
	rest := l.slice(start, len(runes))
	return append(out, rest.trim())
}

// rows are the physical lines of a line.
func (l *Line) rows() []Line {
	return l.split(func(runes []rune, i int) bool {
		return runes[i] == '\n' || runes[i] == '\r' && (i+1 == len(runes) || runes[i+1] != '\n')
	})
}

// join is two lines as one. The line break between them is no part of what is
// said: between Latin words it reads as a space, elsewhere as nothing.
func join(a, b Line) Line {
	if a.length() == 0 {
		return b
	}
	if b.length() == 0 {
		return a
	}
	out := a
	out.bytes = append(append([]extent(nil), a.bytes...), b.bytes...)
	left, right := []rune(a.Text), []rune(b.Text)
	if latin(left[len(left)-1]) && latin(right[0]) {
		gap := extent{a.bytes[len(a.bytes)-1].end, b.bytes[0].start}
		out.bytes = append(append(append([]extent(nil), a.bytes...), gap), b.bytes...)
		out.Text = a.Text + " " + b.Text
		return out
	}
	out.Text = a.Text + b.Text
	return out
}

func latin(r rune) bool { return r < unicode.MaxLatin1 }
