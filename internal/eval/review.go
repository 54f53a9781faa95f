package eval

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/book"
	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/stat"
)

// Reviews are the verdicts of people on findings, read from workbooks. The same
// finding in several books is one finding: it has the call, the turn and the
// fingerprint in common.
type Reviews struct {
	Books    []Reviewed
	Problems []call.Problem // of the books, in their order

	findings []*Judged // in the order of the books
	byKey    map[findingKey]*Judged
	missed   map[Missed]Missed // each once, however many heard it
}

// Reviewed is a workbook of one reviewer.
type Reviewed struct {
	Name     string
	Findings int // rows
	Judged   int // those with a verdict
	Missed   int // what the reviewer added
}

// Judged is a finding with what each book says of it.
type Judged struct {
	Call, Turn, Rule, Quote string
	By                      []book.Verdict // in the order of Books
}

// findingKey is what a finding has in common in all books. nth tells apart
// findings of the same words in the same turn.
type findingKey struct {
	call, turn, fingerprint string
	nth                     int
}

// Missed is what a reviewer heard and no rule found.
type Missed struct{ Call, Turn, Rule, Quote string }

// Consensus is what the books say of a finding together. Those who are unsure do
// not vote; disputed is true where as many say right as say false.
func (j *Judged) Consensus() (v book.Verdict, disputed bool) {
	votes := map[book.Verdict]int{}
	for _, v := range j.By {
		votes[v]++
	}
	right, wrong := votes[book.Right], votes[book.False]
	switch {
	case right > wrong:
		return book.Right, false
	case wrong > right:
		return book.False, false
	case right > 0:
		return book.Unjudged, true
	case votes[book.Unsure] > 0:
		return book.Unsure, false
	}
	return book.Unjudged, false
}

// RuleReview counts the findings of a rule by the consensus of the books.
type RuleReview struct {
	Rule     string
	Right    int
	False    int // false alarms
	Unsure   int
	Disputed int // as many say right as say false
	Unjudged int
	Missed   int
}

// Findings is the number of all findings.
func (r *RuleReview) Findings() int { return r.Right + r.False + r.Unsure + r.Disputed + r.Unjudged }

// Judged is the number of findings with at least one verdict.
func (r *RuleReview) Judged() int { return r.Findings() - r.Unjudged }

// Precision is the share of right findings among the right and the false ones,
// NaN where there are none.
func (r *RuleReview) Precision() float64 { return ratio(r.Right, r.Right+r.False) }

// Interval is the 95 % confidence interval of the precision, 0 to 1 where there
// are no verdicts.
func (r *RuleReview) Interval() (low, high float64) { return stat.Wilson(r.Right, r.Right+r.False) }

// Open is the number of findings of which nobody knows yet whether they are right.
func (r *RuleReview) Open() int { return r.Unsure + r.Disputed + r.Unjudged }

// Recall is the share of findings that are right, or may be, among these and what
// reviewers added, NaN where there are neither. It is no more than an upper bound: what
// nobody heard is not in it.
func (r *RuleReview) Recall() float64 {
	found := r.Right + r.Open()
	return ratio(found, found+r.Missed)
}

func (r *RuleReview) count(j *Judged) {
	v, disputed := j.Consensus()
	switch {
	case disputed:
		r.Disputed++
	case v == book.Right:
		r.Right++
	case v == book.False:
		r.False++
	case v == book.Unsure:
		r.Unsure++
	default:
		r.Unjudged++
	}
}

// Rules lists the rules by id.
func (r *Reviews) Rules() []*RuleReview {
	rules := map[string]*RuleReview{}
	of := func(id string) *RuleReview {
		if rules[id] == nil {
			rules[id] = &RuleReview{Rule: id}
		}
		return rules[id]
	}
	for _, j := range r.findings {
		of(j.Rule).count(j)
	}
	for _, m := range r.missed {
		of(m.Rule).Missed++
	}
	out := make([]*RuleReview, 0, len(rules))
	for _, id := range sorted(rules) {
		out = append(out, rules[id])
	}
	return out
}

// All counts the findings of all rules.
func (r *Reviews) All() *RuleReview {
	all := &RuleReview{Missed: len(r.missed)}
	for _, j := range r.findings {
		all.count(j)
	}
	return all
}

// Missed lists what reviewers added, by rule and call.
func (r *Reviews) Missed() []Missed {
	out := make([]Missed, 0, len(r.missed))
	for _, m := range r.missed {
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b Missed) int {
		return cmp.Or(strings.Compare(a.Rule, b.Rule), strings.Compare(a.Call, b.Call), strings.Compare(a.Turn, b.Turn), strings.Compare(a.Quote, b.Quote))
	})
	return out
}

// Disagreements lists the findings of which the books say different things.
func (r *Reviews) Disagreements() []*Judged {
	var out []*Judged
	for _, j := range r.findings {
		said := slices.DeleteFunc(slices.Clone(j.By), func(v book.Verdict) bool { return v == book.Unjudged })
		if len(said) > 0 && slices.ContainsFunc(said, func(v book.Verdict) bool { return v != said[0] }) {
			out = append(out, j)
		}
	}
	return out
}

// Phrase is the words of findings of a rule, and how often they are right.
type Phrase struct {
	Rule, Quote  string // no quote: something was missing from the call
	False, Right int
}

// FalseAlarms lists the words behind false alarms, the most frequent first.
func (r *Reviews) FalseAlarms() []Phrase {
	type words struct{ rule, quote string }
	count := map[words]*Phrase{}
	for _, j := range r.findings {
		v, _ := j.Consensus()
		if v != book.Right && v != book.False {
			continue
		}
		p := count[words{j.Rule, j.Quote}]
		if p == nil {
			p = &Phrase{Rule: j.Rule, Quote: j.Quote}
			count[words{j.Rule, j.Quote}] = p
		}
		if v == book.False {
			p.False++
		} else {
			p.Right++
		}
	}
	var out []Phrase
	for _, p := range count {
		if p.False > 0 {
			out = append(out, *p)
		}
	}
	slices.SortFunc(out, func(a, b Phrase) int {
		return cmp.Or(cmp.Compare(b.False, a.False), cmp.Compare(a.Right, b.Right), strings.Compare(a.Rule, b.Rule), strings.Compare(a.Quote, b.Quote))
	})
	return out
}

// Agreement is how far two reviewers agree on the findings that both judged.
type Agreement struct {
	A, B string // books
	Both int    // findings that both judged
	Same int    // those of which they say the same

	table [book.Unsure + 1][book.Unsure + 1]int
}

// Share is the share of findings of which both say the same, NaN where both judged none.
func (a *Agreement) Share() float64 { return ratio(a.Same, a.Both) }

// Kappa is Cohen's kappa: the agreement beyond what chance would give, 1 where
// they always agree. It is NaN where chance alone would make them agree.
func (a *Agreement) Kappa() float64 {
	chance := 0.0
	for v := range a.table {
		row, column := 0, 0
		for w := range a.table {
			row, column = row+a.table[v][w], column+a.table[w][v]
		}
		chance += ratio(row, a.Both) * ratio(column, a.Both)
	}
	if chance == 1 {
		return math.NaN()
	}
	return (a.Share() - chance) / (1 - chance)
}

// Agreements compares every two books that judged findings in common.
func (r *Reviews) Agreements() []*Agreement {
	var out []*Agreement
	for a := range r.Books {
		for b := a + 1; b < len(r.Books); b++ {
			if one := r.agreement(a, b); one.Both > 0 {
				out = append(out, one)
			}
		}
	}
	return out
}

func (r *Reviews) agreement(a, b int) *Agreement {
	out := &Agreement{A: r.Books[a].Name, B: r.Books[b].Name}
	for _, j := range r.findings {
		x, y := j.By[a], j.By[b]
		if x == book.Unjudged || y == book.Unjudged {
			continue
		}
		out.Both++
		out.table[x][y]++
		if x == y {
			out.Same++
		}
	}
	return out
}

// MeanKappa is the mean of the kappas that are not NaN, NaN if all are.
func MeanKappa(all []*Agreement) float64 {
	sum, n := 0.0, 0
	for _, a := range all {
		if k := a.Kappa(); !math.IsNaN(k) {
			sum, n = sum+k, n+1
		}
	}
	return sum / float64(n)
}
