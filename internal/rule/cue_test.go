package rule

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestCueSpeaker(t *testing.T) {
	turns := []string{"坐：没办法", "客：没办法", "他：没办法"}
	for speaker, want := range map[string][]string{
		"agent":    {"0 没办法"},
		"customer": {"1 没办法"},
		"other":    {"2 没办法"},
		"any":      {"0 没办法", "1 没办法", "2 没办法"},
	} {
		assert.Equal(t, want, found(oneRule(t, "forbid: {any: [没办法], speaker: "+speaker+"}"), talk(turns...)), speaker)
	}
	assert.Equal(t, []string{"0 没办法"}, found(oneRule(t, "forbid: {any: [没办法]}"), talk(turns...)), "the agent, if nobody is named")
}

// The length of a turn counts folded characters without breaks.
func TestCueLength(t *testing.T) {
	short := oneRule(t, "forbid: {max-length: 4}")
	long := oneRule(t, "forbid: {min-length: 5}")
	for said, isShort := range map[string]bool{"好的。": true, "好的，谢谢！": true, "好 的 谢 谢": true, "好的谢谢您": false} {
		assert.Equal(t, isShort, len(found(short, talk(said))) == 1, said)
		assert.Equal(t, !isShort, len(found(long, talk(said))) == 1, said)
	}
}

// words: false lets a match start or end inside a word.
func TestCueSplitsWords(t *testing.T) {
	assert.Empty(t, found(oneRule(t, "forbid: {any: [没有办法]}"), talk("有没有办法")))
	assert.Equal(t, []string{"0 没有办法"}, found(oneRule(t, "forbid: {any: [没有办法], words: false}"), talk("有没有办法")))
}

// Of overlapping matches the longest counts, so that a guard over it covers all.
func TestLongest(t *testing.T) {
	assert.Equal(t, []span{{0, 6, ""}, {9, 12, ""}}, longest([]span{{3, 6, ""}, {0, 6, ""}, {9, 12, ""}, {1, 4, ""}}))
	assert.Equal(t, []span{{0, 3, ""}}, longest([]span{{0, 3, ""}, {2, 5, ""}}), "the first of equals")
	assert.Empty(t, longest(nil))
}

// A cue may stand for others.
func TestCueOfCues(t *testing.T) {
	p := oneRule(t, "forbid: {any: [<helpless>, 不知道]}", "cues: {helpless: {any: [没办法, <powerless>]}, powerless: {any: [无能为力]}}")
	assert.Equal(t, []string{"0 没办法", "1 无能为力", "2 不知道"}, found(p, talk("没办法", "无能为力", "不知道")))
}

// What a match quotes is the original text, with its pauses, widths and script.
func TestQuotesAreOriginal(t *testing.T) {
	p := oneRule(t, "forbid: {any: [我也没办法]}")
	assert.Equal(t, []string{"0 我也_沒 辦法"}, found(p, talk("嗯，我也_沒 辦法啊。")))
	f := p.Check(talk("嗯，我也_沒 辦法啊。"), p.Rules).Findings[0]
	assert.Equal(t, Range{Turn: 0, Start: 2, End: 9, Quote: "我也_沒 辦法"}, f.At)
}
