// Package config finds and reads .zhijian.yaml, the file that says how a folder
// is checked. It knows which keys and values there are; whether rules, settings
// and packs exist is for its caller to find out, who loads them.
package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v3"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

// Name is the name of the file.
const Name = ".zhijian.yaml"

// Spec is the file as written. What is left out is empty.
type Spec struct {
	Packs        strict.Items               `yaml:"packs"`
	Settings     strict.Pairs[strict.Items] `yaml:"settings"`
	Select       strict.Items               `yaml:"select"`
	Ignore       strict.Items               `yaml:"ignore"`
	Severities   Severities                 `yaml:"severities"`
	FailOn       strict.Item                `yaml:"fail-on"`
	MinSeverity  strict.Item                `yaml:"min-severity"`
	Format       strict.Item                `yaml:"format"`
	Outputs      strict.Pairs[strict.Items] `yaml:"outputs"` // files by format
	Waivers      strict.Items               `yaml:"waivers"`
	Baseline     strict.Item                `yaml:"baseline"`
	Mask         strict.Item                `yaml:"mask"`
	InFormat     strict.Item                `yaml:"in-format"`
	Encoding     strict.Item                `yaml:"encoding"`
	AgentChannel strict.Item                `yaml:"agent-channel"`
	Window       strict.Item                `yaml:"window"`
	Lang         strict.Item                `yaml:"lang"`
	Jobs         Number                     `yaml:"jobs"`
	Overrides    []Override                 `yaml:"overrides"`
}

// Severities are severities by the pattern of the rules, or "off"; later ones win.
type Severities = strict.Pairs[strict.Item]

// Override changes which rules judge the files that its globs match.
type Override struct {
	At         strict.Position `yaml:"-"`
	Paths      strict.Items    `yaml:"paths"` // seen from the folder of the file
	Select     strict.Items    `yaml:"select"`
	Ignore     strict.Items    `yaml:"ignore"`
	Severities Severities      `yaml:"severities"`
}

// UnmarshalYAML reads an override and its place.
func (o *Override) UnmarshalYAML(n *yaml.Node) error {
	o.At = strict.At(n)
	type plain Override
	return n.Decode((*plain)(o))
}

// Config is a configuration that was read. The zero value is one that says nothing.
type Config struct {
	Spec
	File   *strict.File // nil: there is none
	Folder string       // where its paths start, as a way from the working folder
}

// Find returns the configuration for a folder: the nearest file called Name in
// it or above it, up to the folder of a repository or the root; "" if there is none.
func Find(folder string) string {
	for {
		file := filepath.Join(folder, Name)
		if info, err := os.Stat(file); err == nil && !info.IsDir() {
			return file
		}
		_, err := os.Lstat(filepath.Join(folder, ".git"))
		above := filepath.Dir(folder)
		if err == nil || above == folder {
			return ""
		}
		folder = above
	}
}

// Common is the deepest folder that holds all paths. A glob is in the folder
// before its first special character; "-" is in the working folder, and so is
// what no path names. The error is that there is no working folder.
func Common(paths []string) (string, error) {
	if len(paths) == 0 {
		paths = []string{"-"}
	}
	common := ""
	for i, p := range paths {
		folder, err := filepath.Abs(folderOf(p))
		if err != nil {
			return "", err
		}
		if i == 0 {
			common = folder
		}
		for !within(folder, common) {
			common = filepath.Dir(common)
		}
	}
	return common, nil
}

// folderOf is the folder of a path, which need not exist.
func folderOf(path string) string {
	if path == "-" {
		return "."
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return path
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(path, "*?[{"):
		folder, _ := doublestar.SplitPattern(filepath.ToSlash(path))
		return filepath.FromSlash(folder)
	}
	if file, _, ok := intake.Inside(path); err != nil && ok {
		path = file
	}
	return filepath.Dir(path)
}

// within reports whether a folder is another or lies below it.
func within(folder, above string) bool {
	rel, err := filepath.Rel(above, folder)
	return err != nil || rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// Load reads a configuration. What is wrong with it comes back at once as
// [strict.Errors]; the other errors are those of reading the file.
func Load(name string) (*Config, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return Read(name, data)
}

// Read is Load of data that was read already.
func Read(name string, data []byte) (*Config, error) {
	c := &Config{File: strict.NewFile(name, data), Folder: filepath.Dir(name)}
	errs := c.File.Decode(&c.Spec, call.Say{})
	errs = append(errs, c.check()...)
	if len(errs) > 0 {
		errs.Sort()
		return nil, errs
	}
	return c, nil
}

// Path is a path of the configuration, seen from the working folder.
func (c *Config) Path(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(c.Folder, filepath.FromSlash(path))
}

// OverridesFor lists the overrides for a file, as indices in their order.
func (c *Config) OverridesFor(path string) []int {
	var out []int
	rel := c.relative(path)
	for i, o := range c.Overrides {
		if slices.ContainsFunc(o.Paths, func(glob strict.Item) bool { return matches(glob.Text, rel) }) {
			out = append(out, i)
		}
	}
	return out
}

// matches reports whether a glob matches a path. What lies above the folder of the
// configuration is matched only by a glob that says so: ** goes down, never up. The name
// of a folder stands for all that is in it.
func matches(glob, path string) bool {
	for strings.HasPrefix(path, "../") {
		above, ok := strings.CutPrefix(glob, "../")
		if !ok {
			return false
		}
		glob, path = above, strings.TrimPrefix(path, "../")
	}
	return doublestar.MatchUnvalidated(glob, path) || doublestar.MatchUnvalidated(strings.TrimSuffix(glob, "/")+"/**", path)
}

// relative is a file of the user as the globs of the configuration see it.
func (c *Config) relative(path string) string {
	file, err1 := filepath.Abs(path)
	folder, err2 := filepath.Abs(c.Folder)
	if rel, err := filepath.Rel(folder, file); errors.Join(err, err1, err2) == nil {
		path = rel
	}
	return filepath.ToSlash(path)
}

// Number is a whole number with its place.
type Number struct{ strict.Item }

// Int is the number, 0 if none is given.
func (n Number) Int() int {
	i, _ := strconv.Atoi(n.Text) // checked when it was read
	return i
}
