package intake

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// idNames are the names of header fields that give the id of a call, in any case.
var idNames = []string{"通话ID", "通話ID", "通话标识", "通話標識", "通话编号", "通話編號", "会话ID", "會話ID", "录音编号", "錄音編號", "录音ID", "流水号", "流水號",
	"callid", "call_id", "call id", "sessionid", "session_id", "session id"}

// metaNames are the names of the other header fields that are read.
var metaNames = []string{"坐席工号", "座席工号", "客服工号", "工号", "工號", "坐席姓名", "座席姓名", "客服姓名", "坐席", "座席", "客服", "班组", "团队", "技能组",
	"呼叫方向", "呼叫类型", "方向", hangupNames[0], hangupNames[1], hangupNames[2], "开始时间", "通话时间", "開始時間", "结束时间", "結束時間"}

// hangupNames are those of them that tell who hung up.
var hangupNames = [3]string{"挂机方", "掛機方", "挂断方"}

// namesCall reports whether a header line gives the id of a call.
func namesCall(line string) bool {
	switch first, _ := utf8.DecodeRuneInString(line); first {
	default:
		return false // nearly every line
	case '#', ' ', '\t', '\u3000', '\uFEFF', '通', '会', '會', '录', '錄', '流', 'c', 'C', 's', 'S':
	}
	line = strings.TrimLeft(line, "# \t\u3000\uFEFF")
	colon := strings.IndexAny(line, ":：")
	return colon > 0 && len(line) < 2*maxHead && isIDName(strings.TrimRight(line[:colon], space))
}

const space = " \t\n\f\r"

func isIDName(name string) bool {
	return slices.ContainsFunc(idNames, func(n string) bool { return sameName(name, n) })
}

// sameName is strings.EqualFold for the names of fields, of which nearly all differ in the last byte.
func sameName(a, b string) bool {
	return a != "" && a[len(a)-1]|0x20 == b[len(b)-1]|0x20 && strings.EqualFold(a, b)
}

// nameBefore is the longest name of a field that text ends with, "" if it ends with none.
func nameBefore(text string) string {
	longest := ""
	for _, names := range [2][]string{idNames, metaNames} {
		for _, n := range names {
			if at := len(text) - len(n); at >= 0 && len(n) > len(longest) && sameName(text[at:], n) {
				longest = text[at:]
			}
		}
	}
	return longest
}

// readMeta reads the fields of a header line, "# 工号: 8021  方向: 呼入", into k.
func readMeta(k *call.Call, line string) {
	name, rest := nextField(line)
	for name != "" {
		next, after := nextField(rest)
		value := rest
		if next != "" {
			value = rest[:len(rest)-len(after)]
			value = value[:strings.LastIndex(value, next)]
		}
		setMeta(k, name, strings.Trim(value, " \t\r\n\u3000,，;；|/"))
		name, rest = next, after
	}
}

// nextField finds the first colon with the name of a field before it; name is "" if there is none.
func nextField(line string) (name, after string) {
	for from := 0; ; {
		colon := colonIn(line[from:])
		if colon < 0 {
			return "", ""
		}
		colon += from
		_, size := utf8.DecodeRuneInString(line[colon:])
		if name := nameBefore(strings.TrimRight(line[:colon], space)); name != "" {
			return name, strings.TrimLeft(line[colon+size:], space)
		}
		from = colon + size
	}
}

func setMeta(k *call.Call, name, value string) {
	switch {
	case isIDName(name):
		k.ID = value
	case strings.HasSuffix(name, "工号"), name == "工號":
		k.Agent.ID = value
	case strings.HasSuffix(name, "姓名"), name == "坐席", name == "座席", name == "客服":
		k.Agent.Name = value
	case name == "班组", name == "团队", name == "技能组":
		k.Agent.Team = value
	case strings.HasPrefix(name, "呼叫"), name == "方向":
		k.Direction = directionOf(value, "")
	case strings.HasPrefix(name, "挂"), strings.HasPrefix(name, "掛"):
		k.Hangup = hangupOf(value)
	case strings.HasPrefix(name, "结束"), strings.HasPrefix(name, "結束"):
		k.EndedAt, _ = rfc3339(value)
	default:
		k.StartedAt, _ = rfc3339(value)
	}
}
