package cli

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/zhijian-qa/zhijian/internal/report"
)

// destination is where a report goes. commit makes it stay; until then a file
// that was there before is untouched.
type destination struct {
	*bufio.Writer
	file  *os.File // nil for a stream
	final string   // name that the file gets in the end; empty if it has it
}

func toStream(w io.Writer) *destination { return &destination{Writer: bufio.NewWriterSize(w, 64<<10)} }

// toFile opens a file for writing. A regular file is written under another name
// beside it and renamed in the end; a device or a pipe is written as it is.
func toFile(name string) (*destination, error) {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		return nil, failf("%s 是文件夹，不能写报告", "%s is a folder; a report needs a file", name)
	}
	open, final := openBeside, name
	if err == nil && !info.Mode().IsRegular() {
		open, final = openDevice, ""
	}
	file, err := open(name, info)
	if folder := filepath.Dir(name); errors.Is(err, fs.ErrNotExist) && exists(folder) {
		return nil, failf("写不了 %[1]s：文件夹 %[2]s 里建不了文件；请换个地方", "cannot write %[1]s: no file can be made in the folder %[2]s; choose another", name, folder)
	} else if errors.Is(err, fs.ErrNotExist) {
		return nil, failf("写不了 %[1]s：没有文件夹 %[2]s；请先建立", "cannot write %[1]s: there is no folder %[2]s; make it first", name, folder)
	}
	if err != nil {
		return nil, failf("写不了 %[1]s：%[2]v", "cannot write %[1]s: %[2]v", name, cause(err))
	}
	return &destination{bufio.NewWriterSize(file, 64<<10), file, final}, nil
}

func openDevice(name string, _ os.FileInfo) (*os.File, error) {
	return os.OpenFile(name, os.O_WRONLY, 0)
}

// openBeside opens a new file beside the one that it is to replace, with a name
// of this process: two runs may write one report. It may be read and written by
// whom the old file could, or by whom the user lets files be.
func openBeside(name string, replaced os.FileInfo) (*os.File, error) {
	mode := os.FileMode(0o666)
	if replaced != nil {
		mode = replaced.Mode().Perm()
	}
	part := "." + filepath.Base(name) + "." + strconv.Itoa(os.Getpid()) + ".part"
	file, err := os.OpenFile(filepath.Join(filepath.Dir(name), part), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err == nil && replaced != nil {
		err = file.Chmod(mode) // the mask of the user is for new files
	}
	return file, err
}

// cause is an error without the name of the file.
func cause(err error) error {
	if path := (*os.PathError)(nil); errors.As(err, &path) {
		return path.Err
	}
	return err
}

// commit writes out what is buffered and gives the file its name.
func (d *destination) commit() error {
	err := d.Flush()
	if d.file == nil {
		return err
	}
	if err = errors.Join(err, d.file.Close()); err != nil || d.final == "" {
		return err
	}
	return os.Rename(d.file.Name(), d.final)
}

// abandon leaves everything as it was before.
func (d *destination) abandon() {
	if d.file != nil {
		_ = d.file.Close() // it is thrown away, or closed already
		if d.final != "" {
			_ = os.Remove(d.file.Name())
		}
	}
}

// output is one report with its destination.
type output struct {
	to     *destination
	report report.Writer
	closed bool // nobody reads it any more
}

// do lets the report write. A closed pipe is not an error: it ends that report only.
func (o *output) do(write func(report.Writer) error) error {
	if o.closed {
		return nil
	}
	err := write(o.report)
	if closedPipe(err) {
		o.closed = true
		return nil
	}
	return err
}

func (o *output) flush() error {
	return o.do(func(report.Writer) error { return o.to.Flush() })
}

// outputs are all reports of a run.
type outputs []*output

// errNobodyReads says that every report goes to a closed pipe.
var errNobodyReads = errors.New("nobody reads the reports any more")

func (all outputs) each(do func(*output) error) error {
	open := len(all) == 0 // no report was asked for
	for _, o := range all {
		if err := do(o); err != nil {
			return err
		}
		open = open || !o.closed
	}
	if !open {
		return errNobodyReads
	}
	return nil
}

// finish closes the reports and keeps their files.
func (all outputs) finish(s *report.Summary) error {
	return all.each(func(o *output) error {
		if err := o.do(func(w report.Writer) error { return w.Close(s) }); err != nil {
			return err
		}
		return o.do(func(report.Writer) error { return o.to.commit() })
	})
}

func (all outputs) abandon() {
	for _, o := range all {
		if o.report != nil {
			report.Discard(o.report)
		}
		o.to.abandon()
	}
}
