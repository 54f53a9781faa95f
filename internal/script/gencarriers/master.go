package main

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// entry is one script as its author wrote it.
type entry struct {
	Scene     string `yaml:"-"`
	ID        string `yaml:"编号"`
	Step      string `yaml:"环节"`
	Trigger   string `yaml:"触发条件"`
	Words     texts  `yaml:"标准话术"`
	Required  string `yaml:"必说"`
	Forbidden texts  `yaml:"禁用表达"`
	Kind      string `yaml:"类型"`
	Remark    string `yaml:"备注"`
}

// read reads the master: a list of scripts for each scene.
func read(data []byte) ([]entry, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return nil, err
	}
	var out []entry
	scenes := root.Content[0].Content
	for i := 0; i+1 < len(scenes); i += 2 {
		var scripts []entry
		if err := scenes[i+1].Decode(&scripts); err != nil {
			return nil, err
		}
		for _, e := range scripts {
			e.Scene = scenes[i].Value
			out = append(out, e)
		}
	}
	return out, nil
}

// texts are one text, or several in a list.
type texts []string

// UnmarshalYAML reads a list, or a text: one with lines holds a text in each.
func (t *texts) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.SequenceNode {
		return n.Decode((*[]string)(t))
	}
	for line := range strings.Lines(n.Value) {
		line = number.ReplaceAllString(strings.TrimSpace(line), "")
		*t = append(*t, folded.ReplaceAllString(line, "$1"))
	}
	return nil
}

var (
	number = regexp.MustCompile(`^\d+\. `)
	folded = regexp.MustCompile(`([^\x00-\x7F]) `) // the line break of a folded text, which Chinese reads as nothing
)

// cell is the texts in one cell: numbered lines if there are several.
func (t texts) cell() string {
	if len(t) == 1 {
		return t[0]
	}
	return t.numbered("\n")
}

// numbered is the texts one after the other, with their numbers.
func (t texts) numbered(separator string) string {
	var lines []string
	for i, text := range t {
		lines = append(lines, string(rune('1'+i))+". "+text)
	}
	return strings.Join(lines, separator)
}

// list is the texts as authors list short expressions.
func (t texts) list() string { return strings.Join(t, "；") }

// columns are the names of the columns of a table.
var columns = []string{"话术编号", "场景", "环节", "触发条件", "标准话术", "必说", "禁用表达", "类型", "备注"}

// wording is the index of the column of the wordings.
const wording = 4

// row is an entry under the columns.
func (e entry) row() []string {
	return []string{e.ID, e.Scene, e.Step, e.Trigger, e.Words.cell(), e.Required, e.Forbidden.list(), e.Kind, e.Remark}
}
