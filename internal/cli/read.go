package cli

import (
	"context"
	"iter"
	"runtime/debug"

	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/script"
)

// A short run is over before its memory is worth collecting: it may take 64 MB first
// (16 × the least heap of 4 MB). A long one, thrifty, takes 1.6 times what it needs.
const (
	briefly   = 1600
	thrifty   = 60
	longAfter = 1 << 20 // bytes of input
)

// chunks opens the inputs of a command, and begins to collect memory once the run
// turns out to be a long one.
func (a *app) chunks(ctx context.Context, paths []string, o intake.Options) iter.Seq[intake.Chunk] {
	return func(yield func(intake.Chunk) bool) {
		read := 0
		o.Word = script.WordText
		for chunk := range intake.Open(ctx, paths, o) {
			before := read
			if read += chunk.Size; before < longAfter && read >= longAfter {
				debug.SetGCPercent(thrifty)
			}
			if !yield(chunk) {
				return
			}
		}
	}
}

// judge judges the calls of the inputs and hands over the results in their order.
func (p *progress) judge(ctx context.Context, l *lint.Linter, chunks iter.Seq[intake.Chunk], see func(*lint.Result)) error {
	err := l.Run(ctx, chunks, func(o lint.Outcome) error {
		for i := range o.Results {
			see(&o.Results[i])
		}
		p.add(o.Bytes)
		return nil
	})
	p.hide()
	return err
}
