// Command bench measures zhijian beside the tools that people would use instead,
// all in one run on the same text, and prints the tables of docs/speed.md.
// bench/run starts it; bench/run --help tells what it can do.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/zhijian-qa/zhijian/bench/corpus"
	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/rules"
)

const usage = `Measure zhijian beside ripgrep, gse and Vale.

  bench/run [FLAGS]            build, make the calls, measure, print the tables
  bench/run corpus [FLAGS]     only write calls to standard output
  bench/run literals           only print the literals of the built-in pack

It runs in the top folder of the repository, takes a few minutes, and nothing else
should run meanwhile. ripgrep (Debian: ripgrep) and Vale are left out where they
are not installed.

Flags:
`

func main() {
	if err := run(os.Args[1:]); err != nil && err != flag.ErrHelp {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) > 0 {
		switch args[0] {
		case "corpus":
			return writeCorpus(os.Stdout, args[1:])
		case "prepare":
			o, err := parse(args[1:])
			if err != nil {
				return err
			}
			return o.prepare()
		case "literals":
			return writeLiterals(os.Stdout)
		}
	}
	o, err := parse(args)
	if err != nil {
		return err
	}
	return o.measure(os.Stdout)
}

// options are the flags of a run.
type options struct {
	size    int64 // bytes of calls
	rounds  int   // of every comparison
	seed    uint64
	full    bool
	docs    bool
	noInner bool
	keep    string
	self    string // the path of this program
}

func parse(args []string) (*options, error) {
	o := &options{}
	f := flag.NewFlagSet("bench/run", flag.ContinueOnError)
	f.Usage = func() { fmt.Fprint(f.Output(), usage); f.PrintDefaults() }
	megabytes := f.Int64("size", 100, "`MB` of calls to measure with")
	quick := f.Bool("quick", false, "a try: 10 MB, a few rounds")
	f.BoolVar(&o.full, "full", false, "also 1 GB and 4 GB through a pipe: memory must stay flat")
	f.BoolVar(&o.docs, "docs", false, "put the tables into docs/speed.md and docs/speed.zh-CN.md")
	f.BoolVar(&o.noInner, "no-inner", false, "without the Go benchmarks of the inner loops")
	f.IntVar(&o.rounds, "rounds", 3, "`rounds` of each comparison; start-up takes ten times as many")
	f.Uint64Var(&o.seed, "seed", 1, "`seed` of the calls: the same makes the same")
	f.StringVar(&o.keep, "keep", "", "make the calls in this `folder` and leave them there")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	if f.NArg() > 0 || *megabytes < 1 || o.rounds < 1 {
		return nil, fmt.Errorf("bad flags or an extra argument; bench/run --help tells what there is")
	}
	if *quick {
		*megabytes, o.rounds = 10, 2
	}
	o.size = *megabytes * megabyte
	return o, nil
}

// megabyte is a million bytes, in all figures.
const megabyte = 1_000_000

// writeCorpus writes calls, so that a pipe can have more of them than a disk should.
func writeCorpus(w io.Writer, args []string) error {
	f := flag.NewFlagSet("bench/run corpus", flag.ContinueOnError)
	size := f.Int64("size", 1, "`MB` of canonical JSON Lines")
	seed := f.Uint64("seed", 1, "`seed` of the calls")
	if err := f.Parse(args); err != nil {
		return err
	}
	seeds, err := corpus.ReadSeeds(".")
	if err != nil {
		return err
	}
	return corpus.New(*seed, seeds).WriteLines(w, *size*megabyte)
}

// writeLiterals prints what the built-in pack looks for, one a line.
func writeLiterals(w io.Writer) error {
	pack, err := rule.Load(rules.FS, "documents")
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	for _, l := range pack.Literals() {
		fmt.Fprintln(b, l)
	}
	return b.Flush()
}
