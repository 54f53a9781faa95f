package cli

import (
	"github.com/zhijian-qa/zhijian/internal/config"
	"github.com/zhijian-qa/zhijian/internal/report"
)

// The structs of this file are the objects of config's JSON; the order of their fields
// is the order of the keys.

type configObject struct {
	Version int           `json:"version"` // of this format
	Config  string        `json:"config,omitempty"`
	Values  []valueObject `json:"values"`
	Paths   []pathObject  `json:"paths"`
}

type valueObject struct {
	Key   string       `json:"key"`
	Value []string     `json:"value"` // empty: the default that holds where nothing is said
	From  originObject `json:"from"`
}

type originObject struct {
	Kind string `json:"kind"` // default, pack, config or flag
	Pack string `json:"pack,omitempty"`
	Flag string `json:"flag,omitempty"`
	File string `json:"file,omitempty"`
	Line int    `json:"line,omitempty"` // 1-based
}

type pathObject struct {
	Path      string         `json:"path"`
	Overrides []int          `json:"overrides"` // that hold, counting from 1
	Rules     []rulingObject `json:"rules"`
}

type rulingObject struct {
	Rule     string       `json:"rule"`
	Severity string       `json:"severity"` // off: the rule does not judge
	From     originObject `json:"from"`
}

func (a *app) writeConfigJSON(l *configListing) error {
	o := configObject{Version: 1, Values: []valueObject{}, Paths: []pathObject{}}
	if l.File != nil {
		o.Config = l.File.Name
	}
	for _, v := range l.values {
		o.Values = append(o.Values, valueObject{v.key, append([]string{}, v.text...), l.originObject(v.from)})
	}
	for i := range l.paths {
		o.Paths = append(o.Paths, l.pathObject(&l.paths[i]))
	}
	line, err := report.EncodeLine(o)
	if err == nil {
		_, err = a.stdout.Write(line)
	}
	return err
}

func (to *configured) originObject(by origin) originObject {
	switch {
	case by.flag != "":
		return originObject{Kind: "flag", Flag: by.flag}
	case by.place.Line > 0:
		return originObject{Kind: "config", File: to.File.Name, Line: by.place.Line}
	case by.pack != "":
		return originObject{Kind: "pack", Pack: by.pack}
	}
	return originObject{Kind: "default"}
}

func (l *configListing) pathObject(p *pathListing) pathObject {
	o := pathObject{Path: p.path, Overrides: []int{}, Rules: []rulingObject{}}
	for _, i := range p.holding {
		o.Overrides = append(o.Overrides, i+1)
	}
	for i := range p.rulings {
		r := &p.rulings[i]
		severity := config.Off
		if r.on {
			severity = r.severity.String()
		}
		o.Rules = append(o.Rules, rulingObject{r.rule.ID, severity, l.originObject(r.by)})
	}
	return o
}
