package script

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

func TestColumns(t *testing.T) {
	for name, want := range map[string]column{
		"话术编号": idColumn, "ID": idColumn, "序号": rowColumn, "业务场景": sceneColumn, "大类": sceneColumn, "话术名称": stepColumn, "触发条件": triggerColumn, "客户问题": triggerColumn,
		"标准话术": textColumn, "标准话术（必填）": textColumn, "*标准 话术：": textColumn, "【话术】": textColumn, "话术一": textColumn, "话术2": textColumn, "标准话术Ｂ": textColumn, "Script Text": textColumn,
		"话术\n内容": textColumn, "安抚话术": textColumn, "VIP话术": textColumn, "是否必说": requiredColumn, "禁用表达": forbiddenColumn, "忌语": forbiddenColumn, "反例": badColumn, "错误示范1": badColumn, "禁用话术": forbiddenColumn, "正确说法 ✅": textColumn,
		"语气": natureColumn, "是否合规": rightColumn, "角色": speakerColumn, "备注": otherColumn, "禁用场景": otherColumn, "适用业务": otherColumn, "生效日期": otherColumn,
		"客户话术": triggerColumn, "用户来电话术": unknown, "您好，请讲。": unknown, "": unknown, "年份": unknown,
	} {
		got, _ := columnOf(name)
		assert.Equal(t, want, got, name)
	}
}

func TestBadNames(t *testing.T) {
	for _, name := range []string{"反例", "反例集", "三、禁用话术", "客服禁语", "服务忌语", "错误示范（勿学）", "❌ 错误话术", "常见反例 1", "不规范话术", "Bad examples", "Don't"} {
		assert.True(t, badName(name), name)
	}
	for _, name := range []string{"投诉", "错误处理", "违禁词应对话术", "客户使用禁语时", "正反例对比", "禁用场景", "系统报错", "反复来电", "badge", "账号禁用处理", ""} {
		assert.False(t, badName(name), name)
	}
}

func TestTables(t *testing.T) {
	for name, test := range map[string]struct{ table, want string }{
		"header only of wordings": {"话术\n您好。\n", "2:1 id= scene= step= trigger=\n  + 2:1 您好。\n"},
		"title above": {"标准话术,,\n,,\n编号,场景,话术\n1,开场,您好。\n",
			"4:1 id=1 scene=开场 step= trigger=\n  + 4:6 您好。\n"},
		"header repeated": {"编号,话术\n1,您好。\n编号,话术\n2,再见。\n",
			"2:1 id=1 scene= step= trigger=\n  + 2:3 您好。\n4:1 id=2 scene= step= trigger=\n  + 4:3 再见。\n"},
		"another header": {"编号,话术\n1,您好。\n\n话术,编号\n再见。,2\n",
			"2:1 id=1 scene= step= trigger=\n  + 2:3 您好。\n5:5 id=2 scene= step= trigger=\n  + 5:1 再见。\n"},
		"no wording yet": {"编号,话术,必说\n1,,是\n,,\n2,待补充,\n",
			"2:1 id=1 scene= step= trigger= required\n4:1 id=2 scene= step= trigger=\n"},
		"two ids": {"序号,话术编号,话术\n1,A-1,您好。\n", "2:3 id=A-1 scene= step= trigger=\n  + 2:7 您好。\n"},
		"same id twice": {"编号,话术\n1,您好。\n1,再见。\n",
			"2:1 id=1 scene= step= trigger=\n  + 2:3 您好。\n3:1 id=1 scene= step= trigger=\n  + 3:3 再见。\n"},
		"two levels of scenes": {"大类,场景,话术\n售后,退款,您好。\n,换货,再见。\n售前,,请讲。\n",
			"2:1 id= scene=售后 › 退款 step= trigger=\n  + 2:7 您好。\n3:2 id= scene=售后 › 换货 step= trigger=\n  + 3:5 再见。\n4:1 id= scene=售前 step= trigger=\n  + 4:5 请讲。\n"},
		"questions": {"问题,答案\n怎么退？,我帮您办。\n", "2:1 id= scene= step= trigger=怎么退？\n  + 2:6 我帮您办。\n"},
		"only bad ones": {"序号,禁用语,说明\n1,你听不懂吗,态度\n",
			"2:1 id=1 scene= step= trigger= bad\n  + 2:3 你听不懂吗\n"},
		"instead": {"禁用语,规范用语\n喂,您好。\n", "2:1 id= scene= step= trigger=\n  + 2:3 您好。\n  - 2:1 喂\n"},
		"speakers": {"角色,内容,场景\n客户,我要退款,退款\n客服,我帮您办。,\n",
			"3:1 id= scene=退款 step= trigger=\n  + 3:4 我帮您办。\n"},
		"content beside wordings": {"编号,话术,内容\n1,您好。,开场时说\n", "2:1 id=1 scene= step= trigger=\n  + 2:3 您好。\n"},
		"not correct": {"话术,是否正确\n喂。,否\n您好。,是\n",
			"2:1 id= scene= step= trigger= bad\n  + 2:1 喂。\n3:1 id= scene= step= trigger=\n  + 3:1 您好。\n"},
		"names in a column": {"话术编号,A-1\n场景,开场\n标准话术,您好。\n", "1:6 id=A-1 scene=开场 step= trigger=\n  + 3:6 您好。\n"},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, dump(read(t, "a.csv", test.table))) })
	}
}

func TestUnknownTables(t *testing.T) {
	_, problem := Read("a.csv", []byte("编号,标准活术\n1,您好\n"))
	require.NotNil(t, problem)
	assert.True(t, problem.Fatal)
	assert.Equal(t, `a.csv:1: 没有认出表头：开头是 编号 | 标准活术；要有“标准话术”一列，是不是想写 "标准话术"？`, problem.In(call.ZH))
	assert.Equal(t, `a.csv:1: the table has no header that is known: it starts with 编号 | 标准活术; one column must be called 标准话术; did you mean "标准话术"?`, problem.In(call.EN))
}
