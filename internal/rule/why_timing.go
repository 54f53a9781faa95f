package rule

import "github.com/zhijian-qa/zhijian/internal/call"

// noticed is the part of its limit from which an explanation tells of a measure.
const noticed = 0.5

// timing tells of all that comes near the limit what was measured and what excuses it.
func (x *explainer) timing(t *timing) (notes []Note, fires bool) {
	for _, m := range t.measured(x.view, noticed*t.over) {
		beyond := t.breaks(m.heard)
		n := noteOf(CauseStep, holdsIf(beyond), m.place.turn, "量到 %[1]s，限度是 %[2]s", "%[1]s measured, the limit is %[2]s", t.said(m.heard), t.said(t.over))
		if e := m.excuse; e != nil {
			why := t.excuseSay(e)
			n.Below = append(n.Below, x.step(e.turn, Holds, why.ZH, why.EN, t.guards[e.key]))
		}
		notes = append(notes, n)
		fires = fires || beyond && m.excuse == nil
	}
	if notes == nil {
		notes = []Note{nothing("量到的都远在限度之内", "all that was measured is well within the limit")}
	}
	return notes, fires
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
