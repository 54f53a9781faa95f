package mask

import (
	"testing"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/calltest"
)

// BenchmarkCall masks calls of which one in six has something to mask.
func BenchmarkCall(b *testing.B) { benchCalls(b, calltest.Calls(2000)) }

// BenchmarkCallPlain masks calls that hold digits, but nothing to mask.
func BenchmarkCallPlain(b *testing.B) {
	var calls []*call.Call
	for _, c := range calltest.Calls(2000) {
		if Call(c) == c {
			calls = append(calls, c)
		}
	}
	benchCalls(b, calls)
}

// benchCalls masks one call after the other; an operation is one of them.
func benchCalls(b *testing.B, calls []*call.Call) {
	size := 0
	for _, c := range calls {
		for i := range c.Turns {
			size += len(c.Turns[i].Text)
		}
	}
	b.SetBytes(int64(size / len(calls)))
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		Call(calls[i%len(calls)])
		i++
	}
}

func BenchmarkTraits(b *testing.B) {
	for b.Loop() {
		makeTraits()
	}
}
