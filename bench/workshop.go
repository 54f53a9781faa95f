package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/zhijian-qa/zhijian/bench/corpus"
)

// The files of a workshop.
const (
	oneCall      = "call.json"
	batch        = "calls.jsonl"
	batchBig     = "calls-1gb.jsonl"
	folder       = "calls"
	longCall     = "long-call.jsonl"
	longCallHalf = "long-call-half.jsonl"
	longTurn     = "long-turn.jsonl"
	longTurnHalf = "long-turn-half.jsonl"
	plainText    = "text.txt"
	shortText    = "text-1mb.txt"
	housePack    = "thousand.yaml"
	onePack      = "one.yaml"
	literals     = "literals.txt"
)

// workshop is the folder of a run: what is measured, and what it is measured with.
type workshop string

func (w workshop) path(name string) string { return filepath.Join(string(w), name) }

// size is how many bytes a file has, 0 if there is none.
func (w workshop) size(name string) int64 {
	info, err := os.Stat(w.path(name))
	if err != nil {
		return 0
	}
	return info.Size()
}

// build builds the programs as releases are built.
func (w workshop) build() error {
	for name, source := range map[string]string{"zhijian": "./cmd/zhijian", "gse": "./bench/gse"} {
		c := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", w.path(name), source)
		c.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := c.CombinedOutput(); err != nil {
			return fmt.Errorf("go build %s: %w\n%s", source, err, out)
		}
	}
	return nil
}

// prepare makes all files. It runs in a process of its own: see peak.
func (o *options) prepare() error {
	w := workshop(o.keep)
	seeds, err := corpus.ReadSeeds(".")
	if err != nil {
		return err
	}
	for _, f := range o.files() {
		if err := w.write(f.name, func(to io.Writer) error { return f.write(corpus.New(o.seed, seeds), to) }); err != nil {
			return err
		}
	}
	if err := w.write(literals, writeLiterals); err != nil {
		return err
	}
	for name, write := range map[string]func(io.Writer, uint64, *corpus.Seeds) error{housePack: writeHouse, onePack: writeOne} {
		if err := w.write(name, func(to io.Writer) error { return write(to, o.seed, seeds) }); err != nil {
			return err
		}
	}
	if err := w.writeVale(); err != nil {
		return err
	}
	return corpus.New(o.seed, seeds).WriteFolder(w.path(folder), o.inFolder())
}

// inFolder is how many calls the folder of plain text has: a tenth of the bytes.
func (o *options) inFolder() int { return int(o.size / megabyte * 100) }

// file is a file of the workshop and how it is made.
type file struct {
	name  string
	write func(*corpus.Maker, io.Writer) error
}

func (o *options) files() []file {
	lines := func(size int64) func(*corpus.Maker, io.Writer) error {
		return func(m *corpus.Maker, w io.Writer) error { return m.WriteLines(w, size) }
	}
	call := func(size int64) func(*corpus.Maker, io.Writer) error {
		return func(m *corpus.Maker, w io.Writer) error { return m.WriteLongCall(w, size) }
	}
	turn := func(size int) func(*corpus.Maker, io.Writer) error {
		return func(m *corpus.Maker, w io.Writer) error { return m.WriteLongTurn(w, size) }
	}
	text := func(size int64) func(*corpus.Maker, io.Writer) error {
		return func(m *corpus.Maker, w io.Writer) error { return m.WriteText(w, size) }
	}
	all := []file{
		{oneCall, func(m *corpus.Maker, w io.Writer) error { return m.WriteCall(w, 30) }},
		{batch, lines(o.size)},
		{longCall, call(o.size / 2)},
		{longCallHalf, call(o.size / 4)},
		{longTurn, turn(megabyte)},
		{longTurnHalf, turn(megabyte / 2)},
		{plainText, text(o.size / 10)},
		{shortText, text(megabyte)},
	}
	if o.full {
		all = append(all, file{batchBig, lines(1000 * megabyte)})
	}
	return all
}

// write writes a file of the workshop.
func (w workshop) write(name string, content func(io.Writer) error) error {
	f, err := os.Create(w.path(name))
	if err != nil {
		return err
	}
	if err := content(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// writeVale writes a configuration of Vale with one rule that looks for one word.
func (w workshop) writeVale() error {
	if err := os.MkdirAll(w.path("styles/Bench"), 0o755); err != nil {
		return err
	}
	for name, text := range map[string]string{
		".vale.ini":              "StylesPath = styles\nMinAlertLevel = suggestion\n[*]\nBasedOnStyles = Bench\n",
		"styles/Bench/Words.yml": "extends: existence\nmessage: \"%s\"\nlevel: warning\nnonword: true\ntokens:\n  - 没办法\n",
	} {
		if err := os.WriteFile(w.path(name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
