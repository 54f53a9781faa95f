package cli

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/eval"
)

// reviewRun is a run of eval on reviewed workbooks.
type reviewRun struct {
	*app
	o       *evalOptions
	reviews *eval.Reviews
	fatal   bool
}

// runReviewed reads the workbooks and prints what comes of them. Shells turn
// --reviewed *.xlsx into one value and arguments, so the arguments are books too.
func (o *evalOptions) runReviewed(a *app, c *cobra.Command, more []string) error {
	if f := misuseOfReviewed(c, more); f != nil {
		f.help = c.CommandPath()
		return f
	}
	debug.SetGCPercent(thrifty) // books are large, and unzipped even larger
	r := &reviewRun{app: a, o: o}
	r.reviews = eval.ReadReviews(r.books(slices.Concat(o.reviewed, more)))
	for i := range r.reviews.Problems {
		r.note(&r.reviews.Problems[i])
	}
	print := r.table
	if o.format == "json" {
		print = r.json
	}
	if err := print(); err != nil && !closedPipe(err) {
		return failf("结果写不出：%v", "the results cannot be written: %v", err)
	}
	if r.fatal {
		return exit(exitInput)
	}
	return nil
}

// misuseOfReviewed refuses flags and files that belong to labels.
func misuseOfReviewed(c *cobra.Command, more []string) (f *failure) {
	for _, name := range more {
		if !strings.EqualFold(filepath.Ext(name), ".xlsx") {
			return failf("--reviewed 只读 .xlsx 工作簿，%s 不是；标注文件请另外运行", "--reviewed reads .xlsx workbooks only, and %s is none; labels take a run of their own", name)
		}
	}
	c.Flags().Visit(func(flag *pflag.Flag) {
		if !slices.Contains([]string{"reviewed", "format", "list", "lang", "color", "no-progress"}, flag.Name) {
			f = failf("--%s 和 --reviewed 不能同用：工作簿里已有规则和问题", "--%s and --reviewed do not go together: the books hold the rules and the findings", flag.Name)
		}
	})
	return f
}

// books lists the files that names and globs mean, each once.
func (r *reviewRun) books(names []string) []string {
	var out []string
	for _, name := range names {
		matches := []string{name}
		if _, err := os.Stat(name); err != nil && strings.ContainsAny(name, "*?[{") {
			matches, _ = doublestar.FilepathGlob(name) // a pattern that makes no sense matches nothing
			slices.Sort(matches)
			if len(matches) == 0 {
				r.note(&call.Problem{File: name, Fatal: true, What: call.Sayf("没有匹配的文件", "no file matches")})
			}
		}
		for _, m := range matches {
			if locked(m) {
				r.note(&call.Problem{File: m, What: call.Sayf("这是 Excel 打开工作簿时的临时文件，没有读", "this is what Excel leaves beside an open workbook; it is not read")})
			} else if m = filepath.Clean(m); !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	return out
}

// locked reports whether a file is the owner file that Excel and WPS keep beside an open workbook.
func locked(name string) bool { return strings.HasPrefix(filepath.Base(name), "~$") }

// note tells of a problem.
func (r *reviewRun) note(p *call.Problem) {
	r.problem(p)
	r.fatal = r.fatal || p.Fatal
}
