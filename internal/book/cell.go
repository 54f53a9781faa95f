package book

import (
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Cell is a cell of a row. Its value is an int, a float64, a time.Time, []Run,
// nil, or a string, which stays a text whatever it looks like.
type Cell struct {
	Value any
	Style Style
}

// Run is a piece of a text of several colours.
type Run struct {
	Text   string
	Strong bool // set off in bold red
}

// value is what the library writes for a value of a cell. Only strings and runs
// may come from outside; the library writes them as inline strings, which no
// program takes for formulas.
func (b *Book) value(v any) any {
	switch v := v.(type) {
	case string:
		return b.fit(v)
	case []Run:
		runs := make([]excelize.RichTextRun, 0, len(v))
		for _, r := range v {
			if r.Text == "" {
				continue // Excel repairs a book that has empty runs
			}
			runs = append(runs, excelize.RichTextRun{Text: r.Text})
			if r.Strong {
				runs[len(runs)-1].Font = &excelize.Font{Bold: true, Color: red, Size: fontSize, Family: font}
			}
		}
		return runs
	}
	return v
}

// longest is how many UTF-16 units a cell takes.
const longest = excelize.TotalCellChars

// fit cuts a text that no cell can hold, and says so in it.
func (b *Book) fit(s string) string {
	if len(s) <= longest || units(s) <= longest {
		return s
	}
	note := call.Sayf("……（太长，已截断；原文 %d 字）", "… (cut: the text has %d characters)", utf8.RuneCountInString(s)).In(b.lang)
	room := longest - units(note)
	end := strings.IndexFunc(s, func(r rune) bool {
		room -= width16(r)
		return room < 0
	})
	return s[:end] + note
}

func units(s string) int {
	n := 0
	for _, r := range s {
		n += width16(r)
	}
	return n
}

// width16 is how many UTF-16 units a character has.
func width16(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}
