package book

import (
	"errors"
	"fmt"
	"os"

	"github.com/xuri/excelize/v2"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// File is a workbook that is read. Whoever opens one must close it.
type File struct {
	file   *excelize.File
	Sheets []string // names, in the order of the tabs
}

// Fault is why a workbook cannot be read.
type Fault struct{ What call.Say }

// Error is the fault in English.
func (f *Fault) Error() string { return f.What.EN }

// mostUnzipped is how many bytes a workbook may have unzipped: far more than
// anyone reviews, and little enough for a disk.
const mostUnzipped = 8 << 30

// Open opens a workbook. Its error is a *Fault.
func Open(name string) (f *File, err error) {
	if info, err := os.Stat(name); err != nil {
		return nil, fault(err)
	} else if info.IsDir() {
		return nil, &Fault{call.Sayf("这是文件夹；请写工作簿，例如 文件夹/*.xlsx", "this is a folder; name workbooks, e.g. FOLDER/*.xlsx")}
	}
	defer recovered(&err)
	file, err := excelize.OpenFile(name, excelize.Options{UnzipSizeLimit: mostUnzipped})
	if err != nil {
		return nil, fault(err)
	}
	return &File{file, file.GetSheetList()}, nil
}

// recovered makes an error of a panic: the library panics on some workbooks that
// no program writes, and one broken book must not lose the others.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fault(fmt.Errorf("%v", p))
	}
}

func fault(err error) *Fault {
	var path *os.PathError
	if errors.As(err, &path) {
		return &Fault{call.Sayf("读不了：%v", "it cannot be read: %v", path.Err)}
	}
	return &Fault{call.Sayf("不是能读的 .xlsx 工作簿（%v）；若加了密码或是 .xls、.ods、.csv，请另存为没有密码的 .xlsx",
		"it is no .xlsx workbook that can be read (%v); one with a password, or an .xls, .ods or .csv, must be saved as .xlsx without a password", err)}
}

// Close removes temporary files.
func (f *File) Close() error { return f.file.Close() }

// Each gives the rows of a sheet to do until it says no, hidden ones too: a
// filter hides rows. Rows count from 1, as Excel shows them. Its error is a *Fault.
func (f *File) Each(sheet string, do func(row int, cells []string) bool) (err error) {
	defer recovered(&err)
	rows, err := f.file.Rows(sheet)
	if err != nil {
		return fault(err)
	}
	defer func() { _ = rows.Close() }() // of a temporary file that was only read
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return fault(err)
		}
		if !do(n, cells) {
			return nil
		}
	}
	if err := rows.Error(); err != nil {
		return fault(err)
	}
	return nil
}
