package follow

import (
	"slices"
	"strings"

	"golang.org/x/text/width"

	"github.com/zhijian-qa/zhijian/internal/call"
	"github.com/zhijian-qa/zhijian/internal/text"
)

// A customer is known by keys: an id, a number, a masked number. Two calls with a key in
// common are of one customer.

// keysOf are the keys of a call's customer, the surest first; none where nobody tells.
func keysOf(c *call.Call) []string {
	var out []string
	add := func(prefix, value string) {
		if value != "" && !slices.Contains(out, prefix+value) {
			out = append(out, prefix+value)
		}
	}
	if id := strings.TrimSpace(c.Customer.ID); mobile(number(id)) {
		add(numberKey, number(id)) // some systems know customers by their numbers
	} else {
		add(idKey, id)
	}
	if n := number(c.Customer.Number); masked(n) {
		add(maskKey, n)
	} else {
		add(numberKey, n)
	}
	return out
}

const (
	idKey     = "id:"
	numberKey = "number:"
	maskKey   = "masked:"
	callKey   = "call:" // of a dropped call and of those that answer it
)

// number is a telephone number as digits without what does not tell it from others:
// the prefix of the country and of a long-distance call to a mobile. It is empty where
// there is none. A masked one keeps its stars, and so matches only itself.
func number(s string) string {
	if withheld(s) {
		return ""
	}
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case strings.ContainsRune("*xX#●•·", r):
			return '*'
		}
		return -1
	}, width.Narrow.String(s))
	for _, prefix := range []string{"0086", "86", "0"} {
		if rest, ok := strings.CutPrefix(digits, prefix); ok && mobile(strings.ReplaceAll(rest, "*", "0")) {
			digits = rest
		}
	}
	if strings.Trim(digits, "*0") == "" { // nobody has it
		return ""
	}
	return digits
}

func masked(number string) bool { return strings.Contains(number, "*") }

func mobile(number string) bool {
	return len(number) == len("13800138000") && number[0] == '1' && number[1] >= '3' && !masked(number)
}

var withheldRE = text.Pattern(`(?i)^\s*(未知|未知号码|匿名|匿名来电|隐藏|隐藏号码|号码隐藏|私密|私密号码|无|无号码|不显示|未显示|anonymous|unknown|unavailable|private|restricted|withheld|blocked|no number)\s*$`)

// withheld reports whether the text says that the caller hid the number.
func withheld(s string) bool {
	return !strings.ContainsAny(s, "0123456789") && withheldRE().MatchString(s) // nearly all are numbers
}
