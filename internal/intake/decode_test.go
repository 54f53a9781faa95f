package intake

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/zhijian-qa/zhijian/internal/call"
)

func TestDecode(t *testing.T) {
	text := "麻烦您稍等，我马上为您查询。"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	require.NoError(t, err)
	for name, data := range map[string]string{"UTF-8": text, "with a mark": "\uFEFF" + text, "GB18030": gb, "GB18030 with a mark": "\x84\x31\x95\x33" + gb, "empty": ""} {
		t.Run(name, func(t *testing.T) {
			got, encode, ok := Decode([]byte(data))
			require.True(t, ok)
			if data != "" {
				assert.Equal(t, text, got)
			}
			back, err := encode(got)
			require.NoError(t, err)
			assert.Equal(t, data, string(back))
		})
	}
	_, _, ok := Decode([]byte("\x00\x01\xff\xfe\x00\x02"))
	assert.False(t, ok)
}

func TestSpeaker(t *testing.T) {
	for name, want := range map[string]call.Role{"客服": call.Agent, "坐席8021": call.Agent, "客户（女）": call.Customer, "agent": call.Agent, "机器人": call.Other, "A": call.Unknown} {
		role, ok := Speaker(name)
		assert.True(t, ok, name)
		assert.Equal(t, want, role, name)
	}
	for _, name := range []string{"张三", "标准话术", "时间", ""} {
		_, ok := Speaker(name)
		assert.False(t, ok, name)
	}
}
