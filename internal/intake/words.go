package intake

import (
	"maps"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// word lists the names that inputs have for a value, its own first.
type word[T ~string] struct {
	value T
	names []string
}

var directions = []word[call.Direction]{
	{call.Inbound, []string{"inbound", "呼入", "来电", "來電", "in"}},
	{call.Outbound, []string{"outbound", "呼出", "外呼", "去电", "去電", "out"}},
	{call.Callback, []string{"callback", "回拨", "回撥", "回呼", "回电", "回電", "回访", "回訪"}},
}

var hangups = []word[call.Hangup]{
	{call.ByAgent, []string{"agent", "坐席", "座席", "客服", "seat"}},
	{call.ByCustomer, []string{"customer", "客户", "客戶", "用户", "用戶", "user"}},
	{call.Dropped, []string{"dropped", "掉线", "掉線", "断线", "斷線", "系统", "系統", "system", "系统断线", "系統斷線", "系统挂断", "系統掛斷", "网络中断", "網路中斷", "线路中断", "線路中斷", "异常中断", "異常中斷", "异常断线", "異常斷線", "通话中断", "通話中斷"}},
}

var callbackReasons = []word[string]{
	{"interrupted", []string{"interrupted", "中断", "掉线"}},
	{"research", []string{"research", "查证", "核实"}},
	{"correction", []string{"correction", "更正", "纠错"}},
	{"work-order", []string{"work-order", "工单"}},
	{"complaint-reply", []string{"complaint-reply", "投诉回复", "投诉答复"}},
}

// vendors are those whose numbers for directions are known. The same number is inbound for
// one and outbound for another.
var vendors = map[string]map[string]call.Direction{
	"tencent": {"0": call.Inbound, "1": call.Outbound},
	"alibaba": {"3": call.Inbound, "1": call.Outbound},
}

// Vendors are the names of those whose numbers for directions are known, in order.
func Vendors() []string { return slices.Sorted(maps.Keys(vendors)) }

// directionOf is the direction that a cell names, "" if it names none; a number means
// something for a vendor only.
func directionOf(cell, vendor string) call.Direction {
	s := strings.ToLower(cell)
	if d := vendors[vendor][s]; d != "" {
		return d
	}
	for _, w := range directions {
		for _, name := range w.names {
			if s == name || len(name) > 3 && strings.Contains(s, name) {
				return w.value
			}
		}
	}
	return ""
}

// hangupOf is who hung up, as a cell names it, "" if it names nobody.
func hangupOf(cell string) call.Hangup {
	s := strings.ToLower(strings.TrimSpace(cell))
	for _, suffix := range []string{"挂机", "挂断", "掛機", "掛斷", "先挂", "主动", "侧", "方", "端", "释放"} {
		s = strings.TrimSuffix(s, suffix)
	}
	if h := valueOf(s, hangups); h != "" {
		return h
	}
	if role, ok := Speaker(s); ok && role == call.Agent {
		return call.ByAgent
	} else if ok && role == call.Customer {
		return call.ByCustomer
	}
	return ""
}

// valueOf is the value that s names, "" if none does.
func valueOf[T ~string](s string, words []word[T]) T {
	for _, w := range words {
		if slices.Contains(w.names, s) {
			return w.value
		}
	}
	return ""
}

// roleOf is the role that a role field names. It is called for every turn, so the usual names come first.
func roleOf(name string) (call.Role, bool) {
	switch name {
	case "agent", "assistant", "客服", "坐席", "座席":
		return call.Agent, true
	case "customer", "user", "客户", "用户", "客戶", "用戶":
		return call.Customer, true
	case "other", "system", "bot", "ivr", "机器人", "機器人":
		return call.Other, true
	case "unknown", "":
		return call.Unknown, true
	}
	if lower := strings.ToLower(name); lower != name {
		return roleOf(lower)
	}
	return call.Unknown, false
}

// roleNames lists the role names for messages.
func roleNames() string {
	return "agent, customer, other, unknown (assistant, user, 客服, 坐席, 客户, 用户)"
}
