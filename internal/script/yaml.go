package script

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// readYAML reads the documents of a YAML file.
func readYAML(source string, data []byte) (*Library, *call.Problem) {
	d, problem := newDocument(source, data)
	if problem != nil {
		return nil, problem
	}
	y := &yamlFile{document: d, starts: yamlLines(d.text)}
	var entries []*Entry
	var doubts []doubt
	decoder := yaml.NewDecoder(strings.NewReader(d.text))
	for {
		var root yaml.Node
		err := decoder.Decode(&root)
		if err != nil && err.Error() == "EOF" {
			break
		}
		if err != nil {
			return nil, y.broken(err)
		}
		tree := y.node(&root, 0)
		if y.copied > maxCopied {
			return nil, d.fail(0, "别名（*）展开后过大；请少用别名，直接写出话术", "the aliases (*) of the file stand for too much; use fewer, and write the scripts themselves")
		}
		if what := tree.other(); what != "" {
			return nil, notScripts(d, what)
		}
		more, unsure := entriesIn(tree)
		entries, doubts = append(entries, more...), append(doubts, unsure...)
	}
	if len(entries) == 0 {
		return nil, noEntries(d)
	}
	y.settle()
	l := d.library("yaml", entries)
	l.doubt(doubts)
	l.waive(d, y.comments())
	return l, nil
}

// other is the key that says that a file is of waivers or of rules, "" where none does.
func (n *node) other() string {
	var keys []string
	for _, key := range n.keys {
		keys = append(keys, key.Text)
	}
	switch {
	case slices.Equal(keys, []string{"waivers"}):
		return "waivers"
	case slices.Equal(keys, []string{"pack"}),
		slices.Contains(keys, "pack") && (slices.Contains(keys, "rules") || slices.Contains(keys, "extends")):
		return "pack"
	}
	return ""
}

// notScripts is the problem with a file that holds something else, as a key of it says.
func notScripts(d *document, key string) *call.Problem {
	p := d.fail(0, "没有找到话术：这是豁免文件（--waivers）", "no scripts were found: this is a file of waivers (--waivers)")
	if key == "pack" {
		p = d.fail(0, "没有找到话术：这是规则包", "no scripts were found: this is a pack of rules")
	}
	p.Nothing = true
	return p
}

var yamlErrorLine = text.Pattern(`^line (\d+): `)

// broken is the problem with a file that is no YAML, at its line.
func (y *yamlFile) broken(err error) *call.Problem {
	what := strings.TrimPrefix(err.Error(), "yaml: ")
	at := 0
	if m := yamlErrorLine().FindStringSubmatch(what); m != nil {
		what = what[len(m[0]):]
		for line := 0; line < len(y.starts) && line < atoi(m[1]); line++ {
			at = y.starts[line]
		}
	}
	p, say := y.fail(at, "", ""), explained(what)
	p.What = call.Say{ZH: "不是正确的 YAML：" + say.ZH + "；话术里有冒号、# 或以特殊符号开头时要加引号",
		EN: "the YAML is broken: " + say.EN + "; texts with a colon, a # or a sign at the start need quotes"}
	return p
}

func atoi(digits string) (n int) {
	for _, c := range digits {
		n = n*10 + int(c-'0')
	}
	return n
}

// yamlFile is a document with what is known of its scalars.
type yamlFile struct {
	*document
	starts  []int // of lines as YAML parts them
	scalars []extent
	flow    int // how many [ and { are open
	aliases int // how many aliases are open
	copied  int // what aliases stand for, up to maxCopied
}

// maxCopied is how many nodes aliases may stand for, all together: aliases of
// aliases make a small file grow without bounds. A long text counts as several.
const maxCopied = 1_000_000

// yamlLines are the offsets where the lines of YAML start: it knows more line breaks.
func yamlLines(text string) []int {
	starts := []int{0}
	for i, r := range text {
		switch {
		case r == '\r' && strings.HasPrefix(text[i+1:], "\n"):
		case strings.ContainsRune("\n\r\u0085\u2028\u2029", r):
			starts = append(starts, i+utf8.RuneLen(r))
		}
	}
	return starts
}

// offset is where a node stands.
func (y *yamlFile) offset(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(y.starts) {
		return 0
	}
	at := y.starts[n.Line-1]
	for range n.Column - 1 {
		_, size := utf8.DecodeRuneInString(y.text[at:])
		at += size
	}
	return at
}

// node is a node of YAML as one of ours; an alias is what it stands for.
func (y *yamlFile) node(n *yaml.Node, depth int) *node {
	out := &node{}
	if n.Style&yaml.FlowStyle != 0 {
		y.flow++
		defer func() { y.flow-- }()
	}
	if y.aliases > 0 {
		y.copied += 1 + len(n.Value)/64
	}
	switch {
	case depth > maxDepth || y.copied > maxCopied:
	case n.Kind == yaml.AliasNode:
		y.aliases++
		defer func() { y.aliases-- }()
		return y.node(n.Alias, depth+1)
	case n.Kind == yaml.DocumentNode:
		return y.node(n.Content[0], depth)
	case n.Kind == yaml.SequenceNode:
		out.kind = list
		for _, item := range n.Content {
			out.items = append(out.items, y.node(item, depth+1))
		}
	case n.Kind == yaml.MappingNode:
		out.kind = object
		for i := 0; i+1 < len(n.Content); i += 2 {
			out.keys = append(out.keys, y.scalar(n.Content[i]))
			out.items = append(out.items, y.node(n.Content[i+1], depth+1))
		}
	default:
		out.line = y.scalar(n)
	}
	return out
}

// scalar is the text of a scalar with the bytes of each code point. Where it is
// written in a way that is not understood, it stands at its start and cannot be changed.
func (y *yamlFile) scalar(n *yaml.Node) Line {
	start := y.content(y.offset(n))
	s := scalarReader{doc: y.document, at: start}
	line, end, ok := s.read(n)
	if !ok {
		b := builder{doc: y.document}
		for _, r := range n.Value {
			b.add(r, extent{start, start})
		}
		return b.line(start, frozen)
	}
	y.scalars = append(y.scalars, extent{start, end})
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0 && end > start {
		y.frames = append(y.frames, frame{extent{start, end}, y.finisher(n, start)})
	}
	return unfolded(line)
}

// unfolded is a line without the spaces that folded line breaks read as, where they
// do not stand between Latin words: Chinese has none.
func unfolded(line Line) Line {
	runes := []rune(line.Text)
	out := line
	var text strings.Builder
	out.bytes = nil
	for i, r := range runes {
		fold := r == ' ' && line.bytes[i].end > line.bytes[i].start+1 && i > 0 && i+1 < len(runes)
		if !fold || latin(runes[i-1]) && latin(runes[i+1]) {
			text.WriteRune(r)
			out.bytes = append(out.bytes, line.bytes[i])
		}
	}
	out.Text = text.String()
	return out
}

// content is where the text of a scalar starts, after its anchor and tag.
func (y *yamlFile) content(at int) int {
	for at < len(y.text) && (y.text[at] == '&' || y.text[at] == '!') {
		for at < len(y.text) && strings.IndexByte(" \t\r\n", y.text[at]) < 0 {
			at++
		}
		for at < len(y.text) && strings.IndexByte(" \t\r\n", y.text[at]) >= 0 {
			at++
		}
	}
	return at
}

// settle puts what was found of the scalars in order, each once: an alias finds them again.
func (y *yamlFile) settle() {
	sort.Slice(y.frames, func(i, j int) bool { return y.frames[i].at.start < y.frames[j].at.start })
	out := y.frames[:0]
	for _, f := range y.frames {
		if len(out) == 0 || out[len(out)-1].at != f.at {
			out = append(out, f)
		}
	}
	y.frames = out
	sort.Slice(y.scalars, func(i, j int) bool { return y.scalars[i].start < y.scalars[j].start })
}

// comments are the comments of the file: a # after a space or at the start of a
// line, and not in a text.
func (y *yamlFile) comments() []comment {
	var out []comment
	for i := range y.document.starts {
		row := y.row(i)
		line := y.text[row.start:row.end]
		for j := 0; j < len(line); j++ {
			if line[j] == '#' && (j == 0 || line[j-1] == ' ' || line[j-1] == '\t') && !y.within(row.start+j) {
				out = append(out, comment{line[j+1:], row.start + j})
				break
			}
		}
	}
	return out
}

// within reports whether an offset is in a scalar.
func (y *yamlFile) within(at int) bool {
	i := sort.Search(len(y.scalars), func(i int) bool { return y.scalars[i].start > at }) - 1
	return i >= 0 && at < y.scalars[i].end
}
