package script

import (
	"slices"
	"strings"
	"unicode"
)

// wordings are the wordings in a cell, or in a paragraph or a value of other
// carriers, and the examples there that nobody may say.
//
// A cell holds several wordings where they are numbered from one (1. 2., ①②,
// A：B：), labelled (话术一：, 错误：, ✅) or parted by 或 on a line of its own; where
// nothing of that is there, each line that ends a sentence ends a wording, and a
// line that does not goes on in the next, as wrapped text does. Marks and labels
// are no part of a wording. In a dialogue, only what the agent says is.
func wordings(cell Line) (good, wrong []Line) {
	for _, p := range pieces(cell) {
		switch {
		case isNone(p.line.Text) || p.voice == heard:
		case p.voice == bad:
			wrong = append(wrong, p.line)
		default:
			good = append(good, p.line)
		}
	}
	return good, wrong
}

// piece is one part of a cell.
type piece struct {
	line  Line
	voice voice
}

// row is one line of a cell, or a part of one that starts with a mark.
type row struct {
	line   Line // without its marks
	whole  Line // with the mark of its number, without labels before
	mark   mark // zero if it has no number
	label  label
	named  bool // it has a label
	parted bool // 或 stands before
	spaced bool // an empty line stands before

	unlabelled Line // with its label, where that may be a placeholder
}

// pieces takes a cell apart.
func pieces(cell Line) []piece {
	rows := settled(rowsOf(cell))
	g := gathering{numbered: inSequence(rows), dialogue: slices.ContainsFunc(rows, row.speaks)}
	g.sentences = slices.ContainsFunc(rows, func(r row) bool { return ends(r.line.Text) })
	g.short = !wrapped(rows)
	g.steps = len(rows) > 0 && rows[0].mark.number == 0 && leads(rows[0].line.Text)
	for _, r := range rows {
		g.add(r)
	}
	return g.out
}

// rowsOf are the lines of a cell that say something, and their parts.
func rowsOf(cell Line) []row {
	var rows []row
	parted, spaced := false, false
	for _, line := range cell.rows() {
		if alternative(line.Text) {
			parted = true
			continue
		}
		if line = unaside(line); line.blank() {
			spaced = true
			continue
		}
		for _, part := range cuts(line) {
			r := newRow(part)
			r.parted, r.spaced = parted, spaced
			parted, spaced = false, false
			rows = append(rows, r)
		}
	}
	return rows
}

// unaside is a line without a remark in brackets that it starts with: （动作：查询系统）, （客户：好的）.
func unaside(line Line) Line {
	runes := []rune(line.Text)
	if len(runes) == 0 || runes[0] != '（' && runes[0] != '(' {
		return line
	}
	end := slices.IndexFunc(runes, func(r rune) bool { return r == '）' || r == ')' })
	if end < 0 {
		return line
	}
	if l, ok := labelOf(runes[1:end]); !ok || l.voice != heard {
		return line
	}
	return line.from(end + 1)
}

// speaks reports whether a row says who speaks.
func (r row) speaks() bool { return r.named && r.label.speaker }

// alternative reports whether a line only parts two wordings: 或, or a rule.
func alternative(line string) bool {
	bare := strings.Trim(line, " \t\u3000-—－=~()（）[]【】：:/、，,")
	return slices.Contains([]string{"或", "或者", "或是", "or", "OR", "Or"}, bare) ||
		len(line) > 2 && strings.Trim(line, "-—－=~") == ""
}

// newRow reads the marks that start a line.
func newRow(line Line) row {
	r := row{line: line, whole: line}
	for range 4 {
		runes := []rune(r.line.Text)
		if m, ok := markOf(runes); ok && r.mark.number == 0 {
			r.mark = m
			r.line = r.line.from(m.width)
			continue
		}
		l, ok := labelOf(runes)
		if !ok {
			break
		}
		if !r.named || r.label.voice == said {
			r.label.voice = l.voice
		}
		if l.weak {
			r.unlabelled = r.line
		}
		r.named, r.label.speaker, r.label.weak = true, r.label.speaker || l.speaker, l.weak
		r.line = r.line.from(l.width)
		if r.mark.number == 0 {
			r.whole = r.line
		}
	}
	return r
}

// settled decides what one row alone does not tell: 【客户】 is a placeholder where
// no agent speaks beside it, A： answers where Q： asks, and × is a cross where √ is
// beside it.
func settled(rows []row) []row {
	asked := slices.ContainsFunc(rows, func(r row) bool { return r.speaks() && r.label.voice == heard && !r.label.weak })
	answered := slices.ContainsFunc(rows, func(r row) bool { return r.speaks() && r.label.voice == said })
	ticked := slices.ContainsFunc(rows, func(r row) bool { return r.named && !r.label.speaker && r.label.voice == said })
	for i := range rows {
		switch r := &rows[i]; {
		case r.named && r.label.weak && !answered:
			r.line, r.whole, r.named, r.label = r.unlabelled, r.unlabelled, false, label{}
		case asked && !r.named && r.mark.style == 'A' && r.mark.number == 1:
			r.named, r.label, r.mark = true, label{speaker: true}, mark{}
		case ticked && !r.named && crossed(r.line.Text):
			r.line, r.named, r.label = r.line.from(1), true, label{voice: bad}
		}
	}
	return rows
}

// crossed reports whether a text starts with one cross: two stand for a name.
func crossed(text string) bool {
	rest, ok := strings.CutPrefix(text, "×")
	return ok && !hasPrefix(rest, []string{"×", "先生", "女士", "小姐", "总", "老师"})
}

// gathering puts rows together to pieces.
type gathering struct {
	out       []piece
	numbered  bool  // the rows are numbered from one
	dialogue  bool  // labels say who speaks
	sentences bool  // some row ends a sentence
	steps     bool  // something leads into the numbers: 请按以下步骤操作：
	short     bool  // no row looks like a line of wrapped text
	lasting   voice // of a label that stood alone, for the rows after it
	last      row
}

func (g *gathering) add(r row) {
	if r.mark.number > 0 && !g.numbered {
		r.line = r.whole
	}
	if r.named {
		g.lasting = said
		if r.label.speaker || r.line.blank() {
			g.lasting = r.label.voice
		}
	}
	voice := g.lasting
	if r.named {
		voice = r.label.voice
	}
	if len(g.out) == 0 || g.starts(r) {
		g.out = append(g.out, piece{r.line, voice})
	} else {
		p := &g.out[len(g.out)-1]
		p.line = join(p.line, r.line)
	}
	g.last = r
}

// starts reports whether a row starts a piece.
func (g *gathering) starts(r row) bool {
	switch {
	case r.named || r.parted || g.last.named && g.last.line.blank() || g.numbered && r.mark.number > 0:
		return true
	case g.dialogue, g.steps && r.mark.number > 0, g.numbered:
		return false
	case leads(g.last.line.Text):
		return false
	case r.spaced || ends(g.last.line.Text):
		return true
	}
	return !g.sentences && g.short && !goesOn(g.last.line.Text, r.line.Text)
}

// goesOn reports whether a line without a sentence end goes on in the next one by
// the words that they meet with: 您好，抱歉 and 让您久等了.
func goesOn(line, next string) bool {
	switch {
	case hasPrefix(next, []string{"的", "地", "得", "了", "吗", "呢", "吧", "并", "而且", "以及", "，", "、", "。", "！", "？"}):
		return true
	case hasSuffix(line, []string{"抱歉", "不好意思", "对不起", "感谢", "谢谢"}):
		return hasPrefix(next, []string{"让您", "给您", "耽误您", "打扰您", "打扰到您", "您的", "您对", "您能", "因为", "由于"})
	}
	return hasSuffix(line, []string{"为", "把", "将", "因为", "由于", "如果", "以及", "和", "与", "并", "或", "感谢您", "麻烦您", "请您", "耽误您"})
}

// ends reports whether a line ends a sentence.
func ends(line string) bool {
	bare := strings.TrimRight(line, " \t\u3000”’\"'」』）)】]*")
	return strings.HasSuffix(bare, "。") || strings.ContainsAny(lastRune(bare), "！？!?…～~；;.")
}

func lastRune(s string) string {
	runes := []rune(s)
	return string(runes[max(0, len(runes)-1):])
}

// leads reports whether a line leads into the next one.
func leads(line string) bool { return line != "" && strings.ContainsAny(lastRune(line), "：:，,、") }

// wrapped reports whether rows without a full stop look like one text in lines of
// much the same length, and not like one wording each.
func wrapped(rows []row) bool {
	return len(rows) > 1 && !slices.ContainsFunc(rows[:len(rows)-1], func(r row) bool { return r.line.length() < 20 })
}

// mark is the number of one of several wordings.
type mark struct {
	number int
	style  rune // marks of one list look the same
	width  int  // in code points, the space after it included
}

// markOf is the mark that starts runes.
func markOf(runes []rune) (m mark, ok bool) {
	if len(runes) == 0 {
		return mark{}, false
	}
	if r := runes[0]; r >= '①' && r <= '⑳' {
		m = mark{int(r-'①') + 1, '①', 1}
	} else if m, ok = enclosed(runes); !ok {
		if m, ok = counted(runes); !ok {
			return mark{}, false
		}
	}
	m.width = spaces(runes, m.width)
	if m.width < len(runes) && strings.ContainsRune("号楼级类", runes[m.width]) {
		return mark{}, false // ①号窗口
	}
	return m, true
}

// enclosed is a mark such as （1）.
func enclosed(runes []rune) (m mark, ok bool) {
	if runes[0] != '（' && runes[0] != '(' {
		return mark{}, false
	}
	n, style, width := numeral(runes[1:])
	if width == 0 || width+1 >= len(runes) || runes[width+1] != '）' && runes[width+1] != ')' {
		return mark{}, false
	}
	return mark{n, '(' + style, width + 2}, true
}

// counted is a mark such as 1. or A：; 1.5 and 3:00 are none.
func counted(runes []rune) (m mark, ok bool) {
	n, style, width := numeral(runes)
	if width == 0 || width >= len(runes) {
		return mark{}, false
	}
	points := ".．、)）"
	if style == 'A' {
		points += ":："
	}
	if !strings.ContainsRune(points, runes[width]) || width+1 < len(runes) && unicode.IsDigit(runes[width+1]) {
		return mark{}, false
	}
	return mark{n, style, width + 1}, true
}

// numeral is the number that starts runes, in digits, Chinese or as a letter; width 0 if none does.
func numeral(runes []rune) (n int, style rune, width int) {
	for width < len(runes) && width < 2 && (runes[width] >= '0' && runes[width] <= '9' || runes[width] >= '０' && runes[width] <= '９') {
		n, width = n*10+int(runes[width]&0xF), width+1
	}
	if width > 0 {
		return n, '1', width
	}
	for width < len(runes) && width < 3 && strings.ContainsRune(chineseDigits, runes[width]) {
		n, width = chineseNumber(n, runes[width]), width+1
	}
	if width > 0 {
		return n, '一', width
	}
	if len(runes) > 0 {
		if r := unicode.ToUpper(runes[0]); r >= 'A' && r <= 'F' {
			return int(r-'A') + 1, 'A', 1
		}
	}
	return 0, 0, 0
}

const chineseDigits = "一二三四五六七八九十"

// chineseNumber is n with one more digit: 十 counts tens.
func chineseNumber(n int, digit rune) int {
	if digit == '十' {
		return max(n, 1) * 10
	}
	return n + strings.IndexRune(chineseDigits, digit)/len("一") + 1
}

// inSequence reports whether the rows are numbered one, two, three from the first
// one on. A list that something leads into is part of a wording: 请按以下步骤操作：1. ….
func inSequence(rows []row) bool {
	next, style := 1, rune(0)
	for _, r := range rows {
		switch m := r.mark; {
		case r.line.blank() && m.number == 0:
		case m.number == 0 && next == 1:
			return false
		case m.number == 0:
		case m.number == 1 && r.named && next > 1: // the next speaker counts again
			next, style = 2, m.style
		case m.number != next || style != 0 && m.style != style:
			return false
		default:
			next, style = next+1, m.style
		}
	}
	return next > 1
}

// cuts parts a line where marks stand within it: 1.… 2.…, ①…②…, 客户：…客服：…, ❌…✅….
func cuts(line Line) []Line {
	runes := []rune(line.Text)
	first := newRow(line)
	if first.mark.number == 0 && !first.named {
		return []Line{line}
	}
	var out []Line
	start, next := 0, first.mark.number+1
	for i := 1; i < len(runes); i++ {
		m, cut := continued(runes, i, first, next)
		if !cut {
			continue
		}
		if m.number > 0 {
			next++
		}
		if part := line.slice(start, i); !bareMarks(part) {
			out = append(out, unslashed(part.trim(), first))
			start = i
		}
	}
	rest := line.slice(start, len(runes))
	return append(out, rest.trim())
}

// unslashed is a turn without the slash that parts it from the next one.
func unslashed(part Line, first row) Line {
	runes := []rune(part.Text)
	if n := len(runes) - 1; first.label.speaker && n > 0 && strings.ContainsRune("/／|｜", runes[n]) {
		part = part.slice(0, n)
	}
	return part.trim()
}

// bareMarks reports whether a part of a line has marks only, which belong to what follows.
func bareMarks(part Line) bool {
	r := newRow(part.trim())
	return r.line.blank()
}

// continued reports whether the mark or label at i goes on with what starts the line.
func continued(runes []rune, i int, first row, next int) (m mark, ok bool) {
	if m, ok = markOf(runes[i:]); ok && first.mark.number == 1 && m.number == next && m.style == first.mark.style {
		return m, m.style == '①' || apart(runes[i-1])
	}
	if !first.named {
		return mark{}, false
	}
	if _, sign := signs[runes[i]]; sign && !strings.ContainsRune("(（[【", runes[i-1]) {
		_, ok = signed(runes[i:])
		return mark{}, ok
	}
	if !apart(runes[i-1]) && !(first.label.speaker && strings.ContainsRune("/／|｜", runes[i-1])) {
		return mark{}, false
	}
	l, ok := labelOf(runes[i:])
	if first.label.speaker {
		return mark{}, ok && l.speaker
	}
	return mark{}, ok && !l.speaker && (l.voice == bad || first.label.voice == bad)
}

// apart reports whether a mark may stand after r: a sentence or a word is over.
func apart(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("。！？!?；;…”」』", r)
}
