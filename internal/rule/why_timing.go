package rule

import "github.com/zhijian-qa/zhijian/internal/call"

// noticed is the part of its limit from which an explanation tells of a measure.
const noticed = 0.5

// timing tells of all that comes near the limit what was measured and what excuses it.
func (x *explainer) timing(t *timing) (notes []Note, fires bool) {
	for _, m := range t.measured(x.view, noticed*t.over) {
		beyond := t.breaks(m.heard)
		n := noteOf(CauseStep, holdsIf(beyond && m.excuse == nil), m.place.turn, "量到 %[1]s %[3]s，限度是 %[2]s %[3]s", "%[1]s %[4]s measured, the limit is %[2]s %[4]s",
			t.said(m.heard), t.said(t.over), t.unit().ZH, t.unit().EN)
		if e := m.excuse; e != nil {
			if beyond {
				n.Say = call.Say{ZH: n.Say.ZH + "，但有缘由，不算", EN: n.Say.EN + "; it is excused"}
			}
			why := t.excuseSay(e)
			n.Below = append(n.Below, x.step(e.turn, Holds, why.ZH, why.EN, t.guards[e.key]))
		}
		notes = append(notes, n)
		fires = fires || beyond && m.excuse == nil
	}
	if notes == nil {
		notes = []Note{t.nothing()}
	}
	return notes, fires
}

// nothing tells that nothing comes near the limit.
func (t *timing) nothing() Note {
	if t.least > 0 {
		least, unit := tenths(t.least), call.Say{ZH: "秒", EN: "s"}
		if t.measure == measureRate {
			unit = call.Say{ZH: "字", EN: "characters"}
		}
		return nothing("没有量到接近限度的；不到 "+least+" "+unit.ZH+"的不量", "nothing comes near the limit; what has less than "+least+" "+unit.EN+" is not measured")
	}
	return nothing("没有量到接近限度的", "nothing comes near the limit")
}

// unit is what a measure counts.
func (t *timing) unit() call.Say {
	if t.measure == measureRate {
		return call.Say{ZH: "字每分钟", EN: "characters a minute"}
	}
	return call.Say{ZH: "秒", EN: "s"}
}

// excuseSay says why an excuse is one.
func (t *timing) excuseSay(e *excuse) call.Say {
	return map[string]call.Say{
		"announced": {ZH: "坐席事先说明了要等", EN: "the agent had announced it"},
		"before":    {ZH: "之前说的话使它不算", EN: "what was said before excuses it"},
		"after":     {ZH: "接着说的话使它不算", EN: "what is said then excuses it"},
		"offered":   {ZH: "已经提出了别的办法", EN: "another way had been offered"},
	}[e.key]
}
