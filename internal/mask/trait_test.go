package mask

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

// A look skips the characters without a trait, and no others; what is no character is none of them.
func TestSkip(t *testing.T) {
	known := traits()
	for r := range rune(len(known.of)) {
		if !utf8.ValidRune(r) {
			continue
		}
		s := "好" + string(r) + "好们"
		got, end := known.skip(s, 0), len("好")
		if known.trait(r)&^pause == 0 && utf8.RuneLen(r) != 2 {
			end = len(s) - len("们") // the last bytes are looked at one by one
		}
		assert.Equal(t, end, got, "%q", r)
	}
	for _, s := range []string{"\xe0\x81\xaf我们", "\xed\xa0\x80我们", "\xe6\x88我们", "\x88\x91我们", "\xf0\xa0\xae\xb7我们", "我", ""} {
		assert.Zero(t, known.skip(s, 0), "%q", s)
	}
}
