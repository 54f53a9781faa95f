package rule

import (
	"testing"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/text"
)

// matches are the parts of the folded text that a phrase finds.
func matches(t *testing.T, source, said string, words map[string][]string) []string {
	p, f := newPhrase(source, words)
	must.Nil(t, f)
	fold := text.Fold(said)
	var out []string
	for _, s := range p.find(edge+fold.Text+edge, fold, nil) {
		out = append(out, fold.Text[s.start:s.end])
	}
	return out
}

func TestPhrase(t *testing.T) {
	words := map[string][]string{"sorry": {"抱歉", "对不起"}, "very": {"非常{sorry}", "很{sorry}"}}
	for _, c := range []struct {
		phrase, said string
		want         []string
	}{
		{"没办法", "我也没办法，真没办法。", []string{"没办法", "没办法"}},
		{"没办法", "我也没 有 办 法", nil},
		{"没办法", "没_办_法", []string{"没办法"}},
		{"沒辦法", "没办法", []string{"没办法"}},
		{"没办法", "真的沒辦法", []string{"没办法"}},
		{"没有办法", "有没有办法", nil}, // it would start inside a word
		{"不清楚", "看不清楚", nil},
		{"没办法|没办法了", "没办法了", []string{"没办法了"}}, // the longest

		{"没…办法", "没什么办法", []string{"没什么办法"}},
		{"没…办法", "没有，想想办法", nil},
		{"没…办法", "没一二三四五六七八九十一办法", nil},
		{"因为……所以", "因为下雨，所以没来", []string{"因为下雨,所以"}},
		{"因为……所以", "因为下雨。所以没来", nil},
		{"因为………所以", "因为下雨。所以没来", []string{"因为下雨.所以"}},

		{"^好的$", "好的", []string{"好的"}},
		{"^好的$", "嗯嗯，好的。再见", []string{"好的"}},
		{"^好的$", "好的，好的，好的。", []string{"好的", "好的", "好的"}},
		{"^好的$", "都好的呀", nil},
		{"(^|不)知道", "知道。我不知道", []string{"知道", "不知道"}},
		{"[^不]知道", "我知道", []string{"我知道"}},
		{"[^不]知道", "不知道", nil},
		{`价格\$`, "价格$", []string{"价格$"}},

		{"{sorry}", "对不起，抱歉", []string{"对不起", "抱歉"}},
		{"{very}您", "很抱歉您", []string{"很抱歉您"}},
		{"[0-9]{4}号", "我是8021号", []string{"8021号"}},
		{"不.{0,2}知道", "不太知道", []string{"不太知道"}},

		{"你好，再见", "你好，再见", []string{"你好,再见"}},
		{"你好、再见", "你好，再见", []string{"你好,再见"}},
		{"说“好”", "他说“好”，", []string{"说\"好"}}, // a break at the end is no part of a match
		{"可以吗？", "您说可以吗？", []string{"可以吗"}},
		{"可以吗？", "您说可以吗", nil},
	} {
		assert.Equal(t, c.want, matches(t, c.phrase, c.said, words), "%s in %s", c.phrase, c.said)
	}
}

func TestPhraseSlot(t *testing.T) {
	p, f := newPhrase("(请|麻烦)报(一下)?(?P<slot>订单号|手机号)", nil)
	must.Nil(t, f)
	fold := text.Fold("麻烦报一下手机号")
	spans := p.find(edge+fold.Text+edge, anywhere{}, nil)
	must.Len(t, spans, 1)
	assert.Equal(t, "手机号", spans[0].slot)
}

func TestPhraseFaults(t *testing.T) {
	words := map[string][]string{"a": {"{b}"}, "b": {"一", "{a}"}, "self": {"{self}"}, "sorry": {"抱歉"}}
	for phrase, want := range map[string]string{
		"{a}":      `word list "a" refers to itself`,
		"{self}":   `word list "self" refers to itself`,
		"{sorrry}": `no word list named "sorrry"; did you mean "sorry"?`,
		"{sorry}(": `phrase "{sorry}(" is not a regular expression: error parsing regexp: missing closing ): ` + "`(?:抱歉)(`",
		"(?=好)":    "phrase \"(?=好)\" is not a regular expression: error parsing regexp: invalid or unsupported Perl syntax: `(?=`",
	} {
		_, f := newPhrase(phrase, words)
		must.NotNil(t, f, phrase)
		assert.Equal(t, want, f.what.EN)
	}
}

func TestUncaptured(t *testing.T) {
	for pattern, want := range map[string]string{
		"(a|b)c":        "(?:a|b)c",
		`\(a\)`:         `\(a\)`,
		`\\(a)`:         `\\(?:a)`,
		"(?:a)(?P<s>b)": "(?:a)(?P<s>b)",
		"((a))":         "(?:(?:a))",
	} {
		assert.Equal(t, want, uncaptured(pattern))
	}
}

func TestIsCount(t *testing.T) {
	for text, want := range map[string]bool{"2": true, "0,4": true, "2,": true, "": false, "sorry": false, "a2": false} {
		assert.Equal(t, want, isCount(text), text)
	}
}
