// Package calltest makes calls up for benchmarks: as varied as real ones, so that
// neither caches nor branch prediction make the machine look faster than it is,
// and the same in every run.
package calltest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// Calls is n calls of about twelve turns and 1.2 KB of UTF-8. About one in six holds a
// number or a name that is to be masked; most hold digits, written or spoken, that are not.
func Calls(n int) []*call.Call {
	m := maker{rand.New(rand.NewPCG(1, 2))}
	out := make([]*call.Call, n)
	for i := range out {
		out[i] = m.call(i)
	}
	return out
}

// JSONL is the calls in the canonical format, one on each line.
func JSONL(calls []*call.Call) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for _, c := range calls {
		_ = e.Encode(c) // it cannot fail: strings and numbers in memory
	}
	return b.Bytes()
}

// Plain is a call as plain text with a header, times and speaker labels.
func Plain(c *call.Call) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# 通话ID：%s\n# 工号：%s\n", c.ID, c.Agent.ID)
	for i := range c.Turns {
		t := &c.Turns[i]
		ms, _ := t.Start.Get()
		fmt.Fprintf(&b, "[%02d:%02d:%02d] %s：%s\n", ms/3_600_000, ms/60_000%60, ms/1000%60, t.Role.In(call.ZH), t.Text)
	}
	return b.String()
}

type maker struct{ *rand.Rand }

func (m maker) call(i int) *call.Call {
	c := &call.Call{ID: fmt.Sprintf("C%06d", i), Direction: call.Inbound, StartedAt: fmt.Sprintf("2026-03-%02dT14:05:12+08:00", 1+i%28),
		Agent: call.Person{ID: fmt.Sprint(8000 + i%40)}, Source: "calls.jsonl", Line: i + 1}
	at := int64(500)
	add := func(role call.Role, text string) {
		end := at + int64(len(text))*80
		c.Turns = append(c.Turns, call.Turn{Role: role, Text: text, Start: call.At(at), End: call.At(end), Line: i + 1})
		at = end + int64(m.IntN(2000))
	}
	add(call.Agent, "您好，工号"+m.number(4)+"为您服务，请问有什么可以帮您？")
	add(call.Customer, m.pick("喂，你好，", "嗯，", "")+m.sentence())
	for range 3 + m.IntN(5) {
		add(call.Agent, m.pick("好的，", "嗯嗯，", "是这样的，", "您稍等，")+m.sentence()+m.sentence())
		add(call.Customer, m.sentence())
	}
	if m.IntN(6) == 0 {
		add(call.Agent, "请您报一下联系电话和姓名。")
		add(call.Customer, "我姓"+m.pick("王", "李", "陈")+"，电话是1"+fmt.Sprint(3000000000+m.IntN(1000000000)))
	}
	add(call.Agent, "感谢您的来电，祝您生活愉快，再见！")
	return c
}

// sentence is something that either side may say.
func (m maker) sentence() string {
	what := m.pick("宽带", "热水器", "信用卡账单", "手机套餐", "快递", "退款", "会员积分", "发票", "积分商城的订单", "银行卡", "流量包", "装机", "空调", "预约", "验证码")
	when := m.pick("昨天", "上个月", "前天下午", "这个星期", "大概两三天前", "刚才", m.number(1)+"月"+m.number(2)+"号", "去年")
	who := m.pick("我", "我们", "你们", "师傅", "那边的客服", "系统", "我老公", "网点")
	return m.pick(
		who+when+"办的"+what+"一直没有消息，到底什么时候能处理好？",
		"那个"+what+"，"+when+"就说要给我回电话的，等了"+m.number(2)+"分钟也没人理。",
		"我帮您查询一下"+what+"的记录，麻烦您耐心等待，不要挂机。",
		what+"的费用一共是"+m.number(3)+"块"+m.number(1)+"毛，"+when+"已经扣了。",
		when+who+"把"+what+"取消掉了，页面上显示的是处理中。",
		"非常抱歉给您带来不便，"+what+"这个情况我已经登记了，"+m.number(1)+"到"+m.number(1)+"个工作日会有专员联系您。",
		"不是，"+who+"没说过这个话，"+what+"根本就没有人来弄，你们怎么回事啊？",
		"对，就是"+what+"，能不能给我个准话？",
		"请您打开APP，点击右下角“我的”，再点"+what+"，就可以看到"+when+"的进度了。",
		"嗯嗯，好的。",
		"按规定"+what+"要先核实身份，您名下有一笔"+m.number(4)+"元的。",
	)
}

// number is so many digits, written or spoken.
func (m maker) number(digits int) string {
	from := m.pick("0123456789", "零一二三四五六七八九")
	rs := []rune(from)
	out := make([]rune, digits)
	for i := range out {
		out[i] = rs[m.IntN(len(rs))]
	}
	return string(out)
}

func (m maker) pick(from ...string) string { return from[m.IntN(len(from))] }
