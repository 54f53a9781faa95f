package report

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
)

// textFormat is the report for people: the findings call by call, then a
// summary by rule and by agent.
func textFormat() format {
	return format{"table", lint.FoundTurns, func(w io.Writer, o Options) Writer {
		if o.Width < leastWidth {
			o.Width = 80
		}
		return &textReport{w: w, o: o, tongue: tongue(o.Lang)}
	}}
}

const leastWidth = 30 // columns; fewer are no terminal but a mistake

type textReport struct {
	tongue
	w    io.Writer
	o    Options
	near cursor // where the words found were last
}

// Call writes the findings of a call; a call without any is not mentioned.
func (t *textReport) Call(r *lint.Result) error {
	if t.o.SummaryOnly || len(r.Verdict.Findings) == 0 {
		return nil
	}
	var b strings.Builder
	t.header(&b, r)
	l := t.layoutOf(r)
	for i := range r.Verdict.Findings {
		t.finding(&b, r.Call, &r.Verdict.Findings[i], l)
	}
	if r.Verdict.Score != nil {
		t.line(&b, 1, t.sum(r)...)
	}
	b.WriteByte('\n')
	_, err := io.WriteString(t.w, b.String())
	return err
}

// header names the call, its score, where it is, who took it, and what it is;
// of a script its id and scene, and where it is.
func (t *textReport) header(b *strings.Builder, r *lint.Result) {
	c := r.Call
	where := c.Source
	if c.Line > 0 && !c.Script {
		where += ":" + strconv.Itoa(c.Line)
	}
	more := ""
	if d := t.direction(c.Direction); d != "" {
		more += " · " + d
	}
	if who := t.person(c.Agent); who != "" {
		more += " · " + t.role(call.Agent) + " " + who
	}
	head := []span{{t.name(c), bold}}
	if marks := t.marks(r.Verdict.Score); marks != "" {
		head = append(head, span{"  " + marks, bold})
	}
	if whole := append(slices.Clone(head), span{"  " + where + more, dim}); widthOf(glyphs(whole...)) <= t.o.Width {
		t.line(b, 0, whole...)
	} else {
		t.line(b, 0, head...)
		t.line(b, 1, span{where + more, dim})
	}
	if why := r.Choice.Why.In(t.o.Lang); why != "" {
		t.line(b, 1, span{t.say("抽中：", "chosen: ") + why, dim})
	}
	if tags := t.tags(r.Verdict.Tags); tags != "" {
		t.line(b, 1, span{t.say("标签：", "tags: ") + tags, dim})
	}
}

// line writes a paragraph, indent columns from the left.
func (t *textReport) line(b *strings.Builder, indent int, text ...span) {
	row(indent, []column{{width: t.o.Width - indent, paras: [][]span{text}}}, t.to(b))
}

// to writes painted lines to b.
func (t *textReport) to(b *strings.Builder) func([]glyph) {
	return func(line []glyph) {
		paintTo(b, line, t.o.Color)
		b.WriteByte('\n')
	}
}
