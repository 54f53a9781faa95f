package rule

import "strings"

// hearing is what the turns of a call so far say of a cue: enough to tell at any later
// turn whether it was heard, so that a guard need not go back to the first turn.
type hearing struct {
	to    int            // turns listened to
	first int            // the first turn that has it without a slot, -1: none
	slots map[string]int // the first turn that has it with a slot
}

// heardBefore reports whether an earlier turn has the cue; where both it and
// the match have a slot, they must be the same words.
func (v *view) heardBefore(c *cue, i int, m span) bool {
	h := v.heard[c]
	if h == nil {
		h = &hearing{first: -1, slots: map[string]int{}}
		v.heard[c] = h
	}
	v.listen(h, c, i)
	if h.first >= 0 && h.first < i {
		return true
	}
	for slot, turn := range h.slots {
		if turn < i && (m.slot == "" || sameSlot(slot, m.slot)) {
			return true
		}
	}
	return false
}

// listen goes on to turn i.
func (v *view) listen(h *hearing, c *cue, i int) {
	for ; h.to < i; h.to++ {
		for _, s := range v.find(h.to, c) {
			if _, known := h.slots[s.slot]; s.slot != "" && !known {
				h.slots[s.slot] = h.to
			}
			if s.slot == "" && h.first < 0 {
				h.first = h.to
			}
		}
	}
}

// sameSlot reports whether two slots name the same thing: 单号 and 订单号 do.
func sameSlot(a, b string) bool { return strings.Contains(a, b) || strings.Contains(b, a) }
