package rule

import (
	"cmp"
	"slices"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/match"
)

// piece is how many bytes of a turn are looked at together: in a longer one, as a whole
// transcript that nobody cut into turns, most phrases would find what they need somewhere.
const piece = 2048

// marks appends where a text holds what phrases need: once for each phrase or, in a
// long text, once for each piece for those that stay within a sentence.
func (c *turnCache) marks(framed string, who call.Role, to []match.Hit) []match.Hit {
	to = c.pack.sieve.scan(framed, who, c.hits, to)
	if len(framed) <= 2*piece {
		return to
	}
	to = slices.DeleteFunc(to, func(m match.Hit) bool { return c.pack.phrases[m.Expr].stretch != inTurn })
	for from := 0; from < len(framed)-1; {
		end := pieceEnd(framed, from)
		kept := len(to)
		to = c.pack.sieve.scan(framed[from:end], who, c.hits, to)
		for _, m := range to[kept:] {
			if c.pack.phrases[m.Expr].stretch != inTurn {
				to[kept] = match.Hit{Expr: m.Expr, First: m.First + int32(from), Last: m.Last + int32(from)}
				kept++
			}
		}
		to = to[:kept]
		from = end - 1 // what ends a sentence is also what the next one begins after
	}
	slices.SortFunc(to, func(a, b match.Hit) int { return cmp.Or(cmp.Compare(a.Expr, b.Expr), cmp.Compare(a.First, b.First)) })
	return to
}

// pieceEnd is where a piece of whole sentences ends that begins at byte from: behind
// what ends its last sentence.
func pieceEnd(framed string, from int) int {
	for i := from + piece; i < len(framed); i++ {
		if inSentence.breaks(framed[i]) {
			return i + 1
		}
	}
	return len(framed)
}
