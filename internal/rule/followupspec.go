package rule

import (
	"slices"
	"strings"
	"time"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/follow"
)

func (c *compiler) followup(s *ruleSpec) *followup {
	spec := s.Followup
	f := &followup{looksFor: spec.Check.Text, attempts: spec.Attempts, zone: time.UTC}
	if !slices.Contains(followupChecks, f.looksFor) {
		c.fault(spec.Check.At, unknownName("检查", "check", f.looksFor, followupChecks))
	}
	c.needs(s, map[string]bool{
		"followup.within":   spec.Within.Text != "" || f.looksFor != checkMissing && f.looksFor != checkLate,
		"followup.apart":    spec.Apart.Text != "" || f.looksFor != checkTooClose,
		"followup.attempts": spec.Attempts > 0 || f.looksFor != checkNotReported,
		"followup.zone":     spec.Zone.Text != "",
	})
	if len(s.When) > 0 {
		c.fault(s.When.First(), faultf("followup 看的是几通电话，不能写 when", "followup looks at several calls and takes no when"))
	}
	f.within, f.apart = c.duration(spec.Within), c.duration(spec.Apart)
	for _, it := range spec.Shifts {
		if values := c.valuesOf(it); len(values) > 0 {
			v := values[0]
			shift, err := follow.ParseShift(v.Text)
			if err != nil {
				v.fault(faultf("班次应写成 08:00-20:00，却是 %q", "want a shift like 08:00-20:00, found %q", v.Text))
			}
			f.shifts = append(f.shifts, shift)
		}
	}
	for _, v := range c.valuesOf(spec.Zone) {
		zone, err := follow.ParseZone(v.Text)
		if err != nil {
			v.fault(faultf("不认识的时区 %q，应写成 Asia/Shanghai 或 +08:00", "unknown zone %q; want one like Asia/Shanghai or +08:00", v.Text))
			continue
		}
		f.zone = zone
	}
	return f
}

// duration reads a time span; 0 where nothing is written.
func (c *compiler) duration(it item) time.Duration {
	if values := c.valuesOf(it); len(values) > 0 {
		v := values[0]
		d, err := time.ParseDuration(v.Text)
		if err != nil || d <= 0 {
			v.fault(faultf("应写成 15m、90s 这样的时长，却是 %q", "want a time span like 15m or 90s, found %q", v.Text))
		}
		return d
	}
	return 0
}

// settingValue is a value with the way to say what is wrong with it where it stands.
type settingValue struct {
	Text  string
	fault func(*fault)
}

// valuesOf are what a value stands for: those of a {setting}, or itself.
func (c *compiler) valuesOf(it item) []settingValue {
	here := func(f *fault) { c.fault(it.At, f) }
	name, isName := strings.CutPrefix(strings.TrimSuffix(it.Text, "}"), "{")
	switch {
	case it.Text == "":
		return nil
	case !isName:
		return []settingValue{{it.Text, here}}
	case !slices.Contains(c.settings, name):
		here(unknownName("设置", "setting", name, c.settings))
		return nil
	}
	var out []settingValue
	for i, text := range c.words[name] {
		out = append(out, settingValue{text, func(f *fault) { c.faultInSetting(name, i, here, f) }})
	}
	return out
}

// faultInSetting tells what is wrong with a value of a setting where it was set: in the
// configuration, in a file of the pack, or else where it is used.
func (c *compiler) faultInSetting(name string, i int, here func(*fault), f *fault) {
	f = &fault{call.Sayf("设置 %[1]s：%[2]s", "setting %[1]s: %[3]s", name, f.what.ZH, f.what.EN)}
	if c.overlay != nil {
		for _, s := range c.overlay.Settings {
			if s.Key.Text == name && i < len(s.Value) {
				c.errors = append(c.errors, c.overlay.File.Error(s.Value[i].At.Line, s.Value[i].At.Column, f.what))
				return
			}
		}
	}
	for _, file := range slices.Backward(c.files) {
		if values := file.spec.Settings[name]; i < len(values) {
			c.report(file, values[i].At, f)
			return
		}
	}
	here(f)
}
