// Package rule turns packs into checks: it loads and validates the YAML of a
// pack, compiles its phrases, and judges calls by its rules.
//
// A pack is made of words (lists that phrases refer to), cues (named things a
// turn can say), sorts of call, and rules. A rule is one of a closed set of
// kinds, each in a file of its own: forbid, require, reply, order,
// repeat, timing, followup.
// To add a kind, write a struct with a compile function, a check and an idle method
// (see evaluator) and name it in ruleSpec.
package rule

import (
	"github.com/zhijian-qa/zhijian/internal/call"
)

// Severity says how grave a broken rule is.
type Severity int

// The severities: what a document forbids outright, what it advises against
// or prefers, and the good habits it recommends.
const (
	Info Severity = iota + 1
	Warning
	Error
)

var severityNames = map[Severity]string{Info: "info", Warning: "warning", Error: "error"}

// String is the name of the severity as packs and reports write it.
func (s Severity) String() string { return severityNames[s] }

// In names the severity for people.
func (s Severity) In(lang call.Lang) string {
	names := map[Severity]string{Info: "提示", Warning: "警告", Error: "错误"}
	return call.Say{ZH: names[s], EN: s.String()}.In(lang)
}

// ParseSeverity reads "error", "warning" or "info"; ok is false for anything else.
func ParseSeverity(name string) (s Severity, ok bool) {
	for s, n := range severityNames {
		if n == name {
			return s, true
		}
	}
	return 0, false
}

// Source is a passage of a document that a rule rests on.
type Source struct {
	Doc  string // key of the document among the pack's documents
	Says string // the words of the document
}

// Document is a service document that rules name as their source.
type Document struct {
	Key    string
	Title  string
	Issuer string
	Date   string
}

// Rule is one rule of a pack, ready to judge calls.
type Rule struct {
	ID       string
	Title    call.Say
	Severity Severity
	Why      call.Say
	Advice   call.Say // what to say or do instead
	Fix      Fix      // what may be written in place of the words found
	Limits   call.Say // what the rule promises and what it cannot see; may be empty
	Sources  []Source
	Kind     string // forbid, require, reply, order, repeat, timing, followup or library
	Binding  bool   // neither a waiver nor a baseline can accept what it finds
	OneTurn  bool   // the rule judges one turn by itself, so it applies to script lines too

	message   call.Say // what a finding says; {quote} stands for the words found, {heard} and {allowed} for what was measured
	when      []sortTest
	examples  func() ruleExamples // nil: none
	evaluator evaluator
	measuring measuring // the evaluator, where it needs what not every call has; else nil
	cost      cost      // to the score of a call
	off       bool      // the settings of the pack leave it out
	phrases   []string  // as the pack writes them, for the rule's page
	file      *packFile
	at        position
}

// evaluator is what a kind of rule does: it reports every place where the call breaks the rule.
type evaluator interface {
	idle(v *view) bool // nothing in the call can make it report anything
	check(c *view, report func(place))
}

// place is where a rule is broken: a range of folded bytes in a turn, or the
// whole call where turn is -1. related are the turns that belong to it.
type place struct {
	turn           int
	span           span
	related        []place
	due            *int   // see Finding
	heard, allowed string // what was measured and its limit, of a rule of the kind timing
}

// wholeCall is the place of something missing from the opening, the closing or the call.
func wholeCall() place { return place{turn: -1} }

// Finding is one broken rule with its evidence.
type Finding struct {
	Rule         *Rule
	Message      call.Say // what was said or is missing, and why that is wrong
	At           Range    // Turn is -1 where something is missing from the whole call
	Role         call.Role
	Related      []Range
	RelatedCalls []string // ids of other calls that show it
	Due          *int     // 0-based turn in which what is missing was due; nil where nothing is missing, or it could have come anywhere
	Fix          *Edit    // nil where nothing can be written in its place
	Fingerprint  string   // 16 hex digits: the same words under the same rule in the same call have the same
}

// Range is a part of a turn's text, in code points, half-open.
type Range struct {
	Turn       int // 0-based
	Start, End int
	Quote      string
}

// Edit replaces the code points [Start,End) of the finding's turn by Text.
type Edit struct {
	Start, End int
	Text       string
	Suggestion bool // a human must look at it: the words may not fit what stands around them
}

// Suppressed is a finding that was accepted, and so counts for nothing but itself.
type Suppressed struct {
	Finding
	By     Suppression
	Inline bool   // the waiver stands in the library, beside what it accepts
	Reason string // of a waiver; empty for a baseline
}

// Suppression says what accepted a finding.
type Suppression string

// What can accept a finding: a waiver, for a reason that somebody gave, or a
// baseline, because it was there before.
const (
	ByWaiver   Suppression = "waiver"
	ByBaseline Suppression = "baseline"
)

// NotEvaluated says that a rule could not be judged, and why: never the same as passed.
type NotEvaluated struct {
	Rule   string
	Reason call.Say
}

// Verdict is what a pack says of one call.
type Verdict struct {
	Findings     []Finding    // in the order of the call, then of the pack
	Suppressed   []Suppressed // in the same order
	NotEvaluated []NotEvaluated
	Flaws        int    // errors and warnings that count, shown or not
	Judged       int    // rules that were evaluated
	Tags         []Tag  // in the order of the pack; none where nobody can tell who speaks
	Score        *Score // nil where the call is not scored; Check leaves it to its caller, who knows all packs
}
