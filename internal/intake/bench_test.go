package intake

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
)

// sampleLines is n calls of ten turns in JSON Lines.
func sampleLines(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, `{"id":"B%06d","direction":"inbound","agent":{"id":"6017"},"turns":[`, i)
		b.WriteString(`{"role":"agent","text":"您好，工号六零一七为您服务，请问有什么可以帮您？","start_ms":500,"end_ms":3900}`)
		for j := range 9 {
			role := []string{"customer", "agent"}[j%2]
			fmt.Fprintf(&b, `,{"role":%q,"text":"我想问一下昨天买的那个热水器什么时候可以上门安装，师傅一直没有联系我。","start_ms":%d,"end_ms":%d}`, role, 4000+j*3000, 6500+j*3000)
		}
		b.WriteString("]}\n")
	}
	return b.Bytes()
}

func BenchmarkJSONL(b *testing.B) { bench(b, sampleLines(5000), 5000) }

func BenchmarkPlain(b *testing.B) {
	text := "# 通话ID：C1\n[00:00:01] 客服：您好，工号六零一七为您服务，请问有什么可以帮您？\n" +
		strings.Repeat("[00:00:05] 客户：我想问一下昨天买的那个热水器什么时候可以上门安装，师傅一直没有联系我。\n[00:00:09] 客服：好的，我帮您查询一下，请您稍等。\n", 5)
	bench(b, []byte(strings.Repeat(text, 5000)), 5000)
}

// bench reads data, which holds so many calls, on one goroutine.
func bench(b *testing.B, data []byte, want int) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		calls := 0
		for c := range Open(context.Background(), []string{"-"}, Options{Stdin: bytes.NewReader(data)}) {
			for it := range c.Items {
				if it.Call != nil {
					calls++
				}
			}
		}
		if calls != want {
			b.Fatal(calls)
		}
	}
}
