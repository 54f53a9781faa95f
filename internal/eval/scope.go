package eval

import (
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Choice says in patterns (ids, families, globs) which rules to compare.
type Choice struct {
	Select []string // none: all
	Ignore []string
	Closed []string // rules of severity info that turn items label completely
}

// Scope says which rules are compared on which items.
type Scope struct {
	known    map[string]bool // rules of the packs
	chosen   map[string]bool // by the Choice, rules that only labels name included
	selected bool
	closed   map[string]bool
	labelled map[*File]map[string]bool // as the files say
	named    map[*File]map[string]bool // by a label
}

// NewScope applies a choice to the rules of all packs and to the rules that
// labels name. unknown are patterns of the choice that name none of them. Rules
// that labels name and no pack has become problems of their files.
func NewScope(files []*File, rules []*rule.Rule, c Choice) (s *Scope, unknown []call.Say) {
	s = &Scope{known: ids(rules), selected: len(c.Select) > 0, labelled: map[*File]map[string]bool{}, named: map[*File]map[string]bool{}}
	all := slices.Clone(rules)
	for _, f := range files {
		s.named[f] = f.rules()
		for _, id := range sorted(s.named[f]) {
			all = append(all, &rule.Rule{ID: id})
		}
	}
	chosen, unknown := rule.Choose(all, c.Select, c.Ignore)
	s.chosen = ids(chosen)
	closed, _ := rule.Choose(all, c.Closed, nil) // a pack may have none of them
	s.closed = ids(closed)
	if len(c.Closed) == 0 {
		s.closed = nil
	}
	for _, f := range files {
		s.readHeader(f, all)
		s.checkRules(f, rules)
		s.tellDefault(f)
	}
	return s, unknown
}

// readHeader finds the rules that a file says were labelled.
func (s *Scope) readHeader(f *File, all []*rule.Rule) {
	if f.Labelled == nil {
		return
	}
	list, unknown := rule.Choose(all, f.Labelled, nil)
	if len(f.Labelled) > 0 {
		s.labelled[f] = ids(list)
	} else {
		s.labelled[f] = map[string]bool{}
	}
	for _, what := range unknown {
		f.problem(f.header, "", true, what)
	}
}

// tellDefault says which rules are looked at on the calls kept elsewhere, where
// neither the file nor the user does.
func (s *Scope) tellDefault(f *File) {
	elsewhere := slices.ContainsFunc(f.Items, func(it *Item) bool { return it.Shape == Elsewhere })
	if elsewhere && f.Labelled == nil && !s.selected {
		f.problem(0, "", false, call.Sayf("没有写明标了哪些规则，只看标注里出现过的 %d 条；可用 --select 或第一行的 labelled 写明",
			"it does not say which rules were labelled, so only the %d that it names are looked at; say so with --select, or labelled on the first line", len(s.named[f])))
	}
}

// checkRules reports labels that cannot fire: their rule is in no pack, is left
// out by the first line of the file, or judges no turn by itself.
func (s *Scope) checkRules(f *File, rules []*rule.Rule) {
	reported := map[string]bool{}
	for _, it := range f.Items {
		for _, id := range it.rules() {
			if reported[id] || !s.chosen[id] {
				continue
			}
			if what := s.idle(it, id, rules); what != nil {
				reported[id] = true
				f.problem(it.Line, it.ID, true, *what)
			}
		}
	}
}

// idle tells why a label cannot fire, nil if it can.
func (s *Scope) idle(it *Item, id string, rules []*rule.Rule) *call.Say {
	at := slices.IndexFunc(rules, func(r *rule.Rule) bool { return r.ID == id })
	var what call.Say
	switch {
	case at < 0:
		hint := call.DidYouMean(id, sorted(s.known))
		what = call.Sayf("没有叫 %[1]q 的规则，按漏报计%[2]s", "no rule is called %[1]q, so it counts as a miss%[3]s", id, hint.ZH, hint.EN)
	case !s.covers(it, id):
		what = call.Sayf("%s 不在这个文件的 labelled 里，不计", "%s is not in labelled of this file, so it does not count", id)
	case it.Shape == Turn && it.names(id) && !JudgesTurn(rules[at]):
		what = call.Sayf("%s 要看整通电话，单独一句话不会命中，按漏报计", "%s judges whole calls and never fires on one turn, so it counts as a miss", id)
	default:
		return nil
	}
	return &what
}

// Chosen reports whether a rule is compared at all.
func (s *Scope) Chosen(id string) bool { return s.chosen[id] }

// covers reports whether a rule was labelled where the item's file restricts that.
func (s *Scope) covers(it *Item, id string) bool {
	if labelled, says := s.labelled[it.File]; says {
		return labelled[id]
	}
	return true
}

// fits reports whether a rule can be judged on the item's shape and is chosen.
func (s *Scope) fits(it *Item, r *rule.Rule) bool {
	return s.chosen[r.ID] && (it.Shape != Turn || JudgesTurn(r))
}

// Compares reports whether a firing of the rule on the item counts.
func (s *Scope) Compares(it *Item, r *rule.Rule) bool {
	_, says := s.labelled[it.File]
	switch {
	case !s.fits(it, r) || !s.covers(it, r.ID) || it.Shape == Bare:
		return false
	case says, it.names(r.ID):
		return true
	case it.Shape == Elsewhere:
		return s.selected || s.named[it.File][r.ID]
	}
	return r.Severity > rule.Info || it.Shape == Turn && s.closed[r.ID]
}

// JudgesTurn reports whether a rule can be judged on a single turn of an agent:
// it forbids words wherever they are said, or does so in a sort of call. Of the
// latter, its own examples of broken turns tell.
func JudgesTurn(r *rule.Rule) bool {
	return r.OneTurn || r.Kind == "forbid" && len(r.Bad()) > 0 &&
		!slices.ContainsFunc(r.Bad(), func(e rule.Example) bool { return !e.OneTurn })
}

// rules lists the rules that the item names, in any list.
func (it *Item) rules() []string {
	var out []string
	for _, l := range it.Want {
		out = append(out, l.Rule)
	}
	return append(out, it.Allow...)
}

// rules are those that any item names.
func (f *File) rules() map[string]bool {
	out := map[string]bool{}
	for _, it := range f.Items {
		for _, id := range it.rules() {
			out[id] = true
		}
	}
	return out
}

func ids(rules []*rule.Rule) map[string]bool {
	out := map[string]bool{}
	for _, r := range rules {
		out[r.ID] = true
	}
	return out
}
