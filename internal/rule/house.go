package rule

import (
	"errors"
	"io/fs"
	"slices"
)

// A house pack extends another: its files are compiled together with those of
// the pack it extends, of which it may override settings, lengthen word lists
// and cues, change rules and switch them off.

// addSpec lengthens what the extended pack has.
type addSpec struct {
	Words map[string]items `yaml:"words"`
	Cues  map[string]items `yaml:"cues"` // phrases, or <cues>
}

// changeSpec changes a rule of the extended pack. What is left out stays.
type changeSpec struct {
	at       position
	Off      bool     `yaml:"off"`
	Severity item     `yaml:"severity"`
	Advice   say      `yaml:"advice"`
	Fix      *fixSpec `yaml:"fix"`

	Cost     costSpec `yaml:",inline"`
	Waivable *bool    `yaml:"waivable"`
}

// Library finds packs by name: the file system that holds a pack and its file
// or folder there.
type Library func(name string) (fsys fs.FS, path string, err error)

// Load reads a pack of the library, with the packs that it extends. All that is
// wrong with it comes back at once as strict.Errors.
func (lib Library) Load(name string) (*Pack, error) { return lib.LoadWith(name, nil) }

// LoadWith is Load with settings of the pack overridden; nil overrides none.
func (lib Library) LoadWith(name string, overlay *Overlay) (*Pack, error) {
	all := &loader{overlay: overlay}
	if err := lib.read(name, all, nil); err != nil {
		return nil, err
	}
	return all.compile()
}

// read reads a pack behind the packs that it extends. open are the names being
// read, to find circles.
func (lib Library) read(name string, all *loader, open []string) error {
	fsys, path, err := lib(name)
	if err != nil {
		return err
	}
	files, err := packFiles(fsys, path)
	if err != nil {
		return err
	}
	known := readPrepared(fsys, path)
	if known != nil {
		all.prepared = append(all.prepared, known)
	}
	part, err := readAll(fsys, files, known)
	if err != nil {
		return err
	}
	for _, f := range part.files {
		if err := lib.extend(f, all, append(open, name)); err != nil {
			return err
		}
	}
	all.files = append(all.files, part.files...)
	all.errors = append(all.errors, part.errors...)
	return nil
}

// extend reads the pack that a file extends, if it names one.
func (lib Library) extend(f *packFile, all *loader, open []string) error {
	base := f.spec.Extends
	if base.Text == "" {
		return nil
	}
	f.house = true
	if slices.Contains(open, base.Text) {
		all.report(f, base.At, faultf("规则包 %q 绕一圈扩展了它自己", "pack %q extends itself in a circle", base.Text))
		return nil
	}
	err := lib.read(base.Text, all, open)
	if errors.Is(err, fs.ErrNotExist) {
		all.report(f, base.At, faultf("没有规则包 %q，无法扩展", "there is no pack %q to extend", base.Text))
		return nil
	}
	return err
}

// add lengthens word lists and cues before anything is compiled.
func (c *compiler) add(s *packSpec) {
	for _, name := range keys(s.Add.Words) {
		if c.words[name] == nil {
			c.fault(s.Add.Words[name].First(), unknownName("词表", "word list", name, keys(c.words)))
		}
		c.words[name] = append(c.words[name], s.Add.Words[name].Texts()...)
	}
	for _, name := range keys(s.Add.Cues) {
		if c.cues[name] == nil {
			c.fault(s.Add.Cues[name].First(), unknownName("线索", "cue", name, keys(c.cues)))
			continue
		}
		c.cues[name].spec.Any = append(c.cues[name].spec.Any, s.Add.Cues[name]...)
	}
}

// change applies what a house pack says of rules, once all are compiled.
func (c *compiler) change(s *packSpec) {
	for _, id := range keys(s.Change) {
		spec := s.Change[id]
		at := slices.IndexFunc(c.pack.Rules, func(r *Rule) bool { return r.ID == id })
		switch {
		case at < 0:
			c.fault(spec.at, unknownName("规则", "rule", id, Names(c.pack.Rules)))
		case spec.Off:
			c.pack.Rules = slices.Delete(c.pack.Rules, at, at+1)
		default:
			c.changeRule(c.pack.Rules[at], spec)
		}
	}
}

func (c *compiler) changeRule(r *Rule, s changeSpec) {
	if s.Severity.Text != "" {
		r.Severity = c.severity(s.Severity)
	}
	if s.Advice.ZH != "" {
		r.Advice = s.Advice.Say
	}
	if s.Fix != nil {
		r.Fix = c.fix(s.Fix)
	}
	c.cost(&r.cost, &s.Cost)
	r.bind(s.Waivable)
}
