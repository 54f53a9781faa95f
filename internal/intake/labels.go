package intake

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// maxLabel is the length of the longest label of a speaker, in characters.
const maxLabel = 12

// labelRoles are the labels that plain text names speakers with, in lower case and half width.
var labelRoles = map[string]call.Role{
	"客服": call.Agent, "坐席": call.Agent, "座席": call.Agent, "话务员": call.Agent, "話務員": call.Agent, "接线员": call.Agent,
	"客服代表": call.Agent, "客服专员": call.Agent, "客服專員": call.Agent, "客服人员": call.Agent, "专员": call.Agent, "專員": call.Agent,
	"客户经理": call.Agent, "客戶經理": call.Agent, "客户代表": call.Agent, "客戶代表": call.Agent, "人工坐席": call.Agent, "人工座席": call.Agent,
	"销售": call.Agent, "銷售": call.Agent, "业务员": call.Agent, "agent": call.Agent, "staff": call.Agent, "assistant": call.Agent,

	"客户": call.Customer, "客戶": call.Customer, "用户": call.Customer, "用戶": call.Customer, "顾客": call.Customer, "顧客": call.Customer,
	"来电人": call.Customer, "來電人": call.Customer, "来电者": call.Customer, "來電者": call.Customer, "客人": call.Customer,
	"买家": call.Customer, "買家": call.Customer, "访客": call.Customer, "訪客": call.Customer,
	"customer": call.Customer, "user": call.Customer, "client": call.Customer, "caller": call.Customer,

	"机器人": call.Other, "機器人": call.Other, "ai客服": call.Other, "智能客服": call.Other, "机器人客服": call.Other, "機器人客服": call.Other,
	"语音导航": call.Other, "語音導航": call.Other, "ivr": call.Other, "bot": call.Other, "系统": call.Other, "系統": call.Other, "system": call.Other,
	"语音播报": call.Other, "語音播報": call.Other, "语音提示": call.Other, "語音提示": call.Other, "自动语音": call.Other, "自動語音": call.Other,
	"系统语音": call.Other, "系統語音": call.Other, "系统提示": call.Other, "系統提示": call.Other, "ivr语音": call.Other, "ivr語音": call.Other,
	"语音机器人": call.Other, "語音機器人": call.Other, "智能机器人": call.Other, "智能機器人": call.Other, "ai坐席": call.Other, "ai座席": call.Other,
	"班长": call.Other, "班長": call.Other, "主管": call.Other, "组长": call.Other, "組長": call.Other, "值班长": call.Other, "值班長": call.Other,
	"值班经理": call.Other, "值班經理": call.Other, "值班主管": call.Other, "supervisor": call.Other,

	"说话人": call.Unknown, "說話人": call.Unknown, "发言人": call.Unknown, "發言人": call.Unknown, "speaker": call.Unknown, "spk": call.Unknown,
	"声道": call.Unknown, "聲道": call.Unknown, "左声道": call.Unknown, "右声道": call.Unknown, "左聲道": call.Unknown, "右聲道": call.Unknown,
	"channel": call.Unknown, "ch": call.Unknown, "a": call.Unknown, "b": call.Unknown, "甲": call.Unknown, "乙": call.Unknown,
}

// fieldNames stand before a colon and are no speakers.
var fieldNames = []string{
	"时间", "日期", "地址", "电话", "客服电话", "手机", "手机号", "号码", "姓名", "名字", "备注", "金额", "订单", "订单号", "编号", "单号", "快递单号", "运单号",
	"主题", "标题", "注", "例如", "比如", "链接", "网址", "邮箱", "内容", "问题", "原因", "结果", "方式", "类型", "工号", "账号", "密码", "型号", "价格",
	"数量", "状态", "说明", "提示", "总结", "摘要", "小结", "通话时长", "挂机方", "方向", "http", "https", "ps", "用户名", "客户端", "用户id", "客户号",
	"话术", "标准话术", "参考话术", "触发", "触发条件", "禁用", "禁用表达", "场景", "环节", "必说", "意图", "话术编号", "分类", "名称", "适用业务", "要点",
}

// titles end the names of people who are labelled by name.
var titles = []string{"先生", "女士", "小姐", "太太", "经理", "經理", "老师", "師傅", "师傅", "同学"}

// label is who speaks, as a line of text says.
type label struct {
	text string // without brackets, asterisks and notes
	key  string // text in lower case and half width
	role call.Role
	sure bool // the dictionary has it: it needs no repetition
}

// newLabel makes a label of what stands before the colon of a line; ok is
// false if that cannot be one.
func newLabel(raw string) (l label, ok bool) {
	if bare := strings.Trim(raw, " "); bare != "" {
		if role, known := labelRoles[bare]; known { // most are, and it spares the rest
			return label{bare, bare, role, true}, true
		}
	}
	l.text = bareLabel(raw)
	l.key = strings.ToLower(norm.NFKC.String(l.text))
	if l.key == "" || utf8.RuneCountInString(l.key) > maxLabel || strings.Count(l.key, " ") > 2 || slices.Contains(fieldNames, l.key) {
		return l, false
	}
	if strings.ContainsAny(l.key, ",.。?!;、\"'“”…\t/\\=<>{}|&%:+") || !strings.ContainsFunc(l.key, unicode.IsLetter) {
		return l, false
	}
	l.role, l.sure = labelRole(l.key)
	return l, true
}

// bareLabel is raw without what is around a label: space, Markdown bold,
// brackets, and a note in parentheses. A number in parentheses is part of the label.
func bareLabel(raw string) string {
	s := strings.Trim(raw, "*_ \t\u3000\u00A0")
	for _, pair := range [][2]string{{"[", "]"}, {"【", "】"}, {"<", ">"}} {
		if strings.HasPrefix(s, pair[0]) && strings.HasSuffix(s, pair[1]) {
			s = s[len(pair[0]) : len(s)-len(pair[1])]
		}
	}
	for _, pair := range [][2]string{{"(", ")"}, {"（", "）"}, {"[", "]"}, {"【", "】"}} {
		before, note, ok := strings.Cut(s, pair[0])
		note, closed := strings.CutSuffix(note, pair[1])
		if ok && closed && strings.ContainsFunc(note, unicode.IsLetter) {
			s = before
		}
	}
	return strings.TrimSpace(s)
}

// labelRole is the role of a label in lower case, and whether the dictionary has
// the label itself: 客服, 坐席8021, 客服 张三, 天猫客服 are sure, 客服张三 is not.
func labelRole(key string) (role call.Role, sure bool) {
	base := strings.TrimRight(key, "0123456789()#_- 号")
	if role, ok := labelRoles[base]; ok {
		return role, true
	}
	if word, _, ok := strings.Cut(base, " "); ok {
		if role, ok := labelRoles[word]; ok {
			return role, true
		}
	}
	if strings.HasSuffix(base, "客服") {
		return call.Agent, true
	}
	for n := len(base) - 1; n > len("客"); n-- { // the longest word that starts it
		if role, ok := labelRoles[base[:n]]; ok && base[0] >= utf8.RuneSelf && utf8.RuneCountInString(base[n:]) <= 3 {
			return role, false
		}
	}
	return call.Unknown, false
}

// titled reports whether the label ends like the name of a person.
func (l label) titled() bool {
	return slices.ContainsFunc(titles, func(t string) bool { return strings.HasSuffix(l.key, t) })
}

// personOf is what a label tells of the person: "坐席8021", "客服 张三", "张敏(8021)".
func personOf(text string) call.Person {
	text = norm.NFKC.String(text)
	name := strings.TrimRight(text, "0123456789()#_- 号")
	id := strings.Trim(text[len(name):], "()#_- 号")
	role, sure := labelRole(strings.ToLower(text))
	if sure && role == call.Unknown || len(id) < 3 { // 说话人1
		id = ""
	}
	if word, rest, _ := strings.Cut(name, " "); sure {
		name = ""
		if _, ok := labelRoles[strings.ToLower(word)]; ok {
			name = rest
		}
	} else if role != call.Unknown {
		name = ""
	}
	return call.Person{ID: id, Name: name}
}

// Speaker is the role that a label names, such as 客服, 坐席8021 or 客户（女）. ok is
// false for a name that only repetition could show to be a speaker's.
func Speaker(name string) (role call.Role, ok bool) {
	l, ok := newLabel(name)
	return l.role, ok && l.sure
}
