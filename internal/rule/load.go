package rule

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"sync"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

// Load reads the pack of a YAML file, or of a folder whose YAML files are its
// parts, that extends no other or one of the same file system. All that is
// wrong with it comes back at once as strict.Errors.
func Load(fsys fs.FS, name string) (*Pack, error) {
	lib := Library(func(name string) (fs.FS, string, error) { return fsys, name, nil })
	return lib.Load(name)
}

// compile compiles the files that were read.
func (l *loader) compile() (*Pack, error) {
	if len(l.errors) > 0 {
		return nil, l.sorted()
	}
	pack := compilePack(l)
	if len(l.errors) > 0 {
		return nil, l.sorted()
	}
	return pack, nil
}

// readAll reads the files of a pack, all at once: parsing YAML is a good part of
// the time that a short run takes.
func readAll(fsys fs.FS, files []string, known *prepared) (*loader, error) {
	parts := make([]loader, len(files))
	failed := make([]error, len(files))
	var wait sync.WaitGroup
	for i, f := range files {
		wait.Go(func() { failed[i] = parts[i].read(fsys, f, known) })
	}
	wait.Wait()
	all := &loader{}
	for i := range parts {
		all.files = append(all.files, parts[i].files...)
		all.errors = append(all.errors, parts[i].errors...)
	}
	return all, errors.Join(failed...)
}

// packFiles lists the files of a pack in the order of their names.
func packFiles(fsys fs.FS, name string) ([]string, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{name}, nil
	}
	files, err := fs.Glob(fsys, path.Join(name, "*.yaml"))
	if err == nil && len(files) == 0 {
		err = errors.New(name + ": 文件夹里没有 *.yaml 规则包 (no *.yaml pack in this folder)")
	}
	return files, err
}

// loader reads the files of one pack and collects what is wrong with them.
type loader struct {
	files    []*packFile
	errors   strict.Errors
	prepared []*prepared // of the packs being loaded
	overlay  *Overlay    // nil: the settings are those of the files
}

// packFile is one file of a pack; the places in its spec are in this file.
type packFile struct {
	*strict.File
	spec  packSpec
	whole func() *packSpec // with the examples of its rules, where spec is without; nil where it has them
	house bool             // it extends a pack, so it may override settings
}

func (l *loader) read(fsys fs.FS, name string, known *prepared) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	file := &packFile{File: strict.NewFile(name, data)}
	l.files = append(l.files, file)
	if known != nil {
		prepared := known.files[path.Base(name)]
		if file.DecodePacked(prepared.spec, &file.spec) {
			file.whole = sync.OnceValue(func() *packSpec { return file.unpack(known.drawers.read(prepared.whole)) })
			return nil
		}
	}
	file.spec = packSpec{}
	l.errors = append(l.errors, file.Decode(&file.spec, call.Say{ZH: "pack、cues 或 rules", EN: "a pack, cues or rules"})...)
	return nil
}

// unpack reads a file that was prepared, or the file itself where that is gone meanwhile.
func (f *packFile) unpack(packed []byte) *packSpec {
	var spec packSpec
	if !f.DecodePacked(packed, &spec) {
		spec = packSpec{}
		_ = f.Decode(&spec, call.Say{}) // it was without errors
	}
	return &spec
}

// report notes a fault at a place of a file.
func (l *loader) report(file *packFile, p position, f *fault) {
	l.errors = append(l.errors, file.Error(p.Line, p.Column, f.what))
}

func (l *loader) sorted() strict.Errors {
	l.errors.Sort()
	return l.errors
}

// keys lists the keys of a map in order.
func keys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
