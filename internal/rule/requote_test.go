package rule

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/zhijian-qa/zhijian/internal/call"
)

func TestRequote(t *testing.T) {
	from := &call.Call{Turns: []call.Turn{{Text: "打138"}, {Text: "好"}}}
	to := &call.Call{Turns: []call.Turn{{Text: "打***"}, {Text: "好"}}}
	finding := func(quote, message string) Finding {
		return Finding{At: Range{0, 1, 4, quote}, Message: call.Say{ZH: message, EN: message}, Related: []Range{{0, 0, 2, "打" + quote[:1]}, {1, 0, 1, "好"}, {Turn: -1}}}
	}
	v := Verdict{Findings: []Finding{finding("138", "说了138。"), {At: Range{Turn: -1}, Message: call.Say{ZH: "缺"}}}, Suppressed: []Suppressed{{Finding: finding("138", "138")}}}
	v.Requote(from, to)
	assert.Equal(t, Range{0, 1, 4, "***"}, v.Findings[0].At)
	assert.Equal(t, call.Say{ZH: "说了***。", EN: "说了***。"}, v.Findings[0].Message)
	assert.Equal(t, []Range{{0, 0, 2, "打*"}, {1, 0, 1, "好"}, {Turn: -1}}, v.Findings[0].Related)
	assert.Equal(t, "缺", v.Findings[1].Message.ZH)
	assert.Equal(t, "***", v.Suppressed[0].At.Quote)
	assert.Equal(t, "***", v.Suppressed[0].Message.ZH)
}
