package cli

import (
	"context"
	"os"
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/sample"
)

// standing is where a call stands.
type standing struct {
	source string
	line   int
	id     string
}

func standingOf(c *call.Call) standing { return standing{c.Source, c.Line, c.ID} }

// rereadable tells which calls can be read again: those of files, at known lines. What comes
// through standard input or another pipe cannot.
func rereadable(stdinName string) func(*call.Call) bool {
	files := map[string]bool{"-": false, stdinName: false}
	return func(c *call.Call) bool {
		again, known := files[c.Source]
		if !known {
			info, err := os.Stat(c.Source)
			_, _, inside := intake.Inside(c.Source) // of an archive
			again = err == nil && info.Mode().IsRegular() || inside
			files[c.Source] = again
		}
		return again && c.Line > 0
	}
}

// fetch reads the calls of picks that are away again, and judges them as before.
func (r *sampleRun) fetch(ctx context.Context, paths []string, picks []*sample.Pick) error {
	away := map[standing][]*sample.Pick{}
	lines := map[string][]int{}
	for _, p := range picks {
		if p.Away() {
			at := standingOf(p.Call)
			away[at] = append(away[at], p)
			lines[at.source] = append(lines[at.source], at.line)
		}
	}
	linter := r.settings.linter
	linter.Accepter = nil // it has seen them
	for chunk := range r.chunks(ctx, paths, r.settings.input) {
		if len(away) == 0 {
			break
		}
		if !slices.ContainsFunc(lines[chunk.Source()], chunk.Reaches) {
			continue
		}
		chunk.Items(func(it intake.Item) bool {
			if it.Call != nil && away[standingOf(it.Call)] != nil {
				result := linter.JudgeOne(it.Call)
				for _, p := range away[standingOf(it.Call)] {
					p.Fill(&result)
				}
				delete(away, standingOf(it.Call))
			}
			return true
		})
	}
	if i := slices.IndexFunc(picks, (*sample.Pick).Away); i >= 0 {
		at := standingOf(picks[i].Call)
		return failf("抽出的通话 %[1]s 再读时不在 %[2]s 里了：运行中文件变了；请重新运行", "call %[1]s was chosen, but is no longer in %[2]s: the file changed meanwhile; run again", r.maskedID(at.id), r.maskedID(at.source))
	}
	return nil
}
