package lint

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/calltest"
	"github.com/zhijian-qa/zhijian/internal/intake"
)

// BenchmarkRun reads and masks calls and judges them by nothing: it is what everything but the
// rules costs, and no pack can be faster.
func BenchmarkRun(b *testing.B) {
	const calls = 20000
	data := calltest.JSONL(calltest.Calls(calls))
	for _, jobs := range []int{1, 2} {
		b.Run(fmt.Sprint("jobs=", jobs), func(b *testing.B) {
			l := &Linter{Mask: true, Jobs: jobs}
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				chunks := intake.Open(context.Background(), []string{"-"}, intake.Options{Stdin: bytes.NewReader(data)})
				require.NoError(b, l.Run(context.Background(), chunks, func(o Outcome) error { n += len(o.Results); return nil }))
				require.Equal(b, calls, n)
			}
		})
	}
}
