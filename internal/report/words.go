package report

import (
	"fmt"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// tongue is the words of the interface in one language.
type tongue call.Lang

func (t tongue) say(zh, en string) string { return call.Say{ZH: zh, EN: en}.In(call.Lang(t)) }

func (t tongue) sayf(zh, en string, args ...any) string {
	return call.Sayf(zh, en, args...).In(call.Lang(t))
}

func (t tongue) severity(s rule.Severity) string { return s.In(call.Lang(t)) }

func (t tongue) role(r call.Role) string { return r.In(call.Lang(t)) }

func (t tongue) direction(d call.Direction) string {
	switch d {
	case call.Inbound:
		return t.say("呼入", "inbound")
	case call.Outbound:
		return t.say("外呼", "outbound")
	case call.Callback:
		return t.say("回拨", "callback")
	}
	return string(d)
}

// family is what a family of the built-in rules is called; any other is called by its id.
func (t tongue) family(id string) string {
	titles := map[string]string{"wording": "禁语", "tone": "语气", "apology": "致歉", "empathy": "共情", "flow": "步骤", "waiting": "等待", "opening": "开场",
		"closing": "结尾", "callback": "回拨", "staff-id": "工号", "leader": "找领导", "promise": "承诺", "escalation": "升级", "transfer": "转接",
		"record": "记录", "self-service": "自助", "listening": "倾听", "script": "话术库"}
	return t.say(titles[id], id)
}

// inputProblem is what a problem of the input is called.
func (t tongue) inputProblem(p *call.Problem) string {
	if p.Fatal {
		return t.say("输入问题", "input problem")
	}
	return t.say("输入提醒", "input note")
}

// turn names a turn, counted from 1 for people; -1 is the whole call.
func (t tongue) turn(i int) string {
	if i < 0 {
		return t.say("整通", "call")
	}
	return t.sayf("第%d轮", "turn %d", i+1)
}

// person is an agent with all that is known: 张敏 8021 一组.
func (t tongue) person(p call.Person) string {
	s := ""
	for _, part := range []string{p.Name, p.ID, p.Team} {
		if s != "" && part != "" {
			s += " "
		}
		s += part
	}
	return s
}

// clock is a time of the call as minutes and seconds, empty where there is none.
func clock(m call.Millis) string {
	ms, known := m.Get()
	if !known {
		return ""
	}
	s := ms / 1000
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}

// noun is what was checked, in English one of it.
func noun(scripts bool) call.Say {
	if scripts {
		return call.Say{ZH: "话术", EN: "script"}
	}
	return call.Say{ZH: "通话", EN: "call"}
}

// measure is the Chinese measure word of what was checked.
func measure(scripts bool) string {
	if scripts {
		return "条"
	}
	return "通"
}

// halfWay says that a run ended before its input did.
func (t tongue) halfWay(scripts bool) string {
	what := noun(scripts)
	return t.sayf("中途停止，只含已检查的%[1]s。", "Stopped half-way: only the %[2]ss checked so far.", what.ZH, what.EN)
}
