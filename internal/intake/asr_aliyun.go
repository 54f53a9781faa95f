package intake

import (
	"strings"

	"github.com/valyala/fastjson"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// channelsOnly is what most recognisers say of roles: nothing.
func channelsOnly() call.Say {
	return call.Sayf("只有声道或说话人编号：用 --agent-channel 指定，否则按话术推断", "channels or speaker numbers only: --agent-channel, else by what is said")
}

// aliyunFile is the result of Alibaba Cloud's recognition of recorded files, as it is
// asked for or called back, and the bare list of sentences that people store.
func aliyunFile() document {
	return document{
		name:  "aliyun-filetrans",
		title: call.Sayf("阿里云 录音文件识别", "Alibaba Cloud recording file recognition"),
		shape: "Result.Sentences[].BeginTime + ChannelId",
		sides: channelsOnly(),
		claims: func(v *fastjson.Value) bool {
			return v.Exists("Result", "Sentences") || strings.HasPrefix(string(v.GetStringBytes("StatusText")), "SUCCESS") && v.Exists("BizDuration")
		},
		read: func(d *doc, n node) {
			list := n.at("Result", "Sentences")
			if !list.there() {
				d.refuse(call.Sayf("识别状态是 %s（%s）", "the recognition ended as %s (%s)", n.get("StatusText").str(), n.get("StatusCode").str()))
				return
			}
			d.call("").sentences(list, columns{text: "Text", channel: "ChannelId", speaker: "SpeakerId", start: "BeginTime", end: "EndTime", unit: millis})
		},
	}
}
