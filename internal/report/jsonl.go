package report

import (
	"io"

	"github.com/zhijian-qa/zhijian/internal/lint"
)

// jsonlFormat is one object per call and line, in input order; of a summary
// only, one object with the summary.
func jsonlFormat() format {
	return format{"jsonl", lint.FoundTurns, func(w io.Writer, o Options) Writer { return &jsonlReport{w: w, o: o} }}
}

type jsonlReport struct {
	w    io.Writer
	o    Options
	line []byte // the last one; the next takes its place
}

// Call writes one call on a line.
func (j *jsonlReport) Call(r *lint.Result) error {
	if j.o.SummaryOnly {
		return nil
	}
	j.line = append(appendCall(j.line[:0], r, j.o.Lang), '\n')
	_, err := j.w.Write(j.line)
	return err
}

// Close writes the summary where nothing else is wanted.
func (j *jsonlReport) Close(s *Summary) error {
	if !j.o.SummaryOnly {
		return nil
	}
	line, err := EncodeLine(map[string]summaryObject{"summary": newSummaryObject(s, j.o)})
	if err != nil {
		return err
	}
	_, err = j.w.Write(line)
	return err
}
