package report

import (
	"encoding/xml"
	"io"

	"github.com/zhijian-qa/zhijian/internal/lint"
)

// checkstyleFormat is the XML of Checkstyle, which most review tools read.
func checkstyleFormat() format {
	return format{"checkstyle", lint.FoundTurns, func(w io.Writer, o Options) Writer {
		return &checkstyleReport{tongue: tongue(o.Lang), w: w, o: o}
	}}
}

type checkstyleReport struct {
	tongue
	w     io.Writer
	o     Options
	begun bool
	file  string // whose element is open; empty for none
}

// checkstyleError is a finding.
type checkstyleError struct {
	XMLName  xml.Name `xml:"error"`
	Line     int      `xml:"line,attr"`             // 1-based
	Column   int      `xml:"column,attr,omitempty"` // 1-based code points
	Severity string   `xml:"severity,attr"`
	Message  string   `xml:"message,attr"`
	Source   string   `xml:"source,attr"`
}

// Call writes an error for every finding. Calls of one file that follow each
// other share its element, which a file without findings has too: it was checked.
func (x *checkstyleReport) Call(r *lint.Result) error {
	if err := x.open(filePath(r.Call.Source, x.o.Dir)); err != nil {
		return err
	}
	for i := range r.Verdict.Findings {
		f := &r.Verdict.Findings[i]
		at := placeOf(r.Call, f.At)
		if err := writeXML(x.w, "    ", checkstyleError{Line: lineOf(at), Column: at.Column, Severity: f.Rule.Severity.String(),
			Message: x.told(r.Call, f), Source: f.Rule.ID}); err != nil {
			return err
		}
	}
	return nil
}

// open starts the element of a file, unless it is open.
func (x *checkstyleReport) open(file string) error {
	if err := x.head(); err != nil || file == x.file {
		return err
	}
	if err := x.close(); err != nil {
		return err
	}
	x.file = file
	return writeAll(x.w, `  <file name="`, xmlText(file), "\">\n")
}

func (x *checkstyleReport) close() error {
	if x.file == "" {
		return nil
	}
	return writeAll(x.w, "  </file>\n")
}

// head writes what comes first. Readers look at the version to know the
// dialect; it is that of Checkstyle, not ours.
func (x *checkstyleReport) head() error {
	if x.begun {
		return nil
	}
	x.begun = true
	return writeAll(x.w, xml.Header, "<checkstyle version=\"8.0\">\n")
}

// Close ends the document.
func (x *checkstyleReport) Close(*Summary) error {
	if err := x.head(); err != nil {
		return err
	}
	if err := x.close(); err != nil {
		return err
	}
	return writeAll(x.w, "</checkstyle>\n")
}
