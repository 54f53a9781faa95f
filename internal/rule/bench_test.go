package rule

import (
	"testing"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/calltest"
	"github.com/zhijian-qa/zhijian/internal/match"
)

// BenchmarkPrefilter finds which of the built-in phrases a turn could match.
func BenchmarkPrefilter(b *testing.B) {
	p := builtIn(b)
	v := newView(p, &call.Call{})
	type turn struct {
		framed string
		who    call.Role
	}
	var turns []turn
	for _, c := range calltest.Calls(500) {
		for _, t := range c.Turns {
			read := foldScript(t.Text)
			turns = append(turns, turn{edge + read.Text + edge, t.Role})
		}
	}
	bytes, i := 0, 0
	var marks []match.Hit
	b.ReportAllocs()
	for b.Loop() {
		t := &turns[i%len(turns)]
		marks = v.known.marks(t.framed, t.who, marks[:0])
		bytes += len(t.framed)
		i++
	}
	b.SetBytes(int64(bytes / i))
}

// BenchmarkEvaluate judges calls whose turns are known, by all built-in rules.
func BenchmarkEvaluate(b *testing.B) {
	p, calls := builtIn(b), calltest.Calls(20)
	for range 3 { // turns are kept when they come again
		for _, c := range calls {
			p.Check(c, ForCalls(p.Rules))
		}
	}
	benchCheck(b, p, calls)
}

// BenchmarkCheck folds, matches and judges calls that come for the first time.
func BenchmarkCheck(b *testing.B) { benchCheck(b, builtIn(b), calltest.Calls(5000)) }

func benchCheck(b *testing.B, p *Pack, calls []*call.Call) {
	list := ForCalls(p.Rules)
	turns, i := 0, 0
	b.ReportAllocs()
	for b.Loop() {
		c := calls[i%len(calls)]
		p.Check(c, list)
		turns += len(c.Turns)
		i++
	}
	b.ReportMetric(b.Elapsed().Seconds()*1e9/float64(turns), "ns/turn")
}
