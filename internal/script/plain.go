package script

import (
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// readText reads text with one wording in a line, below headings such as [开场],
// 【开场】, # 开场, 一、开场 or 开场：. A line that starts with // is a comment.
// Below a heading with an id all lines are of one script: [KD-001 开场/问候].
func readText(source string, data []byte) (*Library, *call.Problem) {
	d, problem := newDocument(source, data)
	if problem != nil {
		return nil, problem
	}
	p := plainText{doc: d}
	for i := range d.starts {
		line := d.line(d.row(i), verbatim)
		p.line(line.trim())
	}
	p.close()
	if len(p.entries) == 0 {
		return nil, noEntries(d)
	}
	l := d.library("text", p.entries)
	l.waive(d, p.comments)
	return l, nil
}

// plainText is what is known of a text while its lines are read.
type plainText struct {
	doc      *document
	entries  []*Entry
	comments []comment
	scene    string
	bad      bool // the lines below a label such as 错误示范：
	number   int  // of the line before

	own    *fields // of the script whose id the heading names: all lines below are of it
	span   extent
	column column // of its lines without a label
}

func (p *plainText) line(line Line) {
	if line.blank() {
		p.bad, p.column = false, textColumn
		return
	}
	if text, ok := commentOf(line.Text); ok {
		p.comments = append(p.comments, comment{text, line.bytes[0].start})
		return
	}
	if scene, ok := plainHeading(line.Text); ok {
		p.heading(scene, line)
		return
	}
	switch {
	case p.own != nil:
		p.tell(line)
	case !p.labelled(line):
		p.wording(line)
	}
}

// heading starts a scene, or a script where it has an id: [KD-001 开场/问候].
func (p *plainText) heading(name string, line Line) {
	p.close()
	p.scene, p.bad, p.number = name, false, 0
	id, rest := numbered(name)
	if id == "" {
		return
	}
	names := strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune("/／›>", r) })
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	last := max(0, len(names)-1)
	p.own, p.span, p.column = &fields{id: id, scene: names[:last], step: names[last:], at: line.Place(0)}, spanOf([]Line{line}), textColumn
}

// tell takes a line of the script with an id.
func (p *plainText) tell(line Line) {
	p.span.end = spanOf([]Line{line}).end
	c, rest, ok := fieldOf(line)
	switch {
	case !ok:
		p.own.set(p.column, line)
	case rest.blank():
		p.column = c
	default:
		p.own.set(c, rest)
	}
}

// close makes an entry of the script with an id.
func (p *plainText) close() {
	if p.own == nil {
		return
	}
	p.own.onlyBad = len(p.own.good) == 0
	e := p.own.entry()
	e.span = p.span
	p.entries, p.own = append(p.entries, e), nil
}

// commentOf is the text of a line that is a comment.
func commentOf(line string) (text string, ok bool) {
	if rest, ok := strings.CutPrefix(line, "//"); ok {
		return rest, true
	}
	if rest, ok := strings.CutPrefix(line, "<!--"); ok {
		return strings.TrimSuffix(rest, "-->"), true
	}
	rest, ok := strings.CutPrefix(line, "#")
	return rest, ok && strings.HasPrefix(strings.TrimSpace(rest), waiverMark)
}

// plainHeading is the scene that a line names.
func plainHeading(line string) (scene string, ok bool) {
	for _, pair := range [][2]string{{"[", "]"}, {"【", "】"}, {"《", "》"}} {
		inner, open := strings.CutPrefix(line, pair[0])
		inner, closed := strings.CutSuffix(inner, pair[1])
		if _, named := labelNamed(inner); open && closed && !named && !strings.Contains(inner, pair[1]) {
			return inner, true
		}
	}
	if headingLevel(line) > 0 {
		return strings.Trim(line, "# \t"), true
	}
	if m, ok := markOf([]rune(line)); ok && m.style == '一' && len([]rune(line)) <= 15 && !strings.ContainsAny(line, "，。？！,?!您请你~") {
		return string([]rune(line)[m.width:]), true
	}
	name, ok := strings.CutSuffix(strings.TrimSuffix(line, ":"), "：")
	ok = ok || strings.HasSuffix(line, ":")
	if _, named := labelOf([]rune(line)); named || len([]rune(name)) > 10 || strings.ContainsAny(name, "，。？！,您") {
		return "", false
	}
	return name, ok
}

// labelled takes a line that starts with the name of a column, such as 场景：投诉 or
// 禁用：喂. What it tells belongs to the wording before.
func (p *plainText) labelled(line Line) bool {
	c, rest, ok := fieldOf(line)
	if !ok || c == textColumn {
		return false
	}
	f := fields{}
	switch f.set(c, rest); {
	case c == sceneColumn:
		p.scene = rest.Text
	case len(f.wrong) > 0 && len(p.entries) > 0 && !p.bad && c == forbiddenColumn:
		last := p.entries[len(p.entries)-1]
		last.Forbidden = append(last.Forbidden, f.wrong...)
	case len(f.wrong) > 0:
		p.add(f, line)
	case rest.blank() && (c == badColumn || c == forbiddenColumn):
		p.bad = true
	}
	return true
}

// wording makes an entry of a line. The number of a line is a mark where the lines are numbered on.
func (p *plainText) wording(line Line) {
	m, _ := markOf([]rune(line.Text))
	if m.number == p.number+1 || m.number == 1 {
		p.number = m.number
		if m.number > 1 {
			line = line.from(m.width)
		}
	}
	if l, ok := labelOf([]rune(line.Text)); ok && l.width == line.length() {
		p.bad = l.voice == bad
		return
	}
	f := fields{bad: p.bad}
	f.words(textColumn, line)
	if len(f.good)+len(f.wrong) > 0 {
		p.add(f, line)
	}
}

func (p *plainText) add(f fields, line Line) {
	f.scene, f.at, f.onlyBad = []string{p.scene}, line.Place(0), len(f.good) == 0
	e := f.entry()
	e.span = spanOf([]Line{line})
	p.entries = append(p.entries, e)
}

// fieldOf is the column that a label at the start of a line names, and what follows it.
func fieldOf(line Line) (c column, rest Line, ok bool) {
	runes := []rune(line.Text)
	start := spaces(runes, 0)
	colon := slices.IndexFunc(runes[:min(len(runes), 16)], func(r rune) bool { return r == '：' || r == ':' })
	if colon <= start {
		return unknown, line, false
	}
	c, guessed := columnOf(string(runes[start:colon]))
	if c == unknown || guessed && c != badColumn {
		return unknown, line, false
	}
	end := colon + 1
	for end < len(runes) && runes[end] == '*' { // **话术：**
		end++
	}
	return c, line.from(end), true
}
