package intake

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/calltest"
)

// sampleLines is n calls in JSON Lines.
func sampleLines(n int) []byte { return calltest.JSONL(calltest.Calls(n)) }

func BenchmarkJSONL(b *testing.B) {
	const calls = 5000
	bench(b, sampleLines(calls), calls)
}

func BenchmarkPlain(b *testing.B) {
	const calls = 5000
	var all strings.Builder
	for _, c := range calltest.Calls(calls) {
		all.WriteString(calltest.Plain(c))
	}
	bench(b, []byte(all.String()), calls)
}

// bench reads data, which holds so many calls, on one goroutine.
func bench(b *testing.B, data []byte, want int) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if calls := count([]string{"-"}, Options{Stdin: bytes.NewReader(data)}); calls != want {
			b.Fatal(calls)
		}
	}
}

// BenchmarkFolder reads a folder of small files, of which each holds a call: it is found,
// opened, detected and read.
func BenchmarkFolder(b *testing.B) {
	const calls = 2000
	folder := b.TempDir()
	size := 0
	for i, c := range calltest.Calls(calls) {
		text := calltest.Plain(c)
		size += len(text)
		require.NoError(b, os.WriteFile(filepath.Join(folder, fmt.Sprintf("%05d.txt", i)), []byte(text), 0o600))
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if n := count([]string{folder}, Options{}); n != calls {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(calls*b.N)/b.Elapsed().Seconds(), "calls/s")
}

// count counts the calls of paths.
func count(paths []string, o Options) int {
	calls := 0
	for c := range Open(context.Background(), paths, o) {
		for it := range c.Items {
			if it.Call != nil {
				calls++
			}
		}
	}
	return calls
}
