package mask

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// What is told of a call hides what its turns hide, folded or not, wherever it is quoted.
func TestVeil(t *testing.T) {
	veil := Veil(&call.Call{ID: "13912345678-1", Turns: []call.Turn{
		{Role: call.Agent, Text: "请问您贵姓？"}, {Role: call.Customer, Text: "我叫張偉，電話１３８ 0013 8000"},
		{Role: call.Agent, Text: "王女士，张伟您好，13800138000对吗"}, {Role: call.Customer, Text: "我姓王，卡号6225-8801-2345-6789"}}})
	for text, want := range map[string]string{
		"张伟":                 "**",
		"張偉":                 "**",
		"我叫张伟，电话13800138000": "我叫**，电话138****8000",
		"“我姓王”":              "“我姓*”",
		"13912345678-1":      "139****5678-1",
		"短语 (您|你)贵姓{0,6} 第 3 句：王者，12 个字": "短语 (您|你)贵姓{0,6} 第 3 句：王者，12 个字",
	} {
		assert.Equal(t, want, veil(text), text)
	}
}

func TestVeilOfNothing(t *testing.T) {
	assert.Equal(t, "您好", Veil(&call.Call{})("您好"))
}
