package intake

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/zhijian-qa/zhijian/internal/archive"
	"github.com/zhijian-qa/zhijian/internal/call"
)

// found is one file, one problem, or the start or end of a folder.
type found struct {
	path    string
	member  string // of the archive that the path leads to, which alone is asked for; "" for all
	kind    kind
	walked  bool // it lay in a folder: the user did not name it
	regular bool // it is a file that need not be waited for, as pipes are
	ready   bool // the file that follows is one too, or none follows
	problem *call.Problem
}

type kind int

const (
	aFile kind = iota
	folderStart
	folderEnd
)

// extensions are those of files that are looked at inside folders. The last
// one is looked at to say that it is not read.
func extensions() []string {
	return slices.Concat(Extensions(), []string{".xls"})
}

// Extensions are those of files that are read, with the dot: transcripts, and what they
// are packed in.
func Extensions() []string {
	return append([]string{".json", ".jsonl", ".ndjson", ".txt", ".csv", ".tsv", ".xlsx", ".srt", ".vtt", ".lrc", ".docx"}, archive.Extensions()...)
}

// readable lists the extensions that are read, for messages.
func readable() string { return strings.Join(Extensions(), " ") }

// ahead tells each file of what follows it. It looks no further than where the next file is.
func ahead(files iter.Seq[found]) iter.Seq[found] {
	return func(yield func(found) bool) {
		var held []found // a file, and what stands between it and the next
		release := func(ready bool) bool {
			for _, f := range held {
				if f.ready = ready; !yield(f) {
					return false
				}
			}
			held = held[:0]
			return true
		}
		for f := range files {
			if f.kind == aFile && f.problem == nil && !release(f.regular) {
				return
			}
			held = append(held, f)
		}
		release(true)
	}
}

// find yields the files that paths name, in order; a path given twice is found twice.
// Inside folders only files with one of the extensions are.
func find(paths, extensions []string) iter.Seq[found] {
	return func(yield func(found) bool) {
		f := finder{extensions, yield}
		for _, path := range paths {
			if !f.path(path) {
				return
			}
		}
	}
}

// finder looks where one path leads.
type finder struct {
	extensions []string
	yield      func(found) bool
}

func (f *finder) path(path string) bool {
	if path == "-" {
		return f.yield(found{path: path})
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return f.folder(path)
	case err == nil:
		return f.yield(found{path: path, regular: info.Mode().IsRegular()})
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(path, "*?[{"):
		return f.glob(path)
	}
	if file, member, ok := Inside(path); ok {
		return f.yield(found{path: file, member: member})
	}
	why := whyUnread(err)
	return f.yield(failed(path, "无法读取：%[1]s", "cannot be read: %[2]s", why.ZH, why.EN))
}

func (f *finder) folder(path string) bool {
	w := walker{finder: f, seen: map[string]bool{}, skipped: skips{}}
	return f.yield(found{path: path, kind: folderStart}) && w.walk(path) && w.tellSkipped(path) && f.yield(found{path: path, kind: folderEnd})
}

func (f *finder) glob(pattern string) bool {
	opts := []doublestar.GlobOption{doublestar.WithNoHidden()}
	if strings.Contains(pattern, "**") { // matches everything below: a folder would be read twice, a link may lead back
		opts = append(opts, doublestar.WithFilesOnly(), doublestar.WithNoFollow())
	}
	paths, err := doublestar.FilepathGlob(pattern, opts...)
	if err != nil {
		return f.yield(failed(pattern, "通配符写法有误：%v", "the pattern is malformed: %v", err))
	}
	if len(paths) == 0 {
		return f.yield(failed(pattern, "没有匹配的文件；请检查路径", "no file matches; check the path"))
	}
	slices.Sort(paths)
	for _, path := range paths {
		if !f.path(path) {
			return false
		}
	}
	return true
}

// walker walks folders in the order of their names.
type walker struct {
	*finder
	seen    map[string]bool // real paths of folders: a link may lead back
	skipped skips           // files that are not looked at
}

// tellSkipped says once for a folder which files were not looked at.
func (w *walker) tellSkipped(folder string) bool {
	note := w.skipped.note(folder, w.extensions)
	return note == nil || w.yield(found{problem: note})
}

// skips are numbers of files by their extensions.
type skips map[string]int

func (s skips) add(name string) { s[extension(name)]++ }

// note says which files of a folder or an archive were not looked at, nil if all were.
func (s skips) note(folder string, extensions []string) *call.Problem {
	total, kinds := 0, []string{}
	for _, ext := range slices.Sorted(maps.Keys(s)) {
		total += s[ext]
		kinds = append(kinds, fmt.Sprintf("%s %d", cmp.Or(ext, "-"), s[ext]))
	}
	if total == 0 {
		return nil
	}
	note := failed(folder, "跳过 %[1]d 个别的文件（%[2]s）；文件夹里只看 %[3]s，要检查别的请直接写文件名", "other files skipped: %[1]d (%[2]s); of a folder only %[3]s are looked at, name others themselves",
		total, strings.Join(kinds, ", "), strings.Join(extensions, " ")).problem
	note.Fatal = false
	return note
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
		why := whyUnread(err)
		return w.yield(failed(folder, "无法读取文件夹：%[1]s", "cannot read the folder: %[2]s", why.ZH, why.EN))
	}
	below := strings.TrimSuffix(filepath.Join(folder, "-"), "-")
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !w.entry(e, below+e.Name()) {
			return false
		}
	}
	return true
}

func (w *walker) entry(e fs.DirEntry, path string) bool {
	wanted := slices.Contains(w.extensions, extension(path))
	if wanted && e.Type().IsRegular() { // nearly all: the folder tells what they are
		return w.yield(found{path: path, walked: true, regular: true})
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return w.walk(path)
	case !wanted:
		w.skipped.add(path)
		return true
	case err != nil:
		why := whyUnread(err)
		return w.yield(failed(path, "无法读取：%[1]s", "cannot be read: %[2]s", why.ZH, why.EN))
	case !info.Mode().IsRegular():
		return true
	}
	return w.yield(found{path: path, walked: true, regular: true})
}

// File is a file that a path leads to.
type File struct {
	Path    string        // as the user named it, or its folder; "-" is standard input
	Walked  bool          // it lay in a folder: the user did not name it
	Problem *call.Problem // instead of a file: what is wrong with the path
}

// Files yields the files that paths name, in order: files, globs, and those in
// folders that have one of the extensions, in lower case with the dot.
func Files(paths, extensions []string) iter.Seq[File] {
	return func(yield func(File) bool) {
		before := 0 // files found when the folder began
		n := 0
		for f := range find(paths, extensions) {
			switch {
			case f.kind == folderStart:
				before = n
				continue
			case f.kind == folderEnd && n > before:
				continue
			case f.problem != nil && !f.problem.Fatal:
				n-- // a note is no file
			case f.member != "":
				f = failed(f.path+"/"+f.member, "不读压缩包里的文件；请先解压", "files in an archive are not read; unpack it first")
			case f.kind == folderEnd:
				f = failed(f.path, "文件夹里没有可读的文件；可读 %s", "the folder has no file to read; %s are read", strings.Join(extensions, " "))
			}
			n++
			if !yield(File{f.path, f.walked, f.problem}) {
				return
			}
		}
	}
}

// Total is the number of bytes of all files that Open would read from paths, for a
// progress bar, or -1 if that is unknown: standard input, a pipe.
func Total(paths []string) int64 {
	var total int64
	for f := range find(paths, extensions()) {
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

// Inside takes the path of a member of an archive apart: calls.zip/june/1.txt. ok is
// false where there is no file to look in.
func Inside(path string) (file, member string, ok bool) {
	for file = filepath.Dir(path); file != filepath.Dir(file); file = filepath.Dir(file) {
		if info, err := os.Stat(file); err == nil {
			member := strings.TrimPrefix(filepath.Clean(path)[len(file):], string(filepath.Separator))
			return file, filepath.ToSlash(member), info.Mode().IsRegular()
		}
	}
	return "", "", false
}

func failed(path, zh, en string, args ...any) found {
	return found{problem: &call.Problem{File: path, What: call.Sayf(zh, en, args...), Fatal: true}}
}

// whyUnread says why something cannot be read, and what to do: the usual reasons in words of its own.
func whyUnread(err error) call.Say {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return call.Sayf("没有这个文件或文件夹；请检查路径", "no such file or folder; check the path")
	case errors.Is(err, fs.ErrPermission):
		return call.Sayf("没有读取的权限；请改权限，或换有权限的用户", "permission denied; change its mode, or run as a user who may read it")
	}
	return call.Sayf("%v；请检查路径", "%v; check the path", reason(err))
}

// reason is the error without the path, which the problem names already.
func reason(err error) error {
	if pe := (*fs.PathError)(nil); errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
