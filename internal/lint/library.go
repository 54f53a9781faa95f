package lint

import (
	"slices"

	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/internal/script"
)

// JudgeLibrary judges the scripts of a library, each by itself and all of them
// together. The results are in the order of the library. Where there is an
// Accepter the libraries must come in input order.
func (l *Linter) JudgeLibrary(lib *script.Library) []Result {
	results := l.findInLibrary(lib)
	l.noteWaivers(lib, results)
	for i := range results {
		l.veil(&results[i])
		l.settle(results[i].Call, &results[i].Verdict)
		results[i].unveil()
	}
	return results
}

// noteWaivers tells the Accepter of the waivers in a library.
func (l *Linter) noteWaivers(lib *script.Library, results []Result) {
	if l.Accepter == nil {
		return
	}
	for i, e := range lib.Live() {
		for _, w := range e.Waivers {
			l.Accepter.Inline(results[i].Call, w.Rules, w.Reason, w.At)
		}
	}
}

// findInLibrary finds what the chosen rules say, before anything is settled.
func (l *Linter) findInLibrary(lib *script.Library) []Result {
	scripts := lib.Scripts()
	results := make([]Result, len(scripts))
	for i := range scripts {
		results[i] = Result{Call: scripts[i].Call, Script: &scripts[i], Verdict: l.find(scripts[i].Call)}
	}
	for _, check := range l.checksFor(lib.Source) {
		for i, found := range check.Pack.CheckLibrary(scripts, check.Rules) {
			results[i].Verdict.Findings = append(results[i].Verdict.Findings, found...)
		}
	}
	for i := range results {
		slices.SortStableFunc(results[i].Verdict.Findings, rule.InCallOrder)
	}
	return results
}
