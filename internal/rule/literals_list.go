package rule

import (
	"slices"
	"strings"
)

// Literals lists the rarest literals of every phrase, of which each of its matches
// holds one: folded, sorted, each once. Those with the edge of a clause, which stands
// for different characters, are left out.
func (p *Pack) Literals() []string {
	var all []string
	for _, phrase := range p.phrases {
		for _, l := range phrase.literals() {
			if strings.IndexFunc(l, func(r rune) bool { return r < 0x80 && isEdge(byte(r)) }) < 0 {
				all = append(all, l)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
