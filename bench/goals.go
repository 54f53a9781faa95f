package main

import (
	"fmt"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// goal is a bound that a release has to keep. A goal whose jobs did not take part
// is left out.
type goal struct {
	name  call.Say
	of    []string // the jobs it is about
	unit  string
	most  float64 // allowed; 0 where least counts
	least float64
	value func(of []*result) float64
}

// goals are the bounds, those of large inputs only where these are measured.
func (o *options) goals() []goal {
	last := fmt.Sprint(o.size / megabyte)
	all := []goal{
		{name: say("一通通话，最快", "one call, best"), of: []string{"start"}, unit: "ms", most: 30, value: milliseconds},
		{name: say("一通通话，内存", "one call, memory"), of: []string{"start"}, unit: "MB", most: 60, value: memory},
		{name: say("一批，两个核", "batch, two cores"), of: []string{"batch-2"}, unit: "MB/s", least: 150, value: speed},
		{name: say("时间是 ripgrep 的几倍", "time over ripgrep's"), of: []string{"batch-2", "batch-rg"}, unit: "×", most: 3, value: timeOver},
		{name: say("两个核比一个核快几倍", "two cores over one"), of: []string{"batch-1", "batch-2"}, unit: "×", least: 1.7, value: timeOver},
		{name: say("多 1,000 条规则，时间是几倍", "time with 1,000 more rules"), of: []string{"batch-house", "batch-2"}, unit: "×", most: 1.5, value: timeOver},
		{name: say("纯文本文件夹", "folder of plain text"), of: []string{"folder"}, unit: "calls/s", least: 20000, value: func(of []*result) float64 { return of[0].callsPerSecond() }},
		{name: say("通话加倍，时间是几倍", "twice the call, time"), of: []string{"call", "call-half"}, unit: "×", most: 2.2, value: timeOver},
		{name: say("一轮加倍，时间是几倍", "twice the turn, time"), of: []string{"turn", "turn-half"}, unit: "×", most: 2.2, value: timeOver},
		{name: say(last+" MB 时的内存", "memory at "+last+" MB"), of: []string{"flat-" + last}, unit: "MB", most: 200, value: memory},
	}
	if o.full {
		all = append(all,
			goal{name: say("4 GB 时的内存", "memory at 4 GB"), of: []string{"flat-4000"}, unit: "MB", most: 200, value: memory},
			goal{name: say("内存，4 GB 对 "+last+" MB", "memory, 4 GB over "+last+" MB"), of: []string{"flat-4000", "flat-" + last}, unit: "×", most: 1.2, value: memoryOver},
			goal{name: say("每 MB 的时间，1 GB 对 "+last+" MB", "time per MB, 1 GB over "+last+" MB"), of: []string{"batch-2", "big"}, unit: "×", most: 1.1, value: speedOver})
	}
	return all
}

func milliseconds(of []*result) float64 { return of[0].best().Seconds() * 1000 }
func memory(of []*result) float64       { return float64(of[0].peak) / megabyte }
func speed(of []*result) float64        { return of[0].rate() }
func timeOver(of []*result) float64     { return of[0].best().Seconds() / of[1].best().Seconds() }
func memoryOver(of []*result) float64   { return memory(of[:1]) / memory(of[1:]) }
func speedOver(of []*result) float64    { return of[0].rate() / of[1].rate() }

// goalTable tells which goals are met.
func (b *book) goalTable(lang call.Lang) string {
	var s strings.Builder
	fmt.Fprintf(&s, "\n%s\n| --- | ---: | ---: | --- |\n", say("| | 测得 | 目标 | |", "| | measured | goal | |").In(lang))
	for _, g := range b.goals {
		var of []*result
		for _, id := range g.of {
			if r := b.byID[id]; r.measured() {
				of = append(of, r)
			}
		}
		if len(of) == len(g.of) {
			s.WriteString(g.row(g.value(of), lang))
		}
	}
	return s.String()
}

func (g *goal) row(value float64, lang call.Lang) string {
	bound, met := fmt.Sprintf("≤ %g %s", g.most, g.unit), value <= g.most
	if g.most == 0 {
		bound, met = fmt.Sprintf("≥ %g %s", g.least, g.unit), value >= g.least
	}
	mark := say("未达到", "missed")
	if met {
		mark = say("达到", "met")
	}
	return fmt.Sprintf("| %s | %s %s | %s | %s |\n", g.name.In(lang), short(value), g.unit, bound, mark.In(lang))
}

// short is a number with three digits that count, and no exponent.
func short(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}
