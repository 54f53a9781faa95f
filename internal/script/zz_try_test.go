package script

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/zhijian-qa/zhijian/internal/call"
)

func TestTry(t *testing.T) {
	files, _ := filepath.Glob(os.Getenv("TRY"))
	for _, f := range files {
		data, _ := os.ReadFile(f)
		l, p := Read(f, data)
		if p != nil {
			fmt.Println("=== PROBLEM", p.In(call.EN), p.In(call.ZH))
			continue
		}
		fmt.Println("===", f, l.Carrier)
		fmt.Print(dump(l))
	}
}
