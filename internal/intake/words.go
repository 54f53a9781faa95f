package intake

import (
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
	{call.Callback, []string{"callback", "回拨", "回撥", "回电", "回電", "回访", "回訪"}},
}

var hangups = []word[call.Hangup]{
	{call.ByAgent, []string{"agent", "坐席", "座席", "客服", "seat"}},
	{call.ByCustomer, []string{"customer", "客户", "客戶", "用户", "用戶", "user"}},
	{call.Dropped, []string{"dropped", "掉线", "掉線", "断线", "斷線", "系统", "系統", "system"}},
}

var callbackReasons = []word[string]{
	{"interrupted", []string{"interrupted", "中断", "掉线"}},
	{"research", []string{"research", "查证", "核实"}},
	{"correction", []string{"correction", "更正", "纠错"}},
	{"work-order", []string{"work-order", "工单"}},
	{"complaint-reply", []string{"complaint-reply", "投诉回复", "投诉答复"}},
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
