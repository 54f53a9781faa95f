package config

import (
	"reflect"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/schema"
)

// Names are what editors complete.
type Names struct {
	Rules    []string // ids and families
	Settings []string
	Packs    []string // inside zhijian
}

// Schema describes the file.
func Schema(names Names) *schema.File {
	return &schema.File{Title: call.Say{ZH: "质检的配置 " + Name, EN: "Configuration of zhijian, " + Name}, Root: reflect.TypeFor[Spec](),
		Defs: []schema.Def{
			{Name: "config", Type: reflect.TypeFor[Spec](), Keys: described(Keys(), names)},
			{Name: "override", Type: reflect.TypeFor[Override](), Keys: described(Parts(), names)},
		}}
}

func described(keys []Key, names Names) []schema.Key {
	var out []schema.Key
	for _, k := range keys {
		d := schema.Key{Name: k.Name, What: k.What, Values: k.Values}
		switch k.Name {
		case "select", "ignore":
			d.Names = names.Rules
		case "severities":
			d.Names, d.Values = names.Rules, SeverityNames()
		case "settings":
			d.Names = names.Settings
		case "packs":
			d.Names = names.Packs
		case "outputs":
			d.Keys = Formats()
		case "paths":
			d.Required = true
		}
		out = append(out, d)
	}
	return out
}
