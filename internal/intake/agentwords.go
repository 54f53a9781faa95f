package intake

import (
	"regexp"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/text"
)

// introductions are said by agents only.
var introductions = []string{"为您服务", "為您服務", "为你服务", "為你服務"}

// courtesyRE finds what agents say far more often than customers: they ask what they can
// do, do things for 您, ask for details, name their office and say goodbye.
var courtesyRE = text.Pattern(strings.Join([]string{
	`(?:什么|啥)(?:问题|需要|事情)?我?(?:可以|能|能够)(?:帮|为)`,
	`请问.?有?(?:什么|哪些)(?:需要|问题|可以)|请问您(?:想|要|需要|方便|现在|还|的|有)`,
	`还有(?:没有)?(?:什么|哪些)?(?:别的|其他|其它)`,
	`(?:感谢|谢谢)(?:您|你)?的?(?:来电|致电|接听|耐心|配合|支持|理解|等待|反馈)`,
	`您贵姓|怎么称呼您|您怎么称呼|请问怎么称呼`,
	`(?:麻烦|请|还请|烦请|劳烦)您(?:再|先|那边)?(?:稍|提供|报|说一下|核对|核实|确认|保持|耐心|留意|注意|放心|不要|别|谅解|理解|描述)`,
	`您(?:请讲|请说|放心|先别|别着急|不要着急|报一下|说下)`,
	`(?:给|帮|为|替|跟)您这?边?(?:查|核|登|办|转|处理|反|申请|取消|安排|解|联系|催|备注|升级|改|开|退|回|记|看|确认|预约|补|带来|添|造成|致电|来电|打|说明|介绍|送|做|约|派|加|换|寄|发|调)`,
	`本次(?:服务|通话|来电)|(?:服务|满意度)评价|祝您|(?:生活|工作)愉快|让您久等|保持(?:电话|手机)畅通`,
	`(?:这里是|这边是|我是|我们是)[^我你您跟找给和对让的,，。？?]{0,12}(?:客服|中心|公司|银行|保险|人寿|快递|物流|售后|热线|服务|商城|平台|官方|回访|专员|客户经理|顾问|代表|话务员|坐席|座席)`,
	`^[喂嗯啊]?[,，]?[您你]好[,，。！!]?(?:欢迎[致来]电)?[^我你您的请,，。？?]{2,8}(?:客服|公司|银行|保险|人寿|商城|快递|物流|热线|中心|水务|电力|燃气|移动|电信|联通|航空|酒店|平台|旗舰店)`,
	`是[^我你您,，。？?]{1,5}(?:先生|女士|小姐|太太|老师)(?:本人)?(?:吗|么|嘛|吧)|您是(?:机主)?本人(?:吗|么|嘛)?`,
	`(?:先生|女士)[,，]?您`,
	`您的(?:订单|问题|来电|情况|诉求|反馈|账户|账号|号码|手机|地址|快递|包裹|宽带|保单|卡|信息|姓名|联系方式|会员|套餐|尾号|话费|工单|心情)`,
	`这边(?:显示|看到|查到|给您|帮您|为您)|系统(?:显示|里显示)|亲爱的`,
}, "|"))

// demandRE finds what customers say far more often than agents: they speak of 你们 and of
// what is theirs, want things done for them, complain, and ask who is calling.
var demandRE = text.Pattern(strings.Join([]string{
	`你们|我要投诉|投诉你|什么态度|怎么(?:还|一直|老是|又)(?:没|不|是)`,
	`我(?:就|就是)?(?:想|要|想要)(?:退|换|取消|办|查|咨询|反映|举报|注销|报修|开通|买|订)|我(?:就|就是)?想(?:问|了解)一?下?(?:我|这|那|怎|为|什|有|能|关)`,
	`(?:帮|给|替)我(?:们)?(?:查|看|办|取消|退|转|催|处理|问|改|弄|联系|开|解|个|说法|打|发|换|赔|回|送|扣|一个|充|寄)`,
	`我(?:的|那个|这个|那|这)(?:订单|快递|包裹|手机|卡|话费|账户|账号|宽带|套餐|钱|号|会员|保单|流量|网|押金|余额|车|东西|货|月)`,
	`我(?:家|老公|老婆|妈|爸|孩子|儿子|女儿)`,
	`我(?:昨天|前天|上周|上个?月|去年|上次|前几天).{0,10}(?:买|订|下|充|办|打|收|申请|交|寄)`,
	`(?:多久|什么时候|几天|啥时候)才?能|[你您]的?工号是?(?:多少|几)|你叫什么`,
	`[你您]是?(?:哪位|哪里|哪儿|哪个|谁)|不感兴趣|没兴趣|我(?:现在)?在?(?:开会|开车|上班)`,
}, "|"))

// robotRE finds what machines say, and supervisorRE how those who take over from an
// agent introduce themselves: both sound like agents.
var (
	robotRE      = text.Pattern(`请按(?:[0-9零一二三四五六七八九井星#*]|[零一二三四五六七八九])|[咨询服务业务]请按|请输入|(?:通话|来电)(?:可能)?[将会]被录音|正在为您转接|请对.{0,8}(?:服务|客服).{0,6}(?:评价|打分)请?按`)
	supervisorRE = text.Pattern(`我(?:就|就是|是)[^,，。？?]{0,8}(?:主管|值班经理|值班长|班长|组长)`)
)

// counted is how many hits of one turn count, so that none outweighs all others.
const counted = 3

// introduces reports whether text is how an agent introduces herself. Every call is asked, so
// one character that all introductions have is looked for first.
func introduces(text string) bool {
	return strings.Contains(text, "服") && containsAny(text, introductions) || strings.Contains(text, "工") && givesNumber(text)
}

// agentWords is how much text sounds like an agent: 3 for an introduction, 1 for each courtesy.
func agentWords(words string) int {
	score := 0
	if introduces(words) {
		score = 3
	}
	return score + hits(courtesyRE(), words)
}

// customerWords is how much text sounds like a customer: 1 for each demand.
func customerWords(words string) int { return hits(demandRE(), words) }

// lean is how much more text sounds like an agent than like a customer.
func lean(words string) int { return agentWords(words) - customerWords(words) }

// hits is how often an expression in Simplified Chinese is found in words.
func hits(re *regexp.Regexp, words string) int {
	return len(re.FindAllStringIndex(strings.Map(text.FoldRune, words), counted))
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
