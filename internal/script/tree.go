package script

import (
	"slices"
	"strings"
	"unicode"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// node is a value of YAML or JSON.
type node struct {
	kind  kind
	line  Line    // of a scalar
	keys  []Line  // of an object
	items []*node // of a list or an object
}

type kind int

const (
	scalar kind = iota
	list
	object
)

// containers are keys that say nothing of what they hold.
var containers = []string{"scripts", "script", "话术库", "话术列表", "话术集", "话术", "items", "list", "data", "entries", "library", "rows", "records", "results", "列表", "条目", "内容", "scenes", "scenarios", "场景列表", "steps", "categories", "分类列表",
	"标准话术", "wordings", "环节列表", "children", "子场景", "环节", "步骤", "场景", "scene", "stages"}

// setting is what stands above a value.
type setting struct {
	id   string
	path []string // names, from the outermost
	bad  bool
	root bool // nothing stands above
}

// under is the setting below a key.
func (s setting) under(key string) setting {
	bare := bareName(key)
	out := setting{id: "", path: s.path, bad: s.bad || badName(key)}
	switch {
	case slices.Contains(containers, bare):
	case idLike(key):
		out.id = strings.TrimSpace(key)
	default:
		out.path = append(slices.Clone(s.path), strings.TrimSpace(key))
	}
	return out
}

// entriesIn are the entries of a value: maps with wordings by the names of columns,
// and lists of wordings below the names of scenes.
func entriesIn(root *node) ([]*Entry, []doubt) {
	t := tree{told: map[string]bool{}}
	t.walk(root, setting{root: true})
	return t.entries, t.doubts
}

type tree struct {
	entries []*Entry
	doubts  []doubt
	told    map[string]bool // keys that there is a doubt about
}

// doubt notes the key of a value that may be a wording and is not judged, once for each name.
func (t *tree) doubt(key Line, n *node) {
	if hasPrefix(bareName(key.Text), customers) || t.told[key.Text] || !slices.ContainsFunc(n.scalars(), prose) {
		return
	}
	t.told[key.Text] = true
	t.doubts = append(t.doubts, doubtAt(&key, "字段“%s”没有检查：不认识字段名；如果是话术，请改名为“标准话术”", "key %s is not checked: the name is not known; call it 标准话术 if it holds wordings", key.Text))
}

func (t *tree) walk(n *node, in setting) {
	switch {
	case n.kind == object && n.isEntry():
		t.entry(n, in)
	case n.kind == object:
		t.object(n, in)
	case n.kind == scalar || n.wordy():
		t.spoken(n, in)
	default:
		for _, item := range n.items {
			t.walk(item, setting{path: in.path, bad: in.bad, id: ""})
		}
	}
}

// wordy reports whether a value is a scalar or a list of scalars.
func (n *node) wordy() bool {
	return n.kind == scalar || n.kind == list && !slices.ContainsFunc(n.items, func(item *node) bool { return item.kind != scalar })
}

// isEntry reports whether a map is one script: it has wordings or what else belongs
// to a script, and no maps but those that name wordings.
func (n *node) isEntry() bool {
	known := 0
	for i, key := range n.keys {
		c, guessed := turnColumn(key.Text)
		if c == unknown || guessed || c == otherColumn {
			continue
		}
		switch item := n.items[i]; {
		case c == textColumn && n.items[i].worded():
			return true
		case item.wordy() && (c == sceneColumn || c == natureColumn): // a group of scripts has them too
		case item.wordy():
			known++
		case c == badColumn || c == forbiddenColumn:
		default:
			return false
		}
	}
	return known > 1
}

// worded reports whether the value of a key of wordings is wordings: text, a list
// of texts, texts by name or what several speakers say.
func (n *node) worded() bool {
	if n.wordy() {
		return true
	}
	if slices.ContainsFunc(n.keys, func(key Line) bool {
		c, _ := turnColumn(key.Text)
		return c != unknown && c != textColumn && c != badColumn
	}) {
		return false
	}
	return !slices.ContainsFunc(n.items, func(item *node) bool {
		return item.kind != scalar && !item.spoken()
	})
}

// spoken reports whether a map is one wording: {role: agent, text: …}, {text: …}.
func (n *node) spoken() bool {
	text := false
	for i, key := range n.keys {
		switch c, _ := turnColumn(key.Text); {
		case c == textColumn && n.items[i].kind == scalar:
			text = true
		case c != speakerColumn && c != otherColumn && c != natureColumn:
			return false
		}
	}
	return n.kind == object && text
}

// object reads a map that is no script: its scalars tell of all scripts below.
func (t *tree) object(n *node, in setting) {
	for i, key := range n.keys {
		c, _ := turnColumn(key.Text)
		if name := strings.TrimSpace(n.items[i].line.Text); n.items[i].kind == scalar && name != "" && (c == sceneColumn || c == stepColumn && !in.root) {
			in.path = append(slices.Clone(in.path), name)
		}
	}
	turns := slices.ContainsFunc(n.keys, func(key Line) bool {
		c, _ := turnColumn(key.Text)
		return c == triggerColumn || c == speakerColumn
	})
	for i, key := range n.keys {
		item := n.items[i]
		switch c, _ := turnColumn(key.Text); {
		case item.kind == scalar && c == unknown && turns:
			t.doubt(key, item)
		case c == otherColumn || item.kind == scalar && (c != unknown && c != textColumn && c != badColumn || in.root && !badName(key.Text)):
		case item.kind == scalar && !han(item.line.Text):
		default:
			t.walk(item, setting.under(setting{path: in.path, bad: in.bad}, key.Text))
		}
	}
}

// han reports whether a text has Chinese characters: a script does, a version does not.
func han(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
}

// spoken makes an entry of a scalar or a list of scalars.
func (t *tree) spoken(n *node, in setting) {
	lines := n.scalars()
	if len(lines) == 0 {
		return
	}
	f := in.fields(lines[0].Place(0))
	for _, line := range lines {
		f.words(textColumn, line)
	}
	if len(f.good)+len(f.wrong) == 0 && !slices.ContainsFunc(lines, func(l Line) bool { return isNone(l.Text) }) {
		return // only the customer speaks
	}
	t.add(f, n)
}

// fields are those that a setting tells. The innermost name is the step, where there are two.
func (s setting) fields(at call.Place) fields {
	f := fields{id: s.id, bad: s.bad, scene: s.path, at: at}
	if n := len(s.path); n > 1 {
		f.scene, f.step = s.path[:n-1], s.path[n-1:]
	}
	return f
}

// entry makes an entry of a map.
func (t *tree) entry(n *node, in setting) {
	f := in.fields(n.keys[0].Place(0))
	own := fields{}
	for i, key := range n.keys {
		c, _ := turnColumn(key.Text)
		if c == unknown {
			t.doubt(key, n.items[i])
		}
		for _, line := range n.items[i].spokenBy(c) {
			if c == sceneColumn && !line.blank() {
				own.scene = append(own.scene, strings.TrimSpace(line.Text))
			}
			if c == stepColumn {
				own.set(c, line)
				continue
			}
			if c == idColumn {
				f.id = ""
			}
			f.set(c, line)
		}
	}
	f.place(own, in)
	if !f.mute {
		t.add(f, n)
	}
}

// place puts the scene and step that a map tells below those that stand above it.
func (f *fields) place(own fields, in setting) {
	if len(own.step) > 0 || len(own.scene) > 0 {
		f.scene, f.step = append(slices.Clone(in.path), own.scene...), own.step
	}
}

// spokenBy are the texts of the value of a column: of wordings, only what agents say.
func (n *node) spokenBy(c column) []Line {
	if c != textColumn && c != badColumn {
		return n.scalars()
	}
	var out []Line
	for i, item := range n.items {
		if item.spoken() {
			out = append(out, item.agents()...)
		} else if n.kind != object || !badName(n.keys[i].Text) {
			out = append(out, item.scalars()...)
		}
	}
	if n.kind == scalar {
		return n.scalars()
	}
	return out
}

// agents are the texts of a map {role: …, text: …}, none if the customer speaks.
func (n *node) agents() []Line {
	var out []Line
	for i, key := range n.keys {
		switch c, _ := turnColumn(key.Text); c {
		case speakerColumn:
			if listens(n.items[i].line.Text) {
				return nil
			}
		case natureColumn:
			if badNature(n.items[i].line.Text) {
				return nil
			}
		case textColumn:
			out = append(out, n.items[i].scalars()...)
		}
	}
	return out
}

// scalars are the scalars of a value that have a text, in order.
func (n *node) scalars() []Line {
	if n.kind == scalar {
		if n.line.blank() {
			return nil
		}
		return []Line{n.line}
	}
	var out []Line
	for _, item := range n.items {
		out = append(out, item.scalars()...)
	}
	return out
}

func (t *tree) add(f fields, n *node) {
	e := f.entry()
	e.span = n.span()
	t.entries = append(t.entries, e)
}

// span is from the first byte of a value to its last.
func (n *node) span() extent {
	cells := append(slices.Clone(n.keys), n.line)
	span := spanOf(cells)
	for _, item := range n.items {
		if at := item.span(); at != (extent{}) {
			if span == (extent{}) {
				span = at
			}
			span = extent{min(span.start, at.start), max(span.end, at.end)}
		}
	}
	return span
}
