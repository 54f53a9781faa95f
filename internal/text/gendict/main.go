// Command gendict makes the two generated files of package text: the dictionary
// data/words.bin from the Simplified Chinese dictionary of gse, and simplified.go
// from OpenCC's data/TSCharacters.txt. Run it with go generate in internal/text.
package main

import (
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	if err := generate(); err != nil {
		log.Fatal("gendict: ", err)
	}
}

// generate writes both files into the current folder.
func generate() error {
	source, err := os.ReadFile("data/TSCharacters.txt")
	if err != nil {
		return err
	}
	if err := os.WriteFile("simplified.go", table(pairs(string(source))), 0o644); err != nil {
		return err
	}
	blob, err := dictionary()
	if err != nil {
		return err
	}
	return os.WriteFile("data/words.bin", blob, 0o644)
}
