package rule

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

// Flaw is something in a pack that is wrong or may be. An Error never does what
// it is there for, a Warning does nothing or too much, an Info is good to know.
type Flaw struct {
	*strict.Error
	Level Severity
	Check PackCheck
}

// PackCheck names a check of Lint.
type PackCheck string

// The checks.
const (
	CheckNeverFires  PackCheck = "never-fires"  // a rule, or a way to be of a sort, that cannot hold; a rule that always fires
	CheckUnmatchable PackCheck = "unmatchable"  // a phrase, or a character of it, that no folded text has
	CheckShadowed    PackCheck = "shadowed"     // a phrase that another of the same cue makes needless
	CheckBroad       PackCheck = "too-broad"    // a phrase that one character or none can match
	CheckDuplicate   PackCheck = "duplicate"    // a phrase in several rules or cues, or twice in a list
	CheckUnused      PackCheck = "unused"       // a cue, word, sort or setting that nothing names
	CheckIdleGuard   PackCheck = "idle-unless"  // an unless that no example needs
	CheckExamples    PackCheck = "few-examples" // too few examples, or none Traditional or as speech recognition writes
)

// PackChecks lists the checks in the order in which reports name them.
func PackChecks() []PackCheck {
	return []PackCheck{CheckNeverFires, CheckUnmatchable, CheckShadowed, CheckBroad, CheckDuplicate, CheckUnused, CheckIdleGuard, CheckExamples}
}

// Lint looks for what is likely wrong in a pack that loads, by its text and its
// examples. Of a house pack only its own files are looked at. The flaws come in the
// order of the files.
//
// What it cannot see: whether one phrase with gaps or repetitions makes another
// needless (only those with a finite list of texts are compared), and whether an
// unless would be needed by words that no example has.
func (p *Pack) Lint() []Flaw {
	l := &packLinter{compiler: p.made, dead: map[string]bool{}}
	l.phraseFlaws()
	l.duplicates()
	l.unused()
	l.neverFires()
	l.idleGuards()
	l.examples()
	slices.SortStableFunc(l.flaws, func(a, b Flaw) int {
		return cmp.Or(cmp.Compare(l.fileIndex(a.File), l.fileIndex(b.File)), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return l.flaws
}

// packLinter collects flaws.
type packLinter struct {
	*compiler
	flaws []Flaw
	dead  map[string]bool // phrases, as written, that match nothing
}

func (l *packLinter) fileIndex(name string) int {
	return slices.IndexFunc(l.files, func(f *packFile) bool { return f.Name == name })
}

// flaw notes a flaw at a place of a file.
func (l *packLinter) flaw(check PackCheck, level Severity, file *packFile, p position, zh, en string, args ...any) {
	if !l.own(file) {
		return
	}
	found := &loader{}
	found.report(file, p, faultf(zh, en, args...))
	l.flaws = append(l.flaws, Flaw{found.errors[0], level, check})
}

// own reports whether a file is of the pack itself, not of one that it extends:
// those come first, and the files that extend them are marked.
func (l *packLinter) own(file *packFile) bool {
	house := slices.IndexFunc(l.files, func(f *packFile) bool { return f.house })
	return house < 0 || slices.Index(l.files, file) >= house
}

// cueText is a cue as a pack writes it.
type cueText struct {
	file  *packFile
	owner string // name of the cue, or id of the rule that spells it out
	spec  *cueSpec
}

// cueTexts lists the cues of all files, those that house packs lengthen too.
func (l *packLinter) cueTexts() []cueText {
	var out []cueText
	for _, f := range l.files {
		for _, name := range keys(f.spec.Cues) {
			spec := f.spec.Cues[name]
			out = append(out, cueText{f, name, &spec})
		}
		for _, name := range keys(f.spec.Add.Cues) {
			out = append(out, cueText{f, name, &cueSpec{Any: f.spec.Add.Cues[name]}})
		}
		for i := range f.spec.Rules {
			if own := ownSpec(&f.spec.Rules[i]); own != nil {
				out = append(out, cueText{f, f.spec.Rules[i].ID.Text, own})
			}
		}
	}
	return out
}

// ownSpec is the cue that a rule spells out itself, nil if its kind has none.
func ownSpec(r *ruleSpec) *cueSpec {
	switch {
	case r.Forbid != nil:
		return &r.Forbid.Own
	case r.Require != nil:
		return &r.Require.Own
	case r.Repeat != nil:
		return &r.Repeat.Own
	}
	return nil
}

// compiled is the phrase of an item, nil for <cues> and for what settings leave out.
func (l *packLinter) compiled(it item) *phrase {
	if _, ok := reference(it.Text); ok {
		return nil
	}
	if i, ok := l.index[it.Text]; ok {
		return l.pack.phrases[i]
	}
	return nil
}

// duplicates finds phrases that several rules or cues spell out, and items that
// a word list has twice.
func (l *packLinter) duplicates() {
	type use struct {
		cueText
		at item
	}
	first := map[string]use{}
	leads := l.forbidding()
	for _, t := range l.cueTexts() {
		for _, it := range t.spec.Any {
			p := l.compiled(it)
			if p == nil {
				continue
			}
			pattern := p.pattern()
			before, known := first[pattern]
			if !known {
				first[pattern] = use{t, it}
			}
			if !known || before.owner == t.owner {
				continue // shadowed tells of those in one cue
			}
			level := Info
			if apart(leads[before.owner], leads[t.owner]) {
				level = Warning // two rules fire on the same words
			}
			l.flaw(CheckDuplicate, level, t.file, it.At, "短语 %[1]s 在 %[2]s 里也有（%[3]s:%[4]d）；请写成一个线索共用", "phrase %[1]s is in %[2]s too (%[3]s:%[4]d); make it a cue that both use",
				shortened(it.Text), before.owner, before.file.Name, before.at.At.Line)
		}
	}
	l.duplicateWords()
}

// forbidding lists the rules that forbid what each cue says, by its name.
func (l *packLinter) forbidding() map[string][]string {
	out := map[string][]string{}
	var note func(c *cue, id string)
	note = func(c *cue, id string) {
		out[c.name] = append(out[c.name], id)
		for _, o := range c.others {
			note(o, id)
		}
	}
	for _, r := range l.pack.Rules {
		if f, ok := r.evaluator.(*forbid); ok {
			note(f.cue, r.ID)
		}
	}
	return out
}

// apart reports whether neither list is empty and they share nothing.
func apart(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

func (l *packLinter) duplicateWords() {
	for _, f := range l.files {
		for _, lists := range []map[string]items{f.spec.Words, f.spec.Settings, f.spec.Add.Words} {
			for _, name := range keys(lists) {
				var seen []string
				for _, it := range lists[name] {
					folded := foldPattern(it.Text)
					if slices.Contains(seen, folded) {
						l.flaw(CheckDuplicate, Warning, f, it.At, "词表 %s 里 %s 写了两次", "word list %s has %s twice", name, it.Text)
					}
					seen = append(seen, folded)
				}
			}
		}
	}
}

// unused finds cues, words, sorts and settings that nothing names. A name counts
// as used wherever it stands as a reference, whatever key it stands under.
func (l *packLinter) unused() {
	m := mentions{}
	for _, f := range l.files {
		m.collect(reflect.ValueOf(f.spec))
	}
	for _, f := range l.files {
		s := &f.spec
		for _, name := range keys(s.Cues) {
			l.unusedName(m[name] || m["<"+name+">"], "线索", "cue", name, f, s.Cues[name].at)
		}
		for _, name := range keys(s.Calls) {
			l.unusedName(m[name] || m["!"+name], "通话类别", "sort of call", name, f, position{})
		}
		for _, name := range keys(s.Words) {
			l.unusedName(m["{"+name+"}"], "词表", "word list", name, f, s.Words[name].First())
		}
		for _, name := range keys(s.Settings) {
			l.unusedName(m["{"+name+"}"] || m[name] || f.house, "设置", "setting", name, f, s.Settings[name].First())
		}
	}
}

func (l *packLinter) unusedName(used bool, zh, en, name string, f *packFile, near position) {
	if !used {
		l.flaw(CheckUnused, Warning, f, nameAt(f, name, near), "没有地方用到%[1]s %[2]s", "nothing uses the %[3]s %[2]s", zh, name, en)
	}
}

// nameAt is where a file defines a name whose value is near a place: the YAML
// library keeps only places of values.
func nameAt(f *packFile, name string, near position) position {
	for line := min(near.Line, len(f.Lines)); line > 0; line-- {
		if at, ok := definedIn(f.Lines[line-1], name); ok {
			return position{Line: line, Column: at}
		}
	}
	for i, text := range f.Lines {
		if at, ok := definedIn(text, name); ok {
			return position{Line: i + 1, Column: at}
		}
	}
	return position{Line: max(1, near.Line), Column: max(1, near.Column)}
}

// definedIn returns the column of "name:" at the start of a line.
func definedIn(line, name string) (int, bool) {
	trimmed := strings.TrimLeft(line, " ")
	return len(line) - len(trimmed) + 1, strings.HasPrefix(trimmed, name+":")
}

// mentions are the names that a pack refers to: scalars as they are, and every
// {word} within them.
type mentions map[string]bool

// defines are the fields whose map keys define names instead of mentioning them.
var defines = []string{"Documents", "Settings", "Words", "Cues", "Calls", "Add", "Change"}

func (m mentions) collect(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		m.add(v.String())
	case reflect.Pointer:
		if !v.IsNil() {
			m.collect(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			m.collect(v.Index(i))
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			m.add(k.String())
			m.collect(v.MapIndex(k))
		}
	case reflect.Struct:
		m.collectFields(v)
	}
}

func (m mentions) collectFields(v reflect.Value) {
	whole := v.Type() == reflect.TypeFor[packSpec]()
	for i := range v.NumField() {
		field := v.Field(i)
		if whole && field.Kind() == reflect.Map && slices.Contains(defines, v.Type().Field(i).Name) {
			for _, k := range field.MapKeys() {
				m.collect(field.MapIndex(k))
			}
			continue
		}
		m.collect(field)
	}
}

func (m mentions) add(s string) {
	m[s] = true
	for {
		_, after, ok := strings.Cut(s, "{")
		if !ok {
			return
		}
		name, _, _ := strings.Cut(after, "}")
		m["{"+name+"}"] = true
		s = after
	}
}

// The examples that a rule of a good pack has.
const (
	goodExamples = 8 // bad ones, and good ones
	goodVariants = 2 // of all of them in Traditional script, and as speech recognition writes
)

func (l *packLinter) examples() {
	for _, r := range l.pack.Rules {
		traditional, asr := 0, 0
		for _, e := range slices.Concat(r.Bad(), r.Good()) {
			traditional += count(e, isTraditional)
			asr += count(e, isRecognised)
		}
		if min(len(r.Bad()), len(r.Good())) >= goodExamples && min(traditional, asr) >= goodVariants {
			continue
		}
		l.flaw(CheckExamples, Info, r.file, r.at, "规则 %[1]s 的例子：bad %[2]d 个、good %[3]d 个（最好各 %[6]d 个），繁体 %[4]d 个、像语音识别的 %[5]d 个（没有标点、有停顿或语气词；最好各 %[7]d 个）",
			"rule %[1]s has %[2]d bad and %[3]d good examples (%[6]d of each are better), %[4]d in Traditional script and %[5]d like speech recognition (no punctuation, pauses or fillers; %[7]d of each are better)",
			r.ID, len(r.Bad()), len(r.Good()), traditional, asr, goodExamples, goodVariants)
	}
}

// count is 1 where a turn of the example is so, else 0.
func count(e Example, is func(string) bool) int {
	if slices.ContainsFunc(e.Call.Turns, func(t call.Turn) bool { return is(t.Text) }) {
		return 1
	}
	return 0
}
