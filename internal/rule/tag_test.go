package rule

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	must "github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/strict"
	"github.com/zhijian-qa/zhijian/rules"
)

// excerpt is a call written "客：…… / 坐：……"; with an agent turn if it has none.
func excerpt(text string) *call.Call {
	c := &call.Call{ID: "call"}
	for part := range strings.SplitSeq(text, " / ") {
		c.Turns = append(c.Turns, exampleTurn(part))
	}
	if !c.Has(call.Agent) {
		c.Turns = append(c.Turns, exampleTurn("坐：嗯"))
	}
	return c
}

// tagsOf are the values of a call's tags by their ids.
func tagsOf(p *Pack, c *call.Call) map[string][]string {
	out := map[string][]string{}
	for _, t := range p.Check(c, nil).Tags {
		for _, v := range t.Values {
			out[t.ID] = append(out[t.ID], v.Value)
		}
	}
	return out
}

// valueCase is a value of a tag with calls that have it and calls that look like it.
type valueCase struct {
	tag, value string
	yes, no    []string
}

// Every value of the built-in tags holds where it should, and not where something only looks like it.
func TestBuiltInTags(t *testing.T) {
	p, err := Load(rules.FS, "documents")
	must.NoError(t, err)
	covered := map[string]bool{}
	for _, c := range slices.Concat(levelCases(), typeCases(), topicCases(), sceneCases(), stepCases()) {
		covered[c.tag+" "+c.value] = true
		assert.GreaterOrEqual(t, len(c.yes), 3, c.value)
		assert.GreaterOrEqual(t, len(c.no), 3, c.value)
		for _, text := range c.yes {
			assert.Contains(t, tagsOf(p, excerpt(text))[c.tag], c.value, text)
		}
		for _, text := range c.no {
			assert.NotContains(t, tagsOf(p, excerpt(text))[c.tag], c.value, text)
		}
	}
	for _, k := range p.Tags {
		for _, w := range k.ways {
			assert.True(t, covered[k.ID+" "+w.value], "%s %s has no cases", k.ID, w.value)
		}
	}
}

func levelCases() []valueCase {
	return []valueCase{
		{"complaint-level", "紧急", []string{
			"客：再不处理我就打12315投诉你们",
			"客：你們再拖我就找媒體曝光",
			"客：东西砸坏了，你们必须赔偿我的损失",
			"客：嗯 这个损失 谁来赔",
			"客：我要求索赔十万",
		}, []string{
			"客：我要投诉你们客服 / 坐：非常抱歉",
			"客：我是律师，想问一下怎么开户",
			"客：我不想曝光你们，也不用赔，就是要投诉这个师傅",
			"客：我要投诉，车险出险了能赔多少都没人告诉我",
			"客：我要投诉！碰坏了别人的车，我该赔他多少你们也不说",
			"客：我打了三次电话了都没人管",
		}},
		{"complaint-level", "重要", []string{
			"客：我要投诉，我都打了三次电话了还没人来",
			"客：叫你们领导来听电话",
			"客：這是我第三次打來反映了",
			"客：上周就报修了，到现在还没人上门",
			"客：嗯 我一直在反映这个问题",
		}, []string{
			"客：我要投诉刚才那个客服",
			"客：你们打了三次电话给我推销，我要投诉",
			"客：我要投诉，打了一次电话就给我挂了",
			"客：快递员打了好几次电话我没接到",
			"客：我的客户经理是谁",
			"客：我去过三次西藏",
		}},
		{"complaint-level", "普通", []string{
			"客：我要投诉你们乱扣费",
			"客：你这什么态度",
			"客：凭什么扣我二十块钱",
			"客：我很不滿意你們的處理",
		}, []string{
			"客：请问怎么查余额 / 坐：您可以发短信",
			"客：我没有不满意，挺好的",
			"客：凭什么证件可以领卡",
			"客：网断了，帮我报修一下 / 坐：好的",
			"客：我不是要投诉，就是问一下",
			"客：我要投诉，再不解决我就找媒体曝光",
		}},
	}
}

func typeCases() []valueCase {
	return []valueCase{
		{"customer-type", "全面否定型", []string{
			"客：就是你们系统有问题，连不上全能版",
			"客：你们公司什么都办不好",
			"客：你們從上到下沒一個靠譜的",
			"客：嗯 你们说什么都没用 我不想听你们解释",
			"客：你们这个银行一无是处",
		}, []string{
			"客：是不是你们系统有问题",
			"客：你们系统没有问题吧",
			"客：我什么都不懂，你教教我",
			"客：没有一个好办法吗",
			"客：你什么都不用说，我自己来办",
			"客：我不是说你们系统有问题",
		}},
		{"customer-type", "喋喋不休型", []string{
			"客：我还没说完呢 / 坐：好的 / 客：你听我说完，我从头跟你说一遍",
			"客：我話還沒講完 / 坐：您請說 / 客：反正我還是那句話",
			"客：" + strings.Repeat("我那天早上八点多去挂撤单，页面一直转圈，后来又弹出来说已经成交了，价格比我看的高了好多。", 6),
			"客：" + strings.Repeat("我上个月买的冰箱，送来就有划痕，师傅说给换，", 5) + " / 坐：嗯 / 客：" +
				strings.Repeat("后来又说要等厂家的人来看，看了又说不算质量问题，", 5) + " / 坐：好 / 客：" + strings.Repeat("我再打电话又说没有记录，让我重新报一遍，", 6),
		}, []string{
			"客：我还没说完呢 / 坐：您请说 / 客：就是想改个地址",
			"客：我跟你说一下我的单号，八八一二 / 坐：好的 / 客：谢谢",
			"客：你说完了吗 / 坐：是的 / 客：那我知道了",
			"客：" + strings.Repeat("我上个月买的冰箱，送来就有划痕，师傅说给换，", 5) + " / 坐：好的，我给您换 / 客：行",
		}},
		{"customer-type", "缺乏信任型", []string{
			"客：我不相信你们，上次也是这么说的",
			"客：你们该不会又在骗我吧",
			"客：我怎麼信你們說的話",
			"客：空口无凭，你拿什么保证",
			"客：嗯 我这边已经录音了啊",
		}, []string{
			"客：我不是不相信你，就是想确认一下",
			"客：有人打电话说是客服，是不是骗我的短信",
			"客：怎么证明我是本人",
			"客：你们有录音吗",
			"客：我的信用卡怎么还款",
			"客：怎么保证质量",
		}},
		{"customer-type", "立竿见影型", []string{
			"客：你现在必须给我解决",
			"客：银证转账到现在未处理，马上给我处理",
			"客：我要求你們今天給我答覆",
			"客：不解决我就不挂电话",
			"客：嗯 我一分钟都等不了",
		}, []string{
			"客：我不着急，你慢慢查",
			"客：我马上到网点",
			"客：今天必须处理完吗",
			"客：我今天要退房，麻烦开个发票",
			"客：现在可以办吗",
			"客：我现在必须先去上班，晚点再说",
		}},
		{"customer-type", "推卸责任型", []string{
			"客：都怪你们，我才亏了这么多",
			"客：你们没告诉我要卖出，我不懂规则，这三十万你们要负责",
			"客：又不是我的錯，跟我沒有關係",
			"客：你们又没提醒我，害我逾期了",
			"客：嗯 全是你们害的",
		}, []string{
			"客：不怪你们，是我自己弄错了",
			"客：没人通知我取件，我自己来问一下",
			"客：我不懂这个规则，麻烦你讲一下",
			"客：请问谁负责这个业务",
			"客：幸好你们提醒我，不然就逾期了",
			"客：这个活动跟我有关系吗",
		}},
		{"customer-type", "发泄情绪型", []string{
			"客：我真的要气死了",
			"客：你们推荐的股票让我亏钱，受够了，混蛋",
			"客：這什麼垃圾公司",
			"客：嗯 你们这破系统",
			"客：太过分了 / 坐：抱歉 / 客：你们骗人 / 坐：您别急 / 客：太让人失望了",
		}, []string{
			"客：系统崩溃了，登不进去",
			"客：我没有生气，也没骂人",
			"客：请问你们卖的是什么东西",
			"客：有点失望，不过算了",
			"客：去柜台要带什么东西",
			"客：那个骗子骂我神经病",
		}},
		{"customer-type", "扩大宣传型", []string{
			"客：不解决我就找电视台曝光你们",
			"客：我要发到网上让大家都看看",
			"客：我是記者，不給說法你們等著",
			"客：嗯 我在业主群里发 让大家别用你们",
			"客：我老公是律师，不赔十万法院见",
		}, []string{
			"客：我是律师，想问一下怎么开户",
			"客：我在微博上看到你们有活动",
			"客：我不想曝光你们，好好解决就行",
			"客：我的信息被曝光了吗",
			"客：这个相机曝光有问题",
			"客：转发朋友圈可以领券吗",
		}},
	}
}

func topicCases() []valueCase {
	return []valueCase{
		{"complaint-topic", "服务质量", []string{
			"客：我要投诉，你们客服态度太差了",
			"客：我要投诉，你们踢皮球，没人管",
			"客：我要投訴那個師傅，約好上門又沒來",
			"客：嗯 我要投诉 你们答非所问",
		}, []string{
			"客：我要投诉你们乱扣费",
			"客：我要投诉，服务费多收了我十块",
			"客：你们服务不错，就是系统老卡，太离谱了",
			"客：师傅没来，能改个时间吗",
		}},
		{"complaint-topic", "系统/通道", []string{
			"客：我要投诉，你们系统又登不上了",
			"客：我要投诉，家里又断网了",
			"客：撤單不了，股票買高了，你們系統堵單，我要投訴",
			"客：嗯 我要投诉 取款机把我卡吞了",
		}, []string{
			"客：系统登不上了，怎么办",
			"客：我要投诉客服，系统没问题",
			"客：我要投诉，平台服务费乱收",
			"客：我要投诉，你们把我货断供了",
		}},
		{"complaint-topic", "银证/转账", []string{
			"客：我要投诉，银证转账到现在未处理",
			"客：我要投诉，我转了五万块过去没到账",
			"客：我要投訴，匯款一直沒收到",
			"客：嗯 我要投诉 提现三天了还没到",
		}, []string{
			"客：我要投诉，退款一直没到账",
			"客：怎么转账",
			"客：我要投诉，转人工转不了",
			"客：我要投诉你们乱扣费",
		}},
		{"complaint-topic", "资讯/营销", []string{
			"客：我要投诉，你们天天打推销电话",
			"客：你们推荐的股票让我亏损40%，我要投诉",
			"客：我要投訴你們業務員誤導我買保險",
			"客：嗯 我要投诉 说好的赠品没给",
		}, []string{
			"客：我要投诉客服态度差",
			"客：这个理财会不会亏",
			"客：怎么屏蔽骚扰电话",
			"客：我要投诉你们系统老卡",
		}},
		{"complaint-topic", "计费/资费", []string{
			"客：我要投诉你们乱扣费",
			"客：凭什么扣我二十块钱",
			"客：我要投訴，這個月帳單不對",
			"客：嗯 我要投诉 退款一直没退",
			"客：我要投诉，没经过我同意就开通了会员",
		}, []string{
			"客：会不会扣费",
			"客：我要投诉客服，费用没问题",
			"客：我要投诉，重复收到短信烦死了",
			"客：我要投诉，送错货了，收货地址是对的",
		}},
		{"complaint-topic", "业务规则", []string{
			"客：凭什么不让我退，我要投诉",
			"客：我要投诉，你们这个规定太不合理了",
			"客：我要投訴，為什麼非要本人到櫃台",
			"客：嗯 这什么破规定 我要投诉",
		}, []string{
			"客：请问销户有什么规定",
			"客：我要投诉，按规定办就行，可是你们没人管",
			"客：我要投诉客服态度差",
			"客：我要投诉你们多扣费",
		}},
		{"complaint-topic", "其他", []string{
			"客：我要投诉",
			"客：我要投訴你們",
			"客：你们太离谱了",
		}, []string{
			"客：我要投诉你们客服态度差",
			"客：请问几点上班",
			"客：我要投诉乱扣费",
		}},
	}
}

func sceneCases() []valueCase {
	return []valueCase{
		{"scene", "staff-id-request", []string{"客：你工号多少", "客：你叫什麼名字", "客：嗯 报一下你的工号"},
			[]string{"客：我叫李明", "坐：我的工号是八八一", "客：快递员叫什么名字"}},
		{"scene", "leader-request", []string{"客：叫你们领导来", "客：我要找你們主管", "客：嗯 换个能做主的"},
			[]string{"客：我的客户经理是谁", "坐：我帮您转给主管", "客：不用找领导"}},
		{"scene", "callback:interrupted", []string{
			"坐：您好，这里是中国银行客户服务中心，给您回电，刚刚电话中断了",
			"坐：您好，我是刚才与您通话的客服，刚才电话断了",
			"坐：您好，給您回撥，剛才斷線了",
		}, []string{"客：刚才电话断了 / 坐：您好，请讲", "坐：您好，请问有什么可以帮您", "坐：您好，给您回电，您咨询的问题我查到了"}},
		{"scene", "callback:research", []string{
			"坐：您好，给您回电，您刚才咨询的问题我查到了",
			"坐：您好，给您回个电话，有关您查询的账单",
			"坐：您好，給您回電，您要求回電的事核實好了",
		}, []string{"坐：您好，我帮您查到了", "坐：您好，给您回电，刚才电话断了，您咨询的问题我查到了", "坐：您好，给您回电，工单缺一项信息，要跟您核实"}},
		{"scene", "callback:correction", []string{
			"坐：您好，给您回电，刚才跟您说得不准确，更正一下",
			"坐：您好，打扰了，给您回个电话，您昨天咨询的问题我需要补充一些信息",
			"坐：您好，給您回電，剛才告知的費率有誤",
		}, []string{"坐：您好，您说的有误", "坐：您好，给您回电，刚才电话断了", "坐：您好，给您回电，您的工单要补充材料"}},
		{"scene", "callback:work-order", []string{
			"坐：您好，给您回电，您的工单缺少表号",
			"坐：您好，给您回个电话，您的报修单没填地址，需要和您核实一些信息",
			"坐：您好，給您回電，您登記的案件缺一項資料",
		}, []string{"坐：您好，给您提交工单", "坐：您好，给您回电，刚才电话断了", "坐：您好，给您回电，您查询的账单核实好了"}},
		{"scene", "callback:complaint-reply", []string{
			"坐：您好，给您回电，我是客服组长，您反映的问题我们已经复听了录音",
			"坐：您好，给您回个电话，您昨天反映的客服问题给您答复",
			"坐：您好，給您回電，我是客服主管",
		}, []string{"坐：您好，我是客服组长", "坐：您好，给您回电，刚才电话断了", "坐：您好，给您回电，您查询的账单核实好了"}},
		{"scene", "queue-wait", []string{
			"客：我打了半天才打通",
			"坐：您好，现在咨询的客户较多，感谢您的等候",
			"客：排隊等了二十分鐘才接通",
			"客：嗯 你们热线一直占线",
		}, []string{
			"客：我在网点排队排了两小时",
			"客：快递电话打不通",
			"客：等了三天还没发货",
			"客：你们前天说上门，我等了半天",
			"坐：我们会尽快回复您",
		}},
		{"scene", "transfer", []string{
			"客：我要报修 / 坐：我为您转接宽带专席，好吗",
			"坐：正在为您转接",
			"坐：您好，您是刚刚转接过来的客户，请讲",
			"客：刚才那位说转到你这边 / 坐：您请讲",
		}, []string{"客：我的钱转过来了吗 / 坐：到了", "客：我转账转不了 / 坐：好的", "客：这个能转接吗 / 坐：不用转", "坐：我帮您转告给师傅"}},
		{"scene", "escalation-threat", []string{"客：我要去工信部告你们", "客：我就找媒體曝光", "客：嗯 我要起诉你们"},
			[]string{"客：我是律师，问一下开户", "客：我在微博上看到活动", "坐：您打12315之前，我先帮您处理"}},
		{"scene", "attitude-complaint", []string{"客：你这什么态度", "客：剛才那個客服口氣很差", "客：嗯 我要投诉你们那个客服"},
			[]string{"客：你态度特别好", "客：我的态度是先看看", "坐：我们的服务态度不好，向您道歉"}},
	}
}

func stepCases() []valueCase {
	return []valueCase{
		{"four-steps", "安抚", []string{"坐：您的心情我非常理解", "坐：非常抱歉給您帶來不便", "坐：嗯 您先消消气"},
			[]string{"客：我理解你的心情", "坐：您好，请讲", "坐：请报一下单号"}},
		{"four-steps", "倾听", []string{"坐：您反映的是多扣了二十块钱，对吗", "坐：您的意思是上個月就取消了", "坐：嗯 您慢慢说"},
			[]string{"坐：跟您核对一下手机号", "坐：请问您是李先生对吗", "客：我的意思是不办了", "坐：请不要重复提交"}},
		{"four-steps", "引导", []string{"坐：建议您先重启一下光猫", "坐：您看這樣好嗎，我先登記", "坐：嗯 给您两个方案"},
			[]string{"坐：感谢您的宝贵建议", "坐：您可以放心", "客：你建议我怎么办"}},
		{"four-steps", "沟通", []string{"坐：我马上为您登记", "坐：三個工作日內給您答覆", "坐：嗯 我已经反馈给维修部门"},
			[]string{"坐：暂时没办法给您处理", "客：三天内回复我", "坐：请问您提交了申请吗"}},
	}
}

// tagCues are the cues of the packs below.
const tagCues = `cues:
  one: {any: [甲]}
  two: {any: [乙]}
  three: {any: [丙]}
calls:
  third: {said: three}
`

// How the values of a tag are found: all, one, by part, by times, by sort, the rest, in steps.
func TestTags(t *testing.T) {
	for _, c := range []struct {
		tag   string
		turns []string
		want  string
	}{
		{"values: [{value: A, say: one}, {value: B, say: two}]", []string{"乙", "甲"}, "A@1 B@0"},
		{"values: [{value: A, say: one}, {value: B, say: two}]", []string{"您好"}, ""},
		{"values: [{value: A, say: [one, two]}]", []string{"您好", "乙"}, "A@1"},
		{"one: true, values: [{value: A, say: one}, {value: B, say: two}]", []string{"乙", "甲"}, "A@1"},
		{"one: true, values: [{value: A, say: one}, {value: B}]", []string{"您好"}, "B@-1"},
		{"values: [{value: A, say: one}, {value: B}]", []string{"甲"}, "A@0"},
		{"steps: true, values: [{value: A, say: one}, {value: B, say: two}]", []string{"乙", "甲"}, "B@0 A@1"},
		{"steps: true, values: [{value: A, say: one}, {value: B, say: two}]", []string{"乙，甲", "甲"}, "B@0 A@0"},
		{"steps: true, values: [{value: A, say: one}, {value: B, say: two}, {value: A, say: three}]", []string{"丙", "乙", "甲"}, "A@0 B@1"},
		{"values: [{value: A, say: one, times: 2}]", []string{"甲甲"}, ""},
		{"values: [{value: A, say: one, times: 2}]", []string{"甲", "客：甲"}, "A@0"},
		{"values: [{value: A, say: one, in: last 1}]", []string{"甲", "您好"}, ""},
		{"values: [{value: A, say: one, in: last 1}]", []string{"您好", "甲"}, "A@1"},
		{"values: [{value: A, say: one, times: 2}, {value: A, say: two}]", []string{"甲", "乙"}, "A@1"},
		{"values: [{value: A, when: third}]", []string{"丙"}, "A@-1"},
		{"values: [{value: A, when: '!third'}]", []string{"丙"}, ""},
		{"when: third, values: [{value: A, say: one}, {value: B}]", []string{"甲"}, ""},
		{"when: third, values: [{value: A, say: one}, {value: B}]", []string{"丙甲"}, "A@0"},
	} {
		var got []string
		pack := loaded(t, tagCues+"tags: [{id: kind, title: 种类, "+c.tag+"}]\n")
		for _, tag := range pack.Check(talk(c.turns...), nil).Tags {
			assert.Equal(t, "kind", tag.ID)
			for _, v := range tag.Values {
				got = append(got, fmt.Sprintf("%s@%d", v.Value, v.Turn))
			}
		}
		assert.Equal(t, c.want, strings.Join(got, " "), "%s %v", c.tag, c.turns)
	}
}

// Who cannot be told apart is not tagged.
func TestNoTagsWithoutRoles(t *testing.T) {
	p := loaded(t, tagCues+"tags: [{id: kind, title: 种类, values: [{value: A}]}]\n")
	c := talk("您好")
	assert.Len(t, p.Check(c, nil).Tags, 1)
	c.RolesUnknown = true
	assert.Empty(t, p.Check(c, nil).Tags)
}

// A value has a name for people in each language, and one for machines.
func TestTagNames(t *testing.T) {
	p := loaded(t, "cues: {one: {any: [甲]}}\ntags: [{id: k, title: 种类, values: [{value: a, title: {zh: 甲类, en: first}, say: one}, {value: 乙, title: {en: second}, when: '!never'}]}]\ncalls: {never: {direction: [outbound]}}\n")
	values := p.Check(talk("甲"), nil).Tags[0].Values
	assert.Equal(t, "a", values[0].Value)
	assert.Equal(t, call.Say{ZH: "甲类", EN: "first"}, values[0].Name)
	assert.Equal(t, call.Say{ZH: "乙", EN: "second"}, values[1].Name)
}

// What is wrong with tags and scores is told with its place.
func TestTagAndScoreFaults(t *testing.T) {
	tag := func(s string) string { return "cues: {sorry: {any: [抱歉]}}\ntags:\n  - " + s + "\n" }
	for yaml, want := range map[string]string{
		tag("{id: k, title: 种, values: [{value: a, say: sory}]}"):                                          `3:48: no cue named "sory"; did you mean "sorry"?`,
		tag("{id: k, title: 种, vales: [{value: a, say: sorry}]}"):                                          `3:23: no key named "vales"; did you mean "values"?`,
		tag("{id: k, title: 种, values: [{value: a, sai: sorry}]}"):                                         `3:43: no key named "sai"; did you mean "say"?`,
		tag("{id: k, title: 种, when: x, values: [{value: a}]}"):                                            `3:29: no sort of call named "x"`,
		tag("{id: k, title: 种, values: [{value: a, say: sorry, in: openning}]}"):                           `3:59: no part of a call named "openning"; did you mean "opening"?`,
		tag("{id: K, title: 种, values: [{value: a, say: sorry}]}"):                                         `3:5: tag id "K" is not in lower case`,
		tag("{id: k, values: [{value: a, say: sorry}]}"):                                                   `3:5: tag k has no title`,
		tag("{id: k, title: 种}"):                                                                           `3:5: tag k has no values`,
		tag("{id: k, title: 种, values: [{say: sorry}]}"):                                                   `3:32: no value here`,
		tag("{id: k, title: 种, values: [{value: a, times: 2, when: s}]}"):                                  `3:32: in and times need say`,
		tag("{id: k, title: 种, values: [{value: a}, {value: b, say: sorry}]}"):                             `3:32: a value without say and when holds where no other does`,
		tag("{id: k, title: 种, one: true, steps: true, values: [{value: a}]}"):                             `3:5: tag k has one value only, so there are no steps`,
		tag("{id: k, title: 种, source: [{doc: UNI}], values: [{value: a}]}"):                               `3:38: no document named "UNI"`,
		tag("{id: k, title: 种, values: [&v {value: a, say: sorry}]}\n  - {id: k, title: 种, values: [*v]}"): `4:10: tag "k" is defined twice`,
		"score: {start: 0}\n":                                    `1:16: a whole number from 1 up is needed here, not 0`,
		"score: {points: {eror: 1}}\n":                           `1:18: no key named "eror"; did you mean "error"?`,
		"score: {points: {error: -1}}\n":                         `1:25: a whole number from 0 up is needed here, not -1`,
		"score: {points: {error: ten}}\n":                        `1:25: a whole number is needed here, not “ten”`,
		"score: {cap: -1}\n":                                     `1:14: a whole number from 0 up`,
		"score: {grades: {A: 90, B: 90, C: 0}}\n":                `1:28: two grades start at 90`,
		"score: {grades: {A: 90, B: 60}}\n":                      `1:8: one grade must start at 0`,
		"score: {grades: {A: 900, B: 0}}\n":                      `1:8: grade A starts at 900, but calls start with 100`,
		ruleYAML("a/rule", "forbid: {any: [甲]}\n    points: -3"): `9:13: a whole number from 0 up`,
	} {
		_, err := load(yaml)
		var errs strict.Errors
		if assert.ErrorAs(t, err, &errs, yaml) {
			assert.Contains(t, errs.In(call.EN), "pack.yaml:"+want, yaml)
		}
	}
}
