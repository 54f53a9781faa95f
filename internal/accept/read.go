package accept

import (
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v3"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

// waiversSpec is a waiver file as written.
type waiversSpec struct {
	Waivers []waiverSpec `yaml:"waivers"`
}

// waiverSpec is one waiver of it. The nodes keep their places.
type waiverSpec struct {
	node        *yaml.Node
	Rule        yaml.Node `yaml:"rule"` // ids, families or globs; one or a list
	File        yaml.Node `yaml:"file"`
	Call        yaml.Node `yaml:"call"`
	Script      yaml.Node `yaml:"script"`
	Fingerprint yaml.Node `yaml:"fingerprint"`
	Reason      yaml.Node `yaml:"reason"`
	By          yaml.Node `yaml:"by"` // who answers for it; for people
	Until       yaml.Node `yaml:"until"`
}

// UnmarshalYAML reads a waiver and its place.
func (s *waiverSpec) UnmarshalYAML(n *yaml.Node) error {
	type plain waiverSpec
	s.node = n
	return n.Decode((*plain)(s))
}

// ReadWaivers adds the waivers of a file. All that is wrong with it comes back at
// once as [strict.Errors], and then none of them is added. That a waiver has expired or
// names an unknown rule is no error but a note: it must not end the run.
func (s *Set) ReadWaivers(name string, data []byte) error {
	folder, err := filepath.Abs(filepath.Dir(name))
	if err != nil {
		return err
	}
	r := &waiverReader{file: strict.NewFile(name, data)}
	var spec waiversSpec
	r.errors = r.file.Decode(&spec, call.Say{ZH: "waivers", EN: "waivers"})
	var read []*waiver
	for i := range spec.Waivers {
		w, rules := r.waiver(&spec.Waivers[i])
		w.folder, w.expired = folder, w.until != "" && w.until < s.today
		if len(rules) > 0 {
			s.aim(w, rules)
		} else {
			s.aimAtAll(w)
		}
		read = append(read, w)
	}
	if len(r.errors) > 0 {
		r.errors.Sort()
		return r.errors
	}
	s.waivers, s.all = append(s.waivers, read...), append(s.all, read...)
	return nil
}

// waiverReader reads one file and collects what is wrong with it.
type waiverReader struct {
	file   *strict.File
	errors strict.Errors
}

func (r *waiverReader) fault(n *yaml.Node, what call.Say) {
	r.errors = append(r.errors, r.file.ErrorAt(n, what))
}

// waiver reads a waiver, and the names of its rules.
func (r *waiverReader) waiver(s *waiverSpec) (w *waiver, rules []string) {
	w = &waiver{file: r.file.Name, line: s.node.Line, reason: r.text(&s.Reason), until: r.until(&s.Until)}
	before := len(r.errors)
	rules = r.texts(&s.Rule)
	r.text(&s.By)
	w.where = where{file: r.glob(&s.File), call: r.glob(&s.Call), script: r.glob(&s.Script), fingerprint: r.fingerprint(&s.Fingerprint)}
	if len(rules) == 0 && w.where.fingerprint == "" && len(r.errors) == before {
		r.fault(s.node, call.Sayf("没有写 rule：要豁免哪条规则（规则名、类别或通配符）；只有写了 fingerprint 才可以不写",
			"no rule: name the rule to waive (an id, a family or a glob); only a waiver with a fingerprint may leave it out"))
	}
	if w.where == (where{}) && len(r.errors) == before {
		r.fault(s.node, call.Sayf("没有写在哪里豁免：请写 file、call、script 或 fingerprint；要在所有地方都不用这条规则，请用 --ignore",
			"it does not say where: give a file, call, script or fingerprint; to do without a rule everywhere use --ignore"))
	}
	if w.where.call != "" && w.where.script != "" {
		r.fault(&s.Script, call.Sayf("call 和 script 只能写一个：一处问题不会既在通话里又在话术里", "only one of call and script: no finding is both in a call and in a script"))
	}
	if w.reason == "" {
		r.fault(s.node, call.Sayf("没有写 reason：豁免要写明理由", "no reason: a waiver must say why"))
	}
	return w, rules
}

// texts is a scalar or a list of them, without those that are blank.
func (r *waiverReader) texts(n *yaml.Node) []string {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	var out []string
	nodes := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		nodes = n.Content
	}
	for _, item := range nodes {
		if t := r.text(item); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// text is a scalar without spaces around it; empty where nothing is written.
func (r *waiverReader) text(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.AliasNode:
		return r.text(n.Alias)
	case n.Kind == yaml.SequenceNode:
		r.fault(n, call.Sayf("这里只能写一个值，不能写列表", "one value is wanted here, not a list"))
	case n.Kind == yaml.MappingNode:
		r.fault(n, call.Sayf("这里只能写一个值，不能写“键: 值”", "one value is wanted here, not “key: value”"))
	}
	return strings.TrimSpace(n.Value)
}

func (r *waiverReader) glob(n *yaml.Node) string {
	pattern := r.text(n)
	if !doublestar.ValidatePattern(pattern) {
		r.fault(n, call.Sayf("通配符 %q 写法有误", "the pattern %q is malformed", pattern))
	}
	return pattern
}

var validFingerprint = regexp.MustCompile(`^[0-9a-f]{16}$`)

func (r *waiverReader) fingerprint(n *yaml.Node) string {
	t := r.text(n)
	if t != "" && !validFingerprint.MatchString(t) {
		r.fault(n, call.Sayf("指纹 %q 不对：要 16 位小写十六进制，照 JSON 报告里的 fingerprint 抄", "%q is no fingerprint: copy the 16 hex digits of a JSON report", t))
	}
	return t
}

func (r *waiverReader) until(n *yaml.Node) string {
	t := r.text(n)
	if _, err := time.Parse(time.DateOnly, t); t != "" && err != nil {
		r.fault(n, call.Sayf("日期 %q 不对：要写成 2026-12-31（当天仍有效）", "%q is no date: write 2026-12-31 (the waiver holds on that day)", t))
	}
	return t
}
