package rule

import (
	"maps"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Census counts what the rules of a pack find in a corpus. It serves one
// goroutine; those of several add up with Merge.
type Census struct {
	pack    *Pack
	Calls   int // all of the corpus, those that cannot be judged included
	Unfit   int // calls that cannot be judged
	Turns   int // of agents, in calls that can
	hits    map[string]int
	phrases map[phraseKey]int
}

type phraseKey struct {
	rule   string
	phrase int32
}

// RuleCount is how often a rule fires.
type RuleCount struct {
	Rule *Rule
	Hits int
	// Rate is hits per 1,000 agent turns where the rule judges one turn by itself,
	// else per 100 calls; 0 where there are none.
	Rate float64
}

// PhraseCount is how often a phrase is what a rule fires on.
type PhraseCount struct {
	Rule   string
	Phrase string // as the pack writes it
	Hits   int
}

// NewCensus counts nothing yet.
func (p *Pack) NewCensus() *Census {
	return &Census{pack: p, hits: map[string]int{}, phrases: map[phraseKey]int{}}
}

// Add counts one call.
func (c *Census) Add(talk *call.Call) {
	c.Calls++
	if _, no := unfit(talk); no {
		c.Unfit++
		return
	}
	x := &explainer{newView(c.pack, talk)}
	c.Turns += len(x.agent)
	for _, r := range c.pack.Rules {
		if _, not := x.unable(r); not || !x.is(r.when) {
			continue
		}
		r.evaluator.check(x.view, func(at place) {
			c.hits[r.ID]++
			if at.turn < 0 {
				return
			}
			for _, p := range x.phrasesAt(at, r.leads()) {
				c.phrases[phraseKey{r.ID, p}]++
			}
		})
	}
}

// leads are the cues whose words a finding of the rule quotes.
func (r *Rule) leads() []*cue {
	switch e := r.evaluator.(type) {
	case *forbid:
		return []*cue{e.cue}
	case *reply:
		return e.to
	case *order:
		return e.then
	case *repeat:
		return []*cue{e.cue}
	}
	return nil
}

// phrasesAt lists the phrases of cues that match exactly at a place, each once.
func (x *explainer) phrasesAt(at place, cues []*cue) []int32 {
	var out []int32
	for _, p := range x.phrasesFor(at.turn, cues) {
		if !slices.Contains(out, p) && slices.ContainsFunc(x.rawMatches(at.turn, p), at.span.sameAs) {
			out = append(out, p)
		}
	}
	return out
}

func (s span) sameAs(t span) bool { return s.start == t.start && s.end == t.end }

// Merge adds what another census of the same pack has counted.
func (c *Census) Merge(other *Census) {
	c.Calls, c.Unfit, c.Turns = c.Calls+other.Calls, c.Unfit+other.Unfit, c.Turns+other.Turns
	for id, n := range other.hits {
		c.hits[id] += n
	}
	for key, n := range other.phrases {
		c.phrases[key] += n
	}
}

// Rules lists how often each rule fires, in the order of the pack.
func (c *Census) Rules() []RuleCount {
	out := make([]RuleCount, len(c.pack.Rules))
	for i, r := range c.pack.Rules {
		base, unit := c.Calls-c.Unfit, 100.0
		if r.OneTurn {
			base, unit = c.Turns, 1000
		}
		out[i] = RuleCount{Rule: r, Hits: c.hits[r.ID], Rate: unit * float64(c.hits[r.ID]) / float64(max(1, base))}
	}
	return out
}

// Phrases lists the phrases that rules fire on, the most frequent first.
func (c *Census) Phrases() []PhraseCount {
	var out []PhraseCount
	for _, key := range slices.SortedFunc(maps.Keys(c.phrases), func(a, b phraseKey) int {
		if d := c.phrases[b] - c.phrases[a]; d != 0 {
			return d
		}
		if a.rule != b.rule {
			return strings.Compare(a.rule, b.rule)
		}
		return int(a.phrase - b.phrase)
	}) {
		out = append(out, PhraseCount{key.rule, c.pack.phrases[key.phrase].source, c.phrases[key]})
	}
	return out
}
