package cli

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/lint"
)

// patch shows what would change in libraries: a unified diff of those that are
// text, and of others the wordings before and after at their cells.
type patch struct {
	to    io.Writer
	color bool
}

// add writes what would change in one library.
func (p *patch) add(b *library, fixed *lint.Fixed) error {
	before, _, plain := intake.Decode(b.data)
	after, _, _ := intake.Decode(fixed.Data)
	diff := byCell(b.Source, fixed.Made)
	if plain && b.Carrier != "xlsx" {
		diff = unified(b.Source, before, after)
	}
	_, err := io.WriteString(p.to, p.paint(diff))
	return err
}

// unified is a unified diff of a text. The package counts the lines between near
// changes on one side only, so where the hunks stand on the other is counted here.
func unified(source, before, after string) string {
	diff, err := udiff.ToUnifiedDiff(side("a/", source), side("b/", source), before, udiff.Lines(before, after), udiff.DefaultContextLines)
	if err != nil {
		return "" // edits of the package itself fit
	}
	longer := 0 // lines that the hunks so far have added
	for _, h := range diff.Hunks {
		h.ToLine = h.FromLine + longer
		for _, line := range h.Lines {
			switch line.Kind {
			case udiff.Insert:
				longer++
			case udiff.Delete:
				longer--
			}
		}
	}
	return diff.String()
}

// side names a side of a diff as patch and git apply want it.
func side(prefix, source string) string {
	if filepath.IsAbs(source) {
		return source
	}
	return prefix + filepath.ToSlash(source)
}

// byCell is the like of a unified diff for a file that has no lines.
func byCell(source string, made []lint.Change) string {
	var out strings.Builder
	fmt.Fprintf(&out, "--- %s\n+++ %s\n", side("a/", source), side("b/", source))
	for _, c := range made {
		fmt.Fprintf(&out, "@@ %s @@ %s\n-%s\n+%s\n", c.At.In("zh"), c.Script, c.Before, c.After)
	}
	return out.String()
}

// paint colours the lines that go and come.
func (p *patch) paint(diff string) string {
	if !p.color {
		return diff
	}
	lines := strings.SplitAfter(diff, "\n")
	for i, line := range lines {
		text, end := strings.TrimRight(line, "\r\n"), ""
		end = line[len(text):]
		switch {
		case strings.HasPrefix(line, "+++"), strings.HasPrefix(line, "---"):
			lines[i] = "\x1b[1m" + text + "\x1b[0m" + end
		case strings.HasPrefix(line, "@@"):
			lines[i] = "\x1b[36m" + text + "\x1b[0m" + end
		case strings.HasPrefix(line, "+"):
			lines[i] = "\x1b[32m" + text + "\x1b[0m" + end
		case strings.HasPrefix(line, "-"):
			lines[i] = "\x1b[31m" + text + "\x1b[0m" + end
		}
	}
	return strings.Join(lines, "")
}
