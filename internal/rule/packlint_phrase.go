package rule

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/match"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// phraseFlaws looks at every phrase of the pack by itself and beside those of its cue.
func (l *packLinter) phraseFlaws() {
	for _, t := range l.cueTexts() {
		for _, it := range t.spec.Any {
			if p := l.compiled(it); p != nil {
				l.unmatchable(t.file, it, p)
				l.broad(t.file, it, p)
			}
		}
		for _, guards := range []guardSpecs{t.spec.Unless, t.spec.With} {
			for _, where := range keys(guards) {
				for _, it := range guards[where] {
					if p := l.compiled(it); p != nil {
						l.unmatchable(t.file, it, p)
					}
				}
			}
		}
		l.shadows(t)
	}
	l.deadWords()
}

// unmatchable finds phrases that match no folded text, and characters in others
// that no folded text has.
func (l *packLinter) unmatchable(file *packFile, it item, p *phrase) {
	gone, needed := vanishing(p.expression(), it.Text)
	if !p.reachable() {
		level := Warning // samples may have missed what it matches
		if gone != "" || match.Texts(p.expression()) != nil {
			level, l.dead[it.Text] = Error, true
		}
		l.flaw(CheckUnmatchable, level, file, it.At, "短语 %[1]s 对不上任何文字：匹配前文字会折叠（去空格、语气词、叠字，全半角、大小写、繁简归一）%[2]s",
			"phrase %[1]s matches nothing: texts are folded before (spaces, fillers and stutters dropped; width, case and script unified)%[3]s",
			shortened(it.Text), behind("：", gone), behind(": ", gone))
		return
	}
	switch {
	case needed != "":
		l.flaw(CheckUnmatchable, Warning, file, it.At, "短语 %[1]s 里的“%[2]s”折叠后不会出现，那里又非有字不可，所以这一支对不上",
			"phrase %[1]s has “%[2]s”, which no folded text has, in a place that must not be empty: that branch matches nothing", shortened(it.Text), needed)
	case gone != "":
		l.flaw(CheckUnmatchable, Info, file, it.At, "短语 %[1]s 里的“%[2]s”折叠后不会出现，可以删掉", "phrase %[1]s has “%[2]s”, which no folded text has; it can go", shortened(it.Text), gone)
	}
}

// behind is a text with a lead, nothing if it is empty.
func behind(lead, s string) string {
	if s == "" {
		return ""
	}
	return lead + s
}

// deadWords finds items of word lists with characters that no folded text has.
func (l *packLinter) deadWords() {
	for _, f := range l.files {
		for _, lists := range []map[string]items{f.spec.Words, f.spec.Add.Words} {
			for _, name := range keys(lists) {
				for _, it := range lists[name] {
					p, fault := newPhrase(it.Text, l.words)
					if fault != nil {
						continue // a list that only means something as a setting
					}
					if gone, _ := vanishing(p.expression(), it.Text); gone != "" {
						l.flaw(CheckUnmatchable, Warning, f, it.At, "词表 %s 的 %s 里有“%s”，折叠后不会出现", "%[2]s of word list %[1]s has “%[3]s”, which no folded text has", name, it.Text, gone)
					}
				}
			}
		}
	}
}

// vanishing lists the characters of a phrase that no folded text has, and those of
// them where the phrase needs a character. Only those count that the phrase itself
// spells out, not those of its {words}.
func vanishing(re *syntax.Regexp, source string) (gone, needed string) {
	spelled := foldPattern(source)
	var all, must []rune
	eachRune(re, false, func(r rune, spare bool) {
		if !strings.ContainsRune(spelled, r) || slices.Contains(must, r) || survives(r) {
			return
		}
		if !slices.Contains(all, r) {
			all = append(all, r)
		}
		if !spare {
			must = append(must, r)
		}
	})
	return string(all), string(must)
}

// eachRune calls do for the characters that an expression spells out; classes of
// nearly everything do not. spare says that nothing, or the end of a clause, may
// stand there instead.
func eachRune(re *syntax.Regexp, spare bool, do func(r rune, spare bool)) {
	switch re.Op {
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			do(r, spare)
		}
	case syntax.OpCharClass:
		spare = spare || inClass(re.Rune, '\n')
		for _, s := range match.Members(re.Rune) {
			r, _ := utf8.DecodeRuneInString(s)
			do(r, spare)
		}
	case syntax.OpQuest, syntax.OpStar:
		spare = true
	case syntax.OpRepeat:
		spare = spare || re.Min == 0
	case syntax.OpAlternate:
		spare = spare || slices.ContainsFunc(re.Sub, func(sub *syntax.Regexp) bool {
			r := shortest(sub)
			return min(r.size(), r.tied) == 0
		})
	}
	for _, sub := range re.Sub {
		eachRune(sub, spare, do)
	}
}

// neighbours are texts around a character in which folding may keep it.
func neighbours() []string {
	return []string{"某某*某某", "*", "*某", "某*", "a*b", "1*2", "某 a*b", "某1*某"}
}

// survives reports whether any text holds the character after folding.
func survives(r rune) bool {
	if r < utf8.RuneSelf && isEdge(byte(r)) {
		return true
	}
	return slices.ContainsFunc(neighbours(), func(around string) bool {
		return strings.ContainsRune(text.Fold(strings.Replace(around, "*", string(r), 1)).Text, r)
	})
}

// reachable reports whether the phrase matches one of its samples after folding.
func (p *phrase) reachable() bool {
	for _, s := range samplesOf(p.expression()) {
		s = strings.ReplaceAll(s, edge, "")
		for _, around := range []string{"*", "某*", "*某", "某*某", "某,*", "某,*,某"} {
			folded := text.Fold(strings.Replace(around, "*", s, 1)).Text
			if len(p.find(edge+folded+edge, anywhere{}, nil)) > 0 {
				return true
			}
		}
	}
	return false
}

// maxSamples bounds how many texts stand for an expression.
const maxSamples = 48

// samplesOf lists texts that an expression matches, so that every branch of it is
// in one of them as far as maxSamples allows.
func samplesOf(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		return []string{string(re.Rune)}
	case syntax.OpCharClass:
		return classSamples(re)
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return []string{"某"}
	case syntax.OpCapture:
		return samplesOf(re.Sub[0])
	case syntax.OpPlus:
		return samplesOf(re.Sub[0])
	case syntax.OpStar, syntax.OpQuest:
		return capped(append([]string{""}, samplesOf(re.Sub[0])...))
	case syntax.OpRepeat:
		return repeated(samplesOf(re.Sub[0]), re.Min, re.Max)
	case syntax.OpAlternate:
		return alternated(re.Sub)
	case syntax.OpConcat:
		return inRow(re.Sub)
	}
	return []string{""}
}

func capped(list []string) []string { return list[:min(len(list), maxSamples)] }

// classSamples takes an ordinary character of a class, or some of a small one.
func classSamples(re *syntax.Regexp) []string {
	members := match.Members(re.Rune)
	if members != nil {
		slices.SortStableFunc(members, func(a, b string) int { return rank(a) - rank(b) })
		return capped(members)
	}
	var out []string
	for _, r := range "某甲天乙1a " {
		if inClass(re.Rune, r) {
			out = append(out, string(r))
		}
	}
	return append(out, string(re.Rune[0]))
}

// rank puts clause edges last, and of them the edge of the text first.
func rank(s string) int {
	switch {
	case s == edge:
		return 1
	case len(s) == 1 && isEdge(s[0]):
		return 2
	}
	return 0
}

func inClass(ranges []rune, r rune) bool {
	for i := 0; i < len(ranges); i += 2 {
		if ranges[i] <= r && r <= ranges[i+1] {
			return true
		}
	}
	return false
}

// repeated takes different samples in a row: the same again and again would fold
// as a stutter.
func repeated(list []string, least, most int) []string {
	var out []string
	for n := least; n <= least+1 && (n == least || most != least); n++ {
		for first := range list {
			var b strings.Builder
			for i := range n {
				b.WriteString(list[(first+i)%len(list)])
			}
			out = append(out, b.String())
		}
	}
	return capped(out)
}

// alternated takes samples of all branches in turn.
func alternated(subs []*syntax.Regexp) []string {
	var out []string
	lists := make([][]string, len(subs))
	for i, sub := range subs {
		lists[i] = samplesOf(sub)
	}
	for n := 0; len(out) < maxSamples && n < maxSamples; n++ {
		for _, list := range lists {
			if n < len(list) {
				out = append(out, list[n])
			}
		}
	}
	return capped(out)
}

// inRow varies one part at a time.
func inRow(subs []*syntax.Regexp) []string {
	base := make([]string, len(subs))
	var more []string
	lists := make([][]string, len(subs))
	for i, sub := range subs {
		lists[i] = samplesOf(sub)
		base[i] = lists[i][0]
	}
	for i, list := range lists {
		for _, s := range list[1:] {
			more = append(more, strings.Join(base[:i], "")+s+strings.Join(base[i+1:], ""))
		}
	}
	return capped(append([]string{strings.Join(base, "")}, more...))
}

// broad finds phrases that a single character, or none, can match anywhere.
func (l *packLinter) broad(file *packFile, it item, p *phrase) {
	r := shortest(p.expression())
	switch n := utf8.RuneCountInString(r.open); {
	case r.open == impossible || n > 1:
	case n == 1:
		l.flaw(CheckBroad, Warning, file, it.At, "短语 %[1]s 太宽：只要有“%[2]s”就对得上；写长一点，或用 ^ $ 限定在分句两端",
			"phrase %[1]s is too broad: “%[2]s” is enough to match it; make it longer, or tie it to an end of the clause with ^ or $", shortened(it.Text), r.open)
	default:
		l.flaw(CheckBroad, Warning, file, it.At, "短语 %s 太宽：什么字都没有也对得上", "phrase %s is too broad: it matches where there is nothing", shortened(it.Text))
	}
}

// reach is the least that an expression matches.
type reach struct {
	open string // by a way that is not tied to the edge of a clause; impossible if there is none
	tied int    // characters by one that is; endless if there is none
}

const (
	impossible = "\x00"
	endless    = 1 << 20
)

func shortest(re *syntax.Regexp) reach {
	switch re.Op {
	case syntax.OpLiteral:
		return reach{string(re.Rune), endless}
	case syntax.OpCharClass:
		if onlyClauseEdges(re.Rune) {
			return reach{impossible, 0}
		}
		return reach{samplesOf(re)[0], endless}
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return reach{"某", endless}
	case syntax.OpCapture, syntax.OpPlus:
		return shortest(re.Sub[0])
	case syntax.OpRepeat:
		return shortestTimes(shortest(re.Sub[0]), re.Min)
	case syntax.OpAlternate:
		return shortestOf(re.Sub)
	case syntax.OpConcat:
		out := reach{"", endless}
		for _, sub := range re.Sub {
			out = out.then(shortest(sub))
		}
		return out
	}
	return reach{"", endless}
}

func shortestTimes(r reach, n int) reach {
	out := reach{"", endless}
	for range n {
		out = out.then(r)
	}
	return out
}

func shortestOf(subs []*syntax.Regexp) reach {
	out := reach{impossible, endless}
	for _, sub := range subs {
		r := shortest(sub)
		if r.size() < out.size() {
			out.open = r.open
		}
		out.tied = min(out.tied, r.tied)
	}
	return out
}

// size is the number of characters of the open way.
func (r reach) size() int {
	if r.open == impossible {
		return endless
	}
	return utf8.RuneCountInString(r.open)
}

// then is what two parts in a row need: tied if one of them is.
func (r reach) then(next reach) reach {
	out := reach{impossible, min(endless, r.tied+min(next.size(), next.tied), r.size()+next.tied)}
	if r.open != impossible && next.open != impossible {
		out.open = r.open + next.open
	}
	return out
}

// onlyClauseEdges reports whether a class has nothing but ends of clauses.
func onlyClauseEdges(ranges []rune) bool {
	members := match.Members(ranges)
	return members != nil && !slices.ContainsFunc(members, func(s string) bool { return len(s) != 1 || !isEdge(s[0]) })
}

// shadows finds phrases of a cue that another of it makes needless: one with the
// same expression, or one that matches each of its texts from end to end.
func (l *packLinter) shadows(t cueText) {
	type one struct {
		it      item
		pattern string
		exact   []string
		whole   *regexp.Regexp
	}
	var all []one
	for _, it := range t.spec.Any {
		if p := l.compiled(it); p != nil {
			pattern := p.pattern()
			all = append(all, one{it, pattern, match.Texts(p.expression()), regexp.MustCompile(`\A(?:` + pattern + `)\z`)})
		}
	}
	for i, b := range all {
		for j, a := range all {
			same := a.pattern == b.pattern
			if i == j || same && i < j || !same && (len(b.exact) == 0 || !matchesAll(a.whole, b.exact)) {
				continue
			}
			l.flaw(CheckShadowed, Warning, t.file, b.it.At, "短语 %[1]s 多余：同一线索第 %[3]d 行的 %[2]s 已经包括它", "phrase %[1]s is needless: %[2]s in line %[3]d of the same cue covers it",
				shortened(b.it.Text), shortened(a.it.Text), a.it.At.Line)
			break
		}
	}
}

func matchesAll(re *regexp.Regexp, texts []string) bool {
	return !slices.ContainsFunc(texts, func(s string) bool { return !re.MatchString(s) })
}

// isTraditional reports whether a text has characters of the Traditional script.
func isTraditional(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) && text.FoldRune(r) != r })
}

// isRecognised reports whether a text looks like speech recognition: with pauses or
// fillers that folding drops, or long without any punctuation.
func isRecognised(s string) bool {
	const long = 12 // characters
	folded := text.Fold(s).Text
	if strings.ContainsAny(s, "_ ") && han(folded) > 2 || han(folded) < han(s) {
		return true
	}
	return han(s) >= long && !strings.ContainsFunc(s, unicode.IsPunct)
}

// han counts the Chinese characters of a text.
func han(s string) int {
	n := 0
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}
