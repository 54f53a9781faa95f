package intake

import (
	"errors"
	"io"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/archive"
	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/sheet"
)

// workbook is an Excel workbook, which is read as the text with tabs that Excel saves a
// sheet as. A line break in a cell is a vertical tab there, so that lines are rows.
type workbook struct {
	book   *sheet.Book
	sheets []string // those that are read
}

// openWorkbook opens a workbook. Its error is an archive.Fault.
func openWorkbook(z *archive.ZipFile) (workbook, error) {
	b, err := sheet.Open(z.Open)
	return workbook{book: b}, faultOf(err)
}

// faultOf is an error of a workbook as one of reading what is packed.
func faultOf(err error) error {
	if err == nil || errors.Is(err, io.EOF) || errors.As(err, new(archive.Fault)) {
		return err
	}
	return archive.Fault{Say: call.Sayf("不是能读的 .xlsx 工作簿（%v）；请用 Excel 或 WPS 打开后另存为 .xlsx", "it is no .xlsx workbook that can be read (%v); open it in Excel or WPS and save it as .xlsx", err)}
}

// choose are the sheets whose first rows have the header that is wanted, else the first with
// anything in it.
func (w workbook) choose(wanted func(headers) bool) (sheets []string, err error) {
	filled := ""
	for _, name := range w.book.Sheets {
		text, err := w.start(name)
		if err != nil {
			return nil, err
		}
		if findLayout(text, wanted) != nil {
			sheets = append(sheets, name)
		} else if filled == "" && len(strings.TrimSpace(string(text))) > 0 {
			filled = name
		}
	}
	switch {
	case len(sheets) > 0:
		return sheets, nil
	case filled != "":
		return []string{filled}, nil
	}
	return nil, archive.Fault{Say: call.Sayf("工作簿是空的；请检查导出", "the workbook is empty; check the export")}
}

// start is the text of the first rows of a sheet.
func (w workbook) start(name string) ([]byte, error) {
	r, err := w.open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close() //nolint:errcheck // only read
	text := make([]byte, headSize/4)
	n, err := io.ReadFull(r, text)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return text[:n], err
}

// open starts to read a sheet.
func (w workbook) open(name string) (*sheetText, error) {
	rows, err := w.book.Rows(name)
	if err != nil {
		return nil, faultOf(err)
	}
	return &sheetText{rows: rows}, nil
}

// sheetText is the text of a sheet.
type sheetText struct {
	rows *sheet.Rows
	left []byte // written, and not read yet
	buf  []byte
}

// Read reads the text.
func (s *sheetText) Read(p []byte) (int, error) {
	for len(s.left) == 0 {
		cells, err := s.rows.Next()
		if err != nil {
			return 0, faultOf(err)
		}
		s.buf = appendRow(s.buf[:0], cells)
		s.left = s.buf
	}
	n := copy(p, s.left)
	s.left = s.left[n:]
	return n, nil
}

// Close ends the reading.
func (s *sheetText) Close() error { return s.rows.Close() }

// appendRow writes a row as text, in quotes where a cell needs them.
func appendRow(b []byte, cells []string) []byte {
	for i, c := range cells {
		if i > 0 {
			b = append(b, '\t')
		}
		if strings.ContainsAny(c, "\r\n") {
			c = strings.NewReplacer("\r\n", "\v", "\n", "\v", "\r", "\v").Replace(c)
		}
		if strings.ContainsAny(c, "\t\"") {
			c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
		b = append(b, c...)
	}
	return append(b, '\n')
}

// workbook reads the sheets of a workbook that hold transcripts.
func (o *opener) workbook(in *input, d office, z *archive.ZipFile) bool {
	w, err := d.sheets(z)
	if err == nil {
		w.sheets, err = w.choose(o.header)
	}
	if err != nil {
		return o.fail(in, sayOf(err))
	}
	for _, name := range w.sheets {
		if !o.sheet(in, w, name) {
			return false
		}
	}
	return true
}

// sheet reads one sheet; where there are several its name tells them apart.
func (o *opener) sheet(in *input, w workbook, name string) bool {
	inner := *in
	if len(w.sheets) > 1 {
		inner.path += "/" + name
	}
	r, err := w.open(name)
	if err != nil {
		return o.fail(&inner, sayOf(err))
	}
	defer r.Close() //nolint:errcheck // only read
	inner.r, inner.file, inner.member, inner.utf8 = r, nil, "", true
	n, err := io.ReadFull(inner.r, o.head)
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		inner.r = nil
	case err != nil:
		inner.r = brokenOff{err}
	}
	return o.text(&inner, o.head[:n])
}
