package intake

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// dropMarkers removes what speech recognition and its tokenizers leave in the
// text: [UNK], [SPEAKER_TURN] and <|…|>. Pauses (_) and masks ([数字x]) stay.
func dropMarkers(turns []call.Turn) {
	for i := range turns {
		turns[i].Text = withoutMarkers(turns[i].Text)
	}
}

func withoutMarkers(text string) string {
	if strings.Contains(text, "[UNK]") || strings.Contains(text, "[SPEAKER_TURN]") {
		text = strings.TrimSpace(strings.NewReplacer("[UNK]", "", "[SPEAKER_TURN]", "").Replace(text))
	}
	if strings.Contains(text, "<|") {
		text = strings.TrimSpace(dropTags(text))
	}
	return text
}

// dropTags removes tags like <|zh|><|NEUTRAL|><|withitn|>.
func dropTags(s string) string {
	var b strings.Builder
	for {
		before, tag, ok := strings.Cut(s, "<|")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, after, closed := strings.Cut(tag, "|>")
		if !closed || len(name) > 24 { // no tag: the text says so
			b.WriteString("<|")
			after = tag
		}
		s = after
	}
}
