package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/bench/corpus"
	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/report"
	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/rules"
)

func builtIn(t testing.TB) *rule.Pack {
	pack, err := rule.Load(rules.FS, "documents")
	require.NoError(t, err)
	return pack
}

// lines is calls to measure with.
func lines(t testing.TB, size int64) []byte {
	seeds, err := corpus.ReadSeeds("..")
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, corpus.New(1, seeds).WriteLines(&b, size))
	return b.Bytes()
}

// The thousand rules can be loaded beside the built-in ones, and nothing that is
// said breaks any of them.
func TestHousePackDoesNotOccur(t *testing.T) {
	seeds, err := corpus.ReadSeeds("..")
	require.NoError(t, err)
	var yaml, again bytes.Buffer
	require.NoError(t, writeHouse(&yaml, 1, seeds))
	require.NoError(t, writeHouse(&again, 1, seeds))
	assert.Equal(t, yaml.String(), again.String())
	// The phrases alone, without what they extend: that is quicker.
	alone := strings.Replace(yaml.String(), "extends: documents", `documents: {UNI: {title: t, issuer: i, date: "2014"}}`, 1)
	var one bytes.Buffer
	require.NoError(t, writeOne(&one, 1, seeds))
	packs := fstest.MapFS{housePack: {Data: []byte(alone)}, onePack: {Data: one.Bytes()}}
	pack, err := rule.Load(packs, housePack)
	require.NoError(t, err)
	assert.Len(t, pack.Rules, houseRules)
	single, err := rule.Load(packs, onePack)
	require.NoError(t, err)
	require.Len(t, single.Rules, 1)
	assert.Equal(t, pack.Rules[0].ID, single.Rules[0].ID, "it is the first of them")
	for chunk := range intake.Open(context.Background(), []string{"-"}, intake.Options{Stdin: bytes.NewReader(lines(t, 200_000))}) {
		for it := range chunk.Items {
			assert.Empty(t, pack.Check(it.Call, pack.Rules).Findings)
		}
	}
}

func TestLiterals(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, writeLiterals(&b))
	all := strings.Split(strings.TrimSpace(b.String()), "\n")
	assert.Greater(t, len(all), 1000)
	assert.Equal(t, builtIn(t).Literals(), all)
	assert.NotContains(t, all, "")
}

func TestFlags(t *testing.T) {
	o, err := parse([]string{"--quick", "--seed", "3"})
	require.NoError(t, err)
	assert.Equal(t, int64(10*megabyte), o.size)
	assert.Equal(t, uint64(3), o.seed)
	for _, args := range [][]string{{"--size", "0"}, {"--rounds", "0"}, {"more"}} {
		_, err := parse(args)
		assert.Error(t, err, args)
	}
}

// shell is the path of sh, without which a test is skipped.
func shell(t *testing.T) string {
	path := found("sh")
	if path == "" {
		t.Skip("needs sh")
	}
	return path
}

// A group runs its jobs in turn, counts an exit code of 1 as a run, and leaves out
// what is not installed; anything else that goes wrong is told.
func TestGroup(t *testing.T) {
	shell := shell(t)
	run := func(id, script string) job {
		return job{id: id, shown: "sh", program: shell, args: []string{"-c", script}}
	}
	g := group{rounds: 2, jobs: []job{run("a", "echo a >> said; exit 1"), {id: "none", shown: "none"}, run("b", "echo b >> said")}}
	folder := t.TempDir()
	results := g.measure(folder)
	said, err := os.ReadFile(filepath.Join(folder, "said"))
	require.NoError(t, err)
	assert.Equal(t, "a\nb\na\nb\n", string(said))
	assert.Len(t, results[0].times, 2)
	assert.False(t, results[1].measured())
	if runtime.GOOS == "linux" {
		assert.Positive(t, results[2].peak)
	}
	for _, bad := range []string{"exit 2", "echo oops >&2"} {
		b := &book{byID: map[string]*result{}}
		b.add(say("", ""), (&group{rounds: 2, jobs: []job{run("", bad), run("", "true")}}).measure(folder))
		assert.ErrorContains(t, b.wrong(), "sh -c "+bad)
		assert.Contains(t, b.markdown(call.EN), "| failed | | | | `sh -c "+bad+"` |")
		assert.True(t, b.tables[0].rows[1].measured(), "the others go on")
	}
}

func TestFeed(t *testing.T) {
	shell := shell(t)
	j := job{shown: "sh", program: shell, args: []string{"-c", "cat > got"}, feed: []string{shell, "-c", "echo fed"}, fed: "echo fed"}
	folder := t.TempDir()
	require.NoError(t, (&group{rounds: 1, jobs: []job{j}}).measure(folder)[0].wrong)
	got, err := os.ReadFile(filepath.Join(folder, "got"))
	require.NoError(t, err)
	assert.Equal(t, "fed\n", string(got))
	assert.Equal(t, "echo fed | sh -c cat > got", j.command())
	j.args = []string{"-c", "exit 0"} // does not read it all
	j.feed = []string{shell, "-c", "while echo fed; do :; done"}
	assert.NoError(t, (&group{rounds: 1, jobs: []job{j}}).measure(folder)[0].wrong)
}

// A job for one core gets one, and says how to do that.
func TestCores(t *testing.T) {
	shell := shell(t)
	j := job{shown: "sh", program: shell, args: []string{"-c", "echo $GOMAXPROCS > got"}, cores: 1}
	folder := t.TempDir()
	require.NoError(t, (&group{rounds: 1, jobs: []job{j}}).measure(folder)[0].wrong)
	got, err := os.ReadFile(filepath.Join(folder, "got"))
	require.NoError(t, err)
	assert.Equal(t, "1\n", string(got))
	assert.Equal(t, "GOMAXPROCS=1 sh -c echo $GOMAXPROCS > got", j.command())
}

func TestMarkdown(t *testing.T) {
	o := &options{size: 100 * megabyte}
	b := &book{machine: "a machine", byID: map[string]*result{}, goals: o.goals(), inner: "BenchmarkFold 1\n"}
	b.add(say("一批", "Batch"), []*result{
		{job: job{id: "batch-2", name: say("两个核", "two cores"), shown: "zhijian", program: "zhijian", args: []string{"lint"}, bytes: 100 * megabyte, fed: "cat"},
			times: []time.Duration{time.Second, 500 * time.Millisecond}, peak: 64 * megabyte},
		{job: job{id: "batch-1", name: say("一个核", "one core"), program: "zhijian", calls: 500}, times: []time.Duration{time.Second}},
		{job: job{id: "batch-rg", name: say("ripgrep", "ripgrep"), shown: "rg"}},
	})
	english := b.markdown(call.EN)
	assert.Contains(t, english, "| batch, two cores | 200 MB/s | ≥ 150 MB/s | met |\n")
	assert.Contains(t, english, "| two cores over one | 2.00 × | ≥ 1.7 × | met |\n")
	assert.NotContains(t, english, "ripgrep's", "a goal without its jobs")
	assert.Contains(t, english, "| two cores | 500.0 ms | 750.0 ms | 200 MB/s | 64 MB | `cat \\| zhijian lint` |\n")
	assert.Contains(t, english, "| one core | 1.00 s | 1.00 s | 500 calls/s |  | `` |\n")
	assert.Contains(t, english, "| ripgrep | | | | | rg is not installed |\n")
	assert.Contains(t, english, "```text\nBenchmarkFold 1\n```\n")
	chinese := b.markdown(call.ZH)
	assert.Contains(t, chinese, "| ripgrep | | | | | rg 没有安装 |\n")
	assert.Contains(t, chinese, "| 两个核比一个核快几倍 | 2.00 × | ≥ 1.7 × | 达到 |\n")
}

func TestMachine(t *testing.T) {
	assert.Contains(t, machine(), runtime.Version())
	assert.Empty(t, version("no-such-program"))
	file := filepath.Join(t.TempDir(), "cpuinfo")
	require.NoError(t, os.WriteFile(file, []byte("flags : x\nmodel name\t: Some CPU: fast\n"), 0o600))
	assert.Equal(t, "Some CPU: fast", field(file, "model name", ""))
	assert.Equal(t, "arm", field(file, "vendor", "arm"))
}

// Both guides have a place for the figures.
func TestReplaceFigures(t *testing.T) {
	for _, name := range []string{"speed.md", "speed.zh-CN.md"} {
		guide, err := os.ReadFile(filepath.Join("../docs", name))
		require.NoError(t, err)
		file := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.WriteFile(file, guide, 0o600))
		require.NoError(t, replaceFigures(file, "one\n"))
		require.NoError(t, replaceFigures(file, "two\n"))
		got, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Contains(t, string(got), figuresStart+"\ntwo\n\n"+figuresEnd)
		assert.NotContains(t, string(got), "\none\n")
	}
	file := filepath.Join(t.TempDir(), "none.md")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	assert.ErrorContains(t, replaceFigures(file, ""), "no place for figures")
}

func TestBenchLines(t *testing.T) {
	assert.Equal(t, "pkg: x\nBenchmarkA-2 \t 1 ns/op\n", benchLines("goos: linux\npkg: x\nBenchmarkA-2 \t 1 ns/op\nPASS\nok x 1s\n"))
	packages, err := benchmarked("../internal/text")
	require.NoError(t, err)
	assert.Equal(t, []string{"./../internal/text"}, packages)
}

// BenchmarkLint is all that happens to a call, from its bytes to the report, on one
// core: what a turn costs, and what of it is allocated.
func BenchmarkLint(b *testing.B) {
	data := lines(b, megabyte)
	pack := builtIn(b)
	linter := &lint.Linter{Checks: []lint.Check{{Pack: pack, Rules: rule.ForCalls(pack.Rules)}}, Mask: true, Shows: report.Shows("jsonl"), Jobs: 1}
	turns := bytes.Count(data, []byte(`"role"`))
	b.SetBytes(int64(len(data)))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for b.Loop() {
		w, err := report.New("jsonl", io.Discard, report.Options{Lang: call.ZH, Packs: []*rule.Pack{pack}})
		require.NoError(b, err)
		chunks := intake.Open(context.Background(), []string{"-"}, intake.Options{Stdin: bytes.NewReader(data)})
		require.NoError(b, linter.Run(context.Background(), chunks, func(o lint.Outcome) error {
			for i := range o.Results {
				if err := w.Call(&o.Results[i]); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	runtime.ReadMemStats(&after)
	n := float64(b.N * turns)
	b.ReportMetric(b.Elapsed().Seconds()*1e9/n, "ns/turn")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/n, "allocs/turn")
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/n, "B/turn")
}
