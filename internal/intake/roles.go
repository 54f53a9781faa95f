package intake

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// openingTurns is how many turns at the start of a call can hold a self-introduction.
const openingTurns = 6

// settleRoles gives each turn of k a role: the one that the input states, else by
// the agent's channel, else by what is said. It returns what is doubtful. Where
// every role must be stated, a voice without one takes no side that is free.
func settleRoles(k *call.Call, channel string, stated bool) []call.Problem {
	if k.RolesUnknown { // the reader knows that channels mean nothing
		return nil
	}
	if !k.Has(call.Unknown) {
		return statedRoles(k)
	}
	speakers := speakersOf(k)
	problems, settled := byChannel(k, speakers, channel)
	if !settled && !stated {
		settled = byOtherSide(k, speakers)
	}
	if !settled {
		problems = append(problems, byWords(k, speakers)...)
	}
	return append(problems, statedRoles(k)...)
}

// statedRoles checks roles that are all known: a call needs an agent, and the
// sides must not be swapped.
func statedRoles(k *call.Call) []call.Problem {
	switch {
	case k.RolesUnknown:
		return nil
	case !k.Has(call.Agent):
		return fatal("没有坐席的话轮；请检查角色字段或说话人标记", "no turn is an agent's; check the roles or labels")
	case swapped(k):
		k.RolesUnknown = true
		setRoles(k, func(*call.Turn) call.Role { return call.Unknown })
		return fatal("坐席和客户可能标反了：自报工号或“为您服务”的是客户一方；请核对声道或角色，依赖角色的规则不评",
			"agent and customer are probably swapped: it is the customer who gives a staff number or says 为您服务; check channels or roles, rules that need roles are not evaluated")
	}
	return nil
}

// swapped reports whether the customer introduces herself as an agent does, and the agent never does.
func swapped(k *call.Call) bool {
	customer := false
	for i := range k.Turns[:min(openingTurns, len(k.Turns))] {
		t := &k.Turns[i]
		customer = customer || t.Role == call.Customer && introduces(t.Text)
	}
	agent := 0
	for i := range k.Turns {
		if customer && k.Turns[i].Role == call.Agent {
			agent += lean(k.Turns[i].Text)
		}
	}
	return customer && agent <= 0
}

// speaker is what one speaker of unknown role says.
type speaker struct {
	label string
	turns int
	score int // how much more it sounds like an agent than like a customer

	robot, supervisor bool // it says what these say
}

// speakersOf lists the speakers of unknown role, in the order in which they first speak.
func speakersOf(k *call.Call) []speaker {
	var speakers []speaker
	sure := false
	for i := range k.Turns {
		t := &k.Turns[i]
		if t.Role != call.Unknown {
			continue
		}
		at := slices.IndexFunc(speakers, func(s speaker) bool { return s.label == t.Speaker })
		if at < 0 {
			at, sure = len(speakers), false
			speakers = append(speakers, speaker{label: t.Speaker})
		}
		speakers[at].turns++
		if !sure {
			speakers[at].hear(t.Text)
			sure = decided(speakers)
		}
	}
	return speakers
}

// hear adds what a turn tells of its speaker.
func (s *speaker) hear(words string) {
	s.score += lean(words)
	s.robot = s.robot || robotRE().MatchString(words)
	s.supervisor = s.supervisor || supervisorRE().MatchString(words)
}

// decided reports whether nothing that two speakers may still say changes who is the agent:
// looking for words takes time, and most calls are clear after a few turns.
func decided(speakers []speaker) bool {
	const lead = 8
	if len(speakers) != 2 {
		return false
	}
	gap := speakers[0].score - speakers[1].score
	return gap >= lead || gap <= -lead
}

// byChannel makes the speaker on the agent's channel the agent.
func byChannel(k *call.Call, speakers []speaker, channel string) ([]call.Problem, bool) {
	if channel == "" {
		return nil, false
	}
	at := slices.IndexFunc(speakers, func(s speaker) bool { return channelOf(s.label) == channelOf(channel) })
	if nth := slices.Index([]string{"first", "second"}, channel); nth >= 0 && nth < len(speakers) && speakers[0].label == k.Turns[0].Speaker {
		at = nth
	}
	if at < 0 {
		return fatal("没有声道 %s；说话人有 %s；--agent-channel 请写坐席的编号，或按谁先说话写 first、second",
			"there is no channel %s; the speakers are %s; give --agent-channel the number of the agent, or first or second by who speaks first", channel, labels(speakers)), false
	}
	assign(k, speakers, at)
	return nil, true
}

// AgentChannels are the ways to name the agent: channels and numbers of speakers, and the
// first or second to speak.
func AgentChannels() []string { return []string{"0", "1", "2", "L", "R", "first", "second"} }

// channelOf is the channel that a label stands for: its number, or that of A and B, L and R, In and Out.
func channelOf(label string) string {
	digits := label[len(strings.TrimRight(label, "0123456789")):]
	if digits != "" {
		return strings.TrimLeft(digits[:len(digits)-1], "0") + digits[len(digits)-1:]
	}
	switch strings.ToUpper(label) {
	case "A", "L", "IN", "LEFT", "左声道", "左聲道":
		return "0"
	case "B", "R", "OUT", "RIGHT", "右声道", "右聲道":
		return "1"
	}
	return label
}

// byOtherSide gives the only unknown speaker the side that nobody has.
func byOtherSide(k *call.Call, speakers []speaker) bool {
	agent, customer := k.Has(call.Agent), k.Has(call.Customer)
	if len(speakers) != 1 || agent == customer || speakers[0].label == "" {
		return false
	}
	role := call.Agent
	if agent {
		role = call.Customer
	}
	setRoles(k, func(t *call.Turn) call.Role {
		if t.Role == call.Unknown {
			return role
		}
		return t.Role
	})
	return true
}

// byWords makes the speaker the agent who sounds most like one.
func byWords(k *call.Call, speakers []speaker) []call.Problem {
	if k.Has(call.Agent) && k.Has(call.Customer) { // a third voice stays unknown
		return nil
	}
	at, second := loudest(speakers)
	if len(speakers) == 1 && speakers[0].label == "" && !k.Has(call.Agent) && !k.Has(call.Customer) {
		k.RolesUnknown = true
		return fatal("转写没有区分说话人；请分声道转写或打开说话人分离，再转写一次；依赖角色的规则不评",
			"the transcript does not tell speakers apart; transcribe each channel, or with speaker separation; rules that need roles are not evaluated")
	}
	if len(speakers) < 2 || speakers[at].score <= second {
		k.RolesUnknown = true
		return fatal("分不出谁是坐席（说话人：%s）；请用 --agent-channel 指定，或标明角色；依赖角色的规则不评",
			"cannot tell who is the agent (speakers: %s); name one with --agent-channel or state the roles; rules that need roles are not evaluated", labels(speakers))
	}
	who := speakers[at].label
	assign(k, speakers, at)
	if best := speakers[at].score; second*2 >= best || best-second < 2 || len(speakers) > 2 {
		p := fatal("按话术推断 %s 是坐席，但不确定（说话人：%s）；可用 --agent-channel 指定",
			"took %s for the agent by what is said, but that is not certain (speakers: %s); --agent-channel can name one", who, labels(speakers))
		p[0].Fatal = false
		return p
	}
	return nil
}

// loudest is the index of the highest score, and the score next to it. Where there
// are more than two speakers, machines and supervisors stand back.
func loudest(speakers []speaker) (at, second int) {
	at = -1
	for i, s := range speakers {
		if !s.standsBack(speakers) && (at < 0 || s.score > speakers[at].score) {
			at = i
		}
	}
	at, second = max(at, 0), math.MinInt/2
	for i, s := range speakers {
		if i != at && !s.standsBack(speakers) {
			second = max(second, s.score)
		}
	}
	return at, second
}

// standsBack reports whether s is neither agent nor customer if there are others who may be.
func (s speaker) standsBack(speakers []speaker) bool {
	rest := 0
	for _, other := range speakers {
		if !other.robot && !other.supervisor {
			rest++
		}
	}
	return rest >= 2 && (s.robot || s.supervisor)
}

// assign makes one speaker the agent, and the most talkative of the rest the customer; a third voice is other.
func assign(k *call.Call, speakers []speaker, agent int) {
	customer := -1
	for i, s := range speakers {
		if i != agent && !s.standsBack(speakers) && (customer < 0 || s.turns > speakers[customer].turns) {
			customer = i
		}
	}
	known := k.Has(call.Customer)
	setRoles(k, func(t *call.Turn) call.Role {
		switch {
		case t.Role != call.Unknown:
			return t.Role
		case t.Speaker == speakers[agent].label:
			return call.Agent
		case customer >= 0 && t.Speaker == speakers[customer].label && !known:
			return call.Customer
		}
		return call.Other
	})
}

// setRoles replaces every role at once, so that role sees the call as it was.
func setRoles(k *call.Call, role func(*call.Turn) call.Role) {
	roles := make([]call.Role, len(k.Turns))
	for i := range k.Turns {
		roles[i] = role(&k.Turns[i])
	}
	for i := range k.Turns {
		k.Turns[i].Role = roles[i]
	}
}

func labels(speakers []speaker) string {
	var names []string
	for _, s := range speakers {
		names = append(names, cmp.Or(s.label, "?"))
	}
	if len(names) > 6 {
		names = append(names[:6], "…")
	}
	return strings.Join(names, ", ")
}

func fatal(zh, en string, args ...any) []call.Problem {
	return []call.Problem{{What: call.Sayf(zh, en, args...), Fatal: true}}
}
