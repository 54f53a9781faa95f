// Command zhijian checks Chinese call-centre transcripts.
package main

import (
	"os"

	"github.com/zhijian-qa/zhijian/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
