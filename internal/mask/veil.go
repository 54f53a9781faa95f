package mask

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// Veil returns what hides, in texts that quote a call, the words that Call hides in its
// turns: as they are said, and as they are folded for rules. It may hide the same
// words elsewhere too.
func Veil(c *call.Call) func(string) string {
	hidden := map[string]string{}
	masked := Call(c)
	for i := range c.Turns {
		if masked.Turns[i].Text != c.Turns[i].Text {
			secrets([]rune(c.Turns[i].Text), []rune(masked.Turns[i].Text), hidden)
		}
	}
	if masked.ID != c.ID {
		hidden[c.ID] = masked.ID
	}
	words := make([]string, 0, len(hidden))
	for w := range hidden {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	var pairs []string
	for _, w := range words {
		pairs = append(pairs, w, hidden[w])
	}
	replacer := strings.NewReplacer(pairs...)
	return func(s string) string { return Text(replacer.Replace(s)) }
}

// apart is how many characters that stay may stand between the parts of a secret: spaces,
// dashes and the like, which folding drops.
const apart = 3

// secrets adds the words of a turn that are hidden, and what is shown of them.
func secrets(said, shown []rune, to map[string]string) {
	for i := 0; i < len(said); i++ {
		if said[i] == shown[i] {
			continue
		}
		end := i + 1
		for k := end; k < len(said) && k <= end+apart; k++ {
			if said[k] != shown[k] {
				end = k + 1
			}
		}
		if end == i+1 && i > 0 { // one character alone is any: take the one before it too
			to[string(said[i-1:end])] = string(said[i-1:i]) + string(star)
			to[string(text.FoldRune(said[i-1]))+string(text.FoldRune(said[i]))] = string(text.FoldRune(said[i-1])) + string(star)
		} else if end > i+1 {
			to[string(said[i:end])] = string(shown[i:end])
			if folded := text.Fold(string(said[i:end])).Text; to[folded] == "" && utf8.RuneCountInString(folded) > 1 {
				to[folded] = strings.Repeat(string(star), utf8.RuneCountInString(folded))
			}
		}
		i = end - 1
	}
}
