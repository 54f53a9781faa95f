package rule

import (
	"go.yaml.in/yaml/v3"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/strict"
)

// The structs of this file are the YAML of a pack as written; compile.go turns
// them into what checks calls. Keys that no struct names are errors.

// packSpec is one file of a pack. A pack may be split over the files of a folder.
type packSpec struct {
	Pack      string                  `yaml:"pack"`
	Extends   item                    `yaml:"extends"` // the pack that this one changes; see house.go
	Version   string                  `yaml:"version"`
	Title     say                     `yaml:"title"`
	Documents map[string]documentSpec `yaml:"documents"`
	Settings  map[string]items        `yaml:"settings"` // each is a word too: {hotline}
	Words     map[string]items        `yaml:"words"`
	Cues      map[string]cueSpec      `yaml:"cues"`
	Shields   items                   `yaml:"shields"` // cues over which no agent phrase of a forbid rule counts
	Calls     map[string]sortSpecs    `yaml:"calls"`
	Rules     []ruleSpec              `yaml:"rules"`
	Tags      []tagSpec               `yaml:"tags"`
	Scenes    []sceneSpec             `yaml:"scenes"`
	Score     *scoreSpec              `yaml:"score"`
	Add       addSpec                 `yaml:"add"`
	Change    map[string]changeSpec   `yaml:"change"` // by rule id
}

type documentSpec struct {
	Title  string `yaml:"title"`
	Issuer string `yaml:"issuer"`
	Date   string `yaml:"date"`
}

// cueSpec is something a turn can say.
type cueSpec struct {
	at        position
	Title     say        `yaml:"title"`
	Speaker   string     `yaml:"speaker"`
	Any       items      `yaml:"any"`        // phrases, or <cues>
	Unless    guardSpecs `yaml:"unless"`     // what shields a match
	With      guardSpecs `yaml:"with"`       // what a match needs besides
	MinLength int        `yaml:"min-length"` // of the turn, in folded characters without breaks
	MaxLength int        `yaml:"max-length"`
	Words     *bool      `yaml:"words"` // false: a match may split a word

	Setting map[string]items `yaml:"setting"` // the cue is never found unless each setting has one of the values
}

// guardSpecs are conditions on a match: by scope, phrases or <cues>. A plain
// list means the scope "over".
type guardSpecs map[string]items

// sortSpec is one way for a call to be of a sort; all that it names must hold.
type sortSpec struct {
	at         position
	Direction  items            `yaml:"direction"` // "" stands for unknown
	Reason     items            `yaml:"reason"`    // callback_reason
	Hangup     items            `yaml:"hangup"`
	CallbackOf bool             `yaml:"callback-of"` // the call names the one it answers
	Truncated  bool             `yaml:"truncated"`
	Setting    map[string]items `yaml:"setting"`
	Said       items            `yaml:"said"` // cues, one of which is said …
	In         string           `yaml:"in"`   // … in this part of the call
	Is         items            `yaml:"is"`   // other sorts, all of them; !sort for none
}

// sortSpecs are the ways for a call to be of a sort, one of which must hold.
type sortSpecs []sortSpec

type ruleSpec struct {
	at       position
	ID       item          `yaml:"id"`
	Title    say           `yaml:"title"`
	Severity item          `yaml:"severity"`
	Why      say           `yaml:"why"`
	Message  say           `yaml:"message"`
	Advice   say           `yaml:"advice"`
	Fix      fixSpec       `yaml:"fix"`
	Limits   say           `yaml:"limits"`
	Source   []sourceSpec  `yaml:"source"`
	When     items         `yaml:"when"` // sorts of call, all of them; !sort for none
	Cost     costSpec      `yaml:",inline"`
	Waivable *bool         `yaml:"waivable"` // false: nothing can accept what it finds
	Forbid   *forbidSpec   `yaml:"forbid"`
	Require  *requireSpec  `yaml:"require"`
	Reply    *replySpec    `yaml:"reply"`
	Order    *orderSpec    `yaml:"order"`
	Repeat   *repeatSpec   `yaml:"repeat"`
	Timing   *timingSpec   `yaml:"timing"`
	Followup *followupSpec `yaml:"followup"`
	Library  *librarySpec  `yaml:"library"`
	Test     testSpec      `yaml:"test"`
}

type sourceSpec struct {
	Doc  item   `yaml:"doc"`
	Says string `yaml:"says"`
}

type testSpec struct {
	Bad  []exampleSpec `yaml:"bad"`
	Good []exampleSpec `yaml:"good"`
}

// exampleSpec is one example: the words of one agent turn, several turns as
// "客：…… / 坐：……", or those with what is known of the call.
type exampleSpec struct {
	at        position
	Says      string `yaml:"says"`
	Direction string `yaml:"direction"`
	Reason    string `yaml:"reason"`
	Hangup    string `yaml:"hangup"`
	Whole     bool   `yaml:"whole"` // the call from its first to its last word, not an excerpt

	Calls   items        `yaml:"calls"`   // of a rule that judges calls together, instead of says
	Scripts []scriptSpec `yaml:"scripts"` // of a rule of libraries, instead of says
}

// scriptSpec is one entry of a script library in an example.
type scriptSpec struct {
	ID       string `yaml:"id"`
	Scene    string `yaml:"scene"`
	Required bool   `yaml:"required"`
	Says     items  `yaml:"says"`  // the wordings
	Never    items  `yaml:"never"` // what the library says that it must not say
}

// The places and the scalars of a pack.
type (
	position = strict.Position
	item     = strict.Item
	items    = strict.Items
)

// say is a text in both languages; a plain scalar is Chinese only.
type say struct{ call.Say }

// UnmarshalYAML reads a text in Chinese, or in both languages.
func (s *say) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		s.ZH = n.Value
		return nil
	}
	return n.Decode(&s.Say)
}

// UnmarshalYAML reads a list for the scope "over", or lists by scope.
func (g *guardSpecs) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.MappingNode {
		return n.Decode((*map[string]items)(g))
	}
	var over items
	if err := n.Decode(&over); err != nil {
		return err
	}
	*g = guardSpecs{"over": over}
	return nil
}

// UnmarshalYAML reads one way or a list of ways.
func (s *sortSpecs) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.SequenceNode {
		return n.Decode((*[]sortSpec)(s))
	}
	var one sortSpec
	if err := n.Decode(&one); err != nil {
		return err
	}
	*s = sortSpecs{one}
	return nil
}

// UnmarshalYAML reads the words alone, or with what is known of the call.
func (e *exampleSpec) UnmarshalYAML(n *yaml.Node) error {
	e.at = strict.At(n)
	if n.Kind == yaml.ScalarNode {
		e.Says = n.Value
		return nil
	}
	type plain exampleSpec
	return n.Decode((*plain)(e))
}

// UnmarshalYAML reads a cue and its place.
func (c *cueSpec) UnmarshalYAML(n *yaml.Node) error {
	c.at = strict.At(n)
	type plain cueSpec
	return n.Decode((*plain)(c))
}

// UnmarshalYAML reads a tag and its place.
func (s *tagSpec) UnmarshalYAML(n *yaml.Node) error {
	s.at = strict.At(n)
	type plain tagSpec
	return n.Decode((*plain)(s))
}

// UnmarshalYAML reads a scene and its place.
func (s *sceneSpec) UnmarshalYAML(n *yaml.Node) error {
	s.at = strict.At(n)
	type plain sceneSpec
	return n.Decode((*plain)(s))
}

// UnmarshalYAML reads a value and its place.
func (s *valueSpec) UnmarshalYAML(n *yaml.Node) error {
	s.at = strict.At(n)
	type plain valueSpec
	return n.Decode((*plain)(s))
}

// UnmarshalYAML reads a change and its place.
func (s *changeSpec) UnmarshalYAML(n *yaml.Node) error {
	s.at = strict.At(n)
	type plain changeSpec
	return n.Decode((*plain)(s))
}

// UnmarshalYAML reads a rule and its place.
func (r *ruleSpec) UnmarshalYAML(n *yaml.Node) error {
	r.at = strict.At(n)
	type plain ruleSpec
	return n.Decode((*plain)(r))
}

// UnmarshalYAML reads a way and its place.
func (s *sortSpec) UnmarshalYAML(n *yaml.Node) error {
	s.at = strict.At(n)
	type plain sortSpec
	return n.Decode((*plain)(s))
}
