package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"unicode"

	"github.com/zhijian-qa/zhijian/bench/corpus"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// houseRules is how many rules the house pack adds to the built-in one.
const houseRules = 1000

// writeHouse writes a house pack that extends the built-in one.
func writeHouse(w io.Writer, seed uint64, seeds *corpus.Seeds) error {
	return writePack(w, "pack: thousand\nextends: documents\n", houseRules, seed, seeds)
}

// writeOne writes a pack of a single rule: what is left of a run is reading, folding and reports.
func writeOne(w io.Writer, seed uint64, seeds *corpus.Seeds) error {
	return writePack(w, "pack: one\ndocuments: {UNI: {title: 测速}}\n", 1, seed, seeds)
}

// writePack writes a pack of so many rules, whose phrases look like others but do not occur:
// they are made of the very characters of the calls, put together by chance, so
// that telling them from what is said takes the work that real ones take.
func writePack(w io.Writer, head string, rules int, seed uint64, seeds *corpus.Seeds) error {
	rng, chars := rand.New(rand.NewPCG(seed, 2)), characters(seeds)
	nonsense := func(n int) string {
		out := make([]rune, n)
		for i := range out {
			out[i] = chars[rng.IntN(len(chars))]
		}
		return string(out)
	}
	b := bufio.NewWriter(w)
	b.WriteString(head + "rules:\n")
	for i := range rules {
		phrase := nonsense(5)
		switch i % 4 {
		case 1:
			phrase = fmt.Sprintf("(您|你们?)(%s|%s)", nonsense(4), nonsense(4))
		case 2:
			phrase = fmt.Sprintf("%s…%s", nonsense(4), nonsense(3))
		case 3:
			phrase = fmt.Sprintf("^%s(了|吧)?$", nonsense(4))
		}
		fmt.Fprintf(b, `  - id: house/r%04d
    title: {zh: "第 %[1]d 条", en: "Rule %[1]d"}
    severity: info
    why: {zh: "只用来测速。", en: "It is there to be measured."}
    advice: {zh: "换一种说法", en: "Say it in another way."}
    source: [{doc: UNI, says: "测速"}]
    forbid: {any: ["%s"]}
`, i, phrase)
	}
	return b.Flush()
}

// characters lists the Chinese characters of the seeds as phrases see them, each once.
func characters(seeds *corpus.Seeds) []rune {
	var out []rune
	seen := map[rune]bool{}
	for _, line := range seeds.Fine {
		for _, r := range text.Fold(line).Text {
			if unicode.Is(unicode.Han, r) && !seen[r] {
				seen[r] = true
				out = append(out, r)
			}
		}
	}
	return out
}
