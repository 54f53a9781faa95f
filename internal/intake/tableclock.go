package intake

import (
	"github.com/zhijian-qa/zhijian/internal/call"
)

// clocks makes times of the call of what its rows have for times.
func (k *tableCall) clocks(l *layout) {
	begin, answer := k.dates(l)
	times := make([][2]timeValue, len(k.said))
	var first timeValue
	for i := range k.said {
		s := &k.said[i]
		times[i] = [2]timeValue{k.read(l, s.from, fromField, s.Line), k.read(l, s.to, toField, s.Line)}
		if at := times[i][0]; at.kind != noTime && (first.kind == noTime || at.kind == first.kind && at.ms < first.ms) {
			first = at
		}
	}
	base, ok := k.base(first, begin, answer)
	if !ok {
		return
	}
	for i := range k.said {
		k.said[i].Start, k.said[i].End = inCall(times[i][0], first.kind, base), inCall(times[i][1], first.kind, base)
	}
	k.note("时间都换算成从通话开始算起", "times are converted to those since the start of the call")
}

// inCall is a time of the call, none if it is of another kind than the first.
func inCall(v timeValue, kind timeKind, base int64) call.Millis {
	if v.kind == noTime || v.kind != kind {
		return call.Millis{}
	}
	ms := v.ms - base
	if ms < 0 && kind == aClock {
		ms += dayMS // past midnight
	}
	if ms < 0 {
		return call.Millis{}
	}
	return call.At(ms)
}

// base is the time that the times of the call are counted from: its start where that is
// known, else the second in which it begins to speak.
func (k *tableCall) base(first, begin, answer timeValue) (ms int64, ok bool) {
	const longest = 6 * hourMS
	switch first.kind {
	case aDate:
		if !first.exact { // minutes only
			return 0, false
		}
		for _, v := range []timeValue{answer, begin} {
			if v.kind == aDate && v.exact && v.ms <= first.ms && first.ms-v.ms < longest {
				return v.ms, true
			}
		}
		first.ms -= first.ms % secondMS
		k.StartedAt = orInstant(k.StartedAt, first)
		return first.ms, true
	case aClock:
		for _, v := range []timeValue{answer, begin} {
			if of := v.ms % dayMS; v.kind == aDate && v.exact && of >= hourMS && of <= first.ms && first.ms-of < longest {
				return of, true
			}
		}
		if first.ms < hourMS {
			return 0, true
		}
		return first.ms - first.ms%secondMS, true
	case aShort:
		if first.ms >= 5*minuteMS {
			k.problems = append(k.problems, k.doc.c.warning(k.Line, k.ID, "时间可能是“分:秒”也可能是“时:分”，未采用；请写成“时:分:秒”", "the times may be mm:ss or hh:mm and are not used; write hh:mm:ss"))
			return 0, false
		}
		return 0, true
	}
	return 0, first.kind == anOffset
}

// read reads the time of an utterance; what is none is reported.
func (k *tableCall) read(l *layout, cell string, f meaning, line int) timeValue {
	u := l.unitAt(f, l.unitAt(timeField, l.unit))
	v, ok := readTime(clean(cell), max(u, 1))
	if !ok {
		k.problems = append(k.problems, k.doc.c.warning(line, k.ID, "时间 %q 读不懂，未采用；请写成“时:分:秒”、日期时间或毫秒数", "the time %q is not understood and not used; write hh:mm:ss, a date and time, or milliseconds", excerpt([]byte(cell))))
	}
	if v.kind == aClock && k.day != "" && v.ms >= hourMS {
		if day, ok := readTime(k.day, 1); ok && day.kind == aDate {
			v.kind, v.ms = aDate, day.ms-day.ms%dayMS+v.ms
		}
	}
	return v
}

// moment reads a time of the call itself, with its day where that stands apart.
func (k *tableCall) moment(cell string) timeValue {
	if cell == "" {
		return timeValue{}
	}
	return k.read(&layout{}, cell, "", k.Line)
}

// after is when a call ended that took a while, "" where that is not known.
func (k *tableCall) after(l *layout, begin, answer timeValue) string {
	from := answer
	if from.kind != aDate {
		from = begin
	}
	ms, ok := duration(k.took, l.unitAt(durationField, seconds))
	if !ok || ms == 0 || from.kind != aDate || !from.exact {
		return ""
	}
	from.ms += ms
	return from.instantOf()
}

// orInstant is had, or the first date among others.
func orInstant(had string, others ...timeValue) string {
	for _, v := range others {
		if had == "" && v.kind == aDate {
			had = v.instantOf()
		}
	}
	return had
}
