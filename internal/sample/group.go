package sample

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
)

// group is the calls of one agent, say.
type group struct {
	name  string
	calls int     // that came by, fatal ones left out
	picks []*Pick // those of them that may be chosen
	limit uint64  // hashes above are not
}

// pruneAt is how many calls may be kept before it is worth asking which can still be chosen.
const pruneAt = 256

// chance is a number that a seed and a name decide, evenly spread.
func chance(seed, name string) uint64 {
	sum := sha256.Sum256([]byte(seed + "\x00" + name))
	return binary.BigEndian.Uint64(sum[:])
}

func (s *Sampler) addToGroup(name string, p *Pick) {
	g := s.groups[name]
	if g == nil {
		g = &group{name: strings.Clone(name), limit: ^uint64(0)}
		s.groups[g.name] = g
	}
	g.calls++
	if p.hash > s.limit || p.hash > g.limit {
		return
	}
	g.picks = append(g.picks, s.leave(p))
	if s.kept++; s.kept > s.next {
		s.prune()
	}
}

// mostOfGroup is more calls of one group than are ever chosen. Every group with calls left gets
// one call, so the more groups there are, the fewer are for each; the risky ones are chosen
// before, but until the end nobody knows which those are.
func (s *Sampler) mostOfGroup() int {
	risky := s.mostRisky()
	return max(1, s.plan.Size-len(s.groups)+risky+1) + risky
}

// prune drops the calls that cannot be chosen any more, whatever is still to come.
func (s *Sampler) prune() {
	s.kept = 0
	var best []uint64
	for _, g := range s.groups {
		slices.SortFunc(g.picks, byChance)
		if most := s.mostOfGroup(); len(g.picks) > most {
			g.picks = slices.Clip(g.picks[:most])
			g.limit = g.picks[most-1].hash
		}
		s.kept += len(g.picks)
		if len(g.picks) > 0 {
			best = append(best, g.picks[0].hash)
		}
	}
	// Where there are more groups than places, those with the lowest hashes get one each.
	if most := s.plan.Size + s.mostRisky(); len(best) > most+s.mostRisky() {
		slices.Sort(best)
		s.limit = min(s.limit, best[most])
		s.kept = 0
		for _, g := range s.groups {
			g.picks = slices.DeleteFunc(g.picks, func(p *Pick) bool { return p.hash > s.limit })
			s.kept += len(g.picks)
		}
	}
	s.next = max(pruneAt, 2*s.kept)
}

// takeRandom chooses n calls by chance. Every group has at least one of them if there are enough; the
// others go to the groups by their size.
func (s *Sampler) takeRandom(n int, risky []*Pick) []*Pick {
	s.removeRisky(risky)
	groups := s.withCalls()
	var out []*Pick
	for i, share := range shares(groups, n, s.plan.Seed) {
		g := groups[i]
		slices.SortFunc(g.picks, byChance)
		for _, p := range g.picks[:share] {
			p.Cause, p.Group = Random, Group{g.name, g.calls, share}
			out = append(out, p)
		}
	}
	return out
}

// removeRisky takes the calls that are chosen already out of their groups.
func (s *Sampler) removeRisky(risky []*Pick) {
	chosen := map[*Pick]bool{}
	for _, p := range risky {
		chosen[p] = true
		s.groups[s.plan.By(p.Call)].calls--
	}
	for _, g := range s.groups {
		g.picks = slices.DeleteFunc(g.picks, func(p *Pick) bool { return chosen[p] })
	}
}

// withCalls lists the groups that have calls left, by name.
func (s *Sampler) withCalls() []*group {
	var out []*group
	for _, g := range s.groups {
		if g.calls > 0 {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b *group) int { return cmp.Compare(a.name, b.name) })
	return out
}

// shares divides n places among groups: one for each, the others in proportion to the calls
// beyond that one, by largest remainder. Where there are fewer places than groups, the
// groups with the lowest hash of a call get them, which is fair to every call.
func shares(groups []*group, n int, seed string) []int {
	out := make([]int, len(groups))
	order := make([]int, len(groups))
	all := 0
	for i, g := range groups {
		order[i] = i
		all += g.calls
	}
	if n < len(groups) {
		slices.SortFunc(order, func(a, b int) int { return first(groups[a], groups[b]) })
		for _, i := range order[:n] {
			out[i] = 1
		}
		return out
	}
	rest, beyond := min(n, all)-len(groups), all-len(groups)
	given := 0
	for i, g := range groups {
		out[i] = 1
		if beyond > 0 {
			out[i] += rest * (g.calls - 1) / beyond
		}
		given += out[i] - 1
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := groups[a], groups[b]
		return cmp.Or(cmp.Compare(remainder(y, rest, beyond), remainder(x, rest, beyond)), cmp.Compare(chance(seed, x.name), chance(seed, y.name)))
	})
	for _, i := range order[:rest-given] {
		out[i]++
	}
	return out
}

// remainder is what a group is owed beyond the whole calls that it got.
func remainder(g *group, rest, beyond int) int {
	if beyond == 0 {
		return 0
	}
	return rest * (g.calls - 1) % beyond
}

// first compares groups by the lowest hash of their calls; one without any comes last.
func first(a, b *group) int {
	switch {
	case len(a.picks) == 0 || len(b.picks) == 0:
		return cmp.Or(cmp.Compare(b2i(len(a.picks) == 0), b2i(len(b.picks) == 0)), cmp.Compare(a.name, b.name))
	}
	return byChance(lowest(a), lowest(b))
}

func lowest(g *group) *Pick { return slices.MinFunc(g.picks, byChance) }

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
