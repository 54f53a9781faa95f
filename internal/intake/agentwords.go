package intake

import "strings"

// introductions are said by agents only.
var introductions = []string{"为您服务", "為您服務", "为你服务", "為你服務"}

// courtesies are said by agents far more often than by customers.
var courtesies = []string{
	"请问有什么可以帮", "請問有什麼可以幫", "有什么可以帮您", "有什麼可以幫您", "感谢您的来电", "感謝您的來電", "感谢您的耐心等待", "感謝您的耐心等待",
	"请问您贵姓", "請問您貴姓", "麻烦您稍等", "麻煩您稍等", "请您稍等", "請您稍等", "还有其他可以帮您", "還有其他可以幫您", "请问还有其他", "請問還有其他",
	"本次服务", "本次服務", "祝您生活愉快", "给您带来不便", "給您帶來不便", "帮您查询", "幫您查詢", "帮您核实", "幫您核實", "这里是", "這裡是",
}

// introduces reports whether text is how an agent introduces herself. Every call is asked, so
// one character that all introductions have is looked for first.
func introduces(text string) bool {
	return strings.Contains(text, "服") && containsAny(text, introductions) || strings.Contains(text, "工") && givesNumber(text)
}

// agentWords is how much text sounds like an agent: 3 for an introduction, 1 for each courtesy.
func agentWords(text string) int {
	score := 0
	if introduces(text) {
		score = 3
	}
	for _, phrase := range courtesies {
		if strings.Contains(text, phrase) {
			score++
		}
	}
	return score
}

// givesNumber reports whether text gives a staff number: 工号 and then a number, in digits, in words or masked.
func givesNumber(text string) bool {
	for _, word := range [2]string{"工号", "工號"} {
		_, rest, ok := strings.Cut(text, word)
		rest = strings.TrimLeft(rest, "是为為:： ")
		if ok && startsWithNumber(rest) {
			return true
		}
	}
	return false
}

func startsWithNumber(s string) bool {
	for _, r := range s {
		return strings.ContainsRune("0123456789０１２３４５６７８９零一二三四五六七八九幺两[*X×", r)
	}
	return false
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
