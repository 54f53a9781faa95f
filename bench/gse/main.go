// Command gse segments a file with go-ego/gse line by line, as a linter that
// segments everything would, and prints how many words it found. It is a program
// of its own because gse brings its dictionaries of 36 MB along.
package main

import (
	"bufio"
	"fmt"
	"log"
	"os"

	"github.com/go-ego/gse"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: gse FILE")
	}
	words, err := segment(os.Args[1])
	if err != nil {
		log.Fatal("gse: ", err)
	}
	fmt.Println(words)
}

// segment counts the words of a file.
func segment(file string) (words int, err error) {
	s := gse.Segmenter{NotLoadHMM: true, SkipLog: true}
	if err := s.LoadDictEmbed("zh_s"); err != nil {
		return 0, err
	}
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		words += len(s.Segment(lines.Bytes()))
	}
	return words, lines.Err()
}
