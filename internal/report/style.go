package report

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/rule"
)

// style is how a piece of text looks on a colour terminal: the parameters of
// an ANSI "select graphic rendition". The empty style is plain.
type style string

const (
	plain  style = ""
	bold   style = "1"
	dim    style = "2"
	red    style = "31"
	green  style = "32"
	yellow style = "33"
	cyan   style = "36"
)

// strong is a style in bold.
func (s style) strong() style { return "1;" + s }

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
	now := plain
	for _, g := range line {
		if color && g.style != now {
			change(&b, now, g.style)
			now = g.style
		}
		if g.r == noBreak {
			g.r = ' ' // that is for wrap only
		}
		b.WriteRune(g.r)
	}
	change(&b, now, plain)
	return b.String()
}

func change(b *strings.Builder, from, to style) {
	if from != plain {
		b.WriteString("\x1b[0m")
	}
	if to != plain {
		b.WriteString("\x1b[" + string(to) + "m")
	}
}
