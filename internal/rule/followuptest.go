package rule

import (
	"strings"
	"time"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/follow"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// exampleWindow is that of examples: they tell of one day and the next.
const exampleWindow = 24 * time.Hour

// exampleTime is when a call of an example starts and ends: 14:00, 14:00-14:05 or 次日00:05.
var exampleTime = text.Pattern(`^(次日)?(\d\d:\d\d)(?:-(\d\d:\d\d))?$`)

// exampleWords are the words of a call of an example, and what they say of it.
func exampleWords() map[string]func(*call.Call) {
	answered := func(yes bool) func(*call.Call) { return func(c *call.Call) { c.Answered = &yes } }
	return map[string]func(*call.Call){
		"来电":   func(c *call.Call) { c.Direction = call.Inbound },
		"呼出":   func(c *call.Call) { c.Direction = call.Outbound },
		"回拨":   func(c *call.Call) { c.Direction = call.Callback },
		"断线":   func(c *call.Call) { c.Hangup = call.Dropped },
		"客户挂机": func(c *call.Call) { c.Hangup = call.ByCustomer },
		"坐席挂机": func(c *call.Call) { c.Hangup = call.ByAgent },
		"未接":   answered(false),
		"接通":   answered(true),
		"报备":   func(c *call.Call) { c.Reported = true },
		"号码隐藏": func(c *call.Call) { c.Customer.Number = "匿名" },
		"另一客户": func(c *call.Call) { c.Customer = call.Person{ID: "other", Number: "13900000002"} },
	}
}

// callsExample is an example of several calls of one day, in the order of the list:
// "14:00-14:05 来电 断线", "14:31 回拨 接通".
func (c *compiler) callsExample(s exampleSpec) Example {
	e := Example{at: s.at, file: c.file, Call: &call.Call{ID: "example", Truncated: true}, Text: strings.Join(s.Calls.Texts(), " ／ ")}
	for i, it := range s.Calls {
		k := &call.Call{ID: "C" + string(rune('1'+i)), Customer: call.Person{ID: "one", Number: "13900000001"}}
		for n, w := range strings.Fields(it.Text) {
			tell, known := exampleWords()[w]
			switch {
			case n == 0 && exampleTime().MatchString(w):
				setTimes(k, exampleTime().FindStringSubmatch(w))
			case known:
				tell(k)
			default:
				c.fault(it.At, unknownName("写法", "word", w, keys(exampleWords())))
			}
		}
		e.Calls = append(e.Calls, k)
	}
	return e
}

func setTimes(k *call.Call, match []string) {
	date := "2026-03-18T"
	if match[1] != "" {
		date = "2026-03-19T"
	}
	k.StartedAt = date + match[2] + ":00"
	if match[3] != "" {
		k.EndedAt = date + match[3] + ":00"
	}
}

// FollowCalls judges calls together by those of the rules that do so. It is for a few
// calls; the findings are in the order of the calls.
func FollowCalls(calls []*call.Call, rules []*Rule) []Finding {
	var out []Finding
	for _, r := range rules {
		if !r.Followup() {
			continue
		}
		collector := follow.NewCollector(exampleWindow, r.Zone())
		byKey := map[follow.Key]*call.Call{}
		for _, k := range calls {
			byKey[follow.KeyOf(k)] = k
			collector.Add(k)
		}
		for _, chain := range collector.Chains() {
			if o := r.Follow(chain); o.Found {
				out = append(out, r.FollowFinding(byKey[o.Of.Key], o))
			}
		}
	}
	return out
}
