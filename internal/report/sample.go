package report

import (
	"io"
	"strconv"

	"github.com/zhijian-qa/zhijian/internal/lint"
	"github.com/zhijian-qa/zhijian/internal/rule"
)

// Sample is calls chosen from many, for a human to hear.
type Sample struct {
	Results []*lint.Result // in order; their Choice says why
	Calls   int            // that they were chosen from
	Seed    string
}

// WriteSample writes a sample as a table: which calls, why each of them, and where it is.
func WriteSample(w io.Writer, s *Sample, o Options) error {
	t := &textReport{w: w, o: o, tongue: tongue(o.Lang)}
	if t.o.Width < 40 {
		t.o.Width = 80
	}
	text := ""
	if len(s.Results) > 0 {
		text = t.sampleGrid(s).String() + "\n"
	}
	_, err := io.WriteString(w, text+paint(glyphs(span{t.sampled(s), bold}), o.Color)+"\n")
	return err
}

func (t *textReport) sampleGrid(s *Sample) *grid {
	g := &grid{color: t.o.Color, width: t.o.Width, flex: 5, numbers: []bool{true, false, false, true, true, false},
		heads: []string{"#", t.say("通话", "call"), t.say("坐席", "agent"), t.say("得分", "score"), t.say("处数", "findings"), t.say("为什么抽中", "why")}}
	for i, r := range s.Results {
		place := r.Call.Source
		if r.Call.Line > 0 {
			place += ":" + strconv.Itoa(r.Call.Line)
		}
		why := span{r.Choice.Why.In(t.o.Lang), plain}
		if r.Choice.Cause == "fatal" {
			why.style = severityStyle(rule.Error)
		}
		g.rows = append(g.rows, []span{number(i + 1), {r.Call.ID, plain}, {t.person(r.Call.Agent), plain}, points(r.Verdict.Score), number(len(r.Verdict.Findings)), why})
		g.more = append(g.more, []span{{place, dim}})
	}
	return g
}

// points is a score, or a dash where there is none.
func points(s *rule.Score) span {
	if s == nil {
		return span{"–", dim}
	}
	return span{strconv.Itoa(s.Points), plain}
}

// sampled counts the sample by why its calls are in it.
func (t *textReport) sampled(s *Sample) string {
	n := map[string]int{}
	for _, r := range s.Results {
		n[r.Choice.Cause]++
	}
	return t.sayf("共 %d 通，抽出 %d 通：一票否决 %d，风险高 %d，随机 %d（种子 %s）",
		"Of %d calls, %d chosen: fatal %d, risky %d, random %d (seed %s)", s.Calls, len(s.Results), n["fatal"], n["risk"], n["random"], s.Seed)
}
