// Package call holds what every other package shares: a call, its turns, who
// speaks in them, and the problems met on the way in. It imports nothing of ours.
package call

// Role says who speaks a turn.
type Role string

// The roles of a turn. An IVR, a bot or a supervisor is Other; Unknown means
// that neither the input nor what is said tells.
const (
	Agent    Role = "agent"
	Customer Role = "customer"
	Other    Role = "other"
	Unknown  Role = "unknown"
)

// In names the speaker for people.
func (r Role) In(lang Lang) string {
	switch r {
	case Agent:
		return Say{ZH: "坐席", EN: "agent"}.In(lang)
	case Customer:
		return Say{ZH: "客户", EN: "customer"}.In(lang)
	case Other:
		return Say{ZH: "其他", EN: "other"}.In(lang)
	}
	return Say{ZH: "不明", EN: "unknown"}.In(lang)
}

// Direction says who called whom. The empty Direction means that the input does not tell.
type Direction string

// The directions of a call. A Callback is an outbound call that answers an earlier one.
const (
	Inbound  Direction = "inbound"
	Outbound Direction = "outbound"
	Callback Direction = "callback"
)

// Hangup says who or what ended the call. The empty Hangup means that the input does not tell.
type Hangup string

// The ends of a call. Dropped means that the line broke.
const (
	ByAgent    Hangup = "agent"
	ByCustomer Hangup = "customer"
	Dropped    Hangup = "dropped"
)

// Call is one conversation, from whatever input it came.
type Call struct {
	ID             string    `json:"id"`
	Direction      Direction `json:"direction,omitempty"`
	CallbackReason string    `json:"callback_reason,omitempty"` // interrupted, research, correction, work-order or complaint-reply
	CallbackOf     string    `json:"callback_of,omitempty"`     // id of the earlier call
	Agent          Person    `json:"agent,omitzero"`
	Customer       Person    `json:"customer,omitzero"`
	StartedAt      string    `json:"started_at,omitempty"` // RFC 3339 as far as the input knows the zone
	EndedAt        string    `json:"ended_at,omitempty"`
	Hangup         Hangup    `json:"hangup,omitempty"`
	Answered       *bool     `json:"answered,omitempty"`  // somebody took the call; nil where the input does not tell. A call that tells may have no turns
	Reported       bool      `json:"reported,omitempty"`  // a failed callback was put on record (报备)
	Truncated      bool      `json:"truncated,omitempty"` // the transcript starts or ends in mid-call
	Turns          []Turn    `json:"turns"`

	Source       string `json:"-"` // the file as the user named it, or "-" for standard input
	Line         int    `json:"-"` // 1-based line of Source where the call starts; 0 where lines mean nothing
	Script       bool   `json:"-"` // no call but a script: its turns are wordings an agent may choose from, with placeholders
	At           Place  `json:"-"` // of a script: the entry, for what is missing from it
	Scene        string `json:"-"` // of a script: the scene and step it is for, "等待 › 等待致谢"; empty for a call
	Record       bool   `json:"-"` // known from call records (CDR) only: what was said is not in the input
	RolesUnknown bool   `json:"-"` // nobody could tell agent from customer: speaker-dependent rules are not evaluated
}

// Person is an agent or a customer. Every field may be empty.
type Person struct {
	ID     string `json:"id,omitempty"`
	Number string `json:"number,omitempty"` // phone number of a customer, perhaps masked
	Name   string `json:"name,omitempty"`
	Team   string `json:"team,omitempty"`
}

// Turn is what one speaker says until another speaks.
type Turn struct {
	Role    Role   `json:"role"`
	Text    string `json:"text"` // as the input has it: quotes and positions refer to it
	Start   Millis `json:"start_ms,omitzero"`
	End     Millis `json:"end_ms,omitzero"`
	Speaker string `json:"-"` // the label, channel or speaker number of the input
	Line    int    `json:"-"` // 1-based line of the call's Source; 0 if unknown
	Origin  Origin `json:"-"` // of the words of a script, whose authors want the column or the cell; nil for a transcript
}

// Length is the time from the start of the call to the end of its last turn that
// has a time, or no time.
func (c *Call) Length() Millis {
	var last Millis
	for i := range c.Turns {
		for _, at := range []Millis{c.Turns[i].Start, c.Turns[i].End} {
			if ms, known := at.Get(); known && ms > last.ms {
				last = at
			}
		}
	}
	return last
}

// Failed reports whether the call is known to be an attempt that nobody answered.
func (c *Call) Failed() bool { return c.Answered != nil && !*c.Answered }

// Has reports whether any turn is spoken by role.
func (c *Call) Has(role Role) bool {
	for i := range c.Turns {
		if c.Turns[i].Role == role {
			return true
		}
	}
	return false
}
