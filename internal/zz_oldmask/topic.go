package zz_oldmask

import "strings"

// topic is what a number is said to be, as far as the words before it tell.
type topic uint8

const (
	unsaid topic = iota
	phone
	identity
	bank
	order // of an order, a file, a device: not of a person
)

// topicWords are the words that tell, folded; of two that end at the same place the longer one counts.
func topicWords() map[topic][]string {
	return map[topic][]string{
		phone:    {"电话", "手机", "座机", "固话", "联系方式", "来电", "号码", "回拨", "微信", "联络方式", "tel", "phone", "mobile"},
		identity: {"身份证", "身分证", "证件号", "证号"},
		bank:     {"卡号", "银行卡", "储蓄卡", "信用卡", "借记卡", "账号", "帐号", "账户", "帐户"},
		order: {"订单", "单号", "工单", "流水", "编号", "运单", "快递单", "序列号", "版本", "金额", "合同", "保单", "受理号", "条码", "编码", "批次",
			"型号", "发票", "序号", "交易号", "票号", "户号", "工号", "验证码", "邮编", "设备号", "合约", "订单号码", "工单号码", "发票号码", "串号", "imei", "凭证"},
	}
}

const farBefore = 16 // characters in which a topic holds

// topicOf finds the last word before a place that tells.
func topicOf(before []rune) topic {
	s := string(before[max(0, len(before)-farBefore):])
	best, bestEnd, bestLen := unsaid, 0, 0
	for t, words := range topicWords() {
		for _, w := range words {
			end := strings.LastIndex(s, w) + len(w)
			if end < len(w) || end < bestEnd || end == bestEnd && len(w) <= bestLen {
				continue
			}
			best, bestEnd, bestLen = t, end, len(w)
		}
	}
	return best
}

// topicBefore is what was spoken of before an element: in its line or, where the
// line starts with it, in the line before.
func (d *dialogue) topicBefore(e element) topic {
	before := d.lines[e.line].runes()[:e.from]
	if len(before) > mostPaused || !isFiller(before) || e.line == 0 {
		return topicOf(before)
	}
	return topicOf(d.lines[e.line-1].runes())
}
