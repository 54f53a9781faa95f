// Command gen writes rules/README.md, the pages of all rules, and what makes
// loading the pack faster, from the packs inside zhijian. Run it with go
// generate in rules.
package main

import (
	"log"
	"os"

	"github.com/zhijian-qa/zhijian/internal/rule"
)

func main() {
	log.SetFlags(0)
	if err := generate(); err != nil {
		log.Fatal("gen: ", err)
	}
}

// generate writes its files into the current folder. It loads the pack from
// inside its folder, where nothing prepared lies beside it, so that what it
// writes never rests on what it wrote before.
func generate() error {
	pack, err := rule.Load(os.DirFS("documents"), ".")
	if err != nil {
		return err
	}
	if err := os.WriteFile("documents.prepared", pack.Prepare(), 0o644); err != nil {
		return err
	}
	return os.WriteFile("README.md", []byte(book(pack)), 0o644)
}
