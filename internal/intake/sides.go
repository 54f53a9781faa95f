package intake

import (
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// sideOf is the role that a recogniser, a call centre or a chat tool names, in any
// case. ok is false for a name that tells nothing, such as that of a person.
func sideOf(name string) (role call.Role, ok bool) {
	if role, ok := roleOf(name); ok {
		return role, true
	}
	switch strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), "-", "_") {
	case "internal", "human_agent", "any_agent", "seat", "operator", "employee", "representative":
		return call.Agent, true
	case "external", "end_user", "client", "caller", "consumer", "visitor", "guest", "human":
		return call.Customer, true
	case "automated_agent", "custom_bot", "supervisor", "acd", "voicemail", "dialer", "workflow", "developer", "tool", "function",
		"system_message", "sme", "thirdparty", "third_party", "robot", "virtual_agent":
		return call.Other, true
	}
	return Speaker(name)
}
