package script

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// cell is a text as the cell of a file of its own.
func cell(t *testing.T, text string) Line {
	t.Helper()
	d, problem := newDocument("a.txt", []byte(text))
	require.Nil(t, problem)
	return d.line(extent{0, len(text)}, asIs)
}

func texts(lines []Line) []string {
	out := []string{}
	for _, l := range lines {
		out = append(out, l.Text)
	}
	return out
}

func TestWordings(t *testing.T) {
	for name, test := range map[string]struct {
		cell string
		want []string
	}{
		"one":                       {"您好，请讲。", []string{"您好，请讲。"}},
		"lines that end sentences":  {"您好，请讲。\n您好，请问有什么可以帮您？", []string{"您好，请讲。", "您好，请问有什么可以帮您？"}},
		"CRLF":                      {"您好，请讲。\r\n再见。", []string{"您好，请讲。", "再见。"}},
		"wrapped":                   {"您好，这里是客服中心，请问有\n什么可以帮您？", []string{"您好，这里是客服中心，请问有什么可以帮您？"}},
		"wrapped Latin":             {"请用 Wi-Fi\nrouter 登录。", []string{"请用 Wi-Fi router 登录。"}},
		"wrapped without full stop": {"您好这里是某某某某公司的客服中心很高兴能为您\n提供服务", []string{"您好这里是某某某某公司的客服中心很高兴能为您提供服务"}},
		"short lines":               {"您好，请讲\n请稍等\n再见", []string{"您好，请讲", "请稍等", "再见"}},
		"empty line":                {"您好，请讲\n\n请稍等。", []string{"您好，请讲", "请稍等。"}},
		"digits":                    {"1. 您好。\n2. 再见。", []string{"您好。", "再见。"}},
		"digits in a line":          {"1、您好。2、再见。", []string{"您好。", "再见。"}},
		"digits with brackets":      {"（1）您好；（2）再见", []string{"您好；", "再见"}},
		"a number alone":            {"1. 您好。", []string{"您好。"}},
		"circled":                   {"①您好②再见", []string{"您好", "再见"}},
		"Chinese numbers":           {"一、您好。\n二、再见。", []string{"您好。", "再见。"}},
		"ten and more":              {"九、您好。", []string{"九、您好。"}},
		"letters":                   {"A：您好\nB：再见", []string{"您好", "再见"}},
		"labels":                    {"话术一：您好。\n话术二：再见。", []string{"您好。", "再见。"}},
		"or on its own line":        {"您好，请讲，\n或\n再见，", []string{"您好，请讲，", "再见，"}},
		"or in brackets":            {"您好\n（或者）\n再见", []string{"您好", "再见"}},
		"a ruler":                   {"您好\n-----\n再见", []string{"您好", "再见"}},
		"numbered, wrapped":         {"1. 您好，\n请讲。\n谢谢。\n2. 再见。", []string{"您好，请讲。谢谢。", "再见。"}},
		"quoted sentences":          {"“您好，请讲。”\n“再见。”", []string{"“您好，请讲。”", "“再见。”"}},

		"or in a sentence":       {"您可以拨打热线或者到营业厅办理。", []string{"您可以拨打热线或者到营业厅办理。"}},
		"steps":                  {"请按以下步骤操作：\n1. 打开应用；\n2. 点击我的。", []string{"请按以下步骤操作：1. 打开应用；2. 点击我的。"}},
		"steps in a line":        {"您需要准备：1. 身份证 2. 户口本", []string{"您需要准备：1. 身份证 2. 户口本"}},
		"decimals":               {"1.5折优惠。2.5折优惠。", []string{"1.5折优惠。2.5折优惠。"}},
		"times":                  {"9:00到18:00都可以。", []string{"9:00到18:00都可以。"}},
		"lines of the metro":     {"1、2号线故障，请换乘。", []string{"1、2号线故障，请换乘。"}},
		"a desk":                 {"①号窗口可以办理，②号窗口不行。", []string{"①号窗口可以办理，②号窗口不行。"}},
		"numbers out of order":   {"3. 您好。\n1. 再见。", []string{"3. 您好。", "1. 再见。"}},
		"a colon in a sentence":  {"客服热线：10010，请记录。", []string{"客服热线：10010，请记录。"}},
		"a phone after a label":  {"您可以拨打客服：10010。", []string{"您可以拨打客服：10010。"}},
		"reminder":               {"温馨提示：请您保管好密码。", []string{"温馨提示：请您保管好密码。"}},
		"placeholders":           {"【客户】您好，××女士，您的订单___已发货……", []string{"【客户】您好，××女士，您的订单___已发货……"}},
		"crossed-out name first": {"××先生您好。", []string{"××先生您好。"}},
		"stars":                  {"***您好，尾号***。", []string{"***您好，尾号***。"}},
		"wrong in a sentence":    {"系统提示错误：请您重试。", []string{"系统提示错误：请您重试。"}},

		"speaker":              {"客服：您好。", []string{"您好。"}},
		"speaker with note":    {"坐席（微笑）：您好。", []string{"您好。"}},
		"answer":               {"答：您好。", []string{"您好。"}},
		"customer":             {"客户：我要投诉。", []string{}},
		"dialogue":             {"客户：太慢了！\n你们怎么回事？\n客服：非常抱歉。\n我马上查。\n客户：快点", []string{"非常抱歉。我马上查。"}},
		"dialogue in a line":   {"客户：我要退款。客服：好的，请稍等。客户：谢谢。", []string{"好的，请稍等。"}},
		"tagged dialogue":      {"【客服】您好。\n【客户】你好。", []string{"您好。"}},
		"question and answer":  {"Q：怎么退？\nA：您好，我帮您办。", []string{"您好，我帮您办。"}},
		"asked and answered":   {"问：怎么退？答：我帮您办。", []string{"我帮您办。"}},
		"numbered speakers":    {"客服：\n1. 您好。\n2. 再见。", []string{"您好。", "再见。"}},
		"numbered questions":   {"Q1：怎么退？\nA1：您好。\n问2：多久？\n答2：三天。", []string{"您好。", "三天。"}},
		"short speakers":       {"客：慢\n坐：您好", []string{"您好"}},
		"in one line":          {"客：慢 坐：您好", []string{"您好"}},
		"parted by slashes":    {"坐：您好/客：慢 / 坐：抱歉", []string{"您好", "抱歉"}},
		"a slash in a text":    {"坐：您好，请讲/请说", []string{"您好，请讲/请说"}},
		"a shop":               {"顾客：慢\n店员：您好", []string{"您好"}},
		"members":              {"会员：全场八折", []string{"会员：全场八折"}},
		"members speak":        {"会员：慢\n客服：您好", []string{"您好"}},
		"remark in brackets":   {"（动作：查系统）\n您好。\n（说明：语气亲切）\n请讲。", []string{"您好。", "请讲。"}},
		"customer in brackets": {"（客户：慢）您好", []string{"您好"}},
		"brackets that speak":  {"（尾号：8021）您好", []string{"（尾号：8021）您好"}},
		"stage direction":      {"【旁白】稍停。\n您好。", []string{"您好。"}},
		"notice":               {"【注意】您的密码将过期。", []string{"【注意】您的密码将过期。"}},
		"goes on":              {"您好，抱歉\n让您久等了，请讲", []string{"您好，抱歉让您久等了，请讲"}},
		"does not go on":       {"您好，非常抱歉\n请稍等\n谢谢\n再见", []string{"您好，非常抱歉", "请稍等", "谢谢", "再见"}},
		"may go on":            {"好的\n让您久等了", []string{"好的", "让您久等了"}},
		"remark":               {"您好。\n备注：语气亲切", []string{"您好。"}},
		"nothing":              {"无", []string{}},
		"to be written":        {"待补充", []string{}},
		"dashes":               {"——", []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			good, wrong := wordings(cell(t, test.cell))
			assert.Equal(t, test.want, texts(good))
			assert.Empty(t, wrong)
		})
	}
}

func TestWrongWordings(t *testing.T) {
	for name, test := range map[string]struct {
		cell        string
		good, wrong []string
	}{
		"signs":            {"❌ 等着。\n✅ 请稍等。", []string{"请稍等。"}, []string{"等着。"}},
		"signs in a line":  {"❌等着 ✅请稍等", []string{"请稍等"}, []string{"等着"}},
		"verdicts":         {"错误：等着。\n正确：请稍等。", []string{"请稍等。"}, []string{"等着。"}},
		"in a line":        {"错误示范：等着。正确示范：请稍等。", []string{"请稍等。"}, []string{"等着。"}},
		"sign and verdict": {"❌ 错误：等着。", []string{}, []string{"等着。"}},
		"headings":         {"正确示范：\n请稍等。\n您好。\n错误示范：\n等着。\n喂。", []string{"请稍等。", "您好。"}, []string{"等着。", "喂。"}},
		"cross with space": {"× 等着", []string{}, []string{"等着"}},
		"sign in brackets": {"(✗)等着\n(✓)请稍等", []string{"请稍等"}, []string{"等着"}},
		"short verdicts":   {"错：等着\n对：请稍等", []string{"请稍等"}, []string{"等着"}},
		"poor":             {"差：等着\n优：请稍等", []string{"请稍等"}, []string{"等着"}},
		"avoid":            {"避免：等着\n建议：请稍等", []string{"请稍等"}, []string{"等着"}},
		"once and now":     {"原：等着\n改：请稍等", []string{"请稍等"}, []string{}},
		"cross and tick":   {"×等着\n√请稍等", []string{"请稍等"}, []string{"等着"}},
		"cross for a name": {"×先生您好\n√请稍等", []string{"×先生您好", "请稍等"}, []string{}},
		"then good":        {"反例：等着。\n请稍等。", []string{"请稍等。"}, []string{"等着。"}},
	} {
		t.Run(name, func(t *testing.T) {
			good, wrong := wordings(cell(t, test.cell))
			assert.Equal(t, test.good, texts(good))
			assert.Equal(t, test.wrong, texts(wrong))
		})
	}
}

func TestExpressions(t *testing.T) {
	for text, want := range map[string][]string{
		"喂；干嘛":          {"喂", "干嘛"},
		"喂;干嘛、等着|没有丨快点": {"喂", "干嘛", "等着", "没有", "快点"},
		"喂 / 干嘛":        {"喂", "干嘛"},
		"1. 喂\n2. 干嘛":   {"喂", "干嘛"},
		"不得说“喂”“干嘛，你”等": {"喂", "干嘛，你"},
		"“没有、不行”、别催":    {"没有、不行", "别催"},
		"我不知道，你问别人":     {"我不知道，你问别人"},
		"无":             {},
		"-":             {},
		"":              {},
		"禁止说：喂":         {"喂"},
	} {
		assert.Equal(t, want, texts(expressions(cell(t, text))), text)
	}
}

func TestPlacesOfPieces(t *testing.T) {
	good, _ := wordings(cell(t, "1. 您好，\n  请讲。\n 2. 再见"))
	require.Equal(t, []string{"您好，请讲。", "再见"}, texts(good))
	assert.Equal(t, call.Place{Line: 1, Column: 4}, good[0].Place(0))
	assert.Equal(t, call.Place{Line: 2, Column: 3}, good[0].Place(3))
	assert.Equal(t, call.Place{Line: 2, Column: 5}, good[0].Place(99))
	assert.Equal(t, call.Place{Line: 3, Column: 5}, good[1].Place(0))
}
