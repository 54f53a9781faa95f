package intake

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// found is one file, one problem, or the start or end of a folder.
type found struct {
	path    string
	kind    kind
	walked  bool // it lay in a folder: the user did not name it
	problem *call.Problem
}

type kind int

const (
	aFile kind = iota
	folderStart
	folderEnd
)

// extensions are those of files that are looked at inside folders. The last
// ones are looked at to say that they are not read.
func extensions() []string {
	return []string{".json", ".jsonl", ".ndjson", ".txt", ".tsv", ".csv", ".xlsx", ".xls", ".zip"}
}

// readable lists the extensions that are read, for messages.
func readable() string { return strings.Join(extensions()[:5], " ") }

// find yields the files that paths name, in order; a path given twice is found twice.
func find(paths []string) iter.Seq[found] {
	return func(yield func(found) bool) {
		for _, path := range paths {
			if !findPath(path, yield) {
				return
			}
		}
	}
}

func findPath(path string, yield func(found) bool) bool {
	if path == "-" {
		return yield(found{path: path})
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return findFolder(path, yield)
	case err == nil:
		return yield(found{path: path})
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(path, "*?[{"):
		return findGlob(path, yield)
	}
	return yield(failed(path, "无法读取：%v；请检查路径", "cannot be read: %v; check the path", reason(err)))
}

func findFolder(path string, yield func(found) bool) bool {
	w := walker{yield: yield, seen: map[string]bool{}}
	return yield(found{path: path, kind: folderStart}) && w.walk(path) && yield(found{path: path, kind: folderEnd})
}

func findGlob(pattern string, yield func(found) bool) bool {
	opts := []doublestar.GlobOption{doublestar.WithNoHidden()}
	if strings.Contains(pattern, "**") { // matches everything below: a folder would be read twice, a link may lead back
		opts = append(opts, doublestar.WithFilesOnly(), doublestar.WithNoFollow())
	}
	paths, err := doublestar.FilepathGlob(pattern, opts...)
	if err != nil {
		return yield(failed(pattern, "通配符写法有误：%v", "the pattern is malformed: %v", err))
	}
	if len(paths) == 0 {
		return yield(failed(pattern, "没有匹配的文件；请检查路径", "no file matches; check the path"))
	}
	slices.Sort(paths)
	for _, path := range paths {
		if !findPath(path, yield) {
			return false
		}
	}
	return true
}

// walker walks folders in the order of their names.
type walker struct {
	yield func(found) bool
	seen  map[string]bool // real paths of folders: a link may lead back
}

func (w *walker) walk(folder string) bool {
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		if w.seen[real] {
			return true
		}
		w.seen[real] = true
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return w.yield(failed(folder, "无法读取文件夹：%v", "cannot read the folder: %v", reason(err)))
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !w.entry(filepath.Join(folder, e.Name())) {
			return false
		}
	}
	return true
}

func (w *walker) entry(path string) bool {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return w.walk(path)
	case !slices.Contains(extensions(), strings.ToLower(filepath.Ext(path))):
		return true
	case err != nil:
		return w.yield(failed(path, "无法读取：%v", "cannot be read: %v", reason(err)))
	case !info.Mode().IsRegular():
		return true
	}
	return w.yield(found{path: path, walked: true})
}

// Total is the number of bytes of all files that Open would read from paths, for a
// progress bar, or -1 if that is unknown: standard input, a pipe.
func Total(paths []string) int64 {
	var total int64
	for f := range find(paths) {
		if f.problem != nil || f.kind != aFile {
			continue
		}
		info, err := os.Stat(f.path)
		if f.path == "-" || err == nil && !info.Mode().IsRegular() {
			return -1
		}
		if err == nil {
			total += info.Size()
		}
	}
	return total
}

func failed(path, zh, en string, args ...any) found {
	return found{problem: &call.Problem{File: path, What: call.Sayf(zh, en, args...), Fatal: true}}
}

// reason is the error without the path, which the problem names already.
func reason(err error) error {
	if pe := (*fs.PathError)(nil); errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
