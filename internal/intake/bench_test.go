package intake

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

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

// tableOf is calls as a table with a row for each utterance, and how many rows that are.
func tableOf(n int) (rows [][]string) {
	rows = [][]string{{"会话ID", "呼叫方向", "坐席工号", "角色", "开始(毫秒)", "结束(毫秒)", "内容"}}
	for _, c := range calltest.Calls(n) {
		for i, t := range c.Turns {
			rows = append(rows, []string{c.ID, "呼入", "6017", string(t.Role), strconv.Itoa(i * 5000), strconv.Itoa(i*5000 + 4200), t.Text})
		}
	}
	return rows
}

func BenchmarkCSV(b *testing.B) {
	const calls = 5000
	rows := tableOf(calls)
	var all bytes.Buffer
	w := csv.NewWriter(&all)
	require.NoError(b, w.WriteAll(rows))
	bench(b, all.Bytes(), calls)
	b.ReportMetric(float64(len(rows)*b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkXLSX reads a workbook of many rows on one goroutine, and tells the most memory in use.
func BenchmarkXLSX(b *testing.B) {
	const calls = 10_000
	rows := tableOf(calls)
	f := excelize.NewFile()
	for i := range rows {
		require.NoError(b, f.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &rows[i]))
	}
	path := filepath.Join(b.TempDir(), "a.xlsx")
	require.NoError(b, f.SaveAs(path))
	n := len(rows)
	rows, f = nil, nil
	runtime.GC() // what was needed to write it is not ours
	var stats runtime.MemStats
	var peak uint64
	for b.Loop() {
		read := 0
		for c := range Open(context.Background(), []string{path}, Options{}) {
			for range c.Items {
				read++
			}
			runtime.ReadMemStats(&stats)
			peak = max(peak, stats.HeapInuse)
		}
		if read != calls {
			b.Fatal(read)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(peak>>20), "MB")
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
	for name, o := range map[string]Options{"all": {}, "contacts": {Contacts: true}} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				if n := count([]string{folder}, o); n != calls && !o.Contacts {
					b.Fatal(n)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(calls*b.N), "ns/file")
		})
	}
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
