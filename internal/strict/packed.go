package strict

import (
	"crypto/sha256"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/zhijian-qa/zhijian/internal/blob"
	"github.com/zhijian-qa/zhijian/internal/call"
)

// Pack writes what parsing the file gives, for DecodePacked: most of the time that
// reading YAML takes goes into parsing. into is what Decode would read it into. without
// names a key, by the keys above it, that is left out. It returns false, and writes
// nothing, where the file has errors or anchors.
func (f *File) Pack(w *blob.Writer, into any, without ...string) bool {
	var root yaml.Node
	if len(f.Decode(into, call.Say{})) > 0 || yaml.Unmarshal(f.data, &root) != nil || anchored(&root) {
		return false
	}
	leaveOut(&root, without)
	w.Text(f.digest())
	w.Num(uint64(nodesIn(&root)))
	p := packer{Writer: w, text: f.text}
	p.node(&root)
	return true
}

// leaveOut takes a key out of a node, or out of those below it that the keys lead to.
func leaveOut(n *yaml.Node, keys []string) {
	if n.Kind != yaml.MappingNode {
		for _, c := range n.Content {
			leaveOut(c, keys)
		}
		return
	}
	for i := 0; i+1 < len(n.Content) && len(keys) > 0; i += 2 {
		switch {
		case n.Content[i].Value != keys[0]:
		case len(keys) == 1:
			n.Content = slices.Delete(n.Content, i, i+2)
			return
		default:
			leaveOut(n.Content[i+1], keys[1:])
		}
	}
}

// DecodePacked is Decode with what Pack wrote of this very file, which is without
// errors then. It returns false, and reads nothing, of a file that was changed since.
func (f *File) DecodePacked(packed []byte, into any) bool {
	r := blob.NewReader(packed)
	if r.Text() != f.digest() {
		return false
	}
	u := unpacker{Reader: r, text: f.text, free: make([]yaml.Node, r.Len())}
	root := u.node()
	return !r.Broken() && root.Decode(into) == nil
}

// digest knows a file by its text.
func (f *File) digest() string {
	sum := sha256.Sum256(f.data)
	return string(sum[:16])
}

func anchored(n *yaml.Node) bool {
	if n.Anchor != "" || n.Alias != nil {
		return true
	}
	for _, c := range n.Content {
		if anchored(c) {
			return true
		}
	}
	return false
}

func nodesIn(n *yaml.Node) int {
	count := 1
	for _, c := range n.Content {
		count += nodesIn(c)
	}
	return count
}

// tags are those of nodes without a tag of their own.
var tags = []string{"", "!!map", "!!seq", "!!str", "!!int", "!!float", "!!bool", "!!null", "!!timestamp", "!!binary", "!!merge"}

// packer writes nodes. A value that stands in the text as it is, as most do, is the
// place where it stands; places are counted from the one before.
type packer struct {
	*blob.Writer
	text string
	at   int
	line int
}

func (p *packer) node(n *yaml.Node) {
	tag := 0
	for i, t := range tags {
		if n.Tag == t {
			tag = i
		}
	}
	p.Num(uint64(n.Kind))
	p.Num(uint64(n.Style))
	p.Num(uint64(tag))
	p.Num(uint64(n.Line - p.line))
	p.line = n.Line
	p.Num(uint64(n.Column))
	p.value(n.Value)
	p.Num(uint64(len(n.Content)))
	for _, c := range n.Content {
		p.node(c)
	}
}

func (p *packer) value(s string) {
	p.Num(uint64(len(s)))
	if s == "" {
		return
	}
	skip := strings.Index(p.text[p.at:], s)
	if skip < 0 {
		p.Num(0)
		p.Text(s)
		return
	}
	p.Num(uint64(skip + 1))
	p.at += skip + len(s)
}

// unpacker reads nodes.
type unpacker struct {
	*blob.Reader
	text string
	at   int
	line int
	free []yaml.Node // all nodes in one piece: one allocation instead of thousands
}

func (u *unpacker) node() *yaml.Node {
	if len(u.free) == 0 {
		return &yaml.Node{}
	}
	n := &u.free[0]
	u.free = u.free[1:]
	n.Kind, n.Style, n.Tag = yaml.Kind(u.Num()), yaml.Style(u.Num()), tags[u.Num()%uint64(len(tags))]
	u.line += int(u.Num())
	n.Line, n.Column, n.Value = u.line, int(u.Num()), u.value()
	if count := min(u.Len(), len(u.free)); count > 0 {
		n.Content = make([]*yaml.Node, count)
		for i := range n.Content {
			n.Content[i] = u.node()
		}
	}
	return n
}

func (u *unpacker) value() string {
	n := int(u.Num())
	if n == 0 {
		return ""
	}
	skip := int(u.Num())
	if skip == 0 {
		return u.Text()
	}
	from := u.at + skip - 1
	if from < 0 || n < 0 || from+n > len(u.text) || from+n < from {
		return ""
	}
	u.at = from + n
	return u.text[from:u.at]
}
