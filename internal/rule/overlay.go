package rule

import (
	"slices"

	"github.com/zhijian-qa/zhijian/internal/strict"
)

// Overlay is what a configuration sets in a pack without being a pack. Its
// faults are told at their places in File.
type Overlay struct {
	File     *strict.File
	Settings strict.Pairs[strict.Items] // those that the pack does not have are passed over
}

// Holds reports whether an error is about the overlay and not about a pack.
func (o *Overlay) Holds(e *strict.Error) bool { return o != nil && e.File == o.File.Name }

// overlaySettings sets the settings that the overlay overrides. They become part
// of phrases, so a value that no phrase can hold is told here, where it stands.
func (c *compiler) overlaySettings() {
	if c.overlay == nil {
		return
	}
	for _, s := range c.overlay.Settings {
		name := s.Key.Text
		if !slices.Contains(c.settings, name) {
			continue
		}
		before := c.words[name]
		c.words[name] = s.Value.Texts()
		for _, value := range s.Value {
			if _, f := newPhrase(value.Text, c.words); f != nil {
				c.errors = append(c.errors, c.overlay.File.Error(value.At.Line, value.At.Column, f.what))
				c.words[name] = before
			}
		}
	}
}

// Settings maps the names of the pack's settings to the values in force.
func (p *Pack) Settings() map[string][]string {
	out := map[string][]string{}
	for _, name := range p.made.settings {
		out[name] = p.made.words[name]
	}
	return out
}

// SettingNames are the names of the pack's settings in order, each once.
func (p *Pack) SettingNames() []string { return keys(p.Settings()) }

// WithSeverity is the rule with another severity.
func (r *Rule) WithSeverity(s Severity) *Rule {
	changed := *r
	changed.Severity = s
	return &changed
}
