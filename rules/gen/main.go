// Command gen writes rules/README.md, the pages of all rules, from the packs
// inside zhijian. Run it with go generate in rules.
package main

import (
	"log"
	"os"

	"github.com/zhijian-qa/zhijian/internal/rule"
	"github.com/zhijian-qa/zhijian/rules"
)

func main() {
	log.SetFlags(0)
	if err := generate(); err != nil {
		log.Fatal("gen: ", err)
	}
}

// generate writes README.md into the current folder.
func generate() error {
	pack, err := rule.Load(rules.FS, "documents")
	if err != nil {
		return err
	}
	return os.WriteFile("README.md", []byte(book(pack)), 0o644)
}
