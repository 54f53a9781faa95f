package report

import (
	"strconv"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/rule"
)

// style is how a piece of text looks on a colour terminal: a parameter of an ANSI
// "select graphic rendition", and what is added to it. It is no string because every
// character on its way to the screen has one: a report would be mostly pointers.
type style uint16

const (
	plain  style = 0
	bold   style = 1
	dim    style = 2
	red    style = 31
	green  style = 32
	yellow style = 33
	cyan   style = 36

	inBold     style = 1 << 8
	underlined style = 1 << 9
)

// strong is a style in bold.
func (s style) strong() style { return s | inBold }

// underlined is a style with a line below.
func (s style) underlined() style { return s | underlined }

// code is the style as the terminal wants it.
func (s style) code() string {
	code := ""
	if s&inBold != 0 {
		code = "1;"
	}
	if s&0xff != 0 {
		code += strconv.Itoa(int(s & 0xff))
	}
	if s&underlined != 0 {
		code += ";4"
	}
	return code
}

func severityStyle(s rule.Severity) style {
	switch s {
	case rule.Error:
		return red
	case rule.Warning:
		return yellow
	}
	return cyan
}

// span is a piece of text in one style.
type span struct {
	text  string
	style style
}

// paint is a line for the terminal. Its glyphs are clean already.
func paint(line []glyph, color bool) string {
	var b strings.Builder
	b.Grow(3 * len(line)) // the bytes of a Chinese character
	paintTo(&b, line, color)
	return b.String()
}

func paintTo(b *strings.Builder, line []glyph, color bool) {
	now := plain
	for _, g := range line {
		if color && g.style != now {
			change(b, now, g.style)
			now = g.style
		}
		if g.r == noBreak {
			g.r = ' ' // that is for wrap only
		}
		b.WriteRune(g.r)
	}
	change(b, now, plain)
}

func change(b *strings.Builder, from, to style) {
	if from != plain {
		b.WriteString("\x1b[0m")
	}
	if to != plain {
		b.WriteString("\x1b[" + to.code() + "m")
	}
}
