package mask

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// What is of a person is hidden, wherever it stands and however it is written.
func TestTextMasks(t *testing.T) {
	for kind, table := range map[string][][2]string{
		"mobile": {
			{"我的电话是13800138000。", "我的电话是138****8000。"},
			{"13800138000一共打了三次", "138****8000一共打了三次"},
			{"打138 0013 8000或者139-1234-5678", "打138 **** 8000或者139-****-5678"},
			{"+86 13800138000，+8613912345678", "+86 138****8000，+86139****5678"},
			{"0086-138-0013-8000", "0086-138-****-8000"},
			{"前面加零：013800138000", "前面加零：0138****8000"},
			{"０１３８００１３８０００是外地打的", "０１３８****８０００是外地打的"},
			{"號碼是138，0013，8000", "號碼是138，****，8000"},
			{"電話13800，138000", "電話138**，**8000"},
			{"1 3 8 0 0 1 3 8 0 0 0", "1 3 8 * * * * 8 0 0 0"},
			{"tel:13800138000", "tel:138****8000"},
			{"**13800138000**", "**138****8000**"},
			{"打給0912-345-678就好", "打給****-***-*78就好"},
			{"13800138000，13912345678", "138****8000，139****5678"},
			{"号码13800138000充了50块", "号码138****8000充了50块"},
			{"13800138000 50元", "138****8000 50元"},
			{"尾号您核对一下138零零一三8000", "尾号您核对一下138****8000"},
		},
		"spoken": {
			{"幺三八零零幺三八零零零", "幺三八****八零零零"},
			{"一三八，嗯，零零一三，八零零零", "一三八，嗯，****，八零零零"},
			{"号码是一三八零零一三八零零零一共十一位", "号码是一三八****八零零零一共十一位"},
			{"幺三八 那个 零零幺三 然后 八零零零", "幺三八 那个 **** 然后 八零零零"},
			{"么的幺三九，洞洞拐拐，五五六勾", "么的幺三九，****，五五六勾"},
			{"一三八四个零一二三四", "一三八***一二三四"},
			{"洞拐五五杠八八六两三三四五", "洞拐五*杠****三三四五"},
			{"一 三 八 零 零 一 三 八 零 零 零", "一 三 八 * * * * 八 零 零 零"},
			{"壹叁捌零零壹叁捌零零零", "壹叁捌****捌零零零"},
		},
		"landline": {
			{"家里010-62345678", "家里010-****5678"},
			{"座机（0755）88623345，晚上在", "座机（075*）****3345，晚上在"},
			{"打02062345678", "打020****5678"},
			{"0571 8765 432", "057* ***5 432"},
			{"+86-10-62345678", "+86-**-******78"},
			{"电话是62345678", "电话是******78"},
			{"電話：6234 5678", "電話：**** **78"},
			{"010-62345678转801", "010-****5678转801"},
		},
		"identity": {
			{"身份证110101199003078515", "身份证110***********8515"},
			{"11010119900307002X", "110***********002X"},
			{"110101 19900307 851x", "110*** ******** 851x"},
			{"一一零一零一，一九九零零三零七，零零二叉", "一一零***，********，零零二叉"},
			{"證號110101900307851", "證號110********7851"},
			{"身分證號碼是110101900307851", "身分證號碼是110********7851"},
			{"身份证号110108999999999999", "身份证号110***********9999"}, // heard wrong, but said to be one
		},
		"bank": {
			{"卡号6222021234567890128", "卡号622************0128"},
			{"6217 0012 1002 4455 220", "621* **** **** ***5 220"},
			{"卡號４１１１１１１１１１１１１１１１", "卡號４１１*********１１１１"},
			{"刷的4111-1111-1111-1111", "刷的411*-****-****-1111"},
			{"六二一七零零一二一零零二四四五五二二零", "六二一************五二二零"},
			{"账号是6222021234567890", "账号是622*********7890"}, // no check digit, but said to be one
			{"卡号 6225 8801 2345 6789，还有6225880123456789", "卡号 622* **** **** 6789，还有622*********6789"},
		},
		"mail": {
			{"发到zhang.san@example.com吧", "发到z********@example.com吧"},
			{"邮箱13800138000@qq.com", "邮箱1**********@qq.com"},
			{"ab@163.com", "**@163.com"},
			{"zhangsan艾特qq点com", "z*******艾特qq点com"},
			{"是 ouyang 点 jianguo 艾特 qq 点 com", "是 o*************** 艾特 qq 点 com"},
			{"三点 lisi艾特qq点com", "三点 l***艾特qq点com"},
			{"Li_Si＠Example.cn", "L****＠Example.cn"},
		},
		"plate": {
			{"车牌京A12345", "车牌京A***45"},
			{"粤B·D12345停了", "粤B·****45停了"},
			{"滬Ａ１２Ｂ４５", "滬Ａ***４５"},
			{"苏E 幺二三四五", "苏E ***四五"},
			{"粤Z1234港", "粤Z***4港"},
			{"京A12345 00@qq.com", "京A***45 **@qq.com"},
		},
		"name": {
			{"我叫张伟，想问下", "我叫**，想问下"},
			{"我叫欧阳娜娜", "我叫****"},
			{"我叫張偉我想查話費", "我叫**我想查話費"},
			{"我叫李娜手机号是对的", "我叫**手机号是对的"},
			{"我姓王", "我姓*"},
			{"免贵姓司马，您说", "免贵姓**，您说"},
			{"我姓王，王建国", "我姓*，***"},
			{"姓名：王小明 地址：北京", "姓名：*** 地址：北京"},
			{"户名是赵六，对吧", "户名是**，对吧"},
			{"聯繫人陳先生", "聯繫人陳先生"},
			{"联系人是陈丽华女士", "联系人是***女士"},
			{"我 叫 张 伟 我 想 查 话 费", "我 叫 * * 我 想 查 话 费"},
			{"她叫周吴佳慧。", "她叫****。"},
			{"我叫张伟，刚才张伟来过", "我叫**，刚才**来过"},
			{"名字是，嗯，孙悦", "名字是，嗯，**"},
			{"机主张三丰，本人", "机主***，本人"},
		},
	} {
		for _, c := range table {
			assert.Equal(t, c[1], Text(c[0]), "%s: %s", kind, c[0])
			assert.Equal(t, c[1], Text(c[1]), "%s, again: %s", kind, c[1])
		}
	}
}

// What stands beside a number, or was said before it, leads nobody to show it.
func TestTextMasksBesideWords(t *testing.T) {
	for kind, table := range map[string][][2]string{
		"words that begin like a unit": {
			{"您记一下13800138000千万别打错", "您记一下138****8000千万别打错"},
			{"打13800138000万一没人接", "打138****8000万一没人接"},
			{"身份证110101199003078515千万保密", "身份证110***********8515千万保密"},
			{"打13800138000百分之百能通", "打138****8000百分之百能通"},
			{"打13800138000十点以后打", "打138****8000十点以后打"},
			{"手机幺三八零零幺三八零零零元旦以后换", "手机幺三八****八零零零元旦以后换"},
			{"13800138000元旦以后换", "138****8000元旦以后换"},
			{"卡6222021234567890128万一丢了", "卡622************0128万一丢了"},
			{"6222 0212 3456 7890 128万一丢了", "622* **** **** ***0 128万一丢了"},
			{"13800138000万先生接的", "138****8000万先生接的"},
			{"13800138000.2点后打", "138****8000.2点后打"},
			{"身份证110101199003078515元", "身份证110***********8515元"},
			{"手机13800138000元", "手机138****8000元"},
		},
		"orders that are another matter": {
			{"工号8021为您服务，请问13800138000是您本机吗", "工号8021为您服务，请问138****8000是您本机吗"},
			{"工单已建，稍后拨打13800138000", "工单已建，稍后拨打138****8000"},
			{"订单留的是13800138000对吗", "订单留的是138****8000对吗"},
			{"保单上留的139 1234 5678对吗", "保单上留的139 **** 5678对吗"},
			{"查下订单，我卡4111111111111111", "查下订单，我卡411*********1111"},
			{"订单号2024031801，13800138000", "订单号2024031801，138****8000"},
		},
		"said twice": {
			{"一三八零零一三八零零零一三八零零一三八零零零", "一三八****八零零零一三八****八零零零"},
			{"1380013800013800138000", "138****8000138****8000"},
			{"138001380001391234567813800138000", "138****8000139****5678138****8000"},
			{"电话1380013800013800138000对吗", "电话138****8000138****8000对吗"},
		},
		"odd separators": {
			{"138\u00a00013\u00a08000", "138\u00a0****\u00a08000"},
			{"138\u200b0013\u200b8000", "138\u200b****\u200b8000"},
			{"138\u20110013\u20118000", "138\u2011****\u20118000"},
			{"138/0013/8000", "138/****/8000"},
			{"138_0013_8000", "138_****_8000"},
			{"138\u202f0013\ufeff8000", "138\u202f****\ufeff8000"},
		},
		"letters": {
			{"OK13800138000", "OK138****8000"},
			{"VIP13800138000来电", "VIP138****8000来电"},
			{"13800138000OK", "138****8000OK"},
			{"13800138000 ok", "138****8000 ok"},
		},
		"misheard": {
			{"手机号1380013800", "手机号********00"},
			{"手机号138001380001", "手机号138*****0001"},
			{"手机号是一三八零零一三八零零零零", "手机号是一三八****八零零零零"},
		},
		"traditional and spaced names": {
			{"我叫張偉，张伟先生", "我叫**，**先生"},
			{"我 叫 张 伟 我 想 说 张 伟 先 生", "我 叫 * * 我 想 说 * * 先 生"},
			{"我叫张伟，张 伟来过", "我叫**，* *来过"},
		},
	} {
		for _, c := range table {
			assert.Equal(t, c[1], Text(c[0]), "%s: %s", kind, c[0])
			assert.Equal(t, c[1], Text(c[1]), "%s, again: %s", kind, c[1])
		}
	}
}

// What only looks like something of a person stays: a mask too many spoils a report.
func TestTextKeeps(t *testing.T) {
	for kind, texts := range map[string][]string{
		"amount":   {"一共13800元", "充了1500，2000，300三笔", "1,380,013,800", "13800138000元", "13800138000万元", "扣了¥13800138000", "13800138000.50", "一万三千八百块", "138.00", "3800 1380 00"},
		"hotline":  {"请拨95566", "打10086或者12345", "400-810-6666", "4008001234", "800-810-1234", "九五五六六", "一二三四五热线", "电话95566转2"},
		"staff id": {"工号8021为您服务", "工号13800138000", "我是80210号", "工号幺零二四"},
		"order":    {"订单号是13912345678", "訂單號 620101199003078514", "单号SF13800138000123", "工单编号20240318140512", "流水号6222021234567890128", "運單JD0012345678901", "202403181405123456", "E13800138000", "序列号：4111111111111111"},
		"date":     {"2024-03-18 14:05:12", "2024年3月18日", "20240318", "1990-01-01到1991-01-01", "二零二四年三月十八", "一九九零零三零七", "18:30-19:45"},
		"version":  {"版本1.38.0013.8000", "V13.8.0", "192.168.100.200", "139.196.10.200", "iPhone 15 Pro 256"},
		"digits":   {"138001380001", "12800138000", "1380013800", "2024/03/18 14:05:12", "01/02/2024", "1/2/3/4/5", "尾号8000", "验证码138001", "邮编100101", "三二一，一二三", "第1 2 3 4 5 6 7项"},
		"counting": {"一个一个一个一个一个一个一个一个一个一个一个", "一二三四五六七八九十", "有一二三四五六七个", "等了三四五六天"},
		"bank":     {"6222021234567890129", "1234567890123452", "尾号是1234的卡", "您的卡号是多少"},
		"identity": {"999901199003078515", "身份证多少", "110101 1990 0307"},
		"mail":     {"@张经理看一下", "邮箱是多少@", "艾特一下", "a@b"},
		"plate":    {"最新A12345型", "川A级", "京东A12", "云C1234", "黑S23Ultra", "贵A座12345室", "京A1234567"},
		"name": {"我叫您一声", "我叫快递来", "我叫安装师傅来", "我叫车去", "姓名是什么", "您贵姓", "请问怎么称呼", "这个业务叫做云闪付", "老百姓于是", "我叫了三次", "姓名和电话",
			"联系人方式", "户名查询", "联系人应该是您", "我叫王师傅来", "姓名不对", "机主时间", "我姓什么", "他叫全部退", "名字对吗", "户主方便吗", "收件人地址", "持卡人申请", "李女士您好", "叫任何人", "我叫师傅", "名字是您的"},
		"other": {"", " ", "*", "138****8000", "您好", "话费", "[电话x]", "{name}", "XXX", "%s"},
	} {
		for _, in := range texts {
			assert.Equal(t, in, Text(in), kind)
		}
	}
}

func turns(said ...string) []call.Turn {
	out := make([]call.Turn, len(said))
	for i, s := range said {
		who, text, _ := strings.Cut(s, "：")
		out[i] = call.Turn{Role: call.Agent, Text: text}
		if who == "客" {
			out[i].Role = call.Customer
		}
	}
	return out
}

// spelt is a number of which the customer says one digit a turn.
func spelt(number string) []string {
	var out []string
	for _, digit := range number {
		out = append(out, "客："+string(digit), "座：")
	}
	return out
}

// Numbers that are read out in several turns, and names that answer a question.
func TestCallMasksAcrossTurns(t *testing.T) {
	for _, c := range []struct{ said, want []string }{
		{[]string{"座：您说号码", "客：我的是138", "座：嗯", "客：0013", "座：嗯嗯", "客：8000，对"},
			[]string{"您说号码", "我的是138", "嗯", "****", "嗯嗯", "8000，对"}},
		{[]string{"座：号码？", "客：幺三八零零", "座：幺三八零零", "客：幺三八零零零", "座：幺三八零零零对吗"},
			[]string{"号码？", "幺三八**", "幺三八**", "**八零零零", "**八零零零对吗"}},
		{[]string{"座：身份证", "客：110101", "座：好的您继续", "客：19900307", "客：851叉"},
			[]string{"身份证", "110***", "好的您继续", "********", "851叉"}},
		{[]string{"客：138", "座：嗯", "客：0013", "座：嗯", "客：800", "座：嗯", "客：0"}, []string{"138", "嗯", "****", "嗯", "800", "嗯", "0"}},
		{[]string{"座：手机号", "客：13800", "座：嗯", "客：138", "座：嗯", "客：000"}, []string{"手机号", "138**", "嗯", "**8", "嗯", "000"}},
		{append([]string{"座：您说"}, spelt("13800138000")...), append([]string{"您说"}, "1", "", "3", "", "8", "", "*", "", "*", "", "*", "", "*", "", "8", "", "0", "", "0", "", "0", "")},
		{append([]string{"座：您说", "客：我的是1", "座：嗯"}, spelt("3800138000")...), append([]string{"您说", "我的是1", "嗯"}, "3", "", "8", "", "*", "", "*", "", "*", "", "*", "", "8", "", "0", "", "0", "", "0", "")},
		{[]string{"客：138", "座：嗯", "客：等一下", "座：好", "客：0013", "座：嗯", "客：8000"}, []string{"138", "嗯", "等一下", "好", "****", "嗯", "8000"}},
		{[]string{"座：卡号", "客：6222021", "座：嗯", "客：234567890", "座：嗯", "客：12"}, []string{"卡号", "622****", "嗯", "*******90", "嗯", "12"}},
		{[]string{"座：请问您贵姓？", "客：王 建 国", "座：王建国先生您好"}, []string{"请问您贵姓？", "* * *", "***先生您好"}},
		{[]string{"客：我 叫 张 伟 我 想 查 一 下", "座：张 伟 先 生 您 好"}, []string{"我 叫 * * 我 想 查 一 下", "* * 先 生 您 好"}},
		{[]string{"客：我叫張偉", "座：张伟先生您好"}, []string{"我叫**", "**先生您好"}},
		{[]string{"座：您的订单已发出，您留个方式", "客：13800138000"}, []string{"您的订单已发出，您留个方式", "138****8000"}},
		{[]string{"座：订单号您报一下？", "客：嗯，13912345678"}, nil},
		{[]string{"座：工单号码是多少呢", "客：13912345678"}, nil},
		{[]string{"座：银行卡号呢？", "客：我有好几张呢，这张也行：6225-8801-2345-6789"}, []string{"银行卡号呢？", "我有好几张呢，这张也行：622*-****-****-6789"}},
		{[]string{"座：卡号报一下", "客：我看看，应该是这个1225880123456789"}, []string{"卡号报一下", "我看看，应该是这个122*********6789"}},
		{[]string{"座：您的银行卡办好了", "客：那我之前那个订单号1225880123456789呢"}, nil},
		{[]string{"座：您先说一下吧", "客：我看看，应该是这个6225880123456789"}, nil},
		{[]string{"座：多少钱", "客：1500", "座：嗯", "客：2000", "座：嗯", "客：300"}, nil},
		{[]string{"座：订单号是多少", "客：13912345678"}, nil},
		{[]string{"客：我充了138", "座：好的，请您稍等，我现在为您查询一下这个情况", "客：0013", "客：8000"}, nil},
		{[]string{"客：138", "客：3月12号9点45分花了88块", "客：0013", "客：8000", "座：我的是13912345678"},
			[]string{"138", "3月12号9点45分花了88块", "0013", "8000", "我的是139****5678"}},
		{[]string{"座：请问您贵姓？", "客：王建国", "座：王建国先生您好"}, []string{"请问您贵姓？", "***", "***先生您好"}},
		{[]string{"座：怎么稱呼您", "客：嗯，陳女士"}, nil},
		{[]string{"座：请问您姓名", "客：高兴就好"}, nil},
	} {
		before := &call.Call{ID: "C1", Turns: turns(c.said...)}
		after := Call(before)
		if c.want == nil {
			assert.Same(t, before, after, c.said)
			continue
		}
		var got []string
		for _, turn := range after.Turns {
			got = append(got, turn.Text)
		}
		assert.Equal(t, c.want, got)
		assert.Equal(t, turns(c.said...), before.Turns, "the call itself stays")
		assert.Same(t, after, Call(after))
	}
}

// Ids and names of files are often numbers of telephones; staff ids and dates are not.
func TestCallMasksIds(t *testing.T) {
	c := &call.Call{ID: "13800138000-20240318", Source: "rec/tel13912345678_20240318.txt", CallbackOf: "C110101199003078515",
		Agent: call.Person{ID: "8021", Name: "张敏"}, Customer: call.Person{ID: "13800138000", Number: "13800138000", Name: "李雷"},
		Turns: turns("客：李雷，您好", "座：好")}
	got := Call(c)
	assert.Equal(t, "138****8000-20240318", got.ID)
	assert.Equal(t, "rec/tel139****5678_20240318.txt", got.Source)
	assert.Equal(t, "C110***********8515", got.CallbackOf)
	assert.Equal(t, call.Person{ID: "8021", Name: "张敏"}, got.Agent)
	assert.Equal(t, call.Person{ID: "138****8000", Number: "138****8000", Name: "**"}, got.Customer)
	assert.Equal(t, "**，您好", got.Turns[0].Text)
	assert.Equal(t, "13800138000-20240318", c.ID)
	for _, id := range []string{"C20260318-0007", "afacbf5d91abeadec20026ce913bc84c", "20240318140512", "calls/day.jsonl", "550e8400-e29b-41d4-a716-446655440000"} {
		assert.Equal(t, id, ID(id))
	}
}

// Of a call of which only some turns are shown these are masked as if all were, and the others are
// empty, whatever the turns have to do with each other.
func TestShown(t *testing.T) {
	said := strings.Fields("138 0013 8000 13800138000 幺三 八零零 零幺 三八 零零零 三个零 五个八 一下 嗯 那个 ， 好的，请您稍等一下 电话是 卡号 6222021234567890128 订单 3月12号9点45分 我叫张伟 張偉 您贵姓？ 张伟先生 京A12345 a@qq.com")
	random := rand.New(rand.NewPCG(7, 7))
	hidden := 0
	for range 3000 {
		c := &call.Call{ID: "13800138000", Customer: call.Person{Name: []string{"", "张伟"}[random.IntN(2)]}}
		shown := make([]bool, 1+random.IntN(9))
		for i := range shown {
			text := ""
			for range random.IntN(4) {
				text += said[random.IntN(len(said))]
			}
			c.Turns = append(c.Turns, call.Turn{Role: []call.Role{call.Agent, call.Customer}[random.IntN(2)], Text: text, Line: i})
			shown[i] = random.IntN(3) == 0
		}
		want := *Call(c)
		want.Turns = slices.Clone(want.Turns)
		for i := range shown {
			if want.Turns[i].Text != c.Turns[i].Text {
				hidden++
			}
			if !shown[i] {
				want.Turns[i].Text = ""
			}
		}
		require.Equal(t, &want, Shown(c, shown), "%v of %v", shown, c.Turns)
	}
	assert.Greater(t, hidden, 3000)
}

// What input calls a customer whose name it does not know is no name; a real one is hidden in
// ids and paths too.
func TestCustomerNames(t *testing.T) {
	for _, role := range []string{"客户", "用户", "顾客"} {
		c := &call.Call{ID: "C1", Customer: call.Person{Name: role}, Turns: turns("座：" + role + "您好")}
		assert.Equal(t, role+"您好", Call(c).Turns[0].Text)
	}
	c := &call.Call{ID: "李雷-1", CallbackOf: "李雷-0", Source: "rec/李雷_20240318.txt", Customer: call.Person{Name: "李雷"}, Turns: turns("座：您好")}
	got := Call(c)
	assert.Equal(t, []string{"**-1", "**-0", "rec/**_20240318.txt"}, []string{got.ID, got.CallbackOf, got.Source})
	assert.Equal(t, "李雷-1", c.ID)
	latin := &call.Call{ID: "C1", Customer: call.Person{Name: "Tom"}, Turns: turns("座：tom, tomorrow 见，Tom")}
	assert.Equal(t, "***, tomorrow 见，***", Call(latin).Turns[0].Text)
	assert.Equal(t, "C1", Call(latin).ID)
	broken := &call.Call{ID: "C1", Customer: call.Person{Name: "\xff伟"}, Turns: turns("座：\xfe伟您好")}
	assert.Equal(t, "**您好", Call(broken).Turns[0].Text)
}

// Many names in many turns are looked for at once.
func TestManyNames(t *testing.T) {
	c := &call.Call{ID: "C1"}
	for i := range 20_000 {
		c.Turns = append(c.Turns, turns("客：我叫张"+string(rune('一'+i)))...)
	}
	start := time.Now()
	Call(c)
	assert.Less(t, time.Since(start), 5*time.Second)
}

func TestProblem(t *testing.T) {
	p := &call.Problem{File: "13800138000.txt", Call: "13800138000", What: call.Sayf("写的是 %s", "got %s", "13800138000")}
	assert.Equal(t, "138****8000.txt: 138****8000: 写的是 138****8000", Problem(p).In(call.ZH))
	assert.Contains(t, p.In(call.EN), "13800138000")
}

// Masked text is valid UTF-8 with every character where it was; masking twice
// changes nothing more.
func FuzzText(f *testing.F) {
	for _, s := range []string{"我叫张伟，电话幺三八零零幺三八零零零", "110101199003078515", "京A12345 a@b.cn", "\xff138 0013 8000", "姓王，王五 010-62345678转1", "13800138000x", "三个三个8 1", "京A00000 00@0.0", "0202000000五00000001010五00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Text(s)
		assert.True(t, utf8.ValidString(got))
		before, after := []rune(s), []rune(got)
		if !assert.Len(t, after, len(before)) {
			return
		}
		for i := range after {
			if after[i] != before[i] {
				assert.Equal(t, star, after[i])
			}
		}
		assert.Equal(t, got, Text(got))
	})
}
