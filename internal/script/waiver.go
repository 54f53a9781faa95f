package script

import (
	"strings"
	"unicode"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// waiverMark starts a comment that is for this program.
const waiverMark = "zhijian:"

// comment is a comment of a library, without the marks around it.
type comment struct {
	text string
	at   int // where its mark starts
}

// waive gives each comment that is a waiver to its entry: the one in whose lines
// it stands, else the one after it. What cannot be one becomes a note.
func (l *Library) waive(d *document, comments []comment) {
	for _, c := range comments {
		text := strings.Replace(strings.TrimSpace(c.text), "zhijian：", waiverMark, 1) // as Chinese keyboards write it
		order, ok := strings.CutPrefix(text, waiverMark)
		if !ok {
			continue
		}
		rest, ok := strings.CutPrefix(order, "allow")
		w := newWaiver(rest, d.place(extent{c.at, c.at}))
		e := l.waived(d, d.lineOf(c.at))
		switch {
		case !ok || rest != "" && strings.TrimLeftFunc(rest, unicode.IsSpace) == rest:
			l.Notes = append(l.Notes, d.note(c.at, "不认识 %q；豁免写作 zhijian:allow 规则 -- 理由", "%q is not known; a waiver is written zhijian:allow RULE -- reason",
				waiverMark+firstWord(order)))
		case len(w.Rules) == 0:
			l.Notes = append(l.Notes, d.note(c.at, "豁免没有写规则；写作 zhijian:allow 规则 -- 理由", "the waiver names no rule; write zhijian:allow RULE -- reason"))
		case e == nil:
			l.Notes = append(l.Notes, d.note(c.at, "豁免后面没有话术；请放在它所豁免的话术前面", "no script follows the waiver; put it before the script it is for"))
		default:
			e.Waivers = append(e.Waivers, w)
		}
	}
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// newWaiver reads what follows zhijian:allow.
func newWaiver(text string, at call.Place) InlineWaiver {
	rules, reason := text, ""
	for _, dash := range []string{"--", "——", "—"} {
		if before, after, ok := strings.Cut(text, dash); ok {
			rules, reason = before, strings.TrimSpace(after)
			break
		}
	}
	parted := strings.NewReplacer(",", " ", "，", " ", "、", " ").Replace(rules)
	return InlineWaiver{Rules: strings.Fields(parted), Reason: reason, At: at}
}

// waived is the entry that a waiver on a line is for, nil if there is none.
func (l *Library) waived(d *document, line int) *Entry {
	var next *Entry
	for _, e := range l.Entries {
		first, last := d.lineOf(e.span.start), d.lineOf(max(e.span.start, e.span.end-1))
		if first <= line && line <= last {
			return e
		}
		if first > line && (next == nil || e.span.start < next.span.start) {
			next = e
		}
	}
	return next
}
