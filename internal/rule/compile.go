package rule

import (
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Pack is a loaded pack: rules ready to judge calls. It is not changed by
// checking, so any number of goroutines may use it.
type Pack struct {
	Name      string
	Version   string
	Title     call.Say
	Extends   []string   // the names of the packs that it extends
	Documents []Document // by key
	Rules     []*Rule    // in the order of the pack
	Tags      []*TagKind // in the order of the pack
	Scale     *Scale     // nil: calls are not scored
	Scenes    []*Scene   // in the order of the pack

	phrases  []*phrase
	sorts    int       // how many of them there are
	cues     []*cue    // all of them, those of rules and guards too
	sieve    sieve     // of the phrases
	makes    [][]int32 // the cues that a phrase can make, by its index
	sides    []side    // whose turns a phrase is looked for in, by its index
	always   bitset    // the cues that need no literal
	unsought bitset    // the phrases that need none
	views    views     // for the calls to come
	made     *compiler // what the pack was made of, for Lint
}

// compiler turns the specs of a pack's files into what checks calls. Names are
// shared by all files; a fault is reported at its place and the rest goes on,
// so that one run shows everything that is wrong.
type compiler struct {
	*loader
	pack     *Pack
	file     *packFile // whose spec is being compiled
	words    map[string][]string
	cues     map[string]*namedCue
	sorts    map[string]*namedSort
	shields  []guard
	index    map[string]int32 // pattern source → index of its phrase
	sought   []soughtPhrase
	settings []string // the names of the settings
	keys     wordKeys // of phrases, once all words are known
}

// namedCue is a cue of the pack; it is compiled when first asked for.
type namedCue struct {
	file *packFile
	spec cueSpec
	cue  *cue
	open bool // being compiled: asking for it again is a circle
}

// namedSort is a sort of call; it is compiled when first asked for.
type namedSort struct {
	file  *packFile
	specs sortSpecs
	sort  *sort
	open  bool // being compiled: asking for it again is a circle
}

func compilePack(l *loader) *Pack {
	c := &compiler{loader: l, pack: &Pack{}, words: map[string][]string{}, cues: map[string]*namedCue{},
		sorts: map[string]*namedSort{}, index: map[string]int32{}}
	c.eachFile(c.declare)
	c.overlaySettings()
	c.eachFile(c.add)
	c.keys.words = c.words
	c.eachFile(func(s *packSpec) { c.shields = append(c.shields, c.guards(guardSpecs{"over": s.Shields})...) })
	for _, name := range keys(c.cues) {
		c.namedCue(name)
	}
	for _, name := range keys(c.sorts) {
		c.namedSort(name)
	}
	c.eachFile(c.compileRules)
	c.eachFile(c.change)
	c.eachFile(c.compileTags)
	c.eachFile(c.scale)
	c.eachFile(c.scenes)
	c.derive()
	c.pack.link()
	c.pack.sieve = newSieve(c.pack, c.prepared)
	c.pack.made = c
	return c.pack
}

func (c *compiler) eachFile(do func(*packSpec)) {
	for _, f := range c.files {
		c.file = f
		do(&f.spec)
	}
}

// fault notes what is wrong at a place of the file being compiled.
func (c *compiler) fault(p position, f *fault) { c.report(c.file, p, f) }

// in runs do while file is the one being compiled.
func (c *compiler) in(file *packFile, do func()) {
	before := c.file
	c.file = file
	do()
	c.file = before
}

// declare notes the names of a file; nothing refers to anything yet.
func (c *compiler) declare(s *packSpec) {
	if s.Pack != "" {
		if c.pack.Name != "" && c.file.house {
			c.pack.Extends = append(c.pack.Extends, c.pack.Name)
		}
		c.pack.Name, c.pack.Version, c.pack.Title = s.Pack, s.Version, s.Title.Say
	}
	for _, key := range keys(s.Documents) {
		d := s.Documents[key]
		c.pack.Documents = append(c.pack.Documents, Document{key, d.Title, d.Issuer, d.Date})
	}
	for _, name := range keys(s.Settings) {
		if c.file.house && c.words[name] == nil {
			c.fault(s.Settings[name].First(), unknownName("设置", "setting", name, c.settings))
		}
		c.settings = append(c.settings, name)
		c.unique(name, c.words[name] != nil && !c.file.house, s.Settings[name])
		c.words[name] = s.Settings[name].Texts()
	}
	for _, name := range keys(s.Words) {
		c.unique(name, c.words[name] != nil, s.Words[name])
		c.words[name] = s.Words[name].Texts()
	}
	for _, name := range keys(s.Cues) {
		c.unique(name, c.cues[name] != nil, items{{At: s.Cues[name].at}})
		c.cues[name] = &namedCue{file: c.file, spec: s.Cues[name]}
	}
	for _, name := range keys(s.Calls) {
		c.unique(name, c.sorts[name] != nil, nil)
		c.sorts[name] = &namedSort{file: c.file, specs: s.Calls[name]}
	}
}

// unique notes a name that the pack defines twice.
func (c *compiler) unique(name string, taken bool, where items) {
	if taken {
		c.fault(where.First(), faultf("%q 定义了两次", "%q is defined twice", name))
	}
}

// namedCue returns a cue of the pack by its name, nil if that is at fault.
func (c *compiler) namedCue(name string) *cue {
	n := c.cues[name]
	if n.cue != nil {
		return n.cue
	}
	if n.open {
		c.report(n.file, n.spec.at, faultf("线索 %q 绕一圈引用了它自己", "cue %q refers to itself in a circle", name))
		return c.newCue()
	}
	n.open = true
	c.in(n.file, func() { n.cue = c.cue(name, n.spec, "") })
	return n.cue
}

// cue compiles the spec of a cue, named or not.
func (c *compiler) cue(name string, s cueSpec, speaker call.Role) *cue {
	out := c.newCue()
	*out = cue{id: out.id, name: name, title: s.Title.Say, speaker: speaker, min: s.MinLength, max: s.MaxLength,
		splits: s.Words != nil && !*s.Words, unless: c.guards(s.Unless), with: c.guards(s.With)}
	if s.Speaker != "" {
		out.speaker = c.speaker(s)
	}
	if len(s.Any) == 0 && s.MinLength+s.MaxLength == 0 {
		c.fault(s.at, faultf("这里没有短语（any），永远不会命中", "no phrases (any) here, so it can never be found"))
	}
	if !c.settingsAre(s.Setting) {
		out.never = true
		return out
	}
	c.fill(out, s.Any)
	for _, p := range out.phrases {
		c.sought = append(c.sought, soughtPhrase{c.pack.phrases[p], c.file, s.at})
	}
	return out
}

// newCue adds a cue to the pack.
func (c *compiler) newCue() *cue {
	out := &cue{id: int32(len(c.pack.cues))}
	c.pack.cues = append(c.pack.cues, out)
	return out
}

// soughtPhrase is a phrase of a cue, unlike those that only guards use, with the
// place of the cue.
type soughtPhrase struct {
	*phrase
	file *packFile
	at   position
}

// derive finds what all phrases need, on all processors. The phrases of a
// guard run only where something has matched, so they may be without.
func (c *compiler) derive() {
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(c.pack.phrases); i += workers {
				if c.pack.phrases[i].known == nil {
					c.pack.phrases[i].derive()
				}
			}
		})
	}
	wait.Wait()
	for _, s := range c.sought {
		if !s.sought {
			c.report(s.file, s.at, faultf("短语 %q 没有必然出现的字，会在每句话上运行；请写出至少一个固定的字",
				"phrase %q has no text that every match holds, so it would run on every turn; spell out at least one character", s.source))
		}
	}
}

// fill adds phrases and <cues> to a cue.
func (c *compiler) fill(out *cue, any items) {
	for _, it := range any {
		if name, ok := reference(it.Text); ok {
			out.others = append(out.others, c.cueAt(item{At: it.At, Text: name})...)
		} else if p, ok := c.phrase(it); ok && !slices.Contains(out.phrases, p) {
			out.phrases = append(out.phrases, p)
		}
	}
}

func (c *compiler) speaker(s cueSpec) call.Role {
	role := call.Role(s.Speaker)
	switch role {
	case call.Agent, call.Customer, call.Other:
		return role
	case "any":
		return ""
	}
	c.fault(s.at, unknownName("说话人", "speaker", s.Speaker, []string{"agent", "customer", "other", "any"}))
	return ""
}

// reference reads "<name>", which stands for a cue.
func reference(s string) (string, bool) {
	if len(s) > 2 && s[0] == '<' && s[len(s)-1] == '>' {
		return s[1 : len(s)-1], true
	}
	return "", false
}

// cueAt returns the cue of a name in the pack, none if there is no such cue.
func (c *compiler) cueAt(it item) []*cue {
	if c.cues[it.Text] == nil {
		c.fault(it.At, unknownName("线索", "cue", it.Text, keys(c.cues)))
		return nil
	}
	return []*cue{c.namedCue(it.Text)}
}

// cuesAt returns the cues of a list of names, to look for in calls.
func (c *compiler) cuesAt(list items) []*cue {
	var out []*cue
	for _, it := range list {
		out = append(out, c.cueAt(it)...)
	}
	for _, cue := range out {
		cue.asked = true
	}
	return out
}

// phrase returns the index of a phrase in the pack.
func (c *compiler) phrase(it item) (int32, bool) {
	if i, known := c.index[it.Text]; known {
		return i, true
	}
	p, f := c.newPhrase(it.Text)
	if f != nil {
		c.fault(it.At, f)
		return 0, false
	}
	i := int32(len(c.pack.phrases))
	c.pack.phrases = append(c.pack.phrases, p)
	c.index[it.Text] = i
	return i, true
}

// newPhrase makes a phrase, with what is known of it beforehand.
func (c *compiler) newPhrase(source string) (*phrase, *fault) {
	if len(c.prepared) > 0 {
		key := c.keys.of(source)
		for _, by := range c.prepared {
			if known, ok := by.phrases[key]; ok {
				return knownPhrase(source, c.words, by, known), nil
			}
		}
	}
	return newPhrase(source, c.words)
}

// guards compiles the conditions on a match.
func (c *compiler) guards(specs guardSpecs) []guard {
	var out []guard
	for _, name := range keys(specs) {
		list := specs[name]
		if len(list) == 0 {
			continue
		}
		if !slices.Contains(scopes, scope(name)) {
			c.fault(list.First(), unknownName("范围", "scope", name, scopeNames()))
			continue
		}
		g := guard{scope: scope(name), cue: c.newCue()}
		c.fill(g.cue, list)
		if len(g.cue.phrases) == 0 && len(g.cue.others) == 1 {
			g.cue = g.cue.others[0] // no need to look twice
		}
		out = append(out, g)
	}
	return out
}

func scopeNames() []string {
	out := make([]string, len(scopes))
	for i, s := range scopes {
		out[i] = string(s)
	}
	return out
}

// namedSort returns a sort of call by its name.
func (c *compiler) namedSort(name string) *sort {
	n := c.sorts[name]
	switch {
	case n.open:
		c.report(n.file, n.specs[0].at, faultf("通话类别 %q 绕一圈引用了它自己", "sort of call %q refers to itself in a circle", name))
		return c.newSort(name)
	case n.sort == nil:
		n.sort, n.open = c.newSort(name), true
		c.in(n.file, func() { c.ways(n) })
		n.open = false
	}
	return n.sort
}

// newSort adds a sort of call to the pack.
func (c *compiler) newSort(name string) *sort {
	c.pack.sorts++
	return &sort{id: c.pack.sorts - 1, name: name}
}

func (c *compiler) ways(n *namedSort) {
	for _, s := range n.specs {
		c.known("direction", s.Direction, "", string(call.Inbound), string(call.Outbound), string(call.Callback))
		c.known("reason", s.Reason, "", "interrupted", "research", "correction", "work-order", "complaint-reply")
		c.known("hangup", s.Hangup, "", string(call.ByAgent), string(call.ByCustomer), string(call.Dropped))
		in := c.part(s.at, s.In)
		n.sort.ways = append(n.sort.ways, sortWay{
			direction: convert[call.Direction](s.Direction), reason: convert[string](s.Reason), hangup: convert[call.Hangup](s.Hangup),
			callbackOf: s.CallbackOf, truncated: s.Truncated, never: !c.settingsAre(s.Setting),
			said: c.cuesAt(s.Said), in: in, is: c.sortTests(s.Is),
		})
	}
}

// known notes the values of a list that are none of those allowed.
func (c *compiler) known(what string, list items, allowed ...string) {
	for _, it := range list {
		if !slices.Contains(allowed, it.Text) {
			c.fault(it.At, unknownName(what, what, it.Text, allowed))
		}
	}
}

// settingsAre reports whether the pack's settings have one of the values asked for.
func (c *compiler) settingsAre(want map[string]items) bool {
	for _, name := range keys(want) {
		if c.words[name] == nil {
			c.fault(want[name].First(), unknownName("设置", "setting", name, keys(c.words)))
		}
		if !slices.ContainsFunc(want[name].Texts(), func(v string) bool { return slices.Contains(c.words[name], v) }) {
			return false
		}
	}
	return true
}

func convert[T ~string](list items) []T {
	var out []T
	for _, it := range list {
		out = append(out, T(it.Text))
	}
	return out
}

// sortTests compiles a list of sorts, each with a ! in front where it must not hold.
func (c *compiler) sortTests(list items) []sortTest {
	var out []sortTest
	for _, it := range list {
		name, not := strings.CutPrefix(it.Text, "!")
		if c.sorts[name] == nil {
			c.fault(it.At, unknownName("通话类别", "sort of call", name, keys(c.sorts)))
			continue
		}
		out = append(out, sortTest{c.namedSort(name), not})
	}
	return out
}
