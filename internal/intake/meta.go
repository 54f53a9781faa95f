package intake

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// The names of header fields in plain text.
const (
	idNames    = `通话ID|通話ID|通话标识|通話標識|通话编号|通話編號|会话ID|會話ID|录音编号|錄音編號|录音ID|流水号|流水號|call[_ ]?id|session[_ ]?id`
	otherNames = `坐席工号|座席工号|客服工号|工号|工號|坐席姓名|座席姓名|客服姓名|坐席|座席|客服|班组|团队|技能组|呼叫方向|呼叫类型|方向|挂机方|掛機方|挂断方|开始时间|通话时间|開始時間|结束时间|結束時間`
)

var (
	idRE    = regexp.MustCompile(`^(?i:` + idNames + `)\s*[:：]`)
	fieldRE = regexp.MustCompile(`(?i)(` + idNames + `|` + otherNames + `)\s*[:：]\s*`)
	idKeyRE = regexp.MustCompile(`^(?i:` + idNames + `)$`)
)

// namesCall reports whether a header line gives the id of a call.
func namesCall(line string) bool {
	line = strings.TrimLeft(line, "# \t\u3000\uFEFF")
	first, _ := utf8.DecodeRuneInString(line)
	return strings.ContainsRune("通会會录錄流cCsS", first) && len(line) < 2*maxHead && idRE.MatchString(line)
}

// readMeta reads the fields of a header line, "# 工号: 8021  方向: 呼入", into k.
func readMeta(k *call.Call, line string) {
	at := fieldRE.FindAllStringSubmatchIndex(line, -1)
	for i, m := range at {
		end := len(line)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		setMeta(k, line[m[2]:m[3]], strings.Trim(line[m[1]:end], " \t\r\n\u3000,，;；|/"))
	}
}

func setMeta(k *call.Call, name, value string) {
	switch {
	case idKeyRE.MatchString(name):
		k.ID = value
	case strings.HasSuffix(name, "工号"), name == "工號":
		k.Agent.ID = value
	case strings.HasSuffix(name, "姓名"), name == "坐席", name == "座席", name == "客服":
		k.Agent.Name = value
	case name == "班组", name == "团队", name == "技能组":
		k.Agent.Team = value
	case strings.HasPrefix(name, "呼叫"), name == "方向":
		k.Direction = valueOf(value, directions())
	case strings.HasPrefix(name, "挂"), strings.HasPrefix(name, "掛"):
		k.Hangup = valueOf(value, hangups())
	case strings.HasPrefix(name, "结束"), strings.HasPrefix(name, "結束"):
		k.EndedAt, _ = rfc3339(value)
	default:
		k.StartedAt, _ = rfc3339(value)
	}
}
