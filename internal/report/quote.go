package report

import (
	"github.com/zhijian-qa/zhijian/internal/rule"
)

const (
	context      = 12 // characters shown on either side of the words found
	longestQuote = 60 // characters of the words found; longer ones lose their middle
)

// quoted is the words found inside the words around them, marked.
func (t *textReport) quoted(turn string, f *rule.Finding) []span {
	runes := []rune(turn)
	start := min(max(f.At.Start, 0), len(runes))
	end := min(max(f.At.End, start), len(runes))
	found := span{shorten(runes[start:end]), severityStyle(f.Rule.Severity).strong()}
	if !t.o.Color {
		found.text = "【" + found.text + "】"
	}
	return []span{{text: before(runes[:start])}, found, {text: after(runes[end:])}}
}

func before(text []rune) string {
	if len(text) > context {
		return "…" + string(text[len(text)-context:])
	}
	return string(text)
}

func after(text []rune) string {
	if len(text) > context {
		return string(text[:context]) + "…"
	}
	return string(text)
}

// shorten leaves out the middle of a long text.
func shorten(text []rune) string {
	if len(text) <= longestQuote {
		return string(text)
	}
	return string(text[:longestQuote*2/3]) + "……" + string(text[len(text)-longestQuote/3:])
}
