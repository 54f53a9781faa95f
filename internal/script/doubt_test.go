package script

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// judged are the wordings of a library that are judged, those that it marks as
// wrong after "!", and its notes in Chinese after "?".
func judged(t *testing.T, file, text string) []string {
	t.Helper()
	l := read(t, file, text)
	out := []string{}
	for _, e := range l.Entries {
		for _, line := range e.Lines {
			mark := ""
			if e.Bad {
				mark = "!"
			}
			out = append(out, mark+line.Text)
		}
		for _, line := range e.Forbidden {
			out = append(out, "!"+line.Text)
		}
	}
	for _, n := range l.Notes {
		assert.NotEmpty(t, n.What.EN)
		out = append(out, "?"+n.In(call.ZH))
	}
	return out
}

func TestHeaders(t *testing.T) {
	const unread = "没有检查：不认识列名；如果是话术，请把列名改为“标准话术”"
	for name, test := range map[string]struct {
		table string
		want  []string
	}{
		"of agents":         {"场景,坐席标准应答,错误示范\nx,您好,喂\n", []string{"您好", "!喂"}},
		"English":           {"ID,Customer Says,Agent Script,Do Not Say\n1,hi,您好,喂\n", []string{"您好", "!喂"}},
		"one kind":          {"场景,话术-安抚版,话术-备注\nx,您好,语气\n", []string{"您好"}},
		"noted":             {"场景,话术（优）,话术（差）,话术（客户）\nx,您好,喂,你好\n", []string{"您好", "!喂"}},
		"suffixes":          {"场景,问题,坐席答复内容,客服回应,AI应答\nx,怎么退,一,二,三\n", []string{"一", "二", "三"}},
		"Q and A":           {"Q,A\n怎么退,您好\n", []string{"您好"}},
		"asked":             {"问,答\n怎么退,您好\n", []string{"您好"}},
		"speakers":          {"客户,坐席\n怎么退,您好\n", []string{"您好"}},
		"people":            {"坐席,场景,话术\n张三,开场,您好\n", []string{"您好"}},
		"other columns":     {"场景,话术,甲,乙,丙\nx,您好,1,2,3\n", []string{"您好"}},
		"prose unread":      {"场景,话术,甲\nx,您好,请问您贵姓？\n", []string{"您好", "?a.csv:1: 列“甲”" + unread}},
		"no name":           {"场景,话术,\nx,您好,\ny,您好,请问您贵姓？\n", []string{"您好", "您好,请问您贵姓？", "?a.csv:3: 有 1 行比表头宽，这是第一行：多出的格子并入了话术；话术里的逗号要用引号括起来"}},
		"no wordings":       {"场景,怎么讲,错误示范\nx,您好,喂\n", []string{"!喂", "?a.csv:1: 列“怎么讲”" + unread}},
		"of customers":      {"场景,话术,顾客话术,业主答复,客户反应\nx,您好,你好,行,客户很生气地挂机\n", []string{"您好"}},
		"transcript":        {"场景,话术,Transcript\nx,您好,你好吗你好吗\n", []string{"您好", "?a.csv:1: 列“Transcript”" + unread}},
		"whether":           {"场景,话术,是否回复\nx,您好,是\n", []string{"您好"}},
		"prose as a name":   {"话术名称,退费\n标准话术,您好\n备注,不得说禁语\n", []string{"您好"}},
		"id is no answer":   {"话术编号,A-1\n标准话术,您好。\n", []string{"您好。"}},
		"another header":    {"编号,标准用语,备注\n1,您好,语气\n编号,禁用语,原因\n2,喂,推诿\n", []string{"您好", "!喂"}},
		"no other header":   {"类别,标题,话术\n禁用话术,说明,喂\n开场,问候,您好\n", []string{"!喂", "您好"}},
		"a value as a name": {"编号,话术\n场景,您好\n", []string{"您好"}},
		"commas":            {"编号,场景,话术\nA1,投诉,您好,没办法了\n", []string{"您好,没办法了", "?a.csv:2: 有 1 行比表头宽，这是第一行：多出的格子并入了话术；话术里的逗号要用引号括起来"}},
		"commas elsewhere":  {"场景,话术,备注\n投诉,您好,没办法了,无\n", []string{"您好", "?a.csv:2: 有 1 行比表头宽，这是第一行：多出的格子没有检查；格子里的逗号要用引号括起来"}},
		"commas at the end": {"场景,话术\n投诉,您好,,\n", []string{"您好"}},
		"open quote":        {"场景,话术\n等待,\"没有闭合\n开场,您好\n", []string{"\"没有闭合", "您好", "?a.csv:2: 引号没有闭合，按普通文字读；请检查这一格的引号"}},
		"quoted words":      {"场景,禁用语,话术\n等待,\"喂\"、\"干嘛\",您好\n", []string{"您好", "!喂", "!干嘛"}},
		"long preface":      {strings.Repeat("说明,,\n", 30) + "编号,场景,话术\n1,x,您好\n", []string{"您好"}},
		"roles":             {"角色,话术\n业主,一\n投诉人,二\nC,三\n接线员,四\n店小二,五\n", []string{"四", "五"}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, judged(t, "a.csv", test.table)) })
	}
}

// A heading row before another header is the scene of its rows.
func TestSectionBeforeHeader(t *testing.T) {
	l := read(t, "a.csv", "编号,话术\n1,您好。\n二、结束,\n编号,话术\n2,再见。\n编号,话术\n3,请讲。\n")
	scenes := []string{}
	for _, e := range l.Entries {
		scenes = append(scenes, e.Scene)
	}
	assert.Equal(t, []string{"", "二、结束", ""}, scenes)
}

// A wording that took commas without quotes stands where it stood, and is not written.
func TestPartedWordings(t *testing.T) {
	l := read(t, "a.csv", "编号,话术\n1,您好,请讲\n")
	line := &l.Entries[0].Lines[0]
	assert.Equal(t, call.Place{Line: 2, Column: 6}, line.Place(3))
	_, err := l.Apply([]Edit{{line, 3, 5, "说"}})
	var refusal *WriteError
	require.ErrorAs(t, err, &refusal)
	assert.Contains(t, refusal.What.ZH, "逗号")
}

func TestMarkdownBlocks(t *testing.T) {
	const unlabelled = "这一段没有检查：前面标明了“话术：”，这一段没有；是话术请加上“话术：”"
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"labels in a paragraph":  {"## 开场\n\n备注：内部\n话术：您好\n禁用：喂\n", []string{"您好", "!喂"}},
		"bold labels":            {"## 开场\n\n**适用场景**：首呼  \n**话术**：您好\n", []string{"您好"}},
		"verdicts":               {"## 开场\n\n错误示范：喂\n正确示范：您好\n", []string{"您好", "!喂"}},
		"verdicts, then more":    {"## 开场\n\n错误示范：喂\n正确示范：您好\n\n- 请讲\n", []string{"您好", "请讲", "!喂"}},
		"led into":               {"## 开场\n\n话术：您的套餐是：\n产品：流量包\n", []string{"您的套餐是：产品：流量包"}},
		"label inside":           {"## 开场\n\n您好，\n状态：已发货\n", []string{"您好，状态：已发货"}},
		"heading below wordings": {"## 物流\n\n客户：慢\n客服：抱歉\n\n### 正确说法\n\n- 亲，我查\n", []string{"抱歉", "亲，我查"}},
		"heading below prose":    {"## 物流\n\n客户生气时先安抚。\n\n### 标准话术\n\n- 抱歉\n", []string{"抱歉"}},
		"behind a label":         {"## 物流\n\n话术：抱歉\n\n请您放心，我来查。\n\n语气要诚恳。\n", []string{"抱歉", "?a.md:5: " + unlabelled}},
		"prose is no name":       {"## 挽留\n\n不推荐您现在办理\n\n再看看\n", []string{"不推荐您现在办理", "再看看"}},
		"a name alone":           {"## 挽留\n\n您好\n\n错误示范\n\n喂\n", []string{"您好", "!喂"}},
		"table with signs":       {"| 场景 | ❌ 不要这样说 | ✅ 应该这样说 |\n|-|-|-|\n| 退款 | 喂 | 您好 |\n", []string{"您好", "!喂"}},
		"numbered questions":     {"## 退款\n\nQ1：慢\nA1：您好\n\n问2：慢\n答2：请讲\n", []string{"您好", "请讲"}},
		"struck":                 {"## 退款\n\n~~喂~~ 您好~~\n", []string{"您好~~", "?a.md:3: 删除线里的文字没有检查：~~喂~~"}},
		"struck in HTML":         {"## 退款\n\n<del>喂</del>您好\n", []string{"您好", "?a.md:3: 删除线里的文字没有检查：<del>喂</del>"}},
		"remarks":                {"## 退款\n\n（动作：查系统）\n\n【旁白】稍停。\n\n您好\n", []string{"您好"}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, judged(t, "a.md", test.text)) })
	}
}

func TestKeys(t *testing.T) {
	const unread = "没有检查：不认识字段名；如果是话术，请改名为“标准话术”"
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"speakers":         {`{"x":[{"客户":"慢","坐席":"您好"}]}`, []string{"您好"}},
		"turn by turn":     {`{"x":[{"客户":"慢"},{"坐席":"您好"}]}`, []string{"您好"}},
		"asked":            {`{"x":{"问":"慢","答":"您好"}}`, []string{"您好"}},
		"verdicts":         {`{"x":[{"错误":"喂","正确":"您好"}]}`, []string{"您好", "!喂"}},
		"Q and A":          {`[{"q":"慢","a":"您好"},{"instruction":"慢","output":"请讲"}]`, []string{"您好", "请讲"}},
		"a scene a":        {`{"a":{"问":"慢","答":"您好"}}`, []string{"您好"}},
		"of robots":        {`{"x":{"utterances":["慢"],"responses":["您好"],"点评":"要诚恳","negativeExamples":["喂"]}}`, []string{"您好", "!喂"}},
		"typed":            {`[{"intent":"x","user_says":["慢"],"responses":[{"type":"text","text":"您好"}]}]`, []string{"您好"}},
		"unknown":          {`[{"话术":"您好","怎么想":"您别生气，听我说"}]`, []string{"您好", "?a.json:1: 字段“怎么想”" + unread}},
		"unknown, no text": {`[{"话术":"您好","等级":"高"}]`, []string{"您好"}},
		"names of scenes":  {`{"开场":"您好","结束":"再见","反例":["喂"]}`, []string{"!喂"}},
		"below a scene":    {`{"x":{"开场":"您好","结束":"再见","反例":["喂"]}}`, []string{"您好", "再见", "!喂"}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, judged(t, "a.json", test.text)) })
	}
}

func TestExplained(t *testing.T) {
	for file, text := range map[string]string{"a.json": `{"话术": }`, "b.json": `{话术}`, "c.json": `{"话术":"您`, "a.yaml": "a:\n\t- b\n", "b.yaml": "a: [b\n", "c.yaml": "- a: b: c\n"} {
		_, problem := Read(file, []byte(text))
		require.NotNil(t, problem, file)
		assert.NotRegexp(t, `[a-z]{4}`, problem.What.ZH, file)
		assert.Regexp(t, `the (JSON|YAML) is broken`, problem.What.EN)
	}
	assert.Equal(t, call.Say{ZH: "解析器说：no idea", EN: "no idea"}, explained("no idea"))
}
