package rule

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Cutting a long turn into pieces loses no match and finds none twice.
func TestPiecesOfLongTurns(t *testing.T) {
	p := oneRule(t, "forbid: {any: ['^我也没办法$', '(您|你)…搞错', '因为……所以没办法', '先这样。后没办法', '好的………没办法']}")
	sentences := []string{"您好，请问有什么可以帮您？", "我也没办法。", "您是不是搞错了！", "因为下雨，所以没办法。", "好的，请稍等", "先这样。后没办法。"}
	var said strings.Builder
	for i := range 900 {
		said.WriteString(sentences[(i*i+i/7)%len(sentences)] + strings.Repeat("嘛", i%3))
	}
	turn := newView(p, talk(said.String())).turns[0]
	assert.Greater(t, len(turn.marks), 2*len(p.phrases), "it was cut")
	for i, phrase := range p.phrases {
		want := phrase.find(turn.framed, anywhere{}, nil)
		assert.NotEmpty(t, want, phrase.source)
		assert.Equal(t, want, turn.find(phrase, int32(i), anywhere{}, nil), phrase.source)
	}
}
