package text

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestFoldScriptLeavesOutPlaceholders(t *testing.T) {
	for source, want := range map[string]string{
		"您好，工号{工号}为您服务":          "您好,工号为您服务",
		"抱歉{姓名}先生让您久等了":          "抱歉先生让您久等了",
		"XX先生，抱歉××让您久等了":         "先生,抱歉让您久等了",
		"您的订单【订单号】已发货":           "您的订单已发货",
		"感谢致电<公司>，我是____号坐席":     "感谢致电,我是号坐席",
		"您的……已办好":                "您的已办好",
		"请拨打：…查询":                "请拨打,查询",
		"尊敬的{{customer.name}}您好": "尊敬的您好",
		"尊敬的#姓名#，您的%s已到期":        "尊敬的,您的已到期",
		"我是[姓名]，工号（   ）":         "我是,工号",
		"您是***女士吗":               "您是女士吗",
		"我叫○○○":                  "我叫",
		"X月X日前":                  "月日前",
	} {
		assert.Equal(t, want, FoldScript(source).Text, source)
	}
}

func TestFoldScriptKeepsWhatIsNoPlaceholder(t *testing.T) {
	for source, want := range map[string]string{
		"我也没办法……您看":     "我也没办法,您看",
		"请稍等...好的":      "请稍等,好的",
		"二〇二六年":         "二〇二六年",
		"买Maxx套餐送3×5张":  "买maxx套餐送3×5张",
		"增长5%，手续费3%":    "增长5%,手续费3%",
		"（客户沉默时）您还在听吗":  "(客户沉默时)您还在听吗",
		"您说的是《个人用户协议》吗": "您说的是<个人用户协议>吗",
		"如果a<b，说明b>a":   FoldScript("如果a<b，说明b>a").Text,
	} {
		assert.Equal(t, want, FoldScript(source).Text, source)
	}
}

// What a match covers leads back to the source, the placeholder in its middle included.
func TestFoldScriptKeepsTheWayBack(t *testing.T) {
	f := FoldScript("好，抱歉{姓名}让您久等了")
	start := len("好,")
	assert.Equal(t, "抱歉{姓名}让您久等了", f.Quote(start, len(f.Text)))
	from, to := f.Span(start+len("抱歉"), len(f.Text))
	assert.Equal(t, []int{8, 13}, []int{from, to})
	assert.Equal(t, "抱歉", f.Quote(start, start+len("抱歉")))
}

// No word goes over a placeholder: 金____元 is not 金元.
func TestWordsEndAtPlaceholders(t *testing.T) {
	f := FoldScript("要交违约金____元")
	from := len("要交")
	assert.True(t, f.Whole(from, from+len("违约金")))
	assert.False(t, f.Whole(from, from+len("违约")))
}

// A Folded that is used for a call after a script forgets the placeholders.
func TestResetForgetsPlaceholders(t *testing.T) {
	f := FoldScript("我是{姓名}")
	f.Reset("一共{三}个")
	assert.Equal(t, Fold("一共{三}个").Text, f.Text)
}

func FuzzFoldScript(f *testing.F) {
	f.Add("您好，工号{工号}为您服务……【订单号】XX")
	f.Add("{{}}【】<a>%s####")
	f.Fuzz(func(t *testing.T, source string) {
		folded := FoldScript(source)
		n := len([]rune(source))
		for i := range folded.Text {
			from, to := folded.Span(i, i+1)
			assert.True(t, 0 <= from && from <= to && to <= n)
		}
	})
}
