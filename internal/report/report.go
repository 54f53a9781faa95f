// Package report writes what was found, one small file per format. A format
// sees results one at a time and keeps none of them: what it says at the end
// comes from a [Summary], so a report of any size takes the same memory.
//
// To add a format, write a file with a type that is a [Writer] and a function
// that returns its format, and add that function to the list in formats.
package report

import (
	"fmt"
	"io"
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Writer is one report on its way out. An error of either method is that of
// the io.Writer below; the report is then incomplete.
type Writer interface {
	// Call writes what the packs say of one call. r.Call is never nil.
	Call(r *lint.Result) error
	// Close writes what comes after the last call, so that the report is
	// complete and valid. It does not close the io.Writer.
	Close(s *Summary) error
}

// ProblemWriter is a [Writer] whose format has a place for problems of the input.
type ProblemWriter interface {
	Writer
	// Problem writes a problem, or keeps it for Close. Errors are those of Call.
	Problem(p *call.Problem) error
}

// Problem hands a problem of the input to a report that has a place for it.
func Problem(w Writer, p *call.Problem) error {
	if w, ok := w.(ProblemWriter); ok {
		return w.Problem(p)
	}
	return nil
}

// Options says how to write a report. Machine formats look at Lang, Version,
// Packs, Choice, Previous, Dir and SummaryOnly only, and formats without a summary not at SummaryOnly.
type Options struct {
	Lang        call.Lang    // of titles, messages and advice
	Color       bool         // ANSI colours
	Width       int          // columns of the terminal; less than 30 means 80
	SummaryOnly bool         // leave out the calls
	Version     string       // of zhijian
	Packs       []*rule.Pack // that judged the calls
	Choice      *Choice      // of their rules; nil where nobody tells
	Scripts     bool         // the summary speaks of scripts instead of calls
	By          string       // in a table: agent, team or day by which the calls are told apart in detail; empty: by none
	Previous    *Previous    // an earlier run to compare with; nil: none
	Sample      bool         // the calls were chosen from many: why is told where there is room
	Dir         string       // the absolute path that paths in reports for CI are relative to; empty leaves them as they are
}

// format is a named way to write a report.
type format struct {
	name  string
	shows lint.Shown
	open  func(w io.Writer, o Options) Writer
}

// formats lists every format; the first is the default.
func formats() []format {
	return []format{textFormat(), jsonFormat(), jsonlFormat(), sarifFormat(), junitFormat(), githubFormat(),
		gitlabFormat(), checkstyleFormat(), csvFormat(), htmlFormat(), xlsxFormat()}
}

// Names lists the names of the formats; the first is the default.
func Names() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// New opens a report on w in the format called name. The error says that there is no such format.
func New(name string, w io.Writer, o Options) (Writer, error) {
	f, ok := formatOf(name)
	if !ok {
		return nil, fmt.Errorf("no report format is called %q; there are %v", name, Names())
	}
	return f.open(w, o), nil
}

// Shows tells which turns a report needs in the results that it is given; one in a format that does not
// exist may need them all.
func Shows(name string) lint.Shown {
	f, _ := formatOf(name)
	return f.shows
}

func formatOf(name string) (format, bool) {
	i := slices.IndexFunc(formats(), func(f format) bool { return f.name == name })
	if i < 0 {
		return format{}, false
	}
	return formats()[i], true
}
