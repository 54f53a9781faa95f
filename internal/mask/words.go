package mask

import (
	"strings"
	"sync"
)

// wordSet is words. A look into it costs as much as one at three words of a list.
type wordSet map[string]bool

// wordsOf makes the set of a list parted by spaces when it is first asked for.
func wordsOf(list string) func() wordSet {
	return sync.OnceValue(func() wordSet {
		words := strings.Fields(list)
		set := make(wordSet, len(words))
		for _, w := range words {
			set[w] = true
		}
		return set
	})
}

// mostOfWord is how many characters a word has at most with which a text may begin.
const mostOfWord = 3

// begins reports whether a text begins with a word of the set.
func (s wordSet) begins(rs []rune) bool {
	for n := 1; n <= mostOfWord && n <= len(rs); n++ {
		if s[string(rs[:n])] {
			return true
		}
	}
	return false
}
