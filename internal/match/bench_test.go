package match

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkNext looks for a phrase of usual size in a turn that has it, in one that does
// not, and where it has to be read by the automaton that floats.
func BenchmarkNext(b *testing.B) {
	e, err := Compile(`(?:马上|立即|立刻|现在就|这就|已经|刚刚?|优先|加急|尽快)(?:为|给|帮|替)(?:您|你)[^,.?!]{0,8}(?:处理|登记|办理|提交|申请|退|恢复|反馈|上报|记录)[^,.?!]{0,6}`)
	require.NoError(b, err)
	open, err := Compile(`[^,.?!]{4,}(?:吗|么)`)
	require.NoError(b, err)
	for _, c := range []struct {
		name string
		*Expr
		text string
		has  bool
	}{
		{"found", e, "好的,您别着急,我这边马上为您把这个情况登记一下,", true},
		{"not found", e, "好的,您别着急,我这边看一下这个情况是怎么回事,", false},
		{"open", open, "好的,请问您还有其他需要办理的业务吗", true},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, ok := c.Next(c.text, 0); ok != c.has {
					b.Fatal(ok)
				}
			}
		})
	}
}
