package report

import (
	"io"

	"github.com/zhijian-qa/zhijian/internal/lint"
)

// jsonlFormat is one object per call and line, in input order; of a summary
// only, one object with the summary.
func jsonlFormat() format {
	return format{"jsonl", lint.FoundTurns, func(w io.Writer, o Options) Writer { return &jsonlReport{w, o} }}
}

type jsonlReport struct {
	w io.Writer
	o Options
}

// Call writes one call on a line.
func (j *jsonlReport) Call(r *lint.Result) error {
	if j.o.SummaryOnly {
		return nil
	}
	return j.write(newCallObject(r, j.o.Lang))
}

// Close writes the summary where nothing else is wanted.
func (j *jsonlReport) Close(s *Summary) error {
	if !j.o.SummaryOnly {
		return nil
	}
	return j.write(map[string]summaryObject{"summary": newSummaryObject(s, j.o)})
}

func (j *jsonlReport) write(v any) error {
	line, err := EncodeLine(v)
	if err != nil {
		return err
	}
	_, err = j.w.Write(line)
	return err
}
