package rule

import (
	"regexp/syntax"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/match"
	"github.com/zhijian-qa/zhijian/internal/strict"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// edge stands before and after the text that phrases run on, so that ^ and $
// can be ordinary characters: Go has no look-around, and a match that starts
// in the middle of a turn must not take that for the start of a clause.
const edge = "\n"

// The parts of a phrase that are not regular expression syntax.
var phraseMarks = strings.NewReplacer(
	`\^`, `\^`, `\$`, `\$`, `[^`, `[^`,
	"^", `[,.?!"`+edge+`]`, // the start of a clause
	"$", `[,.?!"`+edge+`]`, // the end of a clause
	"………", `[^`+edge+`]{0,60}?`, // a gap inside the turn
	"……", `[^.?!`+edge+`]{0,30}?`, // a gap inside the sentence
	"…", `[^,.?!`+edge+`]{0,10}?`, // a gap inside the clause
	"，", ",", "、", ",", "；", ",", "：", ",", "。", `\.`, "？", `\?`, "！", "!", "“", `"`, "”", `"`,
)

// phrase is one pattern of a pack. Its expression is made when a text first holds
// what it needs: most runs need few of the pack's phrases.
type phrase struct {
	source  string                     // as the pack writes it
	words   map[string][]string        // the alternatives of each {word} in it
	filled  string                     // see pattern; empty where it was prepared
	expr    atomic.Pointer[match.Expr] // see compile
	need    match.Need                 // what every match holds; see derive
	sought  bool                       // there is something that every match holds
	open    [2]bool                    // it starts, it ends with a gap: there it may split a word
	slotted bool                       // it has a named group
	stretch stretch                    // how far its matches reach
	tree    *syntax.Regexp             // the pattern parsed; nil until it is needed where it was prepared

	known   *prepared // the prepared pack that knows it, nil: none …
	knownAs int32     // … and by which index
}

// patternOf is a source with words, gaps and edges filled in.
func patternOf(source string, words map[string][]string) (string, *fault) {
	pattern, f := expand(source, words, nil)
	if f != nil {
		return "", f
	}
	return foldPattern(uncaptured(phraseMarks.Replace(pattern))), nil
}

// newPhrase makes a phrase and parses its pattern. words gives the alternatives of
// each {word}.
func newPhrase(source string, words map[string][]string) (*phrase, *fault) {
	pattern, f := patternOf(source, words)
	if f != nil {
		return nil, f
	}
	p := &phrase{source: source, words: words, filled: pattern, slotted: strings.Contains(pattern, "(?P<")}
	return p, p.parse()
}

// knownPhrase makes a phrase that a prepared pack knows.
func knownPhrase(source string, words map[string][]string, by *prepared, known preparedPhrase) *phrase {
	return &phrase{source: source, words: words, open: known.open, slotted: known.slotted, sought: known.sought, stretch: known.stretch,
		known: by, knownAs: known.index}
}

// pattern is the source with words, gaps and edges filled in.
func (p *phrase) pattern() string {
	if p.filled != "" {
		return p.filled
	}
	pattern, _ := patternOf(p.source, p.words) // it was without fault
	return pattern
}

// compile is the phrase's expression, made now if no text has needed it so far.
func (p *phrase) compile() *match.Expr {
	if e := p.expr.Load(); e != nil {
		return e
	}
	p.expr.CompareAndSwap(nil, p.makeExpr())
	return p.expr.Load()
}

// makeExpr reads what was prepared, or compiles the pattern.
func (p *phrase) makeExpr() *match.Expr {
	if p.known != nil {
		if e := p.known.program(p.knownAs, p.pattern); e != nil {
			return e
		}
	}
	e, _ := match.Compile(p.pattern()) // parsed before
	return e
}

// parse reads the pattern as an expression, or says what is wrong with it.
func (p *phrase) parse() *fault {
	tree, err := syntax.Parse(p.pattern(), syntax.Perl)
	if err != nil {
		return faultf("短语 %q 不是正确的正则表达式：%v", "phrase %q is not a regular expression: %v", p.source, err)
	}
	if hasCapitals(tree) {
		return faultf("短语 %q 里有大写字母；文本都折成了小写，请写小写", "phrase %q has capital letters; texts are folded to lower case, so write lower case", p.source)
	}
	p.tree, p.stretch = tree, stretchOf(tree, true, true)
	p.open = [2]bool{isGap(edgeOf(tree, 0)), isGap(edgeOf(tree, -1))}
	return nil
}

// derive finds what the phrase needs. Unlike compile it is for one goroutine.
func (p *phrase) derive() {
	p.need = match.NeedOf(p.expression())
	p.sought = len(p.need.Sets) > 0
}

// literals are the rarest that every match holds one of.
func (p *phrase) literals() []string {
	if p.sought && p.need.Sets == nil {
		p.derive()
	}
	if !p.sought {
		return nil
	}
	return p.need.Sets[p.need.Rarest]
}

// expression is the pattern parsed, now if that was not needed before.
func (p *phrase) expression() *syntax.Regexp {
	if p.tree == nil {
		_ = p.parse() // what was prepared is without fault
	}
	return p.tree
}

// hasCapitals reports whether an expression asks for letters that no folded text has.
func hasCapitals(re *syntax.Regexp) bool {
	isCapital := func(r rune) bool { return 'A' <= r && r <= 'Z' }
	switch re.Op {
	case syntax.OpLiteral:
		return re.Flags&syntax.FoldCase != 0 || slices.ContainsFunc(re.Rune, isCapital)
	case syntax.OpCharClass:
		return len(re.Rune) > 0 && isCapital(re.Rune[0]) && isCapital(re.Rune[1])
	}
	return slices.ContainsFunc(re.Sub, hasCapitals)
}

// edgeOf is the first (0) or last (-1) part of an expression.
func edgeOf(re *syntax.Regexp, which int) *syntax.Regexp {
	for re.Op == syntax.OpConcat || re.Op == syntax.OpCapture {
		if which < 0 {
			re = re.Sub[len(re.Sub)-1]
		} else {
			re = re.Sub[0]
		}
	}
	return re
}

// isGap reports whether an expression repeats a class of nearly all characters.
func isGap(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpRepeat, syntax.OpStar, syntax.OpPlus, syntax.OpQuest:
		class := re.Sub[0]
		return class.Op == syntax.OpCharClass && len(class.Rune) > 0 && class.Rune[len(class.Rune)-1] == utf8.MaxRune
	}
	return false
}

// expand replaces every {word} by the alternatives of that word, which may
// hold words themselves. open are the words being expanded, to find circles.
func expand(source string, words map[string][]string, open []string) (string, *fault) {
	var out strings.Builder
	for rest := source; ; {
		before, after, found := strings.Cut(rest, "{")
		out.WriteString(before)
		if !found {
			return out.String(), nil
		}
		name, tail, closed := strings.Cut(after, "}")
		if !closed || isCount(name) {
			out.WriteString("{")
			rest = after
			continue
		}
		body, f := expandWord(name, words, open)
		if f != nil {
			return "", f
		}
		out.WriteString(body)
		rest = tail
	}
}

func expandWord(name string, words map[string][]string, open []string) (string, *fault) {
	list, known := words[name]
	if !known {
		return "", unknownName("词表", "word list", name, keys(words))
	}
	for _, o := range open {
		if o == name {
			return "", faultf("词表 %q 引用了它自己", "word list %q refers to itself", name)
		}
	}
	bodies := make([]string, 0, len(list))
	for _, w := range list {
		body, f := expand(w, words, append(open, name))
		if f != nil {
			return "", f
		}
		bodies = append(bodies, body)
	}
	return "(?:" + strings.Join(bodies, "|") + ")", nil
}

// uncaptured makes every plain group a non-capturing one: only a named group,
// the slot, is kept, so packs can write (a|b).
func uncaptured(pattern string) string {
	var out strings.Builder
	for i := 0; i < len(pattern); i++ {
		out.WriteByte(pattern[i])
		switch {
		case pattern[i] == '\\' && i+1 < len(pattern):
			i++
			out.WriteByte(pattern[i])
		case pattern[i] == '(' && i+1 < len(pattern) && pattern[i+1] != '?':
			out.WriteString("?:")
		}
	}
	return out.String()
}

// isCount reports whether the text between braces is a repetition such as 2 or 0,4.
func isCount(s string) bool {
	return s != "" && strings.Trim(s, "0123456789,") == ""
}

// foldPattern folds the Han and full-width characters of a pattern as texts
// are folded; ASCII, which may be syntax, stays.
func foldPattern(pattern string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf {
			return r
		}
		return text.FoldRune(r)
	}, pattern)
}

// span is a half-open range of bytes in a folded text. slot is the text of
// the phrase's named group, if it has one.
type span struct {
	start, end int
	slot       string
}

func (s span) overlaps(t span) bool { return s.start < t.end && t.start < s.end }

// wording tells whether a part of a text, from start to end, splits no word at its ends.
type wording interface{ Whole(start, end int) bool }

// anywhere is a wording that any match may split.
type anywhere struct{}

// Whole is always true.
func (anywhere) Whole(int, int) bool { return true }

// find appends every match of the phrase in framed, a folded text between two
// edges, whose ends do not split a word; in decides that, on offsets
// without the edges.
func (p *phrase) find(framed string, in wording, to []span) []span {
	return p.findIn(framed, 0, len(framed), len(framed), in, to)
}

// findIn is find for the part of the text between two offsets, where matches start at
// the offset last at the latest.
func (p *phrase) findIn(framed string, from, last, end int, in wording, to []span) []span {
	for at := from; at < end && at <= last; {
		start, stop, ok := p.compile().Next(framed[:end], at)
		if !ok {
			break
		}
		found := p.trim(framed, start, stop)
		if found.start < found.end && p.isWhole(found, in) {
			to = append(to, found)
			at = max(found.end+len(edge), start+1)
		} else {
			_, size := utf8.DecodeRuneInString(framed[start:])
			at = start + size
		}
	}
	return to
}

// isWhole reports whether neither end of a match splits a word; an end that is
// a gap is nobody's word.
func (p *phrase) isWhole(s span, in wording) bool {
	switch p.open {
	case [2]bool{true, true}:
		return true
	case [2]bool{true, false}:
		return in.Whole(s.end, s.end)
	case [2]bool{false, true}:
		return in.Whole(s.start, s.start)
	}
	return in.Whole(s.start, s.end)
}

// trim turns the match framed[from:to] into a span without the edges and breaks
// that ^ and $ took.
func (p *phrase) trim(framed string, from, to int) span {
	start, end := from, to
	for start < end && isEdge(framed[start]) {
		start++
	}
	for end > start && isEdge(framed[end-1]) {
		end--
	}
	s := span{start: start - len(edge), end: min(end, len(framed)-len(edge)) - len(edge)}
	if p.slotted {
		s.slot = p.compile().Group(framed[from:to])
	}
	return s
}

// isEdge reports whether b ends a clause, or is the edge of the text.
func isEdge(b byte) bool {
	return b == ',' || b == '.' || b == '?' || b == '!' || b == '"' || b == edge[0]
}

// fault is what is wrong with a piece of a pack; the loader adds where.
type fault struct{ what call.Say }

func faultf(zh, en string, args ...any) *fault { return &fault{call.Sayf(zh, en, args...)} }

// unknownName is the fault of a name that the pack does not define.
func unknownName(zhKind, enKind, name string, candidates []string) *fault {
	return &fault{strict.Unknown(call.Say{ZH: zhKind, EN: enKind}, name, candidates)}
}
