package script

import (
	"slices"
	"strings"
	"unicode"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/intake"
)

// voice is whose words a part of a cell is.
type voice int

const (
	said  voice = iota // agents are told to say it
	heard              // the customer or a machine says it, or nobody: a remark
	bad                // nobody may say it
)

// label is what stands before words and is no part of them.
type label struct {
	width   int // in code points, the space after it included
	voice   voice
	speaker bool // it names who speaks: the lines after it are theirs until another label
	weak    bool // it may as well be a placeholder: 【客户】
}

// signs are marks that stand directly before an example.
var signs = map[rune]voice{'❌': bad, '✗': bad, '✘': bad, '✖': bad, '⛔': bad, '🚫': bad, '👎': bad,
	'✅': said, '✔': said, '✓': said, '☑': said, '√': said, '👍': said}

// verdicts are labels that say whether an example is good.
var verdicts = map[string]voice{
	"错误": bad, "错误示范": bad, "错误示例": bad, "错误话术": bad, "错误说法": bad, "反例": bad, "反面示例": bad, "禁用": bad, "禁用话术": bad, "禁用语": bad, "禁止": bad, "禁止说": bad,
	"不规范": bad, "不规范话术": bad, "不合规": bad, "不能说": bad, "不要说": bad, "不可说": bad, "不得说": bad, "负面示例": bad, "不推荐": bad, "不建议": bad, "错": bad, "差": bad, "避免": bad, "反面": bad, "错误答案": bad, "bad": bad, "wrong": bad, "dont": bad, "don't": bad,
	"正确": said, "正确示范": said, "正确示例": said, "正确话术": said, "正确说法": said, "正例": said, "正面示例": said, "推荐": said, "推荐话术": said, "建议": said, "建议话术": said, "规范": said, "规范话术": said,
	"合规": said, "对": said, "优": said, "要说": said, "改": said, "改为": said, "改后": said, "good": said, "right": said, "do": said,
}

// variants are labels of one of several wordings.
var variants = []string{"话术", "标准话术", "参考话术", "备选话术", "备选", "备用", "方案", "版本", "示例", "例", "例如话术", "说法", "选项", "版", "标准", "标准答复", "参考答复", "答复", "回复", "模板", "首选", "次选", "或", "或者", "标准用语", "应答", "标准应答", "script", "option", "version"}

// remarks are labels of what is not said at all.
var remarks = []string{"备注", "注", "注意", "注意事项", "语气", "语速", "要求", "动作", "坐席动作", "客服动作", "操作", "ps", "说明", "旁白", "停顿", "点评", "解析", "原", "原话术", "旧话术"}

// stage are the remarks that no wording starts with in brackets: 【旁白】 is none, 【注意】 may be said.
var stage = []string{"旁白", "停顿", "动作", "坐席动作", "客服动作", "点评", "解析"}

// askers and answerers are labels of who speaks that transcripts do not have.
var (
	askers    = []string{"q", "问", "客", "客户问", "客户说", "用户问", "用户说", "顾客问", "顾客说", "客户问题", "用户问题"}
	answerers = []string{"a", "答", "坐", "座", "客服答", "客服说", "坐席答", "坐席说", "座席答", "回答", "店员", "店长", "导购", "营业员", "柜员", "店小二", "管家"}
)

// labelOf is the label that starts runes; ok is false where there is none.
func labelOf(runes []rune) (l label, ok bool) {
	if l, ok := signed(runes); ok {
		return l, true
	}
	if l, ok := pictured(runes); ok {
		return l, true
	}
	if len(runes) > 1 && (runes[0] == '【' || runes[0] == '[') {
		return bracketed(runes)
	}
	colon := slices.IndexFunc(runes[:min(len(runes), 14)], func(r rune) bool { return r == '：' || r == ':' })
	if colon < 1 {
		return label{}, false
	}
	l, ok = labelNamed(string(runes[:colon]))
	l.width = spaces(runes, colon+1)
	return l, ok
}

// signed is a sign as a label: ❌ or ✅, with a verdict after it or none. A sign that
// has another meaning needs space after it: ×× stands for a name.
func signed(runes []rune) (l label, ok bool) {
	if len(runes) == 0 {
		return label{}, false
	}
	if inner, ok := enclosedSign(runes); ok {
		return label{width: spaces(runes, 3), voice: inner}, true
	}
	v, ok := signs[runes[0]]
	if !ok {
		if (runes[0] != '×' && runes[0] != '╳') || len(runes) < 2 || !unicode.IsSpace(runes[1]) {
			return label{}, false
		}
		v = bad
	}
	end := 1
	for end < len(runes) && (runes[end] == '\ufe0f' || unicode.IsSpace(runes[end]) || runes[end] == '：' || runes[end] == ':') {
		end++
	}
	if more, ok := labelOf(runes[end:]); ok && more.voice == v {
		end += more.width
	}
	return label{width: end, voice: v}, true
}

// enclosedSign is what a sign in brackets says: (✗).
func enclosedSign(runes []rune) (v voice, ok bool) {
	if len(runes) < 3 || !strings.ContainsRune("(（[【", runes[0]) || !strings.ContainsRune(")）]】", runes[2]) {
		return said, false
	}
	if runes[1] == '×' || runes[1] == '╳' {
		return bad, true
	}
	v, ok = signs[runes[1]]
	return v, ok
}

// pictured is a remark with a picture before it: ⚠️ 注意：.
func pictured(runes []rune) (l label, ok bool) {
	end := 0
	for end < len(runes) && (unicode.Is(unicode.So, runes[end]) || runes[end] == '\ufe0f' || unicode.IsSpace(runes[end])) {
		end++
	}
	if end == 0 {
		return label{}, false
	}
	l, ok = labelOf(runes[end:])
	l.width += end
	return l, ok && l.voice == heard
}

// bracketed is a label in brackets, such as 【客服】. One that is not known is a placeholder.
func bracketed(runes []rune) (l label, ok bool) {
	end := slices.IndexFunc(runes[:min(len(runes), 14)], func(r rune) bool { return r == '】' || r == ']' })
	if end < 2 {
		return label{}, false
	}
	l, ok = labelNamed(string(runes[1:end]))
	end++
	l.weak = l.weak || l.voice == heard && !slices.Contains(stage, bareName(string(runes[1:end-1])))
	if end < len(runes) && (runes[end] == '：' || runes[end] == ':') {
		end++
		l.weak = false
	}
	l.width = spaces(runes, end)
	return l, ok
}

// labelNamed is what the name of a label says.
func labelNamed(name string) (l label, ok bool) {
	bare := bareName(name)
	counted := strings.TrimRight(bare, numerals) // Q1
	switch base := strings.TrimRight(bare, ordinals); {
	case has(verdicts, bare):
		return label{voice: verdicts[bare]}, true
	case has(verdicts, base) && base != bare:
		return label{voice: verdicts[base]}, true
	case slices.Contains(remarks, bare):
		return label{voice: heard}, true
	case slices.Contains(variants, base), slices.Contains(variants, bare):
		return label{}, true
	case slices.Contains(askers, counted):
		return label{voice: heard, speaker: true}, true
	case slices.Contains(answerers, counted):
		return label{speaker: true}, true
	}
	if l, ok := speaker(name); ok {
		return l, true
	}
	// 会员：八折 is no dialogue, unless somebody answers
	return label{voice: heard, speaker: true, weak: true}, slices.Contains(customers, counted)
}

// listens reports whether the value of a column such as 角色 names somebody whose words are no script.
func listens(role string) bool {
	l, ok := labelNamed(role)
	return ok && l.speaker && l.voice == heard || bareName(role) == "c"
}

func has(m map[string]voice, key string) bool { _, ok := m[key]; return ok }

// speaker is a label that names who speaks, as transcripts do.
func speaker(name string) (l label, ok bool) {
	role, ok := intake.Speaker(name)
	if !ok || role == call.Unknown || strings.ContainsAny(name, "您我你请可打拨找的和") { // 您可以拨打客服：10010
		return label{}, false
	}
	l = label{speaker: true}
	if role != call.Agent {
		l.voice = heard
	}
	return l, true
}

// spaces is the index of the first code point from start on that is no space.
func spaces(runes []rune, start int) int {
	for start < len(runes) && unicode.IsSpace(runes[start]) {
		start++
	}
	return start
}
