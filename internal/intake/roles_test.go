package intake

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Who is the agent is told by what is said; each line starts with the speaker. The agent is
// always 乙, the customer 甲, anybody else 丙.
func TestRolesByWords(t *testing.T) {
	for name, lines := range map[string]string{
		"inbound":                        "乙您好，工号三三一为您服务。|甲我想查一下上个月的水费。|乙请您报一下户号。|甲零零四二。",
		"outbound, customer first":       "甲喂？|乙您好，请问是周先生吗？|甲对，你哪位？|乙我是安居家电的客服代表，给您做一个回访。|甲哦，行。",
		"callback":                       "甲喂，你好。|乙您好，这里是晨光快递客服中心，昨天您反映的包裹我们找到了。|甲找到了？那什么时候能送？|乙今天下午给您派送。",
		"a lady's callback":              "甲喂。|乙是何女士吗？|甲嗯，我是。|乙何女士，您昨天申请的退款已经处理了。|甲好，谢谢。",
		"the customer is polite":         "甲您好，请问您这边能帮我查一个订单吗？我上周买的椅子还没到。|乙可以的，请您提供一下订单号。|甲您稍等，我找找。八八二一。|乙好的，这边显示明天送到。",
		"the customer names services":    "甲你们服务太差了，打了三次都没人接。|乙非常抱歉，给您带来不便了，您先别着急。|甲我能不急吗，你们这里是不是没人管。|乙我马上为您登记。",
		"the customer asks 请问":           "甲请问一下，宽带怎么移机？|乙您是要移到哪个小区呢？|甲请问收费吗？|乙同城免费，需要帮您登记吗？|甲要的。",
		"the customer gives numbers":     "甲我的订单号是二二零四，手机号一三九。|乙好的，系统显示已经出库了。|甲那怎么还没到？|乙我帮您催一下。",
		"the customer asks for a number": "甲你工号是多少？我要投诉你。|乙我的工号是五零六。|甲行，我记下了，五零六。|乙您的诉求我会反馈上去。",
		"the customer greets first":      "甲你好，是燃气公司吗？|乙是的，请讲。|甲我家没气了。|乙我给您登记报修，请您保持电话畅通。",
		"traditional characters":         "甲喂，你們那個快遞怎麼還沒到？|乙不好意思，我幫您查一下。|甲快點。|乙系統顯示今天送達。",
		"no introduction":                "乙喂，您好，云岭水务。|甲我这个月水费不对。|乙您报一下户号。|甲一一七。|乙嗯，请问还有别的事吗？",
		"a survey":                       "乙您好，我是车管家的回访专员，想了解一下您对保养的评价。|甲我在开会。|乙好的，那不打扰您了，祝您生活愉快。",
		"sales":                          "甲喂，哪位？|乙王女士您好，我是宏远保险的顾问，您的保单下个月到期。|甲不用了，没兴趣。|乙好的，感谢您的接听。",
		"the customer is an old client":  "甲我是你们的老客户了，我要退卡。|乙了解，退卡的话我给您说明一下流程。|甲说吧。|乙需要本人带证件。",
		"a dispute":                      "甲我昨天交的钱怎么没到账？|乙您是在哪个渠道交的呢？|甲手机上。|乙我跟您核对一下，尾号是四四吗？|甲对。",
		"few words":                      "乙您好，有什么可以帮您？|甲查余额。|乙三十二块五。|甲好。",
		"machine before the agent":       "丙感谢致电远山航空，普通话请按一，人工服务请按零。|乙您好，工号二零七为您服务。|甲我要改签明天的票。|乙请您提供一下姓名。|甲陈一。",
		"a supervisor takes over":        "乙您好，工号一一八为您服务。|甲我要投诉，你们拖了一个月。|乙实在抱歉，我帮您转主管。|丙您好，我是值班经理，工号零零一，给您带来不便很抱歉，我来帮您处理。|甲那你说怎么办？|丙我今天给您答复。|甲好。",
		"a relative speaks too":          "乙您好，请问有什么可以帮您？|甲我要查一下宽带。|丙你问他怎么还没装。|甲对，怎么还没装？|乙我帮您查询，请您稍等。",
	} {
		t.Run(name, func(t *testing.T) {
			k := &call.Call{}
			for line := range strings.SplitSeq(lines, "|") {
				who := line[:len("甲")]
				k.Turns = append(k.Turns, call.Turn{Role: call.Unknown, Speaker: who, Text: line[len(who):]})
			}
			settleRoles(k, "", false)
			assert.False(t, k.RolesUnknown)
			for _, turn := range k.Turns {
				assert.Equal(t, map[string]call.Role{"甲": call.Customer, "乙": call.Agent, "丙": call.Other}[turn.Speaker], turn.Role, turn.Text)
			}
		})
	}
}

// What could be said by either side tells nothing.
func TestRolesThatNobodyCanTell(t *testing.T) {
	for _, lines := range []string{
		"甲喂。|乙喂，你好。|甲听得到吗？|乙听得到。",
		"甲请问你是谁？|乙你是哪位？|甲打错了。|乙没关系。",
		"甲明天下雨吗？|乙可能吧。",
	} {
		k := &call.Call{}
		for line := range strings.SplitSeq(lines, "|") {
			k.Turns = append(k.Turns, call.Turn{Role: call.Unknown, Speaker: line[:len("甲")], Text: line[len("甲"):]})
		}
		settleRoles(k, "", false)
		assert.True(t, k.RolesUnknown, lines)
	}
}
