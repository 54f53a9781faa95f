package rule

import (
	"cmp"
	"regexp"
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// A tag says what a call is: a fact to filter by, never a finding. It maps cues
// and sorts of call to values.

// tagSpec is a tag as a pack writes it.
type tagSpec struct {
	at     position
	ID     item         `yaml:"id"`
	Title  say          `yaml:"title"`
	Source []sourceSpec `yaml:"source"`
	When   items        `yaml:"when"`  // sorts of call, all of them; other calls do not get the tag
	One    bool         `yaml:"one"`   // only the first value that holds
	Steps  bool         `yaml:"steps"` // the values in the order in which they are first said
	Values []valueSpec  `yaml:"values"`
}

// valueSpec is one way for a value to hold; all that it names must hold. The
// same value may be listed again with another way. One that names neither cues
// nor sorts holds where no other value of the tag does.
type valueSpec struct {
	at    position
	Value string `yaml:"value"`
	Title say    `yaml:"title"` // the value as people read it, if not as it is
	Say   items  `yaml:"say"`   // cues, one of which is said …
	In    item   `yaml:"in"`    // … in this part of the call, see parsePart
	Times int    `yaml:"times"` // … in so many turns, if not one
	When  items  `yaml:"when"`  // sorts of call, all of them; !sort for none
}

// TagKind is a tag of a pack.
type TagKind struct {
	ID      string
	Title   call.Say
	Sources []Source
	Ordered bool // the values come in the order in which they are first said
	One     bool // a call has one value at most
	Place   int  // 0-based, among the tags of the pack

	when []sortTest
	ways []valueWay
}

// valueWay is one way for a value to hold.
type valueWay struct {
	value string
	name  call.Say
	say   []*cue // nil: whatever is said
	in    part
	times int
	when  []sortTest
	rest  bool // it holds where nothing else does
}

// Tag is what a call is in one respect. Values is never empty.
type Tag struct {
	*TagKind
	Values []TagValue // in the order of the pack, or in that of the call if the tag is Ordered
}

// ValueNames lists the values that the tag may have, each once, as machines read them.
func (k *TagKind) ValueNames() []string {
	var out []string
	for i := range k.ways {
		if !slices.Contains(out, k.ways[i].value) {
			out = append(out, k.ways[i].value)
		}
	}
	return out
}

// TagValue is one value of a tag.
type TagValue struct {
	Value string   // as machines read it, in any language
	Name  call.Say // as people read it
	Turn  int      // 0-based turn that first says so; -1 where it is known otherwise

	start int // byte of the folded turn
}

// validTag is how a tag is named: lower case, with hyphens.
var validTag = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

func (c *compiler) compileTags(s *packSpec) {
	for i := range s.Tags {
		t := c.tag(&s.Tags[i])
		known := slices.IndexFunc(c.pack.Tags, func(k *TagKind) bool { return k.ID == t.ID })
		switch {
		case known < 0:
			t.Place = len(c.pack.Tags)
			c.pack.Tags = append(c.pack.Tags, t)
		case c.file.house:
			t.Place = known
			c.pack.Tags[known] = t
		default:
			c.fault(s.Tags[i].ID.At, faultf("标签 %q 定义了两次", "tag %q is defined twice", t.ID))
		}
	}
}

func (c *compiler) tag(s *tagSpec) *TagKind {
	if !validTag.MatchString(s.ID.Text) {
		c.fault(s.at, faultf("标签名 %q 不合格式，应为小写英文，例如 complaint-level", "tag id %q is not in lower case with hyphens, such as complaint-level", s.ID.Text))
	}
	if s.Title.ZH == "" {
		c.fault(s.at, faultf("标签 %s 缺少 title", "tag %s has no title", s.ID.Text))
	}
	if len(s.Values) == 0 {
		c.fault(s.at, faultf("标签 %s 没有取值（values）", "tag %s has no values", s.ID.Text))
	}
	if s.One && s.Steps {
		c.fault(s.at, faultf("标签 %s 只有一个值（one），就没有先后（steps）", "tag %s has one value only, so there are no steps", s.ID.Text))
	}
	t := &TagKind{ID: s.ID.Text, Title: s.Title.Say, Sources: c.sources(s.Source), Ordered: s.Steps, One: s.One, when: c.sortTests(s.When)}
	for i := range s.Values {
		t.ways = append(t.ways, c.value(&s.Values[i], i == len(s.Values)-1))
	}
	return t
}

// value compiles one way for a value to hold; last says that no other follows.
func (c *compiler) value(s *valueSpec, last bool) valueWay {
	in := c.part(s.In.At, s.In.Text)
	if s.Value == "" {
		c.fault(s.at, faultf("这里没有取值（value）", "no value here"))
	}
	if s.Say == nil && (s.In.Text != "" || s.Times != 0) {
		c.fault(s.at, faultf("写了 in 或 times，就要写 say", "in and times need say"))
	}
	w := valueWay{value: s.Value, name: call.Say{ZH: cmp.Or(s.Title.ZH, s.Value), EN: cmp.Or(s.Title.EN, s.Value)}, say: c.cuesAt(s.Say), in: in, times: max(1, s.Times), when: c.sortTests(s.When)}
	w.rest = s.Say == nil && s.When == nil
	if w.rest && !last {
		c.fault(s.at, faultf("没有 say 和 when 的值在别的都不成立时才成立，要写在最后", "a value without say and when holds where no other does, so it must come last"))
	}
	return w
}

// tags are the tags of the call, in the order of the pack.
func (v *view) tags() []Tag {
	var out []Tag
	for _, k := range v.pack.Tags {
		if !v.is(k.when) {
			continue
		}
		if values := v.values(k); values != nil {
			out = append(out, Tag{k, values})
		}
	}
	return out
}

// values are the values of a tag that hold for the call, each once.
func (v *view) values(k *TagKind) []TagValue {
	var out []TagValue
	for i := range k.ways {
		w := &k.ways[i]
		known := slices.ContainsFunc(out, func(t TagValue) bool { return t.Value == w.value })
		if known && !k.Ordered || w.rest && out != nil {
			continue
		}
		if at, holds := v.holdsWay(w); holds {
			out = append(out, TagValue{Value: w.value, Name: w.name, Turn: at.turn, start: at.span.start})
		}
		if k.One && out != nil {
			break
		}
	}
	if k.Ordered {
		out = inSteps(out)
	}
	return out
}

// inSteps orders values as they are first said, and keeps the first of equal ones.
func inSteps(values []TagValue) []TagValue {
	slices.SortStableFunc(values, func(a, b TagValue) int {
		return cmp.Or(cmp.Compare(a.Turn, b.Turn), cmp.Compare(a.start, b.start))
	})
	seen := map[string]bool{}
	return slices.DeleteFunc(values, func(t TagValue) bool {
		again := seen[t.Value]
		seen[t.Value] = true
		return again
	})
}

// holdsWay reports whether a value holds in one way, and where that is first said.
func (v *view) holdsWay(w *valueWay) (place, bool) {
	first := wholeCall()
	if w.say != nil && !v.mayAny(w.say) || !v.is(w.when) {
		return first, false
	}
	if w.say == nil {
		return first, true
	}
	said := 0
	for _, i := range v.turnsOf(w.in) {
		at, found := v.firstOf(i, w.say)
		if !found {
			continue
		}
		if said++; said == 1 {
			first = at
		}
		if said == w.times {
			return first, true
		}
	}
	return first, false
}
