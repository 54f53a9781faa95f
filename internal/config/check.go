package config

import (
	"path"
	"reflect"
	"slices"
	"strconv"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

// Shapes is a whole number.
func (Number) Shapes() []reflect.Type { return []reflect.Type{reflect.TypeFor[int]()} }

// checker collects what is wrong with the values of a file.
type checker struct {
	file   *strict.File
	errors strict.Errors
}

// check finds the values that cannot be.
func (c *Config) check() strict.Errors {
	k := &checker{file: c.File}
	s := &c.Spec
	for _, key := range Keys() {
		if key.one != nil {
			k.oneOf(key.Kind, *key.one(s), key.Values)
		}
	}
	k.positive(s.Jobs)
	k.window(s.Window)
	for _, p := range s.Settings {
		k.some(p.Key, p.Value)
	}
	for _, p := range s.Outputs {
		k.oneOf(call.Say{ZH: "报告格式", EN: "report format"}, p.Key, Formats())
		k.some(p.Key, p.Value)
	}
	k.outputsOnce(s.Outputs)
	k.severities(s.Severities)
	for i := range s.Overrides {
		k.override(&s.Overrides[i])
	}
	return k.errors
}

func (k *checker) fault(at strict.Position, what call.Say) {
	k.errors = append(k.errors, k.file.Error(at.Line, at.Column, what))
}

// oneOf refuses a value that is none of those allowed; values that are left out are fine.
func (k *checker) oneOf(kind call.Say, it strict.Item, allowed []string) {
	if it.At.Line == 0 || len(allowed) == 0 || slices.Contains(allowed, it.Text) {
		return
	}
	k.fault(it.At, strict.Unknown(kind, it.Text, allowed).With("；可用：", "; there are ", allowed))
}

func (k *checker) positive(n Number) {
	if i, err := strconv.Atoi(n.Text); n.Text != "" && (err != nil || i < 1) {
		k.fault(n.At, call.Sayf("至少是 1，写的是 %s", "must be at least 1, not %s", n.Text))
	}
}

// window refuses what is no time span.
func (k *checker) window(it strict.Item) {
	if d, err := time.ParseDuration(it.Text); it.At.Line > 0 && (err != nil || d < 0) {
		k.fault(it.At, call.Sayf("要写成 24h、90m 这样的时长，写的是 %q", "want a time span like 24h or 90m, not %q", it.Text))
	}
}

// some refuses a key without values: it would mean something else than leaving it out.
func (k *checker) some(key strict.Item, values strict.Items) {
	if len(values) == 0 || slices.Contains(values.Texts(), "") {
		k.fault(key.At, call.Sayf("%s 没有值；请写上值，或去掉这一行", "%s has no value; give it one, or leave the line out", key.Text))
	}
}

// outputsOnce refuses two reports in one file.
func (k *checker) outputsOnce(all strict.Pairs[strict.Items]) {
	var files []string
	for _, p := range all {
		for _, it := range p.Value {
			if it.Text == "-" {
				k.fault(it.At, call.Sayf("标准输出的格式写在 format 里", "what goes to standard output is for format to say"))
			}
			if slices.Contains(files, path.Clean(it.Text)) {
				k.fault(it.At, call.Sayf("两份报告都写到 %s", "two reports go to %s", it.Text))
			}
			files = append(files, path.Clean(it.Text))
		}
	}
}

func (k *checker) severities(all Severities) {
	for _, p := range all {
		if p.Value.At.Line == 0 {
			k.some(p.Key, nil)
		}
		k.oneOf(call.Say{ZH: "级别", EN: "severity"}, p.Value, SeverityNames())
	}
}

func (k *checker) override(o *Override) {
	for _, glob := range o.Paths {
		if !doublestar.ValidatePattern(glob.Text) {
			k.fault(glob.At, call.Sayf("通配符 %q 写法有误", "the glob %q is malformed", glob.Text))
		}
	}
	if len(o.Paths) == 0 {
		k.fault(o.At, call.Sayf("没有写 paths：这一项给哪些文件用", "no paths: say which files this is for"))
	}
	if len(o.Select)+len(o.Ignore)+len(o.Severities) == 0 {
		k.fault(o.At, call.Sayf("没有写 select、ignore 或 severities，所以什么也不改变", "no select, ignore or severities, so it changes nothing"))
	}
	k.severities(o.Severities)
}
