package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/config"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

// noConfig is the value of --config that uses none.
const noConfig = "none"

// origin is where a value comes from. The zero value is the default.
type origin struct {
	flag  string // without its dashes
	pack  string // of a default that a pack has
	place strict.Position
}

// value is a value in force.
type value struct {
	key  string
	text []string
	from origin
}

// configured is a configuration on its way into options: a flag that is given
// wins over it, and every value in force remembers where it comes from.
type configured struct {
	*config.Config
	values []value
	given  func(flag string) bool
}

// openConfig reads the configuration that --config names or that lies above
// the paths. What there is not says nothing.
func openConfig(c *cobra.Command, file string, paths []string) (*configured, error) {
	to := &configured{Config: &config.Config{}, given: func(flag string) bool { return flag != "" && c.Flags().Changed(flag) }}
	if file == "" {
		folder, err := config.Common(paths)
		if err != nil {
			return nil, failf("找不到当前文件夹：%v", "there is no working folder: %v", err)
		}
		file = fromHere(config.Find(folder))
	}
	if file == "" || file == noConfig {
		return to, nil
	}
	read, err := config.Load(file)
	var several strict.Errors
	switch {
	case errors.As(err, &several):
		return nil, several
	case err != nil:
		return nil, failf("配置文件 %[1]s 读不了：%[2]v", "cannot read the configuration %[1]s: %[2]v", file, cause(err))
	}
	to.Config = read
	return to, nil
}

// fromHere is a file as seen from the working folder.
func fromHere(file string) string {
	here, err := os.Getwd()
	if err != nil || file == "" {
		return file
	}
	if rel, err := filepath.Rel(here, file); err == nil {
		return rel
	}
	return file
}

// apply puts the configuration into the options, and its language into the app.
func (o *judgeOptions) apply(a *app, c *cobra.Command, paths []string) (*configured, error) {
	to, err := openConfig(c, o.config, paths)
	if err != nil {
		return nil, err
	}
	lang, format, output := string(a.lang), "", ""
	if c.Flags().Lookup("summary") != nil { // else --format and --output are not those of reports
		format, output = "format", "output"
	}
	if c.Flags().Lookup("baseline") == nil { // the command is to write it, not to go by it
		o.accept.written = to.file(to.Baseline).Text
		to.Baseline = strict.Item{}
	}
	to.list("packs", "rules", &o.packs, to.packs())
	to.list("select", "select", &o.selected, to.Select)
	to.list("ignore", "ignore", &o.ignored, to.Ignore)
	to.word("fail-on", "fail-on", &o.failOn, to.FailOn)
	to.word("min-severity", "min-severity", &o.minSeverity, to.MinSeverity)
	to.word("format", format, &o.format, to.Format)
	to.list("outputs", output, &o.outputs, to.outputs())
	to.list("waivers", "waivers", &o.accept.waivers, to.files(to.Waivers))
	to.word("baseline", "baseline", &o.accept.baseline, to.file(to.Baseline))
	to.word("mask", "mask", &o.mask, to.Mask)
	to.word("lang", "lang", &lang, to.Lang)
	to.number("jobs", "jobs", &o.jobs, to.Jobs)
	a.lang, a.unmasked = call.Lang(lang), o.mask != config.Masks()[0]
	return to, to.missingPacks(o.packs)
}

// word settles a value: the flag's if it is given, else the configuration's, else
// the one it has.
func (to *configured) word(key, flag string, value *string, from strict.Item) {
	by := to.origin(flag, from.At)
	if by.flag == "" && from.At.Line > 0 {
		*value = from.Text
	}
	to.note(key, by, *value)
}

// list is word for lists; the lists of flag and configuration are not joined.
func (to *configured) list(key, flag string, values *[]string, from strict.Items) {
	by := origin{}
	if len(from) > 0 {
		by.place = from.First()
	}
	if by = to.origin(flag, by.place); by.flag == "" && len(from) > 0 {
		*values = from.Texts()
	}
	to.note(key, by, *values...)
}

// number is word for numbers.
func (to *configured) number(key, flag string, value *int, from config.Number) {
	by := to.origin(flag, from.At)
	if by.flag == "" && from.At.Line > 0 {
		*value = from.Int()
	}
	to.note(key, by, strconv.Itoa(*value))
}

func (to *configured) origin(flag string, place strict.Position) origin {
	if to.given(flag) {
		return origin{flag: flag}
	}
	return origin{place: place}
}

func (to *configured) note(key string, by origin, text ...string) {
	to.values = append(to.values, value{key, slices.DeleteFunc(slices.Clone(text), func(s string) bool { return s == "" }), by})
}

// from returns where the value of a key comes from.
func (to *configured) from(key string) origin {
	i := slices.IndexFunc(to.values, func(v value) bool { return v.key == key })
	return to.values[i].from
}

// named is a key in messages: as the flag, or with its place in the configuration.
func (to *configured) named(key string) string {
	if by := to.from(key); by.place.Line > 0 {
		return fmt.Sprintf("%s (%s:%d)", key, to.File.Name, by.place.Line)
	}
	return "--" + key
}

// packs are the packs of the configuration as --rules would name them.
func (to *configured) packs() strict.Items {
	out := slices.Clone(to.Packs)
	for i, it := range out {
		if !slices.Contains(builtIn(), it.Text) {
			out[i].Text = to.Path(it.Text)
		}
	}
	return out
}

// missingPacks tells of packs of the configuration that are not there.
func (to *configured) missingPacks(packs []string) error {
	var errs strict.Errors
	for i, it := range to.Packs {
		if by := to.from("packs"); by.flag != "" || slices.Contains(builtIn(), it.Text) {
			continue
		}
		if _, err := os.Stat(packs[i]); errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, to.fault(it.At, strict.Unknown(call.Say{ZH: "规则包", EN: "pack"}, it.Text, builtIn()).
				With("；要写内置的包名，或文件、文件夹（从本文件所在的文件夹算起）；内置：", "; name a pack inside zhijian, or a file or a folder seen from the folder of this file; inside: ", builtIn())))
		}
	}
	if len(errs) > 0 {
		return errs
	}
	return nil
}

func (to *configured) fault(at strict.Position, what call.Say) *strict.Error {
	return to.File.Error(at.Line, at.Column, what)
}

// outputs are the reports of the configuration as --output would name them.
func (to *configured) outputs() strict.Items {
	var out strict.Items
	for _, p := range to.Outputs {
		for _, file := range p.Value {
			out = append(out, strict.Item{At: file.At, Text: p.Key.Text + "=" + to.Path(file.Text)})
		}
	}
	return out
}

func (to *configured) file(it strict.Item) strict.Item {
	if it.Text != "" {
		it.Text = to.Path(it.Text)
	}
	return it
}

func (to *configured) files(list strict.Items) strict.Items {
	out := slices.Clone(list)
	for i := range out {
		out[i] = to.file(out[i])
	}
	return out
}
