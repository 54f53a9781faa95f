package intake

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is first needed: a run needs few
// of them, and compiling all of them took a millisecond of each.
func pattern(source string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(source) })
}
