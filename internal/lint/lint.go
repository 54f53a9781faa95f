// Package lint runs packs over calls: in parallel, with results in input order.
package lint

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"sync"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Check is a pack with the rules of it to judge by.
type Check struct {
	Pack  *rule.Pack
	Rules []*rule.Rule
}

// Linter judges calls by one or more packs.
type Linter struct {
	Checks      []Check
	For         func(source string) []Check // the checks for calls of a source, of the same packs as Checks; nil: Checks for all
	Accepter    Accepter                    // nil: no finding is accepted
	Followups   *Followups                  // what Follow found before; nil: every call is looked at alone
	MinSeverity rule.Severity               // findings below are left out; 0 keeps all
	Mask        bool                        // results hide who people are: they go into reports
	Shows       Shown                       // with Mask: which turns the reports need, the others being left empty
	Jobs        int                         // workers; less than 1 means 1
}

// Accepter moves the findings of a call that somebody has accepted to the
// suppressed ones of its verdict. It is asked for one call after the other, in
// input order: what it says of one may depend on those before.
type Accepter interface {
	Accept(c *call.Call, v *rule.Verdict)
	// Inline notes a waiver that stands beside a script, before Accept is asked for it.
	Inline(c *call.Call, rules []string, reason string, at call.Place)
	// Knows reports whether a finding may be accepted, without counting it.
	Knows(c *call.Call, f *rule.Finding) bool
}

// Result is a call, or a script, with what the packs say of it, or a problem of the input.
type Result struct {
	Call    *call.Call
	Verdict rule.Verdict
	Problem *call.Problem   // nil where there is a call
	Script  *rule.Script    // of a library, as it is written, whose Call this is; nil for a call
	Reading *intake.Reading // what was understood of the call, if that is wanted
	Choice  Choice          // why it was chosen from many; zero where nothing was chosen

	agent  string     // by which the agent is known, where Call is masked
	masked *call.Call // what is shown of Call once all is settled; nil: Call itself
}

// AgentKey is what tells the agent from others, whose ids may look the same once they are
// masked; empty where nothing is known. It is not for showing.
func (r *Result) AgentKey() string {
	return cmp.Or(r.agent, r.Call.Agent.ID, r.Call.Agent.Name)
}

// Choice says why a call was chosen from many.
type Choice struct {
	Cause string // for programs: fatal, risk or random
	Why   call.Say
}

// Outcome is what one chunk of input gave, or several small ones, in input order.
// Bytes is their size, for a progress bar.
type Outcome struct {
	Results []Result
	Bytes   int64
}

// Judge runs all checks over one call and settles what counts; nothing is masked. Where there
// is an Accepter the calls must come in input order; else any goroutine may judge any.
func (l *Linter) Judge(c *call.Call) rule.Verdict {
	v := l.find(c)
	l.settle(c, &v)
	return v
}

// JudgeOne is Judge for a call that is shown: the result is what Run hands on.
func (l *Linter) JudgeOne(c *call.Call) Result {
	r := Result{Call: c, Verdict: l.Judge(c)}
	l.veil(&r)
	r.unveil()
	return r
}

// find runs all checks over one call.
func (l *Linter) find(c *call.Call) rule.Verdict {
	var all rule.Verdict
	for _, check := range l.checksFor(c.Source) {
		v := check.Pack.Check(c, check.Rules)
		if !c.Script {
			l.followUp(c, check.Rules, &v)
		}
		all.Findings = append(all.Findings, v.Findings...)
		all.NotEvaluated = append(all.NotEvaluated, v.NotEvaluated...)
		all.Judged += v.Judged
		all.Tags = addTags(all.Tags, v.Tags)
	}
	slices.SortStableFunc(all.Findings, rule.InCallOrder)
	return all
}

func (l *Linter) checksFor(source string) []Check {
	if l.For == nil {
		return l.Checks
	}
	return l.For(source)
}

// settle takes out what is accepted and scores the rest. The score counts what
// all chosen rules found: MinSeverity decides what is shown, not what a call is worth.
func (l *Linter) settle(c *call.Call, v *rule.Verdict) {
	if l.Accepter != nil {
		l.Accepter.Accept(c, v)
	}
	for i := range v.Findings {
		if v.Findings[i].Rule.Severity >= rule.Warning {
			v.Flaws++
		}
	}
	if !c.Script && len(c.Turns) > 0 {
		v.Score = l.score(v)
	}
	v.Findings = slices.DeleteFunc(v.Findings, func(f rule.Finding) bool { return l.hides(f.Rule) })
	v.Suppressed = slices.DeleteFunc(v.Suppressed, func(f rule.Suppressed) bool { return l.hides(f.Rule) })
}

func (l *Linter) hides(r *rule.Rule) bool { return r.Severity < l.MinSeverity }

// Run judges the calls of all chunks and hands the outcomes to emit in input
// order, whatever the number of workers. It stops, with what is finished
// emitted, when ctx ends or emit returns an error.
func (l *Linter) Run(ctx context.Context, chunks iter.Seq[intake.Chunk], emit func(Outcome) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	jobs := max(1, l.Jobs)
	work := make(chan task, jobs)
	ordered := make(chan task, 4*jobs) // bounds what is in memory
	var workers sync.WaitGroup
	for range jobs {
		workers.Go(func() {
			for t := range work {
				t.done <- l.findIn(t.chunks)
			}
		})
	}
	go feed(ctx, chunks, work, ordered)
	err := drain(ordered, func(o Outcome) error { l.settleInOrder(&o); return emit(o) }, stop)
	workers.Wait()
	if err == nil {
		err = context.Cause(ctx)
	}
	return err
}

// task is chunks on their way through the workers; their outcome comes out of done.
type task struct {
	chunks []intake.Chunk
	done   chan Outcome
}

// feed gives every chunk to the workers, and to the drain in input order.
func feed(ctx context.Context, chunks iter.Seq[intake.Chunk], work, ordered chan<- task) {
	defer close(ordered)
	defer close(work)
	for some := range together(chunks) {
		t := task{some, make(chan Outcome, 1)}
		select {
		case <-ctx.Done():
			return
		case work <- t:
			ordered <- t
		}
	}
}

// A task has a few small files: handing over each alone, and writing what is found in it, took as
// long as reading it.
const (
	taskChunks = 16
	taskBytes  = 32 << 10
)

// together yields the chunks, small ones several at a time.
func together(chunks iter.Seq[intake.Chunk]) iter.Seq[[]intake.Chunk] {
	return func(yield func([]intake.Chunk) bool) {
		var some []intake.Chunk
		size := 0
		for chunk := range chunks {
			some = append(some, chunk)
			if size += chunk.Size; chunk.Brief() && len(some) < taskChunks && size < taskBytes {
				continue
			}
			if !yield(some) {
				return
			}
			some, size = nil, 0
		}
		if len(some) > 0 {
			yield(some)
		}
	}
}

// drain emits the outcomes in order. After an error of emit it only empties
// the queue, so that no worker is left waiting.
func drain(ordered <-chan task, emit func(Outcome) error, stop func()) error {
	var failed error
	for t := range ordered {
		outcome := <-t.done
		if failed == nil {
			if failed = emit(outcome); failed != nil {
				stop()
			}
		}
	}
	return failed
}

func (l *Linter) findIn(chunks []intake.Chunk) (out Outcome) {
	for i := range chunks {
		l.findInto(&out, &chunks[i])
	}
	return out
}

func (l *Linter) findInto(out *Outcome, chunk *intake.Chunk) {
	out.Bytes += int64(chunk.Size)
	chunk.Items(func(item intake.Item) bool {
		r := Result{Call: item.Call, Problem: item.Problem, Reading: item.Reading}
		if item.Call != nil {
			r.Verdict = l.find(item.Call)
			if k := item.Call; k.Record && len(r.Verdict.Findings) == 0 && k.Hangup != call.Dropped { // nothing was said, and nothing is due
				return true
			}
		}
		l.veil(&r)
		if l.Accepter == nil {
			l.settleOne(&r) // without one it need not wait for those before
		}
		out.Results = append(out.Results, r)
		return true
	})
}

// settleInOrder settles what waits for the Accepter, which is asked in input order.
func (l *Linter) settleInOrder(o *Outcome) {
	if l.Accepter == nil {
		return
	}
	for i := range o.Results {
		l.settleOne(&o.Results[i])
	}
}

func (l *Linter) settleOne(r *Result) {
	if r.Call != nil {
		l.settle(r.Call, &r.Verdict)
		r.unveil()
	}
}
