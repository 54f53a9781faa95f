package intake

import (
	"regexp"
	"strings"

	"github.com/zhijian-qa/zhijian/internal/call"
)

var tencentLineRE = regexp.MustCompile(`^\[(\d+:\d+(?:\.\d+)?),\s*(\d+:\d+(?:\.\d+)?)(?:,\s*(-?\w+))?\]\s*(.*)$`)

// tencentText adds the sentences of a Result.
func (t *talk) tencentText(text string) {
	for s := range strings.SplitSeq(text, "\n") {
		m := tencentLineRE.FindStringSubmatch(strings.TrimSpace(s))
		if m == nil {
			continue
		}
		from, _ := clockTime(m[1])
		to, _ := clockTime(m[2])
		t.say(piece{Turn: call.Turn{Text: m[4], Speaker: m[3], Start: call.At(from), End: call.At(to)}})
	}
}
