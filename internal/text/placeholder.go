package text

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// hole is a placeholder: bytes of the source, half-open.
type hole struct{ start, end int }

// FoldScript is Fold for the words of a script, which have placeholders: XX, ××,
// {姓名}, 【订单号】, ____, <公司>, or …… where a word belongs. A placeholder folds to
// nothing, so that it neither breaks a match nor is part of one.
func FoldScript(source string) *Folded {
	f := &Folded{holes: holesOf(source)}
	f.fold(source)
	return f
}

// placeholder matches all but the ellipsis: names between brackets, runs of marks
// that are no words, and a bracket with nothing in it.
var placeholder = Pattern(
	`\{\{[^{}\n]{0,40}\}\}|[$#]?\{[^{}\n]{0,40}\}|｛[^｛｝\n]{0,40}｝` +
		`|【[^【】\n]{0,20}】|〖[^〖〗\n]{0,20}〗|〔[^〔〕\n]{0,20}〕` +
		`|<[^<>\n]{1,20}>|＜[^＜＞\n]{1,20}＞|\[[^\[\]\n]{1,20}\]|［[^［］\n]{1,20}］` +
		`|#[^#\s]{1,12}#|%[A-Za-z_]{1,20}%|%[sd]\b|[(（][\s_＿]*[)）]` +
		`|[_＿]{2,}|[*＊]{2,}|[○□■△◯●]{2,}|·{3,}` +
		`|[XxＸｘ×✕]+`)

// ellipsis matches what is a placeholder only where a word belongs.
var ellipsis = Pattern(`…+|\.{3,}|。{3,}`)

// holesOf lists the placeholders of a source in order.
func holesOf(source string) []hole {
	var out []hole
	for _, m := range placeholder().FindAllStringIndex(source, -1) {
		if standsAlone(source, m[0], m[1]) {
			out = append(out, hole{m[0], m[1]})
		}
	}
	for _, m := range ellipsis().FindAllStringIndex(source, -1) {
		if standsForWord(source, m[0], m[1]) {
			out = append(out, hole{m[0], m[1]})
		}
	}
	slices.SortStableFunc(out, func(a, b hole) int { return a.start - b.start })
	return out
}

// standsAlone reports whether source[start:end] is not a part of a Latin word or a
// sum: xx in maxx and × in 3×5 are no placeholders.
func standsAlone(source string, start, end int) bool {
	if !strings.ContainsRune("XxＸｘ×✕", firstRune(source[start:])) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(source[:start])
	return !isASCIIWord(before) && !isASCIIWord(firstRune(source[end:]))
}

// standsForWord reports whether an ellipsis at source[start:end] is where a word
// belongs: after what needs one (您的……、工号是……) and before the rest of its clause.
func standsForWord(source string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(source[:start])
	after := firstRune(source[end:])
	return strings.ContainsRune("的为是于在到叫姓号向给由将因至找把被：:", before) && after >= 0x3400 && kindIsPlain(after)
}

func kindIsPlain(r rune) bool {
	k, _ := kindOf(r)
	return k == plain
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// HasPlaceholder reports whether a wording has a placeholder.
func HasPlaceholder(s string) bool { return len(holesOf(s)) > 0 }

// Traditional reports whether a text has characters that Simplified Chinese does not.
func Traditional(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x3400 && r < tableEnd && simplified[r] != 0 })
}
