package mask

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// topic is what a number is said to be, as far as the words before it tell.
type topic uint8

const (
	untold topic = iota // nobody looked for it
	unsaid
	phone
	identity
	bank
	order // of an order, a file, a device: not of a person
)

// topicWords are the words that tell, folded; of two that end at the same place the longer one counts.
var topicWords = sync.OnceValue(func() map[topic][]string {
	return map[topic][]string{
		phone:    {"电话", "手机", "座机", "固话", "联系方式", "来电", "号码", "回拨", "微信", "联络方式", "tel", "phone", "mobile"},
		identity: {"身份证", "身分证", "证件号", "证号"},
		bank:     {"卡号", "银行卡", "储蓄卡", "信用卡", "借记卡", "账号", "帐号", "账户", "帐户"},
		order: {"订单", "单号", "工单", "流水", "编号", "运单", "快递单", "序列号", "版本", "金额", "合同", "保单", "受理号", "条码", "编码", "批次",
			"型号", "发票", "序号", "交易号", "票号", "户号", "工号", "验证码", "邮编", "设备号", "合约", "订单号码", "工单号码", "发票号码", "串号", "imei", "凭证"},
	}
})

const farBefore = 16 // characters in which a topic holds

// topicOf finds the last word before a place that tells. A word for what is no number of a
// person counts only right before the place: 订单号是, but not 订单留的是.
func topicOf(before []rune) topic { return lastTopic(before, leadsOn) }

// topicAsked finds the last word that tells in a turn that another one answers: 订单号是多少.
func topicAsked(question []rune) topic { return lastTopic(question, asksOn) }

const (
	leadsOn = " :：#=号碼码是为就叫的呢“\"(（"
	asksOn  = leadsOn + "多少什么吗嘛吧啊请您你说报一下念给我提供告诉发个再先有没,，.。?？"
)

// lastTopic is topicOf with the characters that may stand behind a word for an order; with letters:
// those of the number. It goes back from the end: most places end no word, which one look tells.
func lastTopic(before []rune, behindOrder string) topic {
	before = before[max(0, len(before)-farBefore):]
	for end := len(before); end > 0; end-- {
		for _, w := range topicsByEnd()[before[end-1]] {
			if hasSuffix(before[:end], w.word) && (w.topic != order || leads(string(before[end:]), behindOrder)) {
				return w.topic
			}
		}
	}
	return unsaid
}

// topicWord is a word that tells a topic.
type topicWord struct {
	word  []rune
	topic topic
}

// topicsByEnd are the topic words by their last character, long ones first.
var topicsByEnd = sync.OnceValue(func() map[rune][]topicWord {
	out := map[rune][]topicWord{}
	for t, words := range topicWords() {
		for _, w := range words {
			rs := []rune(w)
			end := rs[len(rs)-1]
			out[end] = append(out[end], topicWord{rs, t})
		}
	}
	for _, words := range out {
		slices.SortFunc(words, func(a, b topicWord) int {
			return cmp.Or(len(b.word)-len(a.word), slices.Compare(a.word, b.word))
		})
	}
	return out
})

func hasSuffix(s, suffix []rune) bool {
	return len(s) >= len(suffix) && slices.Equal(s[len(s)-len(suffix):], suffix)
}

// leads reports whether a text has no characters but letters and those of a set.
func leads(s, set string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !isLetter(r) && !strings.ContainsRune(set, r) }) < 0
}

// cardTalk is how bank cards were spoken of before a number.
type cardTalk uint8

const (
	unmentioned cardTalk = iota
	mentioned            // before it in its line
	asked                // by another in the line before
)

// cardTalk looks further back than topicBefore: 卡号呢？/ 好像，这张也行：6225…，还有6225….
func (d *dialogue) cardTalk(e element) cardTalk {
	ofCards := func(rs []rune) bool {
		return slices.ContainsFunc(topicWords()[bank], func(w string) bool { return strings.Contains(string(rs), w) })
	}
	if i := e.line - 1; i >= 0 && d.lines[i].role != d.lines[e.line].role && ofCards(d.lines[i].runes()) && topicOf(d.lines[i].runes()) != order {
		return asked
	}
	if ofCards(d.lines[e.line].runes()[:e.from]) {
		return mentioned
	}
	return unmentioned
}

// told is what was spoken of before a group. It is looked for once: a group may begin many numbers.
func (d *dialogue) told(g *group) topic {
	if g.topic == untold {
		g.topic = d.topicBefore(g.first())
	}
	return g.topic
}

// topicBefore is what was spoken of before an element: in its line or, where the
// line starts with it, in the line before.
func (d *dialogue) topicBefore(e element) topic {
	before := d.lines[e.line].runes()[:e.from]
	if len(before) > mostPaused || !isFiller(before) || e.line == 0 {
		return topicOf(before)
	}
	if prev := &d.lines[e.line-1]; prev.role != d.lines[e.line].role {
		return topicAsked(prev.runes())
	}
	return topicOf(d.lines[e.line-1].runes())
}
