package mask

import (
	"slices"
	"testing"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/calltest"
)

// BenchmarkCall masks calls of which one in six has something to mask.
func BenchmarkCall(b *testing.B) { benchCalls(b, calltest.Calls(2000), Call) }

// BenchmarkCallPersons masks calls that all have something to mask.
func BenchmarkCallPersons(b *testing.B) { benchCalls(b, persons(), Call) }

// BenchmarkShown masks them for a report that shows one turn in six.
func BenchmarkShown(b *testing.B) {
	shown := make([]bool, 64)
	for i := range shown {
		shown[i] = i%6 == 3
	}
	benchCalls(b, persons(), func(c *call.Call) *call.Call { return Shown(c, shown[:len(c.Turns)]) })
}

func persons() []*call.Call {
	return slices.DeleteFunc(calltest.Calls(6000), func(c *call.Call) bool { return Call(c) == c })
}

// BenchmarkCallPlain masks calls that hold digits, but nothing to mask.
func BenchmarkCallPlain(b *testing.B) {
	benchCalls(b, slices.DeleteFunc(calltest.Calls(2000), func(c *call.Call) bool { return Call(c) != c }), Call)
}

// benchCalls masks one call after the other; an operation is one of them.
func benchCalls(b *testing.B, calls []*call.Call, mask func(*call.Call) *call.Call) {
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
		mask(calls[i%len(calls)])
		i++
	}
}

func BenchmarkTraits(b *testing.B) {
	for b.Loop() {
		makeTraits()
	}
}
