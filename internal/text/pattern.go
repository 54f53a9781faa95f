package text

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression that is compiled when it is first needed: a run needs few
// of those of zhijian, and compiling all of them took a millisecond and a half of each.
func Pattern(source string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(source) })
}
